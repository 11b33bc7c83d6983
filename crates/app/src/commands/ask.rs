use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use legation_app::{answer, record::Date};
use legation_ledger::{
    Ledger, export,
    query::{EventRow, Filter},
};

use super::{files, print, print_file, print_json};

/// List the visits that the ledger has
#[derive(Debug, Args)]
pub struct Visits {
    #[command(flatten)]
    ask: Ask,
}

/// List meetings, talks, summits and calls
#[derive(Debug, Args)]
pub struct Meetings {
    #[command(flatten)]
    ask: Ask,
}

/// List events of every kind, or of one
#[derive(Debug, Args)]
pub struct Events {
    /// Kind of event, as `docs/kinds.md` lists them; may be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,

    #[command(flatten)]
    ask: Ask,
}

/// List everything that two sides have to do with each other, by day
#[derive(Debug, Args)]
pub struct Timeline {
    /// A person or country
    one: String,

    /// Another
    other: String,

    #[command(flatten)]
    ask: Ask,
}

/// List what is announced and not yet held, postponed or cancelled
///
/// Without days, from the day of --as-of on, or of the newest article in the ledger.
#[derive(Debug, Args)]
pub struct Calendar {
    #[command(flatten)]
    ask: Ask,
}

/// Show one event: who, its life, every article, and why they were merged
#[derive(Debug, Args)]
pub struct Event {
    /// Id of an event or of one of its tellings
    id: String,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

/// List who said what
#[derive(Debug, Args)]
pub struct Statements {
    /// What they do by saying it: say, deny, accuse, …; may be given several times
    #[arg(long, value_name = "ACT")]
    act: Vec<String>,

    #[command(flatten)]
    ask: Choice,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Rows,
}

/// List who goes by a name
#[derive(Debug, Args)]
pub struct Who {
    /// A name, a surname or a key
    name: String,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

#[derive(Debug, Args)]
struct Ask {
    #[command(flatten)]
    choice: Choice,

    /// Where it stands: held, planned, confirmed, postponed, cancelled, denied, …
    #[arg(long)]
    status: Option<String>,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
pub struct Choice {
    /// Somebody who takes part: a name, a surname, a country; may be given several times
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,

    /// The country visited or where it takes place
    #[arg(long)]
    country: Option<String>,

    /// Not before this day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,

    /// Not after this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,

    /// Told by this outlet
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,

    /// Told by this source: somebody whom the articles quote
    #[arg(long, value_name = "NAME")]
    source: Option<String>,

    /// What people say of it: accepted, rejected, or open for undecided; otherwise all but the rejected
    #[arg(long, value_parser = ["accepted", "rejected", "open"])]
    verdict: Option<String>,

    /// As it stood on this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,

    /// Words that an article telling it must have
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,

    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people at a terminal
    #[default]
    Table,
    /// For programs
    Json,
    /// One row per event, for spreadsheets
    Csv,
    /// For calendars
    Ics,
    /// One row per event, for programs that calculate
    Parquet,
    /// For maps
    Geojson,
    /// W3C Web Annotation: one for each telling, on its words
    Annotation,
    /// JSON-LD in the words of schema.org
    Jsonld,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Rows {
    /// For people at a terminal
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For programs that calculate
    Parquet,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Plain {
    /// For people at a terminal
    #[default]
    Table,
    /// For programs
    Json,
}

impl Plain {
    /// Prints rows for people or for programs.
    pub fn print<T: serde::Serialize>(self, rows: &[T], table: impl Fn(&[T]) -> String) -> Result<()> {
        match self {
            Self::Table => print(&table(rows)),
            Self::Json => print_json(rows),
        }
    }
}

impl Choice {
    pub fn filter(self, kinds: &[&str]) -> Filter {
        Filter {
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            actors: self.actor,
            country: self.country,
            place: None,
            placed: false,
            status: None,
            ahead: false,
            verdict: self.verdict,
            from: self.from,
            until: self.until,
            publisher: self.publisher,
            source: self.source,
            as_of: self.as_of,
            told_after: None,
            text: self.text,
            newest: false,
            limit: self.limit,
            offset: None,
        }
    }
}

impl Ask {
    fn run(self, place: Place<'_>, kinds: &[&str], more: impl FnOnce(&mut Filter)) -> Result<()> {
        self.answer(&place.ledger()?, kinds, more)
    }

    fn answer(self, ledger: &Ledger, kinds: &[&str], more: impl FnOnce(&mut Filter)) -> Result<()> {
        let mut filter = self.choice.filter(kinds);
        filter.status = self.status;
        more(&mut filter);
        let events = ledger.events(&filter)?;
        show(&events, self.format)
    }
}

fn show(events: &[EventRow], format: Format) -> Result<()> {
    match format {
        Format::Table => print(&answer::events(events)),
        Format::Json => print_json(events),
        Format::Csv => print_file(export::csv(&export::events_table(events))),
        Format::Parquet => print_file(export::parquet(&export::events_table(events))),
        Format::Ics => print_file(export::ics(events)),
        Format::Geojson => print_file(export::geojson(events)),
        Format::Annotation => print_file(export::web_annotation(events)),
        Format::Jsonld => print_file(export::json_ld(events)),
    }
}

/// Where the ledger and the knowledge are.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub knowledge: Option<&'a Path>,
    pub ledger: &'a Path,
}

impl Place<'_> {
    pub fn ledger(self) -> Result<Ledger> {
        let mut ledger = Ledger::existing(self.ledger, &files(self.knowledge)?)?;
        ledger.settle_if_due()?;
        Ok(ledger)
    }
}

impl Visits {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        self.ask.run(place, &["visit"], |_| ())
    }
}

impl Meetings {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        self.ask.run(place, &["meeting", "talks", "summit", "call"], |_| ())
    }
}

impl Events {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let kinds: Vec<&str> = self.kind.iter().map(String::as_str).collect();
        self.ask.run(place, &kinds, |_| ())
    }
}

impl Timeline {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let sides = [self.one, self.other];
        self.ask.run(place, &[], |filter| filter.actors.extend(sides))
    }
}

impl Calendar {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let ledger = place.ledger()?;
        let today = self.ask.choice.as_of.or(ledger.last_day()?);
        self.ask.answer(&ledger, &[], |filter| {
            filter.ahead = filter.status.is_none();
            filter.from = filter.from.or(today.filter(|_| filter.until.is_none()));
        })
    }
}

impl Event {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let event = place.ledger()?.event(&self.id)?;
        match self.format {
            Plain::Table => print(&answer::event(&event)),
            Plain::Json => print_json(&event),
        }
    }
}

impl Statements {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let acts: Vec<&str> = self.act.iter().map(String::as_str).collect();
        let found = place.ledger()?.statements(&self.ask.filter(&acts))?;
        match self.format {
            Rows::Table => print(&answer::statements(&found)),
            Rows::Json => print_json(&found),
            Rows::Csv => print_file(export::csv(&export::statements_table(&found))),
            Rows::Parquet => print_file(export::parquet(&export::statements_table(&found))),
        }
    }
}

impl Who {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let found = place.ledger()?.who(&self.name)?;
        self.format.print(&found, answer::people)
    }
}
