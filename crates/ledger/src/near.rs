//! Near-copies: MinHash over runs of words.

use serde::{Deserialize, Serialize};

/// Numbers in a signature: the estimate of likeness is off by less than .13 nineteen times in twenty.
const SIZE: usize = 64;
/// Words in a run.
const RUN: usize = 4;
/// Share of equal numbers from which one text is a copy of the other.
const COPY: f64 = 0.6;

/// What is kept of a text to tell its copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a text, whatever its capitals and punctuation.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = words(text).map(|word| hash(word.to_lowercase().as_bytes())).collect();
        let mut least = vec![u32::MAX; SIZE];
        let runs = words.windows(RUN.min(words.len()).max(1));
        for run in runs.map(|run| run.iter().fold(0, |all, word| mix(all ^ *word))) {
            for (at, least) in least.iter_mut().enumerate() {
                let value =
                    (mix(run.wrapping_add((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))) >> 32) as u32;
                *least = value.min(*least);
            }
        }
        Self(least)
    }

    /// Whether one text is a copy of the other but for a few words.
    #[must_use]
    pub fn is_copy(&self, other: &Self) -> bool {
        let same = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        same as f64 >= COPY * SIZE as f64
    }

    /// For storing.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    /// As stored.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let value = |four: &[u8]| four.iter().rev().fold(0, |all, byte| (all << 8) | u32::from(*byte));
        Self(bytes.chunks(4).map(value).collect())
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |all, byte| (all ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finaliser of SplitMix64.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "The foreign ministers of the two countries met in Vienna on Tuesday and agreed to reopen \
        their embassies within two months, the host said after the talks, which lasted for more than five hours.";

    #[test]
    fn a_reprint_is_a_copy_and_another_report_is_not() {
        let wire = Signature::of(WIRE);
        let reprint = Signature::of(&WIRE.replace("on Tuesday ", "").to_uppercase());
        let other = Signature::of(
            "Two ministers who had not spoken for seven years sat down in Vienna; embassies will open again.",
        );
        assert!(wire.is_copy(&reprint) && !wire.is_copy(&other));
        assert_eq!(Signature::from_bytes(&wire.to_bytes()), wire);
    }

    #[test]
    fn texts_without_words_have_a_signature_too() {
        assert!(Signature::of("").is_copy(&Signature::of("…")));
        assert!(!Signature::of("Yes").is_copy(&Signature::of("No")));
    }
}
