use anyhow::{Result, bail};
use clap::Args;

use super::{ask::Place, print, tell};

/// Compare every span of the ledger with its text, and check that the file is whole
#[derive(Debug, Args)]
pub struct Verify {}

impl Verify {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let verified = place.ledger()?.verify()?;
        verified.faults.iter().for_each(tell);
        if !verified.faults.is_empty() {
            bail!("the ledger does not hold\n  help: go back to a copy, or add the articles to a new ledger");
        }
        let (articles, spans) = (verified.articles, verified.spans);
        print(&format!("{articles} articles, {spans} spans, all as they should be\n{}\n", verified.digest))
    }
}
