use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, anyhow};
use clap::Args;
use legation_app::answer;
use legation_ledger::{By, Change};

use super::{
    ask::{Choice, Place, Plain},
    print,
};

/// Say that an event is right
#[derive(Debug, Args)]
pub struct Accept {
    /// Id of the event
    event: String,

    #[command(flatten)]
    by: Who,
}

/// Say that an event is wrong; it is left out of every answer
///
/// Of a telling among others, only the telling is wrong: it is taken out of its event.
#[derive(Debug, Args)]
pub struct Reject {
    /// Id of the event, or of one telling
    event: String,

    #[command(flatten)]
    by: Who,
}

/// Correct what an event says of itself; what the articles say is kept
#[derive(Debug, Args)]
pub struct Edit {
    /// Id of the event
    event: String,

    /// What to change: status=held, kind=visit, when=2024-05-16 or 2024-05-16/2024-05-17, place=Oslo, country=NOR,
    /// add=host:Norway, drop=Sweden
    #[arg(value_name = "FIELD=VALUE", required = true)]
    changes: Vec<String>,

    #[command(flatten)]
    by: Who,
}

/// Take back the last decision on an event: a verdict, an edit, a split or a join
#[derive(Debug, Args)]
pub struct Undo {
    /// Id of the event
    event: String,

    #[command(flatten)]
    by: Who,
}

/// List what people decided, in the order in which they did
#[derive(Debug, Args)]
pub struct Corrections {
    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

/// List the events on which a decision would put most right
#[derive(Debug, Args)]
pub struct Review {
    #[command(flatten)]
    choice: Choice,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

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

/// Events shown for review where no limit is given.
const DUE: usize = 10;

#[derive(Debug, Args)]
struct Who {
    /// Who decides
    #[arg(long, value_name = "NAME", default_value = "")]
    by: String,

    /// When it was decided; otherwise now
    #[arg(long, value_name = "DATE")]
    at: Option<String>,

    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
}

impl Who {
    fn by(self) -> By {
        let now = || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            format!("@{}", since.map_or(0, |since| since.as_secs()))
        };
        By { who: self.by, made: self.at.unwrap_or_else(now), note: self.note }
    }
}

impl Accept {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let mut ledger = place.ledger()?;
        ledger.accept(&self.event, &self.by.by())?;
        print(&answer::events(&[ledger.event(&self.event)?]))
    }
}

impl Reject {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let mut ledger = place.ledger()?;
        ledger.reject(&self.event, &self.by.by())?;
        print(&answer::events(&[ledger.event(&self.event)?]))
    }
}

impl Edit {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let changes = self.changes.iter().map(|text| Change::parse(text)).collect::<Result<Vec<_>, _>>();
        let mut ledger = place.ledger()?;
        ledger.edit(&self.event, &changes.map_err(|why| anyhow!(why))?, &self.by.by())?;
        print(&answer::events(&[ledger.event(&self.event)?]))
    }
}

impl Undo {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let mut ledger = place.ledger()?;
        let undone = ledger.undo(&self.event, &self.by.by())?;
        print(&format!("taken back: {}\n", answer::correction(&undone)))
    }
}

impl Corrections {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let all = place.ledger()?.corrections()?;
        self.format.print(&all, answer::corrections)
    }
}

impl Review {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let filter = self.choice.filter(&[]);
        let due = place.ledger()?.review(&filter, filter.limit.unwrap_or(DUE))?;
        self.format.print(&due, answer::review)
    }
}

impl Split {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let mut ledger = place.ledger()?;
        ledger.split(&self.telling, &self.by.by())?;
        print(&format!("{} stands in {} now\n", self.telling, ledger.event_of(&self.telling)?))
    }
}

impl Join {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let mut ledger = place.ledger()?;
        ledger.join(&self.one, &self.other, &self.by.by())?;
        print(&format!("both are {} now\n", ledger.event_of(&self.one)?))
    }
}
