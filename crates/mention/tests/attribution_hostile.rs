//! Quotation marks that do not pair, quotations of any length, articles that are one quotation.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use legation_knowledge::Files;
use legation_mention::{
    attribution::{AttributionLayer, AttributionReader},
    entity::EntityReader,
    time::TimeReader,
};
use legation_record::Article;
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

/// The layer, and the shortest of three readings of it alone.
fn timed(text: &str) -> (AttributionLayer, Duration) {
    let chain = chain();
    let article = Article::new(text).published("2024-06-03".parse().unwrap());
    let parse = chain.text.read(&article);
    let times = chain.times.read(&article, &parse);
    let entities = chain.entities.read(&article, &parse, &times);
    let read = || {
        let start = Instant::now();
        let layer = chain.attributions.read(&article, &parse, &times, &entities);
        (layer, start.elapsed())
    };
    (0..3).map(|_| read()).min_by_key(|(_, taken)| *taken).unwrap()
}

fn read(text: &str) -> Vec<String> {
    let slices = |spans: &[legation_record::Span]| {
        spans.iter().map(|span| span.slice(text).unwrap()).collect::<Vec<_>>().join(" … ")
    };
    let layer = timed(text).0;
    layer
        .attributions
        .iter()
        .map(|one| format!("{} | {}", slices(&one.source), slices(&one.content)))
        .collect()
}

#[test]
fn marks_that_do_not_pair_still_give_what_is_told_to_be_said() {
    assert_eq!(read("“We will stay, the envoy said in 1994."), ["the envoy | “We will stay"]);
    assert_eq!(read("\"We will stay,” the envoy said."), ["the envoy | \"We will stay,”"]);
    assert_eq!(read("“We will stay,\" the envoy said. ” He left."), ["the envoy | “We will stay,\""]);
    assert!(read("” “ ” “ \" ' '' ``").is_empty());
}

#[test]
fn a_quotation_that_never_closes_ends_with_its_paragraph() {
    let read = read("The envoy said: “We will stay in Oslo.\n\nThe ship left port in 1994.");
    assert_eq!(read, ["The envoy | “We will stay in Oslo."]);
}

#[test]
fn an_article_that_is_one_quotation_is_given_to_nobody() {
    let text = "“I crossed the river in 1994. I think nobody saw me. The ship left port.”";
    let layer = timed(text).0;
    assert!(layer.attributions.is_empty(), "{layer:?}");
    assert_eq!(layer.unattributed.iter().map(|span| span.slice(text).unwrap()).collect::<Vec<_>>(), [text]);
}

#[test]
fn two_hundred_kilobytes_in_quotation_marks_take_time_in_proportion() {
    let quoted = |bytes: usize| {
        let sentence = "We think the talks will go on, and we said so in Oslo. ";
        format!("\"{}\" the envoy said.", sentence.repeat(bytes / sentence.len()))
    };
    let (_, short) = timed(&quoted(50_000));
    let (layer, long) = timed(&quoted(200_000));
    assert!(!layer.attributions.is_empty());
    assert!(long < short * 10 + Duration::from_millis(50), "{short:?} for 50 kB, {long:?} for 200 kB");
}
