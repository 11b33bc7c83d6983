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
    let on_spine = |at: usize| draft.reading.spine.contains(&at);
    let own = |at: &usize| {
        let mut above = sentence.ancestors(*at);
        let verb = above.find(|up| is_verbal(&sentence.tokens[*up]) || on_spine(*up));
        // "since it became independent in 1991" is said of what stands above.
        let since = |verb: usize| {
            let marked =
                sentence.children(verb).any(|child| is_mark(counts, below, sentence, child, "since"));
            marked && sentence.tokens[verb].head.is_some_and(on_spine)
        };
        verb.is_some_and(|verb| on_spine(verb) || since(verb))
    };
    let mut all = times(below, sentence).into_iter().filter(|(at, _)| own(at));
    let told =
        all.find_map(|(at, time)| open(below, time).or_else(|| since_clause(counts, below, draft, at, time)));
    told.or_else(|| since_known(counts, below, draft, own))
}

/// From a day until publication.
fn since(counts: &Counts, below: Below<'_>, draft: &Draft) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let all = times(below, sentence);
    let open = all.iter().find_map(|(_, time)| open(below, time));
    open.or_else(|| all.iter().find_map(|(at, time)| since_clause(counts, below, draft, *at, time)))
        .or_else(|| since_known(counts, below, draft, |_| true))
}

/// "since the full-scale invasion of Ukraine": from the first day of an event of the world.
fn since_known(
    counts: &Counts,
    below: Below<'_>,
    draft: &Draft,
    own: impl Fn(&usize) -> bool,
) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let known = below.times.known.iter().filter(|known| sentence.span.contains(known.span));
    let mut all = known.filter_map(|known| {
        let within = |at: usize| known.span.contains(sentence.tokens[at].span);
        let leaves = |at: usize| sentence.tokens[at].head.is_none_or(|head| !within(head));
        let top = (0..sentence.tokens.len()).find(|at| within(*at) && leaves(*at))?;
        Some((top, known)).filter(|(top, _)| own(top))
    });
    all.find_map(|(at, known)| from_mark(counts, below, draft, at, known.interval, known.span))
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
    from_mark(counts, below, draft, at, time.interval?, time.span)
}

/// From the first of some days until publication, where a mark says so between their word and the event word.
fn from_mark(
    counts: &Counts,
    below: Below<'_>,
    draft: &Draft,
    at: usize,
    days: Interval,
    span: Span,
) -> Option<Over> {
    let sentence = &below.parse.sentences[draft.sentence];
    let above = std::iter::once(at).chain(sentence.ancestors(at));
    let below_event = above.take_while(|up| !draft.reading.spine.contains(up));
    let mut marks = below_event.take(REACH).flat_map(|up| sentence.children(up));
    let mark = marks.find(|child| is_mark(counts, below, sentence, *child, "since"))?;
    let published = below.times.published.date?;
    let begun = days.earliest.filter(|first| *first < published)?;
    let span = sentence.tokens[mark].span.cover(span);
    Some((Interval::new(Some(begun), Some(published), days.granularity), span))
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
