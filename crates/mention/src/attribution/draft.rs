//! An attribution in the making.

use legation_record::{Act, Modality, Polarity, Span};

/// An attribution before nesting and resolution.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub source: Vec<Span>,
    /// Head of each source.
    pub heads: Vec<Span>,
    pub cue: Vec<Span>,
    /// The word that attributes, without auxiliaries and prepositions.
    pub cue_head: Span,
    pub content: Vec<Span>,
    pub act: Act,
    pub polarity: Polarity,
    pub modality: Modality,
    pub addressees: Vec<Span>,
    pub targets: Vec<Span>,
    /// Heads of what stands where the place of speaking is told.
    pub places: Vec<Span>,
    /// Span of the sentence that holds the cue.
    pub sentence: Span,
    /// Whether the cue may introduce quoted words.
    pub quotes: bool,
    pub doubtful: bool,
    /// Whether it counts only inside what somebody says: a plan or call of nobody.
    pub inner_only: bool,
    pub rule: String,
}

impl Draft {
    /// The smallest span over the content.
    pub fn content_cover(&self) -> Option<Span> {
        self.content.iter().copied().reduce(Span::cover)
    }

    /// The smallest span over the cue.
    pub fn cue_cover(&self) -> Span {
        self.cue.iter().copied().reduce(Span::cover).unwrap_or(self.cue_head)
    }
}
