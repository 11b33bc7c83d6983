use legation_knowledge::{Files, LoadError};
use serde::Deserialize;

use crate::ontology::read_toml;

const FILE: &str = "ontology/provisions.toml";

/// Types of point, each with the beginnings of words that tell it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provisions {
    provision: Vec<Provision>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Provision {
    id: String,
    #[allow(dead_code)]
    name: String,
    #[serde(default)]
    #[allow(dead_code)]
    pax: Vec<String>,
    cues: Vec<String>,
}

impl Provisions {
    /// Loads the types.
    ///
    /// # Errors
    /// When the file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        read_toml(FILE, files.text(FILE)?)
    }

    /// The types that a point's words tell, in the order of the list.
    #[must_use]
    pub fn of(&self, words: &str) -> Vec<String> {
        let words = words.to_lowercase();
        let told = |provision: &&Provision| provision.cues.iter().any(|cue| begins_word(&words, cue));
        self.provision.iter().filter(told).map(|provision| provision.id.clone()).collect()
    }
}

fn begins_word(words: &str, cue: &str) -> bool {
    let inside = |at: usize| words[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    words.match_indices(cue).any(|(at, _)| !inside(at))
}
