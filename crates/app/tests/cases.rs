//! The stories in `cases/`: Markdown that says what we promise on an article, and why.
//!
//! A block ```` ```article ```` holds a text, with `published=YYYY-MM-DD` after the word where the date is known.
//! The block ```` ```record ```` below it holds facts: each line must be found in one line of the record
//! (`legation read --format lines`), its parts, divided by ` … `, in that order. A line that begins with `! ` must
//! not be found.

use std::{fs, path::PathBuf, sync::LazyLock};

use legation_app::{Reader, lines::lines, record::Article};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::built_in().unwrap());

struct Block<'a> {
    info: &'a str,
    text: String,
}

fn stories() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    files
}

/// The fenced blocks of a story.
fn blocks(story: &str) -> Vec<Block<'_>> {
    let mut parts = story.split("\n```");
    parts.next();
    let fenced = parts.step_by(2).filter_map(|part| part.split_once('\n'));
    fenced.map(|(info, text)| Block { info: info.trim(), text: text.to_owned() }).collect()
}

fn read(article: &Block<'_>) -> String {
    let mut input = Article::new(article.text.trim());
    let date = article.info.split_whitespace().find_map(|word| word.strip_prefix("published="));
    input.meta.published = date.map(|date| date.parse().unwrap());
    lines(&READER.read(input))
}

fn holds(line: &str, wanted: &str) -> bool {
    let mut rest = Some(line);
    for part in wanted.split(" … ") {
        rest = rest.and_then(|rest| rest.split_once(part.trim())).map(|(_, after)| after);
    }
    rest.is_some()
}

/// What a record does not keep of what was promised.
fn broken(record: &str, promises: &str) -> Vec<String> {
    let found = |wanted: &str| record.lines().any(|line| holds(line, wanted));
    let kept = |line: &&str| match line.strip_prefix("! ") {
        Some(unwanted) => !found(unwanted),
        None => found(line),
    };
    let promises = promises.lines().map(str::trim).filter(|line| !line.is_empty());
    promises.filter(|line| !kept(line)).map(str::to_owned).collect()
}

fn faults(story: &str) -> Vec<String> {
    let blocks = blocks(story);
    let mut record = String::new();
    let mut faults = Vec::new();
    for block in &blocks {
        match block.info.split_whitespace().next() {
            Some("article") => record = read(block),
            Some("record") => {
                let lost = broken(&record, &block.text);
                faults.extend((!lost.is_empty()).then(|| format!("{}\nin\n{record}", lost.join("\n"))));
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn what_the_stories_promise_holds() {
    let stories = stories();
    assert!(!stories.is_empty());
    let mut all = String::new();
    for path in stories {
        for fault in faults(&fs::read_to_string(&path).unwrap()) {
            all.push_str(&format!("\n== {}: not so:\n{fault}", path.file_name().unwrap().to_string_lossy()));
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn a_promise_that_is_not_kept_is_found() {
    assert_eq!(broken("visits v1: A → B · held\n", "A → B … held\n! C → D"), Vec::<String>::new());
    assert_eq!(broken("visits v1: A → B · held\n", "B … A\n! held"), ["B … A", "! held"]);
}
