//! A rule or row of the user's own wins over ours and over the network.

use legation_event::{Below, EventReader};
use legation_knowledge::Files;
use legation_mention::{attribution::AttributionReader, entity::EntityReader, time::TimeReader};
use legation_record::{Article, Event};
use legation_text::TextReader;

fn read(files: &Files, text: &str) -> Vec<Event> {
    let article = Article::new(text).published("2024-06-03".parse().unwrap());
    let parse = TextReader::load(files).unwrap().read(&article);
    let times = TimeReader::load(files).unwrap().read(&article, &parse);
    let entities = EntityReader::load(files).unwrap().read(&article, &parse, &times);
    let attributions = AttributionReader::load(files).unwrap().read(&article, &parse, &times, &entities);
    let below = Below {
        article: &article,
        parse: &parse,
        times: &times,
        entities: &entities,
        attributions: &attributions,
    };
    EventReader::load(files).unwrap().read(below).events
}

/// The built-in knowledge with another row for a verb.
fn with_row(row: &str) -> Files {
    let mut files = Files::built_in();
    let head = "words\tpos\tkind\tsubtype\tconstruction\twith\twithout";
    files.insert("lexicon/verbs-own.tsv", format!("{head}\n{row}\n"));
    files
}

#[test]
fn a_word_that_only_the_user_knows_tells_an_event() {
    let text = "Brazil snubbed Canada on Sunday.";
    let row = "snub\tv\taccusation\t\tact-on\t\t";
    let kinds =
        |files: &Files| -> Vec<String> { read(files, text).into_iter().map(|event| event.kind.0).collect() };
    assert!(!kinds(&Files::built_in()).contains(&"accusation".to_owned()));
    assert!(kinds(&with_row(row)).contains(&"accusation".to_owned()));
}

#[test]
fn a_row_of_the_user_decides_the_kind() {
    let text = "Brazil condemned Canada on Sunday.";
    let found = read(&with_row("condemn\tv\tthreat\t\tact-on\t\t"), text);
    let by_user = found.iter().find(|event| event.kind.0 == "threat");
    let event = by_user.unwrap_or_else(|| panic!("{found:?}"));
    assert!(event.confidence.is_none() && event.evidence[0].by.starts_with("event/"), "{event:?}");
    assert!(found.iter().all(|event| event.kind.0 != "criticism"), "{found:?}");
}
