//! The days of events: exact intervals of the events that gold closes on both sides, and how many
//! of all known bounds a claim violates. The same of the claim that all is on the publication date.

use std::collections::BTreeMap;

use anyhow::Context;
use jiff::civil::Date;
use serde_json::Value;

use super::{Scores, prf, ratio};
use crate::lines;

/// First and last day of a claim, or open.
type Days = (Option<Date>, Option<Date>);

/// What gold knows of an event; the second bound of each pair is the day after.
struct Event {
    start: Days,
    end: Days,
    contained: bool,
}

#[derive(Debug, Default)]
struct Counts {
    gold: usize,
    claimed: usize,
    exact: usize,
    bounds: usize,
    violated: usize,
}

pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let mut claims: BTreeMap<(String, String), Days> = BTreeMap::new();
    for line in lines::values(predictions)? {
        for anchor in lines::list(&line, "anchors") {
            let key = (lines::string(&line, "doc").to_owned(), lines::string(anchor, "id").to_owned());
            claims.insert(key, (day(&anchor["earliest"])?, day(&anchor["latest"])?));
        }
    }
    let (mut ours, mut baseline) = (Counts::default(), Counts::default());
    for line in lines::values(gold)?.iter().filter(|line| line["inconsistent"] != Value::Bool(true)) {
        let event = Event {
            start: pair(&line["start"])?,
            end: pair(&line["end"])?,
            contained: line["contained"] == Value::Bool(true),
        };
        let key = (lines::string(line, "doc").to_owned(), lines::string(line, "eiid").to_owned());
        ours.add(&event, claims.get(&key).copied());
        let published = day(&line["dct"])?;
        baseline.add(&event, published.map(|day| (Some(day), Some(day))));
    }
    Ok(shown(&ours, &baseline))
}

fn day(value: &Value) -> anyhow::Result<Option<Date>> {
    let text = value.as_str().and_then(|text| text.get(..10));
    text.map(|text| text.parse().with_context(|| format!("{text} is no day"))).transpose()
}

fn pair(value: &Value) -> anyhow::Result<Days> {
    Ok((day(&value[0])?, day(&value[1])?))
}

impl Counts {
    fn add(&mut self, event: &Event, claim: Option<Days>) {
        let bounds = [event.start.0, event.start.1, event.end.0, event.end.1];
        self.bounds += bounds.iter().flatten().count();
        self.gold += usize::from(event.contained);
        let Some((earliest, latest)) = claim else { return };
        let after = latest.and_then(|day| day.tomorrow().ok());
        let closed = earliest.is_some() && after.is_some();
        self.claimed += usize::from(event.contained && closed);
        self.exact +=
            usize::from(event.contained && closed && (earliest, after) == (event.start.0, event.end.1));
        self.violated += violated(event, earliest, after);
    }
}

/// The bounds that a claim leaves no room for.
fn violated(event: &Event, earliest: Option<Date>, after: Option<Date>) -> usize {
    let over = |one: Option<Date>, other: Option<Date>| matches!((one, other), (Some(a), Some(b)) if a > b);
    let reached =
        |one: Option<Date>, other: Option<Date>| matches!((one, other), (Some(a), Some(b)) if a >= b);
    let faults = [
        reached(event.start.0, after),
        over(earliest, event.start.1),
        over(event.end.0, after),
        reached(earliest, event.end.1),
    ];
    faults.into_iter().filter(|fault| *fault).count()
}

fn shown(ours: &Counts, baseline: &Counts) -> Scores {
    let mut scores = Scores::default();
    for (name, counts) in [("exact", ours), ("all on the publication date", baseline)] {
        let (p, r, f) = prf(counts.exact, counts.claimed, counts.gold);
        let violated = 100.0 * ratio(counts.violated as f64, counts.bounds as f64);
        scores.line(&format!(
            "{name:28} F1 {:6.2}  P {:6.2}  R {:6.2}  bounds violated {violated:6.2} % of {}",
            100.0 * f,
            100.0 * p,
            100.0 * r,
            counts.bounds
        ));
        for (figure, value) in [("P", p), ("R", r), ("F1", f)] {
            scores.figure(format!("{name} {figure}"), 100.0 * value);
        }
        scores.figure(format!("{name} bounds violated %"), violated);
    }
    scores.figure("gold", ours.gold as f64);
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_violates_only_bounds_it_leaves_no_room_for() {
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let within = (day("1998-01-08"), day("1998-01-09"));
        let event = Event { start: within, end: within, contained: true };
        assert_eq!(violated(&event, day("1998-01-08"), day("1998-01-09")), 0);
        assert_eq!(violated(&event, None, day("1998-01-09")), 0);
        assert_eq!(violated(&event, day("1998-01-09"), None), 1);
        assert_eq!(violated(&event, day("1998-02-01"), day("1998-02-02")), 2);
        assert_eq!(violated(&event, day("1997-02-01"), day("1997-02-02")), 2);
    }

    #[test]
    fn the_baseline_is_measured_beside() {
        let gold = r#"{"doc":"a","eiid":"e1","dct":"1998-01-08","contained":true,"inconsistent":false,"start":["1998-01-08","1998-01-09"],"end":["1998-01-08","1998-01-09"]}
{"doc":"a","eiid":"e2","dct":"1998-01-08","contained":true,"inconsistent":false,"start":["1998-01-01","1998-02-01"],"end":["1998-01-01","1998-02-01"]}"#;
        let predicted =
            r#"{"doc":"a","anchors":[{"id":"e2","earliest":"1998-01-01","latest":"1998-01-31"}]}"#;
        let scores = score(gold, predicted).unwrap();
        let figure = |name: &str| scores.figures.iter().find(|(other, _)| other == name).unwrap().1;
        assert_eq!((figure("exact P"), figure("exact R")), (100.0, 50.0));
        assert_eq!(figure("all on the publication date P"), 50.0);
    }
}
