use std::collections::BTreeMap;

use serde_json::Value;

use super::{Scores, ratio};
use crate::lines;

/// The share of expected values that are equal.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let (gold, predictions) = (lines::values(gold)?, lines::values(predictions)?);
    let by_id: BTreeMap<&str, &Value> =
        predictions.iter().map(|line| (lines::string(line, "id"), line)).collect();
    let in_step = gold.len() == predictions.len();
    let mut scores = Scores::default();
    let mut all = (0, 0);
    for key in ["country", "code_1", "code_2"] {
        let (mut right, mut asked) = (0, 0);
        for (at, line) in gold.iter().enumerate() {
            let Some(expected) = line.get("expect").and_then(|it| it.get(key)) else { continue };
            let predicted =
                if in_step { predictions.get(at) } else { by_id.get(lines::string(line, "id")).copied() };
            asked += 1;
            right += usize::from(predicted.is_some_and(|it| it.get(key) == Some(expected)));
        }
        show(&mut scores, key, right, asked);
        if key != "code_2" {
            all = (all.0 + right, all.1 + asked);
        }
    }
    show(&mut scores, "all", all.0, all.1);
    Ok(scores)
}

fn show(scores: &mut Scores, key: &str, right: usize, asked: usize) {
    let share = ratio(right as f64, asked as f64);
    scores.line(&format!("{key:8} {right} of {asked}  {share:.3}"));
    scores.figure(key, share);
}
