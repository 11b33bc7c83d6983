//! First looks: texts that nobody has read, annotated by someone who has not seen the output, then read by the
//! program and scored once. After that they are texts like any other.

use std::{
    collections::BTreeSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Subcommand;
use legation_app::Reader;
use legation_record::{Article, Attribution, CodePoints, Record, Span};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    lines,
    predict::{Options, Predictor},
    score,
    task::Task,
};

/// Where unread texts are kept, relative to the corpora folder.
const FRESH: &str = "corpora/fresh";
/// Folders, relative to it, whose documents have been read.
const READ: [&str; 2] = ["gold/graph", "gold/chains"];
/// Texts with fewer words say too little.
const LEAST_WORDS: usize = 60;
/// Contents that share at least this fraction of their characters count as the same.
const LEAST_OVERLAP: f64 = 0.5;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Draw texts that nobody has read, in an order set by a date; prints one id per line
    Draw {
        /// The folder that corpora paths are relative to
        #[arg(long)]
        corpora: PathBuf,
        /// The date that sets the order: that of the commit to be judged
        #[arg(long)]
        date: String,
        /// The file of fresh texts to draw from, without its extensions, such as kremlin_news
        #[arg(long)]
        from: String,
        /// How many texts to draw
        #[arg(long, default_value_t = 8)]
        number: usize,
        /// The folder of earlier looks, whose documents are left out
        #[arg(long, default_value = "gold/first-look")]
        looks: PathBuf,
    },
    /// Read annotated texts and score them; with --row, add the figures to the table of looks
    Score {
        /// Annotated texts, one document per line
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Read events by rules alone, without the network
        #[arg(long)]
        rules_alone: bool,
        /// Add the figures to --table under this name: the date, and what was read by what
        #[arg(long)]
        row: Option<String>,
        /// The table of looks
        #[arg(long, default_value = "gold/report/first-look.csv")]
        table: PathBuf,
    },
}

/// Runs a command.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Draw { corpora, date, from, number, looks } => {
            let read = read_before(&corpora, &looks)?;
            let path = corpora.join(FRESH).join(format!("{from}.jsonl.gz"));
            let drawn = drawn(&lines::values(&lines::text(&path)?)?, &date, &read);
            drawn.into_iter().take(number).for_each(|id| println!("{id}"));
            Ok(())
        }
        Command::Score { files, rules_alone, row, table } => {
            let reader = Reader::built_in()?;
            let reader = if rules_alone { reader.by_rules_alone() } else { reader };
            let look = look(&reader, &files)?;
            print!("{}", look.text);
            match row {
                Some(name) => add_row(&table, &name, &look.figures),
                None => Ok(()),
            }
        }
    }
}

/// The ids of documents that someone has read.
fn read_before(corpora: &Path, looks: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut read = BTreeSet::new();
    for folder in READ.iter().map(|folder| corpora.join(folder)).chain([looks.to_owned()]) {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if path.to_string_lossy().contains(".jsonl") {
                let ids = lines::values(&lines::text(&path)?)?;
                read.extend(ids.iter().map(|value| lines::string(value, "id").to_owned()));
            }
        }
    }
    Ok(read)
}

/// Unread, dated documents that are long enough, ordered by a hash of the date and their id.
fn drawn(documents: &[Value], date: &str, read: &BTreeSet<String>) -> Vec<String> {
    let fits = |value: &&Value| {
        let long = lines::string(value, "text").split_whitespace().count() >= LEAST_WORDS;
        long && lines::string(value, "date").len() >= 10 && !read.contains(lines::string(value, "id"))
    };
    let ids = documents.iter().filter(fits).map(|value| lines::string(value, "id"));
    let mut hashed: Vec<_> =
        ids.map(|id| (Sha256::digest(format!("{date}/{id}")).to_vec(), id.to_owned())).collect();
    hashed.sort();
    hashed.into_iter().map(|(_, id)| id).collect()
}

/// The figures from a look.
#[derive(Debug, Default)]
struct Look {
    figures: Vec<(String, f64)>,
    text: String,
}

