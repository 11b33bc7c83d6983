//! Event graphs: the figures of `score_graph.py`, with 95 % intervals by resampling documents.
//!
//! A predicted event is paired with a gold one of its kind whose trigger it overlaps or whose actor or recipient it
//! shares, one to one and best first. Gold marked as doubtful neither wins nor loses.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context;
use serde::Deserialize;

use super::{Scores, random::Random, ratio};
use crate::lines;

/// How often documents are drawn anew for an interval.
const TURNS: usize = 300;
/// What is judged of a pair, in the order of the report.
const MEASURES: [&str; 8] = ["kind", "status", "whether", "roles", "row", "codes", "when", "keep"];

type Span = (usize, usize);

#[derive(Debug, Deserialize)]
struct Document {
    id: String,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Debug, Deserialize)]
struct Event {
    kind: String,
    #[serde(default)]
    status: String,
    trigger: Span,
    #[serde(default)]
    actors: Vec<Filler>,
    #[serde(default)]
    recipients: Vec<Filler>,
    #[serde(default)]
    actors_alt: Vec<Filler>,
    #[serde(default)]
    recipients_alt: Vec<Filler>,
    #[serde(default)]
    status_alt: Vec<String>,
    start: Option<String>,
    end: Option<String>,
    #[serde(default)]
    background: bool,
    #[serde(default)]
    doubt: bool,
}

#[derive(Debug, Deserialize)]
struct Filler {
    span: Span,
    code: Option<String>,
}

/// What one document counts for.
#[derive(Debug, Clone, Default)]
struct Counts {
    hits: [usize; MEASURES.len()],
    predicted: usize,
    gold: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.hits.iter_mut().zip(other.hits).for_each(|(hits, more)| *hits += more);
        self.predicted += other.predicted;
        self.gold += other.gold;
    }

    fn f1(&self, measure: usize) -> f64 {
        200.0 * ratio(self.hits[measure] as f64, (self.predicted + self.gold) as f64)
    }
}

/// Scores all documents, those of each make (what their ids begin with), and what is news rather than background.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let gold = documents(gold)?;
    let predicted: HashMap<String, Vec<Event>> =
        documents(predictions)?.into_iter().map(|document| (document.id, document.events)).collect();
    let empty = Vec::new();
    let mut scores = Scores::default();
    let mut makes: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in &gold {
        makes.entry(make(&document.id)).or_default().push(document);
    }
    let all = [("all", gold.iter().collect::<Vec<_>>(), false), ("news", gold.iter().collect(), true)];
    let made = makes.into_iter().filter(|_| gold.len() > 1).map(|(make, documents)| (make, documents, false));
    for (name, documents, news) in all.into_iter().chain(made) {
        let count = |document: &&Document| {
            counted(predicted.get(&document.id).unwrap_or(&empty), &document.events, news)
        };
        report(&mut scores, name, &documents.iter().map(count).collect::<Vec<_>>());
    }
    Ok(scores)
}

fn documents(text: &str) -> anyhow::Result<Vec<Document>> {
    let read = |(at, value)| serde_json::from_value(value).with_context(|| format!("document {}", at + 1));
    lines::values(text)?.into_iter().enumerate().map(read).collect()
}

/// `cec` of `cec-2009-12-04-3`; what is not a short report nor our own is of another make.
fn make(id: &str) -> &str {
    id.split_once('-').map_or(id, |(make, _)| make)
}

fn counted(predicted: &[Event], gold: &[Event], news: bool) -> Counts {
    let pairs = paired(predicted, gold);
    let loose = |event: &Event| event.doubt || (news && event.background);
    let mut counts = Counts { gold: gold.iter().filter(|event| !loose(event)).count(), ..Counts::default() };
    for (at, event) in predicted.iter().enumerate() {
        let partner = pairs.get(&at).map(|at| &gold[*at]);
        if partner.is_some_and(loose) {
            continue;
        }
        counts.predicted += 1;
        if let Some(partner) = partner {
            let right = judged(event, partner);
            counts.hits.iter_mut().zip(right).for_each(|(hits, right)| *hits += usize::from(right));
        }
    }
    counts
}

fn meet(one: Span, other: Span) -> bool {
    one.0 < other.1 && one.1 > other.0
}

/// Greedy pairs, one to one, sure gold before doubtful: of each predicted event the gold one.
fn paired(predicted: &[Event], gold: &[Event]) -> HashMap<usize, usize> {
    let mut candidates = Vec::new();
    for (i, one) in predicted.iter().enumerate() {
        for (j, other) in gold.iter().enumerate().filter(|(_, other)| other.kind == one.kind) {
            let told = || other.actors.iter().chain(&other.recipients);
            let shared = one.actors.iter().chain(&one.recipients);
            let shared = shared.filter(|mine| told().any(|theirs| meet(mine.span, theirs.span))).count();
            let score = 3 * usize::from(meet(one.trigger, other.trigger)) + shared;
            if score > 0 {
                candidates.push((other.doubt, std::cmp::Reverse(score), i, j));
            }
        }
    }
    candidates.sort_unstable();
    let (mut pairs, mut used) = (HashMap::new(), BTreeSet::new());
    for (_, _, i, j) in candidates {
        if !pairs.contains_key(&i) && used.insert(j) {
            pairs.insert(i, j);
        }
    }
    pairs
}

