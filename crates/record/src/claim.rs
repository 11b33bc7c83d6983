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
    /// The number claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u32>,
    /// The days over which it is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Interval>,
    /// Ids of the events the article itself names for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Characters and rule.
    pub evidence: Evidence,
}
