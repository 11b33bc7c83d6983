//! At the edges: what cannot be done is refused with a word of what to do, and leaves everything as it was.

mod common;

use std::{collections::BTreeMap, fs, path::Path};

use common::Scratch;

const NEWS: &str = "{\"id\":\"one\",\"date\":\"2024-06-08\",\"source\":\"Wire One\",\"text\":\"Russian President Vladimir Putin visited Hanoi, Vietnam, on June 7, 2024, the Kremlin said.\"}\n";
const MORE: &str = "{\"id\":\"two\",\"date\":\"2024-05-17\",\"source\":\"Wire Two\",\"text\":\"Russian President Vladimir Putin visited Beijing, China, on May 16, 2024, Xinhua said.\"}\n";

fn filled(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("news.jsonl", NEWS);
    scratch.run("l.sqlite", &["add", &scratch.path("news.jsonl")]);
    scratch
}

/// All files of a folder with what is in them.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|one| (one.file_name().into_string().unwrap(), fs::read(one.path()).unwrap_or_default()))
        .collect()
}

#[test]
fn an_export_replaces_an_earlier_one_and_clears_up_after_one_that_was_killed() {
    let scratch = filled("export");
    let (folder, path) = (scratch.0.join("out"), scratch.path("out"));
    scratch.run("l.sqlite", &["export", &path]);
    let before = contents(&folder);
    assert_eq!(before.len(), 20, "{:?}", before.keys());
    fs::create_dir(folder.join(".legation-unfinished")).unwrap();
    fs::write(folder.join(".legation-unfinished/events.csv"), "half a f").unwrap();
    scratch.write("more.jsonl", MORE);
    scratch.run("l.sqlite", &["add", &scratch.path("more.jsonl")]);
    scratch.run("l.sqlite", &["export", &path]);
    let after = contents(&folder);
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_ne!(after["events.csv"], before["events.csv"]);
}

#[test]
fn an_export_onto_a_file_is_refused() {
    let scratch = filled("onto");
    let file = scratch.write("out", "mine");
    let (code, told) = scratch.fails("l.sqlite", &["export", &scratch.path("out")]);
    assert!(code == 1 && told.contains("is a file\n  help: name a folder"), "{told}");
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
    let (code, told) = scratch.fails("l.sqlite", &["export", &scratch.path("out/below")]);
    assert!(code == 1 && told.contains("help: "), "{told}");
}

/// The system lets no file grow beyond 32 or 64 KB: as on a full disk, writing fails in the middle. The ledger's own files
/// that reading it takes are smaller, the list of events is larger.
#[cfg(unix)]
#[test]
fn an_export_that_fails_in_the_middle_leaves_the_one_before() {
    let scratch = filled("full");
    let folder = scratch.0.join("out");
    scratch.run("l.sqlite", &["export", &scratch.path("out")]);
    let before = contents(&folder);
    let many: String =
        (0..300).map(|at| MORE.replace("two", &at.to_string()).replace("Two", &at.to_string())).collect();
    scratch.write("more.jsonl", &many);
    scratch.run("l.sqlite", &["add", &scratch.path("more.jsonl")]);
    for place in ["out", "new"] {
        let export = format!(
            "trap '' XFSZ; ulimit -f 64; exec '{}' --ledger '{}' export '{}'",
            env!("CARGO_BIN_EXE_legation"),
            scratch.path("l.sqlite"),
            scratch.path(place)
        );
        let done = std::process::Command::new("sh").args(["-c", &export]).output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{told}");
        assert!(told.contains("nothing was exported\n  help: "), "{told}");
    }
    assert!(contents(&folder) == before, "files of the earlier export have changed");
    assert!(contents(&scratch.0.join("new")).is_empty());
}

#[test]
fn more_threads_than_any_machine_has_are_refused() {
    let scratch = filled("threads");
    for many in ["100000", "0", "-1", "18446744073709551616"] {
        let (code, told) =
            scratch.fails("l.sqlite", &["add", &scratch.path("news.jsonl"), &format!("--threads={many}")]);
        assert!(code == 2 && told.contains("--threads"), "{told}");
    }
    scratch.run("l.sqlite", &["add", &scratch.path("news.jsonl"), "--threads", "3"]);
}
