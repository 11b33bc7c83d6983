//! When: TIMEX3 expressions as intervals, and the publication date they count from.
//!
//! The rules are data (`knowledge/rules/time/`, described in `docs/time-rules.md`): a word pattern,
//! a normalisation expression, sentences where the rule fires and sentences where it is silent. The
//! reader finds the longest match at each place, asks the tense of the governing verb where a name
//! like "Saturday" may point either way, and states the days that expression and preposition allow
//! together. Without a publication date it infers one, or leaves relative expressions open.

mod calendar;
mod dated;
mod direction;
mod evaluate;
mod event;
mod examples;
mod expression;
mod holiday;
mod interval;
mod meaning;
mod published;
mod rule;
mod timeml;

use std::{collections::HashMap, ops::Range};

use jiff::civil;
use legation_knowledge::{Files, LoadError, Table};
use legation_record::{Article, Evidence, Interval, Published, Span, Timex, TimexKind};
use legation_text::{
    NameKind, Parse, Token,
    pattern::{Atoms, Found, Value, WordLists},
};

use calendar::{Stamp, Unit};
use dated::{Dated, governor};
use direction::Direction;
use evaluate::{Anchor, Context, Earlier, Reached};
pub use event::KnownEvent;
use event::{Bound, WorldEvents};
use holiday::Holidays;
use interval::{Bearing, Modifier, Signal};
use meaning::Meaning;
use rule::{Rule, RuleBook};
pub use timeml::timeml;

/// Reads time expressions.
#[derive(Debug, Clone)]
pub struct TimeReader {
    book: RuleBook,
    holidays: Holidays,
    events: WorldEvents,
    by_word: HashMap<String, Vec<usize>>,
    by_digit: Vec<usize>,
}

/// What the time reader adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLayer {
    /// The publication date used.
    pub published: Published,
    /// In the order of the text.
    pub times: Vec<Timex>,
    /// The dated events of the world that the article names, in the order of the text.
    pub known: Vec<KnownEvent>,
}

/// An expression found, before it becomes a [`Timex`].
#[derive(Debug, Clone)]
struct Hit {
    atoms: Range<usize>,
    span: Span,
    rule: usize,
    meaning: Meaning,
    value: String,
    anchor: Anchor,
    direction: Direction,
    signal: Option<(Signal, Span)>,
    modifier: Option<String>,
    quant: Option<String>,
    freq: Option<String>,
    weekday: Option<i8>,
    event: Option<Bound>,
}

impl Hit {
    /// Puts a time of day on another day.
    fn count_from(&mut self, on: civil::Date, anchor: Anchor, event: Option<Bound>) {
        if let Meaning::Clock { day, .. } = &mut self.meaning {
            *day = Some(Stamp::Day(on));
        }
        self.value = self.meaning.value();
        (self.anchor, self.event) = (anchor, event);
    }
}

/// Where a reading stands.
struct Pass<'p> {
    text: &'p str,
    atoms: &'p Atoms<'p>,
    parse: &'p Parse,
    published: Option<civil::Date>,
    hits: Vec<Hit>,
    /// Latest first.
    earlier: Vec<Earlier>,
}

const WORDS: &str = "lexicon/time-words.tsv";
const CONTEXT: usize = 10;
const REMEMBERED: usize = 64;
/// So many words on an expression that counts from what is dated next is sought its date.
const NEXT: usize = 5;
/// So many expressions after a time of day are looked at for its day.
const BESIDE: usize = 4;

