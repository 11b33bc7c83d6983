use legation_record::Date;

use super::{
    Gazetteer, Metonym, Office, Organisation, Origin, Person, Place, Region, Sense, State, Tenure, Unique,
    normalise,
};
use crate::{Files, LoadError, Row, Table};

const STATES: &[&str] = &[
    "id",
    "iso2",
    "name",
    "aliases",
    "former",
    "adjectives",
    "demonyms",
    "capital",
    "cameo",
    "cow",
    "gw",
    "continent",
];
const METONYMS: &[&str] = &["name", "country", "sectors", "article", "note"];
const OFFICES: &[&str] = &["id", "titles", "sectors", "rank", "unique"];
const PEOPLE: &[&str] =
    &["id", "name", "aliases", "gender", "country", "office", "to", "from", "until", "source"];
const ORGANISATIONS: &[&str] = &["id", "name", "aliases", "country", "sectors"];
const PLACES: &[&str] =
    &["name", "aliases", "country", "admin1", "latitude", "longitude", "population", "capital"];
const REGIONS: &[&str] = &["id", "name", "aliases", "adjectives", "countries", "sectors"];

/// What the note of a metonym for a whole government says.
const SEATS: [&str; 7] = [
    "seat of the president",
    "seat of the prime minister",
    "seat of the government",
    "seat of the party",
    "seat of a president",
    "'s government",
    "European Union",
];

/// Below this rank a last name alone says nothing.
const SURNAME_RANK: u8 = 6;

