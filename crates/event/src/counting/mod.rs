//! "has visited twice — first …, and again …": claims of number and order, and the events they name.

mod legs;
mod over;

use std::collections::{BTreeMap, BTreeSet};

use legation_knowledge::{Files, LoadError, Table};
use legation_record::{
    Claim, ClaimKind, Comparison, Event, Evidence, Granularity, Interval, Span, Status, Timex,
};

use legation_text::Upos;

use crate::{
    Below,
    draft::Draft,
    when::{self, times},
};
pub use legs::legs;

const FILE: &str = "lexicon/counts.tsv";
/// How many words before a time a mark of order may stand.
const NEAR: usize = 3;

/// Senses of words that are no number.
const SENSES: [&str; 7] = ["first", "last", "next", "and", "since", "within", "anywhere"];
/// What the words before a number make of it.
const COMPARISONS: [(&str, Comparison); 5] = [
    ("at_least", Comparison::AtLeast),
    ("more_than", Comparison::MoreThan),
    ("at_most", Comparison::AtMost),
    ("less_than", Comparison::LessThan),
    ("about", Comparison::About),
];

/// Words of number and order.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    numbers: BTreeMap<String, u32>,
    ordinals: BTreeMap<String, u32>,
    senses: BTreeMap<&'static str, Vec<String>>,
    comparisons: BTreeMap<String, Comparison>,
}

/// A claim found beside an event word.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What sort.
    pub kind: ClaimKind,
    /// The number.
    pub value: Option<u32>,
    /// How the number is meant.
    pub comparison: Comparison,
    /// Whether the one told of is the last of so many: "for the third time".
    pub nth: bool,
    /// Whether those to any place are counted: "first foreign trip".
    pub anywhere: bool,
    /// Where it says so.
    pub span: Span,
}

impl Counted {
    fn number(value: u32, comparison: Comparison, span: Span) -> Self {
        Self { value: Some(value), comparison, ..Self::order(ClaimKind::Count, span) }
    }

    fn nth(value: u32, span: Span) -> Self {
        Self { nth: true, ..Self::number(value, Comparison::Exactly, span) }
    }

    fn order(kind: ClaimKind, span: Span) -> Self {
        Self { kind, value: None, comparison: Comparison::Exactly, nth: false, anywhere: false, span }
    }

    /// Whether something told with this status can be claimed to be of this number or order.
    fn fits(&self, status: Status) -> bool {
        let told = matches!(status, Status::Held | Status::Ongoing);
        let ahead = matches!(status, Status::Planned | Status::Possible | Status::Invited);
        told || (ahead && (self.nth || self.kind == ClaimKind::First))
    }
}

