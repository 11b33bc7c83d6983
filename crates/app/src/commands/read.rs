use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use legation_app::{html, lines, outline};

use super::{Color, Input, print, reader};

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
    /// One page for a browser, which needs nothing else
    Html,
}

impl Read {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let article = self.input.article()?;
        let record = reader(knowledge)?.read(article);
        match self.format {
            Format::Outline => print(&outline::outline(&record, self.color.layout())),
            Format::Lines => print(&lines::lines(&record)),
            Format::Json => print(&format!("{}\n", serde_json::to_string_pretty(&record)?)),
            Format::Html => print(&html::page(&record)),
        }
    }
}
