//! The table "who may know whom" of ARCHITECTURE.md is what cargo says.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

type Uses = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows below the header `| crate | may use |`.
fn stated() -> Uses {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| *line != "| crate | may use |").skip(2);
    rows.take_while(|line| line.starts_with('|')).map(row).collect()
}

fn row(line: &str) -> (String, BTreeSet<String>) {
    let cells: Vec<&str> =
        line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
    let names = cells[1].split(',').map(|name| name.trim().trim_matches('`').to_owned());
    (cells[0].to_owned(), names.filter(|name| !matches!(name.as_str(), "" | "–")).collect())
}

/// Which of our crates each of our crates depends on, tests left out.
fn actual() -> Uses {
    let mut command = Command::new(env!("CARGO"));
    let output = command
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()
        .unwrap();
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    value["packages"].as_array().unwrap().iter().map(uses).collect()
}

fn uses(package: &serde_json::Value) -> (String, BTreeSet<String>) {
    let ours = |name: &serde_json::Value| {
        name.as_str().and_then(|it| it.strip_prefix("legation-")).map(str::to_owned)
    };
    let dependencies = package["dependencies"].as_array().unwrap().iter();
    let used = dependencies.filter(|it| it["kind"].is_null()).filter_map(|it| ours(&it["name"]));
    (ours(&package["name"]).unwrap_or_default(), used.collect())
}

#[test]
fn no_crate_knows_more_than_the_table_allows() {
    let (stated, actual) = (stated(), actual());
    assert_eq!(
        stated.keys().collect::<Vec<_>>(),
        actual.keys().collect::<Vec<_>>(),
        "the table and the workspace name other crates"
    );
    for (name, used) in &actual {
        let beyond: Vec<&String> = used.difference(&stated[name]).collect();
        assert!(beyond.is_empty(), "{name} uses {beyond:?}, which ARCHITECTURE.md does not allow");
        let unused: Vec<&String> = stated[name].difference(used).collect();
        assert!(unused.is_empty(), "ARCHITECTURE.md lets {name} use {unused:?}, and it does not");
    }
}
