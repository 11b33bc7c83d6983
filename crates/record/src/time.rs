use serde::{Deserialize, Serialize};

use crate::{Evidence, Interval, Span};

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum TimexKind {
    Date,
    Time,
    Duration,
    Set,
}

/// A time expression after TIMEX3 (TimeML 1.2.1, ISO 24617-1), with the days it allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timex {
    /// Id within the record: `t1`, `t2`, … in the order of the text.
    pub id: String,
    /// The expression's extent, TIMEX3's own: prepositions stay outside.
    pub span: Span,
    /// TIMEX3 `type`.
    pub kind: TimexKind,
    /// TIMEX3 `value`: `2024-12-27`, `2025`, `P3W`, `PRESENT_REF`.
    pub value: String,
    /// TIMEX3 `mod`: `START`, `END`, `APPROX`, …
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// TIMEX3 `quant` of a SET: `EVERY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quant: Option<String>,
    /// TIMEX3 `freq` of a SET: `2X`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freq: Option<String>,
    /// Id of the expression at which a duration begins, or `t0` for the publication date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begin_point: Option<String>,
    /// Id of the expression at which a duration ends, or `t0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_point: Option<String>,
    /// What the value counts from: `t0` (publication date), another expression's id, or an event
    /// in words; `None` for an expression that needs no anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The days that expression and preposition together allow ("since", "by", "before").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The interval in EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edtf: Option<String>,
    /// In words, how the value was reached.
    pub reason: String,
    /// Characters used, preposition and anchor included, and the rule.
    pub evidence: Evidence,
}
