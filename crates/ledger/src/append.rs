//! Adding records: whole articles or nothing.

use std::{
    collections::BTreeSet,
    io::{Read as _, Write as _},
};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use legation_record::{Article, Claim, Date, Record, Span};
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::{
    Fault, Ledger,
    digest::{Parts, article_id},
    identity,
    near::Signature,
    sameness::Sameness,
    store::OrFault as _,
    telling::{Telling, quote, source, tellings},
    words::{day, granularity, word},
};

/// What became of records given to [`Ledger::append`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Appended {
    /// Articles that were new.
    pub added: usize,
    /// Articles the ledger had already.
    pub known: usize,
}

impl Ledger {
    /// The number of the newest article; articles are numbered in the order in which they came.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn newest(&self) -> Result<i64, Fault> {
        let sql = "SELECT coalesce(max(n), 0) FROM articles";
        self.db.query_row(sql, [], |row| row.get(0)).or_fault(&self.path)
    }

    /// The day of the article published last.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn last_day(&self) -> Result<Option<Date>, Fault> {
        let sql = "SELECT max(published) FROM articles";
        let day: Option<String> = self.db.query_row(sql, [], |row| row.get(0)).or_fault(&self.path)?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// How many articles after number `after` are new versions of one that was there: the same address, another text.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn revised(&self, after: i64) -> Result<u64, Fault> {
        let sql = "SELECT count(*) FROM articles AS new WHERE n > ?1 AND url IS NOT NULL
            AND EXISTS (SELECT 1 FROM articles AS old WHERE old.url = new.url AND old.n < new.n)";
        self.db.query_row(sql, [after], |row| row.get(0)).or_fault(&self.path)
    }

    /// The ids of the articles that the ledger has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known(&self) -> Result<BTreeSet<String>, Fault> {
        let ids = || -> rusqlite::Result<_> {
            self.db.prepare("SELECT id FROM articles")?.query_map([], |row| row.get(0))?.collect()
        };
        ids().or_fault(&self.path)
    }

    /// Adds the records of articles that the ledger does not have yet. When this returns, they are
    /// on the disk; when it is interrupted, none of them is there or all are.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(&mut self, records: &[Record]) -> Result<Appended, Fault> {
        let path = self.path.clone();
        self.append_all(records).or_fault(&path)
    }

    fn append_all(&mut self, records: &[Record]) -> rusqlite::Result<Appended> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut appended = Appended::default();
        for record in records {
            let id = article_id(&record.article);
            if has(&transaction, &id)? {
                appended.known += 1;
            } else {
                Writer { db: &transaction, record, article: &id, sameness: &self.sameness }.write()?;
                appended.added += 1;
            }
        }
        if appended.added > 0 {
            transaction.execute("UPDATE state SET value = 'no' WHERE name = 'settled'", [])?;
        }
        transaction.commit()?;
        Ok(appended)
    }
}

fn has(db: &rusqlite::Connection, id: &str) -> rusqlite::Result<bool> {
    let mut query = db.prepare_cached("SELECT 1 FROM articles WHERE id = ?1")?;
    query.query_row([id], |_| Ok(())).optional().map(|found| found.is_some())
}

/// Writes one article and what was read from it.
pub(crate) struct Writer<'a> {
    pub db: &'a Transaction<'a>,
    pub record: &'a Record,
    pub article: &'a str,
    pub sameness: &'a Sameness,
}

