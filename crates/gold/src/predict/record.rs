//! Our record in the form of the record gold: visits, meetings, statements, events, claims.

use legation_app::Reader;
use legation_record::{
    Article, Attribution, EntityKind, Event, Participant, QuoteForm, Record, Span, Status,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::events::{Kinds, Sides};

#[derive(Debug, Deserialize)]
struct Input {
    id: String,
    date: Option<String>,
    title: Option<String>,
    text: String,
}

/// The whole record of a text.
pub fn predict(reader: &Reader, kinds: &Kinds, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.date.as_deref());
    article.meta.headline = input.title;
    Ok(form(&input.id, &reader.read(article), kinds))
}

fn form(id: &str, record: &Record, kinds: &Kinds) -> Value {
    json!({
        "id": id,
        "visits": record.events.iter().flat_map(|event| visits(record, event)).collect::<Vec<_>>(),
        "meetings": record.events.iter().filter_map(|event| meeting(record, event)).collect::<Vec<_>>(),
        "statements": record.attributions.iter().filter_map(|it| statement(record, it)).collect::<Vec<_>>(),
        "events": record.events.iter().flat_map(|event| coded(record, kinds, event)).collect::<Vec<_>>(),
        "claims": claims(record),
    })
}

/// One item for every visitor and host.
fn visits(record: &Record, event: &Event) -> Vec<Value> {
    let role = match event.kind.0.as_str() {
        "visit" => "visitor",
        "envoy_mission" => "envoy",
        _ => return Vec::new(),
    };
    let Some(status) = visit_status(event.status) else { return Vec::new() };
    let hosts = hosts(event);
    let pairs = event.in_role(role).flat_map(|visitor| hosts.iter().map(move |host| (visitor, host)));
    let item = |(visitor, (host, place)): (&Participant, &(String, Option<String>))| {
        let mut item = fields([
            ("visitor", json!(name(record, visitor))),
            ("visitor_country", json!(country(record, visitor))),
            ("host_country", json!(host)),
            ("host_place", json!(place)),
            ("status", json!(status)),
        ]);
        item.extend(days(event));
        item.extend(evidence(record, event));
        Value::Object(item)
    };
    // A traveller of no country known is not known to cross a border.
    let pairs = pairs.filter(|(visitor, _)| country(record, visitor).is_some());
    pairs.map(item).collect()
}

/// Countries visited, each with the place where one is told; a region of many countries is `MULTI`.
fn hosts(event: &Event) -> Vec<(String, Option<String>)> {
    let place = event.place.as_ref();
    let at =
        |country: &str| place.filter(|it| it.country.as_deref() == Some(country)).map(|it| it.name.clone());
    let mut hosts: Vec<(String, Option<String>)> = Vec::new();
    for host in event.in_role("host") {
        let country = host.country.clone().unwrap_or_else(|| "MULTI".to_owned());
        if hosts.iter().all(|(known, _)| *known != country) {
            let place = at(&country);
            hosts.push((country, place));
        }
    }
    if hosts.is_empty() {
        let alone = place.and_then(|it| Some((it.country.clone()?, Some(it.name.clone()))));
        hosts.extend(alone);
    }
    hosts
}

fn visit_status(status: Status) -> Option<&'static str> {
    Some(match status {
        Status::Held | Status::Recurring | Status::Alleged => "held",
        Status::Ongoing => "ongoing",
        Status::Planned | Status::Possible | Status::Requested => "planned",
        Status::Invited => "invited",
        Status::Cancelled => "cancelled",
        Status::Postponed => "postponed",
        Status::Denied => "denied",
        Status::Negated | Status::Hypothetical => return None,
    })
}

fn meeting(record: &Record, event: &Event) -> Option<Value> {
    let kind = event.kind.0.as_str();
    let status =
        visit_status(event.status).filter(|_| matches!(kind, "meeting" | "call" | "talks" | "summit"))?;
    let parties: Vec<String> = event.participants.iter().map(|party| name(record, party)).collect();
    let mut countries: Vec<String> =
        event.participants.iter().filter_map(|party| country(record, party)).collect();
    countries.sort();
    countries.dedup();
    let mut item = fields([
        ("parties", json!(parties)),
        ("countries", json!(countries)),
        ("kind", json!(kind)),
        ("status", json!(if status == "invited" { "planned" } else { status })),
    ]);
    item.extend(days(event));
    item.extend(evidence(record, event));
    (!parties.is_empty()).then_some(Value::Object(item))
}

