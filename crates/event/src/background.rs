//! What the article tells of sport, weather, markets and the like is no act of states; and who is told to be killed
//! is not killed by anybody unless a word of violence says so.

use std::collections::{BTreeMap, BTreeSet};

use legation_knowledge::{Files, LoadError, Table};
use legation_text::Sentence;

const FILE: &str = "lexicon/background.tsv";

/// The topic that is none: its words speak of force.
const VIOLENCE: &str = "violence";
/// What makes a sentence background.
const ENOUGH: usize = 2;

/// Words by topic with their weight; two of a topic make a sentence background, or one that is marked.
#[derive(Debug, Clone)]
pub struct Background {
    topics: BTreeMap<String, (String, usize)>,
    between: BTreeSet<String>,
}

/// What a background sentence may still tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Calm {
    /// What a state does: of disasters, markets, science.
    State,
    /// Only what is between two countries: of sport and the arts.
    Countries,
}

impl Background {
    /// Loads the list.
    ///
    /// # Errors
    /// When it is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["topic", "keeps", "words"])?;
        let countries = table.rows().filter(|row| row.get(1) == "countries");
        let between = countries.map(|row| row.get(0).to_owned()).collect();
        let pairs = table.rows().flat_map(|row| {
            let topic = row.get(0).to_owned();
            let weighed = |word: &str| {
                let plain = word.strip_suffix('!');
                (plain.unwrap_or(word).to_owned(), (topic.clone(), if plain.is_some() { ENOUGH } else { 1 }))
            };
            row.list(2).map(weighed).collect::<Vec<_>>()
        });
        Ok(Self { topics: pairs.collect(), between })
    }

    /// Whether a sentence speaks of a background topic, and what may be read in it then.
    #[must_use]
    pub fn covers(&self, sentence: &Sentence) -> Option<Calm> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (topic, weight) in self.words(sentence).filter(|(topic, _)| topic != VIOLENCE) {
            *counts.entry(topic).or_default() += weight;
        }
        let told = counts.into_iter().filter(|(_, count)| *count >= ENOUGH);
        told.map(|(topic, _)| if self.between.contains(topic) { Calm::Countries } else { Calm::State }).max()
    }

    /// Whether a word of a sentence speaks of force.
    #[must_use]
    pub fn is_violent(&self, sentence: &Sentence) -> bool {
        self.words(sentence).any(|(topic, _)| topic == VIOLENCE)
    }

    fn words<'a>(&'a self, sentence: &'a Sentence) -> impl Iterator<Item = &'a (String, usize)> {
        sentence.tokens.iter().filter_map(|token| {
            let lemma = token.lemma.to_lowercase();
            let short = || lemma.strip_suffix(['s', 'e', 'p', 't', 'd', 'b']).map(str::to_owned);
            self.topics.get(&lemma).or_else(|| self.topics.get(&short()?))
        })
    }
}
