use std::time::Instant;

use anyhow::Context;
use legation_app::Reader;
use legation_record::Article;
use rayon::prelude::*;

use super::Rows;
use crate::lines;

/// As many words as are read in some seconds.
const ENOUGH: usize = 60_000;
const ROUNDS: usize = 3;

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

/// Kilobytes a second on one thread: the time layer on parsed text, and with parsing. The best of some rounds.
pub fn times(reader: &Reader, text: &str) -> anyhow::Result<Rows> {
    let articles = articles(text)?;
    let bytes: usize = articles.iter().map(|it| it.text.len()).sum();
    let (mut parsing, mut reading) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        let parses: Vec<_> = articles.iter().map(|article| reader.parse(article)).collect();
        parsing = parsing.min(begin.elapsed().as_secs_f64());
        for _ in 0..ROUNDS {
            let begin = Instant::now();
            articles
                .iter()
                .zip(&parses)
                .for_each(|(article, parse)| drop(reader.times().read(article, parse)));
            reading = reading.min(begin.elapsed().as_secs_f64());
        }
    }
    let pace = |seconds: f64| format!("{:.0}", bytes as f64 / 1000.0 / seconds);
    let row = |figure: &str, value: String| (String::new(), figure.to_owned(), value);
    Ok(vec![
        row("bytes", bytes.to_string()),
        row("times alone KB/s", pace(reading)),
        row("parse and times KB/s", pace(parsing + reading)),
    ])
}

/// The first articles of a corpus, as many as are read in some seconds.
pub fn articles(text: &str) -> anyhow::Result<Vec<Article>> {
    let mut words = 0;
    let mut articles = Vec::new();
    for line in lines::values(text)? {
        let mut article = Article::new(lines::string(&line, "text"));
        article.meta.published = lines::string(&line, "dct").get(..10).and_then(|day| day.parse().ok());
        words += article.text.split_whitespace().count();
        articles.push(article);
        if words > ENOUGH {
            break;
        }
    }
    Ok(articles)
}
