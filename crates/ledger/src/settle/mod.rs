//! What follows from all that was added: events, their lives, their witnesses, their contradictions.

mod conflict;
mod days;
mod life;
mod load;
mod merge;
mod names;
mod occurrence;
#[cfg(test)]
mod tests;
mod voices;
mod write;

pub(crate) use days::{Days, is_held};
pub(crate) use merge::host;
pub(crate) use write::remove;

use rusqlite::TransactionBehavior;

use crate::{Fault, Ledger, store::OrFault as _};

/// What a ledger holds after settling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Events.
    pub events: usize,
    /// Accounts of events by single articles.
    pub tellings: usize,
    /// Events that are new or were changed.
    pub changed: usize,
}

impl Ledger {
    /// Makes anew what follows from all articles and decisions, where something was added since.
    ///
    /// # Errors
    /// When the file cannot be read or written. It is as before then.
    pub fn settle(&mut self) -> Result<Settled, Fault> {
        let path = self.path.clone();
        self.settle_all().or_fault(&path)
    }

    /// Settles where something was added and the run was interrupted before it was settled.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn settle_if_due(&mut self) -> Result<(), Fault> {
        let sql = "SELECT value = 'yes' FROM state WHERE name = 'settled'";
        let settled: bool = self.db.query_row(sql, [], |row| row.get(0)).or_fault(&self.path)?;
        if settled { Ok(()) } else { self.settle().map(|_| ()) }
    }

    fn settle_all(&mut self) -> rusqlite::Result<Settled> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        self.countries.write(&transaction)?;
        let loaded = load::load(&transaction)?;
        let who = names::Who::of(&loaded.seen);
        let items = merge::items(&loaded, &who, &self.sameness);
        let groups = merge::merge(&items, &loaded.decisions);
        let occurrences = occurrence::occurrences(&loaded, &items, &groups, &who);
        let changed = write::write(&transaction, &who, &occurrences)?;
        transaction.execute("UPDATE state SET value = 'yes' WHERE name = 'settled'", [])?;
        transaction.commit()?;
        Ok(Settled { events: occurrences.len(), tellings: loaded.tellings.len(), changed })
    }
}
