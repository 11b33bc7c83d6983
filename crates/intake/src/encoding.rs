//! Bytes to characters, the way browsers do it: byte order mark, then the sender's word, then the page's own, then a guess.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its own word on its encoding is looked for, as in the HTML standard.
const PRESCAN: usize = 1024 * 4;

/// The characters of `bytes`. `label` is what the sender said (`charset` of a header). What fits no character becomes U+FFFD,
/// NUL a space, so the text is always one that can be read.
///
/// ```
/// assert_eq!(legation_intake::decode(b"Erdo\xf0an", Some("windows-1254")), "Erdoğan");
/// assert_eq!(legation_intake::decode(b"caf\xe9", None), "café");
/// ```
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let said = || label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = marked.or_else(said).or_else(|| own_word(bytes)).unwrap_or_else(|| guess(bytes));
    // A page that calls itself by another name but is well-formed UTF-8 throughout is UTF-8.
    let encoding = if marked.is_none() && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        encoding
    };
    let (text, _, _) = encoding.decode(bytes);
    without_nul(text)
}

/// A text with a space for every NUL, which is no character of a text. Offsets stay the same.
///
/// ```
/// assert_eq!(legation_intake::without_nul("a\0b".into()), "a b");
/// ```
#[must_use]
pub fn without_nul(text: Cow<'_, str>) -> String {
    if text.contains('\0') { text.replace('\0', " ") } else { text.into_owned() }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }
}

/// `charset=` in the first bytes. A page that says UTF-16 there cannot be, as the word was read byte by byte.
fn own_word(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let at =
        |word: &[u8]| head.windows(word.len()).position(|window| window == word).map(|at| at + word.len());
    let from = at(b"charset").or_else(|| if head.starts_with(b"<?xml") { at(b"encoding") } else { None })?;
    let rest = head[from..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)));
    let encoding = Encoding::for_label(&label[..end.unwrap_or(label.len())])?;
    Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_trust() {
        assert_eq!(decode(b"\xef\xbb\xbfna\xc3\xafve", Some("latin1")), "naïve");
        assert_eq!(decode(b"\xff\xfeh\0i\0", None), "hi");
        assert_eq!(decode(b"<meta charset=koi8-r>\xee\xe5\xf4", None), "<meta charset=koi8-r>НЕТ");
        assert_eq!(
            decode(b"<?xml version='1.0' encoding='iso-8859-2'?>\xb1", None).chars().last(),
            Some('ą')
        );
        assert_eq!(decode("<meta charset=iso-8859-1>né".as_bytes(), None), "<meta charset=iso-8859-1>né");
        assert_eq!(decode(b"<meta charset=utf-16>ok", None), "<meta charset=utf-16>ok");
        assert_eq!(decode(b"a\0b\xff", Some("utf-8")), "a b\u{fffd}");
    }
}
