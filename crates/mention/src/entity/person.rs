use legation_knowledge::{Person, Sense, Tenure, normalise};
use legation_record::{Candidate, EntityKind, Evidence, OfficeHeld};

use super::{chain::Chain, found::Found, link::Linker};

/// The sector of those who held an office and hold none now.
const FORMER: &str = "ELI";
/// Offices of this rank or higher let a surname alone name their holder.
const KNOWN_BY_SURNAME: u8 = 4;

impl Linker<'_> {
    /// The chain of a person's name.
    pub fn person(&mut self, found: &Found) -> usize {
        let name = self.name_of(found);
        let key = normalise(name);
        let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        let gender = self.gender(found, &words);
        let (chain, reason) = self
            .same_name(found, &words, gender)
            .or_else(|| self.linked(found, &key, gender))
            .or_else(|| self.awaited(found))
            .unwrap_or_else(|| {
                (self.unknown(name), "entity/person-name: a person's name that the knowledge does not have")
            });
        self.baptise(chain, name, &words, gender);
        self.teach(chain, found);
        self.chains.add(chain, found, reason);
        chain
    }

    fn unknown(&mut self, name: &str) -> usize {
        self.chains.open(Chain::new(EntityKind::Person, name), None)
    }

    /// `m` or `f` from an honorific or a given name.
    fn gender(&self, found: &Found, words: &[String]) -> Option<char> {
        let tree = self.tree(found);
        let before = (found.from..found.first).map(|at| tree.tokens[at].form(self.text).to_lowercase());
        let told = before.rev().find_map(|word| self.words.title_gender(word.trim_end_matches('.')));
        let given = || words.first().filter(|_| words.len() > 1).and_then(|word| self.words.gender(word));
        told.or_else(given)
    }

    /// A person already named in the article by these words, by more or by fewer of them.
    fn same_name(
        &self,
        found: &Found,
        words: &[String],
        gender: Option<char>,
    ) -> Option<(usize, &'static str)> {
        let last = words.last()?;
        let known = self.chains.with_word(last).iter().rev().copied();
        let fits = |chain: &usize| {
            self.agrees(*chain, found, gender) && compatible(&self.chains.all[*chain].name, words)
        };
        let all: Vec<usize> = known.filter(fits).collect();
        let given = || self.chains.only_given(last).filter(|_| words.len() == 1).filter(|it| fits(it));
        let chain = self.so_called(&all, words).or_else(|| all.first().copied()).or_else(given)?;
        let reason = if words.len() > 1 {
            "entity/same-name: the same name as before"
        } else {
            "entity/short-name: part of a name that stands before"
        };
        Some((chain, reason))
    }

    /// Of several with the surname, the one whom it alone has named before, else the one told of most.
    fn so_called(&self, all: &[usize], words: &[String]) -> Option<usize> {
        let [surname] = words else { return None };
        let bare = |chain: &&usize| {
            let mentions = &self.chains.all[**chain].mentions;
            mentions.iter().filter(|it| normalise(self.name_of(&it.found)) == *surname).count()
        };
        let told = |chain: &&usize| self.chains.all[**chain].mentions.len();
        all.iter().max_by_key(|chain| (bare(chain), told(chain))).copied()
    }

    /// Whether nothing told of the two is in conflict.
    fn agrees(&self, chain: usize, found: &Found, gender: Option<char>) -> bool {
        let chain = &self.chains.all[chain];
        let gender = chain.gender.is_none() || gender.is_none() || chain.gender == gender;
        let land = match (&found.country, &chain.country) {
            (Some(told), Some(known)) => {
                told == known || told.starts_with("IGO:") || known.starts_with("IGO:")
            }
            _ => true,
        };
        gender && land
    }

    /// Somebody whom the knowledge has under this name.
    fn linked(&mut self, found: &Found, key: &str, gender: Option<char>) -> Option<(usize, &'static str)> {
        let mut people: Vec<(i32, u32)> = Vec::new();
        let turned = key.split_once(' ').map(|(first, second)| format!("{second} {first}"));
        let senses = match (self.gazetteer.senses_of(key), turned) {
            ([], Some(turned)) => self.gazetteer.senses_of(&turned),
            (senses, _) => senses,
        };
        for sense in senses {
            let (at, surname) = match sense {
                Sense::Person(at) => (*at, false),
                Sense::Surname(at) => (*at, true),
                _ => continue,
            };
            let weight =
                self.gazetteer.person_at(at).and_then(|person| self.weigh(found, person, surname, gender));
            people.extend(weight.map(|weight| (weight, at)));
        }
        people.sort_by_key(|(weight, at)| (-weight, *at));
        let (weight, best) = *people.first()?;
        if people.get(1).is_some_and(|(second, _)| *second == weight) {
            return None;
        }
        let chain = self.known_person(best)?;
        let others = people.iter().skip(1).take(4).filter_map(|(_, at)| self.candidate(*at));
        let others: Vec<Candidate> = others.collect();
        self.chains.all[chain].candidates.extend(others);
        Some((chain, "entity/known-name: a name of somebody whom the knowledge has"))
    }

    fn candidate(&self, at: u32) -> Option<Candidate> {
        let known = self.gazetteer.explain_sense(Sense::Person(at), self.day)?;
        Some(Candidate {
            id: known.id,
            reason: format!("has the name, but less speaks for it: {}", known.what),
        })
    }

    /// How well a person of the knowledge fits what the text says; `None` where it contradicts.
    fn weigh(&self, found: &Found, person: &Person, surname: bool, gender: Option<char>) -> Option<i32> {
        let gender_fits = person.gender.is_none() || gender.is_none() || person.gender == gender;
        let held = self.day.and_then(|day| self.gazetteer.in_office(person, day));
        let rank = |tenure: &Tenure| self.gazetteer.office(&tenure.office).map_or(9, |office| office.rank);
        let country =
            found.country.as_ref().map(|code| person.tenures.iter().any(|tenure| tenure.country == *code));
        let office =
            found.office.as_ref().map(|own| person.tenures.iter().any(|tenure| tenure.office == own.office));
        if !gender_fits || country == Some(false) {
            return None;
        }
        let told = country == Some(true) || office == Some(true);
        let by_surname = held.is_some_and(|tenure| rank(tenure) <= KNOWN_BY_SURNAME);
        if surname && !(by_surname && (office.is_none() || told) || (told && office != Some(false))) {
            return None;
        }
        let mut weight = 0;
        weight += if country == Some(true) { 40 } else { 0 };
        weight += match office {
            Some(true) => 30,
            Some(false) => -20,
            None => 0,
        };
        weight += held.map_or(0, |tenure| 20 - i32::from(rank(tenure)));
        Some(weight - if surname { 10 } else { 0 })
    }

    /// The chain of a person of the knowledge.
    pub fn known_person(&mut self, at: u32) -> Option<usize> {
        let person = self.gazetteer.person_at(at)?.clone();
        let id = format!("person/{}", person.id);
        if let Some(chain) = self.chains.keyed(&id) {
            return Some(chain);
        }
        let mut chain = Chain::new(EntityKind::Person, &person.name);
        chain.named = true;
        chain.link = Some(id.clone());
        chain.gender = person.gender;
        if let Some(known) = self.gazetteer.explain_sense(Sense::Person(at), self.day) {
            chain.country = known.country;
            chain.sectors = known.sectors;
        }
        chain.offices = self.tenures(&person);
        let chain = self.chains.open(chain, Some(id));
        let words: Vec<String> = normalise(&person.name).split(' ').map(str::to_owned).collect();
        self.remember(chain, &words);
        Some(chain)
    }

    /// Posts on the day, else the last before it.
    fn tenures(&self, person: &Person) -> Vec<OfficeHeld> {
        let Some(day) = self.day else { return Vec::new() };
        let on = |tenure: &&Tenure| tenure.covers(day);
        let mut held: Vec<(&Tenure, bool)> =
            person.tenures.iter().filter(on).map(|tenure| (tenure, false)).collect();
        if held.is_empty() {
            let near = self.gazetteer.in_office(person, day).map(|tenure| (tenure, false));
            let last =
                || person.tenures.iter().filter(|tenure| tenure.from <= day).max_by_key(|tenure| tenure.from);
            held.extend(near.or_else(|| last().map(|tenure| (tenure, true))));
        }
        let office = |(tenure, former): (&Tenure, bool)| {
            let title =
                self.gazetteer.office(&tenure.office).and_then(|office| office.titles.first().cloned());
            OfficeHeld {
                office: tenure.office.clone(),
                title: title.unwrap_or_else(|| tenure.office.clone()),
                country: Some(tenure.country.clone()),
                to: tenure.to.clone(),
                former,
                evidence: None,
            }
        };
        held.into_iter().map(office).collect()
    }

    /// A holder of the same post who was described shortly before without a name.
    fn awaited(&self, found: &Found) -> Option<(usize, &'static str)> {
        let own = found.office.as_ref()?;
        let waits = |chain: &usize| {
            let chain = &self.chains.all[*chain];
            let land = found.country.is_none() || chain.country.is_none() || found.country == chain.country;
            chain.kind == EntityKind::Person
                && !chain.named
                && chain.link.is_none()
                && chain.holds(&own.office, None)
                && land
        };
        let waiting: Vec<usize> = self.chains.recent(found.sentence, 3).into_iter().filter(waits).collect();
        let definite = |chain: &usize| {
            self.chains.all[*chain]
                .mentions
                .iter()
                .any(|placed| placed.found.definite || placed.found.country.is_some())
        };
        match waiting.as_slice() {
            [one] if definite(one) => {
                Some((*one, "entity/named-after: names the holder of the post told before"))
            }
            _ => None,
        }
    }

    /// Gives a chain the longer of its names.
    fn baptise(&mut self, at: usize, name: &str, words: &[String], gender: Option<char>) {
        let chain = &mut self.chains.all[at];
        chain.gender = chain.gender.or(gender);
        if !chain.named || (chain.link.is_none() && name.len() > chain.name.len()) {
            chain.name = name.to_owned();
            chain.named = true;
        }
        self.remember(at, words);
    }

    /// Last word, and the first where it is no given name: families stand first in some languages.
    fn remember(&mut self, chain: usize, words: &[String]) {
        let family_first = words.first().filter(|word| words.len() > 1 && self.words.gender(word).is_none());
        for word in words.last().into_iter().chain(family_first) {
            self.chains.word(word, chain);
        }
        if let [given, _, ..] = words {
            self.chains.given(given, chain);
        }
    }

    /// Takes in what a mention tells of its bearer.
    pub fn teach(&mut self, chain: usize, found: &Found) {
        let Some(own) = &found.office else { return };
        let span = found.span(self.tree(found));
        let office = self.gazetteer.office(&own.office);
        let sectors = office.map(|office| office.sectors.clone()).unwrap_or_default();
        let chain = &mut self.chains.all[chain];
        chain.country = chain.country.take().or_else(|| found.country.clone());
        let country = found.country.clone().or_else(|| chain.country.clone());
        let held = OfficeHeld {
            office: own.office.clone(),
            title: own.words.clone(),
            country,
            to: found.receiver.clone(),
            former: found.former,
            evidence: Some(Evidence::new(span, "entity/title")),
        };
        if found.former && chain.sectors.is_empty() {
            chain.sectors = vec![FORMER.to_owned()];
        } else if chain.sectors.is_empty() || (!found.former && chain.sectors == [FORMER]) {
            chain.sectors = sectors;
        }
        learn(&mut chain.offices, held);
    }
}

