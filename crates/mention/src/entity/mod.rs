//! Who and where: mentions, what they refer to, and which refer to the same.

use legation_knowledge::{Files, Gazetteer, LoadError};
use legation_record::{Article, Date, Entity, Span};
use legation_text::Parse;

use crate::time::TimeLayer;

mod actor;
mod build;
mod chain;
mod find;
mod found;
mod guise;
mod holder;
mod link;
mod person;
mod pronoun;
mod thing;
mod tie;
mod words;

pub use actor::ActorCode;
use words::Words;

/// Reads people, states, governments, organisations, places.
#[derive(Debug, Clone)]
pub struct EntityReader {
    gazetteer: Gazetteer,
    words: Words,
}

/// What the entity reader adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityLayer {
    /// By first mention.
    pub entities: Vec<Entity>,
}

impl EntityLayer {
    /// The entity of the longest mention that lies within `span`, or else of the smallest that covers it.
    #[must_use]
    pub fn at(&self, span: Span) -> Option<&Entity> {
        let mentions =
            || self.entities.iter().flat_map(|entity| entity.mentions.iter().map(move |m| (entity, m.span)));
        let inside = mentions().filter(|(_, m)| span.contains(*m)).max_by_key(|(_, m)| m.len());
        let around = || mentions().filter(|(_, m)| m.contains(span)).min_by_key(|(_, m)| m.len());
        inside.or_else(around).map(|(entity, _)| entity)
    }

    /// The entity of the mention whose head covers `byte`: the shortest such mention.
    #[must_use]
    pub fn headed_at(&self, byte: usize) -> Option<&Entity> {
        let mentions =
            self.entities.iter().flat_map(|entity| entity.mentions.iter().map(move |m| (entity, m)));
        let heads = mentions.filter(|(_, m)| m.head.start <= byte && byte < m.head.end);
        heads.min_by_key(|(_, m)| m.span.len()).map(|(entity, _)| entity)
    }
}

impl EntityReader {
    /// Loads gazetteers and lists.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        Ok(Self { gazetteer: Gazetteer::load(files)?, words: Words::load(files)? })
    }

    /// The gazetteer it reads with.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Country and sectors of somebody named by a few words; `context` may tell the country, and `date` who holds which
    /// office (without one, the newest day that the knowledge has).
    #[must_use]
    pub fn actor(&self, text: &str, context: &str, date: Option<Date>) -> ActorCode {
        let day = date.or_else(|| self.gazetteer.newest());
        actor::Actors { gazetteer: &self.gazetteer, words: &self.words, day }.code(text, context)
    }

    /// Reads the entities of an article; never fails.
    #[must_use]
    pub fn read(&self, article: &Article, parse: &Parse, times: &TimeLayer) -> EntityLayer {
        let day = times.published.date.or(article.meta.published).or_else(|| self.gazetteer.newest());
        let linker = link::Linker {
            text: &article.text,
            parse,
            gazetteer: &self.gazetteer,
            words: &self.words,
            day,
            chains: chain::Chains::default(),
        };
        EntityLayer { entities: build::entities(parse, linker.run()) }
    }
}