fn statement(record: &Record, it: &Attribution) -> Option<Value> {
    let text = record.article.text.as_str();
    let slice = |spans: &[Span]| longest(spans).and_then(|span| span.slice(text));
    let source = slice(&it.source)?;
    let listed = is_listed(record, it, source);
    listed.then_some(())?;
    Some(json!({
        "speaker": speaker(record, it, source),
        "speaker_text": source,
        "cue": slice(&it.cue)?,
        "content": whole(&it.content)?.slice(text)?,
        "kind": form_name(it.form),
        "act": act(&it.act.0),
    }))
}

/// Whether a reader would list it: what somebody wants, plans or discusses is told by the author, and who speaks
/// inside another's words is no speaker of the article unless named.
fn is_listed(record: &Record, it: &Attribution, source: &str) -> bool {
    let inner = matches!(it.act.0.as_str(), "intend" | "seem" | "feel" | "discuss" | "refuse");
    let unnamed = it.source_entities.iter().all(|id| record.entity(id).is_none()) && is_pronoun(source);
    !inner && it.level < 2 && !(it.level > 0 && unnamed)
}

fn is_pronoun(words: &str) -> bool {
    let all =
        ["i", "we", "you", "he", "she", "it", "they", "who", "which", "that", "his", "her", "its", "their"];
    all.contains(&words.to_lowercase().as_str())
}

/// The full name of a person; a body or a government as the text calls it; several as they stand.
fn speaker<'a>(record: &'a Record, it: &Attribution, source: &'a str) -> &'a str {
    let mut entities = it.source_entities.iter().filter_map(|id| record.entity(id));
    let Some(entity) = entities.next() else { return source };
    let body = matches!(entity.kind, EntityKind::Government | EntityKind::Organisation | EntityKind::State);
    if (body || entities.next().is_some()) && !is_pronoun(source) { source } else { entity.name.as_str() }
}

fn longest(spans: &[Span]) -> Option<Span> {
    spans.iter().copied().max_by_key(|span| span.len())
}

/// The stretch from the first to the last span, unless most of it lies outside the spans.
fn whole(spans: &[Span]) -> Option<Span> {
    let all = spans.iter().copied().reduce(Span::cover)?;
    let inside: usize = spans.iter().map(|span| span.len()).sum();
    if 4 * inside >= 3 * all.len() { Some(all) } else { longest(spans) }
}

fn form_name(form: QuoteForm) -> &'static str {
    match form {
        QuoteForm::Direct => "direct",
        QuoteForm::Mixed => "mixed",
        QuoteForm::Indirect => "indirect",
    }
}

/// The record gold's name for what a source does by speaking.
fn act(act: &str) -> &str {
    match act {
        "say" | "deny" | "accuse" | "criticise" | "call_for" | "threaten" | "promise" | "confirm"
        | "reject" | "warn" | "propose" | "welcome" => act,
        "report" | "tell" | "cite" | "predict" | "mention" | "signal" | "insist" | "believe" | "expected"
        | "hear" | "agree" | "compare" => "say",
        "acknowledge" => "confirm",
        "oppose" | "refuse" => "reject",
        "order" | "ask" => "call_for",
        "praise" | "support" => "welcome",
        "fear" => "warn",
        _ => "other",
    }
}

/// One item for every pair of countries; a side nobody is told for is `none`.
fn coded(record: &Record, kinds: &Kinds, event: &Event) -> Vec<Value> {
    let sides = kinds.sides(event);
    if kinds.consults(event) {
        return called_off(record, event, &sides);
    }
    let Some(plover) = kinds.category(event).filter(|_| event.status != Status::Negated) else {
        return Vec::new();
    };
    let told = (plover, event_status(event.status));
    let mut items = between(record, event, (&sides.actors, &sides.recipients), told);
    // Those who exchange prisoners do to each other what they do.
    if kinds.is_exchange(event) {
        items.extend(between(record, event, (&sides.recipients, &sides.actors), told));
    }
    items
}

/// Who calls off, puts off or bars a visit or a meeting rejects it.
fn called_off(record: &Record, event: &Event, sides: &Sides<'_>) -> Vec<Value> {
    match event.status {
        Status::Cancelled | Status::Postponed if event.kind.0 != "visit" => {
            between(record, event, (&sides.actors, &sides.recipients), ("REJECT", "held"))
        }
        Status::Cancelled | Status::Postponed | Status::Denied => {
            let home = |one: &&Participant| {
                sides.actors.iter().any(|two| country(record, two) == country(record, one))
            };
            let refusers: Vec<&Participant> = event.in_role("refuser").filter(|one| !home(one)).collect();
            let hosts = refusers.is_empty() && event.status == Status::Denied;
            let by = if hosts { &sides.recipients } else { &refusers };
            if by.is_empty() {
                return Vec::new();
            }
            between(record, event, (by, &sides.actors), ("REJECT", "held"))
        }
        _ => Vec::new(),
    }
}

