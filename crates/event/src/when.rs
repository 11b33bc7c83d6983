//! When an event is: the time expression that hangs on it, else its tense and the publication date.

use std::collections::BTreeSet;

use legation_mention::time::KnownEvent;
use legation_record::{
    Attribution, Date, Evidence, Granularity, Interval, Span, Status, Timex, TimexKind, WhenReason,
};
use legation_text::{Sentence, Token, Upos};

use crate::{
    Below,
    clause::{Clause, is_verbal},
    draft::Draft,
    govern::{self, Told},
    lexicon::Lexicon,
    status::{self, Reading},
};

/// So many expressions before and after a noun are looked at for one that dates it.
const MENTIONS: usize = 200;
/// So many blocks are what an article opens with.
const LEAD: usize = 3;

/// An interval with its reason.
#[derive(Debug, Clone)]
pub struct When {
    /// The days.
    pub interval: Interval,
    /// Why.
    pub reason: WhenReason,
}

impl When {
    /// Whether it lies wholly after the publication.
    pub fn is_ahead(&self, below: Below<'_>) -> bool {
        let first = self.interval.earliest;
        below.times.published.date.is_some_and(|published| first.is_some_and(|first| first > published))
    }
}

/// Finds the time of a draft among the expressions that no counted series has used.
#[must_use]
pub fn when(lexicon: &Lexicon, below: Below<'_>, draft: &Draft, used: &BTreeSet<String>) -> Option<When> {
    let sentence = &below.parse.sentences[draft.sentence];
    let (word, reading) = (draft.word, &draft.reading);
    let beside = || by_neighbours(lexicon, below, draft.sentence, word, reading);
    dated(below, sentence, word, reading, used)
        .or_else(|| beside().filter(|_| reading.status == Status::Held))
        .or_else(|| by_tense(below, sentence, word, reading))
}

/// "arrived on Wednesday before travelling to Kyiv", on Wednesday: what comes after the news is still to come.
#[must_use]
pub fn follows_the_news(lexicon: &Lexicon, below: Below<'_>, draft: &Draft) -> Option<When> {
    let sentence = &below.parse.sentences[draft.sentence];
    let clause = Clause { text: &below.article.text, sentence, lexicon };
    let token = clause.token(draft.word);
    let after = token.is_rel("advcl")
        && &*token.xpos == "VBG"
        && clause.mark(draft.word).as_deref() == Some("before");
    let (head, published) = (token.head.filter(|_| after)?, below.times.published.date?);
    of_word(lexicon, below, clause.token(head).span)
        .filter(|when| when.interval == Interval::day(published))?;
    let reason = WhenReason {
        times: vec!["t0".to_owned()],
        reason: "told to come after the news of the day of publication".to_owned(),
        evidence: Evidence::new(token.span, "event/tense"),
    };
    Some(When { interval: Interval::new(Some(published), None, Granularity::Unknown), reason })
}

/// What is told beside, before or elsewhere with a date.
fn by_neighbours(
    lexicon: &Lexicon,
    below: Below<'_>,
    index: usize,
    word: usize,
    reading: &Reading,
) -> Option<When> {
    let sentence = &below.parse.sentences[index];
    let clause = Clause { text: &below.article.text, sentence, lexicon };
    told_before(below, &clause, index, word, reading)
        .or_else(|| called_again(below, sentence, word))
        .or_else(|| fresh(below, sentence, word))
        .or_else(|| in_one_breath(lexicon, below, sentence, word, reading))
}

/// Finds the time of whatever the word at a place tells.
#[must_use]
pub fn of_word(lexicon: &Lexicon, below: Below<'_>, span: Span) -> Option<When> {
    let (index, word) = below.parse.token_at(span.start)?;
    let sentence = &below.parse.sentences[index];
    let reading = status::read(&Clause { text: &below.article.text, sentence, lexicon }, word);
    let span = sentence.tokens[word].span;
    dated(below, sentence, word, &reading, &BTreeSet::new())
        .or_else(|| said_again(lexicon, below, span))
        .or_else(|| reported(below, span))
        .or_else(|| by_neighbours(lexicon, below, index, word, &reading))
        .or_else(|| by_tense(below, sentence, word, &reading))
}

fn dated(
    below: Below<'_>,
    sentence: &Sentence,
    word: usize,
    reading: &Reading,
    used: &BTreeSet<String>,
) -> Option<When> {
    let free = |time: &Timex| is_dated(time) && !used.contains(&time.id);
    let all: Vec<_> = times(below, sentence).into_iter().filter(|(_, time)| free(time)).collect();
    let published = below.times.published.date;
    let told = Told { text: &below.article.text, sentence, word, reading, times: &all, published };
    let from = |(time, why): (&Timex, &str)| from_time(time, why);
    govern::own(told)
        .map(from)
        .or_else(|| of_the_world(below, sentence, word, reading))
        .or_else(|| govern::shared(told).map(from))
}

