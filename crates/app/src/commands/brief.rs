use anyhow::Result;
use clap::Args;
use legation_app::answer;

use super::{
    ask::{Choice, Place, Plain},
    files, print, print_json,
};

/// Write a background paragraph on two people or countries, every sentence with its sources
#[derive(Debug, Args)]
pub struct Brief {
    /// A person or country
    one: String,

    /// Another
    other: String,

    #[command(flatten)]
    choice: Choice,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

impl Brief {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let filter = self.choice.filter(&[]);
        let brief = place.ledger()?.brief(&files(place.knowledge)?, &self.one, &self.other, &filter)?;
        match self.format {
            Plain::Table => print(&answer::brief(&brief)),
            Plain::Json => print_json(&brief),
        }
    }
}
