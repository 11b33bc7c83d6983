//! Kinds, categories and the projection of a kind with a status onto PLOVER and CAMEO.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Table};
use legation_record::{Codes, Status};
use serde::{Deserialize, de::DeserializeOwned};

const KINDS: &str = "ontology/kinds.toml";
/// Beginning of the paths of all files of kinds: a user's `ontology/kinds-own.toml` adds to ours.
const KINDS_OF_ALL: &str = "ontology/kinds";
const PLOVER: &str = "ontology/plover.toml";
const CAMEO: &str = "ontology/cameo.tsv";

/// One of our kinds of event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRow {
    /// `visit`.
    pub name: String,
    /// What it is, in words: for people who read the file.
    pub gloss: String,
    /// PLOVER category of the act as done.
    #[serde(default)]
    pub plover: Option<String>,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// CAMEO code of the act as done.
    #[serde(default)]
    pub cameo: Option<String>,
    /// CAMEO code of the act as merely planned.
    #[serde(default)]
    pub planned: Option<String>,
    /// Name of the role that PLOVER calls actor.
    pub actor: String,
    /// Name of the role that PLOVER calls recipient.
    pub recipient: String,
    /// Whether everybody is among the actors.
    #[serde(default)]
    pub mutual: bool,
    /// Whether the participants are together in one place, so that whoever is abroad is on a visit.
    #[serde(default)]
    pub together: bool,
    /// Whether the actor goes to the recipient, a land or a place.
    #[serde(default)]
    pub travels: bool,
    /// Whether such acts are done at home, so that a side not told is of the place.
    #[serde(default)]
    pub domestic: bool,
    /// Whether it needs nobody to whom it is done, so that a side that is not told is not sought in the sentence.
    #[serde(default)]
    pub alone: bool,
    /// Whether it is about a charge: nobody accuses, or is accused, whom the article does not say.
    #[serde(default)]
    pub accused: bool,
    /// PLOVER contexts.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Words beside the event word that tell its manner.
    #[serde(default)]
    pub manners: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    name: String,
    quad: String,
    gloss: String,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    planned: Option<String>,
    #[serde(default)]
    refused: Option<String>,
}

