//! According to whom: source, cue, content, nested.
//!
//! Trees are searched for the constructions of `knowledge/rules/attribution/` around the cues of
//! `knowledge/lexicon/cues.tsv`; quotation marks are paired paragraph by paragraph and given to the
//! nearest speaker; what lies in another's content is nested under it.

mod aside;
mod astray;
mod construction;
mod cue;
mod draft;
mod extent;
mod find;
mod mend;
mod nest;
mod quote;
mod resolve;
mod source;
mod speaker;
mod trailing;
mod transcript;
mod tree;

use legation_knowledge::{Files, LoadError};
use legation_record::{Article, Attribution, Span};
use legation_text::Parse;

pub use self::construction::Example;
use self::{
    construction::Constructions, cue::Cues, draft::Draft, resolve::Resolver, speaker::Speakers, tree::Tree,
};
use crate::{entity::EntityLayer, time::TimeLayer};

/// Reads attributions.
#[derive(Debug, Clone)]
pub struct AttributionReader {
    cues: Cues,
    constructions: Constructions,
}

/// What the attribution reader adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributionLayer {
    /// Outer before inner, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// Quoted words whose speaker the article does not tell.
    pub unattributed: Vec<Span>,
}

impl AttributionReader {
    /// Loads cues and constructions.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut constructions = Constructions::load(files)?;
        let cues = Cues::load(files, &mut constructions)?;
        Ok(Self { cues, constructions })
    }

    /// The examples of the rule files.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.constructions.examples
    }

    /// The rules of the files, as evidence names them; `{p}` stands for any preposition.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        self.constructions.rules().collect()
    }

    /// Reads the attributions of an article; never fails.
    #[must_use]
    pub fn read(
        &self,
        article: &Article,
        parse: &Parse,
        times: &TimeLayer,
        entities: &EntityLayer,
    ) -> AttributionLayer {
        let text = article.text.as_str();
        let parse = &*mend::mended(text, parse, &self.cues);
        let mut drafts = self.drafts(text, parse);
        let speakers = Speakers::new(text, parse, &self.cues);
        speaker::lists(text, parse, &self.cues, &mut drafts, &speakers);
        let quotes = speakers.quotes.clone();
        let transcript = transcript::turns(text, &speakers.paragraphs);
        if transcript.is_empty()
            && let Some(told) = speakers.paragraphs.first().and_then(|first| speaker::headline(text, *first))
            && speaker::under_headline(&mut drafts, &told)
        {
            drafts.push(told);
        }
        drafts.extend(transcript);
        let unattributed = speakers.assign(&mut drafts);
        speaker::silence(&mut drafts, &quotes, &unattributed);
        drafts.retain(|draft| !draft.content.is_empty());
        let nesting = nest::nest(&drafts);
        let mut kept = nesting.parent.iter().map(Option::is_some);
        drafts.retain(|draft| kept.next().unwrap_or_default() || !draft.inner_only);
        let nesting = nest::nest(&drafts);
        let attributions = Resolver::new(text, entities, times, &quotes).attributions(&drafts, &nesting);
        AttributionLayer { attributions, unattributed }
    }

    fn drafts(&self, text: &str, parse: &Parse) -> Vec<Draft> {
        let trees = parse.sentences.iter().filter_map(|sentence| Tree::new(text, sentence));
        trees.flat_map(|tree| find::find(&tree, &self.cues, &self.constructions)).collect()
    }
}
