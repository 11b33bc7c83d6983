//! Attributions: content, source and cue compared word by word.
//!
//! A span is the set of words that begin in it, so quotation marks, punctuation at the edges and
//! white space do not count. Predictions are matched to gold one to one, the best overlap first.

mod counts;
pub(super) mod document;
mod errors;

pub use errors::table as errors;

use std::collections::BTreeMap;

use serde_json::Value;

use self::{counts::Counts, document::Document};
use super::{Scores, f1, prf, ratio};
use crate::lines;

pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let predictions = lines::values(predictions)?;
    let by_doc: BTreeMap<String, &Value> =
        predictions.iter().map(|line| (line["doc"].to_string(), line)).collect();
    let mut counts = Counts::default();
    for line in lines::values(gold)? {
        let document = Document::new(lines::string(&line, "text"));
        let relations = |line: &Value| document.relations(lines::list(line, "attributions"));
        let predicted = by_doc.get(&line["doc"].to_string()).map(|line| relations(line)).unwrap_or_default();
        counts.add(&relations(&line), &predicted);
    }
    Ok(Shown(Scores::default()).all(&counts))
}

struct Shown(Scores);

impl Shown {
    fn all(mut self, c: &Counts) -> Scores {
        self.0.line(&format!("{:22} {}", "n_gold", c.gold));
        self.0.line(&format!("{:22} {}", "n_pred", c.predicted));
        self.triple("content_raw", prf(c.raw, c.predicted, c.gold));
        self.triple("content_exact", prf(c.exact, c.predicted, c.gold));
        self.soft("content_soft", (c.soft_p, c.predicted as f64), (c.soft_r, c.gold as f64));
        self.triple("content_j.5", prf(c.half, c.predicted, c.gold));
        self.triple("content_j.8", prf(c.most, c.predicted, c.gold));
        self.triple("content_token", prf(c.token_right, c.token_predicted, c.token_gold));
        self.triple("triple_exact", prf(c.triple_exact, c.predicted, c.gold));
        self.triple("triple_j.5_overlap", prf(c.triple_half, c.predicted, c.gold));
        self.share("src_exact|match", c.source_exact, c.source);
        self.share("src_overlap|match", c.source_overlap, c.source);
        self.share("src_missing|match", c.source_missing, c.source);
        self.share("implicit_ok|match", c.implicit_right, c.implicit);
        self.triple("cue_exact", prf(c.cue_right, c.cue_predicted, c.cue_gold));
        let cues = |part: usize, all: usize| (part as f64, all as f64);
        self.soft("cue_overlap", cues(c.cue_overlap_p, c.cue_predicted), cues(c.cue_overlap_r, c.cue_gold));
        self.share("cue_exact|match", c.cue_exact, c.cue);
        for (name, form) in ["direct", "mixed", "indirect"].into_iter().zip(&c.forms) {
            self.form(name, form);
        }
        self.0
    }

    fn triple(&mut self, name: &str, (p, r, f): (f64, f64, f64)) {
        self.0.line(&format!("{name:22} P {:5.1} R {:5.1} F {:5.1}", p * 100.0, r * 100.0, f * 100.0));
        self.0.figure(format!("{name} F1"), f * 100.0);
    }

    fn soft(&mut self, name: &str, p: (f64, f64), r: (f64, f64)) {
        let (p, r) = (ratio(p.0, p.1), ratio(r.0, r.1));
        self.triple(name, (p, r, f1(p, r)));
    }

    fn share(&mut self, name: &str, part: usize, whole: usize) {
        let share = ratio(part as f64, whole as f64) * 100.0;
        let shown = if whole == 0 { "0".to_owned() } else { format!("{share:.1}") };
        self.0.line(&format!("{name:22} {shown}"));
        self.0.figure(name, share);
    }

    fn form(&mut self, name: &str, it: &counts::Form) {
        let three = |p: f64, r: f64| {
            let (p, r) = (ratio(p, it.predicted as f64), ratio(r, it.gold as f64));
            format!("{:.1}/{:.1}/{:.1}", p * 100.0, r * 100.0, f1(p, r) * 100.0)
        };
        let half = three(it.half_p as f64, it.half_r as f64);
        let (exact, soft) = (three(it.exact_p as f64, it.exact_r as f64), three(it.soft_p, it.soft_r));
        let source = ratio(it.source_overlap as f64, it.source as f64) * 100.0;
        self.0.line(&format!(
            "{:22} nG {} nP {} exact {exact} j5 {half} soft {soft} src {source:.1}",
            format!("type_{name}"),
            it.gold,
            it.predicted
        ));
        self.0.figure(format!("{name} content_j.5 recall"), ratio(it.half_r as f64, it.gold as f64) * 100.0);
    }
}
