use clap::ValueEnum;
use serde::Deserialize;

/// What can be predicted and scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Time expressions (TIMEX3)
    Time,
    /// The days of given events
    Anchors,
    /// Attributions: source, cue, content
    Attribution,
    /// Coded events of a sentence
    Events,
    /// One given act of a sentence: category, actor and recipient
    Coded,
    /// What one given actor does to another
    EventPairs,
    /// Country and sector of an actor string
    Actors,
    /// Which mentions are of one person, place or organisation
    Coreference,
    /// Who stands behind the given sources of attributions
    Sources,
    /// Event graphs: every telling with status, roles and days
    Graph,
    /// Whole records
    Record,
    /// Universal Dependencies
    Ud,
    /// Names: persons, places, organisations
    Names,
    /// The first article, fact by fact
    Seed,
}

impl Task {
    /// As the command line and the reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Anchors => "anchors",
            Self::Attribution => "attribution",
            Self::Events => "events",
            Self::Coded => "coded",
            Self::EventPairs => "event-pairs",
            Self::Actors => "actors",
            Self::Coreference => "coreference",
            Self::Sources => "sources",
            Self::Graph => "graph",
            Self::Record => "record",
            Self::Ud => "ud",
            Self::Names => "names",
            Self::Seed => "seed",
        }
    }
}
