//! One file per command. A command translates: arguments in, one library call, text out.

mod add;
mod ask;
mod audit;
mod brief;
mod check;
mod correct;
mod diff;
pub mod door;
mod export;
mod fetch;
mod first_look;
mod knowledge;
mod parse;
mod plans;
mod quotes;
mod read;
mod reread;
mod schema;
mod search;
mod serve;
mod times;
mod verify;
mod why;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};
use legation_app::{
    Reader, input,
    outline::Layout,
    record::{Article, Date},
};
use legation_knowledge::Files;

use door::{for_output, print, print_file, print_json, print_styled, tell};

/// Reads news about diplomacy and conflict and keeps the record: who visits whom, who said what,
/// denied, accused, proposed, when, where, and which words say it.
#[derive(Debug, Parser)]
#[command(name = "legation", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// Folder with knowledge of your own: a file of the same path replaces ours, others are added
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,

    /// The ledger: one SQLite file
    #[arg(long, global = true, value_name = "FILE", default_value = "legation.sqlite")]
    ledger: PathBuf,

    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 an article or knowledge file could not be used; 2 the command line is wrong.
Without a command, legation reads the sample article that came with it.";

#[derive(Debug, Subcommand)]
enum Command {
    Read(read::Read),
    Parse(parse::Parse),
    Times(times::Times),
    Quotes(quotes::Quotes),
    Why(why::Why),
    Plans(plans::Plans),
    #[command(subcommand)]
    Knowledge(knowledge::Knowledge),
    Schema(schema::Schema),
    Add(add::Add),
    Fetch(fetch::Fetch),
    Watch(fetch::Watch),
    Check(check::Check),
    Visits(ask::Visits),
    Meetings(ask::Meetings),
    Events(ask::Events),
    Event(ask::Event),
    Timeline(ask::Timeline),
    Calendar(ask::Calendar),
    Statements(ask::Statements),
    Who(ask::Who),
    Search(search::Search),
    Diff(diff::Diff),
    Brief(brief::Brief),
    Reread(reread::Reread),
    Export(export::Export),
    Verify(verify::Verify),
    Serve(serve::Serve),
    Review(correct::Review),
    Accept(correct::Accept),
    Reject(correct::Reject),
    Edit(correct::Edit),
    Split(correct::Split),
    Join(correct::Join),
    Undo(correct::Undo),
    Corrections(correct::Corrections),
    Audit(audit::Audit),
}

/// An article and what is known of it.
#[derive(Debug, Args)]
struct Input {
    /// Article: plain text, a saved page or a message; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Day the article was published, YYYY-MM-DD; otherwise it is inferred from the text
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
}

impl Input {
    fn article(&self) -> Result<Article> {
        Ok(input::read(&self.file, self.published)?)
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    fn layout(self) -> Layout {
        let auto = || anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
        let color = match self {
            Self::Auto => auto(),
            Self::Always => true,
            Self::Never => false,
        };
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Layout { width: columns.unwrap_or(80).min(100), color }
    }
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// When an article or a knowledge file cannot be used, or standard output cannot be written.
    pub fn run(self) -> Result<()> {
        let knowledge = self.knowledge.as_deref();
        let place = ask::Place { knowledge, ledger: &self.ledger };
        match self.command {
            None => first_look::run(knowledge),
            Some(Command::Read(command)) => command.run(knowledge),
            Some(Command::Parse(command)) => command.run(knowledge),
            Some(Command::Times(command)) => command.run(knowledge),
            Some(Command::Quotes(command)) => command.run(knowledge),
            Some(Command::Why(command)) => command.run(knowledge),
            Some(Command::Plans(command)) => command.run(place),
            Some(Command::Knowledge(command)) => command.run(knowledge),
            Some(Command::Schema(command)) => command.run(),
            Some(Command::Add(command)) => command.run(knowledge, &self.ledger),
            Some(Command::Fetch(command)) => command.run(knowledge, &self.ledger),
            Some(Command::Watch(command)) => command.run(knowledge, &self.ledger),
            Some(Command::Check(command)) => command.run(knowledge, &self.ledger),
            Some(Command::Visits(command)) => command.run(place),
            Some(Command::Meetings(command)) => command.run(place),
            Some(Command::Events(command)) => command.run(place),
            Some(Command::Event(command)) => command.run(place),
            Some(Command::Timeline(command)) => command.run(place),
            Some(Command::Calendar(command)) => command.run(place),
            Some(Command::Statements(command)) => command.run(place),
            Some(Command::Who(command)) => command.run(place),
            Some(Command::Search(command)) => command.run(place),
            Some(Command::Diff(command)) => command.run(place),
            Some(Command::Brief(command)) => command.run(place),
            Some(Command::Reread(command)) => command.run(knowledge, &self.ledger),
            Some(Command::Export(command)) => command.run(place),
            Some(Command::Verify(command)) => command.run(place),
            Some(Command::Serve(command)) => command.run(knowledge, &self.ledger),
            Some(Command::Review(command)) => command.run(place),
            Some(Command::Accept(command)) => command.run(place),
            Some(Command::Reject(command)) => command.run(place),
            Some(Command::Edit(command)) => command.run(place),
            Some(Command::Split(command)) => command.run(place),
            Some(Command::Join(command)) => command.run(place),
            Some(Command::Undo(command)) => command.run(place),
            Some(Command::Corrections(command)) => command.run(place),
            Some(Command::Audit(command)) => command.run(place),
        }
    }
}

fn files(knowledge: Option<&Path>) -> Result<Files> {
    let mut files = Files::built_in();
    if let Some(folder) = knowledge {
        files.overlay(folder)?;
    }
    Ok(files)
}

fn reader(knowledge: Option<&Path>) -> Result<Reader> {
    Ok(Reader::with(&files(knowledge)?)?)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use clap::CommandFactory as _;

    use super::Cli;

    fn document(out: &mut String, command: &mut clap::Command, path: &str) {
        let path = format!("{path} {}", command.get_name()).trim().to_owned();
        let help = command.clone().bin_name(&path).term_width(90).render_long_help().to_string();
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        let _ = writeln!(out, "\n## {path}\n\n```text\n{}\n```", help.join("\n").trim());
        for sub in command.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
            document(out, sub, &path);
        }
    }

    #[test]
    fn the_command_reference_is_up_to_date() {
        let mut text = String::from("# Commands\n\nWritten by `just bless` from the program's own help.\n");
        let mut command = Cli::command();
        command.build();
        document(&mut text, &mut command, "");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commands.md");
        if std::env::var_os("LEGATION_BLESS").is_some() {
            std::fs::write(path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(kept == text, "docs/commands.md is out of date: run `just bless`");
    }
}
