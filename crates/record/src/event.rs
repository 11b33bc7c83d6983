use serde::{Deserialize, Serialize};

use crate::{Evidence, Interval, Span};

/// Our plain name of an event: `visit`, `meeting`, `envoy_mission`, `arms_supply`, … The closed
/// list is in `knowledge/ontology/kinds.toml`; a user can add to it, so the type is a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Kind(pub String);

/// Name of a role: `visitor`, `host`, `counterpart`, `giver`, `receiver`, `target`, `instrument`, …
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Role(pub String);

/// How real an event is told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Modality {
    Asserted,
    Planned,
    Possible,
    Requested,
    Alleged,
    Hypothetical,
}

/// Whether an event is told as being or not being so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Polarity {
    Positive,
    Negative,
}

/// Where an event stands in its life, by this article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Status {
    Held,
    Ongoing,
    Planned,
    Invited,
    Possible,
    Requested,
    Postponed,
    Cancelled,
    Denied,
    Alleged,
    Hypothetical,
    Negated,
    Recurring,
}

/// Somebody or something in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Participant {
    /// In which role.
    pub role: Role,
    /// Id of the entity, or `None` where the words are all there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The words.
    pub span: Span,
    /// The words' text, or the entity's name.
    pub text: String,
    /// ISO 3166-1 alpha-3 or `IGO:` and a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// PLOVER sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Characters and rule.
    pub evidence: Evidence,
}

/// Where an event takes place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The place's name.
    pub name: String,
    /// Its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// First-level administrative area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<(f64, f64)>,
    /// In words, why here.
    pub reason: String,
    /// Characters and rule.
    pub evidence: Evidence,
}

/// Codes projected from kind, roles and status by table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Codes {
    /// PLOVER category: `CONSULT`; `None` for CAMEO roots 01 and 02.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plover: Option<String>,
    /// PLOVER mode: `visit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// PLOVER contexts: `diplomatic`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// Quad class: `verbal cooperation`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quad: Option<String>,
    /// CAMEO code, kept as text: `036`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
}

/// One occurrence, as the article tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Id within the record: `v1`, `v2`, …
    pub id: String,
    /// Our plain name.
    pub kind: Kind,
    /// A finer word: `official`, `state`, `working` of a visit; `phone` of a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// The span that evokes the event (its first mention).
    pub trigger: Span,
    /// Where it stands in its life.
    pub status: Status,
    /// The words that decide the status ("will", "denied", "next year").
    pub status_evidence: Evidence,
    /// How real it is told to be.
    pub modality: Modality,
    /// Whether it is told as being so.
    pub polarity: Polarity,
    /// Who and what.
    pub participants: Vec<Participant>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The expressions the interval comes from, and the reason in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<WhenReason>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Told only as background of the news.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub background: bool,
    /// How sure the network is; `None` where rules alone read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The words of its later tellings, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told_again: Vec<Span>,
    /// Told to happen several times ("multiple rounds of").
    #[serde(default)]
    pub repeated: bool,
    /// Not told as such but following from what is told (a leader at talks abroad was there).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<String>,
    /// Ids of the attributions inside which it is told, innermost first; empty: the author's word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributions: Vec<String>,
    /// PLOVER and CAMEO.
    #[serde(default)]
    pub codes: Codes,
    /// Every mention of it, one evidence each; at least one.
    pub evidence: Vec<Evidence>,
}

/// How sure the network is of an event that it read: probabilities from 0 to 1, in thousandths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Confidence {
    /// Of the kind.
    pub kind: f64,
    /// Of the status.
    pub status: f64,
    /// The next best kind; `none` for no event.
    pub runner_up: String,
    /// Of the next best kind.
    pub runner_up_kind: f64,
}

/// Why an event has its interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhenReason {
    /// Ids of the time expressions used.
    pub times: Vec<String>,
    /// In words.
    pub reason: String,
    /// Characters and rule.
    pub evidence: Evidence,
}

impl Event {
    /// Participants in `role`.
    pub fn in_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Participant> {
        self.participants.iter().filter(move |participant| participant.role.0 == role)
    }
}
