use legation_app::Reader;
use legation_record::{Article, CodePoints, Date, Timex, TimexKind};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Input {
    doc: String,
    dct: Option<String>,
    text: String,
}

/// The time expressions of a text.
pub fn predict(reader: &Reader, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.dct.as_deref());
    let points = CodePoints::new(&article.text);
    let times = reader.read(article).times;
    let timexes: Vec<Value> = times.iter().map(|timex| entry(&points, timex)).collect();
    Ok(json!({ "doc": input.doc, "timexes": timexes }))
}

fn entry(points: &CodePoints, timex: &Timex) -> Value {
    let (start, end) = points.span(timex.span);
    let bound = |day: Option<Date>| day.map(|day| day.to_string());
    json!({
        "start": start,
        "end": end,
        "type": kind(timex.kind),
        "value": timex.value,
        "mod": timex.modifier,
        "earliest": bound(timex.interval.and_then(|interval| interval.earliest)),
        "latest": bound(timex.interval.and_then(|interval| interval.latest)),
        "edtf": timex.edtf,
    })
}

fn kind(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}
