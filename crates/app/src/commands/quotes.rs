use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use legation_app::{export, outline, view::View};

use super::{Color, Input, print_file, print_json, print_styled, reader};

/// Show who says what in an article
#[derive(Debug, Args)]
pub struct Quotes {
    #[command(flatten)]
    input: Input,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people at a terminal
    #[default]
    Outline,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// Standoff annotation for brat, offsets in code points
    Brat,
    /// W3C Web Annotation (JSON-LD)
    Webannotation,
}

impl Quotes {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let record = reader(knowledge)?.read(self.input.article()?);
        match self.format {
            Format::Outline => {
                let parts = ["Statements", "Quoted, speaker not told", "Warnings"];
                print_styled(&outline::summary(&View::new(&record).only(&parts), Color::Auto.layout()))
            }
            Format::Json => print_json(&record.attributions),
            Format::Csv => print_file(export::csv(&record)),
            Format::Brat => print_file(export::brat(&record)),
            Format::Webannotation => print_file(export::web_annotation(&record)),
        }
    }
}
