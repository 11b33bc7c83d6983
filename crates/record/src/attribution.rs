use serde::{Deserialize, Serialize};

use crate::{Evidence, Modality, Polarity, Span};

/// How the content is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuoteForm {
    /// All in quotation marks.
    Direct,
    /// Partly in quotation marks.
    Mixed,
    /// Paraphrased.
    Indirect,
}

/// What the source does by speaking: `say`, `deny`, `accuse`, `call_for`, … The closed list is
/// in the knowledge (`knowledge/lexicon/cues.tsv`), so the type is a name, not an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Act(pub String);

/// An attribution relation (PDTB, PARC, PolNeAR): source, cue, content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attribution {
    /// Id within the record: `a1`, `a2`, …
    pub id: String,
    /// The attribution in whose content this one lies; `None`: told by the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Depth: 0 for the author's own report.
    pub level: u8,
    /// Who; empty when nobody is named.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// Direct, mixed or indirect.
    pub form: QuoteForm,
    /// What the source does: say, deny, accuse, call for …
    pub act: Act,
    /// Whether the source affirms or denies the content.
    pub polarity: Polarity,
    /// How real the source's speaking itself is told to be.
    pub modality: Modality,
    /// Ids of the entities that speak.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_entities: Vec<String>,
    /// Ids of those spoken to ("told Russian media").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressees: Vec<String>,
    /// Ids of those spoken about or against ("criticized the U.S.").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
    /// Id of the time expression that says when it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Id of the entity where it was said ("told reporters in Oslo").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether a careful reader could leave it out.
    #[serde(default)]
    pub doubtful: bool,
    /// Characters and rule.
    pub evidence: Evidence,
}
