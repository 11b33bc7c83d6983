//! For and against, claim by claim.

use legation_record::{ClaimKind, Comparison};

use crate::{query::EventRow, settle::Days};

use super::{Answer, Claimed, Judgement, days};

/// Widest span of days, in days, that dates an event.
const DATED: i64 = 31;
/// How far off, in days, the only known event may lie to speak against a date.
const OFF: i64 = 45;

/// Judges a claim.
pub(crate) fn judge(mut claimed: Claimed<'_>) -> Judgement {
    let published = claimed.published;
    claimed.events.retain(|event| {
        let days = span(event);
        let past = published.is_none_or(|day| days.first.is_some_and(|first| first <= day));
        past && days.width().is_some_and(|width| width <= DATED)
    });
    match claimed.kind {
        ClaimKind::Count => count(&claimed),
        ClaimKind::First | ClaimKind::Since => first(&claimed),
        ClaimKind::Last => last(&claimed),
        ClaimKind::Date => date(&claimed),
    }
}

fn span(event: &EventRow) -> Days {
    days(event.interval())
}

fn judgement(answer: Answer, reason: String) -> Judgement {
    Judgement { answer, reason, supporting: Vec::new(), against: Vec::new(), left_out: Vec::new() }
}

fn not_known(reason: &str) -> Judgement {
    judgement(Answer::NotKnown, reason.to_owned())
}

impl Claimed<'_> {
    /// The named tellings that say when, each only once.
    fn dated(&self) -> Vec<Days> {
        let mut all: Vec<Days> = self.named.iter().map(|telling| days(telling.interval)).collect();
        all.retain(|days| days.width().is_some_and(|width| width <= DATED));
        all.dedup();
        all
    }

    /// Events wholly within the days counted over.
    fn within(&self) -> Vec<&EventRow> {
        let Some(over) = self.over else { return self.events.iter().collect() };
        let inside = |event: &&EventRow| {
            let days = span(event);
            let starts = over.first.is_none_or(|first| days.first.is_some_and(|day| day >= first));
            let ends = over.last.is_none_or(|last| days.last.is_some_and(|day| day <= last));
            starts && ends
        };
        self.events.iter().filter(inside).collect()
    }

    fn is(&self, event: &EventRow, named: Days) -> bool {
        span(event).gap(named) <= self.slack
    }
}

fn cloned(events: &[&EventRow]) -> Vec<EventRow> {
    events.iter().map(|event| (*event).clone()).collect()
}

fn count(claimed: &Claimed<'_>) -> Judgement {
    let Some(value) = claimed.value else {
        return not_known("the article gives no number");
    };
    let (within, named) = (claimed.within(), claimed.dated());
    let (told, left): (Vec<&EventRow>, Vec<&EventRow>) =
        within.iter().partition(|event| named.iter().any(|days| claimed.is(event, *days)));
    let all_named = named.len() == value as usize && claimed.comparison.is_exactly();
    let (least, most) = claimed.comparison.bounds(value);
    let (counted, found) = (number_words(claimed.comparison, value), within.len());
    let against = if value > 0 && all_named && !left.is_empty() {
        let reason = format!(
            "the article counts {counted} and names them; the ledger has {} more in those days",
            left.len()
        );
        Some((reason, &left))
    } else if most.is_some_and(|most| found > most as usize) {
        Some((format!("the article counts {counted}; the ledger has {found} in those days"), &within))
    } else {
        None
    };
    if let Some((reason, against)) = against {
        let judged = judgement(Answer::Contradicted, reason);
        return Judgement {
            supporting: cloned(&told),
            against: cloned(against),
            left_out: cloned(&left),
            ..judged
        };
    }
    if found == 0 {
        return not_known("the ledger has none in those days, which does not prove that there was none");
    }
    let (answer, reason) = if found >= least as usize {
        (
            Answer::Supported,
            format!("the article counts {counted}; the ledger has {found} in those days as well"),
        )
    } else {
        (Answer::NotKnown, format!("the ledger has {found} of {counted} in those days"))
    };
    Judgement { supporting: cloned(&within), ..judgement(answer, reason) }
}

