//! Events that expressions count from: dated ones of the world, and those dated in the article.

use jiff::civil;
use legation_knowledge::{Files, LoadError, Pattern, Row, Table};
use legation_record::Span;
use legation_text::pattern::{Atoms, Matcher, WordLists};

/// Dated events of the world, found by their words.
#[derive(Debug, Clone, Default)]
pub(super) struct WorldEvents {
    events: Vec<WorldEvent>,
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
const REACH: usize = 16;

impl WorldEvents {
    /// Loads `gazetteer/world-events.tsv`.
    pub(super) fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["name", "pattern", "first", "last", "source"])?;
        Ok(Self { events: table.rows().map(event).collect::<Result<_, _>>()? })
    }

    /// The event named within a few words from an atom on, in the same sentence.
    pub(super) fn find(&self, atoms: &Atoms<'_>, lists: &WordLists, from: usize) -> Option<Bound> {
        let open = |at: &usize| !matches!(atoms.items[*at].word.as_ref(), "." | ";" | "?" | "!");
        let places = (from..(from + REACH).min(atoms.items.len())).take_while(open);
        places.filter_map(|at| self.at(atoms, lists, at)).next()
    }

    fn at(&self, atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<Bound> {
        let found =
            self.events.iter().filter_map(|event| Some((event, event.pattern.find(atoms, lists, at)?.end)));
        let (event, end) = found.max_by_key(|(_, end)| *end)?;
        let span = atoms.items[at].span.cover(atoms.items[end - 1].span);
        Some(Bound { name: event.name.clone(), first: event.first, last: event.last, span })
    }
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

/// A day the article itself gives to an event: the first long word after `from` stands near an
/// earlier expression that is a day.
pub(super) fn in_article<'a>(
    atoms: &Atoms<'_>,
    from: usize,
    days: impl Iterator<Item = (usize, civil::Date)> + 'a,
) -> Option<Bound> {
    let named = (from..(from + 4).min(atoms.items.len())).find(|at| is_content(&atoms.items[*at].word))?;
    let word = &atoms.items[named].word;
    for (at, day) in days.take(40) {
        let mut near = at.saturating_sub(12)..(at + 10).min(atoms.items.len());
        if near.any(|other| other != named && atoms.items[other].word == *word) {
            return Some(Bound {
                name: word.to_string(),
                first: day,
                last: day,
                span: atoms.items[named].span,
            });
        }
    }
    None
}

fn is_content(word: &str) -> bool {
    word.chars().count() >= 5 && word.chars().all(char::is_alphabetic)
}
