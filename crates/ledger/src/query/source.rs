use legation_record::Versions;
use rusqlite::Row;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{Fault, Ledger, store::OrFault as _};

/// An article and what read it, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Id of the article in the ledger.
    pub article: String,
    /// The name under which it was given.
    pub name: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The outlets.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Whether that day came with the article.
    pub published_given: bool,
    /// Its headline.
    pub headline: Option<String>,
    /// SHA-256 of its text, 64 hexadecimal digits.
    pub sha256: String,
    /// Length of its text in code points.
    pub characters: usize,
    /// Form of its record.
    pub schema: u32,
    /// What read it.
    pub versions: Versions,
    /// What the reader could not do, a line each.
    pub warnings: String,
}

/// A background claim of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimRow {
    /// Id.
    pub id: String,
    /// Id of the article in the ledger.
    pub article: String,
    /// Count, first, last, since or date.
    pub kind: String,
    /// Kind of the events it is about.
    pub event_kind: String,
    /// What is claimed, in words.
    pub about: String,
    /// The number claimed.
    pub value: Option<i64>,
    /// First day it is claimed for.
    pub earliest: Option<String>,
    /// Last day it is claimed for.
    pub latest: Option<String>,
    /// The words.
    pub quote: String,
    /// First character of the words in the article's text, in code points.
    pub start: usize,
    /// One past their last character.
    pub end: usize,
    /// The rule that read them.
    pub rule: String,
}

impl Ledger {
    /// All articles by id, without their texts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sources(&self) -> Result<Vec<Source>, Fault> {
        let sql = "SELECT a.id, a.name, a.url, a.publisher, a.published, a.published_given, a.headline, a.text, r.schema,
            r.reader, r.model, r.knowledge, r.warnings FROM articles a JOIN records r ON r.article = a.id ORDER BY a.id";
        let all = || self.db.prepare(sql)?.query_map([], source)?.collect::<rusqlite::Result<_>>();
        all().or_fault(&self.path)
    }

    /// All background claims by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn claims(&self) -> Result<Vec<ClaimRow>, Fault> {
        let sql =
            "SELECT c.id, c.article, c.kind, c.event_kind, c.about, c.value, c.earliest, c.latest, c.quote,
            length(CAST(substr(CAST(a.text AS BLOB), 1, c.start) AS TEXT)),
            length(CAST(substr(CAST(a.text AS BLOB), 1, c.end) AS TEXT)), c.rule
            FROM claims c JOIN articles a ON a.id = c.article ORDER BY c.id";
        let all = || self.db.prepare(sql)?.query_map([], claim)?.collect::<rusqlite::Result<_>>();
        all().or_fault(&self.path)
    }
}

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    let text: String = row.get(7)?;
    let digest = Sha256::digest(text.as_bytes());
    Ok(Source {
        article: row.get(0)?,
        name: row.get(1)?,
        url: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        published_given: row.get(5)?,
        headline: row.get(6)?,
        sha256: digest.iter().fold(String::with_capacity(64), |all, byte| all + &format!("{byte:02x}")),
        characters: text.chars().count(),
        schema: row.get(8)?,
        versions: Versions { reader: row.get(9)?, model: row.get(10)?, knowledge: row.get(11)? },
        warnings: row.get(12)?,
    })
}

fn claim(row: &Row<'_>) -> rusqlite::Result<ClaimRow> {
    Ok(ClaimRow {
        id: row.get(0)?,
        article: row.get(1)?,
        kind: row.get(2)?,
        event_kind: row.get(3)?,
        about: row.get(4)?,
        value: row.get(5)?,
        earliest: row.get(6)?,
        latest: row.get(7)?,
        quote: row.get(8)?,
        start: row.get(9)?,
        end: row.get(10)?,
        rule: row.get(11)?,
    })
}
