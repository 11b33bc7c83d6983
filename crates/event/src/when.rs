//! When an event is: the time expression that hangs on it, else its tense and the publication date.

use std::collections::BTreeSet;

use legation_record::{Date, Evidence, Granularity, Interval, Status, Timex, TimexKind, WhenReason};
use legation_text::Sentence;

use crate::{Below, clause::is_verbal, draft::Draft};

/// An interval with its reason.
#[derive(Debug, Clone)]
pub struct When {
    /// The days.
    pub interval: Interval,
    /// Why.
    pub reason: WhenReason,
}

/// Finds the time of a draft among the expressions that no counted series has used.
#[must_use]
pub fn when(below: Below<'_>, draft: &Draft, used: &BTreeSet<String>) -> Option<When> {
    told(below, draft, used).or_else(|| by_tense(below, draft))
}

/// The dated expressions of a sentence, with the index of their first word.
pub fn times<'a>(below: Below<'a>, sentence: &'a Sentence) -> Vec<(usize, &'a Timex)> {
    let start = below.times.times.partition_point(|time| time.span.end <= sentence.span.start);
    let times = below.times.times[start..].iter().take_while(|time| time.span.start < sentence.span.end);
    times.filter_map(|time| Some((token(sentence, time)?, time))).collect()
}

/// The highest word of an expression.
fn token(sentence: &Sentence, time: &Timex) -> Option<usize> {
    let inside = |index: usize| time.span.overlaps(sentence.tokens[index].span);
    let mut words = (0..sentence.tokens.len()).filter(|index| inside(*index));
    words.find(|index| sentence.tokens[*index].head.is_none_or(|head| !inside(head)))
}

fn is_dated(time: &Timex) -> bool {
    matches!(time.kind, TimexKind::Date | TimexKind::Time) && time.interval.is_some()
}

fn told(below: Below<'_>, draft: &Draft, used: &BTreeSet<String>) -> Option<When> {
    let sentence = &below.parse.sentences[draft.sentence];
    let free = |time: &Timex| is_dated(time) && !used.contains(&time.id);
    let dated: Vec<_> = times(below, sentence).into_iter().filter(|(_, time)| free(time)).collect();
    let own = dated.iter().filter(|(at, _)| hangs_on(sentence, *at, &draft.reading.spine));
    let near = |entry: &&(usize, &Timex)| entry.0.abs_diff(draft.word);
    let own = own.min_by_key(near).map(|(_, time)| (*time, "it hangs on the words for the event"));
    let found = own.or_else(|| only(sentence, &dated, draft))?;
    Some(from_time(found.0, found.1))
}

/// The only date of a sentence whose clause is the event's own or no other verb's.
fn only<'a>(
    sentence: &Sentence,
    dated: &[(usize, &'a Timex)],
    draft: &Draft,
) -> Option<(&'a Timex, &'static str)> {
    let [(at, time)] = dated else { return None };
    let verb = governing(sentence, *at)?;
    let event = std::iter::once(draft.word)
        .chain(sentence.ancestors(draft.word))
        .find(|up| is_verbal(&sentence.tokens[*up]))?;
    let below_event = sentence.ancestors(verb).any(|up| draft.reading.spine.contains(&up));
    let since = |up: usize| sentence.children(up).any(|child| is_since(&sentence.tokens[child]));
    if verb != event && since(verb) {
        return None;
    }
    let same = verb == event || (below_event && !sentence.tokens[verb].is_rel("acl:relcl"));
    same.then_some((*time, "the only date of its clause"))
}

/// "since taking office in 2011" does not date what is new since then.
fn is_since(token: &legation_text::Token) -> bool {
    (token.is_rel("mark") || token.is_rel("case")) && token.lemma.eq_ignore_ascii_case("since")
}

fn governing(sentence: &Sentence, at: usize) -> Option<usize> {
    sentence.ancestors(at).find(|up| is_verbal(&sentence.tokens[*up]))
}

/// Whether a time's first verb or event noun above is one that carries the event.
fn hangs_on(sentence: &Sentence, at: usize, spine: &[usize]) -> bool {
    for up in sentence.ancestors(at) {
        if spine.contains(&up) {
            return true;
        }
        if is_verbal(&sentence.tokens[up]) {
            return false;
        }
    }
    false
}

/// The interval of an expression.
#[must_use]
pub fn from_time(time: &Timex, why: &str) -> When {
    let unknown = Interval::new(None, None, Granularity::Unknown);
    let reason =
        WhenReason { times: vec![time.id.clone()], reason: why.to_owned(), evidence: time.evidence.clone() };
    When { interval: time.interval.unwrap_or(unknown), reason }
}

/// From tense and publication date alone.
fn by_tense(below: Below<'_>, draft: &Draft) -> Option<When> {
    let published = below.times.published.date?;
    let (interval, why) = bounds(draft, published)?;
    let sentence = &below.parse.sentences[draft.sentence];
    let evidence = Evidence::new(sentence.tokens[draft.word].span, "event/tense");
    Some(When {
        interval,
        reason: WhenReason { times: vec!["t0".to_owned()], reason: why.to_owned(), evidence },
    })
}

fn bounds(draft: &Draft, published: Date) -> Option<(Interval, &'static str)> {
    let open = |from, to| Interval::new(from, to, Granularity::Unknown);
    match draft.reading.status {
        Status::Held if draft.reading.present => {
            Some((Interval::day(published), "news in the present tense is of the day of publication"))
        }
        Status::Held | Status::Ongoing | Status::Denied => {
            Some((open(None, Some(published)), "told as past: not after publication"))
        }
        Status::Planned | Status::Invited => {
            Some((open(Some(published), None), "told as to come: not before publication"))
        }
        _ => None,
    }
}