impl TimeReader {
    /// Loads its rules and words.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut lists = WordLists::default();
        let own = files.below("rules/time/", ".tsv");
        for (file, text) in std::iter::once((WORDS, files.text(WORDS)?)).chain(own) {
            for row in Table::read(file, text, &["list", "words", "value"])?.rows() {
                row.list(1).for_each(|phrase| lists.add(row.get(0), phrase, Value::of(row.get(2))));
            }
        }
        let holidays = Holidays::load(files, &mut lists)?;
        let book = RuleBook::load(files, lists)?;
        let mut reader = Self {
            book,
            holidays,
            events: WorldEvents::load(files)?,
            by_word: HashMap::new(),
            by_digit: Vec::new(),
        };
        reader.index();
        Ok(reader)
    }

    fn index(&mut self) {
        for (index, rule) in self.book.rules.iter().enumerate() {
            let firsts = rule.pattern.firsts(&self.book.lists);
            firsts.words.into_iter().for_each(|word| self.by_word.entry(word).or_default().push(index));
            if firsts.digits {
                self.by_digit.push(index);
            }
        }
    }

    /// Reads the times of an article; never fails.
    #[must_use]
    pub fn read(&self, article: &Article, parse: &Parse) -> TimeLayer {
        let atoms = Atoms::new(&article.text);
        let published = match article.meta.published {
            Some(day) => Published::given(day),
            None => published::infer(self, &atoms, parse, &self.pass(article, parse, &atoms, None)),
        };
        let day = published::given(&published);
        let hits = self.pass(article, parse, &atoms, day);
        let known = self.events.named(&atoms, &self.book.lists);
        TimeLayer { times: self.times(&atoms, &hits, day), published, known }
    }

    fn pass(
        &self,
        article: &Article,
        parse: &Parse,
        atoms: &Atoms<'_>,
        published: Option<civil::Date>,
    ) -> Vec<Hit> {
        let mut pass =
            Pass { text: &article.text, atoms, parse, published, hits: Vec::new(), earlier: Vec::new() };
        let mut at = 0;
        while at < atoms.items.len() {
            let hit = self.hit(&pass, at, |_| true);
            at = hit.as_ref().map_or(at + 1, |hit| hit.atoms.end);
            if let Some(hit) = hit {
                let told = !self.is_dayless(&hit);
                pass.keep(hit, told);
            }
        }
        self.date_clocks(&mut pass);
        pass.hits
    }

    /// A time of day that names no day is of the one that its verb has, or that the article gives to what the verb
    /// tells: "at 6 a.m., ten days before the vote".
    fn date_clocks(&self, pass: &mut Pass<'_>) {
        for at in 0..pass.hits.len() {
            let found = self.is_dayless(&pass.hits[at]).then(|| self.day_of_clock(pass, at)).flatten();
            if let Some((day, anchor, event)) = found {
                pass.hits[at].count_from(day, anchor, event);
            }
        }
    }

    /// Whether an expression is a time of day that names no day.
    fn is_dayless(&self, hit: &Hit) -> bool {
        let value = &self.book.rules[hit.rule].value;
        ["clock", "part"].iter().any(|call| value.calls(call) && value.argument(call, "of").is_none())
    }

    fn day_of_clock(&self, pass: &Pass<'_>, at: usize) -> Option<(civil::Date, Anchor, Option<Bound>)> {
        let verb = governor(pass.parse, pass.hits[at].span)?;
        let later = pass.hits.iter().enumerate().skip(at + 1).take(BESIDE);
        let mut beside = later
            .take_while(|(_, hit)| pass.parse.token_at(hit.span.start).is_some_and(|(s, _)| s == verb.0));
        let day = |hit: &Hit| if let Meaning::At(Stamp::Day(day)) = hit.meaning { Some(day) } else { None };
        let of_verb = beside.find_map(|(index, hit)| {
            let day = day(hit).filter(|_| governor(pass.parse, hit.span) == Some(verb))?;
            Some((day, Anchor::Earlier(index), None))
        });
        of_verb.or_else(|| {
            let word = &pass.parse.sentences[verb.0].tokens[verb.1];
            let event = self.dated(pass).day_of_happening(word)?;
            Some((event.first, Anchor::Event, Some(event)))
        })
    }

    /// The best expression that begins at an atom: the longest, then the highest rank.
    fn hit(&self, pass: &Pass<'_>, at: usize, wanted: impl Fn(&Rule) -> bool) -> Option<Hit> {
        let atom = &pass.atoms.items[at];
        let by_word = self.by_word.get(atom.word.as_ref()).map_or(&[][..], Vec::as_slice);
        let by_digit = if atom.figure.is_some() { &self.by_digit[..] } else { &[] };
        let mut found: Vec<(usize, Found)> = by_word
            .iter()
            .chain(by_digit)
            .filter(|index| wanted(&self.book.rules[**index]))
            .filter_map(|index| {
                let rule = &self.book.rules[*index];
                Some((*index, rule.pattern.find(pass.atoms, &self.book.lists, at)?))
            })
            .collect();
        found.sort_by_key(|(index, found)| {
            (std::cmp::Reverse((found.end, self.book.rules[*index].rank)), *index)
        });
        found.into_iter().find_map(|(index, found)| self.accept(pass, index, at, found))
    }

    fn accept(&self, pass: &Pass<'_>, index: usize, at: usize, found: Found) -> Option<Hit> {
        let rule = &self.book.rules[index];
        let found = self.in_context(rule, pass.atoms, at, found)?;
        let range = at..found.end;
        let span = pass.atoms.items[at].span.cover(pass.atoms.items[found.end - 1].span);
        if in_name(pass.parse, span) || self.is_title(pass.atoms, &range) {
            return None;
        }
        let direction = direction::of(pass.text, pass.parse, pass.atoms, &self.book.lists, range.clone());
        let signal = Signal::before(pass.atoms, &self.book.lists, at);
        let attribute = before_noun(pass.parse, span);
        let signal = signal.filter(|_| !attribute);
        // "said it would try again under a June agreement": what is only meant to be done does not date the noun.
        let direction =
            if attribute && direction == Direction::Likely { Direction::Unknown } else { direction };
        let tense = direction;
        let direction = told_by(signal.map(|(signal, _)| signal), direction, found.get("w").is_some());
        if rule.told.is_some_and(|told| told != direction) {
            return None;
        }
        let event = self.event(pass, rule, &range);
        let context = Context {
            published: pass.published,
            earlier: &pass.earlier,
            direction,
            tense,
            atom: at,
            sentence: sentence_start(pass, span),
            holidays: &self.holidays,
            event: event.as_ref().map(|event| (event.first, event.last)),
            found: &found,
        };
        let Reached { meaning, anchor } = context.reach(&rule.value)?;
        let text = |expression: &Option<_>| expression.as_ref().and_then(|it| context.text(it));
        let weekday =
            found.get("w").and_then(|value| if let Value::Number(n) = value { Some(*n as i8) } else { None });
        Some(Hit {
            value: meaning.value(),
            modifier: text(&rule.modifier),
            quant: text(&rule.quant),
            freq: text(&rule.freq),
            event: event.filter(|_| anchor == Anchor::Event),
            atoms: range,
            rule: index,
            span,
            meaning,
            anchor,
            direction,
            signal,
            weekday,
        })
    }

    /// "This Week", "60 Minutes": in quotation marks and with a capital unit, a programme.
    fn is_title(&self, atoms: &Atoms<'_>, range: &Range<usize>) -> bool {
        let before = range.start.checked_sub(1).map(|at| &*atoms.items[at].word);
        let quoted = matches!(before, Some("\"" | "'"));
        let last = &atoms.items[range.end - 1];
        let unit = || self.book.lists.value("any-unit", atoms, range.end - 1).is_some();
        quoted && range.len() > 1 && last.capital && unit()
    }

    /// Checks what must and must not stand about the match; adds what the context captures.
    fn in_context(&self, rule: &Rule, atoms: &Atoms<'_>, at: usize, mut found: Found) -> Option<Found> {
        let lists = &self.book.lists;
        let cut = at > 0
            && atoms.items[at].glued
            && is_alphanumeric(&atoms.items[at - 1].word)
            && is_alphanumeric(&atoms.items[at].word);
        let unwanted = rule.not_before.iter().any(|it| it.find_before(atoms, lists, at, CONTEXT).is_some())
            || rule.not_after.iter().any(|it| it.find(atoms, lists, found.end).is_some());
        if cut || unwanted {
            return None;
        }
        if let Some(before) = &rule.before {
            found.captures.extend(before.find_before(atoms, lists, at, CONTEXT)?.1.captures);
        }
        if let Some(after) = &rule.after {
            found.captures.extend(after.find(atoms, lists, found.end)?.captures);
        }
        Some(found)
    }

    fn event(&self, pass: &Pass<'_>, rule: &Rule, range: &Range<usize>) -> Option<Bound> {
        rule.value.argument("event", "by")?;
        let world = self.events.find(pass.atoms, &self.book.lists, range.end);
        let told = || self.dated(pass).find(range.end);
        world.or_else(|| self.dated_next(pass, range.end)).or_else(told)
    }

    /// What the article has dated so far.
    fn dated<'d>(&'d self, pass: &'d Pass<'_>) -> Dated<'d> {
        let day = |earlier: &Earlier| match earlier.stamp {
            // "two days after the shooting" hangs on the shooting and is not its day.
            Stamp::Day(day) if earlier.told => Some((pass.hits.get(earlier.index)?.span, day)),
            _ => None,
        };
        let days = pass.earlier.iter().filter_map(day).collect();
        Dated { text: pass.text, parse: pass.parse, atoms: pass.atoms, lists: &self.book.lists, days }
    }

    /// What the next words date: "two days before Christmas", "a week after the vote of May 5".
    fn dated_next(&self, pass: &Pass<'_>, from: usize) -> Option<Bound> {
        let open = |at: &usize| !event::ends(&pass.atoms.items[*at].word);
        let places = (from..(from + NEXT).min(pass.atoms.items.len())).take_while(open);
        let plain =
            |rule: &Rule| rule.kind == TimexKind::Date && rule.value.argument("event", "by").is_none();
        let hit = places.filter_map(|at| self.hit(pass, at, plain)).next()?;
        let Meaning::At(Stamp::Day(day)) = hit.meaning else { return None };
        let name = hit.span.slice(pass.text)?.to_owned();
        Some(Bound { name, first: day, last: day, span: hit.span })
    }

    fn times(&self, atoms: &Atoms<'_>, hits: &[Hit], published: Option<civil::Date>) -> Vec<Timex> {
        let mut times: Vec<Timex> = Vec::with_capacity(hits.len());
        for (index, hit) in hits.iter().enumerate() {
            let mut time = self.time(index, hit, hits, published);
            let start = range_start(atoms, hits, index);
            if let Some((start, whole)) = start.and_then(|start| Some((start, whole(&hits[start], hit)?))) {
                for end in [times.get_mut(start), Some(&mut time)].into_iter().flatten() {
                    let fine = end.interval.map_or(whole.granularity, |interval| interval.granularity);
                    let whole = Interval { granularity: fine, ..whole };
                    (end.interval, end.edtf) = (Some(whole), Some(whole.edtf()));
                }
            }
            times.push(time);
        }
        times
    }

    fn time(&self, index: usize, hit: &Hit, hits: &[Hit], published: Option<civil::Date>) -> Timex {
        let rule = &self.book.rules[hit.rule];
        let bearing = Bearing {
            signal: hit.signal.map(|(signal, _)| signal),
            modifier: hit.modifier.as_deref().map(Modifier::of),
            direction: hit.direction,
            published,
        };
        let interval = interval::of(&hit.meaning, bearing).filter(|_| rule.kind != TimexKind::Set);
        let side = if let Meaning::Lasting { side, .. } = hit.meaning { side } else { 0 };
        let point = |wanted: i8| (side == wanted && published.is_some()).then(|| "t0".to_owned());
        let anchored = side != 0 || matches!(hit.meaning, Meaning::Reference(_));
        let mut spans = vec![hit.span];
        spans.extend(hit.signal.map(|(_, span)| span));
        spans.extend(hit.event.as_ref().map(|event| event.span));
        if let Anchor::Earlier(earlier) = hit.anchor {
            spans.extend(hits.get(earlier).map(|earlier| earlier.span));
        }
        let evidence = Evidence::of(spans, &rule.id).unwrap_or_else(|| Evidence::new(hit.span, &rule.id));
        Timex {
            id: format!("t{}", index + 1),
            span: hit.span,
            kind: rule.kind,
            value: hit.value.clone(),
            modifier: hit.modifier.as_deref().map(|name| Modifier::of(name).timex(name).to_owned()),
            quant: hit.quant.clone(),
            freq: hit.freq.clone(),
            begin_point: point(1),
            end_point: point(-1),
            anchor: anchor_name(hit).or_else(|| (anchored && published.is_some()).then(|| "t0".to_owned())),
            edtf: interval.map(|interval| edtf(interval, hit)),
            interval,
            reason: reason(hit, published, rule),
            evidence,
        }
    }
}

