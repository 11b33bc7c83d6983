//! Dated events of the world that expressions count from.

use std::collections::HashMap;

use jiff::civil;
use legation_knowledge::{Files, LoadError, Pattern, Row, Table};
use legation_record::{Date, Granularity, Interval, Span};
use legation_text::pattern::{Atoms, Matcher, WordLists};

/// Dated events of the world, found by their words.
#[derive(Debug, Clone, Default)]
pub(super) struct WorldEvents {
    events: Vec<WorldEvent>,
    by_word: HashMap<String, Vec<usize>>,
    by_digit: Vec<usize>,
}

/// A dated event of the world that an article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEvent {
    /// Its name in `gazetteer/world-events.tsv`.
    pub name: String,
    /// The words that name it.
    pub span: Span,
    /// Its first and last day.
    pub interval: Interval,
}

#[derive(Debug, Clone)]
struct WorldEvent {
    name: String,
    pattern: Matcher,
    first: civil::Date,
    last: civil::Date,
}

/// An event that an expression counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) name: String,
    pub(super) first: civil::Date,
    pub(super) last: civil::Date,
    pub(super) span: Span,
}

impl Bound {
    fn known(self) -> KnownEvent {
        let date = |day: civil::Date| Date::new(day.year(), day.month(), day.day());
        let interval = Interval::new(date(self.first), date(self.last), Granularity::Day);
        KnownEvent { name: self.name, span: self.span, interval }
    }

    /// Its day, or first and last.
    pub(super) fn days(&self) -> String {
        if self.first == self.last {
            self.first.to_string()
        } else {
            format!("{}..{}", self.first, self.last)
        }
    }
}

const FILE: &str = "gazetteer/world-events.tsv";
const REACH: usize = 12;

/// Whether a sign ends what an expression may count from.
pub(super) fn ends(word: &str) -> bool {
    matches!(word, "." | "," | ";" | ":" | "?" | "!")
}

impl WorldEvents {
    /// Loads `gazetteer/world-events.tsv`.
    pub(super) fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["name", "pattern", "first", "last", "source"])?;
        let mut all = Self { events: table.rows().map(event).collect::<Result<_, _>>()?, ..Self::default() };
        for (index, event) in all.events.iter().enumerate() {
            let firsts = event.pattern.firsts(&WordLists::default());
            firsts.words.into_iter().for_each(|word| all.by_word.entry(word).or_default().push(index));
            if firsts.digits {
                all.by_digit.push(index);
            }
        }
        Ok(all)
    }

    /// The events that a text names, in its order.
    pub(super) fn named(&self, atoms: &Atoms<'_>, lists: &WordLists) -> Vec<KnownEvent> {
        let mut named: Vec<KnownEvent> = Vec::new();
        for at in 0..atoms.items.len() {
            let free = named.last().is_none_or(|last| last.span.end <= atoms.items[at].span.start);
            named.extend(self.at(atoms, lists, at).filter(|_| free).map(Bound::known));
        }
        named
    }

    /// The event named within a few words from an atom on, in the same sentence.
    pub(super) fn find(&self, atoms: &Atoms<'_>, lists: &WordLists, from: usize) -> Option<Bound> {
        let open = |at: &usize| !ends(&atoms.items[*at].word);
        let places = (from..(from + REACH).min(atoms.items.len())).take_while(open);
        places.filter_map(|at| self.at(atoms, lists, at)).next()
    }

    fn at(&self, atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<Bound> {
        let atom = &atoms.items[at];
        let by_digit = if atom.figure.is_some() { &self.by_digit[..] } else { &[] };
        let begun = self.by_word.get(atom.word.as_ref()).map_or(by_digit, Vec::as_slice);
        let found = begun.iter().filter_map(|index| {
            let event = &self.events[*index];
            Some((event, event.pattern.find(atoms, lists, at)?.end))
        });
        let (event, end) = found.max_by_key(|(_, end)| *end)?;
        if is_of_another(atoms, lists, end) {
            return None;
        }
        let span = atoms.items[at].span.cover(atoms.items[end - 1].span);
        Some(Bound { name: event.name.clone(), first: event.first, last: event.last, span })
    }
}

/// "the full-scale invasion of Iraq": a name after the words that the pattern knows makes it another event.
fn is_of_another(atoms: &Atoms<'_>, lists: &WordLists, end: usize) -> bool {
    let name = || atoms.items.get(end + 1).is_some_and(|atom| atom.capital);
    end < atoms.items.len() && lists.value("of-what", atoms, end).is_some() && name()
}

fn event(row: Row<'_, '_>) -> Result<WorldEvent, LoadError> {
    let pattern =
        Pattern::parse(row.get(1), &Default::default()).map_err(|fault| row.error(1, fault.message))?;
    let day =
        |column: usize| row.get(column).parse().map_err(|_| row.error(column, "no date; write 2022-02-24"));
    let (first, last) = (day(2)?, day(3)?);
    if row.get(4).is_empty() {
        return Err(row.error(4, "a dated event needs a source"));
    }
    Ok(WorldEvent { name: row.get(0).to_owned(), pattern: Matcher::new(&pattern), first, last })
}