/// Whether an event is right by each measure.
fn judged(event: &Event, gold: &Event) -> [bool; MEASURES.len()] {
    let statuses = || std::iter::once(&gold.status).chain(&gold.status_alt);
    let status = statuses().any(|status| *status == event.status);
    let whether =
        group(&event.status).is_some_and(|mine| statuses().any(|status| group(status) == Some(mine)));
    let roles = same_side(&event.actors, &gold.actors, &gold.actors_alt)
        && same_side(&event.recipients, &gold.recipients, &gold.recipients_alt);
    let codes =
        codes(&event.actors) == codes(&gold.actors) && codes(&event.recipients) == codes(&gold.recipients);
    let when = same_days(event, gold);
    [true, status, whether, roles, whether && roles, codes, when, whether && codes && when]
}

/// Whether it happened, by its status: happened, to come, called off, alleged, denied, did not.
fn group(status: &str) -> Option<char> {
    Some(match status {
        "held" | "ongoing" | "recurring" => 'H',
        "planned" | "possible" | "requested" | "hypothetical" => 'P',
        "cancelled" | "postponed" => 'C',
        "alleged" => 'A',
        "denied" => 'D',
        "negated" => 'N',
        _ => return None,
    })
}

/// Every wanted filler is met, and nobody stands there besides.
fn same_side(side: &[Filler], wanted: &[Filler], also: &[Filler]) -> bool {
    wanted.iter().all(|want| side.iter().any(|one| meet(one.span, want.span)))
        && side.iter().all(|one| wanted.iter().chain(also).any(|want| meet(one.span, want.span)))
}

fn codes(side: &[Filler]) -> BTreeSet<&str> {
    side.iter().filter_map(|one| one.code.as_deref()).filter(|code| !code.is_empty()).collect()
}

/// The days meet, and the same ends are open; gold without days asks for nothing. ISO days compare as text.
fn same_days(event: &Event, gold: &Event) -> bool {
    let (start, end) = (gold.start.as_deref(), gold.end.as_deref());
    if start.is_none() && end.is_none() {
        return true;
    }
    let (first, last) = (event.start.as_deref(), event.end.as_deref());
    first.unwrap_or("0") <= end.unwrap_or("9")
        && start.unwrap_or("0") <= last.unwrap_or("9")
        && first.is_some() == start.is_some()
        && last.is_some() == end.is_some()
}

fn report(scores: &mut Scores, name: &str, documents: &[Counts]) {
    let total = summed(documents.iter());
    scores.line(&format!(
        "{name}: {} documents, {} events, {} predicted",
        documents.len(),
        total.gold,
        total.predicted
    ));
    for (measure, title) in MEASURES.iter().enumerate() {
        let (low, high) = interval(documents, measure);
        let hits = total.hits[measure] as f64;
        let (p, r) = (100.0 * ratio(hits, total.predicted as f64), 100.0 * ratio(hits, total.gold as f64));
        let f = total.f1(measure);
        scores.line(&format!("  {title:8} P {p:5.1}  R {r:5.1}  F1 {f:5.1}  [{low:.1}–{high:.1}]"));
        for (figure, value) in [("P", p), ("R", r), ("F1", f), ("low", low), ("high", high)] {
            scores.figure(format!("{name} {title} {figure}"), value);
        }
    }
}

fn summed<'a>(counts: impl Iterator<Item = &'a Counts>) -> Counts {
    counts.fold(Counts::default(), |mut total, one| {
        total.add(one);
        total
    })
}

/// The middle 95 % of F1 over documents drawn anew.
fn interval(documents: &[Counts], measure: usize) -> (f64, f64) {
    if documents.is_empty() {
        return (0.0, 0.0);
    }
    let mut random = Random::new(1);
    let mut values: Vec<f64> = (0..TURNS)
        .map(|_| summed((0..documents.len()).map(|_| &documents[random.below(documents.len())])).f1(measure))
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[(share * TURNS as f64) as usize];
    (at(0.025), at(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id":"a-1","events":[
        {"kind":"visit","status":"held","trigger":[6,12],"actors":[{"span":[0,5],"code":"FRA"}],
         "recipients":[{"span":[13,20],"code":"KEN"}],"start":"2024-05-01","end":"2024-05-01"},
        {"kind":"talks","status":"planned","trigger":[30,35],"actors":[],"recipients":[],"start":"2024-05-02","end":null}]}"#;

    fn f1(predictions: &str, figure: &str) -> f64 {
        let gold = GOLD.replace('\n', " ");
        let scores = score(&gold, predictions).unwrap();
        scores.figures.iter().find(|(name, _)| name == figure).unwrap().1
    }

    #[test]
    fn gold_itself_is_all_right_and_nothing_is_all_wrong() {
        let gold = GOLD.replace('\n', " ");
        for measure in MEASURES {
            assert_eq!(f1(&gold, &format!("all {measure} F1")), 100.0);
            assert_eq!(f1(r#"{"id":"a-1","events":[]}"#, &format!("all {measure} F1")), 0.0);
        }
    }

    #[test]
    fn an_open_end_is_no_closed_one_and_a_wrong_country_keeps_no_row() {
        let one = |end: &str, code: &str| {
            format!(
                r#"{{"id":"a-1","events":[{{"kind":"visit","status":"held","trigger":[6,12],
                "actors":[{{"span":[0,5],"code":"{code}"}}],"recipients":[{{"span":[13,20],"code":"KEN"}}],
                "start":"2024-05-01","end":{end}}}]}}"#
            )
            .replace('\n', " ")
        };
        let right = one("\"2024-05-01\"", "FRA");
        assert_eq!(f1(&right, "all keep P"), 100.0);
        assert_eq!(f1(&one("null", "FRA"), "all when P"), 0.0);
        let wrong = one("\"2024-05-01\"", "DEU");
        assert_eq!((f1(&wrong, "all codes P"), f1(&wrong, "all row P")), (0.0, 100.0));
        assert_eq!(f1(&wrong, "all keep P"), 0.0);
    }
}
