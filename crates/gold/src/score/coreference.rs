//! Chains of mentions of people, places and organisations against those of GUM.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::{
    Scores,
    partition::{self, Partition, Sums},
    ratio,
};
use crate::{
    gum::{self, Document},
    lines,
};

/// What gold calls people, places and organisations.
const KINDS: [&str; 3] = ["person", "place", "organization"];

/// Precision, recall and F1 of mentions and chains, over all documents.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let predictions = lines::values(predictions)?;
    let by_name: HashMap<&str, &Value> =
        predictions.iter().map(|line| (lines::string(line, "doc"), line)).collect();
    let nothing = Value::Null;
    let pairs: Vec<(Document, Vec<Chain>)> = gum::documents(gold)?
        .into_iter()
        .map(|document| {
            let predicted = chains(by_name.get(document.name.as_str()).copied().unwrap_or(&nothing));
            (document, predicted)
        })
        .collect();
    let mut scores = Scores::default();
    for (by, name) in [(Match::Head, "head"), (Match::Exact, "exact")] {
        for (least, which) in [(2, ""), (1, " with singletons")] {
            measures(&mut scores, &format!("{name}{which}"), &pairs, by, least);
        }
    }
    pronouns(&mut scores, &pairs);
    Ok(scores)
}

/// When a predicted mention is a gold one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// The same characters.
    Exact,
    /// The same word that the others depend on.
    Head,
}

