//! Articles from files, folders and JSON lines, one after the other, without holding them all.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::read::MultiGzDecoder;
use legation_record::{Article, Date};
use serde::Deserialize;

use crate::input::{InputFault, decode};

/// Longest line of JSON that is read, in bytes.
const LINE: u64 = 64 << 20;

/// Something that could not be read as an article, in words: where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped(pub String);

/// The files to read, in the order in which they are read.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<PathBuf>,
    read: Arc<AtomicU64>,
    total: u64,
}

/// What a file holds, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Lines,
    PackedLines,
}

fn form(path: &Path) -> Option<Form> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let ends = |ending: &str| name.ends_with(ending);
    match () {
        () if ends(".jsonl") || ends(".ndjson") => Some(Form::Lines),
        () if ends(".jsonl.gz") || ends(".ndjson.gz") => Some(Form::PackedLines),
        () if ends(".txt") || ends(".md") => Some(Form::Text),
        () => None,
    }
}

impl Sources {
    /// The files that `paths` name: files as they are, folders with all that lies below them, by name.
    ///
    /// # Errors
    /// When a path is missing or a folder cannot be read.
    pub fn new(paths: &[PathBuf]) -> Result<Self, InputFault> {
        let mut sources = Self::default();
        for path in paths {
            let fault = |error| InputFault::Unreadable(path.display().to_string(), error);
            let meta = fs::metadata(path).map_err(fault)?;
            if meta.is_dir() {
                sources.folder(path).map_err(fault)?;
            } else {
                sources.total += meta.len();
                sources.files.push(path.clone());
            }
        }
        Ok(sources)
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                self.folder(&path)?;
            } else if kind.is_file() && form(&path).is_some() {
                self.total += entry.metadata()?.len();
                self.files.push(path);
            }
        }
        Ok(())
    }

    /// How many bytes there are to read, and a counter of those read so far.
    #[must_use]
    pub fn progress(&self) -> (u64, Arc<AtomicU64>) {
        (self.total, Arc::clone(&self.read))
    }

    /// The articles. A fault of one file or line does not end the others.
    pub fn articles(self) -> impl Iterator<Item = Result<Article, Skipped>> + Send {
        self.files.into_iter().flat_map(move |path| articles_of(&path, &self.read))
    }
}

type Articles = Box<dyn Iterator<Item = Result<Article, Skipped>> + Send>;

fn articles_of(path: &Path, read: &Arc<AtomicU64>) -> Articles {
    let name = path.display().to_string();
    let file = match File::open(path) {
        Ok(file) => Counting { inner: file, read: Arc::clone(read) },
        Err(error) => return one(Err(Skipped(InputFault::Unreadable(name, error).to_string()))),
    };
    match form(path).unwrap_or(Form::Text) {
        Form::Text => one(text(&name, file)),
        Form::Lines => Box::new(Lines::new(name, BufReader::new(file))),
        Form::PackedLines => Box::new(Lines::new(name, BufReader::new(MultiGzDecoder::new(file)))),
    }
}

fn one(article: Result<Article, Skipped>) -> Articles {
    Box::new(std::iter::once(article))
}

fn text(name: &str, mut file: impl Read) -> Result<Article, Skipped> {
    let mut bytes = Vec::new();
    let read = file.read_to_end(&mut bytes).map_err(|error| InputFault::Unreadable(name.to_owned(), error));
    let article = read.and_then(|_| decode(name, bytes));
    article.map_err(|fault| Skipped(fault.to_string()))
}

struct Counting<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// One article a line.
struct Lines<R> {
    name: String,
    line: usize,
    reader: R,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    fn new(name: String, reader: R) -> Self {
        Self { name, line: 0, reader, ended: false }
    }

    fn fault(&mut self, why: &str, ends: bool) -> Option<Result<Article, Skipped>> {
        self.ended = ends;
        Some(Err(Skipped(format!("{}:{}: {why}", self.name, self.line))))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Article, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut line = Vec::new();
            self.line += 1;
            match self.reader.by_ref().take(LINE).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(size) if size as u64 == LINE => return self.fault("the line is too long", true),
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => match parse(&line) {
                    Ok(article) => return Some(Ok(article)),
                    Err(why) => return self.fault(&why, false),
                },
                Err(error) => return self.fault(&error.to_string(), true),
            }
        }
        None
    }
}

/// A line of JSON: text, and whatever else is known.
#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default, alias = "published")]
    date: Option<String>,
    #[serde(default, alias = "headline")]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default, alias = "publisher", alias = "cited")]
    source: Option<OneOrMany>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn joined(self) -> Option<String> {
        let joined = match self {
            Self::One(name) => name,
            Self::Many(names) => names.join("; "),
        };
        (!joined.trim().is_empty()).then_some(joined)
    }
}

fn parse(line: &[u8]) -> Result<Article, String> {
    let line: Line = serde_json::from_slice(line).map_err(|error| format!("no article: {error}"))?;
    let mut article = Article::new(line.text);
    let day = line.date.as_deref().map(|date| date.get(..10).unwrap_or(date));
    let day: Option<Result<Date, _>> = day.filter(|day| !day.is_empty()).map(str::parse);
    article.meta.published = day.transpose().map_err(|error| error.to_string())?;
    article.meta.id = line.id;
    article.meta.url = line.url;
    article.meta.headline = line.title.filter(|title| !title.trim().is_empty());
    article.meta.publisher = line.source.and_then(OneOrMany::joined);
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_articles_and_bad_lines_do_not_end_the_file() {
        let text = "{\"id\":\"x\",\"date\":\"2024-05-16T10:00:00Z\",\"title\":\"T\",\"text\":\"A\",\"source\":[\"AP\",\"BBC\"]}\n\
            \nnonsense\n{\"text\":\"B\",\"date\":null}\n{\"text\":\"C\",\"date\":\"May\"}\n";
        let all: Vec<_> = Lines::new("a.jsonl".into(), text.as_bytes()).collect();
        let first = all[0].as_ref().unwrap();
        assert_eq!(first.meta.publisher.as_deref(), Some("AP; BBC"));
        assert_eq!(first.meta.published, Date::new(2024, 5, 16));
        assert!(all[1].as_ref().unwrap_err().0.starts_with("a.jsonl:3: no article"));
        assert_eq!(all[2].as_ref().unwrap().text, "B");
        assert!(all[3].as_ref().unwrap_err().0.contains("'May' is no date"));
    }
}
