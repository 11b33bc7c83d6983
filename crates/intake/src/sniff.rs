/// What bytes are, by what they begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// A page.
    Html,
    /// RSS, Atom or RDF.
    Feed,
    /// A JSON feed.
    JsonFeed,
    /// One JSON object a line.
    Lines,
    /// A web archive.
    Warc,
    /// A message with headers.
    Mail,
    /// gzip; what is in it shows when it is unpacked.
    Packed,
    /// Anything else: plain text.
    Text,
}

/// What a file is, by its first bytes (a few hundred are enough).
///
/// ```
/// use legation_intake::{Form, sniff};
/// assert_eq!(sniff(b"<!DOCTYPE html><html>"), Form::Html);
/// assert_eq!(sniff(b"The ministers met in Vienna."), Form::Text);
/// ```
#[must_use]
pub fn sniff(head: &[u8]) -> Form {
    let bytes = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let lower = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let holds = |word: &str| lower.windows(word.len()).any(|window| window == word.as_bytes());
    match () {
        () if head.starts_with(b"\x1f\x8b") => Form::Packed,
        () if bytes.starts_with(b"WARC/") => Form::Warc,
        () if lower.starts_with(b"<") && (holds("<rss") || holds("<feed") || holds("<rdf:rdf")) => Form::Feed,
        () if lower.starts_with(b"<")
            && ["<!doctype html", "<html", "<head", "<body", "<article", "<meta", "<div", "<title"]
                .into_iter()
                .any(holds) =>
        {
            Form::Html
        }
        () if bytes.starts_with(b"{") && holds("jsonfeed.org/version") => Form::JsonFeed,
        () if bytes.starts_with(b"{") && holds("\"text\"") => Form::Lines,
        () if mail(&lower) => Form::Mail,
        () => Form::Text,
    }
}

/// Begins with a header line of a message and has the two that matter.
fn mail(lower: &[u8]) -> bool {
    let text = String::from_utf8_lossy(lower);
    let first =
        text.lines().next().and_then(|line| line.split_once(':')).map(|(name, _)| name).unwrap_or_default();
    let header = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    header && text.contains("\nsubject:") && (text.contains("\nfrom:") || text.starts_with("from:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_first_bytes() {
        assert_eq!(sniff(b"\xef\xbb\xbf <?xml version='1.0'?><rss version='2.0'>"), Form::Feed);
        assert_eq!(sniff(b"{\"version\": \"https://jsonfeed.org/version/1.1\"}"), Form::JsonFeed);
        assert_eq!(sniff(b"{\"id\":1,\"text\":\"a\"}"), Form::Lines);
        assert_eq!(sniff(b"WARC/1.0\r\n"), Form::Warc);
        assert_eq!(sniff(b"\x1f\x8b\x08"), Form::Packed);
        assert_eq!(sniff(b"Received: x\nFrom: a@b\nSubject: c\n\nd"), Form::Mail);
        assert_eq!(sniff(b"Moscow: the subject: from here"), Form::Text);
    }
}
