//! The days that a claim covers: "since February 2022", "since he took office in 2023", "in six years".

use jiff::civil;
use legation_record::{ClaimKind, Date, Event, Granularity, Interval, Span, Timex, TimexKind};
use legation_text::Sentence;

use super::{Counted, Counts};
use crate::{Below, clause::is_verbal, draft::Draft, when::times};

/// How many words may stand between an expression and the event word that it counts over.
const REACH: usize = 6;

/// The days and the words for them.
type Over = (Interval, Span);

/// What a claim of number or order covers.
pub fn over(counts: &Counts, below: Below<'_>, draft: &Draft, counted: &Counted) -> Option<Over> {
    let length = || (counted.kind != ClaimKind::Last).then(|| within(counts, below, draft)).flatten();
    since(counts, below, draft).or_else(length)
}

/// From a day until publication, said of the event word itself and not of another verb's.
pub fn since_told(counts: &Counts, below: Below<'_>, draft: &Draft) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let own = |at: &usize| {
        let mut above = sentence.ancestors(*at);
        let verb = above.find(|up| is_verbal(&sentence.tokens[*up]) || draft.reading.spine.contains(up));
        verb.is_some_and(|verb| draft.reading.spine.contains(&verb))
    };
    let mut all = times(below, sentence).into_iter().filter(|(at, _)| own(at));
    all.find_map(|(at, time)| open(below, time).or_else(|| since_clause(counts, below, draft, at, time)))
}

/// From a day until publication.
fn since(counts: &Counts, below: Below<'_>, draft: &Draft) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let all = times(below, sentence);
    let open = all.iter().find_map(|(_, time)| open(below, time));
    open.or_else(|| all.iter().find_map(|(at, time)| since_clause(counts, below, draft, *at, time)))
}

fn open(below: Below<'_>, time: &Timex) -> Option<Over> {
    let interval = time.interval?;
    let published = below.times.published.date;
    let open = interval.latest.is_none() || interval.latest == published;
    let wide = interval.earliest.is_some() && interval.earliest != interval.latest;
    let whole = Interval::new(interval.earliest, interval.latest.or(published), interval.granularity);
    (open && wide).then_some((whole, time.evidence.cover()))
}

/// "since he took office in June 2023", "since the invasion in 2022": the mark stands above the date.
fn since_clause(counts: &Counts, below: Below<'_>, draft: &Draft, at: usize, time: &Timex) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let interval = time.interval?;
    let below_event = sentence.ancestors(at).take_while(|up| !draft.reading.spine.contains(up));
    let mut marks = below_event.take(REACH).flat_map(|up| sentence.children(up));
    let mark = marks.find(|child| is_mark(counts, below, sentence, *child, "since"))?;
    let published = below.times.published.date?;
    let begun = interval.earliest.filter(|first| *first < published)?;
    let span = sentence.tokens[mark].span.cover(time.span);
    Some((Interval::new(Some(begun), Some(published), interval.granularity), span))
}

fn is_mark(counts: &Counts, below: Below<'_>, sentence: &Sentence, at: usize, sense: &str) -> bool {
    let token = &sentence.tokens[at];
    let marks = token.is_rel("mark") || token.is_rel("case");
    marks && counts.is(sense, &token.form(&below.article.text).to_lowercase())
}

/// "the first in six years": so long before publication.
fn within(counts: &Counts, below: Below<'_>, draft: &Draft) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let published = below.times.published.date?;
    times(below, sentence).into_iter().find_map(|(at, time)| {
        let near = sentence.ancestors(at).take(REACH).any(|up| draft.reading.spine.contains(&up));
        let mark = sentence.children(at).find(|child| is_mark(counts, below, sentence, *child, "within"))?;
        // "his first trip in two years", whatever the tree hangs the years on.
        let near = near || mark.checked_sub(1).is_some_and(|before| draft.reading.spine.contains(&before));
        let first = (near && time.kind == TimexKind::Duration).then(|| before(published, &time.value))??;
        let span = sentence.tokens[mark].span.cover(time.span);
        Some((Interval::new(Some(first), Some(published), Granularity::Unknown), span))
    })
}

/// The day that lies a TIMEX3 duration before another; `None` for one without a number ("PXY").
fn before(day: Date, duration: &str) -> Option<Date> {
    let length: jiff::Span = duration.parse().ok()?;
    let day = civil::Date::new(day.year(), day.month(), day.day()).ok()?.checked_sub(length).ok()?;
    Date::new(day.year(), day.month(), day.day())
}

/// "three times this year": the event's own days, where they are wide and it is told of by number.
pub fn told(below: Below<'_>, event: &Event, counted: &Counted) -> Option<Over> {
    let wide = |interval: &Interval| {
        let (first, last) = (interval.earliest?, interval.latest?);
        (counted.kind == ClaimKind::Count && !counted.nth && first < last).then_some(first)
    };
    let interval = event.interval?;
    let (first, when) = (wide(&interval)?, event.when.as_ref()?);
    let last = interval.latest.into_iter().chain(below.times.published.date).min();
    Some((Interval::new(Some(first), last, interval.granularity), when.evidence.cover()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_counted_back_from_a_day() {
        let day: Date = "2024-02-29".parse().unwrap();
        assert_eq!(before(day, "P6Y").unwrap().to_string(), "2018-02-28");
        assert_eq!(before(day, "P1M").unwrap().to_string(), "2024-01-29");
        assert_eq!(before(day, "PXY"), None);
    }
}
