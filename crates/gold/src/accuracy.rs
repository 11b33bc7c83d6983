//! Writes `docs/accuracy.md`: each task with its figure on unseen text first, and where the figure comes from.
//!
//! A figure counts as unseen only if it is from a first look or a corpus that nobody has read (`corpora.toml`).

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, bail};
use serde::Deserialize;

/// The name of the table of first looks, also used to request a figure from it.
const LOOK: &str = "first-look";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    task: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    name: String,
    unseen: Option<String>,
    development: Option<String>,
    /// What a development figure is multiplied by.
    #[serde(default = "one")]
    scale: f64,
    #[serde(default)]
    peer: String,
    #[serde(default)]
    readers: String,
    command: String,
}

fn one() -> f64 {
    1.0
}

#[derive(Debug, Deserialize)]
struct Corpora {
    corpus: Vec<Corpus>,
}

#[derive(Debug, Deserialize)]
struct Corpus {
    name: String,
    seen: String,
}

/// A figure with its 95 % interval, if its table has one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Figure {
    value: f64,
    interval: Option<(f64, f64)>,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1}", self.value)?;
        match self.interval {
            Some((low, high)) => write!(f, " ({low:.0}–{high:.0})"),
            None => Ok(()),
        }
    }
}

/// Builds the page from the lists and tables in the folder `gold`.
pub fn page(gold: &Path) -> anyhow::Result<String> {
    let read = |name: &str| {
        let path = gold.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let page: Page = toml::from_str(&read("accuracy.toml")?).context("accuracy.toml")?;
    let corpora: Corpora = toml::from_str(&read("corpora.toml")?).context("corpora.toml")?;
    let mut text = HEAD.to_owned();
    for task in &page.task {
        let unseen = task.unseen.as_deref().map(|name| unseen(gold, &corpora, name)).transpose()?;
        let development = task.development.as_deref().map(|name| figure(gold, name)).transpose()?;
        let cell = |figure: Option<Figure>| figure.map_or("–".to_owned(), |figure| figure.to_string());
        let scaled = development.map(|figure| Figure { value: figure.value * task.scale, ..figure });
        let other = |words: &str| if words.is_empty() { "–".to_owned() } else { words.to_owned() };
        let (peer, readers) = (other(&task.peer), other(&task.readers));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {peer} | {readers} | `{}` |",
            task.name,
            cell(unseen),
            cell(scaled),
            task.command
        );
    }
    text += SEEN;
    for corpus in &corpora.corpus {
        let _ = writeln!(text, "| {} | {} |", corpus.name, corpus.seen);
    }
    Ok(text + TAIL + &looks(gold)?)
}

/// The rows of the README's table: figures on unseen text only.
#[cfg(test)]
pub fn summary(gold: &Path) -> anyhow::Result<String> {
    let read = |name: &str| fs::read_to_string(gold.join(name)).with_context(|| name.to_owned());
    let page: Page = toml::from_str(&read("accuracy.toml")?).context("accuracy.toml")?;
    let corpora: Corpora = toml::from_str(&read("corpora.toml")?).context("corpora.toml")?;
    let mut rows = SUMMARY.to_owned();
    for task in &page.task {
        let Some(name) = &task.unseen else { continue };
        let figure = unseen(gold, &corpora, name)?;
        let readers = if task.readers.is_empty() { "–" } else { &task.readers };
        let _ = writeln!(rows, "| {} | {figure} | {readers} |", task.name);
    }
    Ok(rows)
}

#[cfg(test)]
const SUMMARY: &str = "| task | text that nobody had read | two readers |\n|---|---|---|\n";

/// A figure that may be called unseen.
fn unseen(gold: &Path, corpora: &Corpora, name: &str) -> anyhow::Result<Figure> {
    let corpus = name.split(": ").nth(1).unwrap_or_default();
    let hidden = corpora.corpus.iter().any(|one| one.name == corpus && one.seen == "nobody");
    if !name.starts_with(LOOK) && !hidden {
        bail!("'{name}' is a development figure: corpora.toml does not say that nobody has read {corpus}");
    }
    figure(gold, name)
}

