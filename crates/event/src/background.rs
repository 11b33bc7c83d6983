//! What the article tells of sport, weather and the like is no act of states.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Table};
use legation_text::Sentence;

const FILE: &str = "lexicon/background.tsv";

/// Words by topic; two of a topic make a sentence background.
#[derive(Debug, Clone)]
pub struct Background {
    topics: BTreeMap<String, String>,
}

impl Background {
    /// Loads the list.
    ///
    /// # Errors
    /// When it is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["topic", "words"])?;
        let pairs = table.rows().flat_map(|row| {
            let topic = row.get(0).to_owned();
            row.list(1).map(|word| (word.to_owned(), topic.clone())).collect::<Vec<_>>()
        });
        Ok(Self { topics: pairs.collect() })
    }

    /// Whether a sentence speaks of a background topic.
    #[must_use]
    pub fn covers(&self, _text: &str, sentence: &Sentence) -> bool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for token in &sentence.tokens {
            if let Some(topic) = self.topics.get(&token.lemma.to_lowercase()) {
                *counts.entry(topic).or_default() += 1;
            }
        }
        counts.values().any(|count| *count >= 2)
    }
}