impl Category {
    /// Name of the category that an act of this one is coded as in a status.
    fn told(&self, status: Status) -> &str {
        let other = match status {
            Status::Cancelled | Status::Negated => self.refused.as_deref(),
            status if is_ahead(status) => self.planned.as_deref(),
            _ => None,
        };
        other.unwrap_or(&self.name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindsFile {
    kind: Vec<KindRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PloverFile {
    category: Vec<Category>,
}

/// The closed lists: kinds, categories, codes.
#[derive(Debug, Clone)]
pub struct Ontology {
    kinds: BTreeMap<String, KindRow>,
    categories: BTreeMap<String, Category>,
}

/// Reads a TOML knowledge file with the place of a fault.
///
/// # Errors
/// When the file is missing or does not have the expected form.
pub fn read_toml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, LoadError> {
    toml::from_str(text).map_err(|fault| {
        let byte = fault.span().map_or(0, |span| span.start);
        LoadError::at(file, text, byte, fault.message().to_owned())
    })
}

impl Ontology {
    /// Loads and checks the lists.
    ///
    /// # Errors
    /// When a file is faulty, or a kind names an unknown category, mode or code.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut kinds = BTreeMap::new();
        files.text(KINDS)?;
        let mut places = Vec::new();
        for (file, text) in files.below(KINDS_OF_ALL, ".toml") {
            let read: KindsFile = read_toml(file, text)?;
            places.extend(read.kind.iter().map(|kind| (kind.clone(), file, text)));
            kinds.extend(read.kind.into_iter().map(|kind| (kind.name.clone(), kind)));
        }
        let plover: PloverFile = read_toml(PLOVER, files.text(PLOVER)?)?;
        let cameo = Table::read(CAMEO, files.text(CAMEO)?, &["cameo", "category", "mode", "contexts"])?;
        let codes: Vec<&str> = cameo.rows().map(|row| row.get(0)).collect();
        let ontology = Self {
            kinds,
            categories: plover.category.into_iter().map(|one| (one.name.clone(), one)).collect(),
        };
        places.iter().try_for_each(|(kind, file, text)| ontology.check(kind, &codes, file, text))?;
        let silent = ontology.categories.values().find(|one| one.gloss.is_empty());
        if let Some(category) = silent {
            return Err(unexplained(PLOVER, &category.name));
        }
        Ok(ontology)
    }

    /// Holds a kind to the categories and codes, with the place in its file where it is at fault.
    fn check(&self, kind: &KindRow, codes: &[&str], file: &str, text: &str) -> Result<(), LoadError> {
        let from = text.find(&format!("name = \"{}\"", kind.name)).unwrap_or(0);
        let at = |words: &str| text[from..].find(&format!("\"{words}\"")).map_or(from, |at| from + at);
        let fault = |words: &str, message: String| {
            Err(LoadError::at(file, text, at(words), format!("kind '{}': {message}", kind.name)))
        };
        if kind.gloss.is_empty() {
            let message = format!("'{}' does not say what it is", kind.name);
            return Err(LoadError::at(file, text, from, message).help("write a gloss"));
        }
        let category = kind.plover.as_ref().map(|name| (name, self.categories.get(name)));
        if let Some((name, None)) = category {
            return fault(name, format!("'{name}' is no category of {PLOVER}"));
        }
        let modes = category.and_then(|(_, found)| found).map_or(&[][..], |found| &found.modes);
        if let Some(mode) = kind.mode.as_ref().filter(|mode| !modes.contains(mode)) {
            return fault(mode, format!("'{mode}' is no mode of its category in {PLOVER}"));
        }
        for code in kind.cameo.iter().chain(&kind.planned) {
            if !codes.contains(&code.as_str()) {
                return fault(code, format!("'{code}' is no code of {CAMEO}"));
            }
        }
        Ok(())
    }

    /// The row of a kind.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&KindRow> {
        self.kinds.get(name)
    }

    /// What a category of PLOVER covers.
    #[must_use]
    pub fn meaning(&self, category: &str) -> Option<&str> {
        self.categories.get(category).map(|one| one.gloss.as_str())
    }

    /// PLOVER and CAMEO codes of a kind in a status.
    ///
    /// A future CONSULT, SUPPORT, COOPERATE or AID is AGREE, as PLOVER's manual says; a refused one is REJECT.
    #[must_use]
    pub fn project(&self, kind: &str, subtype: Option<&str>, status: Status) -> Codes {
        let Some(row) = self.kinds.get(kind) else { return Codes::default() };
        let ahead = is_ahead(status);
        let done = row.plover.as_ref().and_then(|name| self.categories.get(name));
        let category = done.map(|done| done.told(status)).and_then(|name| self.categories.get(name));
        let mode = subtype.filter(|mode| category.is_some_and(|one| one.modes.iter().any(|m| m == mode)));
        let own = row
            .mode
            .as_deref()
            .filter(|mode| category.is_some_and(|one| one.modes.iter().any(|m| m == mode)));
        Codes {
            plover: category.map(|one| one.name.clone()),
            mode: mode.or(own).map(str::to_owned),
            contexts: row.contexts.clone(),
            quad: category.map(|one| one.quad.clone()),
            cameo: if ahead { row.planned.clone().or_else(|| row.cameo.clone()) } else { row.cameo.clone() },
        }
    }
}

fn unexplained(file: &str, name: &str) -> LoadError {
    LoadError::new(file, 1, 1, format!("'{name}' does not say what it is")).help("write a gloss")
}

fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Invited | Status::Possible | Status::Postponed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planned_visit_is_an_agreement_and_a_held_one_a_consultation() {
        let ontology = Ontology::load(&Files::built_in()).unwrap();
        let planned = ontology.project("visit", None, Status::Planned);
        assert_eq!((planned.plover.as_deref(), planned.cameo.as_deref()), (Some("AGREE"), Some("036")));
        let held = ontology.project("visit", None, Status::Held);
        assert_eq!((held.plover.as_deref(), held.mode.as_deref()), (Some("CONSULT"), Some("visit")));
    }

    #[test]
    fn an_unknown_code_does_not_load() {
        let mut files = Files::built_in();
        let kinds =
            "[[kind]]\nname = \"x\"\ngloss = \"x\"\nactor = \"a\"\nrecipient = \"b\"\ncameo = \"999\"\n";
        files.insert(KINDS, kinds);
        let fault = Ontology::load(&files).unwrap_err();
        assert!(fault.message.contains("999"));
        assert_eq!((fault.file.as_str(), fault.line, fault.column), (KINDS, 6, 9));
    }
}
