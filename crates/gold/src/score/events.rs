//! Coded events against sentences with one gold label.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Scores, ratio};
use crate::lines;

#[derive(Debug)]
struct Gold {
    lines: Vec<Value>,
    /// The label of each line.
    labels: Vec<String>,
    /// Fifteen categories: CONCEDE and RETREAT are one.
    merged: bool,
}

#[derive(Debug, Default)]
struct Counts {
    covered: usize,
    hit: usize,
    full: usize,
    right: usize,
    predicted: usize,
    single: Vec<String>,
}

/// Every event of a sentence was to be found.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let gold = Gold::read(gold)?;
    let predictions = lines::values(predictions)?;
    let by_id: BTreeMap<String, &Value> =
        predictions.iter().map(|line| (line["id"].to_string(), line)).collect();
    let mut counts = Counts::default();
    for (line, label) in gold.lines.iter().zip(&gold.labels) {
        let events = by_id.get(&line["id"].to_string()).map_or(&[][..], |it| lines::list(it, "events"));
        gold.count(&mut counts, line, label, events);
    }
    Ok(gold.shown(&counts))
}

/// The two actors were given.
pub fn score_pairs(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let gold = Gold::read(gold)?;
    let predictions = lines::values(predictions)?;
    let by_id: BTreeMap<String, &Value> =
        predictions.iter().map(|line| (line["id"].to_string(), line)).collect();
    let label = |line: &Value| {
        by_id.get(&line["id"].to_string()).and_then(|it| it["plover"].as_str()).unwrap_or("NONE")
    };
    let predicted: Vec<String> =
        gold.lines.iter().map(|line| gold.category(label(line)).to_owned()).collect();
    let n = gold.labels.len();
    let accuracy = agreeing(&gold.labels, &predicted) as f64 / n as f64;
    let macro_f1 = macro_f1(&gold.labels, &predicted);
    let mut scores = Scores::default();
    scores.line(&format!("n {n}  accuracy {accuracy:.3}  macro-F1 {macro_f1:.3}"));
    scores.figure("accuracy", accuracy);
    scores.figure("macro-F1", macro_f1);
    Ok(scores)
}

impl Gold {
    fn read(text: &str) -> anyhow::Result<Self> {
        let lines = lines::values(text)?;
        anyhow::ensure!(!lines.is_empty(), "the gold is empty");
        let merged = lines[0].get("root15").is_some();
        let key = if merged { "root15" } else { "plover_2021" };
        let labels = lines.iter().map(|line| lines::string(line, key).to_owned()).collect();
        Ok(Self { lines, labels, merged })
    }

    fn category<'a>(&self, name: &'a str) -> &'a str {
        match name {
            "CONCEDE" | "RETREAT" if self.merged => "YIELD",
            _ => name,
        }
    }

    fn count(&self, counts: &mut Counts, line: &Value, label: &str, events: &[Value]) {
        let category = |event: &'_ Value| self.category(lines::string(event, "plover")).to_owned();
        let types: Vec<String> = events.iter().map(category).filter(|it| !it.is_empty()).collect();
        let set: BTreeSet<&str> = types.iter().map(String::as_str).collect();
        counts.covered += usize::from(!types.is_empty());
        counts.hit += usize::from(set.contains(label));
        counts.right += usize::from(set.contains(label));
        counts.predicted += set.len();
        counts.single.push(types.first().cloned().unwrap_or_else(|| "NONE".to_owned()));
        if !self.merged {
            counts.full +=
                usize::from(events.iter().any(|event| category(event) == label && sides_agree(line, event)));
        }
    }

    fn shown(&self, counts: &Counts) -> Scores {
        let n = self.labels.len() as f64;
        let (coverage, hit) = (counts.covered as f64 / n, counts.hit as f64 / n);
        let precision = counts.right as f64 / counts.predicted.max(1) as f64;
        let f = ratio(2.0 * precision * hit, precision + hit);
        let accuracy = agreeing(&self.labels, &counts.single) as f64 / n;
        let macro_f1 = macro_f1(&self.labels, &counts.single);
        let mut scores = Scores::default();
        let full = if self.merged { String::new() } else { format!("  full {:.3}", counts.full as f64 / n) };
        scores.line(&format!(
            "n {n}  coverage {coverage:.3}  hit {hit:.3}  precision {precision:.3}  F1 {f:.3}  single accuracy {accuracy:.3}  single macro-F1 {macro_f1:.3}{full}"
        ));
        scores.line(&per_category(&self.labels, &counts.single));
        let named = [
            ("coverage", coverage),
            ("hit", hit),
            ("precision", precision),
            ("F1", f),
            ("single accuracy", accuracy),
            ("single macro-F1", macro_f1),
        ];
        named.into_iter().for_each(|(name, value)| scores.figure(name, value));
        if !self.merged {
            scores.figure("full", counts.full as f64 / n);
        }
        scores
    }
}

/// Whether an actor is a gold source and, where gold has a target, a recipient is one.
fn sides_agree(line: &Value, event: &Value) -> bool {
    let reciprocal = line["reciprocal"].as_bool().unwrap_or(false);
    let sources = codes(lines::list(line, "source"));
    let mut targets = if reciprocal { sources.clone() } else { codes(lines::list(line, "target")) };
    targets.remove("");
    let actors = codes(lines::list(event, "actors"));
    let mut recipients = codes(lines::list(event, "recipients"));
    if reciprocal {
        recipients.extend(actors.clone());
    }
    !sources.is_disjoint(&actors) && (targets.is_empty() || !targets.is_disjoint(&recipients))
}

fn codes(side: &[Value]) -> BTreeSet<String> {
    let first = |it: &Value| lines::string(it, "code").chars().take(3).collect::<String>().to_uppercase();
    let mended = |code: String| match code.as_str() {
        "JAP" => "JPN".to_owned(),
        "ITL" => "ITA".to_owned(),
        _ => code,
    };
    side.iter().map(first).map(mended).collect()
}

fn agreeing(gold: &[String], predicted: &[String]) -> usize {
    gold.iter().zip(predicted).filter(|(g, p)| g == p).count()
}

fn macro_f1(gold: &[String], predicted: &[String]) -> f64 {
    let kinds: BTreeSet<&String> = gold.iter().collect();
    let of = |kind: &String| {
        let both = gold.iter().zip(predicted);
        let (right, either) = both.fold((0_usize, 0_usize), |(right, either), (g, p)| {
            (
                right + usize::from(g == kind && p == kind),
                either + usize::from(g == kind) + usize::from(p == kind),
            )
        });
        ratio(2.0 * right as f64, either as f64)
    };
    kinds.iter().map(|kind| of(kind)).sum::<f64>() / kinds.len() as f64
}

/// Right and all of each category, the most frequent first.
fn per_category(gold: &[String], predicted: &[String]) -> String {
    let mut found: Vec<(&String, usize, usize)> = Vec::new();
    for (g, p) in gold.iter().zip(predicted) {
        let at = found.iter().position(|(kind, ..)| *kind == g).unwrap_or_else(|| {
            found.push((g, 0, 0));
            found.len() - 1
        });
        found[at].1 += usize::from(g == p);
        found[at].2 += 1;
    }
    found.sort_by_key(|(.., all)| usize::MAX - all);
    found.iter().map(|(kind, right, all)| format!("{kind} {right}/{all}")).collect::<Vec<_>>().join("  ")
}
