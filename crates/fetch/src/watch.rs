//! Feeds looked at again and again.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use legation_record::Article;
use serde::{Deserialize, Serialize};

use crate::{FetchFault, Fetcher, Tags};

const MINUTE: u64 = 60;
/// Between two looks at a feed, unless the file says otherwise; the least that is allowed; the most after failures.
const USUAL: u64 = 30;
const LEAST: u64 = 5;
const LONGEST: u64 = 24 * 60 * MINUTE;
/// Addresses remembered for each feed.
const SEEN: usize = 5000;

/// A file of feeds:
///
/// ```
/// let feeds = legation_fetch::Feeds::parse("[[feed]]\nurl = 'https://gazette.example/rss'\nminutes = 15\n", "feeds.toml")?;
/// assert_eq!(feeds.feed[0].minutes, 15);
/// # Ok::<(), legation_fetch::FetchFault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feeds {
    /// The feeds.
    pub feed: Vec<Source>,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Address of the feed.
    pub url: String,
    /// Minutes between two looks.
    #[serde(default = "usual")]
    pub minutes: u64,
    /// Whether the pages that entries point to are fetched; otherwise the feed's own text is read.
    #[serde(default = "yes")]
    pub pages: bool,
}

fn usual() -> u64 {
    USUAL
}

fn yes() -> bool {
    true
}

impl Feeds {
    /// Reads a file's text.
    ///
    /// # Errors
    /// When it is no such file, with line and column.
    pub fn parse(text: &str, name: &str) -> Result<Self, FetchFault> {
        toml::from_str(text).map_err(|error| FetchFault::File(name.to_owned(), error.to_string()))
    }
}

/// What is remembered of a feed between looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Memory {
    tags: Tags,
    /// Addresses of entries that were read, newest last.
    seen: Vec<String>,
    /// Looks in a row that failed.
    failed: u32,
    /// Seconds since 1970 before which it is not looked at again.
    due: u64,
}

/// A file of feeds, and beside it (`FILE.state.json`) what is remembered of them.
pub struct Watch {
    feeds: Feeds,
    memory: BTreeMap<String, Memory>,
    file: PathBuf,
}

/// What one look at the feeds that were due brought.
#[derive(Debug, Default)]
pub struct Round {
    /// New articles, each with the feed it came by.
    pub articles: Vec<Article>,
    /// What went wrong.
    pub faults: Vec<FetchFault>,
    /// Feeds looked at, and those of them that had not changed.
    pub looked: usize,
    /// Not changed since the last look.
    pub unchanged: usize,
    done: Vec<(String, Memory)>,
}

impl Watch {
    /// Opens a file of feeds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> Result<Self, FetchFault> {
        let name = path.display().to_string();
        let fault = |error: io::Error| FetchFault::File(name.clone(), error.to_string());
        let feeds = Feeds::parse(&fs::read_to_string(path).map_err(fault)?, &name)?;
        let file = PathBuf::from(format!("{name}.state.json"));
        let memory = match fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|error| FetchFault::File(file.display().to_string(), error.to_string()))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(fault(error)),
        };
        Ok(Self { feeds, memory, file })
    }

    /// Looks at the feeds that are due at `now`, in seconds since 1970. Call [`Watch::keep`] when the articles are safe.
    pub fn look(&self, fetcher: &mut Fetcher, now: u64) -> Round {
        let mut round = Round::default();
        for source in &self.feeds.feed {
            let memory = self.memory.get(&source.url).cloned().unwrap_or_default();
            if memory.due <= now {
                round.looked += 1;
                look(source, memory, fetcher, now, &mut round);
            }
        }
        round
    }

    /// Remembers a round, so that its articles are not fetched again.
    ///
    /// # Errors
    /// When the file cannot be written; it is then as it was.
    pub fn keep(&mut self, round: Round) -> Result<(), FetchFault> {
        self.memory.extend(round.done);
        let text = serde_json::to_string_pretty(&self.memory).unwrap_or_default();
        let fault = |error: io::Error| FetchFault::File(self.file.display().to_string(), error.to_string());
        let fresh = self.file.with_extension("json.new");
        fs::write(&fresh, text).map_err(fault)?;
        fs::rename(&fresh, &self.file).map_err(fault)
    }

    /// When the next feed is due, in seconds since 1970.
    #[must_use]
    pub fn due(&self) -> Option<u64> {
        self.feeds.feed.iter().map(|source| self.memory.get(&source.url).map_or(0, |memory| memory.due)).min()
    }
}

