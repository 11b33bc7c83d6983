//! A message with headers (RFC 5322), such as a newsletter.

use legation_record::{Article, ArticleMeta, DatedBy};
use mail_parser::{Message, MessageParser};

use crate::{Refused, encoding::without_nul, page};

/// The article in a message: its plain part, or what its HTML part shows where that is all there is. Attachments are not read.
///
/// # Errors
/// When the bytes are no message or have no text.
///
/// ```
/// let bytes = b"From: The Gazette <news@gazette.example>\r\nSubject: Talks end\r\nDate: Thu, 16 May 2024 09:00:00 +0000\r\n\r\n\
///     The two foreign ministers ended their talks in Vienna on Thursday.\r\n";
/// let article = legation_intake::mail(bytes)?;
/// assert_eq!(article.meta.publisher.as_deref(), Some("The Gazette"));
/// # Ok::<(), legation_intake::Refused>(())
/// ```
pub fn mail(bytes: &[u8]) -> Result<Article, Refused> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Refused::Broken("no header of a message".to_owned()))?;
    let mut article = body(&message)?;
    let from = message.from().and_then(|from| from.first());
    let sender = from.and_then(|from| from.name().or_else(|| from.address()));
    article.meta.headline = message.subject().and_then(told);
    article.meta.publisher = sender.and_then(told);
    if let Some(day) = message.date() {
        date(&mut article.meta, &format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
    }
    Ok(article)
}

/// What a header says, if anything.
fn told(header: &str) -> Option<String> {
    let text = without_nul(header.into()).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The day of the header goes before what a page in the message says, which is kept where it differs.
fn date(meta: &mut ArticleMeta, day: &str) {
    let Ok(date) = day.parse() else { return };
    meta.published = Some(date);
    if !meta.dated.is_empty() {
        meta.dated.retain(|by| by.date != date);
        meta.dated.insert(0, DatedBy { date, by: "header".to_owned(), text: day.to_owned() });
        meta.dated.truncate(8);
    }
}

fn body(message: &Message<'_>) -> Result<Article, Refused> {
    let plain = message.text_bodies().find(|part| part.is_text() && !part.is_text_html());
    if let Some(text) = plain.and_then(|part| part.text_contents()).filter(|text| !text.trim().is_empty()) {
        return Ok(Article::new(text.replace("\r\n", "\n").replace('\0', " ")));
    }
    let html = message.body_html(0).ok_or(Refused::NoText)?;
    page(&without_nul(html), None).map(|page| page.article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use legation_record::Date;

    #[test]
    fn the_day_of_the_header_goes_before_that_of_a_page_and_no_nul_comes_through() {
        let bytes = b"From: a@b.example\r\nSubject: Talks=?utf-8?q?=00?=\r\nDate: Thu, 16 May 2024 09:00:00 +0000\r\n\
            Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <meta name=3D\"date\" content=3D\"2024-05-14\"><p>The two foreign ministers=00ended their talks in Vienna on Thursday, \
            officials of both countries said.</p>";
        let article = mail(bytes).unwrap();
        let days: Vec<_> =
            article.meta.dated.iter().map(|by| (by.by.as_str(), by.date.to_string())).collect();
        assert_eq!(article.meta.published, Date::new(2024, 5, 16));
        assert_eq!(days, [("header", "2024-05-16".to_owned()), ("meta", "2024-05-14".to_owned())]);
        assert!(!article.text.contains('\0') && !article.meta.headline.unwrap().contains('\0'));
    }

    #[test]
    fn encoded_headers_and_bodies() {
        let bytes = b"From: =?utf-8?q?Le_Journal?= <a@b.example>\r\nSubject: =?utf-8?b?VGFsa3MgZW5k?=\r\nDate: Thu, 16 May 2024 09:00:00 +0000\r\n\
            MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            The ministers met in Orl=E9ans.\r\n";
        let article = mail(bytes).unwrap();
        assert!(article.text.starts_with("The ministers met in Orléans."));
        assert_eq!(article.meta.headline.as_deref(), Some("Talks end"));
        assert_eq!(article.meta.published, Date::new(2024, 5, 16));
    }

    #[test]
    fn no_text_is_refused() {
        assert!(mail(b"").is_err());
        assert!(mail(b"Subject: x\r\nContent-Type: text/html\r\n\r\n<p>y").is_err());
    }
}