impl Pass<'_> {
    /// "The nine months" of a report compares with a year, not with a quarter.
    fn business_year(&self, hit: &Hit) -> Option<Stamp> {
        let months =
            matches!(hit.meaning, Meaning::Lasting { count: Some(6.0..=12.0), unit: Unit::Month, side: 0 });
        let definite = self.atoms.items[hit.atoms.start].word == "the";
        self.published.filter(|_| months && definite).map(|day| Stamp::Year(day.year()))
    }

    /// Keeps an expression; `told`: its day is that of its own words.
    fn keep(&mut self, hit: Hit, told: bool) {
        if let Some(stamp) = hit.meaning.stamp().or_else(|| self.business_year(&hit)) {
            let (index, atom) = (self.hits.len(), hit.atoms.start);
            let opens = matches!(hit.signal, Some((Signal::Since | Signal::Until | Signal::By, _)));
            let told = told && !matches!(hit.anchor, Anchor::Earlier(_) | Anchor::Event);
            let full = hit.anchor == Anchor::None && !opens;
            self.earlier.insert(0, Earlier { stamp, index, atom, told, full });
            self.earlier.truncate(REMEMBERED);
        }
        self.hits.push(hit);
    }
}

/// The atom at which the sentence of some words begins; that of the words where no sentence is known.
fn sentence_start(pass: &Pass<'_>, span: Span) -> usize {
    let sentence = pass.parse.token_at(span.start).map(|(sentence, _)| &pass.parse.sentences[sentence]);
    pass.atoms.at(sentence.map_or(span.start, |sentence| sentence.span.start))
}