fn look(source: &Source, mut memory: Memory, fetcher: &mut Fetcher, now: u64, round: &mut Round) {
    let usual = source.minutes.max(LEAST) * MINUTE;
    match fetcher.fetch(&source.url, &memory.tags) {
        Ok(None) => round.unchanged += 1,
        Ok(Some(answer)) => {
            memory.tags = answer.tags.clone();
            match legation_intake::feed(&answer.bytes) {
                Ok(entries) => {
                    entries.into_iter().for_each(|entry| take(source, entry, fetcher, &mut memory, round))
                }
                Err(why) => round.faults.push(FetchFault::File(source.url.clone(), why.to_string())),
            }
        }
        Err(fault) => {
            memory.failed += 1;
            memory.due = now + wait(usual, memory.failed, &fault);
            round.faults.push(fault);
            round.done.push((source.url.clone(), memory));
            return;
        }
    }
    (memory.failed, memory.due) = (0, now + usual);
    round.done.push((source.url.clone(), memory));
}

/// Twice as long after each failure, or as long as the server asks.
fn wait(usual: u64, failed: u32, fault: &FetchFault) -> u64 {
    let asked = if let FetchFault::Status(_, _, Some(seconds)) = fault { *seconds } else { 0 };
    usual.saturating_mul(1 << failed.min(10)).max(asked).min(LONGEST)
}

/// An entry that was not read before, as its page has it, or as the feed has it where the page cannot be read.
fn take(source: &Source, entry: Article, fetcher: &mut Fetcher, memory: &mut Memory, round: &mut Round) {
    let name =
        entry.meta.url.clone().or_else(|| entry.meta.headline.clone()).unwrap_or_else(|| entry.text.clone());
    if memory.seen.contains(&name) {
        return;
    }
    let address = entry.meta.url.as_deref().filter(|_| source.pages);
    let page = match address.map(|address| fetcher.fetch(address, &Tags::default())) {
        Some(Ok(Some(fetched))) => fetched.page().ok(),
        Some(Err(fault)) => {
            round.faults.push(fault);
            None
        }
        _ => None,
    };
    round.articles.push(match page {
        Some(page) => filled(page.article, &entry),
        None => entry,
    });
    memory.seen.push(name);
    let over = memory.seen.len().saturating_sub(SEEN);
    memory.seen.drain(..over);
}

/// A page's article with what only the feed knows.
fn filled(mut article: Article, entry: &Article) -> Article {
    let (meta, known) = (&mut article.meta, &entry.meta);
    meta.published = meta.published.or(known.published);
    meta.headline = meta.headline.take().or_else(|| known.headline.clone());
    meta.byline = meta.byline.take().or_else(|| known.byline.clone());
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let gone = FetchFault::Status("x".into(), 503, Some(7200));
        assert_eq!(wait(600, 1, &FetchFault::Address("x".into())), 1200);
        assert_eq!(wait(600, 1, &gone), 7200);
        assert_eq!(wait(600, 30, &gone), LONGEST);
    }

    #[test]
    fn a_wrong_file_is_told_with_its_place() {
        let said = Feeds::parse("[[feed]]\nurl = 'x'\nevery = 3\n", "feeds.toml").unwrap_err().to_string();
        assert!(said.contains("feeds.toml") && said.contains("line 3") && said.contains("every"), "{said}");
    }
}
