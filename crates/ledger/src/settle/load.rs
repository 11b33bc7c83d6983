//! Everything that was added and decided, in an order that does not depend on when.

use std::collections::BTreeMap;

use legation_record::{Codes, Date, Span};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use crate::{
    near::Signature,
    telling::{Party, Spot, Telling},
    words::{interval, variant},
};

/// What settling needs to know of an article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheet {
    /// Day of publication, given or inferred.
    pub published: Option<Date>,
    /// The outlets.
    pub publishers: Vec<String>,
    /// For telling copies.
    pub near: Signature,
}

/// One entity as one article has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seen {
    /// Key that is the same in every article.
    pub key: String,
    /// Kind of entity.
    pub kind: String,
    /// Fullest name.
    pub name: String,
    /// Knowledge id.
    pub link: Option<String>,
    /// Country code.
    pub country: Option<String>,
}

/// A person's word on whether tellings belong together.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Whether they were joined or split.
    pub join: bool,
    /// The telling decided on.
    pub telling: String,
    /// The tellings it was joined with or split from.
    pub others: Vec<String>,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Loaded {
    /// By id.
    pub articles: BTreeMap<String, Sheet>,
    /// By id.
    pub tellings: Vec<Telling>,
    /// Once for each article that names them.
    pub seen: Vec<Seen>,
    /// In the order in which they were made.
    pub decisions: Vec<Decision>,
}

/// Loads a ledger.
pub fn load(db: &Connection) -> rusqlite::Result<Loaded> {
    let mut loaded = Loaded::default();
    let mut query = db.prepare("SELECT id, published, publisher, near FROM articles")?;
    for sheet in query.query_map([], sheet)? {
        let (id, sheet) = sheet?;
        loaded.articles.insert(id, sheet);
    }
    loaded.tellings = tellings(db)?;
    let mut query =
        db.prepare("SELECT key, kind, name, link, country FROM mentions WHERE key IS NOT NULL")?;
    loaded.seen = query.query_map([], seen)?.collect::<Result<_, _>>()?;
    let mut query = db.prepare(
        "SELECT action, telling, others FROM corrections c WHERE action IN ('split', 'join')
        AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.seq) ORDER BY seq",
    )?;
    loaded.decisions = query.query_map([], decision)?.collect::<Result<_, _>>()?;
    let moved = moved(db)?;
    loaded.decisions.iter_mut().for_each(|decision| decision.follow(&moved));
    Ok(loaded)
}

fn sheet(row: &Row<'_>) -> rusqlite::Result<(String, Sheet)> {
    let published: Option<String> = row.get(1)?;
    let publishers: Option<String> = row.get(2)?;
    let names = publishers.iter().flat_map(|names| names.split(';')).map(str::trim);
    let sheet = Sheet {
        published: published.and_then(|day| day.parse().ok()),
        publishers: names.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        near: Signature::from_bytes(&row.get::<_, Vec<u8>>(3)?),
    };
    Ok((row.get(0)?, sheet))
}

fn seen(row: &Row<'_>) -> rusqlite::Result<Seen> {
    Ok(Seen {
        key: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        link: row.get(3)?,
        country: row.get(4)?,
    })
}

impl Decision {
    fn follow(&mut self, moved: &BTreeMap<String, String>) {
        for telling in std::iter::once(&mut self.telling).chain(&mut self.others) {
            if let Some(now) = moved.get(telling) {
                telling.clone_from(now);
            }
        }
    }
}

fn moved(db: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    db.prepare("SELECT was, now FROM moved")?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let others: String = row.get(2)?;
    Ok(Decision {
        join: row.get::<_, String>(0)? == "join",
        telling: row.get(1)?,
        others: others.split_whitespace().map(str::to_owned).collect(),
    })
}

/// All tellings with their parties, by id.
fn tellings(db: &Connection) -> rusqlite::Result<Vec<Telling>> {
    let mut all: Vec<Telling> = db
        .prepare("SELECT * FROM tellings ORDER BY id")?
        .query_map([], telling)?
        .collect::<Result<_, _>>()?;
    let mut query = db.prepare(
        "SELECT telling, role, key, name, country, start, end FROM participants ORDER BY telling, position",
    )?;
    let mut at = 0;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        while all.get(at).is_some_and(|telling| telling.id < id) {
            at += 1;
        }
        if let Some(telling) = all.get_mut(at).filter(|telling| telling.id == id) {
            telling.parties.push(party(row)?);
        }
    }
    Ok(all)
}

fn party(row: &Row<'_>) -> rusqlite::Result<Party> {
    Ok(Party {
        role: row.get(1)?,
        key: row.get(2)?,
        name: row.get(3)?,
        country: row.get(4)?,
        span: Span::new(row.get(5)?, row.get(6)?),
    })
}

fn telling(row: &Row<'_>) -> rusqlite::Result<Telling> {
    let text = |name: &str| row.get::<_, Option<String>>(name);
    let said = |name: &str| row.get::<_, String>(name);
    let number = |name: &str| row.get::<_, Option<f64>>(name);
    let unknown = |name: &str| rusqlite::Error::InvalidColumnName(name.to_owned());
    let (earliest, latest, fine) = (text("earliest")?, text("latest")?, text("granularity")?);
    let (country, coordinates) = (text("place_country")?, number("latitude")?.zip(number("longitude")?));
    Ok(Telling {
        id: said("id")?,
        article: said("article")?,
        event: said("event_in_record")?,
        kind: said("kind")?,
        subtype: text("subtype")?,
        status: variant(&said("status")?).ok_or_else(|| unknown("status"))?,
        modality: variant(&said("modality")?).ok_or_else(|| unknown("modality"))?,
        polarity: variant(&said("polarity")?).ok_or_else(|| unknown("polarity"))?,
        parties: Vec::new(),
        interval: interval(earliest.as_deref(), latest.as_deref(), fine.as_deref()),
        spot: text("place")?.map(|name| Spot { name, country, coordinates }),
        told_by: text("told_by")?,
        told_act: text("told_act")?,
        derived: text("derived")?,
        repeated: row.get("repeated")?,
        codes: Codes {
            plover: text("plover")?,
            mode: text("mode")?,
            contexts: Vec::new(),
            quad: text("quad")?,
            cameo: text("cameo")?,
        },
        quote: said("quote")?,
        span: Span::new(row.get("start")?, row.get("end")?),
        rule: said("rule")?,
    })
}
