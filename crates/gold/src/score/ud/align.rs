//! Alignment of predicted with gold words over the same characters, after the CoNLL 2018 rules:
//! equal spans align; where either side writes several words as one token, the words of the whole
//! stretch align by the longest common subsequence of their forms.

use crate::conllu::Word;

/// A word at its place. Words of one surface token share its span.
#[derive(Debug, Clone)]
pub struct Placed {
    pub span: (usize, usize),
    /// Whether its token holds several words.
    pub multi: bool,
    /// Index of the governor in the file.
    pub parent: Option<usize>,
    pub word: Word,
}

/// How many spans are on both sides.
pub fn spans(gold: &[(usize, usize)], predicted: &[(usize, usize)]) -> usize {
    let (mut g, mut p, mut right) = (0, 0, 0);
    while g < gold.len() && p < predicted.len() {
        match gold[g].0.cmp(&predicted[p].0) {
            std::cmp::Ordering::Less => g += 1,
            std::cmp::Ordering::Greater => p += 1,
            std::cmp::Ordering::Equal => {
                right += usize::from(gold[g].1 == predicted[p].1);
                (g, p) = (g + 1, p + 1);
            }
        }
    }
    right
}

/// Pairs of gold and predicted words.
pub fn words(gold: &[Placed], predicted: &[Placed]) -> Vec<(usize, usize)> {
    let (mut g, mut p) = (0, 0);
    let mut pairs = Vec::new();
    while g < gold.len() && p < predicted.len() {
        if gold[g].multi || predicted[p].multi {
            let (gs, ps, ge, pe) = stretch(gold, predicted, g, p);
            pairs
                .extend(common(&gold[gs..ge], &predicted[ps..pe]).into_iter().map(|(a, b)| (gs + a, ps + b)));
            (g, p) = (ge, pe);
        } else if gold[g].span == predicted[p].span {
            pairs.push((g, p));
            (g, p) = (g + 1, p + 1);
        } else if gold[g].span.0 <= predicted[p].span.0 {
            g += 1;
        } else {
            p += 1;
        }
    }
    pairs
}

/// The stretch of words around a token of several words: first of both sides, one past the last.
fn stretch(
    gold: &[Placed],
    predicted: &[Placed],
    mut g: usize,
    mut p: usize,
) -> (usize, usize, usize, usize) {
    let begins_before = |a: &Placed, b: &Placed| !a.multi && a.span.0 < b.span.0;
    let mut end = if gold[g].multi { gold[g].span.1 } else { predicted[p].span.1 };
    match gold[g].multi {
        true => p += usize::from(begins_before(&predicted[p], &gold[g])),
        false => g += usize::from(begins_before(&gold[g], &predicted[p])),
    }
    let (gs, ps) = (g, p);
    while within(gold, g, end) || within(predicted, p, end) {
        let gold_next =
            gold.get(g).is_some_and(|it| predicted.get(p).is_none_or(|other| it.span.0 <= other.span.0));
        let (side, at) = if gold_next { (gold, &mut g) } else { (predicted, &mut p) };
        if side[*at].multi {
            end = end.max(side[*at].span.1);
        }
        *at += 1;
    }
    (gs, ps, g, p)
}

fn within(side: &[Placed], at: usize, end: usize) -> bool {
    side.get(at).is_some_and(|word| if word.multi { word.span.0 < end } else { word.span.1 <= end })
}

/// The longest common subsequence of forms, case left out.
fn common(gold: &[Placed], predicted: &[Placed]) -> Vec<(usize, usize)> {
    let forms = |side: &[Placed]| side.iter().map(|it| it.word.form.to_lowercase()).collect::<Vec<_>>();
    let (a, b) = (forms(gold), forms(predicted));
    let mut length = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i][j] =
                if a[i] == b[j] { length[i + 1][j + 1] + 1 } else { length[i + 1][j].max(length[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] >= length[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
