//! Articles from files, folders and JSON lines, one after the other, without holding them all.

use std::{
    fs::{self, File, FileType},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use legation_intake::{Captures, Form, MOST_PAGE, Refused, Unpacked, sniff};
use legation_record::{Article, Date};
use serde::Deserialize;

use crate::input::{self, InputFault};

/// Longest line of JSON that is read, in bytes.
const LINE: u64 = 64 << 20;

/// Something that was not read as an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Why, for counting.
    pub reason: Reason,
    /// Where and why, in words.
    pub what: String,
}

/// Why something was not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is in another language than English.
    Language(String),
    /// A page or message without running text.
    NoText,
    /// It cannot be read, is broken, or too large.
    Fault,
}

impl Skipped {
    fn of(fault: InputFault) -> Self {
        let reason = match fault {
            InputFault::Refused(_, Refused::NoText | Refused::NoPage(_)) | InputFault::Empty(_) => {
                Reason::NoText
            }
            _ => Reason::Fault,
        };
        Self { reason, what: fault.to_string() }
    }
}

/// The files to read, in the order in which they are read.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<PathBuf>,
    skipped: Vec<Skipped>,
    read: Arc<AtomicU64>,
    total: u64,
}

/// What a file holds, by its name; the bytes tell where the name does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Article,
    Lines,
    Archive,
    Packed,
}

fn named(path: &Path) -> Option<Named> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match () {
        () if ends(&[".jsonl", ".ndjson"]) => Some(Named::Lines),
        () if ends(&[".warc"]) => Some(Named::Archive),
        () if ends(&[".jsonl.gz", ".ndjson.gz", ".warc.gz", ".html.gz", ".htm.gz", ".xml.gz", ".txt.gz"]) => {
            Some(Named::Packed)
        }
        () if ends(&[".txt", ".md", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".eml"]) => {
            Some(Named::Article)
        }
        () => None,
    }
}

/// Files that stand in folders of articles and are none.
fn about_the_folder(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    ["readme", "license", "licence", "changelog", "contributing", "sources"].contains(&stem.as_str())
}

/// A file, a link to one, or a link to nowhere, which is told when it is opened. Pipes and the like would be waited for.
fn is_file(path: &Path, kind: FileType) -> bool {
    kind.is_file() || kind.is_symlink() && fs::metadata(path).map_or(true, |to| to.is_file())
}

impl Sources {
    /// The files that `paths` name: files as they are, folders with all that lies below them, by name.
    ///
    /// # Errors
    /// When a path is missing or a folder cannot be read.
    pub fn new(paths: &[PathBuf]) -> Result<Self, InputFault> {
        let mut sources = Self::default();
        for path in paths {
            if path.as_os_str() == "-" {
                sources.files.push(path.clone());
                continue;
            }
            let fault = |error| InputFault::of(path, error);
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
            } else if kind.is_symlink() && path.is_dir() {
                self.not_followed(&path);
            } else if is_file(&path, kind) && named(&path).is_some() && !about_the_folder(&path) {
                self.total += fs::metadata(&path).map_or(0, |meta| meta.len());
                self.files.push(path);
            }
        }
        Ok(())
    }

    /// A folder may be reached by many links and by none that ends: those named are gone through, links are told.
    fn not_followed(&mut self, path: &Path) {
        let what = format!(
            "'{}' is a link to a folder, which is not followed; name that folder to read it",
            path.display()
        );
        self.skipped.push(Skipped { reason: Reason::Fault, what });
    }

    /// How many bytes there are to read, and a counter of those read so far.
    #[must_use]
    pub fn progress(&self) -> (u64, Arc<AtomicU64>) {
        (self.total, Arc::clone(&self.read))
    }

    /// The articles. A fault of one file or line does not end the others.
    pub fn articles(self) -> impl Iterator<Item = Result<Article, Skipped>> + Send {
        let skipped = self.skipped.into_iter().map(Err);
        skipped.chain(self.files.into_iter().flat_map(move |path| articles_of(&path, &self.read)))
    }
}

