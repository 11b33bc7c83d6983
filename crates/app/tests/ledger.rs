//! The ledger from the outside: added twice, in another order, by several threads, killed in between.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread::sleep,
    time::{Duration, Instant},
};

use common::Scratch;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

fn line(date: &str, source: &str, text: &str) -> String {
    format!("{{\"date\":\"{date}\",\"source\":\"{source}\",\"text\":\"{text}\"}}\n")
}

/// In our own words, what was public on those days.
fn news() -> String {
    [
        line(
            "2023-03-20",
            "Wire One",
            "Chinese President Xi Jinping visits Russia and meets President Vladimir Putin.",
        ),
        line(
            "2023-10-17",
            "Wire One",
            "Russian President Vladimir Putin arrives in China for a forum on trade.",
        ),
        line("2023-10-18", "Wire Two", "Vladimir Putin held talks with Xi Jinping in Beijing on Wednesday."),
        line("2024-05-16", "Wire Two", "Russian President Vladimir Putin visits China and meets Xi Jinping."),
    ]
    .concat()
}

#[test]
fn a_count_that_leaves_a_visit_out_is_contradicted() {
    let scratch = Scratch::new("check");
    let news = scratch.write("news.jsonl", &news());
    scratch.run("l.sqlite", &["add", news.to_str().unwrap()]);
    let article = scratch.write(
        "article.txt",
        "Russian President Vladimir Putin has visited China twice since March 2023 — first in March 2023, and again \
         in May 2024. Xi Jinping visited Russia in March 2023.",
    );
    let asked = ["check", article.to_str().unwrap(), "--published", "2024-12-27", "--format", "json"];
    let verdicts: serde_json::Value = serde_json::from_str(&scratch.run("l.sqlite", &asked)).unwrap();
    let count = verdicts.as_array().unwrap().iter().find(|verdict| verdict["kind"] == "count").unwrap();
    assert_eq!(count["answer"], "contradicted", "{count:#}");
    assert_eq!(count["left_out"][0]["earliest"], "2023-10-17", "{count:#}");
    assert_eq!(count["left_out"].as_array().unwrap().len(), 1, "{count:#}");
}

#[test]
fn order_and_threads_leave_no_trace() {
    let scratch = Scratch::new("order");
    let news = news();
    let forth = scratch.write("forth.jsonl", &news);
    let back: Vec<&str> = news.lines().rev().collect();
    let back = scratch.write("back.jsonl", &(back.join("\n") + "\n"));
    let samples = samples();
    let (samples, forth, back) = (samples.to_str().unwrap(), forth.to_str().unwrap(), back.to_str().unwrap());
    scratch.run("a.sqlite", &["add", samples, forth, "--threads", "1"]);
    scratch.run("b.sqlite", &["add", back, "--threads", "2"]);
    scratch.run("b.sqlite", &["add", samples, "--threads", "2"]);
    assert_eq!(scratch.run("a.sqlite", &["verify"]), scratch.run("b.sqlite", &["verify"]));
    for ledger in ["a", "b"] {
        let folder = scratch.0.join(format!("out-{ledger}"));
        scratch.run(&format!("{ledger}.sqlite"), &["export", folder.to_str().unwrap()]);
    }
    let names: Vec<_> =
        fs::read_dir(scratch.0.join("out-a")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 20);
    for name in names.iter().map(|name| name.to_str().unwrap()) {
        let read = |ledger: &str| fs::read(scratch.0.join(format!("out-{ledger}")).join(name)).unwrap();
        assert!(read("a") == read("b"), "{name} differs");
    }
    let again = scratch.run("a.sqlite", &["add", samples, forth]);
    assert!(again.starts_with("0 articles added"), "{again}");
}

