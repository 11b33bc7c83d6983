//! A message with headers (RFC 5322), such as a newsletter.

use legation_record::Article;
use mail_parser::{Message, MessageParser};

use crate::{Refused, page};

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
    let sender = from.and_then(|from| from.name().or_else(|| from.address())).map(str::to_owned);
    article.meta.headline =
        message.subject().map(|subject| subject.trim().to_owned()).filter(|subject| !subject.is_empty());
    article.meta.publisher = sender;
    article.meta.published = message
        .date()
        .and_then(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day).parse().ok());
    Ok(article)
}

fn body(message: &Message<'_>) -> Result<Article, Refused> {
    let plain = message.text_bodies().find(|part| part.is_text() && !part.is_text_html());
    if let Some(text) = plain.and_then(|part| part.text_contents()).filter(|text| !text.trim().is_empty()) {
        return Ok(Article::new(text.replace("\r\n", "\n").replace('\0', " ")));
    }
    let html = message.body_html(0).ok_or(Refused::NoText)?;
    page(&html, None).map(|page| page.article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use legation_record::Date;

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