/// Looks up a figure by `table: corpus: figure`, or by `first-look: figure` for the latest first look.
fn figure(gold: &Path, name: &str) -> anyhow::Result<Figure> {
    let parts: Vec<&str> = name.split(": ").collect();
    let (table, row, figure) = match parts.as_slice() {
        [LOOK, figure] => (LOOK, None, *figure),
        [table, corpus, figure] => (*table, Some(*corpus), *figure),
        _ => bail!("'{name}': write 'table: corpus: figure'"),
    };
    let rows = rows(gold, table)?;
    let last = rows.last().map(|row| row.0.clone()).unwrap_or_default();
    let row = row.map_or(last, str::to_owned);
    let value = |figure: &str| rows.iter().find(|one| one.0 == row && one.1 == figure).map(|one| one.2);
    let stem = figure.strip_suffix("F1").unwrap_or("speakers ");
    let bounded = figure.ends_with("F1") || figure.starts_with("speakers");
    let bounds = value(&format!("{stem}low")).zip(value(&format!("{stem}high")));
    let value = value(figure).with_context(|| format!("{table}.csv has no '{figure}' of {row}"))?;
    Ok(Figure { value, interval: bounds.filter(|_| bounded) })
}

/// The corpus or look, figure and value on each line of a table.
fn rows(gold: &Path, table: &str) -> anyhow::Result<Vec<(String, String, f64)>> {
    let path = gold.join("report").join(format!("{table}.csv"));
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let row = |line: &str| {
        let mut cells = line.split(',');
        let (corpus, figure, value) = (cells.next()?, cells.next()?, cells.next()?);
        Some((corpus.to_owned(), figure.to_owned(), value.parse().ok()?))
    };
    Ok(text.lines().skip(1).filter_map(row).collect())
}

/// All first looks, oldest first.
fn looks(gold: &Path) -> anyhow::Result<String> {
    let rows = rows(gold, LOOK)?;
    let mut names: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    names.dedup();
    let shown = ["texts", "events", "kind F1", "whether F1", "row F1", "keep F1", "speakers right of found"];
    let mut text = format!("| look | {} |\n|---|{}\n", shown.join(" | "), "---|".repeat(shown.len()));
    for name in names {
        let cell = |figure: &&str| {
            let found = rows.iter().find(|row| row.0 == name && row.1 == **figure);
            found.map_or("–".to_owned(), |row| format!("{}", row.2))
        };
        let _ = writeln!(text, "| {name} | {} |", shown.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    Ok(text)
}

const HEAD: &str = "# How accurate it is

Written by `legation-gold accuracy`; a test compares it with `gold/report`. Do not edit it by hand.

The first figure is of text that nobody who worked on the program had read when it was measured
([how](../gold/first-look/README.md)). Figures of texts that were worked on stand beside it and flatter. Intervals are 95 %. What peers and two
readers reach is quoted as published or as we measured it on the same texts.

| task | unseen | development | best open peer | two readers | command |
|---|---|---|---|---|---|
";

const SEEN: &str = "
## Who has seen what

| corpus | who has read it |
|---|---|
";

const TAIL: &str = "
## First looks

";

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn the_page_is_what_the_tables_say() {
        let path = root().join("docs/accuracy.md");
        let page = page(&root().join("gold")).unwrap();
        if std::env::var_os("LEGATION_BLESS").is_some() {
            fs::write(&path, &page).unwrap();
        }
        assert_eq!(fs::read_to_string(path).unwrap(), page, "run `just bless`");
    }

    #[test]
    fn the_readme_shows_figures_of_unseen_text() {
        let path = root().join("README.md");
        let readme = fs::read_to_string(&path).unwrap();
        let head = SUMMARY.lines().next().unwrap();
        let (before, table) = readme.split_once(head).expect("README has the table");
        let (_, after) = table.split_once("\n\n").expect("an empty line ends the table");
        let wanted = format!("{before}{}\n{after}", summary(&root().join("gold")).unwrap());
        if std::env::var_os("LEGATION_BLESS").is_some() {
            fs::write(&path, &wanted).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), wanted, "run `just bless`");
    }

    #[test]
    fn a_development_figure_is_not_called_unseen() {
        let corpora =
            Corpora { corpus: vec![Corpus { name: "timebank".into(), seen: "developed on".into() }] };
        let fault = unseen(&root().join("gold"), &corpora, "time: timebank: value F1").unwrap_err();
        assert!(fault.to_string().contains("is a development figure"), "{fault}");
    }
}
