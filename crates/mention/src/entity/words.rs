use std::collections::HashMap;

use legation_knowledge::{Files, LoadError, Table};
use legation_record::EntityKind;

/// The words by which mentions are found: what each is used for, and given names by gender.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    uses: HashMap<String, Vec<String>>,
    given: HashMap<String, char>,
    common: HashMap<String, EntityKind>,
}

impl Words {
    pub(super) fn load(files: &Files) -> Result<Self, LoadError> {
        let mut words = Self::default();
        let file = "lexicon/nominals.tsv";
        for row in Table::read(file, files.text(file)?, &["word", "use"])?.rows() {
            words.uses.entry(row.get(0).to_owned()).or_default().push(row.get(1).to_owned());
        }
        let file = "lexicon/given-names.tsv";
        for row in Table::read(file, files.text(file)?, &["name", "gender"])?.rows() {
            let gender = row
                .get(1)
                .chars()
                .next()
                .ok_or_else(|| row.error(1, "the gender is missing").help("write m or f"))?;
            words.given.insert(row.get(0).to_lowercase(), gender);
        }
        words.common = common(files)?;
        Ok(words)
    }

    /// Whether a lower-cased word has a use: `former`, `document`, `pair`, …
    pub(super) fn is(&self, word: &str, purpose: &str) -> bool {
        self.uses.get(word).is_some_and(|uses| uses.iter().any(|one| one == purpose))
    }

    /// What a noun's base form names: somebody, some place, some body.
    pub(super) fn common(&self, lemma: &str) -> Option<EntityKind> {
        self.common.get(lemma).copied()
    }

    /// Gender of a given name.
    pub(super) fn gender(&self, name: &str) -> Option<char> {
        self.given.get(&name.to_lowercase()).copied()
    }

    /// Gender of a title or honorific: `Mrs`, `king`.
    pub(super) fn title_gender(&self, word: &str) -> Option<char> {
        if self.is(word, "masculine") { Some('m') } else { self.is(word, "feminine").then_some('f') }
    }
}

/// Nouns that name people, places and bodies.
fn common(files: &Files) -> Result<HashMap<String, EntityKind>, LoadError> {
    let file = "lexicon/common-nouns.tsv";
    let mut nouns = HashMap::new();
    for row in Table::read(file, files.text(file)?, &["noun", "kind"])?.rows() {
        let kind = match row.get(1) {
            "person" => EntityKind::Person,
            "place" => EntityKind::Place,
            "body" => EntityKind::Organisation,
            other => {
                let fault = row.error(1, format!("'{other}' is no kind of noun"));
                return Err(fault.help("write person, place or body"));
            }
        };
        if nouns.insert(row.get(0).to_owned(), kind).is_some() {
            return Err(row
                .error(0, format!("'{}' stands twice", row.get(0)))
                .help("leave one of the two rows"));
        }
    }
    Ok(nouns)
}
