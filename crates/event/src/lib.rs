//! Who did what to whom, where, with which status; proposals and claims.
//!
//! [`EventReader`] finds the words of `knowledge/lexicon/verbs.tsv` in the trees, fills roles by the
//! constructions of `knowledge/rules/event`, reads status and time, and projects PLOVER and CAMEO
//! codes from kind, roles and status. [`explain`] tells which words and which rule made an event.

mod assemble;
mod background;
mod clause;
mod construction;
mod draft;
mod explain;
mod filler;
mod lexicon;
mod ontology;
mod status;
mod when;

pub use construction::Example;
pub use explain::explain;

use legation_knowledge::{Files, LoadError};
use legation_mention::{attribution::AttributionLayer, entity::EntityLayer, time::TimeLayer};
use legation_record::{Article, Claim, Event, Proposal};
use legation_text::Parse;

use crate::draft::Finder;

/// Reads events, proposals and claims.
#[derive(Debug, Clone)]
pub struct EventReader {
    finder: Finder,
}

/// What the event reader adds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventLayer {
    /// In the order of their triggers.
    pub events: Vec<Event>,
    /// Plans.
    pub proposals: Vec<Proposal>,
    /// Background claims.
    pub claims: Vec<Claim>,
}

/// Everything read before the events.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// The article as received.
    pub article: &'a Article,
    /// Sentences and trees.
    pub parse: &'a Parse,
    /// When.
    pub times: &'a TimeLayer,
    /// Who and where.
    pub entities: &'a EntityLayer,
    /// According to whom.
    pub attributions: &'a AttributionLayer,
}

impl EventReader {
    /// Loads ontology, lexicon and rules.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let ontology = ontology::Ontology::load(files)?;
        let rules = construction::Constructions::load(files)?;
        let lexicon = lexicon::Lexicon::load(files, &ontology, &rules)?;
        let background = background::Background::load(files)?;
        Ok(Self { finder: Finder { ontology, rules, lexicon, background } })
    }

    /// Reads the events of an article; never fails.
    #[must_use]
    pub fn read(&self, below: Below<'_>) -> EventLayer {
        let sentences = 0..below.parse.sentences.len();
        let drafts = sentences.flat_map(|index| self.finder.sentence(below, index));
        let events: Vec<Event> = drafts.map(|draft| assemble::event(&self.finder, below, &draft)).collect();
        let mut events = assemble::merge(events);
        events.sort_by_key(|event| (event.trigger, event.kind.clone()));
        for (number, event) in events.iter_mut().enumerate() {
            event.id = format!("v{}", number + 1);
        }
        EventLayer { events, proposals: Vec::new(), claims: Vec::new() }
    }

    /// The examples of the rules: those that must fire and those that must not, with their files.
    #[must_use]
    pub fn examples(&self) -> (&[(String, Example)], &[(String, Example)]) {
        (&self.finder.rules.fires, &self.finder.rules.silent)
    }
}
