//! Quotation marks that do not pair, quotations of any length, articles that are one quotation.

use std::sync::OnceLock;

use legation_knowledge::Files;
use legation_mention::{
    attribution::{AttributionLayer, AttributionReader},
    entity::EntityReader,
    time::TimeReader,
};
use legation_record::{Article, Span};
use legation_text::{Parse, TextReader};

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

fn layer(article: &Article, parse: &Parse) -> AttributionLayer {
    let chain = chain();
    let times = chain.times.read(article, parse);
    let entities = chain.entities.read(article, parse, &times);
    chain.attributions.read(article, parse, &times, &entities)
}

fn whole(text: &str) -> AttributionLayer {
    let article = Article::new(text).published("2024-06-03".parse().unwrap());
    let parse = chain().text.read(&article);
    layer(&article, &parse)
}

fn read(text: &str) -> Vec<String> {
    let slices =
        |spans: &[Span]| spans.iter().map(|span| span.slice(text).unwrap()).collect::<Vec<_>>().join(" … ");
    let layer = whole(text);
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
    let layer = whole(text);
    assert!(layer.attributions.is_empty(), "{layer:?}");
    assert_eq!(layer.unattributed.iter().map(|span| span.slice(text).unwrap()).collect::<Vec<_>>(), [text]);
}

#[test]
fn a_quotation_of_any_length_is_one_attribution() {
    let said = "The harbour was dredged in 1994. ".repeat(300);
    let text = format!("The envoy said: \u{201c}{}\u{201d}", said.trim());
    let found = read(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("The envoy | \u{201c}The harbour") && found[0].ends_with("in 1994.\u{201d}")
    );
}