fn is_alphanumeric(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_alphanumeric)
}

/// What prepositions say stronger than tenses: "since" looks back, "until" ahead.
fn told_by(signal: Option<Signal>, direction: Direction, weekday: bool) -> Direction {
    match signal {
        Some(Signal::Since) => Direction::Past,
        Some(Signal::Until) if !weekday || direction != Direction::Past => Direction::Coming,
        Some(Signal::By) if !weekday => Direction::Coming,
        _ => direction,
    }
}

/// "after Friday's vote": the preposition governs the noun, which the expression dates.
fn before_noun(parse: &Parse, span: Span) -> bool {
    let (Some((s, first)), Some((_, last))) = (parse.token_at(span.start), parse.token_at(span.end - 1))
    else {
        return false;
    };
    let tokens = &parse.sentences[s].tokens;
    let top = (first..=last.min(tokens.len() - 1))
        .find(|at| tokens[*at].head.is_none_or(|head| !(first..=last).contains(&head)));
    let attribute = |token: &Token| {
        let rels = ["nmod:poss", "compound", "amod", "nummod", "nmod:unmarked"];
        token.head.is_some_and(|head| head > last) && rels.iter().any(|rel| token.is_rel(rel))
    };
    top.is_some_and(|at| attribute(&tokens[at]))
}

