//! Where sentences end: a small learned scorer looks at every gap between two words of a block.

use std::ops::Range;

use legation_record::Span;

use crate::lexicon::Lexicon;

static WEIGHTS: &[u8] = include_bytes!("../../../models/english/splitter.bin");

/// Buckets that features are hashed into; hidden units; features of a gap.
const BUCKETS: usize = 1 << 16;
const HIDDEN: usize = 8;
pub(crate) const FEATURES: usize = 40;

/// A sentence of more words is cut at the best place in sight, or here.
pub(crate) const LONGEST: usize = 400;

/// Scores gaps between words: `weights[bucket]` holds `HIDDEN` values and a direct one.
#[derive(Debug)]
pub(crate) struct Splitter {
    weights: &'static [u8],
    scale: f32,
    bias: [f32; HIDDEN],
    output: [f32; HIDDEN],
    threshold: f32,
}

impl Splitter {
    pub(crate) fn built_in() -> Result<Self, String> {
        let head = 4 * (2 + 2 * HIDDEN);
        if WEIGHTS.len() != head + BUCKETS * (HIDDEN + 1) {
            return Err(format!("splitter.bin: {} bytes are not what is expected", WEIGHTS.len()));
        }
        let values: Vec<f32> =
            WEIGHTS[..head].chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let part = |from: usize| std::array::from_fn(|unit| values[from + unit]);
        let (bias, output) = (part(2), part(2 + HIDDEN));
        Ok(Self { weights: &WEIGHTS[head..], scale: values[0], threshold: values[1], bias, output })
    }

    /// Divides the words of one block into sentences: ranges of `words`. The number is how many were cut by force.
    pub(crate) fn split(&self, text: &str, words: &[Span], lexicon: &Lexicon) -> (Vec<Range<usize>>, usize) {
        let view = View::new(text, words, lexicon);
        let (mut sentences, mut start, mut forced) = (Vec::new(), 0, 0);
        let mut open = Open::default();
        for at in 1..words.len() {
            open.take(&view.looks[at - 1]);
            let full = at - start >= LONGEST;
            if full || (view.may_end(at) && self.score(&view.features(start, at, open)) > self.threshold) {
                forced += usize::from(full);
                sentences.push(start..at);
                start = at;
                open = Open::default();
            }
        }
        if start < words.len() {
            sentences.push(start..words.len());
        }
        (sentences, forced)
    }

    fn score(&self, features: &[u32; FEATURES]) -> f32 {
        let mut sums = [0i32; HIDDEN + 1];
        for feature in features {
            let row = &self.weights[*feature as usize * (HIDDEN + 1)..][..HIDDEN + 1];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += i32::from(value.cast_signed()));
        }
        let hidden = (0..HIDDEN)
            .map(|unit| (sums[unit] as f32 * self.scale + self.bias[unit]).max(0.0) * self.output[unit]);
        sums[HIDDEN] as f32 * self.scale + hidden.sum::<f32>()
    }
}

/// Coarse sort of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Lower,
    Capital,
    Upper,
    Number,
    Stop,
    Question,
    Dots,
    Comma,
    Colon,
    Quote,
    Open,
    Close,
    Dash,
    Short,
    Title,
    Initial,
    Other,
    None,
}

/// What is known of one word.
#[derive(Debug, Clone, Copy)]
struct Look {
    form: u32,
    shape: u32,
    sort: Sort,
}

const NOTHING: Look = Look { form: 0, shape: 0, sort: Sort::None };

/// What is open since the sentence began.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    quotes: u32,
    brackets: u32,
    stops: u32,
}

impl Open {
    fn take(&mut self, look: &Look) {
        match look.sort {
            Sort::Quote => self.quotes ^= 1,
            Sort::Open => self.brackets = 1,
            Sort::Close => self.brackets = 0,
            Sort::Stop | Sort::Question => self.stops = (self.stops + 1).min(2),
            _ => {}
        }
    }
}

