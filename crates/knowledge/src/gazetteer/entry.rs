use legation_record::Date;

/// A country or self-governing territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3, or `XKX`.
    pub id: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    /// Usual English name.
    pub name: String,
    /// CAMEO's code; empty where it has none.
    pub cameo: String,
    /// Correlates of War number; empty where it has none.
    pub cow: String,
    /// Gleditsch and Ward number; empty where it has none.
    pub gw: String,
    /// Seat of government.
    pub capital: String,
    /// Continent, in words.
    pub continent: String,
}

/// A word that stands for a government or parliament: a palace, a street, a capital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metonym {
    /// The words, without article.
    pub name: String,
    /// For whom it stands: ISO alpha-3 or `IGO:` and a code.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Whether it is a city too, so that the sentence must tell.
    pub city: bool,
    /// Whether it stands for the government as such rather than for a ministry, parliament or army.
    pub seat: bool,
}

/// Whether an office has one holder at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// Any number.
    No,
    /// One in a state.
    State,
    /// One in an organisation.
    Organisation,
    /// One for each pair of sender and receiver.
    Pair,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// `head_of_state`, `foreign_minister`, `ambassador`, …
    pub id: String,
    /// Its titles in lower case; the first is the usual one.
    pub titles: Vec<String>,
    /// PLOVER sectors of a holder.
    pub sectors: Vec<String>,
    /// 1 for heads of state; more is less.
    pub rank: u8,
    /// Whether it has one holder at a time.
    pub unique: Unique,
}

/// How a tenure came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Written by people.
    Hand,
    /// From a list of holders.
    List,
    /// From dated texts that call the person so; the days are those of the texts.
    Seen,
}

/// One person in one post for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// Id of the office.
    pub office: String,
    /// ISO alpha-3 or `IGO:` and a code.
    pub country: String,
    /// To whom an ambassador is sent.
    pub to: Option<String>,
    /// First day.
    pub from: Date,
    /// Last day; `None` while in office.
    pub until: Option<Date>,
    /// How it came to be known.
    pub origin: Origin,
}

/// Somebody who holds or held offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `xi-jinping`.
    pub id: String,
    /// Usual English spelling.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// `m` or `f`, where known.
    pub gender: Option<char>,
    /// In the order of their first days.
    pub tenures: Vec<Tenure>,
}

/// An organisation, party, armed group, company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// `UN`, `HAMAS`.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// ISO alpha-3 or `IGO:` and a code.
    pub country: Option<String>,
    /// PLOVER sectors, some only since a day.
    pub sectors: Vec<(String, Option<Date>)>,
}

/// A city.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name.
    pub name: String,
    /// ISO alpha-3.
    pub country: String,
    /// GeoNames' first administrative division.
    pub admin1: String,
    /// Degrees north.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
    /// Inhabitants.
    pub population: u32,
}

/// A world region, province, unrecognised state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// `middle-east`.
    pub id: String,
    /// Name.
    pub name: String,
    /// States it is part of or consists of.
    pub countries: Vec<String>,
    /// PLOVER sectors, for those that govern themselves unrecognised.
    pub sectors: Vec<String>,
}

/// What a name can mean; the number is the entry's place in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// A country.
    State(u32),
    /// An adjective or demonym of a country.
    Nationality(u32),
    /// A word for a government.
    Metonym(u32),
    /// An organisation.
    Organisation(u32),
    /// A region.
    Region(u32),
    /// An adjective of a region.
    RegionAdjective(u32),
    /// A person by a full name.
    Person(u32),
    /// A person by the last name alone.
    Surname(u32),
    /// A city.
    Place(u32),
}

impl Tenure {
    /// Whether the post is held on a day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Person {
    /// The post held on a day, the highest-ranked first in `rank`'s judgement.
    #[must_use]
    pub fn tenure_on(&self, day: Date, rank: impl Fn(&str) -> u8) -> Option<&Tenure> {
        self.tenures.iter().filter(|tenure| tenure.covers(day)).min_by_key(|tenure| rank(&tenure.office))
    }
}
