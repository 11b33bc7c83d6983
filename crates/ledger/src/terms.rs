//! The words that a question may use, so that a slip is told from an answer of nothing.

use std::collections::BTreeSet;

use legation_knowledge::{Files, LoadError, Table, normalise};
use serde::Deserialize;

const KINDS: &str = "ontology/kinds.toml";
const CUES: &str = "lexicon/cues.tsv";
const STATES: &str = "gazetteer/states.tsv";
/// Columns of `STATES` whose cells call a country: code, short code, name, aliases, former names.
const CALLED: std::ops::Range<usize> = 0..5;
/// Words named where none fits.
const NEAR: usize = 3;
/// Where an event can stand, beside what single articles say: those are the statuses of a record.
const STATUSES: [&str; 14] = [
    "held",
    "ongoing",
    "planned",
    "confirmed",
    "invited",
    "possible",
    "requested",
    "postponed",
    "cancelled",
    "denied",
    "alleged",
    "hypothetical",
    "negated",
    "recurring",
];

/// What the knowledge has names for.
#[derive(Debug, Clone)]
pub struct Terms {
    kinds: BTreeSet<String>,
    acts: BTreeSet<String>,
    countries: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Kinds {
    #[serde(default)]
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    name: String,
}

/// What a word is asked for as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    Kind,
    Act,
    Status,
    Verdict,
    Country,
}

impl Term {
    /// How it is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind of event",
            Self::Act => "act",
            Self::Status => "status",
            Self::Verdict => "verdict",
            Self::Country => "country",
        }
    }
}

impl Terms {
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let text = files.text(KINDS)?;
        let kinds: Kinds = toml::from_str(text).map_err(|why| {
            LoadError::at(KINDS, text, why.span().map_or(0, |span| span.start), why.message())
        })?;
        let cues = Table::read(CUES, files.text(CUES)?, &["lemma", "pos", "act", "polarity", "frames"])?;
        let states = Table::read(STATES, files.text(STATES)?, &crate::countries::COLUMNS)?;
        let called = |column| states.rows().flat_map(move |row| row.list(column).collect::<Vec<_>>());
        Ok(Self {
            kinds: kinds.kind.into_iter().map(|kind| kind.name).collect(),
            acts: cues.rows().map(|row| row.get(2).to_owned()).collect(),
            countries: CALLED.flat_map(called).map(str::to_owned).collect(),
        })
    }

    fn all(&self, term: Term) -> Vec<&str> {
        match term {
            Term::Kind => self.kinds.iter().map(String::as_str).collect(),
            Term::Act => self.acts.iter().map(String::as_str).collect(),
            Term::Country => self.countries.iter().map(String::as_str).collect(),
            Term::Status => STATUSES.to_vec(),
            Term::Verdict => vec!["accepted", "rejected", "open"],
        }
    }

    /// Whether a word is one of them. Countries go by any of their names, however written.
    pub fn has(&self, term: Term, word: &str) -> bool {
        match term {
            Term::Country => {
                let folded = normalise(word);
                self.countries.iter().any(|one| normalise(one) == folded)
            }
            term => self.all(term).contains(&word),
        }
    }

    /// Those that are written most like a word, the nearest first.
    pub fn near(&self, term: Term, word: &str) -> Vec<String> {
        let word = normalise(word);
        let like = |one: &str| strsim::jaro_winkler(&word, &normalise(one));
        // Codes are as near to anything as names are to it.
        let names = self.all(term).into_iter().filter(|one| term != Term::Country || one.len() > 3);
        let mut near: Vec<(f64, &str)> = names.map(|one| (like(one), one)).collect();
        near.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.cmp(b)));
        near.into_iter().take(NEAR).map(|(_, one)| one.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use legation_record::Status;

    use super::*;

    #[test]
    fn slips_of_the_pen_find_what_was_meant() {
        let terms = Terms::load(&Files::built_in()).unwrap();
        for (term, slip, meant) in [
            (Term::Kind, "visits", "visit"),
            (Term::Kind, "meting", "meeting"),
            (Term::Act, "denied", "deny"),
            (Term::Status, "canceled", "cancelled"),
            (Term::Verdict, "accept", "accepted"),
            (Term::Country, "Rusia", "Russia"),
            (Term::Country, "Germny", "Germany"),
        ] {
            assert!(!terms.has(term, slip) && terms.has(term, meant), "{slip}");
            assert!(terms.near(term, slip).iter().any(|near| near == meant), "{:?}", terms.near(term, slip));
        }
        for country in ["NOR", "no", "Norway", "norway", "Holland"] {
            assert!(terms.has(Term::Country, country), "{country}");
        }
    }

    #[test]
    fn every_status_of_a_record_is_one() {
        let all = [
            Status::Held,
            Status::Ongoing,
            Status::Planned,
            Status::Invited,
            Status::Possible,
            Status::Requested,
            Status::Postponed,
        ];
        let more = [
            Status::Cancelled,
            Status::Denied,
            Status::Alleged,
            Status::Hypothetical,
            Status::Negated,
            Status::Recurring,
        ];
        for status in all.iter().chain(&more) {
            let word = serde_json::to_value(status).unwrap();
            assert!(STATUSES.contains(&word.as_str().unwrap()), "{word}");
        }
    }
}