struct View<'a> {
    words: &'a [Span],
    looks: Vec<Look>,
    /// How thick the block is with full stops: 0 none, 1 few, 2 usual.
    stops: u32,
}

impl<'a> View<'a> {
    fn new(text: &str, words: &'a [Span], lexicon: &Lexicon) -> Self {
        let looks: Vec<Look> =
            words.iter().map(|word| look(word.slice(text).unwrap_or_default(), lexicon)).collect();
        let ends = looks.iter().filter(|look| matches!(look.sort, Sort::Stop | Sort::Question)).count();
        let stops = if ends == 0 { 0 } else { 1 + u32::from(ends * 40 > looks.len()) };
        Self { words, looks, stops }
    }

    fn at(&self, index: usize, back: usize) -> &Look {
        index.checked_sub(back).and_then(|at| self.looks.get(at)).unwrap_or(&NOTHING)
    }

    fn gap(&self, at: usize) -> bool {
        self.words[at - 1].end < self.words[at].start
    }

    /// Whether the gap before word `at` is worth a look.
    fn may_end(&self, at: usize) -> bool {
        let (before, after) = (self.looks[at - 1].sort, self.looks[at].sort);
        let word = matches!(before, Sort::Lower | Sort::Capital | Sort::Upper | Sort::Number | Sort::Initial);
        let glued = !self.gap(at)
            && !matches!(before, Sort::Stop | Sort::Question | Sort::Dots | Sort::Quote | Sort::Close);
        !(glued || word && matches!(after, Sort::Lower | Sort::Comma | Sort::Stop | Sort::Close))
    }

    /// The hashed features of the gap before word `at` of a sentence that began at `start`.
    fn features(&self, start: usize, at: usize, open: Open) -> [u32; FEATURES] {
        let (p1, p2, p3) = (self.at(at, 1), self.at(at, 2), self.at(at, 3));
        let (n1, n2, n3) = (self.at(at, 0), self.at(at + 1, 0), self.at(at + 2, 0));
        let gap = u32::from(self.gap(at));
        let length = bucket(at - start);
        let rest = bucket(self.words.len() - at);
        let core = (1..=4.min(at))
            .map(|back| self.at(at, back))
            .find(|look| !matches!(look.sort, Sort::Quote | Sort::Close));
        let core = core.unwrap_or(&NOTHING);
        let s = |look: &Look| look.sort as u32 + 1;
        let opened = open.quotes * 2 + open.brackets;
        let sorts = s(p2) << 10 | s(p1) << 5 | s(n1);
        let made = [
            [p1.form, gap, 0],
            [n1.form, gap, 0],
            [p2.form, s(p1), 0],
            [n2.form, s(n1), 0],
            [p3.form, s(p1), s(n1)],
            [n3.form, s(p1), s(n1)],
            [p1.form, n1.form, 0],
            [p2.form, p1.form, 0],
            [n1.form, n2.form, 0],
            [p1.form, n1.shape, 0],
            [p1.shape, n1.form, 0],
            [p1.shape, n1.shape, gap],
            [p2.shape, p1.shape, n1.shape],
            [p1.shape, n1.shape, n2.shape],
            [sorts, gap, 0],
            [sorts, s(n2), 0],
            [sorts, s(p3), 0],
            [sorts, s(n2), s(n3)],
            [s(p1) << 5 | s(n1), length, 0],
            [s(p1) << 5 | s(n1), rest, 0],
            [s(p1) << 5 | s(n1), opened, 0],
            [s(p1) << 5 | s(n1), opened, s(core)],
            [core.form, s(n1), gap],
            [core.form, n1.form, 0],
            [core.shape, n1.shape, s(p1)],
            [s(core), n1.form, s(p1)],
            [self.stops, s(p1) << 5 | s(n1), length],
            [self.stops, s(p1) << 5 | s(n1), rest],
            [self.stops, n1.form, s(p1)],
            [self.stops, sorts, s(n2)],
            [open.stops, s(p1) << 5 | s(n1), length],
            [length, n1.form, s(p1)],
            [length, p1.form, 0],
            [opened, p1.form, s(n1)],
            [length, rest, s(p1)],
            [p2.form, p1.form, n1.form],
            [p1.form, n1.form, n2.form],
            [p2.form, n1.form, s(p1)],
            [self.stops, length, rest],
            [1, 0, 0],
        ];
        let mut kind = 0;
        made.map(|parts| {
            kind += 1;
            hash(kind, parts) % BUCKETS as u32
        })
    }
}