/// The rule of an event, and whether a side of it is taken from its surroundings.
fn rule(event: &Event) -> String {
    let own = event.evidence.first().map(|evidence| evidence.by.as_str()).unwrap_or_default();
    let context = event.participants.iter().any(|one| one.evidence.by == "event/context");
    if context { format!("{own} event/context") } else { own.to_owned() }
}

type Side<'a> = &'a [&'a Participant];

fn between(
    record: &Record,
    event: &Event,
    (actors, recipients): (Side<'_>, Side<'_>),
    (plover, status): (&str, &str),
) -> Vec<Value> {
    let side = |side: Side<'_>| {
        let mut countries: Vec<String> = side.iter().filter_map(|one| country(record, one)).collect();
        countries.dedup();
        if countries.is_empty() { vec!["none".to_owned()] } else { countries }
    };
    let (sources, mut targets) = (side(actors), side(recipients));
    let each_other = sources.len() == 2 && targets == ["none"];
    if each_other {
        targets.clone_from(&sources);
    }
    let pairs = sources.iter().flat_map(|source| targets.iter().map(move |target| (source, target)));
    let item = |(source, target): (&String, &String)| {
        let stated = [("plover", json!(plover)), ("source", json!(source)), ("target", json!(target))];
        let mut item = fields(stated);
        item.insert("status".to_owned(), json!(status));
        item.insert("rule".to_owned(), json!(rule(event)));
        item.extend(evidence(record, event));
        Value::Object(item)
    };
    // What one side does to nobody named is no event between two; of an attack the attacker is often unknown.
    let told = |(source, target): &(&String, &String)| {
        let at_home = ["SUPPORT", "AID", "COOPERATE", "CONCEDE", "RETREAT", "REQUEST"];
        let abroad = source != target || !at_home.contains(&plover);
        abroad
            && *target != "none"
            && (*source != "none" || plover == "ASSAULT")
            && !(each_other && source == target)
    };
    pairs.filter(told).map(item).collect()
}

fn event_status(status: Status) -> &'static str {
    match status {
        Status::Held | Status::Ongoing | Status::Recurring => "held",
        Status::Planned | Status::Invited | Status::Postponed | Status::Requested => "planned",
        Status::Alleged => "alleged",
        Status::Denied => "denied",
        Status::Possible | Status::Hypothetical => "hypothetical",
        Status::Negated | Status::Cancelled => "negated",
    }
}

fn claims(record: &Record) -> Vec<Value> {
    let slice = |span: Span| span.slice(&record.article.text);
    let item = |claim: &legation_record::Claim| json!({ "kind": claim.kind, "about": claim.about, "value": claim.value, "evidence": slice(claim.evidence.cover()) });
    record.claims.iter().map(item).collect()
}

fn name(record: &Record, one: &Participant) -> String {
    let entity = one.entity.as_deref().and_then(|id| record.entity(id));
    entity.map_or_else(|| one.text.clone(), |entity| entity.name.clone())
}

fn country(record: &Record, one: &Participant) -> Option<String> {
    let entity = || one.entity.as_deref().and_then(|id| record.entity(id));
    one.country.clone().or_else(|| entity()?.country.clone())
}

fn fields<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn days(event: &Event) -> Map<String, Value> {
    let interval = event.interval;
    let start = interval.and_then(|it| it.earliest).map(|day| day.to_string());
    let end = interval.and_then(|it| it.latest).map(|day| day.to_string());
    fields([("start", json!(start)), ("end", json!(end))])
}

fn evidence(record: &Record, event: &Event) -> Map<String, Value> {
    let span = event.evidence.first().map_or(event.trigger, legation_record::Evidence::cover);
    fields([("evidence", json!(span.slice(&record.article.text)))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_one_stretch_unless_much_lies_between() {
        let near = [Span::new(0, 40), Span::new(45, 60)];
        assert_eq!(whole(&near), Some(Span::new(0, 60)));
        let far = [Span::new(0, 40), Span::new(90, 100)];
        assert_eq!(whole(&far), Some(Span::new(0, 40)));
        assert_eq!(whole(&[]), None);
    }
}