/// Adds a post, or its evidence and receiver to the same post.
fn learn(offices: &mut Vec<OfficeHeld>, told: OfficeHeld) {
    let same = |held: &&mut OfficeHeld| {
        held.office == told.office
            && held.former == told.former
            && (held.country == told.country || held.country.is_none() || told.country.is_none())
    };
    match offices.iter_mut().find(same) {
        Some(held) => {
            held.country = held.country.take().or(told.country);
            held.to = held.to.take().or(told.to);
            held.evidence = held.evidence.take().or(told.evidence);
        }
        None => offices.push(told),
    }
}

/// Whether one name can be a form of the other: the shorter's words are words or initials of the longer.
fn compatible(name: &str, words: &[String]) -> bool {
    let known = normalise(name);
    let known: Vec<&str> = known.split(' ').collect();
    let (short, long): (Vec<&str>, Vec<&str>) = if known.len() <= words.len() {
        (known, words.iter().map(String::as_str).collect())
    } else {
        (words.iter().map(String::as_str).collect(), known)
    };
    let initial = |a: &str, b: &str| {
        (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b))
    };
    short.iter().all(|word| long.iter().any(|other| word == other || initial(word, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_parts_are_forms_of_a_name() {
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(compatible("George W. Bush", &words("bush")));
        assert!(compatible("Bush", &words("george w bush")));
        assert!(compatible("John R. Bolton", &words("john bolton")));
        assert!(!compatible("Jeb Bush", &words("george bush")));
    }
}