/// Whether the words are a piece of a longer name: "the Sunday Times".
fn in_name(parse: &Parse, span: Span) -> bool {
    let Some((s, t)) = parse.token_at(span.start) else { return false };
    let sentence = &parse.sentences[s];
    let at = sentence.names.partition_point(|name| name.last < t);
    let Some(name) = sentence.names.get(at).filter(|name| name.first <= t) else { return false };
    let kind =
        matches!(name.kind, NameKind::Person | NameKind::Organisation | NameKind::Facility | NameKind::Law);
    let last = sentence.tokens.get(name.last).map_or(span, |token| token.span);
    let whole = sentence.tokens[name.first].span.cover(last);
    kind && whole.contains(span) && whole.len() > span.len() + 1
}

/// The expression before, when both make a range: "from March to June", "May 16–17".
fn range_start(atoms: &Atoms<'_>, hits: &[Hit], index: usize) -> Option<usize> {
    let (start, hit) = (index.checked_sub(1)?, &hits[index]);
    let between = hits[start].atoms.end..hit.atoms.start;
    let mut words = between.filter_map(|at| atoms.items.get(at)).map(|atom| atom.word.as_ref());
    let joined = matches!((words.next(), words.next()), (Some("-"), None));
    let near = hit.atoms.start <= hits[start].atoms.end + 2;
    let opened = matches!(hits[start].signal, Some((Signal::From, _)));
    let closed = near && matches!(hit.signal, Some((Signal::To | Signal::Until, _)));
    let between = near && matches!(hits[start].signal, Some((Signal::Between, _)));
    let both = || between && matches!(hit.signal, Some((Signal::And, _)));
    (joined || (opened && closed) || both()).then_some(start)
}

