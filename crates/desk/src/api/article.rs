//! One article with its record: kept in the ledger, or read at once.

use std::collections::BTreeMap;

use legation_ledger::article_id;
use legation_record::{Article, Attribution, Record};
use serde_json::{Value, json};

use crate::{
    reply::{Problem, Reply},
    request::Request,
    route::Room,
};

/// Steps of a ladder at most: a chain that names itself ends.
const STEPS: usize = 12;

/// An article of the ledger.
pub fn kept(id: &str, room: &Room) -> Result<Reply, Problem> {
    let record = room.ledger.record(id)?;
    let record = record.ok_or_else(|| Problem::new(404, format!("the ledger has no article '{id}'")))?;
    shown(&record, true, room)
}

/// Reads the text given; `keep` adds it to the ledger.
pub fn read(request: &Request, room: &mut Room) -> Result<Reply, Problem> {
    let text = request.text()?;
    if text.len() > 4 << 20 {
        return Err(Problem::new(413, "more than 4 MB, which is no article: cut it into its articles"));
    }
    if text.trim().is_empty() {
        return Err(Problem::new(400, "there is no text"));
    }
    let mut article = Article::new(text);
    article.meta.published = request.day("published")?;
    article.meta.id = request.get("name").map(str::to_owned);
    article.meta.publisher = request.get("publisher").map(str::to_owned);
    let record = room.hand.read(article);
    let keep = request.get("keep").is_some();
    if keep {
        room.ledger.append(std::slice::from_ref(&record))?;
        room.ledger.settle()?;
    }
    shown(&record, keep, room)
}

fn shown(record: &Record, kept: bool, room: &Room) -> Result<Reply, Problem> {
    let mut events: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (inner, event) in room.ledger.events_of(record)? {
        events.entry(inner).or_default().push(event);
    }
    Reply::json(&json!({
        "id": article_id(&record.article),
        "kept": kept || !events.is_empty(),
        "meta": record.article.meta,
        "published": record.published,
        "shown": room.hand.show(record),
        "ladders": ladders(record),
        "verdicts": room.ledger.check(record)?,
        "events": events,
        "warnings": record.warnings,
        "versions": record.versions,
    }))
}

/// For each event and statement: according to whom, outermost first. The outlet stands before them all.
fn ladders(record: &Record) -> BTreeMap<String, Vec<Value>> {
    let by_id: BTreeMap<&str, &Attribution> =
        record.attributions.iter().map(|one| (one.id.as_str(), one)).collect();
    let chain = |first: Option<&str>| {
        let mut steps: Vec<&Attribution> = Vec::new();
        let mut next = first.and_then(|id| by_id.get(id).copied());
        while let Some(one) = next.filter(|_| steps.len() < STEPS) {
            steps.push(one);
            next = one.parent.as_deref().and_then(|id| by_id.get(id).copied());
        }
        steps.into_iter().rev().map(|one| step(record, one)).collect::<Vec<_>>()
    };
    let told = record.attributions.iter().map(|one| (one.id.clone(), chain(Some(&one.id))));
    let events = record
        .events
        .iter()
        .map(|event| (event.id.clone(), chain(event.attributions.first().map(String::as_str))));
    told.chain(events).filter(|(_, steps)| !steps.is_empty()).collect()
}

fn step(record: &Record, one: &Attribution) -> Value {
    let words = |spans: &[legation_record::Span]| {
        let parts: Vec<&str> = spans.iter().filter_map(|span| span.slice(&record.article.text)).collect();
        parts.join(" … ")
    };
    let named: Vec<&str> = one
        .source_entities
        .iter()
        .filter_map(|id| record.entity(id))
        .map(|entity| entity.name.as_str())
        .collect();
    let who = if named.is_empty() { words(&one.source) } else { named.join(", ") };
    json!({ "id": one.id, "who": who, "cue": words(&one.cue), "act": one.act.0, "polarity": one.polarity,
        "source": one.source, "spans": one.cue })
}
