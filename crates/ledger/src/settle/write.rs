//! Puts settled events into the file; those that did not change are left as they are.

use std::collections::BTreeMap;

use legation_knowledge::normalise;
use rusqlite::{Transaction, params};

use crate::{
    correct::{AllSaid, Overrides, digest, look_up, overrides, participants, patch},
    review::note,
    words::day,
};

use super::{
    names::{Known, Who},
    occurrence::Occurrence,
};

/// Tables with rows of one event, those that refer before those referred to.
const OF_EVENT: [(&str, &str); 6] = [
    ("signs", "event"),
    ("contradictions", "event"),
    ("event_life", "event"),
    ("event_participants", "event"),
    ("event_tellings", "event"),
    ("events", "id"),
];

/// Writes them; returns how many were new or changed.
pub fn write(db: &Transaction<'_>, who: &Who, occurrences: &[Occurrence]) -> rusqlite::Result<usize> {
    entities(db, who)?;
    let mut old: BTreeMap<String, String> = db
        .prepare("SELECT id, digest FROM events")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let said = overrides(db)?;
    let mut changed = Vec::new();
    for occurrence in occurrences {
        let (own, after) = digests(db, occurrence, &said);
        if old.get(&occurrence.id) == Some(&after) {
            old.remove(&occurrence.id);
        } else {
            changed.push((occurrence, after != own, own));
        }
    }
    old.keys().try_for_each(|id| remove(db, id))?;
    for (occurrence, corrected, own) in &changed {
        insert(db, occurrence, own)?;
        if *corrected {
            patch(db, &occurrence.id)?;
        } else {
            note(db, &occurrence.id)?;
        }
    }
    Ok(changed.len())
}

/// The digests of an event as its articles have it, and after corrections.
fn digests(db: &Transaction<'_>, one: &Occurrence, said: &AllSaid) -> (String, String) {
    let own = one.digest();
    let overrides = Overrides::of(said, one.tellings.iter().map(|(telling, _)| telling.as_str()));
    let after = match overrides.is_empty() {
        true => own.clone(),
        false => digest(&own, &overrides, &one.face.corrected(&overrides, &|name| look_up(db, name))),
    };
    (own, after)
}

fn entities(db: &Transaction<'_>, who: &Who) -> rusqlite::Result<()> {
    db.execute("DELETE FROM entities", [])?;
    let mut insert = db.prepare_cached("INSERT INTO entities VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for (key, known) in &who.known {
        let folded = normalise(&known.name);
        let surname = folded.rsplit(' ').next().unwrap_or_default();
        let Known { kind, name, link, country, articles } = known;
        insert.execute(params![key, kind, name, link, country, folded, surname, articles])?;
    }
    Ok(())
}

/// Removes an event with all its rows.
pub fn remove(db: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    OF_EVENT.iter().try_for_each(|(table, column)| {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?1"))?.execute([id]).map(|_| ())
    })
}

fn insert(db: &Transaction<'_>, one: &Occurrence, digest: &str) -> rusqlite::Result<()> {
    let face = &one.face;
    let sql =
        "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
        ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, NULL, '', NULL)";
    db.prepare_cached(sql)?.execute(params![
        one.id,
        face.kind,
        face.title(),
        face.status,
        day(face.days.0),
        day(face.days.1),
        face.edtf(),
        one.dates.iter().cloned().collect::<Vec<_>>().join(" | "),
        face.place,
        face.country,
        face.coordinates.map(|(latitude, _)| latitude),
        face.coordinates.map(|(_, longitude)| longitude),
        one.codes.plover,
        one.codes.mode,
        one.codes.quad,
        one.codes.cameo,
        one.tellings.len(),
        one.articles,
        one.independent,
        one.publishers,
        one.voices,
        day(one.told.0),
        day(one.told.1),
        digest,
    ])?;
    parts(db, one)
}

fn parts(db: &Transaction<'_>, one: &Occurrence) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO event_tellings VALUES (?1, ?2, ?3)")?;
    for (telling, reason) in &one.tellings {
        insert.execute(params![telling, one.id, reason])?;
    }
    participants(db, &one.id, &one.face.members)?;
    let mut insert = db.prepare_cached("INSERT INTO event_life VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (at, step) in one.life.iter().enumerate() {
        insert.execute(params![one.id, at, day(step.published), step.status, step.telling])?;
    }
    let mut insert = db.prepare_cached("INSERT INTO contradictions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (at, conflict) in one.conflicts.iter().enumerate() {
        let ((one_telling, one_value), (other_telling, other_value)) = (&conflict.one, &conflict.other);
        let row = params![one.id, at, conflict.field, one_telling, one_value, other_telling, other_value];
        insert.execute(row)?;
    }
    Ok(())
}
