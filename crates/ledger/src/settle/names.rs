//! Who is who over all articles: a surname takes the person that the others name in full.

use std::collections::{BTreeMap, BTreeSet};

use legation_knowledge::normalise;
use serde::{Deserialize, Serialize};

use super::load::Seen;

/// One thing of the world as all articles together have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Kind of entity, as most have it.
    pub kind: String,
    /// Name, as most have it.
    pub name: String,
    /// Knowledge id.
    pub link: Option<String>,
    /// Country code, as most have it.
    pub country: Option<String>,
    /// In how many articles.
    pub articles: usize,
}

/// All of them, and which key stands for which.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Who {
    /// By key.
    pub known: BTreeMap<String, Known>,
    same: BTreeMap<String, String>,
}

impl Who {
    /// Brings together what the articles know, each of them once.
    pub fn of(seen: &[Seen]) -> Self {
        Self::counted(seen.iter().map(|one| (one, 1)))
    }

    /// Brings together what the articles know, each with the number of articles that have it so.
    pub fn counted<'a>(seen: impl Iterator<Item = (&'a Seen, usize)>) -> Self {
        let seen: Vec<(&Seen, usize)> = seen.collect();
        let same = same(&seen);
        let mut by_key: BTreeMap<String, Vec<(&Seen, usize)>> = BTreeMap::new();
        for (one, count) in seen {
            by_key.entry(same.get(&one.key).unwrap_or(&one.key).clone()).or_default().push((one, count));
        }
        let known = by_key.into_iter().map(|(key, all)| (key, known(&all))).collect();
        Self { known, same }
    }

    /// The key that stands for this one.
    pub fn key(&self, key: &str) -> String {
        self.same.get(key).map_or(key, String::as_str).to_owned()
    }

    /// The name of a key.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.known.get(key).map(|known| known.name.as_str())
    }
}

/// What all have of one key. A state goes by its own name, not by that of its people.
fn known(all: &[(&Seen, usize)]) -> Known {
    let articles = all.iter().map(|(_, count)| count).sum();
    let own = |kind: &str| all.iter().any(|(one, _)| one.kind == kind).then(|| kind.to_owned());
    let kind = own("state").or_else(|| own("government"));
    let proper = kind.map(|kind| all.iter().copied().filter(|(one, _)| one.kind == kind).collect());
    let all: &[(&Seen, usize)] = &proper.unwrap_or_else(|| all.to_vec());
    let country = all.iter().filter_map(|(one, count)| Some((one.country.as_ref()?, *count)));
    Known {
        kind: most(all.iter().map(|(one, count)| (&one.kind, *count))).cloned().unwrap_or_default(),
        name: most(all.iter().map(|(one, count)| (&one.name, *count))).cloned().unwrap_or_default(),
        link: all.iter().filter_map(|(one, _)| one.link.clone()).min(),
        country: most(country).cloned(),
        articles,
    }
}

/// The most frequent; among equals the longest, then the first by its letters.
fn most<'a>(all: impl Iterator<Item = (&'a String, usize)>) -> Option<&'a String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    all.for_each(|(one, count)| *counts.entry(one).or_default() += count);
    let best = counts.into_iter().max_by(|(a, m), (b, n)| (m, a.len(), b).cmp(&(n, b.len(), a)));
    best.map(|(one, _)| one)
}

type Keys<'a> = BTreeMap<(String, &'a str), BTreeSet<String>>;

fn only(keys: Option<&BTreeSet<String>>) -> Option<String> {
    keys.filter(|keys| keys.len() == 1).and_then(|keys| keys.first().cloned())
}

/// Own names that are the full name of one linked person, and bare surnames of one person of their country.
fn same(seen: &[(&Seen, usize)]) -> BTreeMap<String, String> {
    let people = || seen.iter().map(|(one, _)| *one).filter(|one| one.kind == "person");
    let full_names = || people().filter(|one| one.name.contains(' ')).map(|one| (one, normalise(&one.name)));
    let mut full: Keys<'_> = BTreeMap::new();
    for (one, name) in full_names().filter(|(one, _)| one.link.is_some()) {
        full.entry((format!("name/{}", name.replace(' ', "-")), "")).or_default().insert(one.key.clone());
    }
    let linked = |key: &str| only(full.get(&(key.to_owned(), "")));
    let mut parts: Keys<'_> = BTreeMap::new();
    for (one, name) in full_names() {
        let country = one.country.as_deref().unwrap_or_default();
        let key = linked(&one.key).unwrap_or_else(|| one.key.clone());
        for part in name.split(' ') {
            parts.entry((format!("name/{part}"), country)).or_default().insert(key.clone());
        }
    }
    let own = people().filter(|one| one.key.starts_with("name/"));
    let pairs = own.filter_map(|one| {
        let country = one.country.as_deref().filter(|country| !country.is_empty());
        let by_part = || country.and_then(|country| only(parts.get(&(one.key.clone(), country))));
        let to = linked(&one.key).or_else(by_part)?;
        (to != one.key).then(|| (one.key.clone(), to))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(key: &str, name: &str, country: Option<&str>, link: bool) -> Seen {
        Seen {
            key: key.into(),
            kind: "person".into(),
            name: name.into(),
            link: link.then(|| key.to_owned()),
            country: country.map(str::to_owned),
        }
    }

    #[test]
    fn a_surname_takes_the_only_person_of_its_country() {
        let mut all = vec![
            seen("name/anna-berg", "Anna Berg", Some("NOR"), false),
            seen("name/berg", "Berg", Some("NOR"), false),
            seen("name/lund", "Lund", Some("NOR"), false),
        ];
        assert_eq!(Who::of(&all).key("name/berg"), "name/anna-berg");
        assert_eq!(Who::of(&all).key("name/lund"), "name/lund");
        all.push(seen("name/ole-berg", "Ole Berg", Some("NOR"), false));
        assert_eq!(Who::of(&all).key("name/berg"), "name/berg", "two could be meant");
    }

    #[test]
    fn a_full_name_takes_the_person_the_knowledge_has() {
        let all = [
            seen("person/anna-berg", "Anna Berg", Some("NOR"), true),
            seen("name/anna-berg", "Anna Berg", None, false),
        ];
        assert_eq!(Who::of(&all).key("name/anna-berg"), "person/anna-berg");
        assert_eq!(Who::of(&all).known["person/anna-berg"].articles, 2);
    }
}
