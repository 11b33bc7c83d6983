use legation_knowledge::{Gazetteer, Person, Sense};
use legation_record::Date;

use super::words::Words;

/// Country and PLOVER sectors of somebody named by a few words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorCode {
    /// ISO alpha-3 or the code of an organisation as PLOVER's actor sets write it; empty where none is told.
    pub country: String,
    /// First sector; empty where none is told.
    pub code_1: String,
    /// Second sector.
    pub code_2: String,
    /// Usual name of the one found; empty where nothing with a name was found.
    pub name: String,
}

/// The sector of those who held an office and hold none now.
const FORMER: &str = "ELI";
/// Words looked at.
const LONGEST: usize = 40;
/// Words of the longest name.
const WINDOW: usize = 8;

/// Reads actors named by a few words, without a tree.
pub(super) struct Actors<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) words: &'a Words,
    pub(super) day: Option<Date>,
}

struct Hit {
    first: usize,
    end: usize,
    sense: Sense,
}

impl Actors<'_> {
    /// Code of `text`; the country is taken from `context` where the text tells none.
    pub(super) fn code(&self, text: &str, context: &str) -> ActorCode {
        let words = split(text);
        let hits = self.hits(&words);
        let mut code = self.of_names(&words, &hits);
        if code.code_1.is_empty() {
            let sectors = self.sectors(&words, &hits);
            code.code_1 = sectors.first().cloned().unwrap_or_default();
            code.code_2 = sectors.get(1).cloned().unwrap_or_default();
        }
        if code.country.is_empty() && !context.is_empty() {
            let around = split(context);
            let hits = self.hits(&around);
            code.country = hits.iter().find_map(|hit| self.country(hit.sense)).unwrap_or_default();
        }
        code.country = self.gazetteer.outside_code(&code.country).to_owned();
        code
    }

    fn hits(&self, words: &[&str]) -> Vec<Hit> {
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let longest = (words.len() - at).min(WINDOW);
            let found =
                (1..=longest).rev().find_map(|n| Some((n, self.sense(&words[at..at + n], words.len())?)));
            match found {
                Some((n, sense)) => {
                    hits.push(Hit { first: at, end: at + n, sense });
                    at += n;
                }
                None => at += 1,
            }
        }
        hits
    }

    fn sense(&self, words: &[&str], of: usize) -> Option<Sense> {
        let capital = words[0].starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let all = self.gazetteer.senses(&words.join(" ").trim_end_matches("'s").replace("’s", ""));
        let fits = |sense: &Sense| match sense {
            Sense::Surname(_) => of <= 3 && !words[0].ends_with('.'),
            Sense::Place(at) => words.len() < of || self.gazetteer.place_at(*at).is_some(),
            _ => true,
        };
        let best =
            all.iter().copied().filter(fits).min_by_key(|sense| self.preference(*sense, words.len() == of));
        best.filter(|_| capital)
    }

    fn preference(&self, sense: Sense, alone: bool) -> (u8, u32) {
        let surname_rank = |at| self.gazetteer.person_at(at).map_or(u32::MAX, |person| self.unlikely(person));
        match sense {
            Sense::State(_) => (0, 0),
            Sense::Metonym(_) if alone => (1, 0),
            Sense::Nationality(_) => (2, 0),
            Sense::Organisation(_) => (3, 0),
            Sense::Metonym(_) => (4, 0),
            Sense::Person(_) => (5, 0),
            Sense::Region(_) | Sense::RegionAdjective(_) => (6, 0),
            Sense::Surname(at) => (7, surname_rank(at)),
            Sense::Place(at) => {
                (8, self.gazetteer.place_at(at).map_or(0, |place| u32::MAX - place.population))
            }
        }
    }

    /// Smaller for those in high office on the day.
    fn unlikely(&self, person: &Person) -> u32 {
        let rank = |id: &str| self.gazetteer.office(id).map_or(9, |office| u32::from(office.rank));
        let held = self.day.and_then(|day| self.gazetteer.in_office(person, day));
        let best = person.tenures.iter().map(|tenure| rank(&tenure.office)).min().unwrap_or(9);
        held.map_or(10 + best, |tenure| rank(&tenure.office))
    }

    /// What the names alone tell: an organisation's or person's codes, or a country.
    fn of_names(&self, words: &[&str], hits: &[Hit]) -> ActorCode {
        let cut = head_end(words);
        let weight = |hit: &&Hit| match hit.sense {
            Sense::Person(_) => 3,
            Sense::Surname(_) => 2,
            Sense::Organisation(_) => 1,
            _ => 0,
        };
        let heads = hits.iter().filter(|hit| hit.first < cut);
        let whole = |hit: &&Hit| {
            matches!(hit.sense, Sense::Metonym(_) | Sense::Place(_) | Sense::Region(_))
                && hit.first == 0
                && hit.end == words.len()
        };
        let people = hits.iter().filter(|hit| weight(hit) > 1 && !words[..hit.first].contains(&","));
        let own = |hit: &&Hit| weight(hit) != 1 || self.belongs(hit, hits);
        let main = heads
            .clone()
            .chain(people)
            .rev()
            .filter(|hit| weight(hit) > 0 && own(hit))
            .max_by_key(weight)
            .or_else(|| heads.clone().find(whole));
        let country = || hits.iter().filter(|hit| weight(hit) == 0).find_map(|hit| self.country(hit.sense));
        let Some(hit) = main else {
            return ActorCode { country: country().unwrap_or_default(), ..ActorCode::default() };
        };
        let Some(known) = self.gazetteer.explain_sense(hit.sense, self.day) else {
            return ActorCode::default();
        };
        let mut sectors = known.sectors;
        if let Sense::Place(_) = hit.sense {
            sectors = vec!["CVL".to_owned()];
        }
        let told = self.titled(words, &(0..hit.first)).filter(|_| weight(&hit) > 1);
        if weight(&hit) == 1 && (hit.end < cut) {
            sectors = std::iter::once(self.sectors(words, hits)).flatten().chain(sectors).collect();
        }
        let former = self.former(&words[..hit.first]);
        let sectors = if former { vec![FORMER.to_owned()] } else { told.unwrap_or(sectors) };
        let at = |at: usize| sectors.get(at).cloned().unwrap_or_default();
        ActorCode {
            country: country().filter(|_| weight(&hit) != 1).or(known.country).unwrap_or_default(),
            code_1: at(0),
            code_2: at(1),
            name: known.name,
        }
    }

    /// Whether no state is named beside an organisation, or the organisation's own.
    fn belongs(&self, organisation: &Hit, hits: &[Hit]) -> bool {
        let named = hits.iter().find(|hit| matches!(hit.sense, Sense::State(_) | Sense::Nationality(_)));
        named.is_none_or(|hit| self.country(hit.sense) == self.country(organisation.sense))
    }

    fn country(&self, sense: Sense) -> Option<String> {
        self.gazetteer.explain_sense(sense, self.day)?.country
    }

    /// Sectors of the title in a stretch of words.
    fn titled(&self, words: &[&str], within: &std::ops::Range<usize>) -> Option<Vec<String>> {
        let windows = within
            .clone()
            .flat_map(|first| (first + 1..=within.end.min(first + 5)).map(move |end| (first, end)));
        let offices = windows.filter_map(|(first, end)| {
            Some((end - first, self.gazetteer.office_titled(&words[first..end].join(" "))?))
        });
        let (_, office) = offices.max_by_key(|(n, office)| (*n, std::cmp::Reverse(office.rank)))?;
        Some(office.sectors.clone())
    }

    fn former(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.words.is(&word.to_lowercase(), "former"))
    }

    /// Sectors of a description by its head noun, then by the words around it.
    fn sectors(&self, words: &[&str], hits: &[Hit]) -> Vec<String> {
        let cut = head_end(words);
        let ends = (1..=cut).rev().chain((cut + 1..=words.len()).rev());
        for end in ends {
            let starts = end.saturating_sub(6)..end;
            let phrase = starts.into_iter().find_map(|first| self.phrase(&words[first..end]));
            if let Some(mut found) = phrase {
                let body =
                    hits.iter().find(|hit| end < words.len() && words[end] == "of" && hit.end == words.len());
                let body = body
                    .and_then(|hit| self.gazetteer.explain_sense(hit.sense, self.day))
                    .filter(|body| !body.sectors.is_empty());
                found = body.map_or(found, |body| body.sectors);
                let official = found
                    .iter()
                    .any(|sector| matches!(sector.as_str(), "GOV" | "LEG" | "REL" | "MIL" | "IGO"));
                return if official && self.former(&words[..end]) { vec![FORMER.to_owned()] } else { found };
            }
        }
        let metonym = |hit: &Hit| match hit.sense {
            Sense::Metonym(at) => self.gazetteer.metonym_at(at).map(|metonym| metonym.sectors.clone()),
            _ => None,
        };
        hits.iter().find_map(metonym).unwrap_or_default()
    }

    fn phrase(&self, words: &[&str]) -> Option<Vec<String>> {
        let joined = words.join(" ");
        let joined = joined.trim_end_matches("'s").trim_end_matches("’s");
        let office = || self.gazetteer.office_titled(joined).map(|office| office.sectors.clone());
        let sector =
            || self.gazetteer.sector(joined).map(|sector| sector.split('|').map(str::to_owned).collect());
        if words.len() > 1 { office().or_else(sector) } else { sector().or_else(office) }
    }
}

fn split(text: &str) -> Vec<&str> {
    let clean = |word: &'_ str| !word.is_empty();
    let edge = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '“' | '”');
    let words = text.split_inclusive([' ', ',', '\n', '\t', '(']).flat_map(|part| {
        let word = part.trim().trim_matches(edge);
        let comma = part.trim_end().ends_with(',').then_some(",");
        std::iter::once(word).chain(comma)
    });
    words.filter(|word| clean(word)).take(LONGEST).collect()
}

/// Where the head noun phrase ends: before the first comma or preposition.
fn head_end(words: &[&str]) -> usize {
    let ends = |word: &&str| {
        matches!(
            word.to_lowercase().as_str(),
            "," | "of" | "in" | "at" | "for" | "from" | "to" | "with" | "who" | "and" | "by" | "on"
        )
    };
    words.iter().skip(1).position(ends).map_or(words.len(), |at| at + 1)
}
