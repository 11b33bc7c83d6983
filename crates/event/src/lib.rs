//! Who did what to whom, where, with which status; proposals and claims.

use legation_knowledge::{Files, LoadError};
use legation_mention::{attribution::AttributionLayer, entity::EntityLayer, time::TimeLayer};
use legation_record::{Article, Claim, Event, Proposal};
use legation_text::Parse;

/// Reads events, proposals and claims.
#[derive(Debug, Clone)]
pub struct EventReader {}

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
    pub fn load(_files: &Files) -> Result<Self, LoadError> {
        Ok(Self {})
    }

    /// Reads the events of an article; never fails.
    #[must_use]
    pub fn read(&self, _below: Below<'_>) -> EventLayer {
        EventLayer::default()
    }
}
