use serde::{Deserialize, Serialize};

use crate::{Evidence, Span};

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A person.
    Person,
    /// A country or a self-governing territory, as land and people.
    State,
    /// A state's executive, as the one who acts: "Beijing has denied".
    Government,
    /// A city, region, river, continent, world region.
    Place,
    /// A ministry, party, alliance, company, armed group.
    Organisation,
    /// A people, religion or political colour: "Chinese".
    Nationality,
    /// A building, airport, plant.
    Facility,
    /// A named war, summit, games.
    Event,
    /// A treaty, act, resolution.
    Law,
    /// A document or plan that speaks: "the six-point plan".
    Document,
    /// People named together: "the two leaders", "Russian media".
    Group,
    /// Anything else with a name.
    Other,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum MentionKind {
    Name,
    Nominal,
    Pronoun,
}

/// A span that refers to an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// The words, with titles and modifiers: "the Kremlin’s ambassador to Beijing".
    pub span: Span,
    /// The part that carries the reference: "ambassador", "Igor Morgulov".
    pub head: Span,
    /// Name, nominal or pronoun.
    pub kind: MentionKind,
    /// Why the mention belongs to its entity: the id of a rule, and the reason in words.
    pub reason: String,
    /// Characters and rule.
    pub evidence: Evidence,
}

/// A post that an entity holds or held, as the text or the knowledge has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfficeHeld {
    /// Id of the office: `head_of_state`, `foreign_minister`, `ambassador`, `envoy`, …
    pub office: String,
    /// The words or the usual title: "President".
    pub title: String,
    /// Whose office it is: ISO 3166-1 alpha-3, or `IGO:` and the organisation's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// To whom an ambassador or envoy is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whether the text calls the holder former.
    #[serde(default)]
    pub former: bool,
    /// Characters that say so; `None` where it comes from the knowledge alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// One thing that a mention might be, and why it was or was not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate {
    /// Knowledge id: `state/CHN`, `person/xi-jinping`.
    pub id: String,
    /// In words, what spoke for or against it.
    pub reason: String,
}

/// A thing in the world as one article presents it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entity {
    /// Id within the record: `e1`, `e2`, … by first mention.
    pub id: String,
    /// Sort of thing.
    pub kind: EntityKind,
    /// Its fullest name: "Xi Jinping", "China"; for a nominal, its words.
    pub name: String,
    /// Knowledge id, or `None` (NIL): known from the text alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// ISO 3166-1 alpha-3 of the country it belongs to, or `IGO:` and a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// PLOVER sector codes, most telling first: `GOV`, `MIL`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Posts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<OfficeHeld>,
    /// Everything that refers to it, in the order of the text; at least one.
    pub mentions: Vec<Mention>,
    /// What else it could have been.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Ids of the members of a group, where the text tells them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}
