use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use legation_ledger::{export, query::Filter};

use super::{ask::Place, print};

/// Write the whole ledger as tables: one row per event, one per telling
///
/// The folder gets events.csv, tellings.csv, events.json and datapackage.json. The same articles give the same bytes, in
/// whatever order they were added.
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
        let files = [
            ("events.csv", export::events_csv(&events)),
            ("tellings.csv", export::accounts_csv(&events)),
            ("events.json", serde_json::to_string(&events)? + "\n"),
            ("datapackage.json", export::datapackage(&ledger.digest()?)),
        ];
        for (name, text) in files {
            let path = self.folder.join(name);
            fs::write(&path, text).with_context(|| format!("'{}' cannot be written", path.display()))?;
        }
        print(&format!("{} events written to {folder}\n", events.len()))
    }
}