impl Counts {
    /// Loads the list.
    ///
    /// # Errors
    /// When it is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["words", "sense"])?;
        let mut counts = Self::default();
        for row in table.rows() {
            let words: Vec<String> = row.list(0).map(str::to_owned).collect();
            counts.enter(row.get(1), words).map_err(|message| row.error(1, message))?;
        }
        Ok(counts)
    }

    fn enter(&mut self, sense: &str, words: Vec<String>) -> Result<(), String> {
        if let Some(known) = SENSES.iter().find(|known| **known == sense) {
            self.senses.entry(known).or_default().extend(words);
        } else if let Some((_, comparison)) = COMPARISONS.iter().find(|(name, _)| *name == sense) {
            self.comparisons.extend(words.into_iter().map(|word| (word, *comparison)));
        } else if let Some(number) = sense.strip_prefix("nth ") {
            let value = number.parse().map_err(|_| format!("'{number}' is no number: write 'nth 3'"))?;
            self.ordinals.extend(words.into_iter().map(|word| (word, value)));
        } else {
            let value = sense.parse().map_err(|_| {
                let senses = [&SENSES[..], &COMPARISONS.map(|(name, _)| name)].concat().join(", ");
                format!("'{sense}' is no number and no sense: write 3, 'nth 3' or one of {senses}")
            })?;
            self.numbers.extend(words.into_iter().map(|word| (word, value)));
        }
        Ok(())
    }

    fn is(&self, sense: &str, word: &str) -> bool {
        self.senses.get(sense).is_some_and(|words| words.iter().any(|one| one == word))
    }

    /// A number word or digits.
    #[must_use]
    pub fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied().or_else(|| word.parse().ok())
    }

    /// What the words around a draft's event word count or order.
    #[must_use]
    pub fn read(&self, below: Below<'_>, draft: &Draft) -> Option<Counted> {
        let counted = self.beside(below, draft)?;
        let sentence = &below.parse.sentences[draft.sentence];
        let noun = sentence.tokens.iter().find(|token| token.span.contains(counted.span));
        let noun = noun.and_then(|token| token.head);
        let any =
            |at: usize| self.is("anywhere", &sentence.tokens[at].form(&below.article.text).to_lowercase());
        let anywhere = noun.is_some_and(|noun| sentence.children(noun).any(any));
        Some(Counted { anywhere, ..counted })
    }

    fn beside(&self, below: Below<'_>, draft: &Draft) -> Option<Counted> {
        let sentence = &below.parse.sentences[draft.sentence];
        let text = below.article.text.as_str();
        let timed = times(below, sentence);
        let in_time = |at: usize| timed.iter().any(|(_, time)| time.span.overlaps(sentence.tokens[at].span));
        let near: Vec<usize> = draft.reading.spine.iter().flat_map(|word| sentence.children(*word)).collect();
        let words = near.iter().copied().filter(|at| !in_time(*at));
        for at in words {
            let token = &sentence.tokens[at];
            let word = token.form(text).to_lowercase();
            let value = self.number(&word).filter(|_| token.is_rel("advmod"));
            if value.is_some() && !self.is("next", &word) || word == "twice" {
                let comparison = self.comparison(sentence, text, at);
                return Some(Counted::number(value.unwrap_or(2), comparison, token.span));
            }
            if let Some(counted) = self.times(below, draft.sentence, at) {
                return Some(counted);
            }
            let beside = token.is_rel("amod") || token.is_rel("advmod");
            let order = beside && self.is("first", &word) && (token.is_rel("amod") || at < draft.word);
            if order {
                return Some(Counted::order(ClaimKind::First, token.span));
            }
            if let Some(value) = self.ordinals.get(&word).filter(|_| token.is_rel("amod")) {
                return Some(Counted::nth(*value, token.span));
            }
            if beside && self.is("last", &word) && at < draft.word {
                return Some(Counted::order(ClaimKind::Last, token.span));
            }
        }
        self.antecedent(below, draft)
    }

    /// Where the second count after an event word begins: what follows belongs to another event's series.
    fn next_count(&self, sentence: &legation_text::Sentence, text: &str, word: usize) -> usize {
        let counts = sentence.tokens[word..].iter().filter(|token| {
            token.upos == Upos::Adv && self.number(&token.form(text).to_lowercase()).is_some()
        });
        counts.map(|token| token.span.start).nth(1).unwrap_or(sentence.span.end)
    }

    /// What the words right before a number make of it: "more than a", "at least".
    fn comparison(&self, sentence: &legation_text::Sentence, text: &str, number: usize) -> Comparison {
        let form = |at: usize| sentence.tokens[at].form(text).to_lowercase();
        let article = number.checked_sub(1).filter(|at| sentence.tokens[*at].is_rel("det"));
        let end = article.unwrap_or(number);
        let said = |words: usize| {
            let start = end.checked_sub(words)?;
            let phrase: Vec<String> = (start..end).map(form).collect();
            self.comparisons.get(&phrase.join(" ")).copied()
        };
        said(2).or_else(|| said(1)).unwrap_or_default()
    }

    /// "three times", "for the first time", "for the third time".
    fn times(&self, below: Below<'_>, sentence: usize, at: usize) -> Option<Counted> {
        let sentence = &below.parse.sentences[sentence];
        let token = &sentence.tokens[at];
        if token.lemma.as_ref() != "time" {
            return None;
        }
        let text = below.article.text.as_str();
        sentence.children(at).find_map(|child| {
            let word = sentence.tokens[child].form(text).to_lowercase();
            let span = sentence.tokens[child].span.cover(token.span);
            if let Some(value) = self.number(&word).filter(|_| sentence.tokens[child].is_rel("nummod")) {
                return Some(Counted::number(value, self.comparison(sentence, text, child), span));
            }
            if let Some(value) = self.ordinals.get(&word) {
                return Some(Counted::nth(*value, span));
            }
            self.is("first", &word).then(|| Counted::order(ClaimKind::First, span))
        })
    }

    /// "the first leader to visit".
    fn antecedent(&self, below: Below<'_>, draft: &Draft) -> Option<Counted> {
        let sentence = &below.parse.sentences[draft.sentence];
        let token = &sentence.tokens[draft.word];
        let head = token.head.filter(|_| token.is_rel("acl"))?;
        let text = below.article.text.as_str();
        let mut words = sentence.children(head).chain([head]).map(|child| &sentence.tokens[child]);
        let first = words.find(|child| self.is("first", &child.form(text).to_lowercase()))?;
        Some(Counted::order(ClaimKind::First, first.span))
    }

    /// The times of a counted series, told one by one after the event word.
    #[must_use]
    pub fn series<'a>(&self, below: Below<'a>, draft: &Draft) -> Vec<(Span, &'a Timex)> {
        let sentence = &below.parse.sentences[draft.sentence];
        let text = below.article.text.as_str();
        let start = sentence.tokens[draft.word].span.end;
        let end = self.next_count(sentence, text, draft.word);
        let mut all = Vec::new();
        for time in in_sentence(below, sentence)
            .iter()
            .filter(|time| time.span.start >= start && time.span.start < end)
        {
            let first = sentence.tokens.partition_point(|token| token.span.end <= time.span.start);
            let before = first.saturating_sub(NEAR)..first;
            let mark =
                before.rev().find(|at| self.is("next", &sentence.tokens[*at].form(text).to_lowercase()));
            if let Some(mark) = mark.filter(|_| time.interval.is_some()) {
                let own = time.evidence.spans.iter().filter(|span| sentence.span.contains(**span));
                let span = own.fold(time.span, |all, span| all.cover(*span));
                all.push((sentence.tokens[mark].span.cover(span), time));
            }
        }
        all
    }
}

