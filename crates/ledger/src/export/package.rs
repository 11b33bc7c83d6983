use std::fmt::Write as _;

use serde_json::{Value, json};

use super::table::{Column, EVENTS, STATEMENTS, Sort, TELLINGS};

/// The tables of an export, by name.
const TABLES: [(&str, &[Column]); 3] =
    [("events", EVENTS), ("tellings", TELLINGS), ("statements", STATEMENTS)];

/// The description of an export's tables (Data Package): `datapackage.json`.
#[must_use]
pub fn datapackage(digest: &str) -> String {
    let resources: Vec<Value> = TABLES.iter().map(|(name, columns)| resource(name, columns)).collect();
    let package = json!({
        "name": "legation-ledger",
        "version": digest,
        "description": "Events, what single articles tell of them, and who said what. An event has one telling or many.",
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
        "schema": {
            "fields": columns.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": columns.first().map(|(name, ..)| name),
        },
    })
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
        assert_eq!(package["resources"][1]["schema"]["primaryKey"], "telling");
        assert_eq!(package["resources"][0]["schema"]["fields"].as_array().unwrap().len(), EVENTS.len());
        assert!(codebook().contains("| `earliest` | date | first possible day |"));
    }
}
