//! A background paragraph on two sides: sentences from templates, each with the articles it rests on.

mod words;

use legation_knowledge::Files;
use legation_record::Date;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use crate::{
    Fault, Ledger,
    query::{Account, Asked, EventRow, Filter, MemberRow, asked},
    sameness::How,
    store::OrFault as _,
    words::number,
};

use words::Templates;

/// Articles cited for one event.
const CITED: usize = 2;
/// Most days between the bounds of an event that is told of.
const CLOSE: i64 = 31;
/// Announced events told of.
const AHEAD: usize = 3;

/// A sentence with the numbers of what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// In words.
    pub text: String,
    /// Positions among the sources, from 1.
    pub cites: Vec<usize>,
}

/// An article's words that a sentence rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The event.
    pub event: String,
    /// The article and its words.
    #[serde(flatten)]
    pub account: Account,
}

/// A background paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What they rest on.
    pub sources: Vec<Cited>,
}

/// One of the two sides.
struct Side {
    name: String,
    asked: Asked,
    country: Option<(String, String)>,
}

impl Ledger {
    /// What the ledger has on two people or countries: visits each way, meetings, what is announced.
    ///
    /// # Errors
    /// When one of them is unknown, a knowledge file is faulty, or the file cannot be read.
    pub fn brief(&self, files: &Files, one: &str, other: &str, filter: &Filter) -> Result<Brief, Fault> {
        let templates = Templates::load(files)?;
        let (who, with) = (self.side(one)?, self.side(other)?);
        let mut writer = Writer { ledger: self, templates, filter, brief: Brief::default() };
        writer.visits(&who, &with)?;
        writer.visits(&with, &who)?;
        writer.meetings(&who, &with)?;
        writer.ahead(one, other)?;
        if writer.brief.sentences.is_empty() {
            let text = writer.templates.fill("none", &[("who", &who.name), ("other", &with.name)]);
            writer.brief.sentences.push(Sentence { text, cites: Vec::new() });
        }
        Ok(writer.brief)
    }

    fn side(&self, name: &str) -> Result<Side, Fault> {
        let found = || -> rusqlite::Result<Option<Side>> {
            let Some(asked) = asked(&self.db, name)? else { return Ok(None) };
            let key = match &asked {
                Asked::Country(code) => format!("state/{code}"),
                Asked::Key(key) => key.clone(),
            };
            let entity = entity(&self.db, &key)?;
            let (name, code) = entity.unwrap_or_else(|| (name.to_owned(), None));
            let code = match &asked {
                Asked::Country(code) => Some(code.clone()),
                Asked::Key(_) => code,
            };
            let country = match code {
                Some(code) => Some((code.clone(), country_name(&self.db, &code)?)),
                None => None,
            };
            Ok(Some(Side { name, asked, country }))
        };
        found().or_fault(&self.path)?.ok_or_else(|| Fault::Nobody(name.to_owned()))
    }
}

fn entity(db: &Connection, key: &str) -> rusqlite::Result<Option<(String, Option<String>)>> {
    let sql = "SELECT name, country FROM entities WHERE key = ?1";
    db.query_row(sql, [key], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

fn country_name(db: &Connection, code: &str) -> rusqlite::Result<String> {
    Ok(entity(db, &format!("state/{code}"))?.map_or_else(|| code.to_owned(), |(name, _)| name))
}

impl Side {
    fn is(&self, key: Option<&str>, country: Option<&str>) -> bool {
        match &self.asked {
            Asked::Country(code) => country == Some(code.as_str()),
            Asked::Key(own) => key == Some(own.as_str()),
        }
    }

    fn acts_in(&self, event: &EventRow) -> bool {
        actors(event).any(|member| self.is(member.key.as_deref(), member.country.as_deref()))
    }

    /// Its name; of a country, those who act for it.
    fn named_in(&self, event: &EventRow) -> String {
        match &self.asked {
            Asked::Country(_) => names(actors(event)),
            Asked::Key(_) => self.name.clone(),
        }
    }

    fn ask(&self) -> String {
        match &self.asked {
            Asked::Country(code) => code.clone(),
            Asked::Key(key) => key.clone(),
        }
    }
}

/// Those who act in an event.
fn actors(event: &EventRow) -> impl Iterator<Item = &MemberRow> {
    let first = event.participants.first().map(|member| member.role.as_str());
    event.participants.iter().filter(move |member| Some(member.role.as_str()) == first)
}

fn names<'a>(members: impl Iterator<Item = &'a MemberRow>) -> String {
    members.map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
}

struct Writer<'a> {
    ledger: &'a Ledger,
    templates: Templates,
    filter: &'a Filter,
    brief: Brief,
}

