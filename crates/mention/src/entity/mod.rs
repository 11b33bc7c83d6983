//! Who and where: mentions, what they refer to, and which refer to the same.

use std::collections::BTreeMap;

use legation_knowledge::{Files, Gazetteer, LoadError};
use legation_record::{Article, Date, Entity, Span};
use legation_text::Parse;

use crate::time::TimeLayer;

mod actor;
mod around;
mod build;
mod chain;
mod common;
mod find;
mod found;
mod guise;
mod holder;
mod link;
mod person;
mod pronoun;
mod spot;
mod talk;
mod thing;
mod tie;
mod words;

pub use actor::ActorCode;
pub use spot::Spot;
use words::Words;

/// Reads people, states, governments, organisations, places.
#[derive(Debug, Clone)]
pub struct EntityReader {
    gazetteer: Gazetteer,
    words: Words,
}

/// What the entity reader adds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntityLayer {
    /// By first mention.
    pub entities: Vec<Entity>,
    /// Where the cities among them lie, by their link.
    pub spots: BTreeMap<String, Spot>,
}

/// The rules that find mentions without a name, office or sector.
const PLAIN: [&str; 5] =
    ["entity/common", "entity/common-again", "entity/quoted-voice", "entity/voice", "entity/they"];

/// Whether nothing is told of it but common nouns: what reads further looks past it.
fn plain(entity: &Entity) -> bool {
    let by = |mention: &legation_record::Mention| PLAIN.contains(&mention.evidence.by.as_str());
    entity.link.is_none() && entity.mentions.iter().all(by)
}

impl EntityLayer {
    /// Those of whom more is told than common nouns.
    fn told(&self) -> impl Iterator<Item = &Entity> {
        self.entities.iter().filter(|entity| !plain(entity))
    }

    /// The entity of the longest mention that lies within `span`, or else of the smallest that covers it.
    #[must_use]
    pub fn at(&self, span: Span) -> Option<&Entity> {
        let mentions =
            || self.told().flat_map(|entity| entity.mentions.iter().map(move |m| (entity, m.span)));
        let inside = mentions().filter(|(_, m)| span.contains(*m)).max_by_key(|(_, m)| m.len());
        let around = || mentions().filter(|(_, m)| m.contains(span)).min_by_key(|(_, m)| m.len());
        inside.or_else(around).map(|(entity, _)| entity)
    }

    /// Where the city lies that an entity is.
    #[must_use]
    pub fn spot(&self, id: &str) -> Option<&Spot> {
        let entity = self.entities.iter().find(|entity| entity.id == id)?;
        self.spots.get(entity.link.as_ref()?)
    }

    /// The entity of the mention whose head covers `byte`: the shortest such mention.
    #[must_use]
    pub fn headed_at(&self, byte: usize) -> Option<&Entity> {
        let mentions = self.told().flat_map(|entity| entity.mentions.iter().map(move |m| (entity, m)));
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
            around: around::Around::of(&article.text, parse, &self.gazetteer),
            talk: talk::Talk::of(&article.text, parse, &self.words),
        };
        let entities = build::entities(parse, linker.run());
        let spots = spot::spots(&self.gazetteer, &entities);
        EntityLayer { entities, spots }
    }
}