#[derive(Debug, Clone, PartialEq)]
struct Chain {
    person: bool,
    mentions: Vec<Found>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Found {
    start: usize,
    end: usize,
    head: usize,
    pronoun: bool,
}

/// The chains of a prediction; a mention that stands in two is the first one's.
fn chains(line: &Value) -> Vec<Chain> {
    let mut seen = HashSet::new();
    let mut chain = |it: &Value| {
        let found = |it: &Value| Found {
            start: lines::number(it, "start"),
            end: lines::number(it, "end"),
            head: lines::number(it, "head"),
            pronoun: it.get("pronoun").and_then(Value::as_bool).unwrap_or_default(),
        };
        let mentions = lines::list(it, "mentions").iter().map(found);
        let mentions = mentions.filter(|one| seen.insert((one.start, one.end))).collect();
        Chain { person: lines::string(it, "kind") == "person", mentions }
    };
    let all = lines::list(line, "chains").iter().map(&mut chain).collect::<Vec<_>>();
    all.into_iter().filter(|chain| !chain.mentions.is_empty()).collect()
}

fn measures(scores: &mut Scores, name: &str, pairs: &[(Document, Vec<Chain>)], by: Match, least: usize) {
    type Measure = fn(&Partition, &Partition) -> Sums;
    let all: [(&str, Measure); 4] = [
        ("mentions", partition::mentions),
        ("MUC", partition::muc),
        ("B³", partition::b_cubed),
        ("CEAFe", partition::ceaf_e),
    ];
    let partitions: Vec<(Partition, Partition)> =
        pairs.iter().map(|(document, chains)| partitions(document, chains, by, least)).collect();
    let mut average = 0.0;
    for (measure, of) in all {
        let mut sums = Sums::default();
        partitions.iter().for_each(|(gold, predicted)| sums.add(of(gold, predicted)));
        let (p, r, f) = sums.prf();
        scores.line(&format!("{name:22} {measure:8} P {p:.3}  R {r:.3}  F {f:.3}"));
        scores.figure(format!("{name} {measure} P"), p);
        scores.figure(format!("{name} {measure} R"), r);
        scores.figure(format!("{name} {measure} F"), f);
        average += if measure == "mentions" { 0.0 } else { f / 3.0 };
    }
    scores.line(&format!("{name:22} CoNLL    {average:.3}"));
    scores.figure(format!("{name} CoNLL"), average);
}

/// Gold and predicted sets of numbers; sets smaller than `least` are left out of both.
fn partitions(document: &Document, chains: &[Chain], by: Match, least: usize) -> (Partition, Partition) {
    let wanted = |at: &usize| KINDS.contains(&document.mentions[*at].kind.as_str());
    let mut gold: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in (0..document.mentions.len()).filter(wanted) {
        gold.entry(&document.mentions[at].entity).or_default().push(at);
    }
    let gold: Partition = gold.into_values().filter(|set| set.len() >= least).collect();
    let there: Vec<usize> = gold.iter().flatten().copied().collect();
    let kept: Vec<&Chain> = chains.iter().filter(|chain| chain.mentions.len() >= least).collect();
    let found: Vec<Found> = kept.iter().flat_map(|chain| chain.mentions.iter().copied()).collect();
    let number = numbers(document, &there, &found, by);
    let mut next = 0;
    let predicted = kept.iter().map(|chain| {
        next += chain.mentions.len();
        number[next - chain.mentions.len()..next].to_vec()
    });
    (gold, predicted.collect())
}

/// The number of each predicted mention: its gold mention's, or one of its own.
fn numbers(document: &Document, gold: &[usize], found: &[Found], by: Match) -> Vec<usize> {
    let mut of: Vec<Option<usize>> = vec![None; found.len()];
    let exact: HashMap<(usize, usize), usize> =
        gold.iter().map(|at| ((document.mentions[*at].start, document.mentions[*at].end), *at)).collect();
    for (one, number) in found.iter().zip(&mut of) {
        *number = exact.get(&(one.start, one.end)).copied();
    }
    if by == Match::Head {
        pair_heads(document, gold, found, &mut of);
    }
    let own = document.mentions.len()..;
    of.into_iter().zip(own).map(|(number, own)| number.unwrap_or(own)).collect()
}

/// Pairs what is left by head, the longest first.
fn pair_heads(document: &Document, gold: &[usize], found: &[Found], of: &mut [Option<usize>]) {
    let taken: HashSet<usize> = of.iter().flatten().copied().collect();
    let mut free: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in gold.iter().filter(|at| !taken.contains(at)) {
        free.entry(document.mentions[*at].head).or_default().push(*at);
    }
    let length = |at: &usize| document.mentions[*at].end - document.mentions[*at].start;
    free.values_mut().for_each(|list| list.sort_by_key(length));
    let mut order: Vec<usize> = (0..found.len()).filter(|at| of[*at].is_none()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(found[*at].end - found[*at].start));
    for at in order {
        of[at] = free.get_mut(&found[at].head).and_then(Vec::pop);
    }
}

/// Of pronouns put into a person's chain with an earlier mention, the share that gold puts together with it: with the
/// nearest name or description before, where there is one, else with the nearest pronoun.
fn pronouns(scores: &mut Scores, pairs: &[(Document, Vec<Chain>)]) {
    let (mut right, mut told, mut there) = (0, 0, 0);
    for (document, chains) in pairs {
        let every: Vec<usize> = (0..document.mentions.len()).collect();
        there += document.mentions.iter().filter(|it| it.pronoun && it.kind == "person").count();
        for chain in chains.iter().filter(|chain| chain.person) {
            let numbers = numbers(document, &every, &chain.mentions, Match::Head);
            let entity = |at: usize| document.mentions.get(numbers[at]).map(|it| &it.entity);
            for (at, _) in chain.mentions.iter().enumerate().filter(|(_, one)| one.pronoun) {
                let Some(before) = before(&chain.mentions, at) else { continue };
                told += 1;
                right += usize::from(entity(at).is_some() && entity(at) == entity(before));
            }
        }
    }
    let precision = ratio(f64::from(right as u32), f64::from(told as u32));
    let recall = ratio(f64::from(right as u32), f64::from(there as u32));
    scores.line(&format!(
        "pronouns to people     right {right} of {told} told, {there} there: P {precision:.3}  R {recall:.3}"
    ));
    scores.figure("pronouns to people P", precision);
    scores.figure("pronouns to people R", recall);
}

fn before(mentions: &[Found], at: usize) -> Option<usize> {
    let earlier = || (0..mentions.len()).filter(|other| mentions[*other].start < mentions[at].start);
    let last = |all: &mut dyn Iterator<Item = usize>| all.max_by_key(|other| mentions[*other].start);
    last(&mut earlier().filter(|other| !mentions[*other].pronoun)).or_else(|| last(&mut earlier()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# newdoc id = d\n# text = Ada met Eve and her aunt.\n\
        1\tAda\t_\tPROPN\t_\t_\t2\tnsubj\t_\tEntity=(1-person-new)\n\
        2\tmet\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
        3\tEve\t_\tPROPN\t_\t_\t2\tobj\t_\tEntity=(2-person-new)\n\
        4\tand\t_\tCCONJ\t_\t_\t6\tcc\t_\t_\n\
        5\ther\t_\tPRON\t_\t_\t6\tnmod\t_\tEntity=(3-person-new(2-person-giv)\n\
        6\taunt\t_\tNOUN\t_\t_\t3\tconj\t_\tEntity=3)|SpaceAfter=No\n\
        7\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n";

    fn figure(predictions: &str, name: &str) -> f64 {
        let scores = score(GOLD, predictions).unwrap();
        scores.figures.into_iter().find(|(own, _)| own == name).unwrap().1
    }

    const RIGHT: &str = r#"{"doc":"d","chains":[{"kind":"person","mentions":[{"start":0,"end":3,"head":0}]},{"kind":"person","mentions":[{"start":8,"end":11,"head":8},{"start":16,"end":19,"head":16,"pronoun":true}]},{"kind":"person","mentions":[{"start":20,"end":24,"head":20}]}]}"#;

    #[test]
    fn a_shorter_span_counts_by_its_head_alone() {
        assert!((figure(RIGHT, "head with singletons CoNLL") - 1.0).abs() < 1e-9);
        assert!(figure(RIGHT, "exact with singletons CoNLL") < 0.95);
        assert!((figure(RIGHT, "exact CoNLL") - 1.0).abs() < 1e-9);
        assert!((figure(RIGHT, "pronouns to people P") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_pronoun_with_the_wrong_woman_is_wrong() {
        let wrong =
            RIGHT.replace(r#""head":0}]}"#, r#""head":0},{"start":16,"end":19,"head":16,"pronoun":true}]}"#);
        assert!(figure(&wrong, "pronouns to people P") < 1e-9);
        assert!(figure(&wrong, "head MUC F") < 1e-9);
    }

    #[test]
    fn nothing_predicted_is_nothing_right() {
        assert!(figure("", "head CoNLL").abs() < 1e-9);
    }
}
