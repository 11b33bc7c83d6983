//! Windows of whole sentences, and the paths between their words.

use crate::{Sentence, Token};

/// Paths with more steps than this are described only by how far they rise and fall.
const STEPS: usize = 4;

/// Sentences `[first, end)` that are seen together; only those from `new` on are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub first: usize,
    pub new: usize,
    pub end: usize,
}

/// Given the number of words in each sentence, makes windows of at most about `most` words that overlap by
/// whole sentences, up to `context` words in all.
pub fn windows(lengths: &[usize], most: usize, context: usize) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut new = 0;
    while new < lengths.len() {
        let (mut first, mut before) = (new, 0);
        while first > 0 && before + lengths[first - 1] <= context {
            first -= 1;
            before += lengths[first];
        }
        let (mut end, mut words) = (new + 1, before + lengths[new]);
        while end < lengths.len() && words + lengths[end] <= most {
            words += lengths[end];
            end += 1;
        }
        windows.push(Window { first, new, end });
        new = end;
    }
    windows
}

/// The path through the tree from a trigger to another word of its sentence: `<nsubj`, `>obj`, `far31`.
pub fn path(sentence: &Sentence, trigger: usize, word: usize) -> String {
    if trigger == word {
        return "self".into();
    }
    let up = |from: usize| -> Vec<usize> { std::iter::once(from).chain(sentence.ancestors(from)).collect() };
    let (from, to) = (up(trigger), up(word));
    let Some(rise) = from.iter().position(|at| to.contains(at)) else { return "none".into() };
    let fall = to.iter().position(|at| *at == from[rise]).unwrap_or_default();
    if rise + fall > STEPS {
        return format!("far{}{}", rise.min(3), fall.min(3));
    }
    let step = |sign: char, at: &usize| format!("{sign}{}", relation(&sentence.tokens[*at]));
    let (rising, falling) = (from[..rise].iter(), to[..fall].iter().rev());
    rising.map(|at| step('<', at)).chain(falling.map(|at| step('>', at))).collect()
}

/// The path to a word in another sentence: how many sentences before or after.
pub fn across(trigger: usize, sentence: usize) -> String {
    let apart = trigger.abs_diff(sentence).min(3);
    format!("{}{apart}", if sentence > trigger { "after" } else { "before" })
}

/// The relation without its subtype, except for passives.
fn relation(token: &Token) -> &str {
    if token.deprel.ends_with(":pass") {
        &token.deprel
    } else {
        token.deprel.split(':').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_overlap_by_whole_sentences() {
        let window = |first, new, end| Window { first, new, end };
        assert_eq!(windows(&[], 10, 4), []);
        assert_eq!(windows(&[30], 10, 4), [window(0, 0, 1)]);
        assert_eq!(windows(&[4, 4, 3, 4, 9], 11, 4), [window(0, 0, 3), window(2, 3, 4), window(3, 4, 5)]);
    }
}
