use std::sync::Arc;

use legation_knowledge::Files;
use legation_record::{Article, Span};

use crate::{Block, Parse, Sentence, Token, Upos, lexicon::Lexicon, split::split, structure, tokenise::tokenise};

/// Characters to trees: blocks, sentences, tokens, tags, heads, names.
#[derive(Debug, Clone)]
pub struct TextReader {
    lexicon: Lexicon,
}

/// Why the model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The weights or their lists do not hold together.
    #[error("the language model is damaged: {0}")]
    Damaged(String),
    /// A knowledge file is faulty.
    #[error(transparent)]
    Knowledge(#[from] legation_knowledge::LoadError),
}

/// A sentence that was given as words: its words joined by single spaces, and what was read in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedSentence {
    /// The words, a space between each two.
    pub text: String,
    /// One token for each word, spans in `text`.
    pub sentence: Sentence,
}

impl TextReader {
    /// Loads the built-in model.
    ///
    /// # Errors
    /// When weights, lists or a knowledge file are damaged.
    pub fn load(files: &Files) -> Result<Self, ModelError> {
        Ok(Self { lexicon: Lexicon::load(files)? })
    }

    /// Parses an article; never fails.
    #[must_use]
    pub fn read(&self, article: &Article) -> Parse {
        self.read_blocks(&article.text, structure::structure(&article.text, &self.lexicon))
    }

    /// Parses running text as treebanks give it: empty lines divide paragraphs, every character that is
    /// not white belongs to a token, nothing is a title, dateline or list mark.
    #[must_use]
    pub fn read_raw(&self, text: &str) -> Parse {
        self.read_blocks(text, structure::paragraphs(text))
    }

    /// Tags sentences whose words are given. One result for each sentence, one token for each word;
    /// a sentence without words gives one without tokens.
    #[must_use]
    pub fn tag_sentences(&self, sentences: &[Vec<String>]) -> Vec<TaggedSentence> {
        sentences.iter().map(|words| self.tag_one(words)).collect()
    }

    fn tag_one(&self, words: &[String]) -> TaggedSentence {
        let text = words.join(" ");
        let mut at = 0;
        let mut spans = Vec::with_capacity(words.len());
        for word in words {
            spans.push(Span::new(at, at + word.len()));
            at += word.len() + 1;
        }
        let sentence = self.sentence(&text, &spans, 0);
        TaggedSentence { sentence, text }
    }

    fn read_blocks(&self, text: &str, blocks: Vec<Block>) -> Parse {
        let mut sentences = Vec::new();
        for (number, block) in blocks.iter().enumerate() {
            let words = tokenise(text, block.span, &self.lexicon);
            for range in split(text, &words, &self.lexicon) {
                sentences.push(self.sentence(text, &words[range], number));
            }
        }
        Parse { blocks, sentences, warnings: Vec::new() }
    }

    fn sentence(&self, text: &str, words: &[Span], block: usize) -> Sentence {
        let (none, dep, root): (Arc<str>, Arc<str>, Arc<str>) = ("_".into(), "dep".into(), "root".into());
        let tokens = words.iter().enumerate().map(|(at, span)| Token {
            span: *span,
            upos: Upos::X,
            xpos: none.clone(),
            feats: none.clone(),
            lemma: span.slice(text).unwrap_or_default().to_lowercase().into(),
            head: (at > 0).then_some(0),
            deprel: if at > 0 { dep.clone() } else { root.clone() },
        });
        let span = words.first().zip(words.last()).map_or(Span::new(0, 0), |(first, last)| first.cover(*last));
        Sentence { span, block, tokens: tokens.collect(), names: Vec::new() }
    }
}
