use std::sync::Arc;

use legation_knowledge::Files;
use legation_record::{Article, Span};

use crate::{
    Block, Parse, Sentence, lexicon::Lexicon, model::Model, split::Splitter, structure, tokenise::tokenise,
};

/// Characters to trees: blocks, sentences, tokens, tags, heads, names. Cheap to clone.
#[derive(Debug, Clone)]
pub struct TextReader {
    lexicon: Arc<Lexicon>,
    splitter: Arc<Splitter>,
    model: Arc<Model>,
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
        let lexicon = Arc::new(Lexicon::load(files)?);
        let splitter = Arc::new(Splitter::built_in().map_err(ModelError::Damaged)?);
        Ok(Self { lexicon, splitter, model: Arc::new(Model::built_in().map_err(ModelError::Damaged)?) })
    }

    /// SHA-256 of the weights, as the model's card states it.
    #[must_use]
    pub fn model_digest() -> &'static str {
        crate::model::digest()
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
        let text = sentences.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join("\n");
        let mut at = 0;
        let mut spans: Vec<Vec<Span>> = Vec::with_capacity(sentences.len());
        for words in sentences {
            let place = |word: &String| {
                at += word.len() + 1;
                Span::new(at - word.len() - 1, at - 1)
            };
            spans.push(words.iter().map(place).collect());
            at += usize::from(words.is_empty());
        }
        let starts = spans.iter().map(|words| words.first().map_or(0, |word| word.start));
        let starts: Vec<usize> = starts.collect();
        let borders: Vec<(usize, &[Span])> = spans.iter().map(|words| (0, words.as_slice())).collect();
        let read = self.sentences(&text, &borders).into_iter().zip(sentences).zip(starts);
        read.map(|((sentence, words), start)| TaggedSentence {
            text: words.join(" "),
            sentence: moved(sentence, start),
        })
        .collect()
    }

    fn read_blocks(&self, text: &str, blocks: Vec<Block>) -> Parse {
        let mut words: Vec<(usize, Vec<Span>)> = Vec::new();
        for (number, block) in blocks.iter().enumerate() {
            let inside = tokenise(text, block.span, &self.lexicon);
            let (ranges, _) = self.splitter.split(text, &inside, &self.lexicon);
            words.extend(ranges.into_iter().map(|range| (number, inside[range].to_vec())));
        }
        let borders: Vec<(usize, &[Span])> =
            words.iter().map(|(block, words)| (*block, words.as_slice())).collect();
        let sentences = self.sentences(text, &borders);
        Parse { blocks, sentences, warnings: Vec::new() }
    }

    /// Reads sentences given by their block and words.
    fn sentences(&self, text: &str, borders: &[(usize, &[Span])]) -> Vec<Sentence> {
        let words: Vec<&[Span]> = borders.iter().map(|(_, words)| *words).collect();
        let readings = self.model.read(text, &words).into_iter().zip(borders);
        let sentence = |(reading, (block, words)): (crate::model::Reading, &(usize, &[Span]))| {
            let span =
                words.first().zip(words.last()).map_or(Span::new(0, 0), |(first, last)| first.cover(*last));
            Sentence { span, block: *block, tokens: reading.tokens, names: reading.names }
        };
        readings.map(sentence).collect()
    }
}

/// The sentence with `start` taken from every place.
fn moved(mut sentence: Sentence, start: usize) -> Sentence {
    let back = |span: Span| Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start));
    sentence.span = back(sentence.span);
    sentence.tokens.iter_mut().for_each(|token| token.span = back(token.span));
    sentence
}
