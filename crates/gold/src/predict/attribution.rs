use legation_app::Reader;
use legation_record::{Article, Attribution, CodePoints, Record, Span};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Input {
    doc: String,
    date: Option<String>,
    text: String,
}

/// Who says what in a text: the outermost attributions, or all.
pub fn predict(reader: &Reader, line: &str, nested: bool) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.date.as_deref());
    let points = CodePoints::new(&article.text);
    let record = reader.read(article);
    let wanted = record.attributions.iter().filter(|it| nested || it.level == 0);
    let entries: Vec<Value> = wanted.map(|it| entry(&record, &points, it, nested)).collect();
    Ok(json!({ "doc": input.doc, "attributions": entries }))
}

fn entry(record: &Record, points: &CodePoints, it: &Attribution, nested: bool) -> Value {
    let spans = |spans: &[Span]| spans.iter().map(|span| points.span(*span)).collect::<Vec<_>>();
    let mut entry =
        json!({ "source": spans(&it.source), "cue": spans(&it.cue), "content": spans(&it.content) });
    if nested {
        let speaker = it.source_entities.iter().find_map(|id| record.entity(id));
        entry["id"] = json!(it.id);
        entry["level"] = json!(it.level);
        entry["parent"] = json!(it.parent);
        entry["polarity"] = json!(it.polarity);
        entry["act"] = json!(it.act);
        entry["rule"] = json!(it.evidence.by);
        entry["source_entity"] = json!(speaker.map(|entity| &entity.name));
    }
    entry
}