/// Days between two dates of one verb from which on they tell two events, for a visit lasts; of months and of years.
const APART: [(Granularity, i64); 3] =
    [(Granularity::Year, 1), (Granularity::Month, 20), (Granularity::Day, 6)];

impl Counts {
    /// The dates of an event word that is told once for several: "in May 2024 and in October 2023".
    fn dates<'a>(&self, below: Below<'a>, draft: &Draft, event: &Event) -> Vec<&'a Timex> {
        let sentence = &below.parse.sentences[draft.sentence];
        let own = event.when.iter().flat_map(|when| &when.times);
        let all: Vec<&Timex> =
            in_sentence(below, sentence).iter().filter(|time| when::is_dated(time)).collect();
        let Some(at) = own.filter_map(|id| all.iter().position(|time| time.id == *id)).next() else {
            return Vec::new();
        };
        let joined = |pair: &&[&Timex]| {
            gap(pair[0], pair[1]).is_some()
                && self.joins(below, sentence, pair[0].span.end..pair[1].span.start)
        };
        let more = all[at..].windows(2).take_while(joined).count();
        all[at..=at + more].to_vec()
    }

    /// Whether between two dates nothing stands but signs, prepositions, articles and words like "and".
    fn joins(
        &self,
        below: Below<'_>,
        sentence: &legation_text::Sentence,
        between: std::ops::Range<usize>,
    ) -> bool {
        let tokens = sentence.tokens.iter().skip_while(|token| token.span.start < between.start);
        let mut tokens = tokens.take_while(|token| token.span.end <= between.end).peekable();
        let light = |token: &legation_text::Token| {
            let word = token.form(&below.article.text).to_lowercase();
            let plain = [Upos::Punct, Upos::Adp, Upos::Det].contains(&token.upos);
            (plain && word != ";") || self.is("and", &word) || self.is("next", &word)
        };
        tokens.peek().is_some() && tokens.all(light)
    }
}

