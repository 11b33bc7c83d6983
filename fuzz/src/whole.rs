//! The whole reader, and the doors that show what it read.

use std::{io::Cursor, sync::LazyLock};

use legation_app::{
    Reader, export, html, input,
    outline::{Layout, outline},
    record::{Article, Record},
    source,
};

use crate::foreign::article;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::built_in().expect("the knowledge is whole"));

/// A file of any form, told by its bytes, whole and as a stream; one JSON object a line is among them.
pub fn stream(bytes: &[u8]) {
    for one in source::stream("a", Cursor::new(bytes.to_vec())).flatten() {
        article(&one);
    }
    let _ = input::articles("a", bytes.to_vec());
}

/// A record of another program: however wrong, it can be checked, and what is sound can be shown.
pub fn record(bytes: &[u8]) {
    let Ok(record) = serde_json::from_slice::<Record>(bytes) else { return };
    if record.check().is_empty() {
        shown(&record);
    }
}

/// An article: it has a record, and every span in it lies in the text.
pub fn reader(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let record = READER.read(Article::new(text.as_ref()));
    assert_eq!(record.check(), [], "spans");
    let json = serde_json::to_vec(&record).expect("a record is JSON");
    let again: Record = serde_json::from_slice(&json).expect("and comes back");
    assert_eq!(again, record, "as it was");
    shown(&record);
}

fn shown(record: &Record) {
    let text = outline(record, Layout { width: 40, color: false });
    assert!(!text.contains(['\u{1b}', '\0', '\u{202e}']), "the outline steers the terminal");
    assert_eq!(html::page(record).matches("<script").count(), 1, "the page has one script, ours");
    let _ =
        (export::csv(record), export::brat(record), export::web_annotation(record), export::timeml(record));
}
