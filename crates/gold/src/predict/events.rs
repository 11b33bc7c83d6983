use std::collections::BTreeMap;

use anyhow::Context;
use legation_app::Reader;
use legation_knowledge::Files;
use legation_record::{Article, CodePoints, Event, Participant, Record, Span, Status};
use legation_text::Parse;
use serde::Deserialize;
use serde_json::{Value, json};

/// Which roles of a kind of event are the actor's and the recipient's.
#[derive(Debug, Default)]
pub struct Kinds(BTreeMap<String, Kind>);

#[derive(Debug, Default, Deserialize)]
struct Ontology {
    #[serde(default)]
    kind: Vec<Kind>,
}

#[derive(Debug, Default, Deserialize)]
struct Kind {
    name: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    plover: Option<String>,
    #[serde(default)]
    mode: Option<String>,
}

/// The two sides of an event.
#[derive(Debug, Default)]
pub struct Sides<'a> {
    pub actors: Vec<&'a Participant>,
    pub recipients: Vec<&'a Participant>,
}

impl Kinds {
    /// The kinds that came with the program.
    pub fn built_in() -> anyhow::Result<Self> {
        let files = Files::built_in();
        let text = files.text("ontology/kinds.toml").unwrap_or_default();
        let ontology: Ontology = toml::from_str(text)?;
        Ok(Self(ontology.kind.into_iter().map(|kind| (kind.name.clone(), kind)).collect()))
    }

    /// Whether an event, once held, is a visit, a meeting or the like.
    pub fn consults(&self, event: &Event) -> bool {
        self.0.get(&event.kind.0).and_then(|kind| kind.plover.as_deref()) == Some("CONSULT")
    }

    /// Whether both sides give each other something back: prisoners.
    pub fn is_exchange(&self, event: &Event) -> bool {
        self.0.get(&event.kind.0).is_some_and(|kind| kind.mutual && kind.mode.as_deref() == Some("release"))
    }

    /// The category of what is done, planned, denied: the status is told apart.
    pub fn category(&self, event: &Event) -> Option<&str> {
        self.0.get(&event.kind.0)?.plover.as_deref()
    }

    /// Actors and recipients of an event; all sides of a mutual one are actors.
    pub fn actors_and_recipients<'a>(
        &'a self,
        event: &'a Event,
    ) -> (Vec<&'a Participant>, Vec<&'a Participant>) {
        let Some(kind) = self.0.get(&event.kind.0) else { return Default::default() };
        let recipients = event.in_role(&kind.recipient);
        if kind.mutual {
            (event.in_role(&kind.actor).chain(recipients).collect(), Vec::new())
        } else {
            (event.in_role(&kind.actor).collect(), recipients.collect())
        }
    }

    /// Actors and recipients of an event. Of a mutual one the first is the actor, the rest recipients.
    pub fn sides<'a>(&'a self, event: &'a Event) -> Sides<'a> {
        let Some(kind) = self.0.get(&event.kind.0) else { return Sides::default() };
        let actors: Vec<_> = event.in_role(&kind.actor).collect();
        let recipients: Vec<_> = event.in_role(&kind.recipient).collect();
        if !kind.mutual {
            return Sides { actors, recipients };
        }
        let mut all = actors.into_iter().chain(recipients);
        Sides { actors: all.next().into_iter().collect(), recipients: all.collect() }
    }
}

#[derive(Debug, Deserialize)]
struct Input {
    id: String,
    text: String,
    date: Option<String>,
}

/// The coded events of a text, the most certain first.
pub fn predict(reader: &Reader, kinds: &Kinds, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = super::day(input.date.as_deref());
    let points = CodePoints::new(&article.text);
    let parse = reader.parse(&article);
    let record = reader.read(article);
    let events: Vec<Value> =
        ranked(&record, kinds, &parse).into_iter().map(|event| entry(kinds, &points, event)).collect();
    Ok(json!({ "id": input.id, "events": events }))
}

/// How many clauses and phrases a word is beneath what its sentence says, or is said to say.
fn depth(parse: &Parse, at: Span) -> usize {
    let below = ["advcl", "acl", "nmod", "amod", "compound", "appos", "obl"];
    let Some(sentence) = parse.sentences.iter().find(|sentence| sentence.span.contains(at)) else { return 0 };
    let Some(word) = sentence.tokens.iter().position(|token| token.span.overlaps(at)) else { return 0 };
    let path = std::iter::once(word).chain(sentence.ancestors(word));
    path.filter(|up| below.iter().any(|rel| sentence.tokens[*up].is_rel(rel))).count()
}

