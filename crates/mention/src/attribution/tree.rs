//! A sentence's tree with its children listed, so that no walk is quadratic.

use legation_record::Span;
use legation_text::{Sentence, Token, Upos};

/// Sentences longer than this are not looked at as trees: no real sentence is.
const MOST_TOKENS: usize = 400;

/// A sentence, its text and the children of each token.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// `None` for a sentence too long to be one.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Option<Self> {
        let count = sentence.tokens.len();
        if count > MOST_TOKENS {
            return None;
        }
        let mut children = vec![Vec::new(); count];
        for (index, token) in sentence.tokens.iter().enumerate() {
            if let Some(list) = token.head.and_then(|head| children.get_mut(head)) {
                list.push(index);
            }
        }
        Some(Self { text, sentence, children })
    }

    pub fn token(&self, index: usize) -> &'a Token {
        &self.sentence.tokens[index]
    }

    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub fn children(&self, index: usize) -> &[usize] {
        &self.children[index]
    }

    pub fn child(&self, index: usize, rel: &str) -> Option<usize> {
        self.children(index).iter().copied().find(|child| self.token(*child).is_rel(rel))
    }

    pub fn form(&self, index: usize) -> String {
        self.token(index).form(self.text).to_lowercase()
    }

    pub fn is_punct(&self, index: usize) -> bool {
        self.token(index).upos == Upos::Punct
    }

    /// `head` and what is below it, but not the branches under `without`.
    pub fn below(&self, head: usize, without: &[usize]) -> Vec<usize> {
        let (mut found, mut next) = (Vec::new(), vec![head]);
        let mut seen = vec![false; self.len()];
        while let Some(at) = next.pop() {
            if !seen[at] && !without.contains(&at) {
                seen[at] = true;
                found.push(at);
                next.extend_from_slice(self.children(at));
            }
        }
        found.sort_unstable();
        found
    }

    /// Whether `index` is `head` or below it.
    pub fn is_below(&self, index: usize, head: usize) -> bool {
        index == head || self.sentence.ancestors(index).any(|up| up == head)
    }

    /// Runs of tokens as spans. What lies between two runs is bridged unless it holds one of `apart`; marks
    /// at the edges are left out unless they are quotation marks.
    pub fn spans(&self, tokens: &[usize], apart: &[usize]) -> Vec<Span> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for token in tokens.iter().copied() {
            match runs.last_mut() {
                Some((_, last)) if !(*last + 1..token).any(|gap| apart.contains(&gap)) => *last = token,
                _ => runs.push((token, token)),
            }
        }
        runs.into_iter().filter_map(|(first, last)| self.trimmed(first, last)).collect()
    }

    fn trimmed(&self, mut first: usize, mut last: usize) -> Option<Span> {
        let loose = |index: usize| {
            self.is_punct(index) && !is_quote(&self.form(index)) && !is_bracket(&self.form(index))
        };
        while first < last && loose(first) {
            first += 1;
        }
        while first < last && loose(last) {
            last -= 1;
        }
        (!self.is_punct(first) || first < last).then(|| self.token(first).span.cover(self.token(last).span))
    }
}

/// Whether a token is a quotation mark.
pub(super) fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "“" | "”" | "''" | "``" | "'" | "‘" | "’" | "«" | "»" | "„")
}

fn is_bracket(form: &str) -> bool {
    matches!(form, ")" | "]" | "(" | "[" | "%" | "$")
}
