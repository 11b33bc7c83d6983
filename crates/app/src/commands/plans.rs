use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use legation_app::{input, outline, record::Record};

use super::{Color, ask::Place, print_styled, reader};

/// Show the peace plans and other proposals of articles, and compare their provisions
#[derive(Debug, Args)]
pub struct Plans {
    /// Articles as plain UTF-8 text; - reads standard input; without any, those of the ledger that tell of plans
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Plans {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let records = match self.files.is_empty() {
            true => place.ledger()?.proposals()?,
            false => self.read(place)?,
        };
        print_styled(&outline::plans(&records, Color::Auto.layout()))
    }

    fn read(&self, place: Place<'_>) -> Result<Vec<Record>> {
        let reader = reader(place.knowledge)?;
        self.files.iter().map(|file| Ok(reader.read(input::read(file, None)?))).collect()
    }
}