/// From the first day of one to the last of the other.
fn whole(start: &Hit, end: &Hit) -> Option<Interval> {
    let stamp = end.meaning.stamp()?;
    let first = start.meaning.stamp()?.first().and_then(calendar::record)?;
    let last = stamp.last().and_then(calendar::record)?;
    (first <= last).then(|| Interval::new(Some(first), Some(last), stamp.granularity()))
}

fn anchor_name(hit: &Hit) -> Option<String> {
    match hit.anchor {
        Anchor::Published => Some("t0".to_owned()),
        Anchor::Earlier(index) => Some(format!("t{}", index + 1)),
        Anchor::Event => hit.event.as_ref().map(|event| event.name.clone()),
        Anchor::None | Anchor::Missing => None,
    }
}

/// The days in EDTF; a time of day to the minute, what is about right with `~`.
fn edtf(interval: Interval, hit: &Hit) -> String {
    let day = interval.earliest == interval.latest;
    let minute = hit.meaning.minute().filter(|_| day);
    let vague = hit.modifier.as_deref() == Some("APPROX");
    match minute {
        Some(minute) => minute,
        None if vague && !interval.edtf().contains('/') => interval.edtf() + "~",
        None => interval.edtf(),
    }
}

/// Functions that ask the tense where a name may point either way.
const TENSED: [&str; 7] = ["date", "month", "weekday", "quarter", "half", "season", "holiday"];

fn reason(hit: &Hit, published: Option<civil::Date>, rule: &Rule) -> String {
    let counted = match (hit.anchor, published) {
        (Anchor::Published, Some(day)) => {
            format!("counted from the publication date {day}{}", way(hit, rule))
        }
        (Anchor::Earlier(index), _) => format!("counted from the expression t{}", index + 1),
        (Anchor::Event, _) => hit.event.as_ref().map_or_else(String::new, |event| {
            format!("counted from the event \"{}\" ({})", event.name, event.days())
        }),
        (Anchor::Missing, _) => "the publication date is not known, so the year or day stays open".to_owned(),
        _ => "as written".to_owned(),
    };
    let plain = |signal| matches!(signal, Signal::In | Signal::AsOf | Signal::And);
    let bent = hit.signal.filter(|(signal, _)| !plain(*signal));
    let signal = bent.map_or_else(String::new, |(signal, _)| format!("; bounded by \"{}\"", signal.name()));
    format!("{counted}{signal}; rule {}", rule.id)
}

fn way(hit: &Hit, rule: &Rule) -> &'static str {
    if !TENSED.iter().any(|function| rule.value.calls(function)) {
        return "";
    }
    match hit.direction {
        Direction::Past => ", told as past",
        Direction::Coming | Direction::Likely => ", told as to come",
        Direction::Unknown => ", the nearest that fits",
    }
}

#[cfg(test)]
mod tests;
