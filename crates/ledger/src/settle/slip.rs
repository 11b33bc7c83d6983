//! Settling on many machines: what one article adds travels as small slips, and whatever may be of one event is merged in
//! one place, by the code that settles a ledger.
//!
//! 1. [`Slips::of`] takes from records what settling needs.
//! 2. [`Names::of`] brings together who is who: the only thing that needs all articles.
//! 3. [`Names::keys`] gives the keys of a slip. Slips that share none, directly or by way of others, are never of one event,
//!    so each set of slips that hang together can be merged apart.
//! 4. [`Names::merge`] merges such sets.

use legation_knowledge::{Files, LoadError};
use legation_record::Record;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::{
    Fault, Ledger, correct::Member, sameness::Sameness, store::OrFault as _, telling::Telling, words::day,
};

use super::{
    load::{self, Loaded, Seen, Sheet},
    merge,
    names::Who,
    occurrence::{self, Occurrence},
};

/// One article's account of one event, and what settling needs to know of the article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Slip {
    telling: Telling,
    sheet: Sheet,
}

/// Somebody or something as articles name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named(Seen);

/// What settling needs of some records.
#[derive(Debug, Clone, Default)]
pub struct Slips {
    /// The accounts of events, by id.
    pub slips: Vec<Slip>,
    /// Everybody named, with the id of the article that does.
    pub named: Vec<(String, Named)>,
}

impl Slip {
    /// Id of the telling.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.telling.id
    }

    /// Id of the article in a ledger.
    #[must_use]
    pub fn article(&self) -> &str {
        &self.telling.article
    }
}

impl Slips {
    /// What settling needs of records, as a ledger that has them would give it.
    ///
    /// # Errors
    /// When the knowledge is faulty, or memory ends.
    pub fn of(records: &[Record], files: &Files) -> Result<Self, Fault> {
        let mut ledger = Ledger::in_memory(files)?;
        ledger.append(records)?;
        let loaded = load::load(&ledger.db).or_fault(&ledger.path)?;
        let sheet = |telling: &Telling| loaded.articles.get(&telling.article).cloned();
        let slips = loaded
            .tellings
            .iter()
            .filter_map(|telling| Some(Slip { sheet: sheet(telling)?, telling: telling.clone() }));
        Ok(Self { slips: slips.collect(), named: named(&ledger.db).or_fault(&ledger.path)? })
    }
}

fn named(db: &Connection) -> rusqlite::Result<Vec<(String, Named)>> {
    let mut query =
        db.prepare("SELECT article, key, kind, name, link, country FROM mentions WHERE key IS NOT NULL")?;
    let seen = |row: &rusqlite::Row<'_>| {
        let (key, kind, name) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((row.get(0)?, Named(Seen { key, kind, name, link: row.get(4)?, country: row.get(5)? })))
    };
    query.query_map([], seen)?.collect()
}

/// Who is who over all articles, and which kinds of event can be the same.
#[derive(Debug)]
pub struct Names {
    who: Who,
    sameness: Sameness,
}

/// An event with all its tellings, as a ledger with the same articles has it before people decide on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Merged {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// In words.
    pub title: String,
    /// Where it stands.
    pub status: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// When, in EDTF.
    pub edtf: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Its country.
    pub place_country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// PLOVER category.
    pub plover: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Quad class.
    pub quad: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// How many articles tell it.
    pub articles: usize,
    /// How many of them are neither copies nor of one outlet.
    pub independent: usize,
    /// How many outlets.
    pub publishers: usize,
    /// How many different sources.
    pub voices: usize,
    /// Who.
    pub participants: Vec<Member>,
    /// What its tellings contradict each other on.
    pub contradictions: Vec<String>,
    /// Ids of its tellings, each with the reason why it belongs.
    pub tellings: Vec<(String, String)>,
    /// Over everything the event says of itself; equal to that of the ledger.
    pub digest: String,
}

impl Names {
    /// Brings together who is who, each name with the number of articles that have it so.
    ///
    /// # Errors
    /// When the knowledge is faulty.
    pub fn of(named: &[(Named, usize)], files: &Files) -> Result<Self, LoadError> {
        let who = Who::counted(named.iter().map(|(Named(seen), count)| (seen, *count)));
        Ok(Self { who, sameness: Sameness::load(files)? })
    }

    /// As JSON, to be sent to other machines.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.who).unwrap_or_default()
    }

    /// As [`Names::to_json`] wrote it; `None` where that is something else.
    ///
    /// # Errors
    /// When the knowledge is faulty.
    pub fn from_json(json: &str, files: &Files) -> Result<Option<Self>, LoadError> {
        let sameness = Sameness::load(files)?;
        Ok(serde_json::from_str(json).ok().map(|who| Self { who, sameness }))
    }

    /// The keys of slips: id of the telling and key.
    #[must_use]
    pub fn keys(&self, slips: Vec<Slip>) -> Vec<(String, String)> {
        let loaded = loaded(slips);
        let items = merge::items(&loaded, &self.who, &self.sameness);
        let keys =
            items.iter().flat_map(|item| item.keys().map(|key| (item.telling.id.clone(), key.to_owned())));
        keys.collect()
    }

    /// Merges slips. They must be all that hang together by their keys; several such sets at once do no harm.
    #[must_use]
    pub fn merge(&self, slips: Vec<Slip>) -> Vec<Merged> {
        let loaded = loaded(slips);
        let items = merge::items(&loaded, &self.who, &self.sameness);
        let groups = merge::merge(&items, &[]);
        occurrence::occurrences(&loaded, &items, &groups, &self.who).into_iter().map(merged).collect()
    }
}

