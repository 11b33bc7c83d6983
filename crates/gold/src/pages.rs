//! Articles out of saved pages, against the text that people say is in them.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context;
use serde::Deserialize;

use crate::lines;

/// Words in a row that must agree, so that the order counts too.
const SHINGLE: usize = 4;

/// What people say of a page; other fields are not looked at.
#[derive(Deserialize)]
struct Gold {
    #[serde(rename = "articleBody", default)]
    body: String,
}

/// Reads every page of a folder that the gold (`{id: {"articleBody": text}}`) names, `ID.html` or `ID.html.gz`, and scores the text.
/// With `each`, a line for every page comes first, the worst on top.
pub fn score(folder: &Path, gold: &str, each: bool) -> anyhow::Result<String> {
    let gold: BTreeMap<String, Gold> =
        serde_json::from_str(gold).context("the gold is no object of {\"articleBody\": text} by id")?;
    let mut pages = Vec::new();
    for (id, gold) in &gold {
        let bytes = bytes(folder, id)?;
        let start = Instant::now();
        let text = read(&bytes);
        pages.push(Page { id, agreement: Agreement::of(&gold.body, &text), time: start.elapsed() });
    }
    Ok(table(&mut pages, each))
}

struct Page<'a> {
    id: &'a str,
    agreement: Agreement,
    time: Duration,
}

fn bytes(folder: &Path, id: &str) -> anyhow::Result<Vec<u8>> {
    let names = [format!("{id}.html"), format!("{id}.html.gz")];
    let file = names.iter().map(|name| folder.join(name)).find(|file| file.is_file());
    lines::bytes(&file.with_context(|| format!("{} has no {id}.html or {id}.html.gz", folder.display()))?)
}

fn read(bytes: &[u8]) -> String {
    let page = legation_intake::page(&legation_intake::decode(bytes, None), None);
    page.map(|page| page.article.text).unwrap_or_default()
}

fn table(pages: &mut [Page<'_>], each: bool) -> String {
    let mut out = String::new();
    if each {
        pages.sort_by(|a, b| a.agreement.f1().total_cmp(&b.agreement.f1()));
        for Page { id, agreement, time } in pages.iter() {
            let (precision, recall) = (agreement.precision(), agreement.recall());
            let ms = time.as_secs_f64() * 1000.0;
            let _ = writeln!(out, "{id}\t{:.3}\t{precision:.3}\t{recall:.3}\t{ms:.2} ms", agreement.f1());
        }
    }
    let mean = |of: &dyn Fn(&Page<'_>) -> f64| pages.iter().map(of).sum::<f64>() / pages.len().max(1) as f64;
    let (precision, recall) =
        (mean(&|page| page.agreement.precision()), mean(&|page| page.agreement.recall()));
    let figures = [
        ("pages", pages.len() as f64),
        ("f1", harmonic(precision, recall)),
        ("precision", precision),
        ("recall", recall),
        ("exact", mean(&|page| f64::from(page.agreement.exact))),
        ("ms_per_page", mean(&|page| page.time.as_secs_f64() * 1000.0)),
    ];
    figures.iter().for_each(|(name, value)| {
        let _ = writeln!(out, "{name}\t{}", (value * 1000.0).round() / 1000.0);
    });
    out
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// How far two texts share their runs of four words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    right: usize,
    surplus: usize,
    missing: usize,
    /// The same words in the same order.
    pub exact: bool,
}

impl Agreement {
    /// Compares what was found with what should be.
    pub fn of(gold: &str, found: &str) -> Self {
        let (gold, found) = (words(gold), words(found));
        let (expected, counted) = (shingles(&gold), shingles(&found));
        let common =
            |(run, count): (&&[String], &usize)| counted.get(run).map_or(0, |other| *count.min(other));
        let right = expected.iter().map(common).sum();
        let all = |runs: &HashMap<&[String], usize>| runs.values().sum::<usize>();
        Self { right, surplus: all(&counted) - right, missing: all(&expected) - right, exact: gold == found }
    }

    /// Share of what was found that is right; 1 where nothing was found and nothing is there.
    pub fn precision(&self) -> f64 {
        share(self.right, self.surplus, self.missing)
    }

    /// Share of what is there that was found.
    pub fn recall(&self) -> f64 {
        share(self.right, self.missing, self.surplus)
    }

    /// Of this page alone.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }
}

fn share(right: usize, wrong: usize, other: usize) -> f64 {
    match (right, wrong, other) {
        (0, 0, 0) => 1.0,
        (0, ..) => 0.0,
        _ => right as f64 / (right + wrong) as f64,
    }
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A text shorter than a run is one run; one without words has none.
fn shingles(words: &[String]) -> HashMap<&[String], usize> {
    let mut runs = HashMap::new();
    if words.is_empty() {
        return runs;
    }
    for run in words.windows(SHINGLE.min(words.len())) {
        *runs.entry(run).or_default() += 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_four_words_are_counted() {
        let all = Agreement::of("One two, three four five.", "one two three four five");
        assert_eq!((all.right, all.surplus, all.missing, all.exact), (1, 1, 1, false));
        let same = Agreement::of("The talks ended. Nobody signed.", "The talks ended.\n\nNobody signed");
        assert!(same.exact && same.f1() == 1.0);
        let half = Agreement::of("a b c d e f", "a b c d");
        assert_eq!((half.precision(), half.recall()), (1.0, 1.0 / 3.0));
    }

    #[test]
    fn nothing_agrees_with_nothing_only() {
        assert_eq!(Agreement::of("", "").f1(), 1.0);
        assert_eq!(Agreement::of("", "a b c d").precision(), 0.0);
        assert_eq!(Agreement::of("a b", "").recall(), 0.0);
    }

    #[test]
    fn a_folder_of_pages_is_read_and_scored() {
        let folder = std::env::temp_dir().join(format!("legation-pages-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let line = "The two foreign ministers ended their talks in Vienna on Thursday without an agreement.";
        let page = format!("<nav>Home and other words</nav><article><p>{line}</p></article>");
        std::fs::write(folder.join("a.html"), page).unwrap();
        std::fs::write(folder.join("b.html"), "<nav>Home</nav>").unwrap();
        let gold = format!("{{\"a\":{{\"articleBody\":\"{line}\"}},\"b\":{{\"articleBody\":\"{line}\"}}}}");
        let table = score(&folder, &gold, true).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(table.starts_with("b\t0.000"), "{table}");
        assert!(table.contains("precision\t0.5\nrecall\t0.5\nexact\t0.5\n"), "{table}");
        assert!(score(&folder, &gold, false).unwrap_err().to_string().contains("a.html"));
    }
}
