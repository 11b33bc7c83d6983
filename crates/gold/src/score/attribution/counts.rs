use std::collections::{BTreeMap, BTreeSet};

use super::document::{Relation, Words};

/// What is counted over all documents.
#[derive(Debug, Default)]
pub struct Counts {
    pub gold: usize,
    pub predicted: usize,
    pub token_right: usize,
    pub token_predicted: usize,
    pub token_gold: usize,
    pub soft_p: f64,
    pub soft_r: f64,
    pub raw: usize,
    pub exact: usize,
    /// Content overlap of at least a half (Jaccard).
    pub half: usize,
    /// Content overlap of at least eight tenths.
    pub most: usize,
    pub source: usize,
    pub source_exact: usize,
    pub source_overlap: usize,
    pub source_missing: usize,
    pub implicit: usize,
    pub implicit_right: usize,
    pub cue: usize,
    pub cue_exact: usize,
    pub cue_right: usize,
    pub cue_predicted: usize,
    pub cue_gold: usize,
    pub cue_overlap_p: usize,
    pub cue_overlap_r: usize,
    pub triple_exact: usize,
    pub triple_half: usize,
    /// Direct, mixed, indirect.
    pub forms: [Form; 3],
}

/// The same by form of quotation.
#[derive(Debug, Default)]
pub struct Form {
    pub gold: usize,
    pub predicted: usize,
    pub exact_p: usize,
    pub exact_r: usize,
    pub half_p: usize,
    pub half_r: usize,
    pub soft_p: f64,
    pub soft_r: f64,
    pub source: usize,
    pub source_overlap: usize,
}

struct Pair {
    jaccard: f64,
    apart: usize,
    gold: usize,
    predicted: usize,
}

impl Counts {
    /// One document.
    pub fn add(&mut self, gold: &[Relation], predicted: &[Relation]) {
        self.gold += gold.len();
        self.predicted += predicted.len();
        self.tokens(gold, predicted);
        gold.iter().for_each(|it| self.forms[it.form].gold += 1);
        predicted.iter().for_each(|it| self.forms[it.form].predicted += 1);
        let (mut taken_gold, mut taken) = (vec![false; gold.len()], vec![false; predicted.len()]);
        for pair in pairs(gold, predicted) {
            if !taken_gold[pair.gold] && !taken[pair.predicted] {
                taken_gold[pair.gold] = true;
                taken[pair.predicted] = true;
                self.matched(&gold[pair.gold], &predicted[pair.predicted], pair.jaccard);
            }
        }
        self.cues(gold, predicted);
    }

    fn tokens(&mut self, gold: &[Relation], predicted: &[Relation]) {
        let all =
            |side: &[Relation]| side.iter().flat_map(|it| it.content.iter().copied()).collect::<Words>();
        let (gold, predicted) = (all(gold), all(predicted));
        self.token_right += gold.intersection(&predicted).count();
        self.token_predicted += predicted.len();
        self.token_gold += gold.len();
    }

    fn matched(&mut self, gold: &Relation, predicted: &Relation, jaccard: f64) {
        let common = gold.content.intersection(&predicted.content).count() as f64;
        let (p, r) = (common / predicted.content.len() as f64, common / gold.content.len() as f64);
        self.soft_p += p;
        self.soft_r += r;
        self.forms[predicted.form].soft_p += p;
        self.forms[gold.form].soft_r += r;
        let exact = usize::from(gold.content == predicted.content);
        self.exact += exact;
        self.forms[predicted.form].exact_p += exact;
        self.forms[gold.form].exact_r += exact;
        self.raw += usize::from(gold.raw == predicted.raw);
        self.most += usize::from(jaccard >= 0.8);
        if jaccard >= 0.5 {
            self.well_matched(gold, predicted);
        }
        self.triple_exact +=
            usize::from(exact == 1 && gold.source == predicted.source && gold.cue == predicted.cue);
    }

    fn well_matched(&mut self, gold: &Relation, predicted: &Relation) {
        self.half += 1;
        self.forms[predicted.form].half_p += 1;
        self.forms[gold.form].half_r += 1;
        let source_meets = usize::from(!gold.source.is_disjoint(&predicted.source));
        let cue_meets = !gold.cue.is_disjoint(&predicted.cue);
        if gold.source.is_empty() {
            self.implicit += 1;
            self.implicit_right += usize::from(predicted.source.is_empty());
        } else {
            self.source += 1;
            self.source_exact += usize::from(gold.source == predicted.source);
            self.source_overlap += source_meets;
            self.source_missing += usize::from(predicted.source.is_empty());
            self.forms[gold.form].source += 1;
            self.forms[gold.form].source_overlap += source_meets;
        }
        if !gold.cue.is_empty() {
            self.cue += 1;
            self.cue_exact += usize::from(gold.cue == predicted.cue);
        }
        let sources_fit = source_meets == 1 || (gold.source.is_empty() && predicted.source.is_empty());
        self.triple_half += usize::from(cue_meets && sources_fit);
    }

    fn cues(&mut self, gold: &[Relation], predicted: &[Relation]) {
        let (gold, predicted) = (tally(gold), tally(predicted));
        let common =
            |(cue, count): (&&Words, &usize)| predicted.get(*cue).map_or(0, |other| (*count).min(*other));
        self.cue_right += gold.iter().map(common).sum::<usize>();
        self.cue_predicted += predicted.values().sum::<usize>();
        self.cue_gold += gold.values().sum::<usize>();
        let meeting = |these: &BTreeMap<&Words, usize>, those: &BTreeMap<&Words, usize>| {
            let words: BTreeSet<usize> = those.keys().flat_map(|cue| cue.iter().copied()).collect();
            these.iter().filter(|(cue, _)| !cue.is_disjoint(&words)).map(|(_, count)| count).sum::<usize>()
        };
        self.cue_overlap_p += meeting(&predicted, &gold);
        self.cue_overlap_r += meeting(&gold, &predicted);
    }
}

fn tally(side: &[Relation]) -> BTreeMap<&Words, usize> {
    let mut tally = BTreeMap::new();
    side.iter().filter(|it| !it.cue.is_empty()).for_each(|it| *tally.entry(&it.cue).or_default() += 1);
    tally
}

/// Pairs that share a word, the best overlap first; of equals the nearest in rank, then the later.
fn pairs(gold: &[Relation], predicted: &[Relation]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let common = g.content.intersection(&p.content).count();
            let all = g.content.len() + p.content.len() - common;
            if common > 0 {
                pairs.push(Pair {
                    jaccard: common as f64 / all as f64,
                    apart: i.abs_diff(j),
                    gold: i,
                    predicted: j,
                });
            }
        }
    }
    pairs.sort_by(|a, b| {
        let rank = |it: &Pair| (usize::MAX - it.apart, it.gold, it.predicted);
        b.jaccard.total_cmp(&a.jaccard).then_with(|| rank(b).cmp(&rank(a)))
    });
    pairs
}
