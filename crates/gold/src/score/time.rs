//! TempEval-3 for time expressions: strict and relaxed extent, value and type.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::Value;

use super::{Scores, f1, ratio};
use crate::lines;

#[derive(Debug, Clone, PartialEq)]
struct Timex {
    start: usize,
    end: usize,
    kind: Value,
    value: Value,
}

#[derive(Debug, Default)]
struct Counts {
    gold: usize,
    sys: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
    kind: usize,
}

pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let predictions = lines::values(predictions)?;
    let by_doc: BTreeMap<String, &Value> =
        predictions.iter().map(|line| (line["doc"].to_string(), line)).collect();
    let mut counts = Counts::default();
    for document in lines::values(gold)? {
        let predicted =
            by_doc.get(&document["doc"].to_string()).map(|line| timexes(line)).unwrap_or_default();
        add(&mut counts, lines::string(&document, "text"), &timexes(&document), &predicted);
    }
    Ok(shown(&counts))
}

/// The expressions of a line, in order; of those that overlap, the first and longest stays.
fn timexes(line: &Value) -> Vec<Timex> {
    let read = |it: &Value| Timex {
        start: lines::number(it, "start"),
        end: lines::number(it, "end"),
        kind: it["type"].clone(),
        value: it["value"].clone(),
    };
    let mut all: Vec<Timex> = lines::list(line, "timexes").iter().map(read).collect();
    all.sort_by_key(|it| (it.start, usize::MAX - it.end));
    let mut past = 0;
    all.retain(|it| {
        let keep = it.start >= past && it.end > it.start;
        past = if keep { it.end } else { past };
        keep
    });
    all
}

/// Pairs, one to one from the left: a span pairs with the other side's span that is open at its
/// first character and not yet taken.
fn pairs(gold: &[Timex], sys: &[Timex]) -> Vec<(usize, usize)> {
    let begins = |side: usize, all: &[Timex]| {
        all.iter().enumerate().map(|(at, it)| (it.start, side, at)).collect::<Vec<_>>()
    };
    let mut begin = [begins(0, gold), begins(1, sys)].concat();
    begin.sort_unstable();
    let both = [gold, sys];
    let mut open: [Option<usize>; 2] = [None, None];
    let mut taken = [vec![false; gold.len()], vec![false; sys.len()]];
    let mut pairs = Vec::new();
    for (position, side, at) in begin {
        let other = 1 - side;
        open[side] = Some(at);
        let Some(mate) = open[other].filter(|mate| both[other][*mate].end > position && !taken[other][*mate])
        else {
            continue;
        };
        taken[other][mate] = true;
        taken[side][at] = true;
        pairs.push(if side == 0 { (at, mate) } else { (mate, at) });
    }
    pairs
}

fn add(counts: &mut Counts, text: &str, gold: &[Timex], sys: &[Timex]) {
    let characters: Vec<char> = text.chars().collect();
    let surface = |it: &Timex| {
        characters.get(it.start.min(characters.len())..it.end.min(characters.len())).unwrap_or_default()
    };
    let pairs = pairs(gold, sys);
    counts.gold += gold.len();
    counts.sys += sys.len();
    counts.relaxed += pairs.len();
    for (g, s) in pairs.into_iter().map(|(g, s)| (&gold[g], &sys[s])) {
        counts.strict += usize::from(surface(g) == surface(s));
        counts.value += usize::from(g.value == s.value);
        counts.kind += usize::from(g.kind == s.kind);
    }
}

fn shown(counts: &Counts) -> Scores {
    let Counts { gold, sys, strict, relaxed, value, kind } = counts;
    let mut scores = Scores::default();
    scores.line(&format!(
        "{{'gold': {gold}, 'sys': {sys}, 'strict': {strict}, 'relaxed': {relaxed}, 'value': {value}, 'type': {kind}}}"
    ));
    for (name, right) in [("strict", *strict), ("relaxed", *relaxed), ("value", *value), ("type", *kind)] {
        let (p, r) = (right as f64 / (*sys).max(1) as f64, right as f64 / (*gold).max(1) as f64);
        let f = if p + r == 0.0 { 0.0 } else { f1(p, r) };
        let mut line = String::new();
        let _ = write!(line, "{name:8} F1 {:6.2}  P {:6.2}  R {:6.2}", 100.0 * f, 100.0 * p, 100.0 * r);
        scores.line(&line);
        scores.figure(format!("{name} F1"), 100.0 * f);
    }
    scores.figure("gold", *gold as f64);
    scores.figure("value accuracy of those found", 100.0 * ratio(*value as f64, *relaxed as f64));
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(all: &[(usize, usize)]) -> Vec<Timex> {
        all.iter()
            .map(|(start, end)| Timex { start: *start, end: *end, kind: Value::Null, value: Value::Null })
            .collect()
    }

    #[test]
    fn one_span_pairs_once() {
        assert_eq!(pairs(&spans(&[(0, 10)]), &spans(&[(0, 4), (5, 10)])), [(0, 0)]);
        assert_eq!(pairs(&spans(&[(0, 4), (5, 10)]), &spans(&[(2, 8)])), [(0, 0)]);
        assert!(pairs(&spans(&[(0, 4)]), &spans(&[(4, 8)])).is_empty());
    }
}
