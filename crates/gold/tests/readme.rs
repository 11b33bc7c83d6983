//! The figures in README are those of `gold/report/`, rounded to one place.

use std::fs;

fn root(path: &str) -> String {
    fs::read_to_string(format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A figure of a report, in percent.
fn figure(task: &str, corpus: &str, name: &str) -> String {
    let report = root(&format!("gold/report/{task}.csv"));
    let start = format!("{corpus},{name},");
    let line =
        report.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_else(|| panic!("no {start}"));
    let value: f64 = line.parse().unwrap();
    format!("{:.1}", if value <= 1.0 { value * 100.0 } else { value })
}

#[test]
fn readme_states_the_measured_figures() {
    let readme = root("README.md");
    let rows = [
        ("tags and trees", "ud", "ewt-words", vec!["UPOS", "UAS", "LAS"]),
        ("the same from raw text", "ud", "ewt-raw", vec!["Tokens F1", "Sentences F1", "LAS F1"]),
        ("names", "names", "uner-ewt", vec!["span and type F1", "span only F1"]),
        ("times", "time", "timebank", vec!["strict F1", "value F1"]),
        (
            "attribution",
            "attribution",
            "polnear-dev",
            vec!["content_exact F1", "content_j.5 F1", "triple_j.5_overlap F1"],
        ),
        ("actors", "actors", "actors", vec!["country", "code_1"]),
        ("who speaks", "sources", "polnear-sources", vec!["all", "somebody else"]),
        ("chains", "coreference", "gum", vec!["head CoNLL"]),
        ("acts", "events", "plv-events", vec!["single accuracy"]),
        ("visits", "record", "record-dev", vec!["visits pair only P", "visits pair only R"]),
    ];
    for (row, task, corpus, names) in rows {
        let line = readme.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap();
        for name in names {
            let value = figure(task, corpus, name);
            assert!(
                line.contains(&value),
                "README, row '{row}': {name} is {value} in gold/report/{task}.csv"
            );
        }
    }
}
