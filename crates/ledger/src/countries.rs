//! Countries in the codes of others: CAMEO, Correlates of War, Gleditsch and Ward.

use legation_knowledge::{Files, LoadError, Table};
use rusqlite::{Transaction, params};

const FILE: &str = "gazetteer/states.tsv";
/// The columns of the file.
pub const COLUMNS: [&str; 12] = [
    "id",
    "iso2",
    "name",
    "aliases",
    "former",
    "adjectives",
    "demonyms",
    "capital",
    "cameo",
    "cow",
    "gw",
    "continent",
];

/// Code (ISO 3166-1 alpha-3), name, CAMEO, COW and GW of each country.
#[derive(Debug, Clone)]
pub struct Countries(Vec<[String; 5]>);

impl Countries {
    /// Loads them.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &COLUMNS)?;
        Ok(Self(table.rows().map(|row| [0, 2, 8, 9, 10].map(|at| row.get(at).to_owned())).collect()))
    }

    /// Puts them into the ledger.
    pub fn write(&self, db: &Transaction<'_>) -> rusqlite::Result<()> {
        db.execute("DELETE FROM countries", [])?;
        let mut insert = db.prepare_cached("INSERT INTO countries VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let some = |cell: &str| Some(cell.to_owned()).filter(|cell| !cell.is_empty());
        for [code, name, cameo, cow, gw] in &self.0 {
            let number = |cell: &str| cell.parse::<i64>().ok();
            insert.execute(params![code, name, some(cameo), number(cow), number(gw)])?;
        }
        Ok(())
    }
}
