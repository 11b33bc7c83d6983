//! What others wrote, on its way to a terminal.
//!
//! A page can hold more than letters: an escape sequence writes to the reader's clipboard or renames his window, an override
//! turns the direction of writing and with it what a line seems to say. Every command prints through [`plain`] or [`styled`],
//! so none of that arrives; what was there is seen as U+FFFD.

use crate::view::words::harmless;

/// Text of several lines without a character that steers. Line feeds and tabs stay: layout is made of them.
///
/// ```
/// use legation_app::terminal::plain;
/// assert_eq!(plain("one\ttwo\n\u{1b}]52;c;eA==\u{7}"), "one\ttwo\n\u{fffd}]52;c;eA==\u{fffd}");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|ch| if matches!(ch, '\n' | '\t') { ch } else { harmless(ch) }).collect()
}

/// The same for text with colours of our own: sequences that set a style stay, and nothing else that steers.
///
/// Whoever lays out such text has to see to it that the words of others in it set no style; a colour is all that they could.
#[must_use]
pub fn styled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, from) = rest.split_at(at);
        let length = style(from).unwrap_or(0);
        let (sequence, after) = from.split_at(length.max(1));
        out.push_str(&plain(before));
        out.push_str(if length > 0 { sequence } else { "\u{fffd}" });
        rest = after;
    }
    out + &plain(rest)
}

/// Bytes of the sequence that sets a style at the beginning of a text: `ESC [ 1 ; 31 m`.
fn style(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix("\u{1b}[")?;
    let end = numbers.find(|ch: char| !ch.is_ascii_digit() && ch != ';')?;
    numbers[end..].starts_with('m').then_some("\u{1b}[".len() + end + 1)
}

/// JSON without a character that steers, and with the same values: serde escapes only what JSON demands, which leaves DEL,
/// U+0080–U+009F and the overrides.
#[must_use]
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\n' | '\t' => out.push(ch),
            ch if harmless(ch) == ch => out.push(ch),
            ch => out.push_str(&format!("\\u{:04x}", u32::from(ch))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_and_no_override_passes() {
        let all: String = ('\0'..='\u{9f}').chain('\u{2000}'..='\u{2070}').chain(['\u{61c}']).collect();
        for shown in [plain(&all), styled(&all)] {
            assert!(shown.chars().all(|ch| matches!(ch, '\n' | '\t') || harmless(ch) == ch));
            assert_eq!(shown.chars().count(), all.chars().count(), "nothing is dropped unseen");
        }
    }

    #[test]
    fn only_styles_pass_where_styles_are_ours() {
        for style in ["\u{1b}[m", "\u{1b}[0m", "\u{1b}[1;38;5;9m"] {
            assert_eq!(styled(&format!("{style}é")), format!("{style}é"));
        }
        for other in
            ["\u{1b}[2J", "\u{1b}]0;title\u{7}", "\u{1b}", "\u{1b}[", "\u{1b}[1", "\u{1b}[?25lm", "\u{1b}c"]
        {
            let shown = styled(other);
            assert!(!shown.contains(char::is_control) && shown.starts_with('\u{fffd}'), "{shown:?}");
        }
        assert_eq!(styled("\u{1b}\u{1b}[1mé\u{9b}"), "\u{fffd}\u{1b}[1mé\u{fffd}");
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({ "é": "a\u{1b}\u{7f}\u{9b}\u{202e}\n" });
        let shown = json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!shown.contains(['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
