use std::collections::HashMap;

use unicode_general_category::{GeneralCategory as Cat, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// Cuts words into the pieces of the vocabulary.
#[derive(Debug)]
pub(crate) struct WordPiece {
    index: HashMap<&'static str, i32>,
    pub cls: i32,
    pub sep: i32,
    unknown: i32,
    most: usize,
}

/// Words of more characters are unknown.
const LONGEST_WORD: usize = 100;

impl WordPiece {
    /// `most` pieces of a word are kept. `None` where the vocabulary lacks a special piece.
    pub(crate) fn new(vocabulary: &'static str, most: usize) -> Option<Self> {
        let index: HashMap<&'static str, i32> = vocabulary.lines().zip(0..).collect();
        let special = |name: &str| index.get(name).copied();
        let (cls, sep, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        Some(Self { index, cls, sep, unknown, most })
    }

    /// Appends the pieces of a word: at least one.
    pub(crate) fn cut(&self, word: &str, out: &mut Vec<i32>) {
        let start = out.len();
        if word.chars().count() <= LONGEST_WORD {
            let folded = fold(word);
            for chunk in chunks(&folded) {
                self.cut_chunk(chunk, out);
            }
        }
        out.truncate(start + self.most);
        if out.len() == start {
            out.push(self.unknown);
        }
    }

    fn cut_chunk(&self, chunk: &str, out: &mut Vec<i32>) {
        let begun = out.len();
        let mut start = 0;
        while start < chunk.len() {
            let Some((length, piece)) = self.longest(&chunk[start..], start > 0) else {
                out.truncate(begun);
                out.push(self.unknown);
                return;
            };
            out.push(piece);
            start += length;
        }
    }

    fn longest(&self, rest: &str, inside: bool) -> Option<(usize, i32)> {
        let key = if inside { format!("##{rest}") } else { rest.to_owned() };
        let mark = key.len() - rest.len();
        let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        ends.into_iter().find_map(|end| self.index.get(&key[..mark + end]).map(|piece| (end, *piece)))
    }
}

/// Lower case, without combining marks and control characters.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|c| !c.is_ascii_control()).map(|c| c.to_ascii_lowercase()).collect();
    }
    let dropped = |c: &char| {
        *c != '\u{fffd}'
            && !matches!(
                get_general_category(*c),
                Cat::Control | Cat::Format | Cat::Unassigned | Cat::PrivateUse
            )
    };
    let lower = word.chars().filter(dropped).collect::<String>().to_lowercase();
    lower.nfd().filter(|c| get_general_category(*c) != Cat::NonspacingMark).collect()
}

/// Runs without punctuation; punctuation marks and ideographs alone; white space divides.
fn chunks(folded: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in folded.char_indices() {
        let alone = is_punctuation(c) || is_ideograph(c);
        if alone || c.is_whitespace() {
            if start < at {
                found.push(&folded[start..at]);
            }
            start = at + c.len_utf8();
            if alone {
                found.push(&folded[at..start]);
            }
        }
    }
    if start < folded.len() {
        found.push(&folded[start..]);
    }
    found
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        get_general_category(c),
        Cat::ConnectorPunctuation
            | Cat::DashPunctuation
            | Cat::OpenPunctuation
            | Cat::ClosePunctuation
            | Cat::InitialPunctuation
            | Cat::FinalPunctuation
            | Cat::OtherPunctuation
    )
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2ceaf
        | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

/// The case shape of a word as the training counts it.
pub(crate) fn case_shape(word: &str) -> i32 {
    let decimal =
        |c: char| c.is_ascii_digit() || (!c.is_ascii() && get_general_category(c) == Cat::DecimalNumber);
    if word.chars().any(decimal) {
        return 5;
    }
    let mut letters = word.chars().filter(|c| is_letter(*c));
    let Some(first) = letters.next() else { return 6 };
    let (count, upper) = letters.fold((1, usize::from(first.is_uppercase())), |(count, upper), c| {
        (count + 1, upper + usize::from(c.is_uppercase()))
    });
    match upper {
        0 => 1,
        1 if count == 1 => 7,
        _ if upper == count => 3,
        1 if first.is_uppercase() => 2,
        _ => 4,
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        Cat::UppercaseLetter
            | Cat::LowercaseLetter
            | Cat::TitlecaseLetter
            | Cat::ModifierLetter
            | Cat::OtherLetter
    )
}
