//! Reading articles anew with another version: what their records tell is replaced, and the difference shown.

use std::collections::{BTreeMap, BTreeSet};

use legation_record::{Article, Record, Versions};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior};
use serde::Serialize;

use crate::{
    Fault, Ledger,
    append::{Writer, unpack},
    digest::article_id,
    store::OrFault as _,
};

/// Tables with rows of one article that follow from its record, those that refer before those referred to.
const OF_RECORD: [&str; 6] = ["claims", "statements", "tellings", "mentions", "proposals", "records"];

/// What an article tells, before or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Id of the telling.
    pub telling: String,
    /// In words: kind, who, status, when, where.
    pub tells: String,
    /// The words.
    pub quote: String,
    /// The rule.
    pub rule: String,
    #[serde(skip)]
    span: (usize, usize),
}

/// How the record of an article differs from the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reread {
    /// Id of the article in the ledger.
    pub article: String,
    /// The name under which it was given.
    pub name: Option<String>,
    /// What it tells now and did not tell before.
    pub new: Vec<Told>,
    /// What it told before and does not tell now.
    pub gone: Vec<Told>,
    /// What it tells in another way: before and after.
    pub changed: Vec<(Told, Told)>,
}

impl Reread {
    /// Whether the record tells the same as before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

impl Ledger {
    /// The ids of the articles that other versions than these have read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stale(&self, versions: &Versions) -> Result<Vec<String>, Fault> {
        let sql = "SELECT article FROM records WHERE reader <> ?1 OR model <> ?2 OR knowledge <> ?3 ORDER BY article";
        let values = [&versions.reader, &versions.model, &versions.knowledge];
        let ids = || -> rusqlite::Result<_> {
            self.db.prepare(sql)?.query_map(values, |row| row.get(0))?.collect()
        };
        ids().or_fault(&self.path)
    }

    /// The record of an article, with the article as received; `None` where there is no such article.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn record(&self, article: &str) -> Result<Option<Record>, Fault> {
        let sql = "SELECT r.body, a.text FROM records r JOIN articles a ON a.id = r.article WHERE a.id = ?1";
        let row = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?));
        let found = self.db.query_row(sql, [article], row).optional().or_fault(&self.path)?;
        Ok(found.and_then(|(body, text)| unpack(&body, text)))
    }

    /// An article as received.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<Article>, Fault> {
        Ok(self.record(id)?.map(|record| record.article))
    }

    /// The records of the articles that tell of plans, by day of publication.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn proposals(&self) -> Result<Vec<Record>, Fault> {
        let sql = "SELECT DISTINCT a.id FROM proposals p JOIN articles a ON a.id = p.article
            ORDER BY a.published IS NULL, a.published, a.id";
        let ids = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        let ids = ids().or_fault(&self.path)?;
        ids.iter().filter_map(|id| self.record(id).transpose()).collect()
    }

    /// Puts records in the place of those that the ledger has of the same articles, and says what differs. What people
    /// decided stays on what is told by the same words. Settle afterwards.
    ///
    /// # Errors
    /// When the file cannot be written. It is as before then.
    pub fn replace(&mut self, records: &[Record]) -> Result<Vec<Reread>, Fault> {
        let path = self.path.clone();
        let mut all = || -> rusqlite::Result<Vec<Reread>> {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut found = Vec::new();
            for record in records {
                let id = article_id(&record.article);
                let before = told(&transaction, &id)?;
                if remove(&transaction, &id)? {
                    Writer { db: &transaction, record, article: &id, sameness: &self.sameness }.read()?;
                    let differs = differs(&id, record, before, told(&transaction, &id)?);
                    differs.iter().try_for_each(|one| follow(&transaction, one))?;
                    found.extend(differs);
                }
            }
            transaction.execute("UPDATE state SET value = 'no' WHERE name = 'settled'", [])?;
            transaction.commit()?;
            Ok(found)
        };
        all().or_fault(&path)
    }
}

/// What an article tells, by the id of the telling.
fn told(db: &Connection, article: &str) -> rusqlite::Result<BTreeMap<String, Told>> {
    let sql = "SELECT t.id, t.kind, t.status, t.edtf, t.place, t.quote, t.rule, t.start, t.end,
        (SELECT group_concat(p.role || ' ' || p.name, ', ') FROM participants p WHERE p.telling = t.id)
        FROM tellings t WHERE t.article = ?1";
    let one = |row: &Row<'_>| {
        let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        let words = [text(1)?, text(9)?, text(2)?, text(3)?, text(4)?];
        let tells: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        let telling: String = row.get(0)?;
        let (quote, rule, span) = (row.get(5)?, row.get(6)?, (row.get(7)?, row.get(8)?));
        Ok((telling.clone(), Told { telling, tells: tells.join(" · "), quote, rule, span }))
    };
    db.prepare_cached(sql)?.query_map([article], one)?.collect()
}

