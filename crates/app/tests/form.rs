//! The record's form: its JSON Schema is kept up to date, and JSON loses nothing.

use legation_app::{Reader, record::Record, samples, schema};

#[test]
fn the_json_schema_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.schema.json");
    let text = schema::json_schema();
    if std::env::var_os("LEGATION_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == text, "docs/record.schema.json is out of date: run `just bless`");
}

#[test]
fn json_loses_nothing() {
    let record = Reader::built_in().unwrap().read(samples::default_article());
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
}
