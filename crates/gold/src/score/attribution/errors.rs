//! Where attributions go wrong: every gold and every surplus one counted by form and by what is wrong with it,
//! and what each construction reads.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{Document, Relation};
use crate::lines;

const FORMS: [&str; 3] = ["direct", "mixed", "indirect"];

/// Counts of each class by form, the gold's for what it has and ours for what it lacks.
#[derive(Debug, Default)]
pub struct Errors {
    classes: BTreeMap<(usize, &'static str), usize>,
    /// What each construction reads, and how much of it the gold has.
    constructions: BTreeMap<String, (usize, usize)>,
}

/// A table of the classes: form, class, number, a tab between. Predictions made with `--nested` tell their
/// rules: then each construction follows with how often it reads and how often the gold has that content
/// (Jaccard at least a half). Only the outermost count.
pub fn table(gold: &str, predictions: &str) -> anyhow::Result<String> {
    let predictions = lines::values(predictions)?;
    let by_doc: BTreeMap<String, &Value> =
        predictions.iter().map(|line| (line["doc"].to_string(), line)).collect();
    let mut errors = Errors::default();
    for line in lines::values(gold)? {
        let document = Document::new(lines::string(&line, "text"));
        let gold = document.relations(lines::list(&line, "attributions"));
        let read = by_doc.get(&line["doc"].to_string()).map(|line| lines::list(line, "attributions"));
        let outer: Vec<&Value> = read.unwrap_or_default().iter().filter(|it| is_outer(it)).collect();
        let ours: Vec<Relation> = outer.iter().filter_map(|it| document.relation(it)).collect();
        errors.add(&gold, &ours);
        outer.iter().for_each(|it| errors.construction(it, document.relation(it), &gold));
    }
    Ok(errors.rows())
}

/// Whether an attribution lies in no other's content; predictions without levels hold only such.
fn is_outer(it: &Value) -> bool {
    it["level"].as_u64().unwrap_or_default() == 0
}

impl Errors {
    fn rows(&self) -> String {
        let classes =
            self.classes.iter().map(|((form, class), count)| format!("{}\t{class}\t{count}\n", FORMS[*form]));
        let read = self
            .constructions
            .iter()
            .map(|(rule, (read, right))| format!("construction\t{rule}\t{read}\t{right}\n"));
        classes.chain(read).collect()
    }

    fn construction(&mut self, it: &Value, relation: Option<Relation>, gold: &[Relation]) {
        let (Some(rule), Some(relation)) = (it["rule"].as_str(), relation) else { return };
        let counts = self.constructions.entry(rule.to_owned()).or_default();
        counts.0 += 1;
        counts.1 += usize::from(gold.iter().any(|other| overlap(&relation, other) >= 0.5));
    }

    fn add(&mut self, gold: &[Relation], ours: &[Relation]) {
        for one in gold {
            let nearest = ours.iter().max_by(|a, b| overlap(one, a).total_cmp(&overlap(one, b)));
            self.count(one.form, class(one, nearest, ours));
        }
        for one in ours {
            if gold.iter().all(|other| overlap(one, other) < 0.5) {
                self.count(one.form, surplus(one, gold));
            }
        }
    }

    fn count(&mut self, form: usize, class: &'static str) {
        *self.classes.entry((form, class)).or_default() += 1;
    }
}

/// Words in both by words in either.
fn overlap(one: &Relation, other: &Relation) -> f64 {
    let common = one.content.intersection(&other.content).count();
    let all = one.content.len() + other.content.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

fn class(gold: &Relation, nearest: Option<&Relation>, ours: &[Relation]) -> &'static str {
    let Some(near) = nearest.filter(|near| overlap(gold, near) > 0.0) else { return unread(gold, ours) };
    if gold.content == near.content {
        return sides(gold, near);
    }
    if overlap(gold, near) >= 0.5 {
        return boundary(gold, near);
    }
    match (near.content.is_superset(&gold.content), gold.content.is_superset(&near.content)) {
        (true, _) => "missed: inside a longer content",
        (_, true) => "missed: only a part read",
        _ => "missed: another stretch read",
    }
}

fn unread(gold: &Relation, ours: &[Relation]) -> &'static str {
    if gold.cue.is_empty() {
        "missed: no cue"
    } else if ours.iter().any(|one| !one.cue.is_disjoint(&gold.cue)) {
        "missed: cue read with another content"
    } else {
        "missed: cue not read"
    }
}

fn sides(gold: &Relation, near: &Relation) -> &'static str {
    let source = gold.source.is_empty() && near.source.is_empty() || !gold.source.is_disjoint(&near.source);
    let cue = gold.cue.is_empty() && near.cue.is_empty() || !gold.cue.is_disjoint(&near.cue);
    match (source, cue) {
        (true, true) => "right",
        (false, true) => "right content, wrong source",
        (true, false) => "right content, wrong cue",
        (false, false) => "right content, wrong source and cue",
    }
}

fn boundary(gold: &Relation, near: &Relation) -> &'static str {
    match near.content.first().cmp(&gold.content.first()) {
        std::cmp::Ordering::Less => "boundary: starts early",
        std::cmp::Ordering::Greater => "boundary: starts late",
        std::cmp::Ordering::Equal if near.content.last() > gold.content.last() => "boundary: ends late",
        std::cmp::Ordering::Equal if near.content.last() < gold.content.last() => "boundary: ends early",
        std::cmp::Ordering::Equal => "boundary: differs inside",
    }
}

fn surplus(one: &Relation, gold: &[Relation]) -> &'static str {
    if gold.iter().any(|other| !other.cue.is_disjoint(&one.cue)) {
        "surplus: the cue of another content"
    } else if gold.iter().any(|other| overlap(one, other) > 0.0) {
        "surplus: within or across a content"
    } else {
        "surplus: nothing attributed there"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gold_attribution_falls_into_one_class() {
        let gold = r#"{"doc":"d","text":"Ann said that it was late and Bob agreed.","attributions":[{"source":[[0,3]],"cue":[[4,8]],"content":[[9,25]]}]}"#;
        let ours = r#"{"doc":"d","attributions":[{"source":[[0,3]],"cue":[[4,8]],"content":[[14,25]]},{"source":[[30,33]],"cue":[[34,40]],"content":[[30,33]]}]}"#;
        let expected = "indirect\tboundary: starts late\t1\nindirect\tsurplus: nothing attributed there\t1\n";
        assert_eq!(table(gold, ours).unwrap(), expected);
    }

    #[test]
    fn constructions_count_what_they_read_outside_other_contents() {
        let gold = r#"{"doc":"d","text":"Ann said that it was late and Bob agreed.","attributions":[{"source":[[0,3]],"cue":[[4,8]],"content":[[9,25]]}]}"#;
        let ours = r#"{"doc":"d","attributions":[{"source":[[0,3]],"cue":[[4,8]],"content":[[9,25]],"level":0,"rule":"attribution/verb-that"},{"source":[[14,16]],"cue":[[17,20]],"content":[[21,25]],"level":1,"rule":"attribution/verb-obj"}]}"#;
        assert_eq!(
            table(gold, ours).unwrap(),
            "indirect\tright\t1\nconstruction\tattribution/verb-that\t1\t1\n"
        );
    }
}
