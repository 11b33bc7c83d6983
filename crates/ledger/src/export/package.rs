use std::fmt::Write as _;

use serde_json::{Value, json};

use super::table::{ARTICLES, CLAIMS, Column, EVENTS, PARTICIPANTS, STATEMENTS, Sort, TELLINGS};

/// The tables of an export, by name.
const TABLES: [(&str, &[Column]); 6] = [
    ("events", EVENTS),
    ("tellings", TELLINGS),
    ("participants", PARTICIPANTS),
    ("statements", STATEMENTS),
    ("claims", CLAIMS),
    ("articles", ARTICLES),
];

/// The description of an export's tables (Data Package): `datapackage.json`.
#[must_use]
pub fn datapackage(digest: &str) -> String {
    let resources: Vec<Value> = TABLES.iter().map(|(name, columns)| resource(name, columns)).collect();
    let package = json!({
        "name": "legation-ledger",
        "version": digest,
        "description": "Events, who takes part, what single articles tell of them, who said what, and what articles claim as background. An event has one telling or many.",
        "resources": resources,
    });
    format!("{package:#}\n")
}

/// The columns of all tables for people: `codebook.md`.
#[must_use]
pub fn codebook() -> String {
    let mut out = String::from("# Codebook\n");
    for (name, columns) in TABLES {
        let _ = write!(out, "\n## {name}\n\n| column | holds | meaning |\n|---|---|---|\n");
        for (column, sort, about) in columns {
            let _ = writeln!(out, "| `{column}` | {} | {about} |", word(*sort));
        }
    }
    out
}

fn resource(name: &str, columns: &[Column]) -> Value {
    let field =
        |(name, sort, about): &Column| json!({ "name": name, "type": word(*sort), "description": about });
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": columns.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": key(columns),
            "foreignKeys": references(name, columns),
        },
    })
}

/// The first column, and the position where rows have one.
fn key(columns: &[Column]) -> Vec<&str> {
    let names = columns.iter().map(|(name, ..)| *name).enumerate();
    names.filter(|(at, name)| *at == 0 || *name == "position").map(|(_, name)| name).collect()
}

/// Columns that hold the ids of another table.
fn references(table: &str, columns: &[Column]) -> Vec<Value> {
    let others = [("event", "events"), ("article", "articles")];
    let has = |column: &str| columns.iter().any(|(name, ..)| *name == column);
    let refers = others.iter().filter(|(column, other)| *other != table && has(column));
    refers
        .map(|(column, other)| json!({ "fields": column, "reference": { "resource": other, "fields": column } }))
        .collect()
}

fn word(sort: Sort) -> &'static str {
    match sort {
        Sort::Text => "string",
        Sort::Day => "date",
        Sort::Whole => "integer",
        Sort::Number => "number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_described() {
        let package: Value = serde_json::from_str(&datapackage("x")).unwrap();
        assert_eq!(package["resources"][1]["schema"]["primaryKey"][0], "telling");
        assert_eq!(package["resources"][1]["schema"]["foreignKeys"][1]["reference"]["resource"], "articles");
        assert_eq!(package["resources"][2]["schema"]["primaryKey"], json!(["event", "position"]));
        assert_eq!(package["resources"][0]["schema"]["fields"].as_array().unwrap().len(), EVENTS.len());
        assert!(codebook().contains("| `earliest` | date | first possible day |"));
    }
}
