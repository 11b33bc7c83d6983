//! Near-copies: MinHash over runs of words.

/// Numbers in a signature: the estimate of likeness is off by less than .13 nineteen times in twenty.
const SIZE: usize = 64;
/// Words in a run.
const RUN: usize = 4;
/// What is kept of a text to tell its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// For storing.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|value| value.to_le_bytes()).collect()
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
