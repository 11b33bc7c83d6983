//! Nothing raw on a terminal: every command over articles that hold all controls and all that turns the direction of
//! writing, in every field, in the names of files and in the arguments.
#![cfg(unix)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// What steers a terminal: written down here and not taken from the program, so that both must agree.
fn steering() -> Vec<char> {
    let c0 = ('\u{1}'..='\u{1f}').filter(|ch| !matches!(ch, '\n' | '\t'));
    let c1 = '\u{7f}'..='\u{9f}';
    let turning =
        ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').chain(['\u{200e}', '\u{200f}', '\u{61c}']);
    c0.chain(c1).chain(turning).collect()
}

/// All of them, and what they are good for: the clipboard, the title, a colour, a hidden line.
fn payload() -> String {
    let all: String = steering().into_iter().collect();
    format!("{all}\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}]0;evil\u{7}\u{1b}[31m\u{9b}2J\r\u{1b}[8m")
}

struct Place {
    folder: PathBuf,
    ledger: String,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// An article with the payload where it can stand, and within a sentence the controls alone, which separate its words.
fn text(harm: &str) -> String {
    let space: String = steering().into_iter().filter(|ch| ch.is_control() && !ch.is_whitespace()).collect();
    format!(
        "Russian President Vladimir Putin visited Hanoi,{space}Vietnam, on{space}June 7, 2024, the {harm}Kremlin said.\n\n\
         \"We {harm} agreed on a new treaty,\" Foreign Minister Sergei{harm}Lavrov told reporters{harm}.\n\n\
         Chinese President Xi Jinping will visit{space}Moscow, Russia, on{space}June 30, 2024, {harm}said Wang{harm} Yi.\n\n\
         Putin has visited Vietnam twice since{space}March 2023.\n\n\
         China's \"six-point{harm} peace plan\" calls for a ceasefire{harm}, direct talks and the exchange of prisoners."
    )
}

fn line(id: &str, date: &str, text: &str) -> String {
    let harm = payload();
    let value = serde_json::json!({
        "id": format!("{id}{harm}"), "date": date, "text": text,
        "title": format!("Putin {harm}\0 in Hanoi"), "source": format!("Evil{harm}Post"),
        "url": format!("https://example.org/{id}{harm}"),
    });
    format!("{value}\n")
}

/// A folder of articles that try to do harm, under names that do.
fn place() -> Place {
    let folder = std::env::temp_dir().join(format!("legation-terminal-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let articles = folder.join("articles");
    fs::create_dir_all(&articles).unwrap();
    let harm = payload();
    let write = |name: &str, bytes: &[u8]| fs::write(articles.join(name), bytes).unwrap();
    let foreign = "Le président russe a visité la ville de Hanoï vendredi, selon le Kremlin, et il a rencontré ses hôtes.";
    let denied =
        format!("The Kremlin denied on Friday that Putin had visited Hanoi, Vietnam, on June 7, 2024{harm}.");
    let lines = [
        line("one", "2024-06-08", &text(&harm)),
        line("two", "2024-06-10", &text(&harm)),
        line("three", "2024-06-11", &denied),
        line("four", "2024-06-11", foreign),
        format!("{{\"id\": \"{}\"\n", "no article"),
    ];
    write("lines.jsonl", lines.concat().as_bytes());
    write(&format!("evil{harm}.txt"), text(&harm).as_bytes());
    write(&format!("broken{harm}.txt"), b"\xff\xfe\xfd");
    let page = format!(
        "<html><head><title>{harm}Talks</title><meta property='og:site_name' content='{harm}'></head><body><article><p>{}</p></article></body></html>",
        text(&harm)
    );
    write(&format!("page{harm}.html"), page.as_bytes());
    let ledger = folder.join(format!("ledger{harm}.sqlite")).to_str().unwrap().to_owned();
    Place { folder, ledger }
}

impl Place {
    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    /// What a command prints on both ways out, told apart.
    fn run(&self, arguments: &[&str]) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
        command.arg("--ledger").arg(&self.ledger).args(arguments).current_dir(&self.folder);
        let Output { stdout, stderr, .. } = command.output().unwrap();
        let words = |bytes| String::from_utf8(bytes).unwrap();
        (words(stdout), words(stderr))
    }

    fn clean(&self, arguments: &[&str]) -> String {
        let (out, err) = self.run(arguments);
        assert_clean(&out, arguments);
        assert_clean(&err, arguments);
        out + &err
    }

    /// A command that has to say something of what others wrote, so that it is seen to be cleaned.
    fn shows(&self, arguments: &[&str]) -> String {
        let all = self.clean(arguments);
        assert!(all.contains('\u{fffd}'), "{} shows nothing of the payload: {all}", shown(arguments));
        all
    }
}

fn shown(arguments: &[&str]) -> String {
    format!("{:?}", arguments.iter().map(|one| one.chars().take(30).collect::<String>()).collect::<Vec<_>>())
}

fn assert_clean(text: &str, arguments: &[&str]) {
    let found = text.chars().find(|ch| steering().contains(ch));
    let line = text.lines().find(|line| found.is_some_and(|found| line.contains(found)));
    assert!(found.is_none(), "{} prints {found:?} raw: {line:?}", shown(arguments));
}

fn without_styles(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split("\u{1b}[").enumerate() {
        let rest = part.trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == ';');
        let style = at > 0 && rest.starts_with('m');
        out.push_str(if style {
            &rest[1..]
        } else if at > 0 {
            "\u{1b}"
        } else {
            part
        });
    }
    out
}

/// The first word of a list that looks like an id of that letter.
fn id(list: &str, letter: char) -> String {
    let words = list.split_whitespace();
    let is_id = |word: &&str| {
        word.len() > 8 && word.starts_with(letter) && word[1..].chars().all(|ch| ch.is_ascii_hexdigit())
    };
    words.into_iter().find(is_id).unwrap_or_else(|| panic!("no id in {list}")).to_owned()
}

#[test]
fn nothing_raw_comes_out_of_any_command() {
    let place = place();
    let harm = payload();
    let article = place.path(&format!("articles/evil{harm}.txt"));
    let broken = place.path(&format!("articles/broken{harm}.txt"));
    let lines = place.path("articles/lines.jsonl");
    readings(&place, &article);
    let added = place.shows(&["add", "articles", &broken, "--published", "2024-06-12"]);
    assert!(added.matches("skipped: ").count() >= 3, "{added}");
    answers(&place, &article, &harm);
    decisions(&place, &harm);
    faults(&place, &broken, &lines, &harm);
}

fn readings(place: &Place, article: &str) {
    place.clean(&["times", article]);
    for command in ["read", "quotes", "plans"] {
        place.shows(&[command, article]);
    }
    place.shows(&["why", "v1", article, "--published", "2024-06-08"]);
    place.clean(&["why", "v99", article]);
    place.shows(&["plans", article, &place.path("articles/lines.jsonl")]);
    place.shows(&["read", article, "--format", "lines"]);
    let (colored, _) = place.run(&["read", article, "--color", "always"]);
    assert!(colored.contains("\u{1b}[1m"), "styles of our own are there");
    assert_clean(&without_styles(&colored), &["read", "--color", "always"]);
    assert!(!colored.contains("\u{1b}[8m") && !colored.contains("\u{1b}[31m]"), "and none of others");
    // JSON escapes what its rules demand: no C0.
    let (json, _) = place.run(&["read", article, "--format", "json"]);
    assert!(!json.contains(|ch: char| ch < ' ' && ch != '\n') && json.contains("\\u001b]52"));
}

fn answers(place: &Place, article: &str, harm: &str) {
    let lists: &[&[&str]] = &[
        &["visits"],
        &["events"],
        &["statements"],
        &["timeline", "Putin", "Vietnam"],
        &["calendar"],
        &["search", "Hanoi"],
        &["diff", "2024-06-01", "2024-06-11"],
        &["brief", "Putin", "Vietnam"],
        &["review"],
        &["check", article, "--published", "2024-06-08"],
        &["plans"],
    ];
    lists.iter().for_each(|arguments| drop(place.shows(arguments)));
    let others: &[&[&str]] = &[
        &["meetings"],
        &["who", "Putin"],
        &["who", harm],
        &["events", "--publisher", harm],
        &["events", "--text", harm],
        &["reread", "--all"],
        &["verify"],
        &["audit", "--size", "3"],
        &["knowledge", "show", harm],
        &["export", &format!("out{harm}")],
    ];
    others.iter().for_each(|arguments| drop(place.clean(arguments)));
}

fn decisions(place: &Place, harm: &str) {
    let visits = place.shows(&["visits"]);
    let (event, telling) = (id(&visits, 'e'), id(&visits, 't'));
    place.shows(&["event", &event]);
    for decision in
        [&["accept", &event][..], &["edit", &event, &format!("place={harm}")], &["reject", &event]]
    {
        place.clean(&[decision, &["--by", harm, "--note", harm]].concat());
    }
    place.shows(&["corrections"]);
    place.shows(&["undo", &event, "--by", harm]);
    place.clean(&["split", &telling, "--note", harm]);
    place.clean(&["join", &event, &telling]);
    place.clean(&["edit", &event, &format!("{harm}={harm}")]);
}

/// What is told of what cannot be done.
fn faults(place: &Place, broken: &str, lines: &str, harm: &str) {
    let none = format!("none{harm}");
    let all: &[&[&str]] = &[
        &["read", broken],
        &["read", lines],
        &["read", &none],
        &["read", "--format", harm, broken],
        &["read", &format!("--{harm}")],
        &[harm],
        &["event", harm],
        &["accept", harm],
        &["events", "--from", harm],
        &["add", &none],
        &["add", "--records", broken],
        &["check", &none],
        &["audit", "--score", broken],
        &["--knowledge", &none, "knowledge", "check"],
        &["fetch", &format!("http://127.0.0.1:1/{harm}")],
        &["fetch", harm],
        &["watch", &none, "--once"],
        &["--ledger", &none, "events"],
    ];
    let (_, skipped) = place.run(&["read", lines, "--format", "jsonl"]);
    assert!(skipped.contains("skipped: "));
    assert_clean(&skipped, &["read", "jsonl"]);
    for arguments in all {
        let told = place.clean(arguments);
        assert!(!told.is_empty(), "{} says nothing", shown(arguments));
    }
}

#[test]
fn what_is_for_programs_keeps_its_bytes() {
    let folder = std::env::temp_dir().join(format!("legation-bytes-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let article = folder.join("a.txt");
    fs::write(&article, format!("Xi Jinping visited \u{202e}Moscow\u{9b}.{}", "")).unwrap();
    let output = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
        command.args(["read", "--format", format]).arg(Path::new(&article));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    for format in ["json", "jsonl"] {
        let record: serde_json::Value = serde_json::from_str(&output(format)).unwrap();
        assert_eq!(record["article"]["text"], "Xi Jinping visited \u{202e}Moscow\u{9b}.");
        assert!(output(format).contains('\u{202e}'), "{format} is as it was");
    }
    let _ = fs::remove_dir_all(&folder);
}
