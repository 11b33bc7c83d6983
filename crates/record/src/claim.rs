use serde::{Deserialize, Serialize};

use crate::{Evidence, Interval};

/// What sort of background claim it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ClaimKind {
    Count,
    First,
    Last,
    Since,
    Date,
}

/// How the number of a claim is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// So many: "twice".
    #[default]
    Exactly,
    /// "at least three times".
    AtLeast,
    /// "more than a dozen times".
    MoreThan,
    /// "at most twice".
    AtMost,
    /// "fewer than ten times".
    LessThan,
    /// "about ten times".
    About,
}

impl Comparison {
    /// Whether the number is meant as it stands.
    #[must_use]
    pub fn is_exactly(&self) -> bool {
        *self == Self::Exactly
    }

    /// The least and the greatest number of events that fit a claim of `value`; `None` is without end.
    /// About ten is anything within a quarter of it.
    ///
    /// ```
    /// use legation_record::Comparison;
    /// assert_eq!(Comparison::MoreThan.bounds(12), (13, None));
    /// assert_eq!(Comparison::About.bounds(10), (8, Some(12)));
    /// ```
    #[must_use]
    pub fn bounds(self, value: u32) -> (u32, Option<u32>) {
        match self {
            Self::Exactly => (value, Some(value)),
            Self::AtLeast => (value, None),
            Self::MoreThan => (value.saturating_add(1), None),
            Self::AtMost => (0, Some(value)),
            Self::LessThan => (0, Some(value.saturating_sub(1))),
            Self::About => (value - value / 4, Some(value.saturating_add(value / 4))),
        }
    }
}

/// A background claim that a record of events can check: "has visited China twice since …".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// Id within the record: `c1`, …
    pub id: String,
    /// Count, first, last, since, date.
    pub kind: ClaimKind,
    /// What is counted or ordered, in words: "visits by Vladimir Putin to CHN".
    pub about: String,
    /// Kind of the events it speaks of.
    pub event_kind: String,
    /// Ids of the entities that act.
    pub actors: Vec<String>,
    /// Country codes of those acted upon.
    pub recipients: Vec<String>,
    /// The number claimed; 0 where it is claimed that there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u32>,
    /// How the number is meant; left out where it is meant as it stands.
    #[serde(default, skip_serializing_if = "Comparison::is_exactly")]
    pub comparison: Comparison,
    /// The days over which it is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Interval>,
    /// Ids of the events the article itself names for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Characters and rule.
    pub evidence: Evidence,
}
