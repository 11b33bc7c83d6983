//! Our events in the form of the event graphs: every telling with its kind, status, roles and days.

use legation_app::Reader;
use legation_record::{Article, CodePoints, Event, Participant, Record, Span};
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::Kinds;

#[derive(Debug, Deserialize)]
struct Input {
    id: String,
    text: String,
    date: Option<String>,
}

/// The events of a document.
pub fn predict(reader: &Reader, kinds: &Kinds, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.date.as_deref());
    let points = CodePoints::new(&article.text);
    let record = reader.read(article);
    // What follows from what is told is not told.
    let told = record.events.iter().filter(|event| event.derived.is_none());
    let tellings = told.flat_map(|event| {
        let again = event.told_again.iter().map(move |span| (event, *span));
        std::iter::once((event, event.trigger)).chain(again)
    });
    let events: Vec<Value> =
        tellings.map(|(event, trigger)| entry(kinds, &record, &points, event, trigger)).collect();
    Ok(json!({ "id": input.id, "events": events }))
}

fn entry(kinds: &Kinds, record: &Record, points: &CodePoints, event: &Event, trigger: Span) -> Value {
    let (actors, recipients) = kinds.actors_and_recipients(event);
    let side = |side: Vec<&Participant>| {
        let filler = |one: &Participant| json!({ "span": points.span(one.span), "code": one.country });
        side.into_iter().map(filler).collect::<Vec<_>>()
    };
    let place = event.place.iter().flat_map(|place| &place.evidence.spans);
    let country = event.place.as_ref().and_then(|place| place.country.clone());
    let places: Vec<Value> =
        place.map(|span| json!({ "span": points.span(*span), "code": country })).collect();
    let used = event.when.iter().flat_map(|when| &when.times);
    let times = used.filter_map(|id| record.times.iter().find(|time| time.id == *id));
    let days = event.interval;
    json!({
        "kind": event.kind.0,
        "status": event.status,
        "trigger": points.span(trigger),
        "actors": side(actors),
        "recipients": side(recipients),
        "places": places,
        "times": times.map(|time| points.span(time.span)).collect::<Vec<_>>(),
        "told_by": tellers(record, points, event),
        "start": days.and_then(|days| days.earliest).map(|day| day.to_string()),
        "background": event.background,
        "confidence": event.confidence,
        "end": days.and_then(|days| days.latest).map(|day| day.to_string()),
    })
}

/// Who says so, innermost first.
fn tellers(record: &Record, points: &CodePoints, event: &Event) -> Vec<Value> {
    let told = record.attributions.iter().filter(|one| event.attributions.contains(&one.id));
    let spans = told.flat_map(|one| &one.source);
    spans.map(|span| json!({ "span": points.span(*span), "code": null })).collect()
}
