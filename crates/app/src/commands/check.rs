use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use legation_app::{Reader, answer};
use legation_ledger::Ledger;

use super::{Input, files, print, print_json};

/// Hold an article's background against the ledger: counts, firsts, lasts, dates
///
/// Each claim comes out supported, contradicted or not known, with the articles that speak for and against it and what
/// the article leaves out. The article need not be in the ledger, and its own account counts neither way.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    input: Input,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people at a terminal
    #[default]
    Table,
    /// For programs
    Json,
}

impl Check {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let files = files(knowledge)?;
        let mut ledger = Ledger::existing(ledger, &files)?;
        ledger.settle_if_due()?;
        let record = Reader::with(&files)?.read(self.input.article()?);
        let verdicts = ledger.check(&record)?;
        match self.format {
            Format::Table => print(&answer::verdicts(&verdicts)),
            Format::Json => print_json(&verdicts),
        }
    }
}