/// Whether two expressions lie so far from each other that each tells an event.
fn is_apart(one: &Timex, other: &Timex) -> bool {
    let least = |time: &Timex| {
        let granularity = time.interval.map_or(Granularity::Day, |interval| interval.granularity);
        let known = APART.iter().find(|(one, _)| *one == granularity);
        known.map_or(APART[2].1, |(_, days)| *days)
    };
    gap(one, other).is_some_and(|days| days >= least(one).max(least(other)))
}

/// An event told with several dates: one for each, or one that lasts where they lie side by side.
fn on_dates(event: Event, dates: &[&Timex]) -> Vec<Event> {
    if dates.len() < 2 {
        return vec![event];
    }
    if dates.windows(2).all(|pair| is_apart(pair[0], pair[1])) {
        return dates.iter().map(|time| one(&event, time.evidence.cover(), time, None)).collect();
    }
    vec![over_dates(event, dates)]
}

/// An event from the first of its dates to the last.
fn over_dates(mut event: Event, dates: &[&Timex]) -> Event {
    let mut bounds = dates.iter().filter_map(|time| time.interval);
    let first = bounds.clone().filter_map(|it| it.earliest).min();
    let end = bounds.clone().filter_map(|it| it.latest).max();
    let granularity = bounds.next_back().map_or(Granularity::Unknown, |interval| interval.granularity);
    event.interval = Some(Interval::new(first, end, granularity));
    if let Some(when) = &mut event.when {
        when.times = dates.iter().map(|time| time.id.clone()).collect();
    }
    let last = dates.last().map(|time| Evidence::new(time.evidence.cover(), "event/series"));
    event.evidence.extend(last);
    event
}

/// Days between two intervals that do not touch.
fn gap(one: &Timex, other: &Timex) -> Option<i64> {
    let day =
        |date: legation_record::Date| jiff::civil::Date::new(date.year(), date.month(), date.day()).ok();
    let (one, other) = (one.interval?, other.interval?);
    let between = |end: Interval, start: Interval| {
        let days = day(start.earliest?)? - day(end.latest?)?;
        Some(i64::from(days.get_days()))
    };
    between(one, other).filter(|days| *days > 0).or(between(other, one).filter(|days| *days > 0))
}

fn in_sentence<'a>(below: Below<'a>, sentence: &legation_text::Sentence) -> &'a [Timex] {
    let times = &below.times.times;
    let first = times.partition_point(|time| time.span.start < sentence.span.start);
    let end = times.partition_point(|time| time.span.start < sentence.span.end);
    &times[first..end.max(first)]
}

/// The expressions that the counted series of a sentence use.
#[must_use]
pub fn used(counts: &Counts, below: Below<'_>, drafts: &[Draft]) -> BTreeSet<String> {
    let counted =
        |draft: &&Draft| counts.read(below, draft).is_some_and(|counted| counted.kind == ClaimKind::Count);
    let series = drafts.iter().filter(counted).flat_map(|draft| counts.series(below, draft));
    series.map(|(_, time)| time.id.clone()).collect()
}