/// The articles in a stream of bytes of any form, told by how it begins, as on standard input. `name` is for errors.
///
/// ```
/// let lines: &[u8] = b"{\"id\": \"a\", \"text\": \"The ministers met in Vienna.\"}\n";
/// let articles: Vec<_> = legation_app::source::stream("lines", lines).collect::<Result<_, _>>().unwrap();
/// assert_eq!(articles[0].meta.id.as_deref(), Some("a"));
/// ```
pub fn stream(
    name: &str,
    reader: impl Read + Send + 'static,
) -> impl Iterator<Item = Result<Article, Skipped>> + Send {
    unfold(name.to_owned(), BufReader::new(reader), None, true)
}

type Articles = Box<dyn Iterator<Item = Result<Article, Skipped>> + Send>;

fn articles_of(path: &Path, read: &Arc<AtomicU64>) -> Articles {
    let name = path.display().to_string();
    if name == "-" {
        return unfold(name, BufReader::new(io::stdin()), None, true);
    }
    match File::open(path) {
        Ok(file) => unfold(name, BufReader::new(Counting::new(file, read)), named(path), true),
        Err(error) => one(Err(Skipped::of(InputFault::of(path, error)))),
    }
}

/// The articles of a stream. What is packed is unpacked once; a pack in a pack is no article.
fn unfold(
    name: String,
    mut reader: impl BufRead + Send + 'static,
    form: Option<Named>,
    may_unpack: bool,
) -> Articles {
    let form = match form.or_else(|| reader.fill_buf().ok().and_then(by_bytes)) {
        Some(Named::Packed) if !reader.fill_buf().is_ok_and(|head| head.starts_with(b"\x1f\x8b")) => None,
        form => form,
    };
    match form.unwrap_or(Named::Article) {
        Named::Article => whole(&name, reader),
        Named::Lines => Box::new(Lines::new(name, reader)),
        Named::Archive => Box::new(captures(name, reader)),
        Named::Packed if may_unpack => {
            let inner = BufReader::new(Unpacked::new(reader));
            let boxed: Box<dyn BufRead + Send> = Box::new(inner);
            let form = Path::new(&name).file_stem().and_then(|stem| named(Path::new(stem)));
            unfold(name, boxed, form, false)
        }
        Named::Packed => one(Err(Skipped::of(InputFault::Refused(name, Refused::Bomb)))),
    }
}

fn by_bytes(head: &[u8]) -> Option<Named> {
    match sniff(head) {
        Form::Lines => Some(Named::Lines),
        Form::Warc => Some(Named::Archive),
        Form::Packed => Some(Named::Packed),
        _ => None,
    }
}

fn one(article: Result<Article, Skipped>) -> Articles {
    Box::new(std::iter::once(article))
}

fn whole(name: &str, file: impl Read) -> Articles {
    let mut bytes = Vec::new();
    let read = file.take(MOST_PAGE + 1).read_to_end(&mut bytes);
    let read = read.map_err(|error| InputFault::Unreadable(name.to_owned(), error));
    match read.and_then(|_| input::articles(name, bytes)) {
        Ok(articles) => Box::new(articles.into_iter().map(Ok)),
        Err(fault) => one(Err(Skipped::of(fault))),
    }
}

fn captures(
    name: String,
    reader: impl BufRead + Send + 'static,
) -> impl Iterator<Item = Result<Article, Skipped>> + Send {
    Captures::new(reader).enumerate().map(move |(at, page)| match page {
        Ok(page) => Ok(page.article),
        Err(why) => Err(Skipped::of(InputFault::Refused(format!("{name}, page {}", at + 1), why))),
    })
}

/// A reader that counts its bytes for a progress bar.
pub(crate) struct Counting<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R> Counting<R> {
    pub(crate) fn new(inner: R, read: &Arc<AtomicU64>) -> Self {
        Self { inner, read: Arc::clone(read) }
    }
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
        self.skipped(Reason::Fault, why)
    }

    fn skipped(&self, reason: Reason, why: &str) -> Option<Result<Article, Skipped>> {
        Some(Err(Skipped { reason, what: format!("{}:{}: {why}", self.name, self.line) }))
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
                    Ok(article) if article.text.trim().is_empty() => {
                        return self.skipped(Reason::NoText, "the text is empty");
                    }
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
    let mut article = Article::new(legation_intake::without_nul(line.text.into()));
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
        assert!(all[1].as_ref().unwrap_err().what.starts_with("a.jsonl:3: no article"));
        assert_eq!(all[2].as_ref().unwrap().text, "B");
        assert!(all[3].as_ref().unwrap_err().what.contains("'May' is no date"));
    }
}
