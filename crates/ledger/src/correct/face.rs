//! What an event says of itself, and how corrections change it.

use legation_record::Date;
use serde::{Deserialize, Serialize};

use super::change::{Change, edtf};

/// Somebody in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Role.
    pub role: String,
    /// Key that is the same everywhere, or `None`.
    pub key: Option<String>,
    /// Name.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
}

/// The fields of an event that a person may correct.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Face {
    /// Kind.
    pub kind: String,
    /// The role of those who act.
    pub first: Option<String>,
    /// Where it stands.
    pub status: String,
    /// First and last possible day.
    pub days: (Option<Date>, Option<Date>),
    /// Place.
    pub place: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
    /// Who.
    pub members: Vec<Member>,
}

/// What people say of one event, the last word of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `accepted` or `rejected`.
    pub verdict: Option<&'static str>,
    /// Edits in their order.
    pub changes: Vec<Change>,
}

impl Overrides {
    /// Whether nobody said anything.
    pub fn is_empty(&self) -> bool {
        self.verdict.is_none() && self.changes.is_empty()
    }

    /// The fields that were edited, each once.
    pub fn fields(&self) -> String {
        let fields: std::collections::BTreeSet<&str> =
            self.changes.iter().map(|change| change.parts().0).collect();
        fields.into_iter().collect::<Vec<_>>().join(" ")
    }
}

/// Finds key, name and country of whom a name means.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<(String, String, Option<String>)>;

impl Face {
    /// The face after all edits.
    pub fn corrected(&self, overrides: &Overrides, who: Lookup<'_>) -> Self {
        let mut face = self.clone();
        overrides.changes.iter().for_each(|change| face.change(change, who));
        face
    }

    fn change(&mut self, change: &Change, who: Lookup<'_>) {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        match change {
            Change::Status(status) => self.status.clone_from(status),
            Change::Kind(kind) => self.kind.clone_from(kind),
            Change::When(first, last) => self.days = (*first, *last),
            Change::Place(place) => {
                (self.place, self.coordinates) = (some(place), None);
            }
            Change::Country(country) => self.country = some(country),
            Change::Add(role, name) => self.members.push(member(role, name, who)),
            Change::Drop(name) => {
                let key = who(name).map(|(key, ..)| key);
                self.members.retain(|member| {
                    let same = key.is_some() && member.key == key;
                    !same && member.name != *name && member.key.as_deref() != Some(name)
                });
            }
        }
    }

    /// `visit: A → B`; those who act before the arrow.
    pub fn title(&self) -> String {
        let acts = |member: &&Member| Some(&member.role) == self.first.as_ref();
        let (actors, others): (Vec<&Member>, Vec<&Member>) = self.members.iter().partition(acts);
        let names = |members: &[&Member]| {
            members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        match others.is_empty() {
            true => format!("{}: {}", self.kind, names(&actors)),
            false => format!("{}: {} → {}", self.kind, names(&actors), names(&others)),
        }
    }

    /// Its days in EDTF.
    pub fn edtf(&self) -> Option<String> {
        edtf(self.days.0, self.days.1)
    }
}

fn member(role: &str, name: &str, who: Lookup<'_>) -> Member {
    let role = role.to_owned();
    match who(name) {
        Some((key, name, country)) => Member { role, key: Some(key), name, country },
        None => Member { role, key: None, name: name.to_owned(), country: None },
    }
}