#[test]
fn records_read_elsewhere_give_the_same_ledger() {
    let scratch = Scratch::new("records");
    let mut files: Vec<PathBuf> =
        fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    files.sort();
    let paths: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let printed: Vec<String> =
        paths.iter().map(|path| scratch.run("none.sqlite", &["read", path, "--format", "json"])).collect();
    let lines: Vec<String> = printed.iter().map(|text| text.replace("\n", "") + "\n").collect();
    let long = scratch.write("long.json", &printed[..1].concat());
    let short = scratch.write("short.jsonl", &lines[1..].concat());
    scratch.run("here.sqlite", &[&["add"], paths.as_slice()].concat());
    let both = ["add", "--records", long.to_str().unwrap(), "--records", short.to_str().unwrap()];
    scratch.run("there.sqlite", &both);
    assert_eq!(scratch.run("here.sqlite", &["verify"]), scratch.run("there.sqlite", &["verify"]));
    assert!(scratch.run("there.sqlite", &both).contains(&format!("{} were there already", files.len())));
}

#[test]
fn a_record_that_does_not_hold_is_left_out_and_told() {
    let scratch = Scratch::new("unsound");
    let article = scratch.write("a.txt", "Narendra Modi visited Poland on Aug. 21, 2024.");
    let printed = scratch.run("none.sqlite", &["read", article.to_str().unwrap(), "--format", "json"]);
    let good = printed.replace('\n', "") + "\n";
    let shifted = good.replace("Narendra Modi visited Poland on Aug. 21, 2024.", "Modi visited Poland.");
    let newer = good.replacen("\"schema\": 1", "\"schema\": 2", 1);
    assert!(shifted != good && newer != good);
    let records =
        scratch.write("r.jsonl", &[&shifted, "{\"text\":\"A\"}\n", &newer, &good].map(String::from).concat());
    let output =
        scratch.command("l.sqlite", &["add", "--records", records.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("are no words of the article"), "{said}");
    assert!(
        said.contains("r.jsonl:2: no record") && said.contains("r.jsonl:3: its form 2 is newer"),
        "{said}"
    );
    assert!(scratch.run("l.sqlite", &["verify"]).starts_with("1 articles"));
    assert!(scratch.run("l.sqlite", &["visits"]).contains("Narendra Modi → Poland"));
}

/// Many short reports.
fn many(scratch: &Scratch, name: &str, count: usize) -> PathBuf {
    let sentence = "The foreign minister of Norway met her Swedish colleague in Oslo to speak about trade.";
    let lines = (0..count).map(|at| {
        line("2024-05-16", &format!("Paper {name} {at}"), &format!("Report {name} {at}. {sentence}"))
    });
    scratch.write(&format!("{name}.jsonl"), &lines.collect::<String>())
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }
}

/// At ten moments that look like chance; `LEGATION_KILLS=50` takes fifty.
#[test]
fn killed_at_any_moment_nothing_is_half_and_all_is_taken_up_again() {
    let scratch = Scratch::new("kill");
    let many = many(&scratch, "many", 400);
    let add = ["add", many.to_str().unwrap()];
    let start = Instant::now();
    scratch.run("whole.sqlite", &add);
    let whole = start.elapsed().as_millis() as u64;
    let digest = scratch.run("whole.sqlite", &["verify"]);
    let kills: usize = std::env::var("LEGATION_KILLS").map_or(10, |kills| kills.parse().unwrap());
    let mut chance = Chance(7);
    for round in 0..kills.div_ceil(5) {
        let ledger = format!("cut-{round}.sqlite");
        for _ in 0..5 {
            let mut child = scratch.start(&ledger, &add);
            sleep(Duration::from_millis(chance.below(whole)));
            let _ = child.kill();
            let _ = child.wait();
            if scratch.0.join(&ledger).exists() {
                scratch.run(&ledger, &["verify"]);
            }
        }
        scratch.run(&ledger, &add);
        assert_eq!(scratch.run(&ledger, &["verify"]), digest, "{ledger}");
    }
}

