//! What `legation quotes` writes can be read back: every offset leads to the words it is said to lead to.

use std::sync::OnceLock;

use legation_app::{Reader, export};
use legation_record::{Article, Record};
use serde_json::Value;

const TEXT: &str = "“Wir bleiben 🇫🇮,” the café's owner said on May 3, 2022, “and we wait.”\n\n\
    Finland, “the calm one”, denied claims of a plot.\n\n\
    The plan calls for:\n- a truce along the river\n- the release of all prisoners\n";

fn record() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    RECORD.get_or_init(|| Reader::built_in().unwrap().read(Article::new(TEXT)))
}

/// The words between two code points.
fn words(start: usize, end: usize) -> String {
    TEXT.chars().skip(start).take(end - start).collect()
}

#[test]
fn web_annotations_select_by_position_and_by_quotation() {
    let page: Value = serde_json::from_str(&export::web_annotation(record())).unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), record().attributions.len());
    let mut targets = 0;
    for target in items.iter().flat_map(|item| item["target"].as_array().unwrap()) {
        let [position, quote] = target["selector"].as_array().unwrap().as_slice() else { panic!("{target}") };
        let number = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
        assert_eq!(position["type"], "TextPositionSelector");
        assert_eq!(quote["type"], "TextQuoteSelector");
        let exact = quote["exact"].as_str().unwrap();
        assert_eq!(words(number("start"), number("end")), exact);
        let around =
            format!("{}{exact}{}", quote["prefix"].as_str().unwrap(), quote["suffix"].as_str().unwrap());
        assert!(TEXT.contains(&around), "{around}");
        targets += 1;
    }
    assert!(targets >= 8, "{targets}");
}

#[test]
fn brat_offsets_lead_to_the_words_beside_them() {
    let brat = export::brat(record());
    let bound: Vec<&str> = brat.lines().filter(|line| line.starts_with('T')).collect();
    for line in &bound {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, place, said] = fields.as_slice() else { panic!("{line}") };
        let (_, offsets) = place.split_once(' ').unwrap();
        let parts: Vec<String> = offsets
            .split(';')
            .map(|pair| {
                let (start, end) = pair.split_once(' ').unwrap();
                words(start.parse().unwrap(), end.parse().unwrap())
            })
            .collect();
        assert_eq!(parts.join(" "), *said);
    }
    let events: Vec<&str> = brat.lines().filter(|line| line.starts_with('E')).collect();
    assert_eq!(events.len(), record().attributions.len());
    assert!(events.iter().all(|line| line.contains("\tCue:T")), "{brat}");
    assert!(brat.lines().any(|line| line.contains("Content ") && line.contains(';')), "{brat}");
}

#[test]
fn csv_has_a_row_for_each_attribution() {
    let csv = export::csv(record());
    let header = csv.lines().next().unwrap();
    assert_eq!(header.split(',').count(), 13);
    assert_eq!(csv.matches("\r\n").count(), record().attributions.len() + 1, "{csv}");
}

#[test]
fn one_content_has_two_spans_and_bullets_have_one_each() {
    let spans: Vec<usize> = record().attributions.iter().map(|one| one.content.len()).collect();
    assert!(spans.iter().filter(|count| **count == 2).count() >= 2, "{spans:?}");
}

#[test]
fn what_is_said_inside_what_is_said_is_tied_to_it() {
    let text = "Finland said that Sweden had denied that a plot existed.";
    let record = Reader::built_in().unwrap().read(Article::new(text));
    let inner = record.attributions.iter().find(|one| one.parent.is_some()).unwrap();
    let parent = inner.parent.as_deref().unwrap();
    let page: Value = serde_json::from_str(&export::web_annotation(&record)).unwrap();
    let linked = format!("urn:legation:{parent}");
    let bodies = page["items"].as_array().unwrap().iter().flat_map(|item| item["body"].as_array().unwrap());
    assert!(bodies.into_iter().any(|body| body["source"] == linked.as_str()), "{page}");
    let brat = export::brat(&record);
    assert!(brat.contains("\tWithin Arg1:E2 Arg2:E1"), "{brat}");
    assert!(brat.contains("\tNegated E2"), "{brat}");
}
