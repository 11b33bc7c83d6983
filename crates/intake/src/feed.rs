//! RSS, Atom, RDF and JSON feeds: one article an entry.

use feed_rs::model::{Entry, Feed};
use legation_record::{Article, Date};

use crate::{Refused, html::shown};

/// Entries taken from one feed.
const MOST_ENTRIES: usize = 5000;

/// The articles of a feed: each with the text that the feed carries, which may be a summary only. Entries without text are left
/// out. Entities that a feed declares itself are not expanded. The day is that of UTC.
///
/// # Errors
/// When the bytes are no feed.
///
/// ```
/// let rss = b"<rss version='2.0'><channel><title>The Gazette</title><item><title>Talks end</title>\
///     <link>https://gazette.example/talks</link><pubDate>Thu, 16 May 2024 09:00:00 GMT</pubDate>\
///     <description>&lt;p&gt;The ministers ended their talks.&lt;/p&gt;</description></item></channel></rss>";
/// let articles = legation_intake::feed(rss)?;
/// assert_eq!(articles[0].text, "The ministers ended their talks.");
/// assert_eq!(articles[0].meta.publisher.as_deref(), Some("The Gazette"));
/// # Ok::<(), legation_intake::Refused>(())
/// ```
pub fn feed(bytes: &[u8]) -> Result<Vec<Article>, Refused> {
    let parser = feed_rs::parser::Builder::new().build();
    let feed = parser.parse(bytes).map_err(|error| Refused::Broken(error.to_string()))?;
    Ok(feed.entries.iter().take(MOST_ENTRIES).filter_map(|entry| article(&feed, entry)).collect())
}

fn article(feed: &Feed, entry: &Entry) -> Option<Article> {
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let summary = entry.summary.as_ref().map(|summary| summary.content.as_str());
    let text = [content, summary].into_iter().flatten().map(shown).max_by_key(String::len)?;
    if text.is_empty() {
        return None;
    }
    let mut article = Article::new(text);
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    article.meta.headline =
        entry.title.as_ref().map(|title| squeezed(&shown(&title.content))).filter(|title| !title.is_empty());
    article.meta.publisher =
        feed.title.as_ref().map(|title| squeezed(&title.content)).filter(|title| !title.is_empty());
    article.meta.url = address(entry);
    article.meta.published = entry
        .published
        .or(entry.updated)
        .and_then(|time| time.format("%Y-%m-%d").to_string().parse::<Date>().ok());
    let names: Vec<&str> =
        entry.authors.iter().map(|author| author.name.as_str()).filter(|name| !name.is_empty()).collect();
    article.meta.byline = (!names.is_empty()).then(|| names.join(", "));
    article.meta.language = entry.language.clone().or_else(|| feed.language.clone());
    Some(article)
}

fn address(entry: &Entry) -> Option<String> {
    let page = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    page.or(entry.links.first()).map(|link| link.href.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atom_and_json() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>G</title><id>g</id><updated>2024-05-17T00:00:00Z</updated>\
            <entry><id>1</id><title>Talks &amp;amp; more</title><link rel='alternate' href='https://g.example/1'/>\
            <published>2024-05-16T09:00:00Z</published><author><name>A. Reporter</name></author>\
            <content type='html'>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content></entry></feed>";
        let found = feed(atom.as_bytes()).unwrap();
        assert_eq!(found[0].text, "One.\n\nTwo.");
        assert_eq!(found[0].meta.url.as_deref(), Some("https://g.example/1"));
        assert_eq!(found[0].meta.byline.as_deref(), Some("A. Reporter"));
        assert_eq!(found[0].meta.published, Date::new(2024, 5, 16));
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"G","items":[{"id":"1","url":"https://g.example/1",
            "title":"T","content_html":"<p>One.</p>","date_published":"2024-05-16T09:00:00Z"}]}"#;
        assert_eq!(feed(json.as_bytes()).unwrap()[0].text, "One.");
    }

    #[test]
    fn a_bomb_of_entities_does_not_go_off() {
        let levels: String = (1..20)
            .map(|n| format!("<!ENTITY e{n} '&e{0};&e{0};&e{0};&e{0};&e{0};&e{0};&e{0};&e{0};'>", n - 1))
            .collect();
        let bomb = format!(
            "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e0 'ha'>{levels}]><rss version='2.0'><channel><title>&e19;</title></channel></rss>"
        );
        let text = feed(bomb.as_bytes()).map(|all| all.len());
        assert!(text.is_err() || text == Ok(0));
        assert!(feed(b"<html>").is_err());
    }
}