/// The days of the event of the world that the words name: "launched the full-scale invasion of Ukraine".
fn of_the_world(below: Below<'_>, sentence: &Sentence, word: usize, reading: &Reading) -> Option<When> {
    let token = &sentence.tokens[word];
    let done = reading.status == Status::Held && !reading.present && !reading.repeated;
    if !done || !(is_verbal(token) || is_definite(sentence, word)) {
        return None;
    }
    let over = |known: &KnownEvent| {
        let last = known.interval.latest;
        last.is_some() && below.times.published.date.is_none_or(|published| last <= Some(published))
    };
    let at = below.times.known.partition_point(|known| known.span.end <= token.span.start);
    let known = below.times.known.get(at).filter(|known| known.span.contains(token.span) && over(known))?;
    let reason = WhenReason {
        times: Vec::new(),
        reason: format!("known to the world as “{}”", known.name),
        evidence: Evidence::new(known.span, "event/world"),
    };
    Some(When { interval: known.interval, reason })
}

/// What somebody is told to have said without a day is of the day of publication.
fn reported(below: Below<'_>, span: Span) -> Option<When> {
    let mut cues = below.attributions.attributions.iter().flat_map(|one| &one.cue);
    cues.find(|cue| cue.overlaps(span))?;
    let why = "news reports what is said on the day of publication";
    Some(on_publication(below.times.published.date?, span, why))
}

/// "the attack" after "the Aug. 7 attack": the date of the same noun elsewhere, where all mentions agree.
fn called_again(below: Below<'_>, sentence: &Sentence, word: usize) -> Option<When> {
    let token = &sentence.tokens[word];
    if token.upos != Upos::Noun || !is_definite(sentence, word) {
        return None;
    }
    let center = below.times.times.partition_point(|time| time.span.end <= token.span.start);
    let near = center.saturating_sub(MENTIONS)..(center + MENTIONS).min(below.times.times.len());
    let mut found: Option<&Timex> = None;
    for time in below.times.times[near].iter().filter(|time| is_dated(time)) {
        if dated_noun(below, time).is_none_or(|noun| noun.lemma != token.lemma) {
            continue;
        }
        match found {
            Some(other) if other.interval != time.interval => return None,
            _ => found = Some(time),
        }
    }
    found.map(|time| from_time(time, "the same is dated elsewhere in the article"))
}

/// The noun that an expression stands before or hangs on.
fn dated_noun<'a>(below: Below<'a>, time: &Timex) -> Option<&'a Token> {
    let (sentence, _) = below.parse.token_at(time.span.start)?;
    let sentence = &below.parse.sentences[sentence];
    let noun = &sentence.tokens[sentence.tokens[token(sentence, time)?].head?];
    (noun.upos == Upos::Noun).then_some(noun)
}

/// Whether a noun stands for one that is known.
pub fn is_definite(sentence: &Sentence, noun: usize) -> bool {
    sentence.children(noun).map(|child| &sentence.tokens[child]).any(|child| {
        matches!(&*child.lemma, "the" | "this" | "that") && child.is_rel("det") || child.is_rel("nmod:poss")
    })
}

/// What an article opens with as done ("has signed") is its news.
fn fresh(below: Below<'_>, sentence: &Sentence, word: usize) -> Option<When> {
    let token = &sentence.tokens[word];
    let mut helpers = sentence.children(word).map(|child| &sentence.tokens[child]);
    let done = helpers
        .any(|child| child.is_rel("aux") && &*child.lemma == "have" && child.feat("Tense") == Some("Pres"));
    let leads = token.head.is_none() && sentence.block < LEAD;
    let published = below.times.published.date.filter(|_| leads && done && &*token.xpos == "VBN")?;
    Some(on_publication(published, token.span, "what an article opens with as done is its news"))
}

fn on_publication(published: Date, span: Span, why: &str) -> When {
    let reason = WhenReason {
        times: vec!["t0".to_owned()],
        reason: why.to_owned(),
        evidence: Evidence::new(span, "event/report"),
    };
    When { interval: Interval::day(published), reason }
}

/// What else the same one said in a paragraph, told again without a day: "said on Sunday … He added".
fn said_again(lexicon: &Lexicon, below: Below<'_>, span: Span) -> Option<When> {
    let all = &below.attributions.attributions;
    let cue_of = |one: &Attribution| one.cue.iter().any(|cue| cue.overlaps(span));
    let at = all.iter().position(cue_of)?;
    let block = |span: Span| below.parse.token_at(span.start).map(|(at, _)| below.parse.sentences[at].block);
    let own = block(span)?;
    let near = all[at.saturating_sub(MENTIONS)..at].iter().rev();
    let same = near.filter(|one| {
        let speaks = |who: &String| one.source_entities.contains(who);
        all[at].source_entities.iter().any(speaks)
    });
    let cues = same.filter_map(|one| one.cue.first()).filter(|cue| block(**cue) == Some(own));
    let mut told = cues.filter_map(|cue| {
        let (index, word) = below.parse.token_at(cue.start)?;
        let sentence = &below.parse.sentences[index];
        let reading = status::read(&Clause { text: &below.article.text, sentence, lexicon }, word);
        dated(below, sentence, word, &reading, &BTreeSet::new()).filter(is_closed)
    });
    told.next().map(|when| because(when, "the same speaker is told to speak then"))
}