fn differs(
    article: &str,
    record: &Record,
    mut before: BTreeMap<String, Told>,
    after: BTreeMap<String, Told>,
) -> Option<Reread> {
    let mut found =
        Reread { article: article.to_owned(), name: record.article.meta.id.clone(), ..Reread::default() };
    for (id, now) in after {
        match before.remove(&id) {
            Some(was) if was.tells == now.tells => {}
            Some(was) => found.changed.push((was, now)),
            None => found.new.push(now),
        }
    }
    found.gone = before.into_values().collect();
    (!found.is_empty()).then_some(found)
}

/// Leads decisions on what is gone to what the same words tell now, where that is one thing.
fn follow(db: &Connection, reread: &Reread) -> rusqlite::Result<()> {
    for gone in &reread.gone {
        let same = |one: &&Told| one.span.0 < gone.span.1 && gone.span.0 < one.span.1;
        let mut over = reread.new.iter().filter(same);
        if let (Some(now), None) = (over.next(), over.next()) {
            db.execute("UPDATE moved SET now = ?2 WHERE now = ?1", [&gone.telling, &now.telling])?;
            db.execute("INSERT OR REPLACE INTO moved VALUES (?1, ?2)", [&gone.telling, &now.telling])?;
        }
    }
    Ok(())
}

/// Takes away what was read from an article, and the events it tells, which settling makes anew. `false` where the
/// ledger does not have the article.
fn remove(db: &Transaction<'_>, article: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT DISTINCT event FROM event_tellings et JOIN tellings t ON t.id = et.telling WHERE t.article = ?1";
    let events: BTreeSet<String> =
        db.prepare_cached(sql)?.query_map([article], |row| row.get(0))?.collect::<Result<_, _>>()?;
    events.iter().try_for_each(|event| crate::settle::remove(db, event))?;
    let parties = "DELETE FROM participants WHERE telling IN (SELECT id FROM tellings WHERE article = ?1)";
    db.prepare_cached(parties)?.execute([article])?;
    let mut rows = 0;
    for table in OF_RECORD {
        rows = db.prepare_cached(&format!("DELETE FROM {table} WHERE article = ?1"))?.execute([article])?;
    }
    Ok(rows > 0)
}

#[cfg(test)]
mod tests {
    use legation_record::Status;

    use crate::{By, made::visit, query::Filter, scratch::Scratch};

    #[test]
    fn a_record_read_anew_takes_the_place_of_the_old_one_and_decisions_follow() {
        let scratch = Scratch::new("reread");
        let mut ledger = scratch.ledger("l.sqlite");
        let (anna, norway) = (("Anna Berg", "person/anna-berg"), ("Norway", "NOR"));
        let one = visit(("2024-05-16", "A"), anna, norway, Status::Held, "2024-05-16");
        ledger.append(std::slice::from_ref(&one)).unwrap();
        ledger.settle().unwrap();
        let id = ledger.events(&Filter::default()).unwrap()[0].id.clone();
        ledger.reject(&id, &By::default()).unwrap();

        let mut same = one.clone();
        same.versions.reader = "next".into();
        assert_eq!(ledger.stale(&same.versions).unwrap().len(), 1);
        assert!(ledger.replace(&[same.clone()]).unwrap().is_empty());
        assert!(ledger.stale(&same.versions).unwrap().is_empty());

        let mut other = same;
        other.entities[0].link = Some("person/anna-maria-berg".into());
        other.events[0].status = Status::Planned;
        let found = ledger.replace(&[other]).unwrap().remove(0);
        assert_eq!((found.new.len(), found.gone.len(), found.changed.len()), (1, 1, 0));
        assert_ne!(found.new[0].telling, found.gone[0].telling);
        ledger.settle().unwrap();
        assert!(ledger.events(&Filter::default()).unwrap().is_empty(), "rejected still");
        let event = ledger.event(&found.new[0].telling).unwrap();
        assert_eq!((event.status.as_str(), event.verdict.as_deref()), ("planned", Some("rejected")));
        assert_eq!(ledger.undo(&event.id, &By::default()).unwrap().action, "reject");
        assert!(ledger.verify().unwrap().faults.is_empty());
    }
}
