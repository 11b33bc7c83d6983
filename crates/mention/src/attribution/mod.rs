//! According to whom: source, cue, content, nested.

use legation_knowledge::{Files, LoadError};
use legation_record::{Article, Attribution, Span};
use legation_text::Parse;

use crate::{entity::EntityLayer, time::TimeLayer};

/// Reads attributions.
#[derive(Debug, Clone)]
pub struct AttributionReader {}

/// What the attribution reader adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributionLayer {
    /// Outer before inner, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// Quoted words whose speaker the article does not tell.
    pub unattributed: Vec<Span>,
}

impl AttributionReader {
    /// Loads cues and constructions.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(_files: &Files) -> Result<Self, LoadError> {
        Ok(Self {})
    }

    /// Reads the attributions of an article; never fails.
    #[must_use]
    pub fn read(&self, _article: &Article, _parse: &Parse, _times: &TimeLayer, _entities: &EntityLayer) -> AttributionLayer {
        AttributionLayer::default()
    }
}
