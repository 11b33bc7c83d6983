//! Ids that follow from content: the same article has the same id in every ledger.

use legation_record::Article;
use sha2::{Digest as _, Sha256};

/// Hexadecimal digits kept of a digest in an id.
const DIGITS: usize = 14;

/// Parts hashed one by one, so that ("ab", "c") is not ("a", "bc").
#[derive(Default)]
pub struct Parts(Sha256);

impl Parts {
    /// Adds a part.
    #[must_use]
    pub fn add(mut self, part: &str) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part.as_bytes());
        self
    }

    /// All digits.
    #[must_use]
    pub fn full(self) -> String {
        self.0.finalize().iter().fold(String::with_capacity(64), |all, byte| all + &format!("{byte:02x}"))
    }

    /// An id: a letter and the first digits.
    #[must_use]
    pub fn id(self, letter: char) -> String {
        format!("{letter}{}", &self.full()[..DIGITS])
    }
}

/// The id of an article: from its text and what came with it, but for the name the caller gave it.
/// The same text from another publisher is another article.
#[must_use]
pub fn article_id(article: &Article) -> String {
    let meta = &article.meta;
    let published = meta.published.map(|day| day.to_string());
    let parts = [&meta.url, &meta.publisher, &meta.headline, &published];
    let all = parts.into_iter().fold(Parts::default(), |all, part| match part {
        Some(part) => all.add("+").add(part),
        None => all.add("-"),
    });
    all.add(&article.text).id('a')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_follows_content_and_not_the_name() {
        let article = Article::new("Two ministers met.");
        let mut named = article.clone();
        named.meta.id = Some("a.txt".into());
        let mut elsewhere = article.clone();
        elsewhere.meta.publisher = Some("The Post".into());
        assert_eq!(article_id(&article), article_id(&named));
        assert_ne!(article_id(&article), article_id(&elsewhere));
        assert_eq!(article_id(&article).len(), DIGITS + 1);
    }
}
