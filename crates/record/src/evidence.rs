use serde::{Deserialize, Serialize};

use crate::Span;

/// What supports a field: characters of the article, and who read them so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// At least one span, in the order of the text.
    pub spans: Vec<Span>,
    /// Id of the rule (`event/visit-verb`) or model (`model/english`) that read the spans.
    pub by: String,
}

impl Evidence {
    /// Evidence of one span.
    #[must_use]
    pub fn new(span: Span, by: &str) -> Self {
        Self { spans: vec![span], by: by.to_owned() }
    }

    /// Evidence of several spans, put in order. `None` when there is no span: nothing is stated
    /// without one.
    #[must_use]
    pub fn of(mut spans: Vec<Span>, by: &str) -> Option<Self> {
        spans.sort_unstable();
        spans.dedup();
        (!spans.is_empty()).then(|| Self { spans, by: by.to_owned() })
    }

    /// The smallest span that covers all.
    #[must_use]
    pub fn cover(&self) -> Span {
        self.spans[1..].iter().fold(self.spans[0], |all, span| all.cover(*span))
    }
}
