use serde::{Deserialize, Serialize};

use crate::{Evidence, Interval, Span};

/// A peace plan or like proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proposal {
    /// Id within the record: `p1`, …
    pub id: String,
    /// What the article calls it.
    pub name: String,
    /// Every mention of it.
    pub mentions: Vec<Span>,
    /// Ids of the entities that laid it out.
    pub sponsors: Vec<String>,
    /// Where the article says who laid it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsors_evidence: Option<Evidence>,
    /// When it was laid out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laid_out: Option<Interval>,
    /// How many points the article says it has, and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_stated: Option<(u32, Span)>,
    /// Its points, as found.
    pub points: Vec<Point>,
    /// What the article says it leaves out.
    pub omits: Vec<Omission>,
    /// Ids of the entities told to support it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supporters: Vec<String>,
    /// Ids of the entities told to reject it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opponents: Vec<String>,
    /// Characters and rule.
    pub evidence: Evidence,
}

/// One point of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Point {
    /// Position, from 1.
    pub number: u32,
    /// The whole item.
    pub span: Span,
    /// Provision types, of `knowledge/ontology/provisions.toml`.
    pub provisions: Vec<String>,
    /// Characters and rule.
    pub evidence: Evidence,
}

/// Something a proposal is told to leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Omission {
    /// The words.
    pub span: Span,
    /// Provision types.
    pub provisions: Vec<String>,
    /// Characters and rule.
    pub evidence: Evidence,
}
