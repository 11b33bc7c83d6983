//! Reads articles in parallel and adds their records to a ledger in the order of the articles.

use std::sync::mpsc::sync_channel;

use legation_ledger::{Fault, Ledger, Reread};
use legation_record::{Article, Record};
use rayon::prelude::*;

use crate::{
    Reader,
    records::sound,
    source::{Reason, Skipped},
};

/// Articles read and written at once: together on the disk or not at all.
const BATCH: usize = 128;
/// A batch ends early where its articles have as many bytes.
const BYTES: usize = 1 << 20;

/// What became of the articles given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// New ones, which are in the ledger now.
    pub added: usize,
    /// Those that the ledger had already.
    pub known: usize,
    /// Characters read, in words.
    pub words: usize,
    /// Events told by the new ones.
    pub events: usize,
    /// What could not be read as an article.
    pub skipped: Vec<Skipped>,
}

/// Adds all articles. `acknowledged` hears after each batch what is on the disk by then.
///
/// # Errors
/// When the ledger cannot be written. What was acknowledged is kept.
pub fn add(
    ledger: &mut Ledger,
    reader: &Reader,
    articles: impl Iterator<Item = Result<Article, Skipped>> + Send,
    acknowledged: impl FnMut(&Added) + Send,
) -> Result<Added, Fault> {
    let read = |article: Article| understood(&article).map(|()| reader.read(article));
    pour(ledger, articles, &read, acknowledged)
}

/// Adds records that were read elsewhere: what follows is the same as if their articles had been read here. A record
/// whose words are not in its article is left out.
///
/// # Errors
/// When the ledger cannot be written. What was acknowledged is kept.
pub fn add_records(
    ledger: &mut Ledger,
    records: impl Iterator<Item = Result<Record, Skipped>> + Send,
    acknowledged: impl FnMut(&Added) + Send,
) -> Result<Added, Fault> {
    let read = |record: Record| {
        understood(&record.article)?;
        let what = |why| format!("{}: {why}", name(&record.article));
        sound(&record).map_err(|why| Skipped { reason: Reason::Fault, what: what(why) })?;
        Ok(record)
    };
    pour(ledger, records, &read, acknowledged)
}

/// What an article is in: itself, or its record.
trait Given: Send {
    fn article(&self) -> &Article;
}

impl Given for Article {
    fn article(&self) -> &Article {
        self
    }
}

impl Given for Record {
    fn article(&self) -> &Article {
        &self.article
    }
}

enum Batch {
    Read(Vec<Result<Record, Skipped>>),
    Known(usize),
    Skipped(Skipped),
}

fn pour<T: Given>(
    ledger: &mut Ledger,
    given: impl Iterator<Item = Result<T, Skipped>> + Send,
    read: &(impl Fn(T) -> Result<Record, Skipped> + Sync),
    mut acknowledged: impl FnMut(&Added) + Send,
) -> Result<Added, Fault> {
    let known = ledger.known()?;
    let mut all = Added::default();
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Batch>(2);
        scope.spawn(move || {
            let mut pile = Pile::new();
            for one in given {
                let sent = match one {
                    Err(skipped) => send.send(Batch::Skipped(skipped)),
                    Ok(one) if known.contains(&legation_ledger::article_id(one.article())) => {
                        send.send(Batch::Known(1))
                    }
                    Ok(one) => match pile.push(one) {
                        true => send.send(Batch::Read(pile.read(read))),
                        false => Ok(()),
                    },
                };
                if sent.is_err() {
                    return;
                }
            }
            let _ = send.send(Batch::Read(pile.read(read)));
        });
        for batch in receive {
            match batch {
                Batch::Known(count) => all.known += count,
                Batch::Skipped(skipped) => all.skipped.push(skipped),
                Batch::Read(read) => all.append(ledger, read)?,
            }
            acknowledged(&all);
        }
        Ok(all)
    })
}

impl Added {
    fn append(&mut self, ledger: &mut Ledger, read: Vec<Result<Record, Skipped>>) -> Result<(), Fault> {
        let mut records = Vec::with_capacity(read.len());
        read.into_iter().for_each(|one| {
            one.map_or_else(|skipped| self.skipped.push(skipped), |record| records.push(record))
        });
        let appended = ledger.append(&records)?;
        self.added += appended.added;
        self.known += appended.known;
        self.words += records.iter().map(words).sum::<usize>();
        self.events += records.iter().map(|record| record.events.len()).sum::<usize>();
        Ok(())
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.added += other.added;
        self.known += other.known;
        self.words += other.words;
        self.events += other.events;
        self.skipped.extend(other.skipped);
        self
    }
}

/// Reads articles of a ledger anew, in batches. `read` hears how many are done. Settle afterwards.
///
/// # Errors
/// When the ledger cannot be read or written. Batches that are done stay.
pub fn reread(
    ledger: &mut Ledger,
    reader: &Reader,
    ids: &[String],
    mut read: impl FnMut(usize),
) -> Result<Vec<Reread>, Fault> {
    let mut all = Vec::new();
    for (at, batch) in ids.chunks(BATCH).enumerate() {
        let articles: Vec<Option<Article>> =
            batch.iter().map(|id| ledger.article(id)).collect::<Result<_, _>>()?;
        let records: Vec<Record> =
            articles.into_par_iter().flatten().map(|article| reader.read(article)).collect();
        all.extend(ledger.replace(&records)?);
        read(at * BATCH + batch.len());
    }
    Ok(all)
}

fn words(record: &Record) -> usize {
    record.article.text.split_whitespace().count()
}

/// How an article is called in a message.
fn name(article: &Article) -> &str {
    let meta = &article.meta;
    meta.id.as_deref().or(meta.url.as_deref()).or(meta.headline.as_deref()).unwrap_or("an article")
}

/// Refuses an article in another language.
fn understood(article: &Article) -> Result<(), Skipped> {
    let Some(language) = legation_text::foreign(&article.text) else { return Ok(()) };
    let what = format!("{} is in {language}", name(article));
    Err(Skipped { reason: Reason::Language(language.to_owned()), what })
}

struct Pile<T> {
    given: Vec<T>,
    bytes: usize,
}

impl<T: Given> Pile<T> {
    fn new() -> Self {
        Self { given: Vec::new(), bytes: 0 }
    }

    /// Whether the pile is high enough now.
    fn push(&mut self, one: T) -> bool {
        self.bytes += one.article().text.len();
        self.given.push(one);
        self.given.len() >= BATCH || self.bytes >= BYTES
    }

    fn read(
        &mut self,
        read: &(impl Fn(T) -> Result<Record, Skipped> + Sync),
    ) -> Vec<Result<Record, Skipped>> {
        self.bytes = 0;
        std::mem::take(&mut self.given).into_par_iter().map(read).collect()
    }
}
