use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use legation_app::{export, outline, view::View};

use super::{Color, Input, print_file, print_json, print_styled, reader};

/// Show the time expressions of an article
#[derive(Debug, Args)]
pub struct Times {
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
    /// For spreadsheets, one expression a row
    Csv,
    /// The text with TIMEX3 tags
    Timeml,
}

impl Times {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let record = reader(knowledge)?.read(self.input.article()?);
        match self.format {
            Format::Outline => print_styled(&outline::summary(
                &View::new(&record).only(&["Times", "Warnings"]),
                Color::Auto.layout(),
            )),
            Format::Json => print_json(&record.times),
            Format::Csv => print_file(export::times_csv(&record)),
            Format::Timeml => print_file(export::timeml(&record)),
        }
    }
}
