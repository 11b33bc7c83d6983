use legation_app::Reader;
use legation_event::Below;
use legation_record::{Article, CodePoints, Date};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Input {
    doc: String,
    dct: Option<String>,
    text: String,
    events: Vec<Word>,
}

/// A given event word, in code points.
#[derive(Debug, Deserialize)]
struct Word {
    id: String,
    start: usize,
    end: usize,
}

/// The days of every given event of a text.
pub fn predict(reader: &Reader, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.dct.as_deref());
    let points = CodePoints::new(&article.text);
    let layers = reader.layers(&article);
    let below = Below {
        article: &article,
        parse: &layers.parse,
        times: &layers.times,
        entities: &layers.entities,
        attributions: &layers.attributions,
    };
    let bound = |day: Option<Date>| day.map(|day| day.to_string());
    let anchor = |word: &Word| {
        let (interval, reason) = reader.events().anchor(below, points.bytes(word.start, word.end)?)?;
        Some(json!({
            "id": word.id,
            "earliest": bound(interval.earliest),
            "latest": bound(interval.latest),
            "times": reason.times,
            "reason": reason.reason,
        }))
    };
    let anchors: Vec<Value> = input.events.iter().filter_map(anchor).collect();
    Ok(json!({ "doc": input.doc, "anchors": anchors }))
}
