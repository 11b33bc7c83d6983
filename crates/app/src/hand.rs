//! Lends the reader and its words to the desk.

use legation_desk::{Field, Hand, Item, Piece, Section, Shown, Tone};
use legation_record::{Article, Record, Span};

use crate::{
    Reader,
    view::{self, Layer, View, marks, segments},
};

/// A reader that works for the desk.
#[derive(Debug)]
pub struct ReaderHand(pub Reader);

impl Hand for ReaderHand {
    fn read(&self, article: Article) -> Record {
        self.0.read(article)
    }

    fn show(&self, record: &Record) -> Shown {
        let view = View::new(record);
        let sections = view.sections.iter().map(|section| Section {
            title: section.title.to_owned(),
            items: section.items.iter().map(item).collect(),
        });
        Shown {
            pieces: pieces(record, &view),
            published: item(&view.published),
            sections: sections.collect(),
        }
    }
}

/// The article, split so that every field covers whole pieces.
fn pieces(record: &Record, view: &View) -> Vec<Piece> {
    let text = record.article.text.as_str();
    let items = view.sections.iter().flat_map(|section| &section.items).chain([&view.published]);
    let spans = items.flat_map(|it| it.spans.iter().chain(it.lines.iter().flat_map(|line| &line.spans)));
    let cuts: Vec<usize> = spans.flat_map(|Span { start, end }| [*start, *end]).collect();
    let piece = |segment: view::Segment| Piece {
        span: segment.span,
        text: segment.span.slice(text).unwrap_or_default().to_owned(),
        layers: segment.layers.iter().map(layer).collect(),
    };
    segments(text, &marks(record), &cuts).into_iter().map(piece).collect()
}

fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Time => "time",
        Layer::Cue => "cue",
        Layer::Event => "event",
        Layer::Entity => "entity",
        Layer::Point => "point",
        Layer::Content => "content",
    }
}

fn item(item: &view::Item) -> Item {
    Item {
        id: item.id.clone(),
        glyph: item.glyph,
        tone: tone(item.tone),
        head: item.head.clone(),
        aside: item.aside.clone(),
        depth: item.depth,
        spans: item.spans.clone(),
        fields: item.lines.iter().map(field).collect(),
    }
}

fn field(line: &view::Line) -> Field {
    Field {
        label: line.label.clone(),
        text: line.text.clone(),
        spans: line.spans.clone(),
        by: line.by.clone(),
        quoted_at: line.quoted_at,
    }
}

fn tone(tone: view::Tone) -> Tone {
    match tone {
        view::Tone::Plain => Tone::Plain,
        view::Tone::Real => Tone::Real,
        view::Tone::Coming => Tone::Coming,
        view::Tone::Off => Tone::Off,
        view::Tone::Open => Tone::Open,
    }
}
