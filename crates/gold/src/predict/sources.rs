use legation_app::Reader;
use legation_record::{Article, CodePoints, Entity, MentionKind, Record, Span};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Input {
    doc: String,
    date: Option<String>,
    text: String,
    sources: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    start: usize,
    end: usize,
}

/// The name of whoever stands at each of the given places; empty where the record names nobody there.
pub fn predict(reader: &Reader, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.date.as_deref());
    let points = CodePoints::new(&article.text);
    let record = reader.read(article);
    let sources: Vec<Value> = input
        .sources
        .iter()
        .map(|place| {
            let span = points.bytes(place.start, place.end);
            let entity = span.and_then(|span| told(&record, span).or_else(|| at(&record, span)));
            let name = entity.filter(|it| named(it)).map_or("", |it| it.name.as_str());
            json!({ "start": place.start, "end": place.end, "name": name })
        })
        .collect();
    Ok(json!({ "doc": input.doc, "sources": sources }))
}

/// Whom the record makes the source of an attribution whose source is just these words.
fn told(record: &Record, span: Span) -> Option<&Entity> {
    let whole = |spans: &[Span]| {
        spans.iter().any(|it| it.contains(span) || span.contains(*it))
            && spans.iter().all(|it| it.overlaps(span))
    };
    let attribution = record.attributions.iter().find(|it| whole(&it.source))?;
    record.entity(attribution.source_entities.first()?)
}

/// The entity of the mention that begins first within the words, the longest of those; else of the least around them.
fn at(record: &Record, span: Span) -> Option<&Entity> {
    let mentions = || record.entities.iter().flat_map(|it| it.mentions.iter().map(move |m| (it, m.span)));
    let inside = mentions().filter(|(_, m)| span.contains(*m));
    let inside = inside.min_by_key(|(_, m)| (m.start, std::cmp::Reverse(m.end)));
    let around = || mentions().filter(|(_, m)| m.contains(span)).min_by_key(|(_, m)| m.len());
    inside.or_else(around).map(|(entity, _)| entity)
}

fn named(entity: &Entity) -> bool {
    entity.link.is_some() || entity.mentions.iter().any(|it| it.kind == MentionKind::Name)
}
