//! The bundled sample articles: every span of their records holds, and every door can show them.

use std::{collections::BTreeSet, fs, path::PathBuf};

use legation_app::{
    Reader, export, html, input,
    outline::{Layout, outline},
    record::Record,
};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples"))
}

/// File and publication date of every sample.
fn index() -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join("index.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let word = |row: &toml::Value, key: &str| row.get(key).unwrap().as_str().unwrap().to_owned();
    let rows = table["article"].as_array().unwrap();
    rows.iter().map(|row| (word(row, "file"), word(row, "published"))).collect()
}

fn records() -> Vec<Record> {
    let reader = Reader::built_in().unwrap();
    let read = |(file, published): &(String, String)| {
        reader.read(input::read(&folder().join(file), published.parse().ok()).unwrap())
    };
    index().iter().map(read).collect()
}

#[test]
fn the_index_lists_every_sample() {
    let listed: BTreeSet<String> = index().into_iter().map(|(file, _)| file).collect();
    let files =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = files.filter(|name| name.ends_with(".txt")).collect();
    assert_eq!(listed, there);
}

#[test]
fn every_span_holds_and_every_door_shows_it() {
    for record in records() {
        assert_eq!(record.check(), [], "{:?}", record.article.meta.id);
        assert!(!outline(&record, Layout::default()).is_empty());
        let page = html::page(&record);
        assert!(page.contains("Content-Security-Policy"));
        assert!(export::timeml(&record).contains("</TimeML>"));
        assert_eq!(export::csv(&record).lines().count(), record.attributions.len() + 1);
        let _ = (export::brat(&record), export::web_annotation(&record));
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}

#[test]
fn reading_twice_gives_the_same_bytes() {
    let bytes = || serde_json::to_string(&records()).unwrap();
    assert_eq!(bytes(), bytes());
}
