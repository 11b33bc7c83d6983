use legation_record::{Attribution, CodePoints, Record, Span};
use serde_json::{Value, json};

use crate::view::{Names, words};

/// Attributions as a W3C Web Annotation page (JSON-LD): each target by position and by quotation.
#[must_use]
pub fn web_annotation(record: &Record) -> String {
    let page = Page { record, names: Names::new(record), points: CodePoints::new(&record.article.text) };
    let items: Vec<Value> = record.attributions.iter().map(|one| page.annotation(one)).collect();
    let collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    });
    let mut text = serde_json::to_string_pretty(&collection).unwrap_or_default();
    text.push('\n');
    text
}

struct Page<'a> {
    record: &'a Record,
    names: Names<'a>,
    points: CodePoints,
}

impl Page<'_> {
    fn annotation(&self, one: &Attribution) -> Value {
        let parts = [("source", &one.source), ("cue", &one.cue), ("content", &one.content)];
        let targets =
            parts.iter().flat_map(|(part, spans)| spans.iter().map(|span| self.target(part, *span)));
        let mut body = vec![json!({
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": format!("{}: {} ({})", self.names.source(one), words::plain(&one.act.0), words::polarity(one.polarity)),
        })];
        // The attribution in whose content this one lies.
        body.extend(one.parent.iter().map(|parent| {
            json!({ "type": "SpecificResource", "purpose": "linking", "source": format!("urn:legation:{parent}") })
        }));
        json!({
            "id": format!("urn:legation:{}", one.id),
            "type": "Annotation",
            "motivation": "describing",
            "body": body,
            "target": targets.collect::<Vec<_>>(),
        })
    }

    fn target(&self, part: &str, span: Span) -> Value {
        let text = &self.record.article.text;
        let (start, end) = self.points.span(span);
        let meta = &self.record.article.meta;
        let source = meta.url.as_deref().or(meta.id.as_deref()).unwrap_or("article");
        json!({
            "type": "SpecificResource",
            "source": source,
            "purpose": part,
            "selector": [
                { "type": "TextPositionSelector", "start": start, "end": end },
                {
                    "type": "TextQuoteSelector",
                    "exact": span.slice(text).unwrap_or_default(),
                    "prefix": self.around(start.saturating_sub(32), start),
                    "suffix": self.around(end, end + 32),
                },
            ],
        })
    }

    /// The code points from `start` to `end`, as far as the text goes.
    fn around(&self, start: usize, end: usize) -> &str {
        let text = &self.record.article.text;
        let (_, last) = self.points.span(Span::new(0, text.len()));
        self.points
            .bytes(start.min(last), end.min(last))
            .and_then(|span| span.slice(text))
            .unwrap_or_default()
    }
}
