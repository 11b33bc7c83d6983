//! What the knowledge says of those whom the ledger names.

use std::{collections::BTreeMap, sync::OnceLock};

use legation_knowledge::{Files, Gazetteer, Origin, Person, Sense, Tenure};
use legation_record::Date;
use serde::{Deserialize, Serialize};

/// The gazetteer, loaded when first asked.
pub struct Known {
    files: Files,
    gazetteer: OnceLock<Gazetteer>,
}

/// A point of the earth in degrees north and east.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    pub latitude: f64,
    pub longitude: f64,
}

/// The types of provision that plans may have.
#[derive(Deserialize)]
struct Provisions {
    provision: Vec<Provision>,
}

#[derive(Deserialize)]
struct Provision {
    id: String,
    name: String,
}

/// A post that somebody holds or held.
#[derive(Debug, Serialize)]
pub struct Post {
    title: String,
    country: String,
    to: Option<String>,
    from: Date,
    until: Option<Date>,
    /// Whether only texts tell it, so that the days are those of texts.
    seen: bool,
}

impl Known {
    pub fn new(files: Files) -> Self {
        Self { files, gazetteer: OnceLock::new() }
    }

    /// A fault in the files was told when the reader was made of them: here they are whole or nothing is known.
    fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(|| Gazetteer::load(&self.files).unwrap_or_default())
    }

    /// The usual name of a state, or of an organisation of states.
    pub fn name(&self, code: &str) -> Option<&str> {
        match code.strip_prefix("IGO:") {
            Some(id) => self.gazetteer().organisation(id).map(|one| one.name.as_str()),
            None => self.gazetteer().state(code).map(|state| state.name.as_str()),
        }
    }

    /// Where a state is governed from.
    pub fn seat(&self, code: &str) -> Option<Point> {
        let gazetteer = self.gazetteer();
        let capital = &gazetteer.state(code)?.capital;
        gazetteer.senses(capital).iter().find_map(|sense| {
            let Sense::Place(at) = sense else { return None };
            let place = gazetteer.place_at(*at).filter(|place| place.country == code)?;
            Some(Point { latitude: place.latitude.into(), longitude: place.longitude.into() })
        })
    }

    /// The posts of somebody by key and name, in the order of their first days.
    pub fn posts(&self, key: &str, name: &str) -> Vec<Post> {
        let id = key.rsplit('/').next().unwrap_or(key);
        let person = self.gazetteer().senses(name).iter().find_map(|sense| match sense {
            Sense::Person(at) => self.gazetteer().person_at(*at).filter(|person| person.id == id),
            _ => None,
        });
        person
            .map(|Person { tenures, .. }| tenures.iter().map(|it| self.post(it)).collect())
            .unwrap_or_default()
    }

    /// The names of the types of provision by id.
    pub fn provisions(&self) -> BTreeMap<String, String> {
        let text = self.files.text("ontology/provisions.toml").unwrap_or_default();
        let read: Option<Provisions> = toml::from_str(text).ok();
        read.into_iter().flat_map(|read| read.provision).map(|it| (it.id, it.name)).collect()
    }

    fn post(&self, tenure: &Tenure) -> Post {
        let named = |code: &str| self.name(code).unwrap_or(code).to_owned();
        let office = self.gazetteer().office(&tenure.office);
        let title = office.and_then(|office| office.titles.first()).unwrap_or(&tenure.office);
        Post {
            title: title.clone(),
            country: named(&tenure.country),
            to: tenure.to.as_deref().map(named),
            from: tenure.from,
            until: tenure.until,
            seen: tenure.origin == Origin::Seen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_and_posts_are_those_of_the_knowledge() {
        let known = Known::new(Files::built_in());
        let seat = known.seat("NOR").unwrap();
        assert!((seat.latitude - 59.9).abs() < 0.2 && (seat.longitude - 10.7).abs() < 0.2, "{seat:?}");
        assert_eq!(known.seat("XXX"), None);
        let posts = known.posts("person/jens-stoltenberg", "Jens Stoltenberg");
        let at_nato = posts.iter().find(|post| post.title.contains("secretary")).unwrap();
        assert!(!at_nato.country.starts_with("IGO"), "{posts:?}");
        assert!(known.provisions()["CEASE"].contains("ceasefire"));
        assert!(known.posts("person/nobody", "Jens Stoltenberg").is_empty());
    }
}
