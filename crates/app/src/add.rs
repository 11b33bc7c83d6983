//! Reads articles in parallel and adds their records to a ledger in the order of the articles.

use std::sync::mpsc::sync_channel;

use legation_ledger::{Fault, Ledger, Reread};
use legation_record::{Article, Record};
use rayon::prelude::*;

use crate::{
    Reader,
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

enum Batch {
    Read(Vec<Result<Record, Skipped>>),
    Known(usize),
    Skipped(Skipped),
}

/// Adds all articles. `acknowledged` hears after each batch what is on the disk by then.
///
/// # Errors
/// When the ledger cannot be written. What was acknowledged is kept.
pub fn add(
    ledger: &mut Ledger,
    reader: &Reader,
    articles: impl Iterator<Item = Result<Article, Skipped>> + Send,
    mut acknowledged: impl FnMut(&Added) + Send,
) -> Result<Added, Fault> {
    let known = ledger.known()?;
    let mut all = Added::default();
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Batch>(2);
        scope.spawn(move || {
            let mut pile = Pile::default();
            for article in articles {
                let sent = match article {
                    Err(skipped) => send.send(Batch::Skipped(skipped)),
                    Ok(article) if known.contains(&legation_ledger::article_id(&article)) => {
                        send.send(Batch::Known(1))
                    }
                    Ok(article) => match pile.push(article) {
                        true => send.send(Batch::Read(pile.read(reader))),
                        false => Ok(()),
                    },
                };
                if sent.is_err() {
                    return;
                }
            }
            let _ = send.send(Batch::Read(pile.read(reader)));
        });
        for batch in receive {
            match batch {
                Batch::Known(count) => all.known += count,
                Batch::Skipped(skipped) => all.skipped.push(skipped),
                Batch::Read(read) => {
                    let mut records = Vec::with_capacity(read.len());
                    read.into_iter().for_each(|one| {
                        one.map_or_else(|skipped| all.skipped.push(skipped), |record| records.push(record))
                    });
                    let appended = ledger.append(&records)?;
                    all.added += appended.added;
                    all.known += appended.known;
                    all.words += records.iter().map(words).sum::<usize>();
                    all.events += records.iter().map(|record| record.events.len()).sum::<usize>();
                }
            }
            acknowledged(&all);
        }
        Ok(all)
    })
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

/// The article, where it is not in another language.
fn understood(article: Article) -> Result<Article, Skipped> {
    let Some(language) = legation_text::foreign(&article.text) else { return Ok(article) };
    let meta = &article.meta;
    let name =
        meta.id.as_deref().or(meta.url.as_deref()).or(meta.headline.as_deref()).unwrap_or("an article");
    Err(Skipped { reason: Reason::Language(language.to_owned()), what: format!("{name} is in {language}") })
}

#[derive(Default)]
struct Pile {
    articles: Vec<Article>,
    bytes: usize,
}

impl Pile {
    /// Whether the pile is high enough now.
    fn push(&mut self, article: Article) -> bool {
        self.bytes += article.text.len();
        self.articles.push(article);
        self.articles.len() >= BATCH || self.bytes >= BYTES
    }

    fn read(&mut self, reader: &Reader) -> Vec<Result<Record, Skipped>> {
        self.bytes = 0;
        let articles = std::mem::take(&mut self.articles);
        articles
            .into_par_iter()
            .map(|article| understood(article).map(|article| reader.read(article)))
            .collect()
    }
}
