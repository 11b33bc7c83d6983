//! The article in a page.

mod choose;
mod forgive;
mod found;
mod json_ld;
mod scan;
mod tables;
mod words;

use legation_record::Article;

use crate::Refused;

/// Fewer characters of running text than this are no article.
const LEAST: usize = 80;
/// Below this the page is read a second time, less strictly.
const SHORT: usize = 250;

/// An article, and where in the page its characters come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The article.
    pub article: Article,
    /// In order of the text; empty where the text came from data in the page and not from what it shows.
    pub map: Vec<Piece>,
}

/// A run of an article's text and the run of the page that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the article's text, first and one past the last.
    pub text: (usize, usize),
    /// Bytes of the page. They may be longer: white space is joined, `&amp;` is one character.
    pub html: (usize, usize),
}

/// Reads the article out of a page. `url` is where the page came from.
///
/// # Errors
/// When the page has no running text.
pub fn page(html: &str, url: Option<&str>) -> Result<Page, Refused> {
    let mut scan = scan::scan(html);
    forgive::forgive(&mut scan);
    let data = json_ld::data(&scan.json);
    let strict = choose::choose(&scan, false);
    let chosen = if strict.len() < SHORT { longer(strict, choose::choose(&scan, true)) } else { strict };
    let meta = found::meta(&scan, &data, &chosen, url);
    let (mut text, mut map) = choose::text(&scan, &chosen, meta.headline.as_deref());
    if let Some(body) = data.body.filter(|body| text.len() < SHORT && body.len() > text.len() * 3 / 2) {
        (text, map) = (body, Vec::new());
    }
    if text.chars().count() < LEAST {
        return Err(Refused::NoText);
    }
    let mut article = Article::new(text);
    article.meta = meta;
    Ok(Page { article, map })
}

/// The second, where it has more than twice the first.
fn longer(first: choose::Chosen, second: choose::Chosen) -> choose::Chosen {
    if second.len() > first.len() * 2 { second } else { first }
}

/// All that a piece of HTML shows, where it is known to be an article and nothing else, as in a feed.
pub(crate) fn shown(html: &str) -> String {
    let scan = scan::scan(&crate::encoding::without_nul(html.into()));
    let all = choose::everything(&scan);
    choose::text(&scan, &all, None).0
}
