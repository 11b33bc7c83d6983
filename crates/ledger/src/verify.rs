//! Whether a ledger still says what its articles say.

use legation_record::Span;
use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::{
    Fault, Ledger,
    append::unpack,
    digest::{Parts, article_id},
    store::OrFault as _,
    telling::quote,
};

/// Faults told one by one.
const SHOWN: usize = 100;

/// What verifying found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Articles looked at.
    pub articles: usize,
    /// Spans compared with their text.
    pub spans: usize,
    /// Over everything that was added and what follows from it; equal for equal ledgers.
    pub digest: String,
    /// What does not hold, in words; the first hundred.
    pub faults: Vec<String>,
}

impl Ledger {
    /// Compares every span with its text, every id with its article, and asks the database whether its file is whole.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn verify(&self) -> Result<Verified, Fault> {
        let all = || -> rusqlite::Result<Verified> {
            let mut verified = Verified { digest: digest(&self.db)?, ..Verified::default() };
            whole(&self.db, &mut verified)?;
            articles(&self.db, &mut verified)?;
            quotes(&self.db, &mut verified)?;
            verified.faults.truncate(SHOWN);
            Ok(verified)
        };
        all().or_fault(&self.path)
    }

    /// A digest over all articles, records and events, whatever the order in which they came.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn digest(&self) -> Result<String, Fault> {
        digest(&self.db).or_fault(&self.path)
    }
}

fn digest(db: &Connection) -> rusqlite::Result<String> {
    let mut all = Parts::default();
    for sql in [
        "SELECT id, '' FROM articles ORDER BY id",
        "SELECT id, quote || rule FROM tellings ORDER BY id",
        "SELECT id, content FROM statements ORDER BY id",
        "SELECT id, digest FROM events ORDER BY id",
        "SELECT telling, event || reason FROM event_tellings ORDER BY telling",
        "SELECT key, name FROM entities ORDER BY key",
    ] {
        let mut query = db.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            all = all.add(&row.get::<_, String>(0)?).add(&row.get::<_, String>(1)?);
        }
    }
    Ok(all.full())
}

fn whole(db: &Connection, verified: &mut Verified) -> rusqlite::Result<()> {
    let mut query = db.prepare("PRAGMA integrity_check")?;
    let said: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    verified.faults.extend(said.into_iter().filter(|line| line != "ok"));
    let mut query = db.prepare("PRAGMA foreign_key_check")?;
    let loose: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    verified.faults.extend(loose.into_iter().map(|table| format!("a row of {table} refers to nothing")));
    Ok(())
}

fn articles(db: &Connection, verified: &mut Verified) -> rusqlite::Result<()> {
    let mut query = db.prepare(
        "SELECT a.id, a.text, r.body FROM articles a LEFT JOIN records r ON r.article = a.id ORDER BY a.id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        verified.articles += 1;
        let (id, text): (String, String) = (row.get(0)?, row.get(1)?);
        let body: Option<Vec<u8>> = row.get(2)?;
        let Some(record) = body.and_then(|body| unpack(&body, text)) else {
            verified.faults.push(format!("{id}: its record is missing or damaged"));
            continue;
        };
        if article_id(&record.article) != id {
            verified.faults.push(format!("{id}: its text is not the text that was added"));
        }
        verified.spans += record.spans().len();
        verified
            .faults
            .extend(record.check().iter().map(|flaw| format!("{id}: {} does not hold", flaw.field)));
    }
    Ok(())
}

/// The words kept with tellings and claims are those under their spans.
fn quotes(db: &Connection, verified: &mut Verified) -> rusqlite::Result<()> {
    for table in ["tellings", "claims"] {
        let sql = format!(
            "SELECT t.id, t.quote, t.start, t.end, a.text FROM {table} t JOIN articles a ON a.id = t.article ORDER BY t.id"
        );
        let mut query = db.prepare(&sql)?;
        let faults = query.query_map([], |row| Ok((row.get::<_, String>(0)?, holds(row)?)))?;
        for found in faults {
            let (id, holds) = found?;
            verified.spans += 1;
            if !holds {
                verified.faults.push(format!("{id}: its words are not those of its article"));
            }
        }
    }
    Ok(())
}

fn holds(row: &Row<'_>) -> rusqlite::Result<bool> {
    let (kept, text): (String, String) = (row.get(1)?, row.get(4)?);
    Ok(quote(&text, Span::new(row.get(2)?, row.get(3)?)) == kept)
}

#[cfg(test)]
mod tests {
    use legation_record::Status;

    use crate::{made::visit, scratch::Scratch};

    #[test]
    fn a_changed_text_is_found() {
        let scratch = Scratch::new("verify");
        let mut ledger = scratch.ledger("l.sqlite");
        let host = ("Norway", "NOR");
        let one =
            visit(("2024-05-16", "A"), ("Anna Berg", "person/anna-berg"), host, Status::Held, "2024-05-16");
        ledger.append(&[one]).unwrap();
        ledger.settle().unwrap();
        let verified = ledger.verify().unwrap();
        assert_eq!((verified.faults.len(), verified.articles), (0, 1));
        assert!(verified.spans > 4);
        ledger.db.execute("UPDATE articles SET text = replace(text, 'visits', 'shunns')", []).unwrap();
        let faults = ledger.verify().unwrap().faults;
        assert!(faults.iter().any(|fault| fault.contains("not the text that was added")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.contains("not those of its article")), "{faults:?}");
    }
}
