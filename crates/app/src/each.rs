//! Reads articles in parallel and gives their records in the order of the articles.

use legation_record::{Article, Record};
use rayon::prelude::*;

use crate::{Reader, source::Skipped};

/// Articles read at once.
const BATCH: usize = 128;
/// A batch ends early where its articles have as many bytes.
const BYTES: usize = 1 << 20;

/// Reads all articles, whatever their language; `take` gets each record, or what was skipped and why, in order.
///
/// # Errors
/// When `take` does; nothing more is read then.
///
/// ```
/// use legation_app::{Reader, each::each, record::Article};
/// let reader = Reader::built_in().unwrap();
/// let mut events = 0;
/// let articles = ["Xi Jinping visited Russia.", "He left."].map(|text| Ok(Article::new(text)));
/// let read: Result<(), std::fmt::Error> = each(&reader, articles.into_iter(), |record| {
///     events += record.map_or(0, |record| record.events.len());
///     Ok(())
/// });
/// assert!(read.is_ok() && events >= 1);
/// ```
pub fn each<E>(
    reader: &Reader,
    mut articles: impl Iterator<Item = Result<Article, Skipped>>,
    mut take: impl FnMut(Result<Record, Skipped>) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let batch = batch(&mut articles);
        if batch.is_empty() {
            return Ok(());
        }
        let read: Vec<_> =
            batch.into_par_iter().map(|article| article.map(|article| reader.read(article))).collect();
        read.into_iter().try_for_each(&mut take)?;
    }
}

fn batch(articles: &mut impl Iterator<Item = Result<Article, Skipped>>) -> Vec<Result<Article, Skipped>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH && bytes < BYTES {
        let Some(article) = articles.next() else { break };
        bytes += article.as_ref().map_or(0, |article| article.text.len());
        batch.push(article);
    }
    batch
}
