use std::collections::HashMap;

use legation_record::{Candidate, EntityKind, OfficeHeld};

use super::found::Found;

/// Everything in an article that refers to one thing.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub kind: EntityKind,
    pub link: Option<String>,
    pub name: String,
    /// Whether `name` is a name rather than a description.
    pub named: bool,
    pub gender: Option<char>,
    pub country: Option<String>,
    pub sectors: Vec<String>,
    pub offices: Vec<OfficeHeld>,
    pub mentions: Vec<Placed>,
    pub candidates: Vec<Candidate>,
    pub members: Vec<usize>,
    /// Words that describe a nominal besides its noun.
    pub modifiers: Vec<String>,
}

/// A mention and why it is in its chain.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub found: Found,
    pub reason: String,
}

impl Chain {
    pub fn new(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            link: None,
            name: name.to_owned(),
            named: false,
            gender: None,
            country: None,
            sectors: Vec::new(),
            offices: Vec::new(),
            mentions: Vec::new(),
            candidates: Vec::new(),
            members: Vec::new(),
            modifiers: Vec::new(),
        }
    }

    /// Whether the text or the knowledge gives the post to this one.
    pub fn holds(&self, office: &str, country: Option<&str>) -> bool {
        self.offices.iter().any(|held| {
            let same = |code: &str| {
                held.country.as_deref().or(self.country.as_deref()).is_none_or(|own| own == code)
            };
            held.office == office && !held.former && country.is_none_or(same)
        })
    }
}

/// The chains of an article while it is read.
#[derive(Debug, Default)]
pub(super) struct Chains {
    pub all: Vec<Chain>,
    by_key: HashMap<String, usize>,
    by_word: HashMap<String, Vec<usize>>,
    by_given: HashMap<String, Vec<usize>>,
    /// Sentence and chain of each mention, in the order of reading.
    trail: Vec<(usize, usize)>,
}

impl Chains {
    /// A new chain; `key` finds it again.
    pub fn open(&mut self, chain: Chain, key: Option<String>) -> usize {
        let at = self.all.len();
        self.all.push(chain);
        if let Some(key) = key {
            self.by_key.insert(key, at);
        }
        at
    }

    pub fn keyed(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub fn add(&mut self, chain: usize, found: &Found, reason: &str) {
        self.trail.push((found.sentence, chain));
        self.all[chain].mentions.push(Placed { found: found.clone(), reason: reason.to_owned() });
    }

    /// Remembers a word of a person's name.
    pub fn word(&mut self, word: &str, chain: usize) {
        let chains = self.by_word.entry(word.to_owned()).or_default();
        if !chains.contains(&chain) {
            chains.push(chain);
        }
    }

    /// Remembers a person's given name.
    pub fn given(&mut self, word: &str, chain: usize) {
        let chains = self.by_given.entry(word.to_owned()).or_default();
        if !chains.contains(&chain) {
            chains.push(chain);
        }
    }

    /// The one person of the article with a given name.
    pub fn only_given(&self, word: &str) -> Option<usize> {
        match self.by_given.get(word).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    }

    /// People with a word in their names.
    pub fn with_word(&self, word: &str) -> &[usize] {
        self.by_word.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// Chains mentioned in the last few sentences up to `sentence`, the most recent first, each once.
    pub fn recent(&self, sentence: usize, back: usize) -> Vec<usize> {
        let mut seen = Vec::new();
        let near = self.trail.iter().rev().take_while(|(at, _)| *at + back >= sentence).take(FAR);
        for (_, chain) in near {
            if !seen.contains(chain) {
                seen.push(*chain);
            }
        }
        seen
    }
}

/// Mentions looked back upon.
const FAR: usize = 60;