#[test]
fn a_log_torn_anywhere_loses_nothing_but_its_end() {
    let scratch = Scratch::new("log");
    let (first, more) = (many(&scratch, "first", 40), many(&scratch, "more", 600));
    scratch.run("l.sqlite", &["add", first.to_str().unwrap()]);
    let mut child = scratch.start("l.sqlite", &["add", more.to_str().unwrap()]);
    let log = scratch.0.join("l.sqlite-wal");
    while fs::metadata(&log).map_or(0, |meta| meta.len()) < 200_000 && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(2));
    }
    let _ = child.kill();
    let _ = child.wait();
    let (file, log) = (fs::read(scratch.0.join("l.sqlite")).unwrap(), fs::read(log).unwrap_or_default());
    let mut chance = Chance(11);
    for round in 0..12 {
        let name = format!("torn-{round}.sqlite");
        let end = chance.below(log.len() as u64 + 1) as usize;
        let mut torn = log[..end].to_vec();
        let soiled = chance.below(end as u64) as usize;
        torn.iter_mut().skip(soiled).take(64).for_each(|byte| *byte ^= 0x5A);
        fs::write(scratch.0.join(&name), &file).unwrap();
        fs::write(scratch.0.join(format!("{name}-wal")), torn).unwrap();
        let verified = scratch.run(&name, &["verify"]);
        let articles: usize = verified.split(' ').next().unwrap().parse().unwrap();
        assert!((40..=640).contains(&articles), "{verified}");
    }
    scratch.run("torn-0.sqlite", &["add", more.to_str().unwrap()]);
    assert!(scratch.run("torn-0.sqlite", &["verify"]).starts_with("640 articles"));
}

