use std::{path::Path, sync::Arc};

use anyhow::Result;
use clap::Args;
use legation_app::{Reader, hand::ReaderHand};
use legation_desk::Desk;

use super::{files, print};

/// Open the desk: a page in your browser where the ledger is read, checked and corrected
///
/// Serves this machine alone, at an address that nobody can guess; everything stays on this machine. Ends with Ctrl-C.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port on 127.0.0.1; otherwise any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
}

impl Serve {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let files = files(knowledge)?;
        let hand = ReaderHand(Reader::with(&files)?);
        let desk = Desk::open(ledger, files, Arc::new(hand), self.port)?;
        print(&format!("{}\n", desk.address()))?;
        Ok(desk.serve()?)
    }
}
