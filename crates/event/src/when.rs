//! When an event is: the time expression that hangs on it, else its tense and the publication date.

use std::collections::BTreeSet;

use legation_record::{Date, Evidence, Granularity, Interval, Span, Status, Timex, TimexKind, WhenReason};
use legation_text::Sentence;

use crate::{
    Below,
    clause::{Clause, is_verbal},
    draft::Draft,
    lexicon::Lexicon,
    status::{self, Reading},
};

/// An interval with its reason.
#[derive(Debug, Clone)]
pub struct When {
    /// The days.
    pub interval: Interval,
    /// Why.
    pub reason: WhenReason,
}

/// A word that tells something, and how.
#[derive(Debug, Clone, Copy)]
struct Told<'t> {
    sentence: usize,
    word: usize,
    reading: &'t Reading,
}

/// Finds the time of a draft among the expressions that no counted series has used.
#[must_use]
pub fn when(below: Below<'_>, draft: &Draft, used: &BTreeSet<String>) -> Option<When> {
    let told = Told { sentence: draft.sentence, word: draft.word, reading: &draft.reading };
    dated(below, told, used).or_else(|| by_tense(below, told))
}

/// Finds the time of whatever the word at a place tells.
#[must_use]
pub fn of_word(lexicon: &Lexicon, below: Below<'_>, span: Span) -> Option<When> {
    let (sentence, word) = below.parse.token_at(span.start)?;
    let clause = Clause { text: &below.article.text, sentence: &below.parse.sentences[sentence], lexicon };
    let reading = status::read(&clause, word);
    let told = Told { sentence, word, reading: &reading };
    dated(below, told, &BTreeSet::new()).or_else(|| by_tense(below, told))
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

fn dated(below: Below<'_>, draft: Told<'_>, used: &BTreeSet<String>) -> Option<When> {
    let sentence = &below.parse.sentences[draft.sentence];
    let free = |time: &Timex| is_dated(time) && !used.contains(&time.id);
    let all: Vec<_> = times(below, sentence).into_iter().filter(|(_, time)| free(time)).collect();
    let own = all.iter().filter(|(at, _)| hangs_on(sentence, *at, &draft.reading.spine));
    let near = |entry: &&(usize, &Timex)| entry.0.abs_diff(draft.word);
    let own = own.min_by_key(near).map(|(_, time)| (*time, "it hangs on the words for the event"));
    let found = own.or_else(|| only(sentence, &all, draft))?;
    Some(from_time(found.0, found.1))
}

/// The only date of a sentence whose clause is the event's own or no other verb's.
fn only<'a>(
    sentence: &Sentence,
    dated: &[(usize, &'a Timex)],
    draft: Told<'_>,
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
fn by_tense(below: Below<'_>, draft: Told<'_>) -> Option<When> {
    let published = below.times.published.date?;
    let (interval, why) = bounds(draft.reading, published)?;
    let sentence = &below.parse.sentences[draft.sentence];
    let evidence = Evidence::new(sentence.tokens[draft.word].span, "event/tense");
    Some(When {
        interval,
        reason: WhenReason { times: vec!["t0".to_owned()], reason: why.to_owned(), evidence },
    })
}

fn bounds(reading: &Reading, published: Date) -> Option<(Interval, &'static str)> {
    let open = |from, to| Interval::new(from, to, Granularity::Unknown);
    match reading.status {
        Status::Held if reading.present => {
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