fn loaded(slips: Vec<Slip>) -> Loaded {
    let mut loaded = Loaded::default();
    for Slip { telling, sheet } in slips {
        loaded.articles.insert(telling.article.clone(), sheet);
        loaded.tellings.push(telling);
    }
    loaded.tellings.sort_by(|one, other| one.id.cmp(&other.id));
    loaded
}

fn merged(one: Occurrence) -> Merged {
    let digest = one.digest();
    let Occurrence {
        id, face, codes, tellings, articles, independent, publishers, voices, conflicts, ..
    } = one;
    Merged {
        id,
        title: face.title(),
        edtf: face.edtf(),
        kind: face.kind,
        status: face.status,
        earliest: day(face.days.0),
        latest: day(face.days.1),
        place: face.place,
        place_country: face.country,
        latitude: face.coordinates.map(|(latitude, _)| latitude),
        longitude: face.coordinates.map(|(_, longitude)| longitude),
        plover: codes.plover,
        mode: codes.mode,
        quad: codes.quad,
        cameo: codes.cameo,
        articles,
        independent,
        publishers,
        voices,
        participants: face.members,
        contradictions: conflicts.iter().map(|conflict| conflict.field.to_owned()).collect(),
        tellings,
        digest,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use legation_record::Status;

    use super::*;
    use crate::{made::visit, scratch::Scratch};

    fn records() -> Vec<Record> {
        let people = [("Anna Berg", "person/anna-berg"), ("Ole Lund", "person/ole-lund")];
        let hosts = [("Norway", "NOR"), ("Japan", "JPN"), ("Peru", "PER")];
        let days = ["2024-05-16", "2024-05-17", "2024-09-01", "2024-05-01/2024-05-31"];
        let mut all = Vec::new();
        for (at, day) in days.iter().enumerate() {
            for person in people {
                for host in hosts {
                    let status = if at == 3 { Status::Planned } else { Status::Held };
                    all.push(visit((["2024-05-18", "2024-09-02"][at % 2], "A"), person, host, status, day));
                }
            }
        }
        all
    }

    /// The slips in as many places as hang together, each named by the least of its ids.
    fn apart(slips: &[Slip], keys: &[(String, String)]) -> Vec<Vec<Slip>> {
        let mut place: BTreeMap<&str, String> =
            slips.iter().map(|slip| (slip.id(), slip.id().to_owned())).collect();
        loop {
            let mut least: BTreeMap<&str, String> = BTreeMap::new();
            for (id, key) in keys {
                let here = place[id.as_str()].clone();
                least.entry(key).and_modify(|old| *old = old.clone().min(here.clone())).or_insert(here);
            }
            let before = place.clone();
            keys.iter().for_each(|(id, key)| {
                let here = place.get_mut(id.as_str()).unwrap();
                *here = here.clone().min(least[key.as_str()].clone());
            });
            if place == before {
                break;
            }
        }
        let mut places: BTreeMap<String, Vec<Slip>> = BTreeMap::new();
        slips.iter().for_each(|slip| places.entry(place[slip.id()].clone()).or_default().push(slip.clone()));
        places.into_values().collect()
    }

    #[test]
    fn merged_apart_events_are_those_of_one_ledger() {
        let (records, files) = (records(), Files::built_in());
        let scratch = Scratch::new("slips");
        let mut ledger = scratch.ledger("l.sqlite");
        ledger.append(&records).unwrap();
        ledger.settle().unwrap();

        // Two machines take the slips, one brings the names together, and every set that hangs together goes its own way.
        let (here, there) = records.split_at(records.len() / 3);
        let mut all = Slips::of(here, &files).unwrap();
        let more = Slips::of(there, &files).unwrap();
        all.slips.extend(more.slips);
        all.named.extend(more.named);
        let mut counts: BTreeMap<Named, usize> = BTreeMap::new();
        all.named.iter().for_each(|(_, named)| *counts.entry(named.clone()).or_default() += 1);
        let names = Names::of(&counts.into_iter().collect::<Vec<_>>(), &files).unwrap();
        let names = Names::from_json(&names.to_json(), &files).unwrap().unwrap();
        let sent: Vec<Slip> = all
            .slips
            .iter()
            .map(|slip| serde_json::from_str(&serde_json::to_string(slip).unwrap()).unwrap())
            .collect();
        let places = apart(&sent, &names.keys(sent.clone()));
        assert!(places.len() > 3, "{}", places.len());
        let mut merged: Vec<Merged> = places.into_iter().flat_map(|place| names.merge(place)).collect();
        merged.sort_by(|one, other| one.id.cmp(&other.id));

        let mut query = ledger.db.prepare("SELECT id, digest, title FROM events ORDER BY id").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        let expected: Vec<(String, String, String)> = rows.map(Result::unwrap).collect();
        let found: Vec<_> =
            merged.iter().map(|one| (one.id.clone(), one.digest.clone(), one.title.clone())).collect();
        assert_eq!(found, expected);
        assert!(merged.iter().any(|one| one.tellings.len() > 1));
    }
}