/// The events and the claim that a counted event word stands for.
#[must_use]
pub fn expand(counts: &Counts, below: Below<'_>, draft: &Draft, event: Event) -> (Vec<Event>, Option<Claim>) {
    if event.status == Status::Negated {
        let none = over::since_told(counts, below, draft).map(|over| never(&event, draft, below, over));
        return (vec![event], none);
    }
    let counted = counts.read(below, draft).filter(|counted| counted.fits(event.status));
    let is_count = |counted: &Counted| counted.kind == ClaimKind::Count && !counted.nth;
    let dates = counts.dates(below, draft, &event);
    let Some(counted) = counted else { return (on_dates(event, &dates), None) };
    let mut series = if is_count(&counted) { counts.series(below, draft) } else { Vec::new() };
    let mut event = event;
    if series.is_empty() && is_count(&counted) && dates.len() > 1 {
        if counted.value == u32::try_from(dates.len()).ok() {
            series = dates.into_iter().map(|time| (time.evidence.cover(), time)).collect();
        } else {
            // "four times in 2018 and 2019": the years they lie in.
            event = over_dates(event, &dates);
        }
    }
    let over = over::over(counts, below, draft, &counted);
    if series.is_empty() {
        let over = over.or_else(|| over::told(below, &event, &counted));
        let claim = claim(&event, &counted, over);
        let many = counted.value.is_some_and(|value| value > 1) && !counted.nth;
        return (vec![Event { repeated: event.repeated || many, ..event }], Some(claim));
    }
    let claim = claim(&event, &counted, over);
    let events = series.into_iter().map(|(span, time)| one(&event, span, time, over)).collect();
    (events, Some(claim))
}

/// "has not visited since 2019": a claim that there was none.
fn never(event: &Event, draft: &Draft, below: Below<'_>, over: (Interval, Span)) -> Claim {
    let word = below.parse.sentences[draft.sentence].tokens[draft.word].span;
    claim(event, &Counted::number(0, Comparison::Exactly, word), Some(over))
}

/// One of a series.
fn one(event: &Event, span: Span, time: &Timex, over: Option<(Interval, Span)>) -> Event {
    let mut when = when::from_time(time, "told one by one after their number");
    if let Some(within) = over.and_then(|(over, _)| when.interval.intersect(over)) {
        when.interval = within;
    }
    let mut one = event.clone();
    one.interval = Some(when.interval);
    one.when = Some(when.reason);
    one.evidence.push(Evidence::new(span, "event/series"));
    one
}

/// "visits by A to B", "talks by A and B".
fn about(kind: &str, actors: &[&str], others: &[String]) -> String {
    let kind = kind.replace('_', " ");
    let many = match kind.strip_suffix('y') {
        _ if kind.ends_with('s') => kind,
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{kind}s"),
    };
    let side = |word: &str, names: String| if names.is_empty() { names } else { format!(" {word} {names}") };
    many + &side("by", actors.join(" and ")) + &side("to", others.join(" and "))
}

fn claim(event: &Event, counted: &Counted, over: Option<(Interval, Span)>) -> Claim {
    let main: Vec<&legation_record::Participant> = event.participants.iter().collect();
    let role = main.first().map(|one| one.role.0.clone()).unwrap_or_default();
    let (actors, others): (Vec<&legation_record::Participant>, Vec<_>) =
        main.into_iter().partition(|one| one.role.0 == role);
    let names: Vec<&str> = actors.iter().map(|one| one.text.as_str()).collect();
    let others = if counted.anywhere { Vec::new() } else { others };
    let to: Vec<String> =
        others.iter().map(|one| one.country.clone().unwrap_or_else(|| one.text.clone())).collect();
    let mut spans: Vec<Span> = event.evidence.iter().flat_map(|one| one.spans.clone()).collect();
    spans.push(counted.span);
    spans.extend(over.map(|(_, span)| span));
    let cover = spans.iter().skip(1).fold(spans[0], |all, span| all.cover(*span));
    Claim {
        id: String::new(),
        kind: counted.kind,
        about: about(&event.kind.0, &names, &to),
        event_kind: event.kind.0.clone(),
        actors: actors.iter().filter_map(|one| one.entity.clone()).collect(),
        recipients: others.iter().filter_map(|one| one.country.clone()).collect(),
        value: counted.value,
        comparison: counted.comparison,
        over: over.map(|(interval, _)| interval),
        events: Vec::new(),
        evidence: Evidence::new(cover, "event/count"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_names_its_events_in_the_plural() {
        assert_eq!(about("visit", &["Ann"], &["CHN".to_owned()]), "visits by Ann to CHN");
        assert_eq!(about("talks", &["Ann", "Bob"], &[]), "talks by Ann and Bob");
        assert_eq!(about("arms_supply", &[], &[]), "arms supplies");
    }
}
