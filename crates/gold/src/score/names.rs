use super::{Scores, prf};
use crate::{
    bio::{self, Chunk},
    conllu,
};

/// Names found: span and kind exact, and span alone.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let (gold, predictions) = (sentences(gold), sentences(predictions));
    anyhow::ensure!(
        gold.len() == predictions.len(),
        "{} sentences predicted where gold has {}",
        predictions.len(),
        gold.len()
    );
    let mut by_kind = [("all", 0, 0, 0), ("PER", 0, 0, 0), ("LOC", 0, 0, 0), ("ORG", 0, 0, 0)];
    let mut spans = (0, 0, 0);
    for (g, p) in gold.iter().zip(&predictions) {
        for (kind, right, predicted, expected) in &mut by_kind {
            let of = |chunks: &[Chunk]| {
                chunks.iter().filter(|it| *kind == "all" || it.kind == *kind).cloned().collect::<Vec<_>>()
            };
            let (g, p) = (of(g), of(p));
            *right += p.iter().filter(|it| g.contains(it)).count();
            *predicted += p.len();
            *expected += g.len();
        }
        let same = |it: &&Chunk| g.iter().any(|other| (other.first, other.end) == (it.first, it.end));
        spans = (spans.0 + p.iter().filter(same).count(), spans.1 + p.len(), spans.2 + g.len());
    }
    let mut scores = Scores::default();
    for (kind, right, predicted, expected) in by_kind {
        show(
            &mut scores,
            if kind == "all" { "span and type" } else { kind },
            prf(right, predicted, expected),
        );
    }
    show(&mut scores, "span only", prf(spans.0, spans.1, spans.2));
    Ok(scores)
}

fn sentences(text: &str) -> Vec<Vec<Chunk>> {
    conllu::blocks(text).into_iter().map(names).collect()
}

fn names(block: &str) -> Vec<Chunk> {
    let tags: Vec<&str> = bio::rows(block).into_iter().map(|(_, tag)| tag).collect();
    bio::chunks(&tags)
}

fn show(scores: &mut Scores, name: &str, (p, r, f): (f64, f64, f64)) {
    scores.line(&format!("{name:14} P {:6.2}  R {:6.2}  F1 {:6.2}", 100.0 * p, 100.0 * r, 100.0 * f));
    scores.figure(format!("{name} F1"), 100.0 * f);
}
