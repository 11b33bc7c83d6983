use legation_record::{Article, Record, Span};
use serde::Serialize;

/// Reads articles and puts records in words.
pub trait Hand: Send + Sync {
    /// The record of an article.
    fn read(&self, article: Article) -> Record;
    /// A record made ready to be shown.
    fn show(&self, record: &Record) -> Shown;
}

/// A record made ready to be shown.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shown {
    /// The article in pieces over which the layers do not change.
    pub pieces: Vec<Piece>,
    /// The publication date.
    pub published: Item,
    /// The parts that have something to show.
    pub sections: Vec<Section>,
}

/// A piece of the article.
#[derive(Debug, Clone, Serialize)]
pub struct Piece {
    /// The characters.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
    /// The layers over them: `time`, `cue`, `event`, `entity`, `point`, `content`.
    pub layers: Vec<&'static str>,
}

/// A part of the record under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// How real an item is.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// It took place.
    Real,
    /// It is to come.
    Coming,
    /// It is not to be.
    Off,
    /// It is open.
    Open,
}

/// One thing the record states.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Item {
    /// Its id in the record; empty where it has none.
    pub id: String,
    /// A mark for how real it is, or empty.
    pub glyph: &'static str,
    /// How real it is.
    pub tone: Tone,
    /// The first line.
    pub head: String,
    /// What stands beside the first line.
    pub aside: String,
    /// How deep it is nested.
    pub depth: usize,
    /// All characters it rests on.
    pub spans: Vec<Span>,
    /// The rest.
    pub fields: Vec<Field>,
}

/// One field of an item.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Field {
    /// "when"; empty for a quotation.
    pub label: String,
    /// The value in words.
    pub text: String,
    /// The characters it rests on.
    pub spans: Vec<Span>,
    /// The rule or model that read them.
    pub by: Option<String>,
    /// Line of the article, from 1, if the text is a quotation of it.
    pub quoted_at: Option<usize>,
}