impl Writer<'_> {
    fn write(&self) -> rusqlite::Result<()> {
        self.article()?;
        self.read()
    }

    /// Writes what was read from the article.
    pub(crate) fn read(&self) -> rusqlite::Result<()> {
        self.body()?;
        self.mentions()?;
        for telling in tellings(self.record, self.article, self.sameness) {
            self.telling(&telling)?;
        }
        self.statements()?;
        self.record.claims.iter().try_for_each(|claim| self.claim(claim))?;
        self.proposals()
    }

    fn article(&self) -> rusqlite::Result<()> {
        let Article { text, meta } = &self.record.article;
        let sql = "INSERT INTO articles (id, name, url, publisher, headline, published, published_given, text, near)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.db.prepare_cached(sql)?.execute(params![
            self.article,
            meta.id,
            meta.url,
            meta.publisher,
            meta.headline,
            day(self.record.published.date),
            !self.record.published.inferred,
            text,
            Signature::of(text).to_bytes(),
        ])?;
        Ok(())
    }

    fn body(&self) -> rusqlite::Result<()> {
        let versions = &self.record.versions;
        self.db.prepare_cached("INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(
            params![
                self.article,
                self.record.schema,
                versions.reader,
                versions.model,
                versions.knowledge,
                self.record.warnings.join("\n"),
                pack(self.record),
            ],
        )?;
        Ok(())
    }

    fn mentions(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.db.prepare_cached("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for entity in &self.record.entities {
            let office = entity.offices.first().map(|office| office.office.as_str());
            insert.execute(params![
                self.article,
                entity.id,
                identity::key(entity),
                word(&entity.kind),
                entity.name,
                entity.link,
                entity.country,
                office,
            ])?;
        }
        Ok(())
    }

    fn telling(&self, telling: &Telling) -> rusqlite::Result<()> {
        let sql =
            "INSERT INTO tellings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
            ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";
        let (interval, spot) = (telling.interval, telling.spot.as_ref());
        let coordinates = spot.and_then(|spot| spot.coordinates);
        self.db.prepare_cached(sql)?.execute(params![
            telling.id,
            telling.article,
            telling.event,
            telling.kind,
            telling.subtype,
            word(&telling.status),
            word(&telling.modality),
            word(&telling.polarity),
            day(interval.and_then(|interval| interval.earliest)),
            day(interval.and_then(|interval| interval.latest)),
            granularity(interval),
            interval.map(|interval| interval.edtf()),
            spot.map(|spot| &spot.name),
            spot.and_then(|spot| spot.country.as_ref()),
            coordinates.map(|(latitude, _)| latitude),
            coordinates.map(|(_, longitude)| longitude),
            telling.told_by,
            telling.told_act,
            telling.derived,
            telling.repeated,
            telling.codes.plover,
            telling.codes.mode,
            telling.codes.quad,
            telling.codes.cameo,
            telling.quote,
            telling.span.start,
            telling.span.end,
            telling.rule,
        ])?;
        self.parties(telling)
    }

    fn parties(&self, telling: &Telling) -> rusqlite::Result<()> {
        let sql = "INSERT INTO participants VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut insert = self.db.prepare_cached(sql)?;
        for (at, party) in telling.parties.iter().enumerate() {
            let Span { start, end } = party.span;
            insert.execute(params![
                telling.id,
                at,
                party.role,
                party.key,
                party.name,
                party.country,
                start,
                end
            ])?;
        }
        Ok(())
    }

    fn statements(&self) -> rusqlite::Result<()> {
        let sql =
            "INSERT INTO statements VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
            ?16)";
        let mut insert = self.db.prepare_cached(sql)?;
        let text = &self.record.article.text;
        let cover = |spans: &[Span]| spans.iter().copied().reduce(Span::cover);
        let words = |spans: &[Span]| cover(spans).map(|span| quote(text, span)).unwrap_or_default();
        for one in &self.record.attributions {
            let whole = one.evidence.cover();
            let (key, name) = source(self.record, one).unwrap_or_default();
            let speaker = one.source_entities.first().and_then(|id| self.record.entity(id));
            insert.execute(params![
                Parts::default().add(self.article).add(&one.id).id('s'),
                self.article,
                one.id,
                one.level,
                one.act.0,
                word(&one.polarity),
                word(&one.form),
                key,
                name,
                speaker.and_then(|entity| entity.country.as_ref()),
                words(&one.cue),
                words(&one.content),
                whole.start,
                whole.end,
                one.doubtful,
                one.evidence.by,
            ])?;
        }
        Ok(())
    }

    fn proposals(&self) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached("INSERT INTO proposals VALUES (?1, ?2, ?3)")?;
        self.record
            .proposals
            .iter()
            .try_for_each(|plan| insert.execute(params![self.article, plan.id, plan.name]).map(|_| ()))
    }

    fn claim(&self, claim: &Claim) -> rusqlite::Result<()> {
        let span = claim.evidence.cover();
        let sql = "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        self.db.prepare_cached(sql)?.execute(params![
            Parts::default().add(self.article).add(&claim.id).id('c'),
            self.article,
            word(&claim.kind),
            claim.event_kind,
            claim.about,
            claim.value,
            day(claim.over.and_then(|over| over.earliest)),
            day(claim.over.and_then(|over| over.latest)),
            quote(&self.record.article.text, span),
            span.start,
            span.end,
            claim.evidence.by,
        ])?;
        Ok(())
    }
}

/// A record without its text, which the article's row has, as compressed JSON.
fn pack(record: &Record) -> Vec<u8> {
    let mut bare = record.clone();
    bare.article.text = String::new();
    let json = serde_json::to_vec(&bare).unwrap_or_default();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(&json).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// A record as packed, with its text; `None` where the bytes are damaged.
pub(crate) fn unpack(bytes: &[u8], text: String) -> Option<Record> {
    let mut json = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut json).ok()?;
    let mut record: Record = serde_json::from_slice(&json).ok()?;
    record.article.text = text;
    Some(record)
}

#[cfg(test)]
mod tests {
    use legation_record::{Published, Versions};

    use super::*;
    use crate::scratch::Scratch;

    fn record(text: &str) -> Record {
        let published = Published { date: None, inferred: false, candidates: Vec::new() };
        Record::empty(Article::new(text), published, Versions::default())
    }

    #[test]
    fn an_article_is_added_once_and_found_by_its_words() {
        let scratch = Scratch::new("append");
        let mut ledger = scratch.ledger("l.sqlite");
        let both = [record("The Élysée hosts a summit."), record("Nothing new.")];
        assert_eq!(ledger.append(&both).unwrap(), Appended { added: 2, known: 0 });
        assert_eq!(ledger.append(&both[..1]).unwrap(), Appended { added: 0, known: 1 });
        assert_eq!(ledger.known().unwrap().len(), 2);
        let found = "SELECT count(*) FROM search WHERE search MATCH 'elysee'";
        assert_eq!(ledger.db.query_row(found, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }
}
