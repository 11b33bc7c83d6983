use std::fmt;

use legation_record::Date;

use super::{Gazetteer, Office, Person, Sense, Tenure};

/// The sector of those who held a civil office and hold none now.
const FORMER: &str = "ELI";
/// Sectors that people keep when they leave their posts.
const LASTING: [&str; 4] = ["MIL", "REL", "BUS", "PTY"];

/// One thing that a name can mean on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Knowledge id: `state/CHN`, `person/xi-jinping`.
    pub id: String,
    /// Its usual name.
    pub name: String,
    /// Country or organisation code.
    pub country: Option<String>,
    /// PLOVER sectors on that day.
    pub sectors: Vec<String>,
    /// In words, what it is on that day.
    pub what: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let country = self.country.as_deref().unwrap_or("-");
        let sectors = if self.sectors.is_empty() { "-".to_owned() } else { self.sectors.join(" ") };
        write!(f, "{}\t{}\t{country}\t{sectors}\t{}", self.id, self.name, self.what)
    }
}

impl Gazetteer {
    /// Everything that a name can mean; the sectors and posts are those of `date`, or of the newest day known.
    #[must_use]
    pub fn explain(&self, name: &str, date: Option<Date>) -> Vec<Explanation> {
        let day = date.or_else(|| self.newest());
        let known = self.senses(name).iter().filter_map(|sense| self.explain_sense(*sense, day));
        let office = self.office_titled(name).map(|office| Explanation {
            id: format!("office/{}", office.id),
            name: office.titles.first().cloned().unwrap_or_default(),
            country: None,
            sectors: office.sectors.clone(),
            what: format!("an office of rank {}", office.rank),
        });
        known.chain(office).collect()
    }

    /// The posts of a state or organisation that are held on a day, the highest first, with their holders.
    #[must_use]
    pub fn posts(&self, code: &str, day: Date) -> Vec<(&Office, &Person, &Tenure)> {
        let held =
            self.people.iter().flat_map(|person| person.tenures.iter().map(move |tenure| (person, tenure)));
        let now = held.filter(|(_, tenure)| tenure.country == code && tenure.covers(day));
        let mut posts: Vec<(&Office, &Person, &Tenure)> =
            now.filter_map(|(person, tenure)| Some((self.office(&tenure.office)?, person, tenure))).collect();
        posts.sort_by_key(|(office, person, _)| (office.rank, &office.id, &person.id));
        posts
    }

    /// Who holds a post told in words on a day: "foreign minister of Japan", "Japan's foreign minister".
    #[must_use]
    pub fn holders_told(&self, words: &str, day: Date) -> Vec<&Person> {
        let normal = super::normalise(&words.replace("'s ", " of-owner ").replace("’s ", " of-owner "));
        let parts = match normal.split_once(" of owner ") {
            Some((land, title)) => Some((title.to_owned(), land.to_owned())),
            None => normal.rsplit_once(" of ").map(|(title, land)| (title.to_owned(), land.to_owned())),
        };
        let Some((title, land)) = parts else { return Vec::new() };
        let code = self.senses(&land).iter().find_map(|sense| self.explain_sense(*sense, Some(day))?.country);
        let (Some(office), Some(code)) = (self.office_titled(&title), code) else { return Vec::new() };
        let held =
            |tenure: &Tenure| tenure.office == office.id && tenure.country == code && tenure.covers(day);
        self.people.iter().filter(|person| person.tenures.iter().any(held)).collect()
    }

    /// Knowledge id, name, codes and description of one sense.
    #[must_use]
    pub fn explain_sense(&self, sense: Sense, day: Option<Date>) -> Option<Explanation> {
        let plain = |id: String, name: &str, country: Option<String>, sectors: Vec<String>, what: String| {
            Some(Explanation { id, name: name.to_owned(), country, sectors, what })
        };
        match sense {
            Sense::State(at) | Sense::Nationality(at) => {
                let state = self.state_at(at)?;
                let what = format!(
                    "a state; ISO {}, COW {}, Gleditsch–Ward {}, capital {}",
                    state.iso2, state.cow, state.gw, state.capital
                );
                plain(format!("state/{}", state.id), &state.name, Some(state.id.clone()), vec![], what)
            }
            Sense::Metonym(at) => {
                let metonym = self.metonym_at(at)?;
                let id = format!("government/{}", metonym.country.as_deref().unwrap_or("?"));
                plain(
                    id,
                    &metonym.name,
                    metonym.country.clone(),
                    metonym.sectors.clone(),
                    "stands for those who govern".into(),
                )
            }
            Sense::Organisation(at) => {
                let it = self.organisation_at(at)?;
                plain(
                    format!("organisation/{}", it.id),
                    &it.name,
                    it.country.clone(),
                    it.sectors_on(day),
                    "an organisation".into(),
                )
            }
            Sense::Region(at) | Sense::RegionAdjective(at) => {
                let region = self.region_at(at)?;
                let one = (region.countries.len() == 1).then(|| region.countries[0].clone());
                plain(
                    format!("region/{}", region.id),
                    &region.name,
                    one,
                    region.sectors.clone(),
                    "a region".into(),
                )
            }
            Sense::Person(at) | Sense::Surname(at) => self.explain_person(self.person_at(at)?, day),
            Sense::Place(at) => {
                let place = self.place_at(at)?;
                let what = format!(
                    "a city of {} people at {:.2}, {:.2}",
                    place.population, place.latitude, place.longitude
                );
                plain(
                    format!("place/{}/{}", place.country, super::normalise(&place.name)),
                    &place.name,
                    Some(place.country.clone()),
                    vec![],
                    what,
                )
            }
        }
    }

    fn explain_person(&self, person: &Person, day: Option<Date>) -> Option<Explanation> {
        let held = day.and_then(|day| self.in_office(person, day));
        let last = person.tenures.iter().max_by_key(|tenure| tenure.from);
        let tenure = held.or(last)?;
        let of_office = self.office(&tenure.office).map(|office| office.sectors.clone()).unwrap_or_default();
        let lasting = of_office.iter().any(|sector| LASTING.contains(&sector.as_str()));
        let keeps = held.is_some() || (lasting && of_office.len() == 1);
        let sectors = if keeps { of_office } else { vec![FORMER.to_owned()] };
        let until = tenure.until.map_or_else(|| "today".to_owned(), |day| day.to_string());
        let what = format!(
            "{}{} of {}, {} to {until}",
            if held.is_some() { "" } else { "not in office; was " },
            tenure.office,
            tenure.country,
            tenure.from
        );
        Some(Explanation {
            id: format!("person/{}", person.id),
            name: person.name.clone(),
            country: Some(tenure.country.clone()),
            sectors,
            what,
        })
    }
}

impl super::Organisation {
    /// The sectors that hold on a day.
    #[must_use]
    pub fn sectors_on(&self, day: Option<Date>) -> Vec<String> {
        let holds = |since: &Option<Date>| since.is_none_or(|since| day.is_some_and(|day| since <= day));
        self.sectors.iter().filter(|(_, since)| holds(since)).map(|(sector, _)| sector.clone()).collect()
    }
}
