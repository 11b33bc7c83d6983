use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use legation_ledger::{export, query::Filter};

use super::{ask::Place, print};

/// Write the whole ledger as tables: one row per event, one per telling, one per statement
///
/// The folder gets events, participants, tellings, statements, background claims and articles (without their texts) as CSV and Parquet with datapackage.json and codebook.md, events as JSON,
/// JSON-LD, iCalendar and GeoJSON, Web Annotations, and the corrections. The same articles give the same bytes, in whatever
/// order they were added.
#[derive(Debug, Args)]
pub struct Export {
    /// Folder to write to; made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Export {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let ledger = place.ledger()?;
        let events = ledger.events(&Filter::default())?;
        let folder = self.folder.display();
        fs::create_dir_all(&self.folder).with_context(|| format!("the folder '{folder}' cannot be made"))?;
        let statements = ledger.statements(&Filter::default())?;
        let tables = [
            export::events_table(&events),
            export::tellings_table(&events),
            export::participants_table(&events),
            export::statements_table(&statements),
            export::claims_table(&ledger.claims()?),
            export::articles_table(&ledger.sources()?),
        ];
        for table in &tables {
            self.write(&format!("{}.csv", table.name), export::csv(table).as_bytes())?;
            self.write(&format!("{}.parquet", table.name), &export::parquet(table))?;
        }
        let texts = [
            ("events.json", serde_json::to_string(&events)? + "\n"),
            ("events.jsonld", export::json_ld(&events)),
            ("annotations.jsonld", export::web_annotation(&events)),
            ("events.ics", export::ics(&events)),
            ("events.geojson", export::geojson(&events)),
            ("corrections.json", serde_json::to_string(&ledger.corrections()?)? + "\n"),
            ("datapackage.json", export::datapackage(&ledger.digest()?)),
            ("codebook.md", export::codebook()),
        ];
        texts.iter().try_for_each(|(name, text)| self.write(name, text.as_bytes()))?;
        print(&format!("{} events written to {folder}\n", events.len()))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("'{}' cannot be written", path.display()))
    }
}