impl Gazetteer {
    /// Reads and checks the files below `gazetteer/`.
    ///
    /// # Errors
    /// When a column is wrong, a code or office is unknown, a name stands twice or tenures of one office overlap.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut gazetteer = Self::default();
        gazetteer.load_states(files)?;
        gazetteer.load_metonyms(files)?;
        gazetteer.load_offices(files)?;
        gazetteer.load_organisations(files)?;
        gazetteer.load_regions(files)?;
        gazetteer.load_people(files)?;
        gazetteer.load_places(files)?;
        gazetteer.load_words(files)?;
        Ok(gazetteer)
    }

    fn name(&mut self, name: &str, sense: Sense) {
        let key = normalise(name);
        if key.is_empty() {
            return;
        }
        let senses = self.names.entry(key).or_default();
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }

    pub(super) fn code(&self, row: &Row<'_, '_>, column: usize) -> Result<Option<String>, LoadError> {
        let code = row.get(column);
        let known = code.is_empty() || code.starts_with("IGO:") || self.codes.contains_key(code);
        let error = || row.error(column, format!("'{code}' is no country code"));
        if known {
            Ok((!code.is_empty()).then(|| code.to_owned()))
        } else {
            Err(error().help("write ISO 3166-1 alpha-3, as in CHN, or IGO: and a code"))
        }
    }

    fn load_states(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/states.tsv";
        let table = Table::read(file, files.text(file)?, STATES)?;
        for row in table.rows() {
            let index = self.states.len() as u32;
            let cell = |column| row.get(column).to_owned();
            if self.codes.insert(cell(0), index).is_some() {
                let fault = row.error(0, format!("'{}' stands twice", row.get(0)));
                return Err(fault.help("keep one row for each code, with all names in its columns"));
            }
            self.states.push(State {
                id: cell(0),
                iso2: cell(1),
                name: cell(2),
                capital: cell(7),
                cameo: cell(8),
                cow: cell(9),
                gw: cell(10),
                continent: cell(11),
            });
            let named_before = self.senses(row.get(2)).iter().any(|sense| matches!(sense, Sense::State(_)));
            if named_before && self.states[..index as usize].iter().any(|state| state.name == row.get(2)) {
                let fault = row.error(2, format!("another state is named '{}'", row.get(2)));
                return Err(
                    fault.help("write the name that tells the two apart, and the short one as an alias")
                );
            }
            [2, 3, 4]
                .into_iter()
                .flat_map(|column| row.list(column))
                .for_each(|name| self.name(name, Sense::State(index)));
            [5, 6]
                .into_iter()
                .flat_map(|column| row.list(column))
                .for_each(|name| self.name(name, Sense::Nationality(index)));
            row.list(6).for_each(|name| self.name(&format!("{name}s"), Sense::Nationality(index)));
            row.list(5)
                .filter(|word| word.ends_with(['n', 'i']))
                .for_each(|name| self.name(&format!("{name}s"), Sense::Nationality(index)));
        }
        Ok(())
    }

    fn load_metonyms(&mut self, files: &Files) -> Result<(), LoadError> {
        let capitals: Vec<(String, String)> =
            self.states.iter().map(|s| (s.capital.clone(), s.id.clone())).collect();
        for (capital, id) in capitals {
            let state_too = self.senses(&capital).iter().any(|sense| matches!(sense, Sense::State(_)));
            if !state_too {
                self.metonym(Metonym {
                    name: capital,
                    country: Some(id),
                    sectors: vec!["GOV".to_owned()],
                    city: true,
                    seat: true,
                });
            }
        }
        let file = "gazetteer/metonyms.tsv";
        let table = Table::read(file, files.text(file)?, METONYMS)?;
        for row in table.rows() {
            let country = self.code(&row, 1)?;
            let city = row.get(4).contains("capital")
                || row.get(4).contains("city")
                || row.get(4).contains("seat of the government")
                || row.get(4).contains("eastern");
            let twin = self
                .senses(row.get(0))
                .iter()
                .find_map(|s| if let Sense::Metonym(i) = s { Some(*i as usize) } else { None });
            match twin.filter(|at| self.metonyms[*at].country == country) {
                Some(at) => self.metonyms[at].sectors = row.list(2).map(str::to_owned).collect(),
                None => self.metonym(Metonym {
                    name: row.get(0).to_owned(),
                    country,
                    sectors: row.list(2).map(str::to_owned).collect(),
                    city,
                    seat: city || SEATS.iter().any(|seat| row.get(4).contains(seat)),
                }),
            }
        }
        Ok(())
    }

    fn metonym(&mut self, metonym: Metonym) {
        self.name(&metonym.name, Sense::Metonym(self.metonyms.len() as u32));
        self.metonyms.push(metonym);
    }

    fn load_offices(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/offices.tsv";
        let table = Table::read(file, files.text(file)?, OFFICES)?;
        for row in table.rows() {
            let index = self.offices.len() as u32;
            let rank = row.get(3).parse().map_err(|_| {
                row.error(3, format!("'{}' is no rank", row.get(3))).help("write a number from 1 to 9")
            })?;
            if self.office_ids.insert(row.get(0).to_owned(), index).is_some() {
                let fault = row.error(0, format!("the office '{}' stands twice", row.get(0)));
                return Err(fault.help("keep one row for each office, its titles divided by |"));
            }
            for title in row.list(1) {
                self.titles.entry(normalise(title)).or_insert(index);
            }
            let list = |column| row.list(column).map(str::to_owned).collect();
            self.offices.push(Office {
                id: row.get(0).to_owned(),
                titles: list(1),
                sectors: list(2),
                rank,
                unique: unique(&row)?,
            });
        }
        Ok(())
    }

    fn load_organisations(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/organisations.tsv";
        let table = Table::read(file, files.text(file)?, ORGANISATIONS)?;
        for row in table.rows() {
            let index = self.organisations.len() as u32;
            if self.organisations.iter().any(|other| other.id == row.get(0)) {
                let fault = row.error(0, format!("the organisation '{}' stands twice", row.get(0)));
                return Err(fault.help("keep one row for each organisation, its further names divided by |"));
            }
            let sectors = row.list(4).map(|written| dated_sector(&row, written)).collect::<Result<_, _>>()?;
            self.organisations.push(Organisation {
                id: row.get(0).to_owned(),
                name: row.get(1).to_owned(),
                country: self.code(&row, 3)?,
                sectors,
            });
            [1, 2]
                .into_iter()
                .flat_map(|column| row.list(column))
                .for_each(|name| self.name(name, Sense::Organisation(index)));
        }
        Ok(())
    }

    fn load_regions(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/regions.tsv";
        let table = Table::read(file, files.text(file)?, REGIONS)?;
        for row in table.rows() {
            let index = self.regions.len() as u32;
            if let Some(code) = row.list(4).find(|code| !self.codes.contains_key(*code)) {
                let fault = row.error(4, format!("'{code}' is no country code"));
                return Err(fault.help("write ISO 3166-1 alpha-3, as in CHN, several divided by |"));
            }
            self.regions.push(Region {
                id: row.get(0).to_owned(),
                name: row.get(1).to_owned(),
                countries: row.list(4).map(str::to_owned).collect(),
                sectors: row.list(5).map(str::to_owned).collect(),
            });
            [1, 2]
                .into_iter()
                .flat_map(|column| row.list(column))
                .for_each(|name| self.name(name, Sense::Region(index)));
            row.list(3).for_each(|name| self.name(name, Sense::RegionAdjective(index)));
            row.list(3).for_each(|name| self.name(&format!("{name}s"), Sense::RegionAdjective(index)));
        }
        Ok(())
    }

    fn load_people(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/people.tsv";
        let table = Table::read(file, files.text(file)?, PEOPLE)?;
        let mut overlaps = super::check::Overlaps::default();
        for row in table.rows() {
            let tenure = self.tenure(&row)?;
            if self.office(&tenure.office).is_some_and(|office| office.unique == Unique::State)
                && row.get(9) != "list"
            {
                overlaps.add(&row, &tenure);
            }
            let ranked = self.office(&tenure.office).is_some_and(|office| office.rank <= SURNAME_RANK);
            let index = self.person(&row);
            self.people[index as usize].tenures.push(tenure);
            [1, 2]
                .into_iter()
                .flat_map(|column| row.list(column))
                .for_each(|name| self.name(name, Sense::Person(index)));
            if ranked {
                self.name_surnames(&row, index);
            }
        }
        overlaps.check()
    }

    fn name_surnames(&mut self, row: &Row<'_, '_>, index: u32) {
        for name in [1, 2].into_iter().flat_map(|column| row.list(column)) {
            let last = name
                .rsplit(' ')
                .find(|word| !word.ends_with('.') && *word != "Jr" && *word != "II" && *word != "III");
            if let Some(last) = last.filter(|last| last.len() < name.len()) {
                self.name(last, Sense::Surname(index));
            }
        }
    }

    /// The index of the row's person: rows of one person stand together.
    fn person(&mut self, row: &Row<'_, '_>) -> u32 {
        if self.people.last().is_none_or(|person| person.id != row.get(0)) {
            let aliases = row.list(2).map(str::to_owned).collect();
            let gender = row.get(3).chars().next();
            self.people.push(Person {
                id: row.get(0).to_owned(),
                name: row.get(1).to_owned(),
                aliases,
                gender,
                tenures: Vec::new(),
            });
        }
        (self.people.len() - 1) as u32
    }

    fn tenure(&self, row: &Row<'_, '_>) -> Result<Tenure, LoadError> {
        let office = row.get(5);
        if self.office(office).is_none() {
            return Err(row
                .error(5, format!("'{office}' is no office"))
                .help("add it to gazetteer/offices.tsv, or use an id from there"));
        }
        let (from, until) = (day(row, 7)?, row.get(8));
        let from = from.ok_or_else(|| row.error(7, "a tenure needs its first day"))?;
        let until = if until.is_empty() { None } else { day(row, 8)? };
        if until.is_some_and(|until| until < from) {
            return Err(row.error(8, "the tenure ends before it begins"));
        }
        let origin = match row.get(9) {
            "hand" => Origin::Hand,
            "list" => Origin::List,
            "seen" => Origin::Seen,
            other => {
                return Err(row.error(9, format!("'{other}' is no source")).help("write hand, list or seen"));
            }
        };
        let country = self.code(row, 4)?.ok_or_else(|| row.error(4, "a tenure needs a country"))?;
        Ok(Tenure { office: office.to_owned(), country, to: self.code(row, 6)?, from, until, origin })
    }

    fn load_places(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/places.tsv";
        let table = Table::read(file, files.text(file)?, PLACES)?;
        for row in table.rows() {
            let number = |column: usize| {
                row.get(column)
                    .parse::<f32>()
                    .map_err(|_| row.error(column, format!("'{}' is no number", row.get(column))))
            };
            let index = self.places.len() as u32;
            let population =
                row.get(6).parse().map_err(|_| row.error(6, format!("'{}' is no number", row.get(6))))?;
            let country = self.code(&row, 2)?.unwrap_or_default();
            self.places.push(Place {
                name: row.get(0).to_owned(),
                country,
                admin1: row.get(3).to_owned(),
                latitude: number(4)?,
                longitude: number(5)?,
                population,
            });
            [0, 1]
                .into_iter()
                .flat_map(|column| row.list(column))
                .for_each(|name| self.name(name, Sense::Place(index)));
        }
        Ok(())
    }

    fn load_words(&mut self, files: &Files) -> Result<(), LoadError> {
        let file = "gazetteer/sectors.tsv";
        for row in Table::read(file, files.text(file)?, &["phrase", "sector"])?.rows() {
            if self.sectors.insert(normalise(row.get(0)), row.get(1).to_owned()).is_some() {
                let fault = row.error(0, format!("'{}' stands twice", row.get(0)));
                return Err(fault.help("leave one of the two rows, its sectors divided by |"));
            }
        }
        let file = "gazetteer/actor-codes.tsv";
        for row in Table::read(file, files.text(file)?, &["ours", "code"])?.rows() {
            self.outside_codes.insert(row.get(0).to_owned(), row.get(1).to_owned());
        }
        Ok(())
    }
}

fn unique(row: &Row<'_, '_>) -> Result<Unique, LoadError> {
    match row.get(4) {
        "no" | "none" => Ok(Unique::No),
        "state" => Ok(Unique::State),
        "organisation" => Ok(Unique::Organisation),
        "pair" => Ok(Unique::Pair),
        other => Err(row
            .error(4, format!("'{other}' says not whether the office is unique"))
            .help("write no, state, organisation or pair")),
    }
}

fn day(row: &Row<'_, '_>, column: usize) -> Result<Option<Date>, LoadError> {
    row.get(column).parse().map(Some).map_err(|error| row.error(column, format!("{error}")))
}

/// `GOV@2021-08-15`: the sector since a day.
fn dated_sector(row: &Row<'_, '_>, written: &str) -> Result<(String, Option<Date>), LoadError> {
    match written.split_once('@') {
        None => Ok((written.to_owned(), None)),
        Some((sector, since)) => {
            Ok((sector.to_owned(), Some(since.parse().map_err(|error| row.error(4, format!("{error}")))?)))
        }
    }
}
