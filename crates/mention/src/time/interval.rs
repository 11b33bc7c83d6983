//! The days that an expression, its modifier and its preposition allow together.

use jiff::civil;
use legation_record::{Granularity, Interval, Span};
use legation_text::pattern::{Atoms, Value, WordLists};

use super::{
    calendar::{Unit, plus_days, record},
    direction::Direction,
    meaning::Meaning,
};

/// What the preposition before an expression does to its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    Since,
    After,
    Until,
    By,
    Before,
    Within,
    From,
    AsOf,
    To,
    Between,
    And,
    In,
}

const SIGNALS: [(&str, Signal); 12] = [
    ("since", Signal::Since),
    ("after", Signal::After),
    ("until", Signal::Until),
    ("by", Signal::By),
    ("before", Signal::Before),
    ("within", Signal::Within),
    ("from", Signal::From),
    ("asof", Signal::AsOf),
    ("to", Signal::To),
    ("between", Signal::Between),
    ("and", Signal::And),
    ("in", Signal::In),
];

impl Signal {
    pub(super) fn name(self) -> &'static str {
        SIGNALS.iter().find(|(_, signal)| *signal == self).map_or("", |(name, _)| name)
    }

    /// The preposition that ends just before an atom.
    pub(super) fn before(atoms: &Atoms<'_>, lists: &WordLists, end: usize) -> Option<(Self, Span)> {
        let end = end - usize::from(end > 0 && atoms.items[end - 1].word == "the");
        (1..=3usize)
            .rev()
            .filter_map(|length| {
                let from = end.checked_sub(length)?;
                let (_, value) = lists.at("signal", atoms, from).find(|(found, _)| *found == length)?;
                let Value::Word(name) = value else { return None };
                let (_, signal) = SIGNALS.iter().find(|(other, _)| other == name)?;
                Some((*signal, atoms.items[from].span.cover(atoms.items[end - 1].span)))
            })
            .next()
    }
}

/// Which part of its days an expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modifier {
    /// "early", "the beginning of".
    Start,
    Mid,
    End,
    /// "earlier this month": from its first day up to the publication.
    Earlier,
    /// "later this month": from the publication to its last day.
    Later,
    /// One that bears on no days.
    Other,
}

impl Modifier {
    /// From the word lists.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "START" => Self::Start,
            "MID" => Self::Mid,
            "END" => Self::End,
            "EARLIER" => Self::Earlier,
            "LATER" => Self::Later,
            _ => Self::Other,
        }
    }

    /// TIMEX3 `mod` of the modifier of a name.
    pub(super) fn timex(self, name: &str) -> &str {
        match self {
            Self::Earlier => "START",
            Self::Later => "END",
            _ => name,
        }
    }
}

/// What bears on an expression's days besides its meaning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearing {
    pub(super) signal: Option<Signal>,
    pub(super) modifier: Option<Modifier>,
    pub(super) direction: Direction,
    pub(super) published: Option<civil::Date>,
}

type Days = (Option<civil::Date>, Option<civil::Date>);

/// The interval of a meaning; `None` for what is in no place of the calendar.
pub(super) fn of(meaning: &Meaning, bearing: Bearing) -> Option<Interval> {
    let ((first, last), granularity) = bare(meaning, bearing)?;
    let (first, last) = bent((first, last), bearing);
    let ordered = !matches!((first, last), (Some(first), Some(last)) if first > last);
    let bounded = first.is_some() || last.is_some();
    (ordered && bounded).then(|| Interval::new(first.and_then(record), last.and_then(record), granularity))
}

