//! An article's background held against the ledger: what is supported, contradicted, not known, and what it leaves out.

mod candidates;
mod judge;
#[cfg(test)]
mod tests;

use legation_record::{Claim, ClaimKind, Comparison, Date, Interval, Record, Span};
use serde::Serialize;

use crate::{
    Fault, Ledger,
    digest::article_id,
    query::EventRow,
    sameness::How,
    settle::{Days, is_held},
    telling::{Telling, quote, tellings},
    words::{number, word},
};

use candidates::Candidates;

/// How old an event must be, in days, to be background and not the news itself.
const OLD: i64 = 3;

/// What the ledger says to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Other articles tell the same.
    Supported,
    /// Other articles tell what cannot be if the claim is right.
    Contradicted,
    /// The ledger does not have enough to say.
    NotKnown,
}

/// One background claim of the article, and what the ledger says to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Id of the claim or event in the article's record.
    pub id: String,
    /// `count`, `first`, `last`, `since` or `date`.
    pub kind: String,
    /// What is claimed, in words.
    pub about: String,
    /// The number claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<u32>,
    /// When, in EDTF: the days counted over, or those of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<String>,
    /// The article's words.
    pub quote: String,
    /// Where they stand, in bytes.
    pub span: Span,
    /// Supported, contradicted or not known.
    pub answer: Answer,
    /// Why, in words.
    pub reason: String,
    /// Events that speak for it, with the articles that tell them.
    pub supporting: Vec<EventRow>,
    /// Events that speak against it.
    pub against: Vec<EventRow>,
    /// Events that the article leaves out where it should name them.
    pub left_out: Vec<EventRow>,
}

/// What a judge says.
pub(crate) struct Judgement {
    pub answer: Answer,
    pub reason: String,
    pub supporting: Vec<EventRow>,
    pub against: Vec<EventRow>,
    pub left_out: Vec<EventRow>,
}

/// What is claimed, as a judge needs it.
pub(crate) struct Claimed<'a> {
    pub kind: ClaimKind,
    pub value: Option<u32>,
    pub comparison: Comparison,
    pub over: Option<Days>,
    /// The article's own tellings that it names for the claim.
    pub named: Vec<&'a Telling>,
    /// What the ledger has of the same.
    pub events: Vec<EventRow>,
    /// By how many days tellings of one event may differ.
    pub slack: i64,
    pub published: Option<i64>,
}

impl Ledger {
    /// Holds the background of an article against everything else in the ledger. The article need not
    /// be in the ledger; where it is, its own account counts neither for nor against it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn check(&self, record: &Record) -> Result<Vec<Verdict>, Fault> {
        let article = article_id(&record.article);
        let told = tellings(record, &article, &self.sameness);
        let check = Check { ledger: self, record, article: &article, told: &told };
        let mut verdicts = Vec::new();
        for claim in &record.claims {
            verdicts.extend(check.claim(claim)?);
        }
        for telling in told.iter().filter(|telling| check.is_background(telling)) {
            verdicts.push(check.date(telling)?);
        }
        verdicts.sort_by_key(|verdict| (verdict.span.start, verdict.kind.clone(), verdict.id.clone()));
        Ok(verdicts)
    }
}

struct Check<'a> {
    ledger: &'a Ledger,
    record: &'a Record,
    article: &'a str,
    told: &'a [Telling],
}

impl Check<'_> {
    fn published(&self) -> Option<i64> {
        self.record.published.date.map(number)
    }

    /// A dated encounter or journey of the past, told as held.
    fn is_background(&self, telling: &Telling) -> bool {
        let how = self.ledger.sameness.of(&telling.kind).how;
        let days = days(telling.interval);
        let dated = telling.interval.is_some_and(|it| it.earliest.is_some() && it.latest.is_some());
        let old = self.published().zip(days.last).is_some_and(|(day, last)| last + OLD <= day);
        matches!(how, How::Journey | How::Encounter)
            && is_held(telling.status)
            && dated
            && old
            && !telling.repeated
    }

    fn candidates(&self, telling: &Telling, anywhere: bool) -> Result<Vec<EventRow>, Fault> {
        Candidates { ledger: self.ledger, article: self.article }.of(telling, anywhere)
    }

    fn slack(&self, telling: &Telling) -> i64 {
        i64::from(self.ledger.sameness.of(&telling.kind).days)
    }

    fn claim(&self, claim: &Claim) -> Result<Option<Verdict>, Fault> {
        let named: Vec<&Telling> =
            self.told.iter().filter(|telling| claim.events.contains(&telling.event)).collect();
        let Some(first) = named.first() else { return Ok(None) };
        let claimed = Claimed {
            kind: claim.kind,
            value: claim.value,
            comparison: claim.comparison,
            over: claim.over.map(|over| days(Some(over))),
            // "first foreign trip": a claim that names no host though its visit has one.
            events: self.candidates(first, claim.recipients.is_empty())?,
            slack: self.slack(first),
            published: self.published(),
            named,
        };
        let judgement = judge::judge(claimed);
        let span = claim.evidence.cover();
        Ok(Some(self.verdict(
            Said {
                id: claim.id.clone(),
                kind: word(&claim.kind),
                about: claim.about.clone(),
                value: claim.value,
                over: claim.over,
                span,
            },
            judgement,
        )))
    }

    fn date(&self, telling: &Telling) -> Result<Verdict, Fault> {
        let claimed = Claimed {
            kind: ClaimKind::Date,
            value: None,
            comparison: Comparison::default(),
            over: Some(days(telling.interval)),
            events: self.candidates(telling, false)?,
            slack: self.slack(telling),
            published: self.published(),
            named: vec![telling],
        };
        let names: Vec<&str> = telling.parties.iter().map(|party| party.name.as_str()).collect();
        let said = Said {
            id: telling.event.clone(),
            kind: word(&ClaimKind::Date),
            about: format!("{} of {}", telling.kind.replace('_', " "), names.join(", ")),
            value: None,
            over: telling.interval,
            span: telling.span,
        };
        Ok(self.verdict(said, judge::judge(claimed)))
    }

    fn verdict(&self, said: Said, judgement: Judgement) -> Verdict {
        let Judgement { answer, reason, supporting, against, left_out } = judgement;
        Verdict {
            quote: quote(&self.record.article.text, said.span),
            id: said.id,
            kind: said.kind,
            about: said.about,
            value: said.value,
            over: said.over.map(|over| over.edtf()),
            span: said.span,
            answer,
            reason,
            supporting,
            against,
            left_out,
        }
    }
}

struct Said {
    id: String,
    kind: String,
    about: String,
    value: Option<u32>,
    over: Option<Interval>,
    span: Span,
}

/// The days of an interval as numbers.
pub(crate) fn days(interval: Option<Interval>) -> Days {
    let day = |date: Option<Date>| date.map(number);
    Days { first: interval.and_then(|it| day(it.earliest)), last: interval.and_then(|it| day(it.latest)) }
}
