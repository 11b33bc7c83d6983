//! Reads gold corpora, runs the reader over them, scores, reports.
//!
//! `legation-gold predict TASK FILE` writes a prediction for every line of the file, in the
//! order of the lines; `score` compares predictions with gold; `report` does both for every
//! corpus that `gold/corpora.toml` names. Offsets in all these files are Unicode code points.

mod accuracy;
mod bio;
mod conllu;
mod falsehood;
mod features;
mod first_look;
mod gum;
mod lines;
mod pages;
mod predict;
mod report;
mod score;
mod task;
mod texts;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Parser, Subcommand};
use legation_app::Reader;
use legation_knowledge::Files;

use task::Task;

/// The allocator of the program that ships.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(
    name = "legation-gold",
    version,
    about = "Reads gold corpora, runs the reader over them, scores, reports"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a prediction for every line of FILE, in the order of the lines
    Predict {
        /// What to predict
        task: Task,
        /// The inputs, `.gz` accepted; gold fields are not looked at
        file: PathBuf,
        /// Number of threads; 0: as many as there are cores
        #[arg(long, default_value_t = 0)]
        threads: usize,
        /// Attributions inside attributions too
        #[arg(long)]
        nested: bool,
        /// From the raw text: find sentences and words too (ud)
        #[arg(long)]
        raw: bool,
        /// Events by rules alone, without the network's vote
        #[arg(long)]
        rules_alone: bool,
        /// A folder of knowledge laid over what ships
        #[arg(long, value_name = "DIR")]
        knowledge: Option<PathBuf>,
    },
    /// Compare predictions with gold
    Score {
        /// What was predicted
        task: Task,
        /// The gold, `.gz` accepted
        gold: PathBuf,
        /// The predictions, `.gz` accepted
        predictions: PathBuf,
        /// Align the words first: sentences and words were predicted too (ud)
        #[arg(long)]
        raw: bool,
    },
    /// Write the texts of record or anchors gold, which lie in other files, as inputs of that task
    Texts {
        /// The record or anchors gold
        gold: PathBuf,
        /// Files that hold the texts
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Count the events read in paragraphs that tell none: each, then their number
    FalseEvents {
        /// The folder that the corpora's paths start from
        #[arg(long)]
        corpora: PathBuf,
        /// The corpus that holds the paragraphs, below that folder
        #[arg(long, default_value = "corpora/current_events.jsonl.gz")]
        corpus: PathBuf,
        /// The ids of the paragraphs
        #[arg(long, default_value = "gold/without-events.tsv")]
        list: PathBuf,
    },
    /// Count what is right and wrong with attributions by form and class: form, class, number, a tab between
    AttributionErrors {
        /// The gold, `.gz` accepted
        gold: PathBuf,
        /// The predictions, `.gz` accepted
        predictions: PathBuf,
    },
    /// Read saved pages and compare their text with gold: runs of four words right, and milliseconds a page
    Pages {
        /// The folder of pages, ID.html or ID.html.gz
        folder: PathBuf,
        /// The gold, a JSON object: {ID: {"articleBody": TEXT}}
        gold: PathBuf,
        /// A line for each page first, the worst on top: id, F1, precision, recall, time
        #[arg(long)]
        each: bool,
    },
    /// Write what the graph of events is trained on: words with their trees and names as JSON lines, and their
    /// states as 32-bit values in FILE.states
    Features {
        /// Documents with `id`, `date`, `text`, `.gz` accepted
        file: PathBuf,
        /// Where the words go
        out: PathBuf,
    },
    /// Write docs/accuracy.md from the tables of figures; `just bless` does so too, and README's table with it
    Accuracy {
        /// The folder with accuracy.toml, corpora.toml and report/
        #[arg(long, default_value = "gold")]
        gold: PathBuf,
        /// Where the page goes
        #[arg(long, default_value = "docs/accuracy.md")]
        out: PathBuf,
    },
    /// Texts that nobody has read: draw them, and score the reader on them
    #[command(subcommand)]
    FirstLook(first_look::Command),
    /// Time parsing and reading, on one thread and on two: figure and words a second, a tab between
    Speed {
        /// Articles: a `text` in every line, `.gz` accepted
        file: PathBuf,
    },
    /// Time the opening of the knowledge, and what reading who and where adds to the rest: figure and value, a tab between
    EntityCost {
        /// Articles: a `text` in every line, `.gz` accepted
        file: PathBuf,
    },
    /// Time the time layer on one thread, on parsed text and with parsing: figure and value, a tab between
    TimesSpeed {
        /// Articles: a `text` and perhaps a `dct` in every line, `.gz` accepted
        file: PathBuf,
    },
    /// Run every task whose corpus is there and write its figures as OUTDIR/TASK.csv
    Report {
        /// Where the figures go
        outdir: PathBuf,
        /// The folder that the corpora's paths start from
        #[arg(long)]
        corpora: PathBuf,
        /// The list of corpora
        #[arg(long, default_value = "gold/corpora.toml")]
        list: PathBuf,
        /// Only this task
        #[arg(long)]
        only: Option<Task>,
        /// Number of threads; 0: as many as there are cores
        #[arg(long, default_value_t = 0)]
        threads: usize,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Predict { task, file, threads, nested, raw, rules_alone, knowledge } => {
            let options = predict::Options { nested, raw };
            let reader = reader(knowledge.as_deref())?;
            let reader = if rules_alone { reader.by_rules_alone() } else { reader };
            predict_file(&reader, task, &file, threads, options)
        }
        Command::Score { task, gold, predictions, raw } => {
            print(&score::score(task, &lines::text(&gold)?, &lines::text(&predictions)?, raw)?.text)
        }
        Command::Texts { gold, files } => {
            let files = files.iter().map(|file| lines::text(file)).collect::<anyhow::Result<Vec<_>>>()?;
            print(&texts::of_gold(&lines::text(&gold)?, &files)?)
        }
        Command::FalseEvents { corpora, corpus, list } => {
            let (list, corpus) = (lines::text(&list)?, lines::text(&corpora.join(corpus))?);
            print(&falsehood::count(&Reader::built_in()?, &list, &corpus)?)
        }
        Command::AttributionErrors { gold, predictions } => {
            print(&score::attribution_errors(&lines::text(&gold)?, &lines::text(&predictions)?)?)
        }
        Command::Pages { folder, gold, each } => print(&pages::score(&folder, &lines::text(&gold)?, each)?),
        Command::Features { file, out } => {
            features::write(&Reader::built_in()?, &lines::text(&file)?, &out)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Accuracy { gold, out } => {
            std::fs::write(&out, accuracy::page(&gold)?)
                .with_context(|| format!("cannot write {}", out.display()))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::FirstLook(command) => {
            first_look::run(command)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Speed { file } => show(report::speed(&Reader::built_in()?, &lines::text(&file)?)?),
        Command::EntityCost { file } => print(&report::cost(&Reader::built_in()?, &lines::text(&file)?)?),
        Command::TimesSpeed { file } => {
            show(report::times_speed(&Reader::built_in()?, &lines::text(&file)?)?)
        }
        Command::Report { outdir, corpora, list, only, threads } => {
            let reader = Reader::built_in()?;
            report::write(&report::Request { reader: &reader, outdir, corpora, list, only, threads })?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The reader that ships, or one with a folder of knowledge laid over it.
fn reader(knowledge: Option<&Path>) -> anyhow::Result<Reader> {
    let Some(folder) = knowledge else { return Ok(Reader::built_in()?) };
    let mut files = Files::built_in();
    files.overlay(folder)?;
    Ok(Reader::with(&files)?)
}

/// Prints figures without their corpus.
fn show(rows: report::Rows) -> anyhow::Result<ExitCode> {
    let lines = rows.into_iter().map(|(_, figure, value)| format!("{figure}\t{value}\n"));
    print(&lines.collect::<String>())
}

fn predict_file(
    reader: &Reader,
    task: Task,
    file: &Path,
    threads: usize,
    options: predict::Options,
) -> anyhow::Result<ExitCode> {
    let predictor = predict::Predictor::new(reader, task, options)?;
    let answers = predictor.all(&lines::bytes(file)?, threads)?;
    let mut faults = 0;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for answer in &answers {
        out.write_all(answer.text.as_bytes()).context("writing the predictions")?;
        if let Some(fault) = &answer.fault {
            faults += 1;
            eprintln!("{}: unit {}: {fault}", file.display(), answer.number);
        }
    }
    out.flush()?;
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(text: &str) -> anyhow::Result<ExitCode> {
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
