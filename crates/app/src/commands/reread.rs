use std::path::Path;

use anyhow::Result;
use clap::Args;
use indicatif::ProgressBar;
use legation_app::{Reader, add::reread, answer};
use legation_ledger::Ledger;

use super::{ask::Plain, files};

/// Read articles anew that another version has read, and show how their records differ
///
/// What people decided stays. Without a change of program, model or knowledge there is nothing to do.
#[derive(Debug, Args)]
pub struct Reread {
    /// Read every article anew, whatever version has read it
    #[arg(long)]
    all: bool,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

impl Reread {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let files = files(knowledge)?;
        let mut ledger = Ledger::existing(ledger, &files)?;
        let reader = Reader::with(&files)?;
        let stale = match self.all {
            true => ledger.known()?.into_iter().collect(),
            false => ledger.stale(reader.versions())?,
        };
        let bar = ProgressBar::new(stale.len() as u64);
        let found = reread(&mut ledger, &reader, &stale, |read| bar.set_position(read as u64))?;
        bar.finish_and_clear();
        ledger.settle()?;
        self.format.print(&found, answer::rereads)
    }
}
