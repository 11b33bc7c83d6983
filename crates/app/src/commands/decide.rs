use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Result;
use clap::Args;
use legation_ledger::{By, Ledger};

use super::{files, print};

/// Take a telling out of the event it was merged into, for good
#[derive(Debug, Args)]
pub struct Split {
    /// Id of the telling: t…
    telling: String,

    #[command(flatten)]
    by: Who,
}

/// Make one event of two, for good
#[derive(Debug, Args)]
pub struct Join {
    /// Id of an event or telling
    one: String,

    /// Id of another event or telling
    other: String,

    #[command(flatten)]
    by: Who,
}

#[derive(Debug, Args)]
struct Who {
    /// Who decides
    #[arg(long, value_name = "NAME", default_value = "")]
    by: String,

    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
}

impl Who {
    fn now(self) -> By {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        By { who: self.by, made: format!("@{seconds}"), note: self.note }
    }
}

impl Split {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let mut ledger = Ledger::existing(ledger, &files(knowledge)?)?;
        ledger.split(&self.telling, &self.by.now())?;
        print(&format!("{} stands in {} now\n", self.telling, ledger.event_of(&self.telling)?))
    }
}

impl Join {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let mut ledger = Ledger::existing(ledger, &files(knowledge)?)?;
        ledger.join(&self.one, &self.other, &self.by.now())?;
        print(&format!("both are {} now\n", ledger.event_of(&self.one)?))
    }
}