fn days(event: &EventRow) -> (Option<Date>, Option<Date>) {
    let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse().ok());
    (day(&event.earliest), day(&event.latest))
}

impl Writer<'_> {
    fn kinds(&self, how: How) -> Vec<String> {
        self.ledger.sameness.kinds(how)
    }

    /// What took place, the last one last; only what has a day within a month.
    fn held(&self, filter: Filter) -> Result<Vec<EventRow>, Fault> {
        let mut events = self.ledger.events(&filter)?;
        let close = |(first, last): (Option<Date>, Option<Date>)| {
            first.zip(last).is_some_and(|(first, last)| number(last) - number(first) <= CLOSE)
        };
        events.retain(|event| matches!(event.status.as_str(), "held" | "ongoing") && close(days(event)));
        Ok(events)
    }

    fn visits(&mut self, who: &Side, host: &Side) -> Result<(), Fault> {
        let Some((code, country)) = host.country.clone() else { return Ok(()) };
        let filter = Filter {
            kinds: self.kinds(How::Journey),
            actors: vec![who.ask()],
            country: Some(code),
            ..self.filter.clone()
        };
        let mut events = self.held(filter)?;
        events.retain(|event| who.acts_in(event));
        let name = events.last().map(|event| who.named_in(event)).unwrap_or_default();
        self.series("visit", &events, &[("who", &name), ("country", &country)]);
        Ok(())
    }

    fn meetings(&mut self, one: &Side, other: &Side) -> Result<(), Fault> {
        let filter = Filter {
            kinds: self.ledger.sameness.group("meeting"),
            actors: vec![one.ask(), other.ask()],
            ..self.filter.clone()
        };
        let events = self.held(filter)?;
        self.series("meeting", &events, &[("who", &one.name), ("other", &other.name)]);
        Ok(())
    }

    /// The last of several, the one before it and how many there are.
    fn series(&mut self, case: &str, events: &[EventRow], places: &[(&str, &str)]) {
        let Some((last, before)) = events.split_last() else { return };
        let (first_day, last_day) = days(last);
        let Some(when) = self.templates.when(first_day, last_day) else { return };
        let mut all = places.to_vec();
        all.push(("when", &when));
        let placed = last.place.as_deref().filter(|place| places.iter().all(|(_, name)| name != place));
        all.extend(placed.map(|place| ("place", place)));
        let template = if placed.is_some() { format!("{case}_place") } else { case.to_owned() };
        let text = self.templates.fill(&template, &all);
        self.say(text, &[last]);
        self.differ(last);
        let (Some(earlier), Some(first)) = (before.last(), events.first()) else { return };
        let since = days(first).0.map(|day| self.templates.month_of(day)).unwrap_or_default();
        let Some(when) = self.templates.when(days(earlier).0, days(earlier).1) else { return };
        let places = [("earlier", when.as_str()), ("count", &events.len().to_string()), ("since", &since)];
        let text = self.templates.fill(&format!("{case}_before"), &places);
        self.say(text, if earlier.id == first.id { vec![earlier] } else { vec![earlier, first] }.as_slice());
    }

    fn ahead(&mut self, one: &str, other: &str) -> Result<(), Fault> {
        let filter = Filter {
            actors: vec![one.to_owned(), other.to_owned()],
            ahead: true,
            kinds: [self.kinds(How::Journey), self.ledger.sameness.group("meeting")].concat(),
            ..self.filter.clone()
        };
        let last = self.brief.sources.iter().filter_map(|cited| cited.account.published.clone()).max();
        let mut events = self.ledger.events(&filter)?;
        events.retain(|event| event.latest >= last && event.life.last().is_some());
        for event in events.iter().rev().take(AHEAD) {
            self.announced(event)?;
        }
        Ok(())
    }

    fn announced(&mut self, event: &EventRow) -> Result<(), Fault> {
        let when = self.templates.when(days(event).0, days(event).1);
        let case = match (&when, event.status.as_str()) {
            (Some(_), "cancelled") => "cancelled",
            (Some(_), _) => "planned",
            (None, _) => "planned_open",
        };
        let journey = self.ledger.sameness.of(&event.kind).how == How::Journey;
        let host = event.participants.iter().find(|member| member.role == "host");
        let code = host.and_then(|host| host.country.as_ref()).or(event.place_country.as_ref());
        let country = match code {
            Some(code) => country_name(&self.ledger.db, code).or_fault(&self.ledger.path)?,
            None => host.map(|host| host.name.clone()).unwrap_or_default(),
        };
        let (case, who) = match journey {
            true => (case.to_owned(), names(actors(event))),
            false => (format!("{case}_meeting"), names(event.participants.iter())),
        };
        let when = when.unwrap_or_default();
        let text = self.templates.fill(&case, &[("who", &who), ("country", &country), ("when", &when)]);
        self.say(text, &[event]);
        Ok(())
    }

    fn differ(&mut self, event: &EventRow) {
        for one in &event.contradictions {
            let places = [("one", one.one_value.as_str()), ("another", one.other_value.as_str())];
            let cites =
                [&one.one, &one.other].iter().filter_map(|telling| self.cite(event, telling)).collect();
            let text = self.templates.fill("differ", &places);
            self.brief.sentences.push(Sentence { text, cites });
        }
    }

    fn say(&mut self, text: String, events: &[&EventRow]) {
        let mut cites = Vec::new();
        for event in events {
            let best = event.tellings.iter().filter(|account| account.status == event.status);
            let tellings: Vec<&str> = best.take(CITED).map(|account| account.telling.as_str()).collect();
            cites.extend(tellings.iter().filter_map(|telling| self.cite(event, telling)));
        }
        self.brief.sentences.push(Sentence { text, cites });
    }

    /// The number under which a telling is cited.
    fn cite(&mut self, event: &EventRow, telling: &str) -> Option<usize> {
        let sources = &mut self.brief.sources;
        if let Some(at) = sources.iter().position(|cited| cited.account.telling == telling) {
            return Some(at + 1);
        }
        let account = event.tellings.iter().find(|account| account.telling == telling)?.clone();
        sources.push(Cited { event: event.id.clone(), account });
        Some(sources.len())
    }
}

