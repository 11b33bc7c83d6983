//! What people decide: kept as said, and replayed whenever the ledger settles.

use rusqlite::{OptionalExtension as _, params};

use crate::{Fault, Ledger, store::OrFault as _};

/// Who decided, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Name of the person.
    pub who: String,
    /// Day or moment, as the caller writes it.
    pub made: String,
    /// Why.
    pub note: String,
}

impl Ledger {
    /// Takes a telling out of its event; it does not come back when articles are added or read anew.
    ///
    /// # Errors
    /// When there is no such telling, or it is alone already.
    pub fn split(&mut self, telling: &str, by: &By) -> Result<(), Fault> {
        let event = self.event_of(telling)?;
        let others: Vec<String> =
            self.tellings_of(&event)?.into_iter().filter(|other| other != telling).collect();
        if others.is_empty() {
            return Err(Fault::Pointless(format!("'{telling}' is the only telling of its event already")));
        }
        self.decide("split", telling, &others, by)
    }

    /// Makes one event of two.
    ///
    /// # Errors
    /// When one of the ids is unknown, or both name one event already.
    pub fn join(&mut self, one: &str, other: &str, by: &By) -> Result<(), Fault> {
        let (first, second) = (self.event_of(one)?, self.event_of(other)?);
        if first == second {
            return Err(Fault::Pointless(format!("'{one}' and '{other}' are one event already")));
        }
        let others = self.tellings_of(&second)?;
        for telling in self.tellings_of(&first)? {
            self.append_decision("join", &telling, &others, by)?;
        }
        self.settle().map(|_| ())
    }

    /// The event that an id names: its own, or that of one of its tellings.
    ///
    /// # Errors
    /// When nothing has this id.
    pub fn event_of(&self, id: &str) -> Result<String, Fault> {
        let tail = id.get(1..).unwrap_or_default();
        let sql = "SELECT event FROM event_tellings WHERE telling = ?1";
        let event = self.db.query_row(sql, [format!("t{tail}")], |row| row.get(0)).optional();
        let known = id.starts_with(['t', 'e']);
        event.or_fault(&self.path)?.filter(|_| known).ok_or_else(|| Fault::Unknown(id.to_owned()))
    }

    fn tellings_of(&self, event: &str) -> Result<Vec<String>, Fault> {
        let all = || -> rusqlite::Result<_> {
            let mut query =
                self.db.prepare("SELECT telling FROM event_tellings WHERE event = ?1 ORDER BY telling")?;
            query.query_map([event], |row| row.get(0))?.collect()
        };
        all().or_fault(&self.path)
    }

    fn decide(&mut self, action: &str, telling: &str, others: &[String], by: &By) -> Result<(), Fault> {
        self.append_decision(action, telling, others, by)?;
        self.settle().map(|_| ())
    }

    fn append_decision(&self, action: &str, telling: &str, others: &[String], by: &By) -> Result<(), Fault> {
        let sql = "INSERT INTO decisions (made, who, action, telling, others, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![by.made, by.who, action, telling, others.join(" "), by.note];
        self.db.execute(sql, row).or_fault(&self.path).map(|_| ())
    }
}
