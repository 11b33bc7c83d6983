use anyhow::Result;
use clap::Args;
use legation_app::{answer, record::Date};

use super::ask::{Choice, Place, Plain};

/// List what became known between two days: new events, other dates, plans held or cancelled
#[derive(Debug, Args)]
pub struct Diff {
    /// What was published by this day was known already
    #[arg(value_name = "DATE")]
    before: Date,

    /// Nothing that was published after this day counts
    #[arg(value_name = "DATE")]
    after: Date,

    /// Kind of event; may be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,

    #[command(flatten)]
    choice: Choice,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

impl Diff {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let kinds: Vec<&str> = self.kind.iter().map(String::as_str).collect();
        let found = place.ledger()?.diff(&self.choice.filter(&kinds), self.before, self.after)?;
        self.format.print(&found, answer::differences)
    }
}