fn bucket(count: usize) -> u32 {
    match count {
        0..=4 => count as u32,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        _ => 9,
    }
}

fn hash(kind: u32, parts: [u32; 3]) -> u32 {
    let mut value = kind.wrapping_mul(0x9e37_79b9);
    for part in parts {
        value = (value ^ part).wrapping_mul(0x85eb_ca6b);
        value ^= value >> 15;
    }
    value = value.wrapping_mul(0xc2b2_ae35);
    value ^ value >> 16
}

fn text_hash(chars: impl Iterator<Item = char>) -> u32 {
    chars.fold(0x811c_9dc5, |value, c| (value ^ u32::from(c)).wrapping_mul(0x0100_0193)) | 1
}

fn look(word: &str, lexicon: &Lexicon) -> Look {
    let form = text_hash(word.chars().take(24).flat_map(char::to_lowercase));
    let mut last = ' ';
    let classes = word.chars().take(24).map(class).filter(move |c| std::mem::replace(&mut last, *c) != *c);
    Look { form, shape: text_hash(classes), sort: sort(word, lexicon) }
}

fn class(c: char) -> char {
    match c {
        _ if c.is_lowercase() => 'x',
        _ if c.is_uppercase() => 'X',
        _ if c.is_numeric() => '0',
        _ if c.is_alphabetic() => 'y',
        _ => c,
    }
}

fn sort(word: &str, lexicon: &Lexicon) -> Sort {
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return Sort::None };
    match first {
        _ if first.is_alphabetic() && word.len() > 1 && word.ends_with('.') => {
            match lexicon.abbreviation(word) {
                Some(known) if !known.ends => Sort::Title,
                None if second == Some('.') && chars.next().is_none() => Sort::Initial,
                _ => Sort::Short,
            }
        }
        _ if first.is_lowercase() => Sort::Lower,
        _ if first.is_uppercase() && second.is_some_and(char::is_uppercase) => Sort::Upper,
        _ if first.is_alphabetic() => Sort::Capital,
        _ if first.is_numeric() => Sort::Number,
        '.' if word.len() == 1 => Sort::Stop,
        '!' | '?' => Sort::Question,
        '.' | '…' => Sort::Dots,
        ',' | ';' => Sort::Comma,
        ':' => Sort::Colon,
        '"' | '“' | '”' | '«' | '»' | '‘' | '`' => Sort::Quote,
        '\'' | '’' if second.is_none_or(|c| c == first) => Sort::Quote,
        '\'' | '’' => Sort::Lower,
        '(' | '[' | '{' => Sort::Open,
        ')' | ']' | '}' => Sort::Close,
        '-' | '–' | '—' => Sort::Dash,
        _ => Sort::Other,
    }
}

/// One gap of training text: whether a sentence ends there, and its features.
#[doc(hidden)]
pub type Gap = (bool, [u32; FEATURES]);

/// The gaps of a block whose sentence ends (bytes) are known; for the training script.
pub(crate) fn examples(text: &str, words: &[Span], ends: &[usize], lexicon: &Lexicon) -> Vec<Gap> {
    let view = View::new(text, words, lexicon);
    let (mut found, mut start, mut open) = (Vec::new(), 0, Open::default());
    for at in 1..words.len() {
        open.take(&view.looks[at - 1]);
        let ends_here = ends.binary_search(&words[at - 1].end).is_ok();
        if view.may_end(at) {
            found.push((ends_here, view.features(start, at, open)));
        }
        if ends_here {
            start = at;
            open = Open::default();
        }
    }
    found
}
