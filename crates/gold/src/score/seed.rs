//! The first article, fact by fact.

mod facts;

use anyhow::Context;
use legation_record::Record;
use serde_json::Value;

use super::{Scores, ratio};

/// How a section of the gold came out.
#[derive(Debug, Default)]
pub struct Section {
    name: &'static str,
    right: usize,
    wrong: usize,
    missing: usize,
    surplus: usize,
    notes: Vec<String>,
}

impl Section {
    fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// A fact that was looked for: what differs of the one found, or nothing found.
    fn fact(&mut self, what: &str, found: Option<Vec<String>>) {
        match found {
            None => {
                self.missing += 1;
                self.notes.push(format!("missing  {what}"));
            }
            Some(faults) if faults.is_empty() => self.right += 1,
            Some(faults) => {
                self.wrong += 1;
                self.notes.push(format!("wrong    {what}: {}", faults.join("; ")));
            }
        }
    }

    /// Something told that gold does not have.
    fn surplus(&mut self, what: &str) {
        self.surplus += 1;
        self.notes.push(format!("surplus  {what}"));
    }

    fn share(&self) -> f64 {
        100.0 * ratio(self.right as f64, (self.right + self.wrong + self.missing) as f64)
    }
}

pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let gold: Value = serde_json::from_str(gold).context("the gold")?;
    let record: Record =
        serde_json::from_str(predictions.lines().next().unwrap_or_default()).context("the record")?;
    let mut scores = Scores::default();
    for section in facts::sections(&gold, &record) {
        let Section { name, right, wrong, missing, surplus, .. } = &section;
        let share = section.share();
        scores.line(&format!(
            "{name:24} {share:5.1} %  right {right}  wrong {wrong}  missing {missing}  surplus {surplus}"
        ));
        section.notes.iter().for_each(|note| scores.line(&format!("    {note}")));
        scores.figure(format!("{name} %"), share);
        scores.figure(format!("{name} surplus"), *surplus as f64);
    }
    Ok(scores)
}
