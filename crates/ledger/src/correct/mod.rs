//! What people decide: appended with who, when and why, and replayed whenever the ledger settles.

mod apply;
mod change;
mod face;
#[cfg(test)]
mod tests;

pub(crate) use apply::{AllSaid, digest, look_up, overrides, participants, patch};
pub use change::Change;
pub(crate) use face::{Face, Member, Overrides};

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};
use serde::Serialize;

use crate::{Fault, Ledger, store::OrFault as _};

/// Who decided, when and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct By {
    /// Name of the person.
    pub who: String,
    /// Day or moment, as the caller writes it.
    pub made: String,
    /// Why.
    pub note: String,
}

/// A decision as it was appended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Its number; later ones are larger.
    pub seq: i64,
    /// When, as the caller wrote it.
    pub made: String,
    /// Who.
    pub who: String,
    /// `accept`, `reject`, `edit`, `split`, `join` or `undo`.
    pub action: String,
    /// The telling by which the event is known.
    pub telling: String,
    /// The tellings that a split took it from or a join brought together with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// The field that an edit changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value that it gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The number of the decision that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// Why.
    pub note: String,
    /// Taken back by a later decision.
    pub undone: bool,
    /// The event on which it stands now; absent where no article tells it any more.
    pub event: Option<String>,
}

/// A row to append.
struct Entry<'a> {
    action: &'a str,
    telling: &'a str,
    others: Vec<String>,
    change: Option<&'a Change>,
    undoes: Option<i64>,
}

impl<'a> Entry<'a> {
    fn new(action: &'a str, telling: &'a str) -> Self {
        Self { action, telling, others: Vec::new(), change: None, undoes: None }
    }
}

impl Ledger {
    /// Says that an event is right.
    ///
    /// # Errors
    /// When nothing has this id, or the file cannot be written.
    pub fn accept(&mut self, id: &str, by: &By) -> Result<Correction, Fault> {
        self.judge("accept", id, by)
    }

    /// Says that an event is wrong; it is left out of every answer. Of a telling among others, only the telling.
    ///
    /// # Errors
    /// When nothing has this id, or the file cannot be written.
    pub fn reject(&mut self, id: &str, by: &By) -> Result<Correction, Fault> {
        let one_of_many = id.starts_with('t') && self.tellings_of(&self.event_of(id)?)?.len() > 1;
        if one_of_many {
            self.split(id, by)?;
        }
        self.judge("reject", id, by)
    }

    /// Changes what an event says of itself. What the articles say is kept.
    ///
    /// # Errors
    /// When nothing has this id, or the file cannot be written.
    pub fn edit(&mut self, id: &str, changes: &[Change], by: &By) -> Result<Vec<Correction>, Fault> {
        let event = self.event_of(id)?;
        let telling = telling_of(&event);
        let entries: Vec<Entry<'_>> = changes
            .iter()
            .map(|change| Entry { change: Some(change), ..Entry::new("edit", &telling) })
            .collect();
        let written = self.append_all_to(&event, &entries, by)?;
        let all = self.corrections()?;
        Ok(all.into_iter().filter(|one| written.contains(&one.seq)).collect())
    }

