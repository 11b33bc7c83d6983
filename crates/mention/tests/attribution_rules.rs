//! Every example of every construction, read by the real reader.

use std::{collections::BTreeSet, sync::OnceLock};

use legation_knowledge::Files;
use legation_mention::{
    attribution::{AttributionLayer, AttributionReader},
    entity::EntityReader,
    time::TimeReader,
};
use legation_record::{Article, Attribution, Span};
use legation_text::TextReader;

struct Chain {
    text: TextReader,
    times: TimeReader,
    entities: EntityReader,
    attributions: AttributionReader,
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
        }
    })
}

fn read(text: &str) -> AttributionLayer {
    let chain = chain();
    let article = Article::new(text).published("2024-06-03".parse().unwrap());
    let parse = chain.text.read(&article);
    let times = chain.times.read(&article, &parse);
    let entities = chain.entities.read(&article, &parse, &times);
    chain.attributions.read(&article, &parse, &times, &entities)
}

fn show(text: &str, one: &Attribution) -> String {
    let join =
        |spans: &[Span]| spans.iter().filter_map(|span| span.slice(text)).collect::<Vec<_>>().join(" … ");
    format!("{} | {} | {}", join(&one.source), join(&one.cue), join(&one.content)).trim().to_owned()
}

#[test]
fn constructions_read_what_their_examples_say_and_no_more() {
    let mut failed = Vec::new();
    for example in chain().attributions.examples() {
        let layer = read(&example.text);
        let found: Vec<String> = layer.attributions.iter().map(|one| show(&example.text, one)).collect();
        if found != example.reads {
            failed.push(format!("{}\n  wanted {:?}\n  found  {found:?}", example.text, example.reads));
        }
    }
    assert!(failed.is_empty(), "{} examples fail:\n{}", failed.len(), failed.join("\n"));
}

/// The rule as its file writes it: `verb-obj+for` is `verb-obj+{p}` unless it is a construction of its own.
fn written(rule: &str, rules: &[String]) -> Option<String> {
    let template = |other: &&String| {
        other.strip_suffix("{p}").is_some_and(|stem| {
            rule.strip_prefix(stem).is_some_and(|rest| !rest.contains(['-', '+']) && !rest.is_empty())
        })
    };
    let exact = rules.iter().find(|other| *other == rule);
    exact.or_else(|| rules.iter().filter(template).max_by_key(|other| other.len())).cloned()
}

#[test]
fn every_construction_has_an_example() {
    let rules = chain().attributions.rules();
    let mut fired = BTreeSet::new();
    for example in chain().attributions.examples() {
        let layer = read(&example.text);
        fired.extend(layer.attributions.iter().filter_map(|one| written(&one.evidence.by, &rules)));
    }
    let silent: Vec<&String> = rules.iter().filter(|rule| !fired.contains(*rule)).collect();
    assert!(silent.is_empty(), "no example fires {silent:?}");
}

#[test]
fn some_examples_must_be_silent() {
    assert!(chain().attributions.examples().iter().filter(|example| example.reads.is_empty()).count() >= 8);
}
