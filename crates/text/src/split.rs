use std::ops::Range;

use legation_record::Span;

use crate::lexicon::Lexicon;

/// Divides the words of one block into sentences: ranges of `words`.
pub(crate) fn split(text: &str, words: &[Span], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 1..words.len() {
        if ends_before(text, words, at, lexicon) {
            sentences.push(start..at);
            start = at;
        }
    }
    if start < words.len() {
        sentences.push(start..words.len());
    }
    sentences
}

fn form<'a>(text: &'a str, words: &[Span], at: usize) -> &'a str {
    words.get(at).and_then(|span| span.slice(text)).unwrap_or_default()
}

fn is_closer(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’" | "'" | ")" | "]" | "''" | "»")
}

fn ends_before(text: &str, words: &[Span], at: usize, lexicon: &Lexicon) -> bool {
    if words[at - 1].end == words[at].start {
        return false;
    }
    let mut last = at - 1;
    while last > 0 && is_closer(form(text, words, last)) {
        last -= 1;
    }
    let (word, next) = (form(text, words, last), form(text, words, at));
    let opens = next.chars().find(|c| c.is_alphanumeric()).or_else(|| form(text, words, at + 1).chars().next());
    let capital = opens.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    match word {
        "." => capital,
        "!" | "?" | "..." | "…" | "?!" | "!!" => capital,
        _ if word.ends_with('.') && word.len() > 1 => {
            let ends = lexicon.abbreviation(word).is_none_or(|abbreviation| abbreviation.ends);
            ends && STARTERS.contains(&next)
        }
        _ => false,
    }
}

const STARTERS: [&str; 16] =
    ["The", "It", "He", "She", "They", "In", "But", "And", "On", "This", "We", "However", "A", "At", "As", "Since"];
