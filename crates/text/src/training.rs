//! What the training scripts need of the program, so that both see the same features.

use legation_knowledge::{Files, LoadError};
use legation_record::Span;

use crate::{lexicon::Lexicon, split, tokenise::tokenise};

pub use crate::split::Gap;

/// Makes training examples for the sentence splitter.
#[derive(Debug)]
pub struct SentenceEnds {
    lexicon: Lexicon,
}

impl SentenceEnds {
    /// Loads the tokeniser's knowledge.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        Ok(Self { lexicon: Lexicon::load(files)? })
    }

    /// The gaps between words of a paragraph whose sentences end at the bytes `ends`, in order.
    #[must_use]
    pub fn gaps(&self, text: &str, ends: &[usize]) -> Vec<Gap> {
        let words = tokenise(text, Span::new(0, text.len()), &self.lexicon);
        split::examples(text, &words, ends, &self.lexicon)
    }
}
