use std::collections::BTreeMap;

use legation_record::{Attribution, Entity, Evidence, Polarity, Record, Span};

use super::{Line, words};

/// Looks up what ids and spans of one record stand for.
#[derive(Debug)]
pub struct Names<'a> {
    text: &'a str,
    line_ends: Vec<usize>,
    entities: BTreeMap<&'a str, &'a Entity>,
    attributions: BTreeMap<&'a str, &'a Attribution>,
}

impl<'a> Names<'a> {
    /// Indexes a record.
    #[must_use]
    pub fn new(record: &'a Record) -> Self {
        let text = record.article.text.as_str();
        Self {
            text,
            line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
            entities: record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect(),
            attributions: record.attributions.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    /// The words of a span on one line.
    #[must_use]
    pub fn text(&self, span: Span) -> String {
        words::one_line(span.slice(self.text).unwrap_or_default())
    }

    /// The words of several spans, gaps marked.
    #[must_use]
    pub fn texts(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| self.text(*span)).collect::<Vec<_>>().join(" … ")
    }

    /// Line of the article, from 1.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        self.line_ends.partition_point(|end| *end < byte) + 1
    }

    /// Evidence as a quotation.
    #[must_use]
    pub fn quote(&self, evidence: &Evidence) -> Line {
        Line { by: Some(evidence.by.clone()), ..self.quote_spans(&evidence.spans) }
    }

    /// Spans as a quotation.
    #[must_use]
    pub fn quote_spans(&self, spans: &[Span]) -> Line {
        Line {
            text: self.texts(spans),
            spans: spans.to_vec(),
            quoted_at: Some(self.line(spans.first().map_or(0, |span| span.start))),
            ..Line::default()
        }
    }

    /// The name of an entity, or the id where the record has none.
    #[must_use]
    pub fn entity(&self, id: &str) -> String {
        self.entities.get(id).map_or_else(|| id.to_owned(), |entity| words::one_line(&entity.name))
    }

    /// The names of several entities: "China, Brazil and France".
    #[must_use]
    pub fn entities(&self, ids: &[String]) -> String {
        listed(&ids.iter().map(|id| self.entity(id)).collect::<Vec<_>>())
    }

    /// Who makes an attribution's statement.
    #[must_use]
    pub fn source(&self, attribution: &Attribution) -> String {
        match (attribution.source_entities.as_slice(), attribution.source.as_slice()) {
            ([], []) => "somebody not named".into(),
            ([], spans) => self.texts(spans),
            (ids, _) => self.entities(ids),
        }
    }

    /// A chain of attributions, innermost first, in words: "A, as told by B".
    #[must_use]
    pub fn chain(&self, ids: &[String]) -> Option<String> {
        let mut told = ids.iter().filter_map(|id| self.attributions.get(id.as_str()));
        let first = told.next()?;
        let denied = if first.polarity == Polarity::Negative { "denied by " } else { "" };
        let start = format!("{denied}{} ({})", self.source(first), words::plain(&first.act.0));
        Some(told.fold(start, |chain, one| format!("{chain}, as told by {}", self.source(one))))
    }
}

/// "A", "A and B", "A, B and C".
#[must_use]
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
