//! How often the ledger is right: a sample to judge blindly, and what the judgements say.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Fault, Ledger,
    digest::Parts,
    query::{EventRow, Filter},
};

/// Of a normal distribution: 95 of 100 lie within so many deviations.
const Z: f64 = 1.959_964;

/// Share of what was judged right, with its 95 % interval after Wilson.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// Judged right.
    pub right: usize,
    /// Judged.
    pub all: usize,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Share {
    /// The share of so many of so many.
    #[must_use]
    pub fn of(right: usize, all: usize) -> Self {
        let (n, share) = (all as f64, right as f64 / all.max(1) as f64);
        if all == 0 {
            return Self { right, all, low: 0.0, high: 1.0 };
        }
        let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self { right, all, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
    }
}

/// Krippendorff's alpha of yes and no: 1 where judges agree, 0 where chance would do as well; `None` where no unit has
/// two judgements. One inner list for each unit.
#[must_use]
pub fn alpha(units: &[Vec<bool>]) -> Option<f64> {
    let pairable: Vec<&Vec<bool>> = units.iter().filter(|unit| unit.len() > 1).collect();
    let count = |unit: &[bool], value: bool| unit.iter().filter(|one| **one == value).count() as f64;
    let all: f64 = pairable.iter().map(|unit| unit.len() as f64).sum();
    let yes: f64 = pairable.iter().map(|unit| count(unit, true)).sum();
    let differ = |unit: &&Vec<bool>| 2.0 * count(unit, true) * count(unit, false) / (unit.len() as f64 - 1.0);
    let observed: f64 = pairable.iter().map(differ).sum::<f64>() / all;
    let expected = 2.0 * yes * (all - yes) / (all * (all - 1.0));
    match pairable.is_empty() {
        true => None,
        false if expected == 0.0 => Some(1.0),
        false => Some(1.0 - observed / expected),
    }
}

impl Ledger {
    /// So many events that a filter asks for, drawn by a seed: every kind in turn, so that rare ones are among them. What
    /// people decided on them plays no part.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sample(&self, filter: &Filter, seed: &str, size: usize) -> Result<Vec<EventRow>, Fault> {
        let mut strata: BTreeMap<String, Vec<(String, EventRow)>> = BTreeMap::new();
        for event in self.events(filter)? {
            let draw = Parts::default().add(seed).add(&event.id).full();
            strata.entry(event.kind.clone()).or_default().push((draw, event));
        }
        for stratum in strata.values_mut() {
            stratum.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        let mut drawn = Vec::new();
        for round in 0.. {
            let before = drawn.len();
            let next = strata.values().filter_map(|stratum| stratum.get(round));
            drawn.extend(next.take(size - before).cloned());
            if drawn.len() == before || drawn.len() >= size {
                break;
            }
        }
        drawn.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(drawn.into_iter().map(|(_, event)| event).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_the_interval_of_wilson() {
        let share = Share::of(45, 50);
        assert!((share.low - 0.786).abs() < 0.001 && (share.high - 0.957).abs() < 0.001, "{share:?}");
        assert_eq!((Share::of(0, 0).low, Share::of(0, 0).high), (0.0, 1.0));
    }

    #[test]
    fn alpha_is_one_in_agreement_and_below_nought_in_disagreement() {
        assert_eq!(alpha(&[vec![true]]), None);
        assert_eq!(alpha(&[vec![true, true], vec![false, false]]), Some(1.0));
        assert!(alpha(&[vec![true, false], vec![false, true]]).unwrap() < 0.0);
        let mixed =
            alpha(&[vec![true, true], vec![true, true], vec![false, false], vec![true, false]]).unwrap();
        assert!((mixed - 0.533).abs() < 0.001, "{mixed}");
    }
}