#[test]
fn a_damaged_page_is_told_and_never_a_crash() {
    let scratch = Scratch::new("page");
    let many = many(&scratch, "many", 60);
    scratch.run("l.sqlite", &["add", many.to_str().unwrap()]);
    let sound = fs::read(scratch.0.join("l.sqlite")).unwrap();
    let mut chance = Chance(3);
    let mut told = 0;
    for _ in 0..20 {
        let mut bytes = sound.clone();
        let at = chance.below(bytes.len() as u64) as usize;
        bytes.iter_mut().skip(at).take(512).for_each(|byte| *byte ^= 0xA5);
        fs::write(scratch.0.join("d.sqlite"), &bytes).unwrap();
        for asked in
            [&["verify"][..], &["events"], &["statements"], &["search", "trade"], &["add", "README.md"]]
        {
            let output = scratch.command("d.sqlite", asked).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                matches!(output.status.code(), Some(0 | 1)) && !said.contains("panicked"),
                "{asked:?}: {said}"
            );
            told += usize::from(said.contains("help:"));
        }
    }
    assert!(told > 10, "{told}");
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let scratch = Scratch::new("foreign");
    let notes = scratch.write("notes.txt", "not a ledger");
    let news = scratch.write("news.jsonl", &news());
    let output = scratch.command("notes.txt", &["add", news.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("is no ledger"), "{said}");
    assert_eq!(fs::read_to_string(notes).unwrap(), "not a ledger");
    let output = scratch.command("absent.sqlite", &["visits"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no ledger"));
}

#[test]
fn what_people_decide_is_kept_shown_and_taken_back() {
    let scratch = Scratch::new("correct");
    let news = scratch.write("news.jsonl", &news());
    scratch.run("l.sqlite", &["add", news.to_str().unwrap()]);
    let visits = || -> Vec<serde_json::Value> {
        serde_json::from_str(&scratch.run("l.sqlite", &["visits", "--format", "json"])).unwrap()
    };
    let before = visits();
    let id = before[0]["id"].as_str().unwrap();
    assert!(scratch.run("l.sqlite", &["review"]).contains("% doubt"));
    let by = ["--by", "Ida", "--at", "2024-12-27", "--note", "=misread"];
    let run = |arguments: &[&str]| scratch.run("l.sqlite", &[arguments, &by].concat());
    assert!(run(&["reject", id]).contains("rejected"));
    assert_eq!(visits().len(), before.len() - 1);
    assert!(run(&["edit", id, "when=2023-03-21", "status=ongoing"]).contains("2023-03-21  ongoing"));
    for _ in 0..3 {
        assert!(run(&["undo", id]).starts_with("taken back: "));
    }
    assert_eq!(visits(), before);
    let all = scratch.run("l.sqlite", &["corrections"]);
    assert!(all.contains("1  2024-12-27  Ida  reject") && all.ends_with("6 decisions\n"), "{all}");
    let output = scratch.command("l.sqlite", &["edit", id, "when=soon"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("help: write status=held"));
}

#[test]
fn writers_wait_for_each_other_and_all_are_kept() {
    let scratch = Scratch::new("writers");
    let parts: Vec<PathBuf> = (0..8).map(|at| many(&scratch, &format!("part{at}"), 60)).collect();
    let start = |path: &PathBuf| scratch.start("l.sqlite", &["add", path.to_str().unwrap()]);
    let mut children: Vec<Child> = parts.iter().map(start).collect();
    assert!(children.iter_mut().all(|child| child.wait().unwrap().success()));
    assert!(scratch.run("l.sqlite", &["verify"]).starts_with("480 articles"));
    let all: Vec<&str> = parts.iter().map(|path| path.to_str().unwrap()).collect();
    scratch.run("whole.sqlite", &[&["add"], all.as_slice()].concat());
    assert_eq!(scratch.run("l.sqlite", &["verify"]), scratch.run("whole.sqlite", &["verify"]));
}

/// Bound read-only into a name space of its own, where the system lets us: permissions stop no superuser.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_and_left_alone() {
    let scratch = Scratch::new("readonly");
    let news = scratch.write("news.jsonl", &news());
    let folder = scratch.0.join("shelf");
    fs::create_dir(&folder).unwrap();
    scratch.run("shelf/l.sqlite", &["add", news.to_str().unwrap()]);
    let before = fs::read(folder.join("l.sqlite")).unwrap();
    let bound = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";
    let inside = |words: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", bound]).arg(&folder).args(words);
        command.output()
    };
    if !inside(&["true"]).is_ok_and(|output| output.status.success()) {
        eprintln!("not tested: this system lets nobody make a name space");
        return;
    }
    for (ledger, asked) in [
        ("shelf/l.sqlite", &["add", news.to_str().unwrap()][..]),
        ("shelf/new.sqlite", &["add", news.to_str().unwrap()]),
    ] {
        let command = scratch.command(ledger, asked);
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let words: Vec<&str> = words.map(|word| word.to_str().unwrap()).collect();
        let output = inside(&words).unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.contains("cannot be written; nothing was changed"),
            "{said}"
        );
    }
    assert_eq!(fs::read(folder.join("l.sqlite")).unwrap(), before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

/// A limit on the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_acknowledged_is_kept() {
    let scratch = Scratch::new("full");
    let many = many(&scratch, "many", 1500);
    let add = ["add", many.to_str().unwrap()];
    let command = scratch.command("l.sqlite", &add);
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).collect();
    let mut limited = Command::new("bash");
    limited.arg("-c").arg("trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\"").args(words);
    let output = limited.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("l.sqlite"), "{said}");
    let kept = scratch.run("l.sqlite", &["verify"]);
    assert!(!kept.starts_with("1500 articles"), "{kept}");
    assert!(scratch.run("l.sqlite", &add).contains("were there already") || kept.starts_with("0 articles"));
    assert!(scratch.run("l.sqlite", &["verify"]).starts_with("1500 articles"));
}