fn bare(meaning: &Meaning, bearing: Bearing) -> Option<(Days, Granularity)> {
    let published = bearing.published;
    match meaning {
        Meaning::At(stamp) => {
            let days = (stamp.first()?, stamp.last()?);
            Some((part(days, bearing), stamp.granularity()))
        }
        Meaning::Clock { day, time, .. } => {
            let day = (*day)?;
            let fine = if time.contains(':') { Granularity::Minute } else { Granularity::DayPart };
            Some(((day.first(), day.last()), fine))
        }
        Meaning::Bounded { first, last, unit, .. } => Some(((*first, *last), granularity(*unit))),
        Meaning::Reference(side) => {
            published?;
            let days = [(None, published), (published, published), (published, None)];
            Some((days[usize::try_from(side + 1).unwrap_or(1) % 3], Granularity::Unknown))
        }
        Meaning::Lasting { count, unit, side } => lasting(*count, *unit, *side, bearing),
        Meaning::Open(_) => None,
    }
}

fn lasting(count: Option<f64>, unit: Unit, side: i8, bearing: Bearing) -> Option<(Days, Granularity)> {
    let published = bearing.published?;
    let side = match bearing.signal {
        Some(Signal::Within) if side == 0 && bearing.direction == Direction::Coming => 1,
        _ => side,
    };
    let many = count.map_or(9.0, f64::ceil) as i64;
    let span = unit.span(many)?;
    let fine = granularity(unit);
    match side {
        -1 => Some(((published.checked_sub(span).ok(), Some(published)), fine)),
        1 => Some(((Some(published), published.checked_add(span).ok()), fine)),
        _ => None,
    }
}

fn granularity(unit: Unit) -> Granularity {
    match unit {
        Unit::Second | Unit::Minute => Granularity::Minute,
        Unit::Hour => Granularity::Hour,
        Unit::Day => Granularity::Day,
        Unit::Weekend | Unit::Week => Granularity::Week,
        Unit::Month => Granularity::Month,
        Unit::Quarter | Unit::Half => Granularity::Quarter,
        Unit::Season => Granularity::Season,
        Unit::Year => Granularity::Year,
        Unit::Decade => Granularity::Decade,
        Unit::Century => Granularity::Century,
    }
}

/// "early", "mid-", "late": a third of the days; "earlier", "later": the days on that side of the publication.
fn part((first, last): (civil::Date, civil::Date), bearing: Bearing) -> Days {
    let length = (last - first).get_days();
    if length == 0 {
        return (Some(first), Some(last));
    }
    let third = i64::from(length / 3);
    let inside = bearing.published.filter(|day| first <= *day && *day <= last);
    let past = bearing.direction == Direction::Past;
    match bearing.modifier {
        Some(Modifier::Start) => (Some(first), plus_days(first, third)),
        Some(Modifier::Mid) => (plus_days(first, third), plus_days(last, -third)),
        Some(Modifier::End) => (plus_days(last, -third), Some(last)),
        Some(Modifier::Earlier) => (Some(first), inside.or(Some(last))),
        Some(Modifier::Later) => (inside.filter(|_| !past).or(Some(first)), Some(last)),
        Some(Modifier::Other) | None => (Some(first), Some(last)),
    }
}

fn bent((first, last): Days, bearing: Bearing) -> Days {
    let published = bearing.published;
    let coming = bearing.direction == Direction::Coming;
    let reach =
        |from: Option<civil::Date>| published.filter(|day| !coming && from.is_none_or(|from| from <= *day));
    match bearing.signal {
        Some(Signal::Since | Signal::From) => (first, reach(first)),
        Some(Signal::AsOf) if coming => (first, None),
        Some(Signal::After) => {
            let from = last.and_then(|day| plus_days(day, 1));
            (from, reach(from))
        }
        Some(Signal::Until | Signal::By | Signal::To) => {
            let ahead = matches!((published, last), (Some(published), Some(last)) if published <= last);
            (published.filter(|_| ahead), last)
        }
        Some(Signal::Before) => (None, first.and_then(|day| plus_days(day, -1))),
        Some(Signal::Within | Signal::AsOf | Signal::Between | Signal::And | Signal::In) | None => {
            (first, last)
        }
    }
}
