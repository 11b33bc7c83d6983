use legation_event::{Below, EventLayer, EventReader};
use legation_knowledge::{Files, LoadError};
use legation_mention::{
    attribution::{AttributionLayer, AttributionReader},
    entity::{EntityLayer, EntityReader},
    time::{TimeLayer, TimeReader},
};
use legation_record::{Article, Published, Record, Versions};
use legation_text::{ModelError, Parse, TextReader};

/// Reads articles. Immutable; share one between threads.
#[derive(Debug)]
pub struct Reader {
    text: TextReader,
    times: TimeReader,
    entities: EntityReader,
    attributions: AttributionReader,
    events: EventReader,
    versions: Versions,
    /// Whether events are read by rules alone.
    rules_alone: bool,
}

/// Why a reader could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadFault {
    /// A knowledge file.
    Knowledge(LoadError),
    /// The language model.
    Model(ModelError),
}

impl std::fmt::Display for LoadFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Knowledge(error) => error.fmt(f),
            Self::Model(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LoadFault {}

impl From<LoadError> for LoadFault {
    fn from(error: LoadError) -> Self {
        Self::Knowledge(error)
    }
}

impl From<ModelError> for LoadFault {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

/// What each stage added, for those who want a layer by itself.
#[derive(Debug, Clone)]
pub struct Layers {
    /// Sentences and trees.
    pub parse: Parse,
    /// When.
    pub times: TimeLayer,
    /// Who and where.
    pub entities: EntityLayer,
    /// According to whom.
    pub attributions: AttributionLayer,
    /// What.
    pub events: EventLayer,
}

impl Reader {
    /// A reader with the knowledge that came with the program.
    ///
    /// # Errors
    /// When weights or knowledge are damaged.
    pub fn built_in() -> Result<Self, LoadFault> {
        Self::with(&Files::built_in())
    }

    /// A reader with other knowledge.
    ///
    /// # Errors
    /// When weights or knowledge are faulty.
    pub fn with(files: &Files) -> Result<Self, LoadFault> {
        Ok(Self {
            text: TextReader::load(files)?,
            times: TimeReader::load(files)?,
            entities: EntityReader::load(files)?,
            attributions: AttributionReader::load(files)?,
            events: EventReader::load(files)?,
            versions: Versions {
                reader: env!("CARGO_PKG_VERSION").into(),
                model: TextReader::model_digest(),
                knowledge: files.digest(),
            },
            rules_alone: false,
        })
    }

    /// The same reader without the network's vote on events: what the rules are worth by themselves.
    #[must_use]
    pub fn by_rules_alone(self) -> Self {
        let versions = Versions { model: format!("{}, rules alone", self.versions.model), ..self.versions };
        Self { rules_alone: true, versions, ..self }
    }

    /// The stage that reads entities, for those who code actors without an article.
    #[must_use]
    pub fn entities(&self) -> &EntityReader {
        &self.entities
    }

    /// The stage that reads events, for those who anchor words of their own.
    #[must_use]
    pub fn events(&self) -> &EventReader {
        &self.events
    }

    /// Parses only.
    #[must_use]
    pub fn parse(&self, article: &Article) -> Parse {
        self.text.read(article)
    }

    /// The first stage by itself: `read_raw` for treebank text, `tag_sentences` for given words.
    #[must_use]
    pub fn text(&self) -> &TextReader {
        &self.text
    }

    /// The time layer alone: it needs an article and its parse.
    #[must_use]
    pub fn times(&self) -> &TimeReader {
        &self.times
    }

    /// Runs every stage and keeps what each added.
    #[must_use]
    pub fn layers(&self, article: &Article) -> Layers {
        let mut parse = self.text.read(article);
        if self.rules_alone {
            parse.graph = None;
        }
        let times = self.times.read(article, &parse);
        let entities = self.entities.read(article, &parse, &times);
        let attributions = self.attributions.read(article, &parse, &times, &entities);
        let events = self.events.read(Below {
            article,
            parse: &parse,
            times: &times,
            entities: &entities,
            attributions: &attributions,
        });
        Layers { parse, times, entities, attributions, events }
    }

    /// What an event's word means, and why the event is coded as it is, in words.
    #[must_use]
    pub fn explain(&self, event: &legation_record::Event, text: &str) -> String {
        self.events.explain(event, text)
    }

    /// What makes its records.
    #[must_use]
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Reads an article; never fails. What could not be read is among the record's warnings.
    ///
    /// Should a stage break off by a fault of ours, the record is empty but for a warning, so that a batch goes on.
    #[must_use]
    pub fn read(&self, article: Article) -> Record {
        match guarded(|| self.layers(&article)) {
            Some(layers) => self.record(article, layers),
            None => self.unread(article),
        }
    }

    fn unread(&self, article: Article) -> Record {
        let date = article.meta.published;
        let published = Published { date, inferred: false, candidates: Vec::new() };
        let mut record = Record::empty(article, published, self.versions.clone());
        record.warnings.push("the reader broke off: nothing was read; please report the article".into());
        record
    }

    fn record(&self, article: Article, layers: Layers) -> Record {
        let Layers { parse, times, entities, attributions, events } = layers;
        let mut record = Record::empty(article, times.published, self.versions.clone());
        record.times = times.times;
        record.entities = entities.entities;
        record.attributions = attributions.attributions;
        record.unattributed_quotes = attributions.unattributed;
        record.events = events.events;
        record.proposals = events.proposals;
        record.claims = events.claims;
        record.warnings = parse.warnings;
        if record.article.text.trim().is_empty() {
            record.warnings.push("the article is empty".into());
        }
        record
    }
}

/// What a stage gives, or `None` where it breaks off.
fn guarded<T>(stage: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(stage)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_breaks_off_leaves_a_warning() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { std::panic::resume_unwind(Box::new("broken")) }), None);
        let record = Reader::built_in().unwrap().unread(Article::new("Some text."));
        assert_eq!(record.check(), []);
        assert!(record.warnings[0].contains("broke off"));
    }
}
