use std::{
    io::{self, BufWriter, ErrorKind, Write as _},
    path::Path,
};

use anyhow::Result;
use clap::{Args, ValueEnum};
use legation_app::{
    each::each,
    html, lines, outline,
    record::Record,
    source::{Skipped, Sources},
};

use super::{Color, Input, for_output, print, print_file, print_json, print_styled, reader, tell};

/// Read an article and show its record
#[derive(Debug, Args)]
pub struct Read {
    #[command(flatten)]
    input: Input,

    /// Form of the record
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// When to colour the outline
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people at a terminal
    #[default]
    Outline,
    /// One line per fact, for grep
    Lines,
    /// For programs; docs/record.md describes it
    Json,
    /// One record a line, of as many articles as `add` would find
    Jsonl,
    /// One page for a browser, which needs nothing else
    Html,
}

impl Read {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        match self.format {
            Format::Outline => print_styled(&outline::outline(&self.record(knowledge)?, self.color.layout())),
            Format::Lines => print(&lines::lines(&self.record(knowledge)?)),
            Format::Json => print_json(&self.record(knowledge)?),
            Format::Jsonl => self.records(knowledge),
            Format::Html => print_file(html::page(&self.record(knowledge)?)),
        }
    }

    fn record(&self, knowledge: Option<&Path>) -> Result<Record> {
        let article = self.input.article()?;
        Ok(reader(knowledge)?.read(article))
    }

    /// Writes the records of many articles; what is no article is told and ends none of the others.
    fn records(self, knowledge: Option<&Path>) -> Result<()> {
        let sources = Sources::new(std::slice::from_ref(&self.input.file))?;
        let published = self.input.published;
        let articles = sources.articles().map(|article| {
            article.map(|mut article| {
                article.meta.published = published.or(article.meta.published);
                article
            })
        });
        let mut out = BufWriter::new(io::stdout().lock());
        let mut skipped = 0;
        let written = each(&reader(knowledge)?, articles, |record| match record {
            Ok(record) => {
                let line = for_output(serde_json::to_string(&record)?);
                writeln!(out, "{line}")
            }
            Err(Skipped { what, .. }) => {
                skipped += 1;
                tell(format!("skipped: {what}"));
                Ok(())
            }
        });
        match written.and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
        anyhow::ensure!(
            skipped == 0,
            "{skipped} of the inputs could not be read\n  help: the lines above say which and why"
        );
        Ok(())
    }
}
