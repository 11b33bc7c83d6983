//! When an event happened, from the graph: the time expressions it points at, and which ends are known.

use legation_record::{Evidence, Granularity, Interval, Status, Timex, WhenReason};
use legation_text::graph::{Bounds, Part, Trigger};

use super::BY;
use crate::{Below, when::When};

/// The dates the network gives an event, or `None` if the article gives none.
#[must_use]
pub fn when(below: Below<'_>, trigger: &Trigger) -> Option<When> {
    let mut times = expressions(below, trigger);
    times.retain(|time| time.interval.is_some_and(|interval| fits(below, trigger.status, interval)));
    match times.first() {
        Some(_) => by_expressions(&times, trigger.bounds),
        None => by_news(below, trigger),
    }
}

/// Whether an interval fits a status: past events may not start after publication, nor future ones end before.
#[must_use]
pub fn fits(below: Below<'_>, status: Status, interval: Interval) -> bool {
    let Some(published) = below.times.published.date else { return true };
    match status {
        Status::Held | Status::Ongoing => interval.earliest.is_none_or(|first| first <= published),
        Status::Planned | Status::Requested | Status::Invited => {
            interval.latest.is_none_or(|last| last >= published)
        }
        _ => true,
    }
}

/// The dated expressions the network points at.
fn expressions<'a>(below: Below<'a>, trigger: &Trigger) -> Vec<&'a Timex> {
    let mut found: Vec<&Timex> = Vec::new();
    for filler in trigger.fillers(Part::Time) {
        let word = below.parse.sentences[filler.at.sentence].tokens[filler.at.word].span;
        let times = &below.times.times;
        let at = times.partition_point(|time| time.span.end <= word.start);
        let time = times.get(at).filter(|time| time.span.overlaps(word) && time.interval.is_some());
        found.extend(time.filter(|time| found.iter().all(|other| other.id != time.id)));
    }
    found
}

fn by_expressions(times: &[&Timex], bounds: Bounds) -> Option<When> {
    let intervals = || times.iter().filter_map(|time| time.interval);
    let first = intervals().next()?;
    // "on Tuesday in May" is Tuesday; what does not meet lasts from the one to the other.
    let met = intervals().skip(1).try_fold(first, Interval::intersect);
    let whole = met.unwrap_or_else(|| {
        let earliest = intervals().map(|one| one.earliest).min().flatten();
        let latest = intervals().filter_map(|one| one.latest).max();
        Interval::new(earliest, latest, first.granularity)
    });
    let evidence = times.iter().flat_map(|time| time.evidence.spans.iter().copied()).collect::<Vec<_>>();
    let reason = WhenReason {
        times: times.iter().map(|time| time.id.clone()).collect(),
        reason: "the network reads these words as the event's time".to_owned(),
        evidence: Evidence::of(evidence, BY)?,
    };
    Some(When { interval: cut(whole, bounds), reason })
}

/// Keeps only the known ends of an interval.
fn cut(interval: Interval, bounds: Bounds) -> Interval {
    let Interval { earliest, latest, granularity } = interval;
    match bounds {
        Bounds::Closed => interval,
        Bounds::Until => Interval::new(None, latest, granularity),
        Bounds::From => Interval::new(earliest, None, granularity),
        Bounds::Open => Interval::new(None, None, granularity),
    }
}

/// Dates an event from the publication day when no expression does.
fn by_news(below: Below<'_>, trigger: &Trigger) -> Option<When> {
    let published = below.times.published.date?;
    let (interval, reason) = match trigger.bounds {
        Bounds::Closed if is_ahead(trigger.status) => return None,
        Bounds::Closed => (Interval::day(published), "told as news of the day of publication"),
        Bounds::Until => (
            Interval::new(None, Some(published), Granularity::Unknown),
            "told as past on the day of publication",
        ),
        Bounds::From => {
            (Interval::new(Some(published), None, Granularity::Unknown), "to come on the day of publication")
        }
        Bounds::Open => return None,
    };
    let word = below.parse.sentences[trigger.at.sentence].tokens[trigger.at.word].span;
    let reason = WhenReason {
        times: vec!["t0".to_owned()],
        reason: reason.to_owned(),
        evidence: Evidence::new(word, BY),
    };
    Some(When { interval, reason })
}

fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Possible | Status::Requested | Status::Invited)
}
