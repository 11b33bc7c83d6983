//! The file: opening, refusing what is no ledger, bringing an older form up to date.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use legation_knowledge::Files;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::{Fault, countries::Countries, sameness::Sameness, terms::Terms};

/// Tells our files from other SQLite files: "Lega".
const APPLICATION: i64 = 0x4C65_6761;
/// How each form follows from the one before; the first makes an empty file a ledger.
const FORMS: [&str; 6] = [
    include_str!("schema/001.sql"),
    include_str!("schema/002.sql"),
    include_str!("schema/003.sql"),
    include_str!("schema/004.sql"),
    include_str!("schema/005.sql"),
    include_str!("schema/006.sql"),
];
/// Pages that wait beside the file before they are put into it: a page that many articles change is written once.
const WAITING: i64 = 16_384;
/// How long to wait while another process writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait before asking again where SQLite does not wait itself.
const PAUSE: Duration = Duration::from_millis(5);
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Many records, one story: a file of articles, what was read from them, and what follows.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) sameness: Sameness,
    pub(crate) countries: Countries,
    pub(crate) terms: Terms,
}

/// Turns a database error into a fault of this file.
pub(crate) trait OrFault<T> {
    fn or_fault(self, path: &Path) -> Result<T, Fault>;
}

impl<T> OrFault<T> for rusqlite::Result<T> {
    fn or_fault(self, path: &Path) -> Result<T, Fault> {
        self.map_err(|error| Fault::of(path, &error))
    }
}

impl Ledger {
    /// Opens a ledger for reading and writing; makes it where there is no file.
    ///
    /// # Errors
    /// When the file is no ledger, is newer or damaged, or cannot be written. It is not touched then.
    pub fn open(path: &Path, files: &Files) -> Result<Self, Fault> {
        let sameness = Sameness::load(files)?;
        let countries = Countries::load(files)?;
        let terms = Terms::load(files)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(Fault::NoFolder(path.to_owned()));
        }
        if path.exists() {
            inspect(path)?;
        }
        let mut db = Connection::open(path).or_fault(path)?;
        prepare(&db).or_fault(path)?;
        migrate(&mut db, &countries).or_fault(path)?;
        Ok(Self { db, path: path.to_owned(), sameness, countries, terms })
    }

    /// A ledger that lasts as long as the value.
    pub(crate) fn in_memory(files: &Files) -> Result<Self, Fault> {
        let path = PathBuf::from(":memory:");
        let mut db = Connection::open_in_memory().or_fault(&path)?;
        let countries = Countries::load(files)?;
        migrate(&mut db, &countries).or_fault(&path)?;
        Ok(Self { db, path, sameness: Sameness::load(files)?, countries, terms: Terms::load(files)? })
    }

    /// Opens a ledger that is there already.
    ///
    /// # Errors
    /// As [`Ledger::open`], and when there is no file.
    pub fn existing(path: &Path, files: &Files) -> Result<Self, Fault> {
        if !path.exists() {
            return Err(Fault::Missing(path.to_owned()));
        }
        Self::open(path, files)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Refuses what is no ledger of ours without writing to it.
fn inspect(path: &Path) -> Result<(), Fault> {
    let mut head = Vec::new();
    let file = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    if path.is_dir() {
        return Err(Fault::Foreign(path.to_owned()));
    }
    file.map_err(|_| Fault::ReadOnly(path.to_owned()))?;
    if head.is_empty() {
        return Ok(());
    }
    if head != MAGIC {
        return Err(Fault::Foreign(path.to_owned()));
    }
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).or_fault(path)?;
    db.busy_timeout(PATIENCE).or_fault(path)?;
    let (application, form, tables) = stamp(&db).or_fault(path)?;
    let blank = application == 0 && form == 0 && tables == 0;
    match form {
        _ if application != APPLICATION && !blank => Err(Fault::Foreign(path.to_owned())),
        form if form > FORMS.len() as i64 => {
            Err(Fault::Newer { path: path.to_owned(), found: form, known: FORMS.len() as i64 })
        }
        _ => Ok(()),
    }
}

/// Application id, form and number of tables, in one statement: another process may be making the file meanwhile.
fn stamp(db: &Connection) -> rusqlite::Result<(i64, i64, i64)> {
    let sql = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)
        FROM pragma_application_id, pragma_user_version";
    db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Turns the file to write-ahead logging. SQLite does not wait for a lock here, since two that turn the same new
/// file would wait for each other; so we ask again.
fn log_ahead(db: &Connection) -> rusqlite::Result<()> {
    let start = Instant::now();
    loop {
        match db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Err(fault) if is_busy(&fault) && start.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
}

fn is_busy(fault: &rusqlite::Error) -> bool {
    matches!(fault.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(64);
    log_ahead(db)?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "wal_autocheckpoint", WAITING)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -65_536)
}

fn migrate(db: &mut Connection, countries: &Countries) -> rusqlite::Result<()> {
    let form = |db: &Connection| db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    if form(db)? == FORMS.len() as i64 {
        return Ok(());
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in form(&transaction)?..FORMS.len() as i64 {
        transaction.execute_batch(FORMS[step as usize])?;
    }
    countries.write(&transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", FORMS.len() as i64)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn open(path: &Path) -> Result<Ledger, Fault> {
        Ledger::open(path, &Files::built_in())
    }

    #[test]
    fn what_is_no_ledger_is_refused_and_not_touched() {
        let scratch = Scratch::new("refused");
        let text = scratch.file("notes.txt");
        std::fs::write(&text, "These are notes and no ledger at all.").unwrap();
        assert!(matches!(open(&text), Err(Fault::Foreign(_))));
        assert_eq!(std::fs::read(&text).unwrap(), b"These are notes and no ledger at all.");

        let other = scratch.file("other.sqlite");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
        let before = std::fs::read(&other).unwrap();
        assert!(matches!(open(&other), Err(Fault::Foreign(_))));
        assert_eq!(std::fs::read(&other).unwrap(), before);

        let newer = scratch.file("newer.sqlite");
        drop(open(&newer).unwrap());
        Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open(&newer), Err(Fault::Newer { found: 99, .. })));
        assert!(matches!(open(&scratch.file("no/such/folder.sqlite")), Err(Fault::NoFolder(_))));
        let absent = scratch.file("absent.sqlite");
        assert!(matches!(Ledger::existing(&absent, &Files::built_in()), Err(Fault::Missing(_))));
        assert!(!absent.exists());
    }

    #[test]
    fn a_damaged_ledger_says_so() {
        let scratch = Scratch::new("damaged");
        let path = scratch.file("damaged.sqlite");
        drop(open(&path).unwrap());
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[100..4096].fill(0xAB);
        std::fs::write(&path, &bytes).unwrap();
        let said = open(&path).unwrap_err().to_string();
        assert!(said.contains("damaged") && said.contains("help:"), "{said}");
    }
}