#[cfg(test)]
mod tests {
    use legation_record::Status;

    use super::*;
    use crate::{made::visit, scratch::Scratch};

    #[test]
    fn every_sentence_of_what_was_held_or_announced_is_cited() {
        let scratch = Scratch::new("brief");
        let mut ledger = scratch.ledger("l.sqlite");
        let (anna, norway) = (("Anna Berg", "person/anna-berg"), ("Norway", "NOR"));
        let all = [
            visit(("2023-10-17", "A"), anna, norway, Status::Held, "2023-10-17"),
            visit(("2024-05-16", "B"), anna, norway, Status::Held, "2024-05-16"),
            visit(("2024-06-01", "B"), anna, norway, Status::Planned, "2024-09-01/2024-09-30"),
        ];
        ledger.append(&all).unwrap();
        ledger.settle().unwrap();
        let brief = |name: &str| ledger.brief(&Files::built_in(), name, "Norway", &Filter::default());
        let said: Vec<String> = brief("Berg").unwrap().sentences.into_iter().map(|one| one.text).collect();
        assert_eq!(
            said,
            [
                "Anna Berg last visited Norway on 16 May 2024.",
                "The visit before that was on 17 October 2023; this ledger has 2 of them since October 2023.",
                "A visit of Anna Berg to Norway was announced, to take place in September 2024."
            ]
        );
        let written = brief("Anna").unwrap();
        assert!(written.sentences.iter().all(|one| !one.cites.is_empty()) && written.sources.len() == 3);
        assert!(brief("Nobody").unwrap_err().to_string().contains("names 'Nobody'"));
    }
}
