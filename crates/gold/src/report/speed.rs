use std::time::Instant;

use anyhow::Context;
use legation_app::Reader;
use legation_record::Article;
use rayon::prelude::*;

use super::Rows;
use crate::lines;

/// As many words as are read in some seconds.
const ENOUGH: usize = 60_000;

/// Words read a second, by parsing alone and by the whole reading, on one and on two threads.
pub fn rows(reader: &Reader, corpus: &str, text: &str) -> anyhow::Result<Rows> {
    let articles = articles(text)?;
    let words: usize = articles.iter().map(|it| it.text.split_whitespace().count()).sum();
    let mut rows = vec![(corpus.to_owned(), "words".to_owned(), words.to_string())];
    for threads in [1, 2] {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("starting threads")?;
        let timed = |read: &(dyn Fn(&Article) + Sync)| {
            let begin = Instant::now();
            pool.install(|| articles.par_iter().for_each(read));
            format!("{:.0}", words as f64 / begin.elapsed().as_secs_f64())
        };
        let parse = timed(&|article| drop(reader.parse(article)));
        let read = timed(&|article| drop(reader.read(article.clone())));
        rows.push((corpus.to_owned(), format!("parse words/s, {threads} threads"), parse));
        rows.push((corpus.to_owned(), format!("read words/s, {threads} threads"), read));
    }
    Ok(rows)
}

/// The first articles of a corpus, as many as are read in some seconds.
pub fn articles(text: &str) -> anyhow::Result<Vec<Article>> {
    let mut words = 0;
    let mut articles = Vec::new();
    for line in lines::values(text)? {
        let article = Article::new(lines::string(&line, "text"));
        words += article.text.split_whitespace().count();
        articles.push(article);
        if words > ENOUGH {
            break;
        }
    }
    Ok(articles)
}
