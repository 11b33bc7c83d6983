//! What counts as a word, and as the same word.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").ok());

/// Without accents and without case.
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|it| canonical_combining_class(*it) == 0).flat_map(folded).collect()
}

fn folded(letter: char) -> Vec<char> {
    match letter {
        'ß' | 'ẞ' => vec!['s', 's'],
        'ς' => vec!['σ'],
        _ => letter.to_lowercase().collect(),
    }
}

/// Folded words of letters, digits and underscores.
pub fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = WORD.iter().flat_map(|word| word.find_iter(&folded));
    words.map(|found| found.as_str().to_owned()).collect()
}

/// Dice overlap of the words of two texts, repetitions counted.
pub fn dice(a: &str, b: &str) -> f64 {
    let (mut a, mut b) = (tokens(a), tokens(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    a.sort_unstable();
    b.sort_unstable();
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_and_case() {
        assert_eq!(fold("Erdoğan STRAßE"), "erdogan strasse");
        assert_eq!(tokens("Mr. O’Brien’s 2nd"), ["mr", "o", "brien", "s", "2nd"]);
    }

    #[test]
    fn dice_counts_repetitions() {
        assert!((dice("a a b", "a c") - 0.4).abs() < 1e-9);
        assert_eq!(dice("", "a"), 0.0);
    }
}
