//! When: TIMEX3 expressions as intervals, and the publication date they count from.

use legation_knowledge::{Files, LoadError};
use legation_record::{Article, Published, Timex};
use legation_text::Parse;

/// Reads time expressions.
#[derive(Debug, Clone)]
pub struct TimeReader {}

/// What the time reader adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLayer {
    /// The publication date used.
    pub published: Published,
    /// In the order of the text.
    pub times: Vec<Timex>,
}

impl TimeReader {
    /// Loads its rules and words.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(_files: &Files) -> Result<Self, LoadError> {
        Ok(Self {})
    }

    /// Reads the times of an article; never fails.
    #[must_use]
    pub fn read(&self, article: &Article, _parse: &Parse) -> TimeLayer {
        let published = Published { date: article.meta.published, inferred: false, candidates: vec![] };
        TimeLayer { published, times: vec![] }
    }
}
