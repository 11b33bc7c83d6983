//! Whole records: visits, meetings, statements and events, matched one to one.
//!
//! Gold marked as doubtful is neither a hit nor a miss, and what matches only doubtful gold is
//! left out of the count.

mod rules;

use std::collections::BTreeMap;

use serde_json::Value;

use self::rules::{METRICS, Metric, on_statement};
use super::{Scores, prf, random::Random};
use crate::lines::{self, list, string};

/// Right, surplus, missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally(usize, usize, usize);

impl Tally {
    fn sum(all: impl Iterator<Item = Tally>) -> Tally {
        all.fold(Tally::default(), |a, b| Tally(a.0 + b.0, a.1 + b.1, a.2 + b.2))
    }

    fn prf(self) -> (f64, f64, f64) {
        prf(self.0, self.0 + self.1, self.0 + self.2)
    }
}

pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let (gold, predictions) = (lines::values(gold)?, lines::values(predictions)?);
    anyhow::ensure!(!gold.is_empty(), "the gold is empty");
    let by_id: BTreeMap<&str, &Value> = predictions.iter().map(|line| (string(line, "id"), line)).collect();
    let nothing = Value::Null;
    let pairs: Vec<(&Value, &Value)> =
        gold.iter().map(|line| (line, by_id.get(string(line, "id")).copied().unwrap_or(&nothing))).collect();
    let mut scores = Scores::default();
    for metric in &METRICS {
        let tallies: Vec<Tally> =
            pairs.iter().map(|(gold, predicted)| one(metric, gold, predicted)).collect();
        show(&mut scores, metric, &tallies);
    }
    invented(&mut scores, &pairs);
    Ok(scores)
}

fn show(scores: &mut Scores, metric: &Metric, tallies: &[Tally]) {
    let all = Tally::sum(tallies.iter().copied());
    let (p, r, f) = all.prf();
    let (low, high) = interval(tallies);
    let Tally(tp, fp, fne) = all;
    let (list, name) = (metric.list, metric.name);
    scores.line(&format!(
        "{list:10} {name:27} P {p:.3} R {r:.3} F1 {f:.3} [{low:.3}-{high:.3}]  tp {tp} fp {fp} fn {fne}"
    ));
    scores.figure(format!("{list} {name} P"), p);
    scores.figure(format!("{list} {name} R"), r);
    scores.figure(format!("{list} {name} F1"), f);
}

/// Where F1 lies in 95 of 100 samples of the texts.
fn interval(tallies: &[Tally]) -> (f64, f64) {
    let mut random = Random::new(1);
    let mut sample = || Tally::sum((0..tallies.len()).map(|_| tallies[random.below(tallies.len())])).prf().2;
    let mut values: Vec<f64> = (0..200).map(|_| sample()).collect();
    values.sort_by(f64::total_cmp);
    (values[5], values[194])
}

fn invented(scores: &mut Scores, pairs: &[(&Value, &Value)]) {
    let none: Vec<_> = pairs.iter().filter(|(gold, _)| list(gold, "visits").is_empty()).collect();
    let got = none.iter().filter(|(_, predicted)| !list(predicted, "visits").is_empty()).count();
    scores.line(&format!("{:10} texts without any visit that got one: {got} of {}", "visits", none.len()));
    scores.figure("texts without any visit that got one", got as f64);
}

fn one(metric: &Metric, gold_line: &Value, predicted: &Value) -> Tally {
    let counted = |it: &&Value| metric.list != "events" || string(it, "plover") != "CONSULT";
    let gold: Vec<&Value> = list(gold_line, metric.list).iter().filter(counted).collect();
    let all: Vec<&Value> = list(predicted, metric.list).iter().filter(counted).collect();
    let owners = matching(&all, &gold, metric);
    let right = owners.iter().flatten().filter(|at| !doubtful(gold[**at])).count();
    let sure = gold.iter().filter(|it| !doubtful(it)).count();
    let open = |at: &usize| owners[*at].is_none() && !excused(metric, gold_line, &gold, all[*at]);
    Tally(right, (0..all.len()).filter(open).count(), sure - right)
}

/// Whether a prediction that matches nothing is still no fault.
fn excused(metric: &Metric, gold_line: &Value, gold: &[&Value], predicted: &Value) -> bool {
    let spoken = ["ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"].contains(&string(predicted, "plover"));
    gold.iter().any(|it| doubtful(it) && (metric.agree)(predicted, it))
        || (metric.list == "events" && spoken && on_statement(predicted, gold_line))
}

fn doubtful(it: &Value) -> bool {
    it["doubt"].as_bool().unwrap_or(false)
}

/// For each prediction the gold it is matched with: as many one-to-one matches as can be, sure gold first.
fn matching(predicted: &[&Value], gold: &[&Value], metric: &Metric) -> Vec<Option<usize>> {
    let agrees = |it: &Value| (0..predicted.len()).filter(|at| (metric.agree)(predicted[*at], it)).collect();
    let near: Vec<Vec<usize>> = gold.iter().map(|it| agrees(it)).collect();
    let mut owners = vec![None; predicted.len()];
    let order = |doubt: bool| (0..gold.len()).filter(move |at| doubtful(gold[*at]) == doubt);
    for at in order(false).chain(order(true)) {
        augment(at, &near, &mut owners, &mut vec![false; predicted.len()]);
    }
    owners
}

fn augment(gold: usize, near: &[Vec<usize>], owners: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for at in near[gold].iter().copied() {
        if seen[at] {
            continue;
        }
        seen[at] = true;
        if owners[at].is_none_or(|owner| augment(owner, near, owners, seen)) {
            owners[at] = Some(gold);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_way_so_that_both_match() {
        let metric = Metric { list: "x", name: "x", agree: |p, g| list(g, "ok").contains(p) };
        let (a, b) = (serde_json::json!(1), serde_json::json!(2));
        let (g, h) = (serde_json::json!({"ok": [1, 2]}), serde_json::json!({"ok": [1]}));
        assert_eq!(matching(&[&a, &b], &[&g, &h], &metric), [Some(1), Some(0)]);
    }
}
