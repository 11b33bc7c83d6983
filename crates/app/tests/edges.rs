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

#[test]
fn slips_are_refused_with_what_was_meant() {
    let scratch = filled("slips");
    for (asked, near) in [
        (&["events", "--kind", "vist"][..], "visit"),
        (&["events", "--status", "canceled"], "cancelled"),
        (&["visits", "--country", "Vietnm"], "Vietnam"),
        (&["statements", "--act", "denied"], "deny"),
        (&["diff", "2024-01-01", "2024-12-31", "--kind", "meting"], "meeting"),
        (&["review", "--country", "Rusia"], "Russia"),
        (&["statements", "--text", "*"], "no letter and no digit"),
        (&["statements", "--text", "\""], "no letter and no digit"),
        (&["events", "--text", "%"], "no letter and no digit"),
        (&["search", "*"], "no letter and no digit"),
    ] {
        let (code, told) = scratch.fails("l.sqlite", asked);
        assert!(code == 1 && told.contains(near), "{asked:?}: {told}");
    }
    for asked in [
        &["visits", "--country", "VNM"][..],
        &["visits", "--country", "Viet Nam"],
        &["visits", "--status", "held"],
    ] {
        scratch.run("l.sqlite", asked);
    }
    assert!(scratch.run("l.sqlite", &["visits", "--country", "Norway"]).starts_with("0 events"));
}

#[test]
fn whoever_stops_listening_is_no_fault() {
    let scratch = filled("pipe");
    let status = |arguments: &[&str]| {
        let mut command = scratch.command("l.sqlite", arguments);
        let piped = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let mut child = piped.spawn().unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        child.wait().unwrap().code()
    };
    let news = scratch.path("news.jsonl");
    for done in [
        &["visits"][..],
        &["--help"],
        &["read", &news, "--format", "jsonl"],
        &["add", &news],
        &["visits", "--format", "json"],
    ] {
        assert_eq!(status(done), Some(0), "{done:?}");
    }
    assert_eq!(status(&["event", "none"]), Some(1));
    assert_eq!(status(&["--none"]), Some(2));
}

#[test]
fn empty_input_is_no_article() {
    let scratch = filled("empty");
    for (name, text) in [("a.txt", ""), ("b.md", " \n\t\n"), ("c", "\u{a0}")] {
        scratch.write(name, text);
        let (code, told) = scratch.fails("l.sqlite", &["read", &scratch.path(name)]);
        assert!(code == 1 && told.contains("is empty\n  help: "), "{told}");
    }
    let lines = scratch.write("empty.jsonl", "{\"text\":\"\"}\n{\"text\":\" \"}\n");
    let told = scratch.run("l.sqlite", &["add", lines.to_str().unwrap(), &scratch.path("a.txt")]);
    assert!(told.contains("3 skipped: 3 without running text"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_and_told_where_they_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let scratch = filled("links");
    let folder = scratch.0.join("folder");
    fs::create_dir(&folder).unwrap();
    scratch.write("more.jsonl", MORE);
    symlink(scratch.0.join("more.jsonl"), folder.join("more.jsonl")).unwrap();
    symlink(folder.join("round.txt"), folder.join("round.txt")).unwrap();
    symlink("missing.txt", folder.join("gone.txt")).unwrap();
    symlink(&folder, folder.join("again")).unwrap();
    let (code, told) = scratch.fails("l.sqlite", &["add", &scratch.path("folder")]);
    assert_eq!(code, 1);
    for part in
        ["round.txt' is a link that leads nowhere", "gone.txt' is a link", "again' is a link to a folder"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(scratch.run("l.sqlite", &["visits"]).contains("2 events"), "the others are there");
    for command in ["add", "read"] {
        let (code, told) = scratch.fails("l.sqlite", &[command, &scratch.path("folder/round.txt")]);
        assert!(code == 1 && told.contains("leads nowhere\n  help: "), "{told}");
    }
}

#[test]
fn a_missing_folder_of_knowledge_is_told() {
    let scratch = filled("knowledge");
    let none = scratch.path("none");
    for missing in [&none, &scratch.path("news.jsonl")] {
        let (code, told) = scratch.fails("l.sqlite", &["--knowledge", missing, "visits"]);
        assert!(code == 1 && told.contains("there is no such folder\n  help: "), "{told}");
    }
}
