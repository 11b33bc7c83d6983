//! The publication date where none came with the article: candidates, and what speaks for each.
//!
//! A day without a year ("said on Dec. 27") is bound by the dated facts told as past: the first
//! such day after the latest of them. Where no year is told the date stays unknown.

use std::collections::BTreeSet;

use jiff::civil;
use legation_record::{DateCandidate, Evidence, Published};
use legation_text::{BlockKind, Parse, pattern::Atoms};

use super::{
    Hit, TimeReader,
    calendar::{Stamp, Unit, civil as to_civil, record},
    direction::Direction,
    evaluate::Anchor,
    interval::Signal,
    meaning::Meaning,
};

const CANDIDATES: usize = 8;

struct Clue {
    /// Year, where it is told; month and day.
    year: Option<i16>,
    month: i8,
    day: i8,
    weekday: Option<i8>,
    weight: u8,
    reason: &'static str,
}

/// Infers the publication date from a first reading without one.
pub(super) fn infer(reader: &TimeReader, atoms: &Atoms<'_>, parse: &Parse, hits: &[Hit]) -> Published {
    let bound = hits.iter().filter_map(|hit| Some((past(hit)?, hit))).max_by_key(|(day, _)| *day);
    let ceiling = hits.iter().filter_map(coming).min();
    let mut candidates: Vec<(u8, DateCandidate)> = Vec::new();
    let mut seen = BTreeSet::new();
    for hit in hits {
        let Some(clue) = clue(reader, atoms, parse, hit) else { continue };
        let Some(day) = place(&clue, bound.map(|(day, _)| day)) else { continue };
        if ceiling.is_some_and(|ceiling| day > ceiling) || !seen.insert((day, clue.weight)) {
            continue;
        }
        let told = clue.year.is_some();
        let basis = bound.filter(|_| !told).map(|(_, hit)| hit);
        candidates.extend(candidate(&clue, day, hit, basis).map(|candidate| (clue.weight, candidate)));
    }
    candidates
        .sort_by_key(|(weight, candidate)| (std::cmp::Reverse(*weight), std::cmp::Reverse(candidate.date)));
    let mut days = BTreeSet::new();
    let best = candidates
        .into_iter()
        .map(|(_, candidate)| candidate)
        .filter(|candidate| days.insert(candidate.date));
    let candidates: Vec<DateCandidate> = best.take(CANDIDATES).collect();
    Published { date: candidates.first().map(|best| best.date), inferred: true, candidates }
}

fn candidate(clue: &Clue, day: civil::Date, hit: &Hit, basis: Option<&Hit>) -> Option<DateCandidate> {
    let mut spans = vec![hit.span];
    spans.extend(basis.map(|basis| basis.span));
    let year = match basis {
        Some(basis) => format!(
            "; the year is that of the first such day after the latest dated past fact, {}",
            basis.value
        ),
        None => String::new(),
    };
    let evidence = Evidence::of(spans, "time/published")?;
    Some(DateCandidate { date: record(day)?, reason: format!("{}{year}", clue.reason), evidence })
}

/// First day of a dated fact told as past.
fn past(hit: &Hit) -> Option<civil::Date> {
    let told = hit.anchor == Anchor::None && !matches!(hit.direction, Direction::Coming | Direction::Likely);
    let open = matches!(hit.signal, Some((Signal::By | Signal::Until | Signal::To, _)));
    match &hit.meaning {
        Meaning::At(stamp) if told && !open && stamp.unit() <= Unit::Year => stamp.first(),
        _ => None,
    }
}

/// Last day of a dated thing to come.
fn coming(hit: &Hit) -> Option<civil::Date> {
    match &hit.meaning {
        Meaning::At(stamp) if hit.anchor == Anchor::None && hit.direction == Direction::Coming => {
            stamp.last()
        }
        _ => None,
    }
}

fn clue(reader: &TimeReader, atoms: &Atoms<'_>, parse: &Parse, hit: &Hit) -> Option<Clue> {
    let (year, month, day) = match &hit.meaning {
        Meaning::At(Stamp::Day(day)) if hit.anchor == Anchor::None => {
            (Some(day.year()), day.month(), day.day())
        }
        Meaning::Open(value) => {
            let (month, day) = value.strip_prefix("XXXX-")?.split_once('-')?;
            (None, month.parse().ok()?, day.parse().ok()?)
        }
        _ => return None,
    };
    let dateline = parse
        .blocks
        .iter()
        .take(40)
        .any(|block| block.kind == BlockKind::Dateline && block.span.contains(hit.span));
    let (weight, reason) = match () {
        () if stamped(reader, atoms, hit) => (4, "the article is marked as published on this day"),
        () if dateline || opens(atoms, hit) => (3, "the dateline's day"),
        () if hit.direction == Direction::Coming => return None,
        () if reported(reader, atoms, hit) => (2, "the day on which a source spoke"),
        () => (1, "the latest day told as past"),
    };
    Some(Clue { year, month, day, weekday: hit.weekday, weight, reason })
}

/// "Published", "Updated" before the date.
fn stamped(reader: &TimeReader, atoms: &Atoms<'_>, hit: &Hit) -> bool {
    let from = hit.atoms.start.saturating_sub(4);
    (from..hit.atoms.start).any(|at| reader.book.lists.value("stamped", atoms, at).is_some())
}

/// Before the first dash of the article: "KYIV, Dec. 27 —".
fn opens(atoms: &Atoms<'_>, hit: &Hit) -> bool {
    let next = atoms.items.get(hit.atoms.end).map_or("", |atom| atom.word.as_ref());
    hit.atoms.end < 16 && matches!(next, "-" | "(" | ")") && hit.atoms.start < 12
}

/// A verb of saying close by.
fn reported(reader: &TimeReader, atoms: &Atoms<'_>, hit: &Hit) -> bool {
    let near = hit.atoms.start.saturating_sub(8)..(hit.atoms.end + 6).min(atoms.items.len());
    near.into_iter().any(|at| reader.book.lists.value("report", atoms, at).is_some())
}

/// The first day from the bound on that the clue fits.
fn place(clue: &Clue, bound: Option<civil::Date>) -> Option<civil::Date> {
    if let Some(year) = clue.year {
        return civil::Date::new(year, clue.month, clue.day).ok();
    }
    let bound = bound?;
    let years = bound.year()..=bound.year().saturating_add(8);
    let days = years.filter_map(|year| civil::Date::new(year, clue.month, clue.day).ok());
    let fits = |day: &civil::Date| {
        clue.weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset() == weekday)
    };
    days.filter(|day| *day >= bound).find(fits)
}

/// The day that came with the article.
pub(super) fn given(published: &Published) -> Option<civil::Date> {
    published.date.and_then(to_civil)
}