/// Coded events, those first that the main clause tells outright and with both sides.
fn ranked<'a>(record: &'a Record, kinds: &'a Kinds, parse: &Parse) -> Vec<&'a Event> {
    let mut coded: Vec<&Event> = record.events.iter().filter(|event| event.codes.plover.is_some()).collect();
    coded.sort_by_key(|event| {
        let sides = kinds.sides(event);
        let told = |side: &[&Participant]| side.iter().any(|one| one.evidence.by != CONTEXT);
        let missing = usize::from(!told(&sides.actors)) + usize::from(!told(&sides.recipients));
        let unreal = !matches!(event.status, Status::Held | Status::Ongoing | Status::Recurring);
        let depth = depth(parse, event.trigger);
        (event.derived.is_some(), missing + 2 * usize::from(unreal) + 3 * depth, event.trigger.start)
    });
    coded
}

fn entry(kinds: &Kinds, points: &CodePoints, event: &Event) -> Value {
    let sides = kinds.sides(event);
    let side = |side: &[&Participant]| side.iter().map(|one| participant(points, one)).collect::<Vec<_>>();
    json!({
        "plover": event.codes.plover,
        "act": kinds.category(event),
        "mode": event.codes.mode,
        "cameo": event.codes.cameo,
        "actors": side(&sides.actors),
        "recipients": side(&sides.recipients),
        "status": event.status,
        "span": points.span(event.trigger),
    })
}

fn participant(points: &CodePoints, one: &Participant) -> Value {
    json!({
        "code": one.country.clone().unwrap_or_default(),
        "sector": one.sectors.first().cloned().unwrap_or_default(),
        "text": one.text,
        "span": points.span(one.span),
    })
}

#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    text: String,
    source_span: Option<(usize, usize)>,
    target_span: Option<(usize, usize)>,
}

/// What the one does to the other: one of fifteen categories.
pub fn predict_pair(reader: &Reader, kinds: &Kinds, line: &str) -> anyhow::Result<Value> {
    let pair: Pair = serde_json::from_str(line)?;
    let article = Article::new(pair.text);
    let points = CodePoints::new(&article.text);
    let bytes = |(start, end): (usize, usize)| points.bytes(start, end).context("a span leaves the text");
    let (source, target) =
        (pair.source_span.map(bytes).transpose()?, pair.target_span.map(bytes).transpose()?);
    let parse = reader.parse(&article);
    let record = reader.read(article);
    let ranked = ranked(&record, kinds, &parse);
    Ok(json!({ "id": pair.id, "plover": between(&ranked, kinds, source, target) }))
}

/// Rule of a participant whom only the rest of the sentence names.
const CONTEXT: &str = "event/context";

/// The category of the event that best joins the two, of all events, or CONSULT where there is none.
fn between(ranked: &[&Event], kinds: &Kinds, source: Option<Span>, target: Option<Span>) -> String {
    let fit = |event: &&&Event| {
        let sides = kinds.sides(event);
        let touches = |side: &[&Participant], span: Option<Span>| {
            let met = side.iter().filter(|one| span.is_some_and(|span| one.span.overlaps(span)));
            met.map(|one| if one.evidence.by == CONTEXT { 1 } else { 2 }).max().unwrap_or(0)
        };
        let told = usize::from(!matches!(event.status, Status::Hypothetical));
        (touches(&sides.actors, source) + touches(&sides.recipients, target), told)
    };
    let Some(best) = ranked.iter().rev().max_by_key(fit) else { return "CONSULT".to_owned() };
    // Who calls or meets somebody to congratulate him congratulates him: the purpose says more than the occasion.
    let purpose = |event: &&&Event| {
        event.trigger.start > best.trigger.start && fit(event) == fit(&best) && !kinds.consults(event)
    };
    let told = ranked.iter().find(purpose).filter(|_| kinds.consults(best)).unwrap_or(best);
    root(kinds, told).to_owned()
}

/// The category of a held act by the root of its CAMEO code, as the fifteen categories are cut (a verdict is ACCUSE, an
/// occupation ASSAULT, an embargo COERCE); of any other by its PLOVER category.
fn root<'a>(kinds: &Kinds, event: &'a Event) -> &'a str {
    let plover = event.codes.plover.as_deref().unwrap_or("CONSULT");
    let done = kinds.category(event) == Some(plover);
    let code = event.codes.cameo.as_deref().filter(|_| done);
    match code.and_then(|code| code.get(..2)) {
        Some("09" | "11") => "ACCUSE",
        Some("16") if code == Some("163") => "COERCE",
        Some("17") => "COERCE",
        Some("18" | "19" | "20") => "ASSAULT",
        _ => merged(plover),
    }
}

fn merged(category: &str) -> &str {
    match category {
        "CONCEDE" | "RETREAT" => "YIELD",
        other => other,
    }
}
