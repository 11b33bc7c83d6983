//! Figures of every corpus that is there, as tables without any text.

mod corpora;
mod layer;
mod speed;

use std::{fs, path::PathBuf};

use anyhow::Context;
use legation_app::Reader;

use self::corpora::Corpus;
use crate::{
    lines,
    predict::{Options, Predictor},
    score::{self, Scores},
    task::Task,
    texts,
};

/// What to measure and where to write it.
#[derive(Debug)]
pub struct Request<'a> {
    pub reader: &'a Reader,
    pub outdir: PathBuf,
    pub corpora: PathBuf,
    pub list: PathBuf,
    pub only: Option<Task>,
    pub threads: usize,
}

/// Rows of one report: corpus, figure, value.
pub type Rows = Vec<(String, String, String)>;

/// Words read a second of a corpus of articles.
pub fn speed(reader: &Reader, articles: &str) -> anyhow::Result<Rows> {
    speed::rows(reader, "", articles)
}

pub use layer::cost;

/// Writes OUTDIR/TASK.csv for every task of which a corpus is there.
pub fn write(request: &Request<'_>) -> anyhow::Result<()> {
    let corpora = corpora::read(&request.list)?;
    fs::create_dir_all(&request.outdir)
        .with_context(|| format!("cannot make {}", request.outdir.display()))?;
    let mut tasks: Vec<Task> = corpora.iter().filter_map(|it| it.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    for task in tasks.into_iter().filter(|task| request.only.is_none_or(|only| only == *task)) {
        let mut rows = Rows::new();
        for corpus in corpora.iter().filter(|it| it.task == Some(task)) {
            rows.extend(measured(request, task, corpus)?);
        }
        save(request, task.name(), &rows)?;
    }
    for corpus in corpora.iter().filter(|it| it.speed && request.only.is_none()) {
        if let Some(path) = corpus.present(&request.corpora)? {
            let rows = speed::rows(request.reader, &corpus.name, &lines::text(&path)?)?;
            rows.iter().for_each(|(_, figure, value)| println!("{figure:30} {value}"));
            save(request, "speed", &rows)?;
        }
    }
    Ok(())
}

fn measured(request: &Request<'_>, task: Task, corpus: &Corpus) -> anyhow::Result<Rows> {
    let Some(path) = corpus.present(&request.corpora)? else {
        eprintln!("{}: not there, left out", corpus.name);
        return Ok(Rows::new());
    };
    let beside = |standoff: &PathBuf| request.list.with_file_name("").join(standoff);
    let gold = lines::text(&corpus.standoff.as_ref().map_or(path, beside))?;
    let input = corpus.input(&request.corpora, &gold)?;
    let options = Options { nested: false, raw: corpus.raw };
    let answers = Predictor::new(request.reader, task, options)?.all(input.as_bytes(), request.threads)?;
    let predicted: String = answers.into_iter().map(|answer| answer.text).collect();
    let Scores { figures, text } =
        score::score(task, &gold, &predicted, corpus.raw).with_context(|| corpus.name.clone())?;
    println!("## {} ({})\n{text}", corpus.name, corpus.split);
    Ok(figures.into_iter().map(|(name, value)| (corpus.name.clone(), name, format!("{value:.3}"))).collect())
}

impl Corpus {
    /// What the reader is given: the gold itself, whose gold fields it does not see, or texts from elsewhere.
    fn input(&self, folder: &std::path::Path, gold: &str) -> anyhow::Result<String> {
        if let Some(article) = &self.article {
            return lines::text(&folder.join(article));
        }
        if self.texts.is_empty() && self.standoff.is_none() {
            return Ok(gold.to_owned());
        }
        let texts = self.texts.iter().chain(self.standoff.as_ref().map(|_| &self.path));
        let files = texts.map(|path| lines::text(&folder.join(path))).collect::<anyhow::Result<Vec<_>>>()?;
        texts::of_gold(gold, &files)
    }
}

fn save(request: &Request<'_>, name: &str, rows: &Rows) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let lines = rows.iter().map(|(corpus, figure, value)| format!("{corpus},{figure},{value}\n"));
    let text: String = ["corpus,figure,value\n".to_owned()].into_iter().chain(lines).collect();
    let path = request.outdir.join(format!("{name}.csv"));
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
