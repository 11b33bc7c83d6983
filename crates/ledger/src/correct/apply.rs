//! Applies verdicts and edits to the rows of events.

use std::collections::BTreeMap;

use legation_knowledge::normalise;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::{digest::Parts, review::note, words::day};

use super::{Change, Face, Member, Overrides};

/// What the articles say of a corrected event.
#[derive(Serialize, Deserialize)]
struct Base {
    face: Face,
    digest: String,
}

/// Number, action, field and value.
type Said = (i64, String, Option<String>, Option<String>);
/// What was said, by the telling an event is known by.
pub type AllSaid = BTreeMap<String, Vec<Said>>;

const OPEN: &str = "action IN ('accept', 'reject', 'edit') AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.seq)";

/// What people say of every event, by the telling it is known by.
pub fn overrides(db: &Connection) -> rusqlite::Result<AllSaid> {
    let sql = format!(
        "SELECT seq, coalesce((SELECT now FROM moved WHERE was = telling), telling), action, field, value
        FROM corrections c WHERE {OPEN} ORDER BY seq"
    );
    let mut all = AllSaid::new();
    let mut query = db.prepare(&sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let said = (row.get(0)?, row.get(2)?, row.get(3)?, row.get(4)?);
        all.entry(row.get(1)?).or_default().push(said);
    }
    Ok(all)
}

impl Overrides {
    /// What was said in this order.
    pub fn of<'a>(all: &AllSaid, tellings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut said: Vec<&Said> =
            tellings.into_iter().filter_map(|telling| all.get(telling)).flatten().collect();
        said.sort_by_key(|(seq, ..)| *seq);
        let mut overrides = Self::default();
        said.into_iter().for_each(|said| overrides.add(said));
        overrides
    }

    fn add(&mut self, (_, action, field, value): &Said) {
        match action.as_str() {
            "accept" => self.verdict = Some("accepted"),
            "reject" => self.verdict = Some("rejected"),
            _ => {
                let change = field.as_deref().zip(value.as_deref());
                self.changes.extend(change.and_then(|(field, value)| Change::of(field, value)));
            }
        }
    }
}

/// Key, name and country of the entity that most articles mean by a name.
pub fn look_up(db: &Connection, name: &str) -> Option<(String, String, Option<String>)> {
    let sql = "SELECT key, name, country FROM entities WHERE key = ?1 OR folded = ?2
        ORDER BY key <> ?1, articles DESC, key LIMIT 1";
    let mut query = db.prepare_cached(sql).ok()?;
    let found = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    query.query_row([name, normalise(name).as_str()], found).optional().ok()?
}

/// The digest of an event after corrections.
pub fn digest(base: &str, overrides: &Overrides, face: &Face) -> String {
    Parts::default().add(base).add(&format!("{overrides:?}")).add(&format!("{face:?}")).full()
}

/// Brings the rows of one event up to date with all that people say of it.
pub fn patch(db: &Connection, event: &str) -> rusqlite::Result<()> {
    let base = base(db, event)?;
    let tellings: Vec<String> = db
        .prepare_cached("SELECT telling FROM event_tellings WHERE event = ?1 ORDER BY telling")?
        .query_map([event], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let overrides = Overrides::of(&overrides(db)?, tellings.iter().map(String::as_str));
    let face = base.face.corrected(&overrides, &|name| look_up(db, name));
    let (kept, digest) = match overrides.is_empty() {
        true => (None, base.digest),
        false => (serde_json::to_string(&base).ok(), digest(&base.digest, &overrides, &face)),
    };
    let sql = "UPDATE events SET kind = ?2, title = ?3, status = ?4, earliest = ?5, latest = ?6, edtf = ?7, place = ?8,
        place_country = ?9, latitude = ?10, longitude = ?11, verdict = ?12, corrected = ?13, base = ?14, digest = ?15
        WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![
        event,
        face.kind,
        face.title(),
        face.status,
        day(face.days.0),
        day(face.days.1),
        face.edtf(),
        face.place,
        face.country,
        face.coordinates.map(|(latitude, _)| latitude),
        face.coordinates.map(|(_, longitude)| longitude),
        overrides.verdict,
        overrides.fields(),
        kept,
        digest,
    ])?;
    db.prepare_cached("DELETE FROM event_participants WHERE event = ?1")?.execute([event])?;
    participants(db, event, &face.members)?;
    note(db, event)
}

/// Writes who takes part in an event.
pub fn participants(db: &Connection, event: &str, members: &[Member]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO event_participants VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (at, member) in members.iter().enumerate() {
        insert.execute(params![event, at, member.role, member.key, member.name, member.country])?;
    }
    Ok(())
}

/// What the articles say of an event: kept beside it where it was corrected, its rows otherwise.
fn base(db: &Connection, event: &str) -> rusqlite::Result<Base> {
    let mut query = db.prepare_cached("SELECT * FROM events WHERE id = ?1")?;
    let (kept, mut base) =
        query.query_row([event], |row| Ok((row.get::<_, Option<String>>("base")?, of_row(row)?)))?;
    if let Some(kept) = kept.and_then(|json| serde_json::from_str(&json).ok()) {
        return Ok(kept);
    }
    let sql = "SELECT role, key, name, country FROM event_participants WHERE event = ?1 ORDER BY position";
    let member = |row: &Row<'_>| {
        Ok(Member { role: row.get(0)?, key: row.get(1)?, name: row.get(2)?, country: row.get(3)? })
    };
    base.face.members = db.prepare_cached(sql)?.query_map([event], member)?.collect::<Result<_, _>>()?;
    base.face.first = base.face.members.first().map(|member| member.role.clone());
    Ok(base)
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Base> {
    let day = |name: &str| -> rusqlite::Result<_> {
        Ok(row.get::<_, Option<String>>(name)?.and_then(|day| day.parse().ok()))
    };
    let degrees = |name: &str| row.get::<_, Option<f64>>(name);
    Ok(Base {
        digest: row.get("digest")?,
        face: Face {
            kind: row.get("kind")?,
            first: None,
            status: row.get("status")?,
            days: (day("earliest")?, day("latest")?),
            place: row.get("place")?,
            country: row.get("place_country")?,
            coordinates: degrees("latitude")?.zip(degrees("longitude")?),
            members: Vec::new(),
        },
    })
}
