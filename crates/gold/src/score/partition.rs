//! How alike two partitions of mentions are: MUC, B³, CEAFe, and their average as the CoNLL 2012 task has it.

use std::collections::HashMap;

use super::ratio;

/// Sets of mentions; a mention is a number, the same in gold and prediction where the two pair.
pub type Partition = Vec<Vec<usize>>;

/// Sums over documents: what is right of the prediction and of gold, each out of how much.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Sums {
    /// Adds another document.
    pub fn add(&mut self, other: Self) {
        self.recall = (self.recall.0 + other.recall.0, self.recall.1 + other.recall.1);
        self.precision = (self.precision.0 + other.precision.0, self.precision.1 + other.precision.1);
    }

    /// Precision, recall, F1.
    pub fn prf(&self) -> (f64, f64, f64) {
        let (p, r) = (ratio(self.precision.0, self.precision.1), ratio(self.recall.0, self.recall.1));
        (p, r, super::f1(p, r))
    }
}

/// Mentions that are in both.
pub fn mentions(gold: &Partition, predicted: &Partition) -> Sums {
    let of = owners(predicted);
    let both = gold.iter().flatten().filter(|one| of.contains_key(one)).count() as f64;
    let count = |partition: &Partition| partition.iter().map(Vec::len).sum::<usize>() as f64;
    Sums { recall: (both, count(gold)), precision: (both, count(predicted)) }
}

/// MUC (Vilain and others 1995): links kept of those needed.
pub fn muc(gold: &Partition, predicted: &Partition) -> Sums {
    Sums { recall: links(gold, predicted), precision: links(predicted, gold) }
}

fn links(whole: &Partition, parts: &Partition) -> (f64, f64) {
    let of = owners(parts);
    let kept = |set: &Vec<usize>| {
        let mut pieces: Vec<usize> = set.iter().filter_map(|one| of.get(one).copied()).collect();
        let alone = set.len() - pieces.len();
        pieces.sort_unstable();
        pieces.dedup();
        (set.len() - pieces.len() - alone) as f64
    };
    let needed = whole.iter().map(|set| (set.len() - 1) as f64).sum();
    (whole.iter().map(kept).sum(), needed)
}

/// B³ (Bagga and Baldwin 1998): for each mention, the share of its set that stays with it.
pub fn b_cubed(gold: &Partition, predicted: &Partition) -> Sums {
    Sums { recall: shares(gold, predicted), precision: shares(predicted, gold) }
}

fn shares(whole: &Partition, parts: &Partition) -> (f64, f64) {
    let of = owners(parts);
    let kept = |set: &Vec<usize>| {
        let mut pieces: HashMap<usize, f64> = HashMap::new();
        set.iter().filter_map(|one| of.get(one)).for_each(|part| *pieces.entry(*part).or_default() += 1.0);
        pieces.values().map(|size| size * size).sum::<f64>() / set.len() as f64
    };
    (whole.iter().map(kept).sum(), whole.iter().map(Vec::len).sum::<usize>() as f64)
}

/// CEAFe (Luo 2005): the likeness of sets under the best pairing of sets.
pub fn ceaf_e(gold: &Partition, predicted: &Partition) -> Sums {
    let of = owners(predicted);
    let alike = |set: &Vec<usize>| {
        let mut row = vec![0.0; predicted.len()];
        set.iter().filter_map(|one| of.get(one)).for_each(|part| row[*part] += 1.0);
        let sizes = predicted.iter().map(|other| (set.len() + other.len()) as f64);
        row.iter().zip(sizes).map(|(both, size)| 2.0 * both / size).collect::<Vec<f64>>()
    };
    let best = best_pairing(&gold.iter().map(alike).collect::<Vec<_>>());
    Sums { recall: (best, gold.len() as f64), precision: (best, predicted.len() as f64) }
}

fn owners(partition: &Partition) -> HashMap<usize, usize> {
    let sets = partition.iter().enumerate();
    sets.flat_map(|(at, set)| set.iter().map(move |one| (*one, at))).collect()
}

/// The greatest sum of entries, no two of one row or column (the Hungarian method).
fn best_pairing(likeness: &[Vec<f64>]) -> f64 {
    let rows = likeness.len();
    let columns = likeness.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return 0.0;
    }
    let size = rows.max(columns);
    let cost = |row: usize, column: usize| {
        -likeness.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
    };
    let taken = cheapest(size, &cost);
    taken.iter().enumerate().map(|(column, row)| -cost(*row, column)).sum()
}

/// The row of each column in the cheapest assignment of a square table.
fn cheapest(size: usize, cost: &dyn Fn(usize, usize) -> f64) -> Vec<usize> {
    let (mut of_row, mut of_column) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let (mut least, mut seen) = (vec![f64::INFINITY; size + 1], vec![false; size + 1]);
        let mut came_from = vec![0; size + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            seen[column] = true;
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in (1..=size).filter(|other| !seen[*other]) {
                let here = row_of[column];
                let slack = cost(here - 1, other - 1) - of_row[here] - of_column[other];
                if slack < least[other] {
                    (least[other], came_from[other]) = (slack, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if seen[other] {
                    of_row[row_of[other]] += step;
                    of_column[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    row_of[1..].iter().map(|row| row - 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: (f64, f64, f64), expected: (f64, f64, f64)) {
        let close = |a: f64, b: f64| (a - b).abs() < 0.005;
        let all = close(found.0, expected.0) && close(found.1, expected.1) && close(found.2, expected.2);
        assert!(all, "{found:?} is not {expected:?}");
    }

    /// The worked example of Pradhan and others 2014. Printed there, rounded at each step: B³ .50, .42 and .46.
    #[test]
    fn the_worked_example_of_the_reference_scorer() {
        let gold = vec![vec![1, 2, 3], vec![4, 5, 6, 7]];
        let predicted = vec![vec![1, 2], vec![3, 4], vec![6, 7, 8, 9]];
        near(muc(&gold, &predicted).prf(), (0.40, 0.40, 0.40));
        near(b_cubed(&gold, &predicted).prf(), (0.50, 5.0 / 12.0, 5.0 / 11.0));
        near(ceaf_e(&gold, &predicted).prf(), (0.43, 0.65, 0.52));
    }

    /// The example of Luo 2005: all in one set and all apart.
    #[test]
    fn one_heap_and_all_apart() {
        let gold = vec![vec![1, 2, 3, 4, 5], vec![6, 7], vec![8, 9, 10, 11, 12]];
        let heap = vec![(1..=12).collect::<Vec<_>>()];
        let apart: Partition = (1..=12).map(|one| vec![one]).collect();
        near(muc(&gold, &heap).prf(), (9.0 / 11.0, 1.0, 0.9));
        near(b_cubed(&gold, &heap).prf(), (0.375, 1.0, 0.545));
        near(muc(&gold, &apart).prf(), (0.0, 0.0, 0.0));
        near(b_cubed(&gold, &apart).prf(), (1.0, 0.25, 0.4));
    }

    #[test]
    fn the_same_partition_is_all_right() {
        let gold = vec![vec![1, 2], vec![3], vec![4, 5, 6]];
        for measure in [mentions, muc, b_cubed, ceaf_e] {
            near(measure(&gold, &gold).prf(), (1.0, 1.0, 1.0));
        }
    }

    #[test]
    fn the_best_pairing_is_not_the_greedy_one() {
        let sum = best_pairing(&[vec![0.9, 0.8], vec![0.8, 0.1]]);
        assert!((sum - 1.6).abs() < 1e-9);
        assert!((best_pairing(&[vec![0.2, 0.5, 0.3]]) - 0.5).abs() < 1e-9);
    }
}
