//! Bytes of strangers: pages, feeds, messages, archives, `robots.txt`.

use std::io::Cursor;

use legation_intake::{Captures, Page, Unpacked, decode};
use legation_record::Article;

/// A page: the map from its text back to its bytes is in order, on character boundaries, and shows the same words.
pub fn page(bytes: &[u8]) {
    let html = decode(bytes, None);
    if let Ok(page) = legation_intake::page(&html, Some("https://gazette.example/a")) {
        article(&page.article);
        map(&page, &html);
    }
}

fn map(page: &Page, html: &str) {
    let mut last = (0, 0);
    for piece in &page.map {
        assert!(piece.text.0 >= last.0 && piece.text.0 < piece.text.1, "pieces of text are in order");
        assert!(piece.html.0 >= last.1 && piece.html.0 < piece.html.1, "pieces of the page are in order");
        let text = page.article.text.get(piece.text.0..piece.text.1).expect("a piece of the text");
        let shown = html.get(piece.html.0..piece.html.1).expect("a piece of the page");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert!(shown.contains('&') || letters(shown) == letters(text), "{text:?} is not {shown:?}");
        last = (piece.text.1, piece.html.1);
    }
}

pub(crate) fn article(article: &Article) {
    let meta = &article.meta;
    assert!(!article.text.contains('\0'), "no NUL comes through");
    assert!(meta.dated.len() <= 8, "evidence for the day is bounded");
    let known = meta.dated.is_empty() || meta.dated.first().map(|by| by.date) == meta.published;
    assert!(known, "the day is that of the best evidence");
    let blank = |text: &Option<String>| text.as_deref().is_some_and(|text| text.trim().is_empty());
    assert!(!blank(&meta.headline) && !blank(&meta.byline), "what is not known is not there");
}

/// RSS, Atom, RDF and JSON feeds.
pub fn feed(bytes: &[u8]) {
    for one in legation_intake::feed(bytes).unwrap_or_default() {
        assert!(!one.text.trim().is_empty(), "an entry without text is left out");
        article(&one);
    }
}

/// A message.
pub fn mail(bytes: &[u8]) {
    if let Ok(one) = legation_intake::mail(bytes) {
        article(&one);
    }
}

/// A web archive, as it is and in gzip.
pub fn archive(bytes: &[u8]) {
    let pages = |reader: &mut dyn std::io::BufRead| {
        for page in Captures::new(reader).flatten() {
            article(&page.article);
        }
    };
    pages(&mut Cursor::new(bytes));
    pages(&mut std::io::BufReader::new(Unpacked::new(bytes)));
}

/// `robots.txt`, and a path asked of it.
pub fn robots(bytes: &[u8]) {
    let text = decode(bytes, Some("utf-8"));
    let (path, rules) = text.split_once('\n').unwrap_or(("/", &text));
    let robots = legation_fetch::Robots::parse(rules, "legation");
    let _ = robots.allows(path);
    assert!(robots.delay.is_none_or(|delay| delay.as_secs() <= 60), "no site makes us wait for ever");
}