fn number_words(comparison: Comparison, value: u32) -> String {
    match comparison {
        Comparison::Exactly => value.to_string(),
        Comparison::AtLeast => format!("at least {value}"),
        Comparison::MoreThan => format!("more than {value}"),
        Comparison::AtMost => format!("at most {value}"),
        Comparison::LessThan => format!("fewer than {value}"),
        Comparison::About => format!("about {value}"),
    }
}

/// When the event that a claim of order is about began: as told, or else by publication.
fn turning_point(claimed: &Claimed<'_>) -> Option<Days> {
    let named = claimed.dated().into_iter().min_by_key(|days| days.first);
    named.or(claimed.published.map(|day| Days { first: Some(day), last: Some(day) }))
}

fn first(claimed: &Claimed<'_>) -> Judgement {
    let Some(point) = turning_point(claimed) else { return not_known("the article does not say when") };
    let start = claimed.over.and_then(|over| over.first);
    let earlier = |event: &&EventRow| {
        let days = span(event);
        let before = days.last.zip(point.first).is_some_and(|(last, first)| last + claimed.slack < first);
        before && start.is_none_or(|start| days.first.is_some_and(|first| first >= start))
    };
    let earlier: Vec<&EventRow> = claimed.events.iter().filter(earlier).collect();
    if earlier.is_empty() {
        return not_known("the ledger has none before it, which does not prove that there was none");
    }
    let reason = format!("the ledger has {} before it", earlier.len());
    if claimed.over.is_none() {
        return not_known(&format!("{reason}, but the article does not say since when it is the first"));
    }
    let found = judgement(Answer::Contradicted, reason);
    Judgement { against: cloned(&earlier), left_out: cloned(&earlier), ..found }
}

fn last(claimed: &Claimed<'_>) -> Judgement {
    let Some(point) = claimed.dated().into_iter().max_by_key(|days| days.last) else {
        return not_known("the article does not say when");
    };
    let later = |event: &&EventRow| {
        span(event).first.zip(point.last).is_some_and(|(first, last)| first > last + claimed.slack)
            && span(event).last.zip(claimed.published).is_none_or(|(last, day)| last < day)
    };
    let later: Vec<&EventRow> = claimed.events.iter().filter(later).collect();
    let same: Vec<&EventRow> = claimed.events.iter().filter(|event| claimed.is(event, point)).collect();
    if !later.is_empty() {
        let found = judgement(Answer::Contradicted, format!("the ledger has {} after it", later.len()));
        let (against, left_out) = (cloned(&later), cloned(&later));
        return Judgement { supporting: cloned(&same), against, left_out, ..found };
    }
    if same.is_empty() {
        return not_known("the ledger has neither this one nor a later one");
    }
    let reason = "the ledger has it, and none after it".to_owned();
    Judgement { supporting: cloned(&same), ..judgement(Answer::Supported, reason) }
}

fn date(claimed: &Claimed<'_>) -> Judgement {
    let Some(told) = claimed.over else { return not_known("the article does not say when") };
    let (same, other): (Vec<&EventRow>, Vec<&EventRow>) =
        claimed.events.iter().partition(|event| claimed.is(event, told));
    if !same.is_empty() {
        let reason = match same.iter().map(|event| span(event).gap(told)).min().unwrap_or_default() {
            0 => "the ledger has it in those days".to_owned(),
            1 => "the ledger has it a day off, as reports of one event differ".to_owned(),
            days => format!("the ledger has it {days} days off, as reports of one event differ"),
        };
        return Judgement { supporting: cloned(&same), ..judgement(Answer::Supported, reason) };
    }
    let near: Vec<&EventRow> = other.into_iter().filter(|event| span(event).gap(told) <= OFF).collect();
    let dated = told.width().is_some_and(|width| width <= DATED);
    match near.as_slice() {
        [only] if dated => {
            let when = only.edtf.as_deref().unwrap_or_default();
            let reason = format!("the ledger has none in those days, but one on {when}");
            Judgement { against: cloned(&near), ..judgement(Answer::Contradicted, reason) }
        }
        _ => not_known("the ledger has none in those days"),
    }
}
