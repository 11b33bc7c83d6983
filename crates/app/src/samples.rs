//! The article that comes with the program, for a first look.

use legation_record::Article;

const TEXT: &str = include_str!("../../../samples/visit-and-plan.txt");
const PUBLISHED: &str = "2024-11-20";

/// The sample article that `legation` reads when it is given none, with its publication date.
#[must_use]
pub fn default_article() -> Article {
    let mut article = Article::new(TEXT);
    article.meta.id = Some("samples/visit-and-plan.txt".into());
    article.meta.published = PUBLISHED.parse().ok();
    article
}
