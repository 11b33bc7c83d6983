use std::sync::Arc;

use legation_knowledge::Files;
use legation_record::{Article, Span};

use crate::{
    Block, Parse, Sentence, language,
    lexicon::Lexicon,
    model::{Model, Reading, Rows},
    split::{LONGEST, Splitter},
    structure,
    tokenise::{floor, tokenise},
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

    /// What tells one pair of networks from another: the first half of the SHA-256 of each one's weights, as their cards
    /// state them.
    #[must_use]
    pub fn model_digest() -> String {
        crate::model::digest()
    }

    /// Parses an article; never fails. What was not read is among the warnings: text beyond two
    /// megabytes, articles that are not English.
    #[must_use]
    pub fn read(&self, article: &Article) -> Parse {
        if let Some(language) = language::foreign(&article.text) {
            let warning =
                format!("the article seems to be in {language}; only English is read, so nothing was");
            return Parse { warnings: vec![warning], ..Parse::default() };
        }
        let (text, cut) = within_limit(&article.text);
        let (mut parse, states) = self.read_blocks(text, structure::structure(text, &self.lexicon));
        parse.graph = self.model.graph(text, &parse.blocks, &parse.sentences, &states);
        if parse.graph.is_none() {
            parse.warnings.push("the language model failed on events; rules alone read them".into());
        }
        parse.warnings.extend(cut);
        parse
    }

    /// Parses running text as treebanks give it: empty lines divide paragraphs, every character that is
    /// not white belongs to a token, nothing is a title, dateline or list mark.
    #[must_use]
    pub fn read_raw(&self, text: &str) -> Parse {
        let (text, cut) = within_limit(text);
        let (mut parse, _) = self.read_blocks(text, structure::paragraphs(text));
        parse.warnings.extend(cut);
        parse
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
        let read = self.sentences(&text, &borders).0.into_iter().zip(sentences).zip(starts);
        read.map(|((sentence, words), start)| TaggedSentence {
            text: words.join(" "),
            sentence: moved(sentence, start),
        })
        .collect()
    }

    /// Parses an article and gives the states of all words with it, one row after the other: what the event graph is
    /// trained on.
    #[must_use]
    pub fn read_with_states(&self, article: &Article) -> (Parse, Vec<f32>) {
        let (text, _) = within_limit(&article.text);
        let (parse, states) = self.read_blocks(text, structure::structure(text, &self.lexicon));
        (parse, states.iter().flat_map(Rows::values).collect())
    }

    fn read_blocks(&self, text: &str, blocks: Vec<Block>) -> (Parse, Vec<Rows>) {
        let mut words: Vec<(usize, Vec<Span>)> = Vec::new();
        let mut forced = 0;
        for (number, block) in blocks.iter().enumerate() {
            let inside = tokenise(text, block.span, &self.lexicon);
            let (ranges, cut) = self.splitter.split(text, &inside, &self.lexicon);
            words.extend(ranges.into_iter().map(|range| (number, inside[range].to_vec())));
            forced += cut;
        }
        let borders: Vec<(usize, &[Span])> =
            words.iter().map(|(block, words)| (*block, words.as_slice())).collect();
        let (sentences, states, failed) = self.sentences(text, &borders);
        let mut warnings = Vec::new();
        if forced > 0 {
            warnings.push(format!("sentences of more than {LONGEST} words were cut at {forced} places"));
        }
        if failed > 0 {
            warnings
                .push(format!("the language model failed on {failed} stretches; their words have no tags"));
        }
        (Parse { blocks, sentences, graph: None, warnings }, states)
    }

    /// Reads sentences given by their block and words; says also on how many stretches the model failed.
    fn sentences(&self, text: &str, borders: &[(usize, &[Span])]) -> (Vec<Sentence>, Vec<Rows>, usize) {
        let words: Vec<&[Span]> = borders.iter().map(|(_, words)| *words).collect();
        let (readings, failed) = self.model.read(text, &words);
        let mut states = Vec::with_capacity(readings.len());
        let sentence = |(reading, (block, words)): (Reading, &(usize, &[Span]))| {
            states.push(reading.states);
            let span =
                words.first().zip(words.last()).map_or(Span::new(0, 0), |(first, last)| first.cover(*last));
            Sentence { span, block: *block, tokens: reading.tokens, names: reading.names }
        };
        let sentences = readings.into_iter().zip(borders).map(sentence).collect();
        (sentences, states, failed)
    }
}

/// Bytes of an article that are read.
const MOST_BYTES: usize = 2_000_000;

/// The part of a text that is read, and what to say of the rest.
fn within_limit(text: &str) -> (&str, Option<String>) {
    if text.len() <= MOST_BYTES {
        return (text, None);
    }
    let end = floor(text, MOST_BYTES);
    let warning = format!("only the first {end} of {} bytes were read", text.len());
    (&text[..end], Some(warning))
}

/// The sentence with `start` taken from every place.
fn moved(mut sentence: Sentence, start: usize) -> Sentence {
    let back = |span: Span| Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start));
    sentence.span = back(sentence.span);
    sentence.tokens.iter_mut().for_each(|token| token.span = back(token.span));
    sentence
}
