//! Scorers: predictions against gold, as figures and as the lines that show them.

mod actors;
mod anchors;
mod attribution;
mod coded;
mod coreference;
mod events;
mod graph;
mod names;
mod partition;
mod random;
mod record;
mod seed;
mod sources;
mod time;
mod ud;
mod words;

use crate::task::Task;

/// What a scorer found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// Name and value of each figure.
    pub figures: Vec<(String, f64)>,
    /// The same for people, line by line.
    pub text: String,
}

impl Scores {
    fn figure(&mut self, name: impl Into<String>, value: f64) {
        self.figures.push((name.into(), value));
    }

    fn line(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }
}

pub use attribution::errors as attribution_errors;

/// Scores one task.
pub fn score(task: Task, gold: &str, predictions: &str, raw: bool) -> anyhow::Result<Scores> {
    match task {
        Task::Time => time::score(gold, predictions),
        Task::Anchors => anchors::score(gold, predictions),
        Task::Attribution => attribution::score(gold, predictions),
        Task::Events => events::score(gold, predictions),
        Task::Coded => coded::score(gold, predictions),
        Task::EventPairs => events::score_pairs(gold, predictions),
        Task::Actors => actors::score(gold, predictions),
        Task::Coreference => coreference::score(gold, predictions),
        Task::Sources => sources::score(gold, predictions),
        Task::Graph => graph::score(gold, predictions),
        Task::Record => record::score(gold, predictions),
        Task::Ud if raw => ud::score_raw(gold, predictions),
        Task::Ud => ud::score(gold, predictions),
        Task::Names => names::score(gold, predictions),
        Task::Seed => seed::score(gold, predictions),
    }
}

/// The part of `whole` that `part` is; 0 of nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Harmonic mean of precision and recall.
fn f1(precision: f64, recall: f64) -> f64 {
    ratio(2.0 * precision * recall, precision + recall)
}

/// Precision, recall, F1.
fn prf(right: usize, predicted: usize, gold: usize) -> (f64, f64, f64) {
    let (p, r) = (ratio(right as f64, predicted as f64), ratio(right as f64, gold as f64));
    (p, r, f1(p, r))
}
