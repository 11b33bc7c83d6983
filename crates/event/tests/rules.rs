//! Every example of every rule, read by the real reader.

use std::sync::OnceLock;

use legation_event::{Below, EventLayer, EventReader, Example, PlanExample};
use legation_knowledge::Files;
use legation_mention::{attribution::AttributionReader, entity::EntityReader, time::TimeReader};
use legation_record::{Article, Event};
use legation_text::{Parse, TextReader};

struct Chain {
    text: TextReader,
    times: TimeReader,
    entities: EntityReader,
    attributions: AttributionReader,
    events: EventReader,
}

fn chain() -> &'static Chain {
    static CHAIN: OnceLock<Chain> = OnceLock::new();
    CHAIN.get_or_init(|| {
        let files = Files::built_in();
        Chain {
            text: TextReader::load(&files).unwrap(),
            times: TimeReader::load(&files).unwrap(),
            entities: EntityReader::load(&files).unwrap(),
            attributions: AttributionReader::load(&files).unwrap(),
            events: EventReader::load(&files).unwrap(),
        }
    })
}

fn read(text: &str) -> Vec<Event> {
    layer(text).events
}

fn layer(text: &str) -> EventLayer {
    let chain = chain();
    let article = Article::new(text).published("2024-06-03".parse().unwrap());
    // A rule's examples are about the rule: the network has no vote.
    let parse = Parse { graph: None, ..chain.text.read(&article) };
    let times = chain.times.read(&article, &parse);
    let entities = chain.entities.read(&article, &parse, &times);
    let attributions = chain.attributions.read(&article, &parse, &times, &entities);
    let below = Below {
        article: &article,
        parse: &parse,
        times: &times,
        entities: &entities,
        attributions: &attributions,
    };
    chain.events.read(below)
}

fn is_wanted(event: &Event, example: &Example) -> bool {
    let kind = example.kind.split('|').any(|kind| kind == event.kind.0);
    let status = example.status.is_none_or(|status| status == event.status);
    let told = |words: &Option<String>| {
        words
            .as_ref()
            .is_none_or(|words| event.participants.iter().any(|one| one.text.contains(words.as_str())))
    };
    kind && status && told(&example.actor) && told(&example.recipient)
}

#[test]
fn rules_fire_on_their_examples() {
    let (fires, _) = chain().events.examples();
    let failed: Vec<String> = fires
        .iter()
        .filter_map(|(file, example)| {
            let events = read(&example.text);
            let found = events.iter().any(|event| is_wanted(event, example));
            (!found).then(|| format!("{file}: {} -> {}", example.text, show(&events)))
        })
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} examples do not fire:\n{}",
        failed.len(),
        fires.len(),
        failed.join("\n")
    );
}

#[test]
fn rules_are_silent_where_they_must_be() {
    let (_, silent) = chain().events.examples();
    let failed: Vec<String> = silent
        .iter()
        .filter_map(|(file, example)| {
            let events = read(&example.text);
            let found = events.iter().any(|event| example.kind.split('|').any(|kind| kind == event.kind.0));
            found.then(|| format!("{file}: {} -> {}", example.text, show(&events)))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn show(events: &[Event]) -> String {
    let one = |event: &Event| {
        let who: Vec<String> =
            event.participants.iter().map(|one| format!("{}={}", one.role.0, one.text)).collect();
        format!("{} {:?} [{}]", event.kind.0, event.status, who.join(", "))
    };
    events.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn has_all(plan: &legation_record::Proposal, example: &PlanExample) -> bool {
    let points =
        example.points.iter().all(|id| plan.points.iter().any(|point| point.provisions.contains(id)));
    let omits =
        example.omits.iter().all(|id| plan.omits.iter().any(|omission| omission.provisions.contains(id)));
    let count =
        example.count.is_none_or(|count| plan.count_stated.is_some_and(|(stated, _)| stated == count));
    points && omits && count
}

#[test]
fn plans_are_read_with_points_and_omissions() {
    let (fires, silent) = chain().events.plan_examples();
    for example in fires {
        let layer = layer(&example.text);
        assert!(
            layer.proposals.iter().any(|plan| has_all(plan, example)),
            "{}: {:?}",
            example.text,
            layer.proposals
        );
    }
    for example in silent {
        assert!(layer(&example.text).proposals.is_empty(), "{}", example.text);
    }
}