/// What is told in one breath with something dated: "visited Oslo, meeting …", "was held and charged".
fn in_one_breath(
    lexicon: &Lexicon,
    below: Below<'_>,
    sentence: &Sentence,
    word: usize,
    reading: &Reading,
) -> Option<When> {
    let told = reading.status == Status::Held && !reading.present && is_joined(sentence, word);
    let above = sentence.tokens[word].head.filter(|_| told)?;
    let when = of_word(lexicon, below, sentence.tokens[above].span).filter(is_closed)?;
    Some(because(when, "told in one breath with what is of this date"))
}

/// Whether a word is coordinated with its like, or a participle without a time of its own.
fn is_joined(sentence: &Sentence, word: usize) -> bool {
    let token = &sentence.tokens[word];
    let Some(above) = token.head.map(|head| &sentence.tokens[head]) else { return false };
    let (verbal, over) = (is_verbal(token), is_verbal(above));
    let marked = || sentence.children(word).any(|child| sentence.tokens[child].is_rel("mark"));
    match &*token.deprel {
        "conj" => verbal == over && (!verbal || token.xpos == above.xpos),
        "acl" => !over && matches!(&*token.xpos, "VBN" | "VBG"),
        "acl:relcl" => !over && &*token.xpos == "VBN",
        // "criticised them for supplying arms": a preposition makes it another time.
        "advcl" => over && &*token.xpos == "VBG" && !marked(),
        _ => false,
    }
}

fn is_closed(when: &When) -> bool {
    when.interval.earliest.is_some() && when.interval.latest.is_some()
}

fn because(when: When, why: &str) -> When {
    When { reason: WhenReason { reason: why.to_owned(), ..when.reason }, ..when }
}

/// A past told right after a dated past of the same paragraph.
fn told_before(
    below: Below<'_>,
    clause: &Clause<'_>,
    index: usize,
    word: usize,
    reading: &Reading,
) -> Option<When> {
    let main = |sentence: &Sentence| {
        let at = sentence.tokens.iter().position(|token| token.head.is_none())?;
        (&*sentence.tokens[at].xpos == "VBD").then_some(at)
    };
    let token = clause.token(word);
    if &*token.xpos != "VBD" || reading.status != Status::Held {
        return None;
    }
    for before in (index.saturating_sub(3)..index).rev() {
        let sentence = &below.parse.sentences[before];
        if sentence.block != clause.sentence.block {
            return None;
        }
        let verb = main(sentence)?;
        let clause = Clause { text: clause.text, sentence, lexicon: clause.lexicon };
        let reading = status::read(&clause, verb);
        if let Some(when) = dated(below, sentence, verb, &reading, &BTreeSet::new()) {
            return Some(because(when, "told after what is of this date"));
        }
    }
    None
}

/// The dated expressions of a sentence, with the index of their first word.
pub fn times<'a>(below: Below<'a>, sentence: &'a Sentence) -> Vec<(usize, &'a Timex)> {
    let start = below.times.times.partition_point(|time| time.span.end <= sentence.span.start);
    let times = below.times.times[start..].iter().take_while(|time| time.span.start < sentence.span.end);
    times.filter_map(|time| Some((token(sentence, time)?, time))).collect()
}

/// The highest word of an expression; of "two days after the vote", which dates what the vote is told for, the vote.
fn token(sentence: &Sentence, time: &Timex) -> Option<usize> {
    let inside = |index: usize| time.span.overlaps(sentence.tokens[index].span);
    let mut words = (0..sentence.tokens.len()).filter(|index| inside(*index));
    let top = words.find(|index| sentence.tokens[*index].head.is_none_or(|head| !inside(head)))?;
    let leads = |at: usize| inside(at) && ["case", "mark"].iter().any(|rel| sentence.tokens[at].is_rel(rel));
    let counted = |head: &usize| *head > top && sentence.children(*head).any(leads);
    Some(sentence.tokens[top].head.filter(counted).unwrap_or(top))
}

pub(crate) fn is_dated(time: &Timex) -> bool {
    matches!(time.kind, TimexKind::Date | TimexKind::Time) && time.interval.is_some()
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
fn by_tense(below: Below<'_>, sentence: &Sentence, word: usize, reading: &Reading) -> Option<When> {
    let published = below.times.published.date?;
    let (interval, why) = bounds(reading, published)?;
    let evidence = Evidence::new(sentence.tokens[word].span, "event/tense");
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
        Status::Ongoing => Some((Interval::day(published), "going on on the day of publication")),
        Status::Held | Status::Denied => {
            Some((open(None, Some(published)), "told as past: not after publication"))
        }
        Status::Planned | Status::Invited => {
            Some((open(Some(published), None), "told as to come: not before publication"))
        }
        _ => None,
    }
}