    /// Takes back the last decision on an event that was not taken back yet.
    ///
    /// # Errors
    /// When nothing has this id, there is no decision on it, or the file cannot be written.
    pub fn undo(&mut self, id: &str, by: &By) -> Result<Correction, Fault> {
        let event = self.event_of(id)?;
        let tellings: BTreeSet<String> = self.tellings_of(&event)?.into_iter().collect();
        let concerns = |one: &Correction| {
            tellings.contains(&one.telling) || one.others.iter().any(|other| tellings.contains(other))
        };
        let open = |one: &Correction| !one.undone && one.action != "undo";
        let last = self.corrections()?.into_iter().rev().find(|one| open(one) && concerns(one));
        let last =
            last.ok_or_else(|| Fault::Pointless(format!("there is no decision on '{id}' to take back")))?;
        let entry = Entry { undoes: Some(last.seq), ..Entry::new("undo", &last.telling) };
        match matches!(last.action.as_str(), "split" | "join") {
            true => self.append_and_settle(&entry, by)?,
            false => self.append_all_to(&event, &[entry], by).map(|_| ())?,
        }
        Ok(Correction { undone: true, ..last })
    }

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
        self.append_and_settle(&Entry { others, ..Entry::new("split", telling) }, by)
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
        let telling = telling_of(&first);
        let mut others = self.tellings_of(&first)?;
        others.retain(|other| *other != telling);
        others.extend(self.tellings_of(&second)?);
        self.append_and_settle(&Entry { others, ..Entry::new("join", &telling) }, by)
    }

    /// Every decision, in the order in which they were made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<Correction>, Fault> {
        let all = || -> rusqlite::Result<_> {
            let sql = "SELECT c.seq, made, who, action, coalesce(m.now, c.telling) AS telling, others, field, value, undoes, note,
                (SELECT event FROM event_tellings t WHERE t.telling = coalesce(m.now, c.telling)) AS event,
                EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.seq) AS undone
                FROM corrections c LEFT JOIN moved m ON m.was = c.telling ORDER BY c.seq";
            self.db.prepare(sql)?.query_map([], correction)?.collect()
        };
        all().or_fault(&self.path)
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

    fn judge(&mut self, action: &str, id: &str, by: &By) -> Result<Correction, Fault> {
        let event = self.event_of(id)?;
        let written = self.append_all_to(&event, &[Entry::new(action, &telling_of(&event))], by)?;
        let last = self.corrections()?.into_iter().find(|one| written.contains(&one.seq));
        last.ok_or_else(|| Fault::Unknown(id.to_owned()))
    }

    /// Appends decisions on one event and applies them to it alone.
    fn append_all_to(&mut self, event: &str, entries: &[Entry<'_>], by: &By) -> Result<Vec<i64>, Fault> {
        let path = self.path.clone();
        let mut all = || -> rusqlite::Result<_> {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let written =
                entries.iter().map(|entry| append(&transaction, entry, by)).collect::<Result<_, _>>()?;
            patch(&transaction, event)?;
            transaction.commit()?;
            Ok(written)
        };
        all().or_fault(&path)
    }

    fn append_and_settle(&mut self, entry: &Entry<'_>, by: &By) -> Result<(), Fault> {
        let path = self.path.clone();
        let mut all = || -> rusqlite::Result<()> {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            append(&transaction, entry, by)?;
            transaction.execute("UPDATE state SET value = 'no' WHERE name = 'settled'", [])?;
            transaction.commit()
        };
        all().or_fault(&path)?;
        self.settle().map(|_| ())
    }
}

/// The telling after which an event is named.
fn telling_of(event: &str) -> String {
    format!("t{}", event.get(1..).unwrap_or_default())
}

fn append(db: &Connection, entry: &Entry<'_>, by: &By) -> rusqlite::Result<i64> {
    let (field, value) = entry.change.map(Change::parts).unzip();
    let sql = "INSERT INTO corrections (made, who, action, telling, others, field, value, undoes, note)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let others = entry.others.join(" ");
    db.execute(
        sql,
        params![by.made, by.who, entry.action, entry.telling, others, field, value, entry.undoes, by.note],
    )?;
    Ok(db.last_insert_rowid())
}

fn correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    Ok(Correction {
        seq: row.get("seq")?,
        made: row.get("made")?,
        who: row.get("who")?,
        action: row.get("action")?,
        telling: row.get("telling")?,
        others: row.get::<_, String>("others")?.split_whitespace().map(str::to_owned).collect(),
        field: row.get("field")?,
        value: row.get("value")?,
        undoes: row.get("undoes")?,
        note: row.get("note")?,
        undone: row.get("undone")?,
        event: row.get("event")?,
    })
}
