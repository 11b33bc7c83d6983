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
    name: String,
    #[serde(default)]
    pax: Vec<String>,
    cues: Vec<String>,
}

impl Provision {
    /// What is wrong with it, beside those before it.
    fn fault(&self, before: &[Provision]) -> Option<&'static str> {
        if self.name.trim().is_empty() {
            return Some("has no name for people to read");
        }
        if before.iter().any(|other| other.id == self.id) {
            return Some("is there twice");
        }
        if self.pax.iter().any(|column| !column.chars().all(char::is_alphanumeric) || column.is_empty()) {
            return Some("names a column of PA-X that cannot be one");
        }
        self.cues
            .iter()
            .any(|cue| cue.is_empty() || *cue != cue.to_lowercase())
            .then_some("has a cue that is not in lower case")
    }
}

impl Provisions {
    /// Loads the types.
    ///
    /// # Errors
    /// When the file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let text = files.text(FILE)?;
        let all: Self = read_toml(FILE, text)?;
        for (index, provision) in all.provision.iter().enumerate() {
            if let Some(fault) = provision.fault(&all.provision[..index]) {
                let at = text.rfind(&format!("id = \"{}\"", provision.id)).unwrap_or(0);
                return Err(LoadError::at(FILE, text, at, format!("'{}' {fault}", provision.id)));
            }
        }
        Ok(all)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_of_point_has_a_name_and_stands_once() {
        assert!(Provisions::load(&Files::built_in()).is_ok());
        let row = "[[provision]]\nid = \"A\"\nname = \"a\"\npax = [\"Ce\"]\ncues = [\"a\"]\n";
        for faulty in [row.repeat(2), row.replace("\"a\"\npax", "\" \"\npax"), row.replace("Ce", "C e")] {
            let mut files = Files::default();
            files.insert(FILE, faulty);
            assert!(Provisions::load(&files).is_err());
        }
    }
}
