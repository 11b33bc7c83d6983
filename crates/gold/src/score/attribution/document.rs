use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;
use serde_json::Value;

use crate::lines;

static WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)?").ok());

/// First characters of words.
pub type Words = BTreeSet<usize>;

/// A text with its words and what of it stands in quotation marks.
#[derive(Debug)]
pub struct Document {
    characters: Vec<char>,
    quoted: Vec<bool>,
    starts: Vec<usize>,
}

/// An attribution as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub content: Words,
    /// The content's character ranges, trimmed and sorted.
    pub raw: Vec<(usize, usize)>,
    pub source: Words,
    pub cue: Words,
    /// 0 direct, 1 mixed, 2 indirect.
    pub form: usize,
}

impl Document {
    pub fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let points = legation_record::CodePoints::new(text);
        let found = WORD.iter().flat_map(|word| word.find_iter(text));
        let starts =
            found.map(|it| points.span(legation_record::Span::new(it.start(), it.end())).0).collect();
        Self { quoted: quoted(&characters), characters, starts }
    }

    /// Those relations whose content holds a word.
    pub fn relations(&self, all: &[Value]) -> Vec<Relation> {
        all.iter().filter_map(|it| self.relation(it)).collect()
    }

    /// One relation, if its content holds a word.
    pub fn relation(&self, it: &Value) -> Option<Relation> {
        let content = spans(it, "content");
        let words = self.words(&content);
        let inside = words.iter().filter(|at| self.quoted[**at]).count();
        let form = match inside {
            0 => 2,
            all if all == words.len() => 0,
            _ => 1,
        };
        let (source, cue) = (self.words(&spans(it, "source")), self.words(&spans(it, "cue")));
        (!words.is_empty()).then(|| Relation {
            raw: self.trimmed(&content),
            content: words,
            source,
            cue,
            form,
        })
    }

    /// The words that begin in the spans.
    pub fn words(&self, spans: &[(usize, usize)]) -> Words {
        let from = |at: usize| self.starts.partition_point(|start| *start < at);
        let range = |(start, end): &(usize, usize)| from(*start)..from(*end).max(from(*start));
        spans.iter().flat_map(|span| self.starts[range(span)].iter().copied()).collect()
    }

    fn trimmed(&self, spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let blank = |at: usize| {
            self.characters.get(at).is_some_and(|it| it.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(it))
        };
        let trim = |(mut start, mut end): (usize, usize)| {
            while start < end && blank(start) {
                start += 1;
            }
            while end > start && blank(end - 1) {
                end -= 1;
            }
            (start, end)
        };
        let mut all: Vec<_> = spans.iter().copied().map(trim).collect();
        all.sort_unstable();
        all
    }
}

fn spans(it: &Value, key: &str) -> Vec<(usize, usize)> {
    let number = |pair: &Value, at: usize| pair.get(at).and_then(Value::as_u64).unwrap_or(0) as usize;
    lines::list(it, key).iter().map(|pair| (number(pair, 0), number(pair, 1))).collect()
}

/// Which characters stand in quotation marks; a mark left open holds to the end of its paragraph.
fn quoted(characters: &[char]) -> Vec<bool> {
    let mut mask = vec![false; characters.len()];
    let mut start = 0;
    for paragraph in characters.split(|it| *it == '\n') {
        mark(paragraph, &mut mask[start..start + paragraph.len()]);
        start += paragraph.len() + 1;
    }
    mask
}

fn mark(paragraph: &[char], mask: &mut [bool]) {
    let pair = |at: usize, mark: char| paragraph[at..].starts_with(&[mark, mark]);
    let mut open = None;
    let mut at = 0;
    while at < paragraph.len() {
        let here = paragraph[at];
        match open {
            None if matches!(here, '“' | '"') || pair(at, '`') || pair(at, '\'') => {
                open = Some(at);
                at += usize::from(pair(at, '\''));
            }
            Some(from) if matches!(here, '”' | '"') || pair(at, '\'') => {
                mask[from..=at].fill(true);
                open = None;
            }
            _ => {}
        }
        at += 1;
    }
    open.into_iter().for_each(|from: usize| mask[from..].fill(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_hold_to_the_end_of_a_paragraph() {
        let text: Vec<char> = "a “b\nc".chars().collect();
        assert_eq!(quoted(&text), [false, false, true, true, false, false]);
    }

    #[test]
    fn forms_follow_the_marks() {
        let document = Document::new("He said “no way” today");
        let relation = |start: usize, end: usize| {
            document.relations(&[serde_json::json!({ "content": [[start, end]] })])[0].form
        };
        assert_eq!((relation(8, 16), relation(8, 22), relation(17, 22)), (0, 1, 2));
    }
}
