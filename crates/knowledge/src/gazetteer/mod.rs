//! Who, where and what is known by name, and since when.
//!
//! A [`Gazetteer`] is made once of the files below `gazetteer/`; names are looked up in the form that [`normalise`] gives.

use std::collections::HashMap;

use legation_record::Date;

mod check;
mod entry;
mod explain;
mod load;
mod name;

pub use entry::{Metonym, Office, Organisation, Origin, Person, Place, Region, Sense, State, Tenure, Unique};
pub use explain::Explanation;
pub use name::normalise;

/// States, governments, offices and their holders, organisations, places.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    states: Vec<State>,
    metonyms: Vec<Metonym>,
    offices: Vec<Office>,
    people: Vec<Person>,
    organisations: Vec<Organisation>,
    places: Vec<Place>,
    regions: Vec<Region>,
    codes: HashMap<String, u32>,
    office_ids: HashMap<String, u32>,
    titles: HashMap<String, u32>,
    sectors: HashMap<String, String>,
    names: HashMap<String, Vec<Sense>>,
    outside_codes: HashMap<String, String>,
}

/// For how long after a text last called somebody the holder of a post this is still believed.
const SEEN_SLACK_YEARS: i16 = 1;

impl Gazetteer {
    /// Everything that a name can mean, states first; the name in any spelling.
    #[must_use]
    pub fn senses(&self, name: &str) -> &[Sense] {
        self.senses_of(&normalise(name))
    }

    /// Everything that a normalised name can mean.
    #[must_use]
    pub fn senses_of(&self, normalised: &str) -> &[Sense] {
        self.names.get(normalised).map(Vec::as_slice).unwrap_or_default()
    }

    /// The state with an ISO alpha-3 code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&State> {
        self.codes.get(code).and_then(|index| self.states.get(*index as usize))
    }

    /// The state of a sense.
    #[must_use]
    pub fn state_at(&self, index: u32) -> Option<&State> {
        self.states.get(index as usize)
    }

    /// The metonym of a sense.
    #[must_use]
    pub fn metonym_at(&self, index: u32) -> Option<&Metonym> {
        self.metonyms.get(index as usize)
    }

    /// The organisation of a sense.
    #[must_use]
    pub fn organisation_at(&self, index: u32) -> Option<&Organisation> {
        self.organisations.get(index as usize)
    }

    /// The person of a sense.
    #[must_use]
    pub fn person_at(&self, index: u32) -> Option<&Person> {
        self.people.get(index as usize)
    }

    /// The city of a sense.
    #[must_use]
    pub fn place_at(&self, index: u32) -> Option<&Place> {
        self.places.get(index as usize)
    }

    /// The organisation with an id: `UN`.
    #[must_use]
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.senses(id).iter().find_map(|sense| match sense {
            Sense::Organisation(at) => self.organisation_at(*at).filter(|it| it.id == id),
            _ => None,
        })
    }

    /// The region of a sense.
    #[must_use]
    pub fn region_at(&self, index: u32) -> Option<&Region> {
        self.regions.get(index as usize)
    }

    /// The office with an id.
    #[must_use]
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.office_ids.get(id).and_then(|index| self.offices.get(*index as usize))
    }

    /// The office that a title names: "foreign minister", "Foreign Ministers".
    #[must_use]
    pub fn office_titled(&self, title: &str) -> Option<&Office> {
        let title = normalise(title);
        let singular = || title.strip_suffix('s').and_then(|one| self.titles.get(one));
        self.titles.get(&title).or_else(singular).and_then(|index| self.offices.get(*index as usize))
    }

    /// The PLOVER sector that a common noun or phrase stands for: "riot police" is `COP`; several are divided by `|`.
    #[must_use]
    pub fn sector(&self, phrase: &str) -> Option<&str> {
        let phrase = normalise(phrase);
        let found = |key: &str| self.sectors.get(key).map(String::as_str);
        let stem =
            |cut: &str, end: &str| phrase.strip_suffix(cut).and_then(|stem| found(&format!("{stem}{end}")));
        found(&phrase)
            .or_else(|| stem("s", ""))
            .or_else(|| stem("ies", "y"))
            .or_else(|| stem("es", ""))
            .or_else(|| stem("men", "man"))
    }

    /// A country or organisation code as PLOVER's actor sets write it: `IGO:UN` is `UNO`.
    #[must_use]
    pub fn outside_code<'a>(&'a self, code: &'a str) -> &'a str {
        let plain = code.split(':').next().unwrap_or(code);
        self.outside_codes.get(code).map_or(plain, String::as_str)
    }

    /// The tenure by which somebody is in office on a day. Where texts alone tell, a year's slack is given.
    #[must_use]
    pub fn in_office<'a>(&self, person: &'a Person, day: Date) -> Option<&'a Tenure> {
        let rank = |id: &str| self.office(id).map_or(u8::MAX, |office| office.rank);
        let held = person.tenure_on(day, rank);
        held.or_else(|| {
            person.tenures.iter().filter(|tenure| near(tenure, day)).min_by_key(|tenure| rank(&tenure.office))
        })
    }

    /// Who holds an office on a day.
    pub fn holders<'a>(
        &'a self,
        office: &'a str,
        country: &'a str,
        day: Date,
    ) -> impl Iterator<Item = &'a Person> {
        let holds =
            move |tenure: &Tenure| tenure.office == office && tenure.country == country && tenure.covers(day);
        self.people.iter().filter(move |person| person.tenures.iter().any(holds))
    }

    /// The last day on which the gazetteer knows a change: "today" for those who have no other day.
    #[must_use]
    pub fn newest(&self) -> Option<Date> {
        let tenures = self.people.iter().flat_map(|person| &person.tenures);
        tenures.flat_map(|tenure| [Some(tenure.from), tenure.until]).flatten().max()
    }

    /// Code and name of every state, in the order of their codes.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.iter()
    }
}

fn near(tenure: &Tenure, day: Date) -> bool {
    let shifted = |date: Date, years: i16| Date::new(date.year() + years, date.month(), date.day().min(28));
    let starts = shifted(tenure.from, -SEEN_SLACK_YEARS).is_none_or(|from| from <= day);
    let ends =
        tenure.until.and_then(|until| shifted(until, SEEN_SLACK_YEARS)).is_none_or(|until| day <= until);
    tenure.origin == Origin::Seen && starts && ends
}