fn look(reader: &Reader, files: &[PathBuf]) -> anyhow::Result<Look> {
    let texts = files.iter().map(|file| lines::text(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let gold: String = texts.concat();
    let predicted = Predictor::new(reader, Task::Graph, Options::default())?.all(gold.as_bytes(), 0)?;
    let predicted: String = predicted.into_iter().map(|answer| answer.text).collect();
    let graph = score::score(Task::Graph, &gold, &predicted, false)?;
    let documents = lines::values(&gold)?;
    let mut look = Look { figures: Vec::new(), text: graph.text };
    let mut put = |name: &str, value: f64| look.figures.push((name.to_owned(), value));
    put("texts", documents.len() as f64);
    put("events", documents.iter().map(|one| lines::list(one, "events").len()).sum::<usize>() as f64);
    for measure in ["kind", "whether", "row", "codes", "when", "keep"] {
        for figure in ["F1", "low", "high"] {
            let name = format!("all {measure} {figure}");
            let value = graph.figures.iter().find(|(other, _)| *other == name);
            put(&format!("{measure} {figure}"), value.map_or(0.0, |(_, value)| *value));
        }
    }
    let statements = statements(reader, &documents);
    put("statements", statements.gold as f64);
    put("contents found", percent(statements.found, statements.gold));
    put("speakers right of found", percent(statements.right, statements.found));
    let (low, high) = wilson(statements.right, statements.found);
    put("speakers low", low);
    put("speakers high", high);
    let times = times(reader, &documents)?;
    put("times value F1", times);
    for (name, value) in &look.figures[20..] {
        look.text += &format!("{name:24} {value:.1}\n");
    }
    Ok(look)
}

#[derive(Debug, Default)]
struct Statements {
    gold: usize,
    found: usize,
    right: usize,
}

/// How many statements were found, and how many of those have the right speaker.
fn statements(reader: &Reader, documents: &[Value]) -> Statements {
    let mut counts = Statements::default();
    for document in documents {
        let record = reader.read(article(document));
        let points = CodePoints::new(&record.article.text);
        for statement in lines::list(document, "statements") {
            counts.gold += 1;
            let Some(content) = span(&points, &statement["content"]) else { continue };
            let best = record.attributions.iter().map(|one| (overlap(one, content), one));
            let best = best.max_by(|one, other| one.0.total_cmp(&other.0));
            let Some((_, one)) = best.filter(|(share, _)| *share >= LEAST_OVERLAP) else { continue };
            counts.found += 1;
            let speaker = span(&points, &statement["speaker"]);
            counts.right += usize::from(is_spoken_by(&record, one, speaker));
        }
    }
    counts
}

fn article(document: &Value) -> Article {
    let mut article = Article::new(lines::string(document, "text"));
    article.meta.published = lines::string(document, "date").get(..10).and_then(|day| day.parse().ok());
    article
}

fn span(points: &CodePoints, value: &Value) -> Option<Span> {
    let end = |at: usize| value.get(at).and_then(Value::as_u64).map(|at| at as usize);
    points.bytes(end(0)?, end(1)?)
}

/// The fraction of all their characters that two contents share.
fn overlap(one: &Attribution, content: Span) -> f64 {
    let common = |span: &Span| span.end.min(content.end).saturating_sub(span.start.max(content.start));
    let shared: usize = one.content.iter().map(common).sum();
    let own: usize = one.content.iter().map(|span| span.len()).sum();
    shared as f64 / (own + content.len() - shared).max(1) as f64
}

/// Whether the speaker is the one in the gold: the same words, or an entity they name. If the gold names
/// nobody, there must be no speaker entity.
fn is_spoken_by(record: &Record, one: &Attribution, speaker: Option<Span>) -> bool {
    let Some(speaker) = speaker else { return one.source_entities.is_empty() };
    let entities = one.source_entities.iter().filter_map(|id| record.entity(id));
    let mut mentions = entities.flat_map(|entity| &entity.mentions).map(|mention| mention.span);
    one.source.iter().any(|source| source.overlaps(speaker)) || mentions.any(|span| span.overlaps(speaker))
}

fn times(reader: &Reader, documents: &[Value]) -> anyhow::Result<f64> {
    let line = |document: &Value| {
        let timexes: Vec<Value> = lines::list(document, "timexes")
            .iter()
            .map(|time| {
                json!({ "start": time["span"][0], "end": time["span"][1], "type": null, "value": time["value"] })
            })
            .collect();
        format!(
            "{}\n",
            json!({ "doc": document["id"], "dct": document["date"], "text": document["text"], "timexes": timexes })
        )
    };
    let gold: String = documents.iter().map(line).collect();
    let answers = Predictor::new(reader, Task::Time, Options::default())?.all(gold.as_bytes(), 0)?;
    let predicted: String = answers.into_iter().map(|answer| answer.text).collect();
    let scores = score::score(Task::Time, &gold, &predicted, false)?;
    Ok(scores.figures.iter().find(|(name, _)| name == "value F1").map_or(0.0, |(_, value)| *value))
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The 95 % Wilson (1927) interval of a share, in per cent.
fn wilson(part: usize, whole: usize) -> (f64, f64) {
    const Z: f64 = 1.96;
    let n = whole.max(1) as f64;
    let share = part as f64 / n;
    let middle = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 100.0 / (1.0 + Z * Z / n);
    ((middle - spread) * scale, (middle + spread) * scale)
}

/// Adds the figures from a look to the table, creating it with a header if it does not exist.
fn add_row(table: &Path, name: &str, figures: &[(String, f64)]) -> anyhow::Result<()> {
    let head = !table.exists();
    let mut file = fs::OpenOptions::new().create(true).append(true).open(table);
    let file = file.as_mut().map_err(|why| anyhow::anyhow!("{}: {why}", table.display()))?;
    if head {
        writeln!(file, "look,figure,value")?;
    }
    for (figure, value) in figures {
        writeln!(file, "{name},{figure},{value:.1}").context("writing the table")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_decides_the_order_and_what_was_read_is_left_out() {
        let text = "word ".repeat(LEAST_WORDS);
        let documents: Vec<Value> = ["a", "b", "c", "d"]
            .iter()
            .map(|id| json!({"id": id, "date": "2024-05-01", "text": text}))
            .collect();
        let all = drawn(&documents, "2026-12-01", &BTreeSet::new());
        assert_eq!(all.len(), 4);
        assert_eq!(all, drawn(&documents, "2026-12-01", &BTreeSet::new()));
        let read = BTreeSet::from([all[0].clone()]);
        assert_eq!(drawn(&documents, "2026-12-01", &read), all[1..]);
        let short = [json!({"id": "e", "date": "2024-05-01", "text": "few words"})];
        assert!(drawn(&short, "2026-12-01", &BTreeSet::new()).is_empty());
    }

    #[test]
    fn intervals_hold_the_share() {
        let (low, high) = wilson(60, 100);
        assert!(low > 50.0 && low < 51.0 && high > 69.0 && high < 70.0, "{low} {high}");
        assert_eq!(wilson(0, 0).0, 0.0);
    }
}