#[test]
fn a_torn_file_is_told_and_not_made_worse() {
    let scratch = Scratch::new("torn");
    let news = scratch.write("news.jsonl", &news());
    scratch.run("l.sqlite", &["add", news.to_str().unwrap()]);
    let path = scratch.0.join("l.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&path, &bytes).unwrap();
    let output = scratch.command("l.sqlite", &["add", news.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("damaged") && said.contains("help:"), "{said}");
}

#[test]
fn a_sample_is_drawn_judged_and_scored() {
    let scratch = Scratch::new("audit");
    let news = scratch.write("news.jsonl", &news());
    scratch.run("l.sqlite", &["add", news.to_str().unwrap()]);
    let sample = scratch.run("l.sqlite", &["audit", "--seed", "7", "--size", "4"]);
    assert_eq!(sample.lines().count(), 4);
    assert_eq!(sample, scratch.run("l.sqlite", &["audit", "--seed", "7", "--size", "4"]));
    let judged = |right: &str| sample.replace("\"right\":null", &format!("\"right\":{right}"));
    let (one, other) = (scratch.write("a.jsonl", &judged("true")), scratch.write("b.jsonl", &judged("true")));
    let report =
        scratch.run("l.sqlite", &["audit", "--score", one.to_str().unwrap(), other.to_str().unwrap()]);
    assert!(report.starts_with("all  8 of 8 right, 1.000 [0.676, 1.000]"), "{report}");
    assert!(report.ends_with("Krippendorff's alpha 1.000\n"), "{report}");
}

const PAGE: &str = "<html lang=en><title>Envoy | The Gazette</title><link rel=canonical href='https://gazette.example/2024/06/02/envoy'>\
    <nav><a href=/>Home</a></nav><article><p>President Emmanuel Macron will visit Germany next month, his office said on Friday.</p>\
    <p>A spokesman denied that the trip had been postponed by the two governments.</p></article>";

#[test]
fn a_folder_of_anything_is_read_and_what_is_not_is_told() {
    let scratch = Scratch::new("folder");
    let folder = scratch.0.join("news");
    fs::create_dir_all(folder.join("sub")).unwrap();
    let german = "Die beiden Minister trafen sich in Wien und waren sich einig, dass die Gespräche im kommenden Monat weitergehen sollen. \
        Der Kanzler sagte, die Verhandlungen seien schwierig gewesen, aber es gebe Fortschritte, und man werde sich bald wieder treffen.";
    let files: [(&str, &[u8]); 5] = [
        ("a.html", PAGE.as_bytes()),
        ("README.md", b"About this folder."),
        ("sub/de.txt", german.as_bytes()),
        ("sub/front.html", b"<html><nav><a href=/>Home</a></nav></html>"),
        ("sub/x.txt", b"\xff\xfe\0\xd8\0\0"),
    ];
    files.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
    let output = scratch.command("l.sqlite", &["add", folder.to_str().unwrap()]).output().unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 articles added"), "{said}");
    assert!(said.contains("3 skipped: 1 in German, 1 without running text, 1 could not be read"), "{said}");
    assert!(!output.status.success() && wrong.contains("x.txt") && !wrong.contains("README"), "{wrong}");
    assert!(scratch.run("l.sqlite", &["visits"]).contains("Emmanuel Macron → Germany"));
}

#[test]
fn a_page_that_changed_is_a_new_version() {
    let scratch = Scratch::new("versions");
    let page = scratch.write("a.html", PAGE);
    scratch.run("l.sqlite", &["add", page.to_str().unwrap()]);
    assert!(scratch.run("l.sqlite", &["add", page.to_str().unwrap()]).contains("1 were there already"));
    let page = scratch.write("a.html", &PAGE.replace("A spokesman denied", "Two spokesmen denied"));
    assert!(scratch.run("l.sqlite", &["add", page.to_str().unwrap()]).contains("1 are new versions"));
    assert!(scratch.run("l.sqlite", &["visits"]).contains("1 independent article"));
}

/// In a network namespace of its own, where the system lets us make one: there is no network at all in it.
#[test]
fn nothing_is_asked_of_the_network() {
    let scratch = Scratch::new("offline");
    let page = scratch.write("a.html", PAGE);
    let inside =
        |arguments: &[&str]| std::process::Command::new("unshare").arg("-rn").args(arguments).output();
    if !inside(&["true"]).is_ok_and(|output| output.status.success()) {
        eprintln!("not tested: this system lets nobody make a network namespace");
        return;
    }
    let (program, ledger) = (env!("CARGO_BIN_EXE_legation"), scratch.0.join("l.sqlite"));
    let ledger = ledger.to_str().unwrap();
    let added = inside(&[program, "--ledger", ledger, "add", page.to_str().unwrap()]).unwrap();
    assert!(added.status.success(), "{added:?}");
    let fetched = inside(&[program, "--ledger", ledger, "fetch", "https://gazette.example/"]).unwrap();
    assert!(String::from_utf8_lossy(&fetched.stderr).contains("cannot be fetched"), "{fetched:?}");
}
