//! `docs/ontology.md` is written from `knowledge/ontology/`; `just bless` writes it anew.

use std::fs;

fn root(path: &str) -> String {
    format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))
}

fn rows(file: &str, name: &str) -> Vec<toml::Value> {
    let table: toml::Table = fs::read_to_string(root(file)).unwrap().parse().unwrap();
    table[name].as_array().unwrap().clone()
}

fn cell(row: &toml::Value, key: &str) -> String {
    match row.get(key) {
        Some(toml::Value::String(text)) => text.clone(),
        Some(toml::Value::Array(all)) => {
            all.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

fn table(rows: &[toml::Value], columns: &[(&str, &str)]) -> String {
    let heads: String = columns.iter().map(|(head, _)| format!(" {head} |")).collect();
    let rules = "---|".repeat(columns.len());
    let line = |row: &toml::Value| {
        columns.iter().map(|(_, key)| format!(" {} |", cell(row, key))).collect::<String>()
    };
    let body: String = rows.iter().map(|row| format!("|{}\n", line(row))).collect();
    format!("|{heads}\n|{rules}\n{body}")
}

#[test]
fn the_ontology_page_is_up_to_date() {
    let kinds = table(
        &rows("knowledge/ontology/kinds.toml", "kind"),
        &[
            ("kind", "name"),
            ("what", "gloss"),
            ("actor", "actor"),
            ("recipient", "recipient"),
            ("PLOVER", "plover"),
            ("mode", "mode"),
            ("CAMEO", "cameo"),
            ("CAMEO when planned", "planned"),
        ],
    );
    let provisions = table(
        &rows("knowledge/ontology/provisions.toml", "provision"),
        &[("code", "id"), ("what", "name"), ("cues", "cues")],
    );
    let text = format!(
        "# Kinds of events and provisions\n\nWritten by `just bless` from `knowledge/ontology/`.\n\n## Kinds\n\n\
         A kind is plain and stays the same while its status changes; the codes are projections: \
         of the act as done; \n\
         planned, a cooperative one is AGREE and one of conflict THREATEN; refused or called off, a cooperative one is REJECT.\n\
         The file adds three things that the table leaves out: an `alone` kind may be done to nobody; `domestic` kinds are done at home, so that a side that is not told\n\
         is of the place; of an `accused` kind nobody is named who is not told.\n\n{kinds}\n\
         ## Provisions of plans\n\n{provisions}"
    );
    let path = root("docs/ontology.md");
    if std::env::var_os("LEGATION_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "docs/ontology.md is out of date: run `just bless`");
}
