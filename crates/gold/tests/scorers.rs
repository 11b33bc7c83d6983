//! The scorers print what the published scorers print: the expected outputs are theirs.

use std::{path::Path, process::Command};

fn scored(task: &str, gold: &str, predictions: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation-gold"));
    let output =
        command.args(["score", task]).arg(folder.join(gold)).arg(folder.join(predictions)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn expected(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read_to_string(folder.join(format!("{name}.expected.txt"))).unwrap()
}

#[test]
fn time() {
    assert_eq!(scored("time", "time.gold.jsonl", "time.pred.jsonl"), expected("time"));
}

#[test]
fn attribution() {
    assert_eq!(
        scored("attribution", "attribution.gold.jsonl", "attribution.pred.jsonl"),
        expected("attribution")
    );
}

#[test]
fn events_of_fifteen_categories() {
    assert_eq!(scored("events", "events.gold.jsonl", "events.pred.jsonl"), expected("events"));
}

#[test]
fn events_with_coded_actors() {
    assert_eq!(scored("events", "coded.gold.jsonl", "coded.pred.jsonl"), expected("coded"));
}

#[test]
fn event_pairs() {
    assert_eq!(scored("event-pairs", "events.gold.jsonl", "event-pairs.pred.jsonl"), expected("event-pairs"));
}

#[test]
fn record() {
    assert_eq!(scored("record", "record.gold.jsonl", "record.pred.jsonl"), expected("record"));
}
