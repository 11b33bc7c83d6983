use legation_knowledge::normalise;
use rusqlite::Row;
use serde::Serialize;

use crate::{Fault, Ledger, store::OrFault as _};

/// Somebody or something that articles name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Key that is the same everywhere.
    pub key: String,
    /// Sort of thing.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
    /// In how many articles.
    pub articles: usize,
    /// In how many events.
    pub events: usize,
}

impl Ledger {
    /// Who or what goes by a name, a surname or a key, whom most articles name first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn who(&self, name: &str) -> Result<Vec<PersonRow>, Fault> {
        let found = || -> rusqlite::Result<Vec<PersonRow>> {
            let sql = "SELECT key, kind, name, country, articles,
                (SELECT count(*) FROM event_participants p WHERE p.key = e.key) FROM entities e
                WHERE key = ?1 OR folded = ?2 OR surname = ?2 ORDER BY articles DESC, key";
            let mut query = self.db.prepare(sql)?;
            query.query_map([name, normalise(name).as_str()], person)?.collect()
        };
        found().or_fault(&self.path)
    }
}

pub(super) fn person(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        key: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        country: row.get(3)?,
        articles: row.get(4)?,
        events: row.get(5)?,
    })
}
