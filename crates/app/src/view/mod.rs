//! A record as people read it: sections of items of lines, each with the characters it rests on.
//!
//! The outline for terminals and the page for browsers show the same [`View`].

mod attribution;
mod entity;
mod event;
mod marks;
mod names;
mod proposal;
pub mod words;

use legation_record::{Evidence, Published, Record, Span, Status};

pub use event::explained;
pub use marks::{Layer, Layers, Mark, Segment, marks, segments};
pub use names::Names;

/// A record made ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The publication date.
    pub published: Item,
    /// The parts that have something to show.
    pub sections: Vec<Section>,
}

/// A part of the record under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading: "Visits".
    pub title: &'static str,
    /// Its items.
    pub items: Vec<Item>,
}

/// One thing the record states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its id in the record: `v1`; empty where it has none.
    pub id: String,
    /// ● ○ ✕ ?, or empty.
    pub glyph: &'static str,
    /// How real it is.
    pub tone: Tone,
    /// The first line.
    pub head: String,
    /// What stands beside the first line: status, kind, codes.
    pub aside: String,
    /// How deep it is nested.
    pub depth: usize,
    /// All characters it rests on.
    pub spans: Vec<Span>,
    /// The rest.
    pub lines: Vec<Line>,
}

/// How real an item is, for colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// One field of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
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

impl Line {
    /// A field without evidence of its own.
    #[must_use]
    pub fn plain(label: &str, text: impl Into<String>) -> Self {
        Self { label: label.to_owned(), text: text.into(), ..Self::default() }
    }

    /// A field and its evidence.
    #[must_use]
    pub fn with(label: &str, text: impl Into<String>, evidence: &Evidence) -> Self {
        Self { spans: evidence.spans.clone(), by: Some(evidence.by.clone()), ..Self::plain(label, text) }
    }
}

impl From<Status> for Tone {
    fn from(status: Status) -> Self {
        match words::glyph(status) {
            "●" => Self::Real,
            "○" => Self::Coming,
            "✕" => Self::Off,
            _ => Self::Open,
        }
    }
}

impl View {
    /// Makes a record ready to be shown. Parts without content are left out.
    #[must_use]
    pub fn new(record: &Record) -> Self {
        let names = Names::new(record);
        let (visits, events) = event::items(record, &names);
        let sections = [
            ("Visits", visits),
            ("Other events", events),
            ("Statements", attribution::items(record, &names)),
            ("Quoted, speaker not told", attribution::unattributed(record, &names)),
            ("Proposals", proposal::items(record, &names)),
            ("Claims to check", proposal::claims(record, &names)),
            ("People", entity::people(record, &names)),
            ("States and organisations", entity::others(record, &names)),
            ("Times", times(record, &names)),
            ("Warnings", warnings(record)),
        ];
        let sections = sections.into_iter().map(|(title, items)| Section { title, items });
        Self {
            published: published(&record.published, &names),
            sections: sections.filter(|section| !section.items.is_empty()).collect(),
        }
    }

    /// The same view with only the sections of these titles.
    #[must_use]
    pub fn only(mut self, titles: &[&str]) -> Self {
        self.sections.retain(|section| titles.contains(&section.title));
        self
    }
}

fn published(published: &Published, names: &Names<'_>) -> Item {
    let head = published.date.map_or_else(|| "Publication date unknown".into(), words::day);
    let aside = match (published.date, published.inferred) {
        (None, _) => "relative times have no value; give it with --published".into(),
        (_, true) => "publication date, inferred from the text".into(),
        (_, false) => "publication date, given with the article".into(),
    };
    let lines = published.candidates.iter().flat_map(|candidate| {
        let label = if Some(candidate.date) == published.date { "because" } else { "or" };
        let text = format!("{}: {}", words::day(candidate.date), candidate.reason);
        [Line::with(label, text, &candidate.evidence), names.quote(&candidate.evidence)]
    });
    Item { head, aside, spans: published.spans().collect(), lines: lines.collect(), ..Item::default() }
}

fn times(record: &Record, names: &Names<'_>) -> Vec<Item> {
    let item = |time: &legation_record::Timex| {
        let when = time.interval.map(words::interval);
        let modifier =
            time.modifier.as_ref().map(|it| format!(" ({})", it.to_lowercase())).unwrap_or_default();
        Item {
            id: time.id.clone(),
            head: format!("“{}”", names.text(time.span)),
            aside: when
                .map_or_else(|| time.value.clone(), |when| format!("{}{modifier} · {when}", time.value)),
            spans: vec![time.span],
            lines: vec![Line::with("why", time.reason.as_str(), &time.evidence)],
            ..Item::default()
        }
    };
    record.times.iter().map(item).collect()
}

fn warnings(record: &Record) -> Vec<Item> {
    let item =
        |warning: &String| Item { head: words::one_line(warning), tone: Tone::Open, ..Item::default() };
    record.warnings.iter().map(item).collect()
}
