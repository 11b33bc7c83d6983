use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use legation_ledger::{Ledger, export, query::Filter};

use super::{ask::Place, print};

/// Write the whole ledger as tables: one row per event, one per telling, one per statement
///
/// The folder gets events, participants, tellings, statements, background claims and articles (without their texts) as CSV and Parquet with datapackage.json and codebook.md, events as JSON,
/// JSON-LD, iCalendar and GeoJSON, Web Annotations, and the corrections. The same articles give the same bytes, in whatever
/// order they were added. Files appear when all of them are on the disk; until then those of an earlier export stay.
#[derive(Debug, Args)]
pub struct Export {
    /// Folder to write to; made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Export {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let ledger = place.ledger()?;
        let folder = self.folder.display();
        if self.folder.is_file() {
            bail!("'{folder}' is a file\n  help: name a folder; it is made where it is missing");
        }
        let events = Pending::open(&self.folder).and_then(|pending| written(&ledger, pending))?;
        print(&format!("{events} events written to {folder}\n"))
    }
}

/// Writes everything and tells how many events there are.
fn written(ledger: &Ledger, mut pending: Pending) -> Result<usize> {
    let events = ledger.events(&Filter::default())?;
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
        pending.write(&format!("{}.csv", table.name), export::csv(table).as_bytes())?;
        pending.write(&format!("{}.parquet", table.name), &export::parquet(table))?;
    }
    let texts = [
        ("events.json", serde_json::to_string(&events)? + "\n"),
        ("events.jsonld", export::json_ld(&events)),
        ("annotations.jsonld", export::web_annotation(&events)),
        ("events.ics", export::ics(&events)),
        ("events.geojson", export::geojson(&events)),
        ("corrections.json", serde_json::to_string(&ledger.corrections()?)? + "\n"),
        ("codebook.md", export::codebook()),
        // Last, for it says of which ledger all the others are.
        ("datapackage.json", export::datapackage(&ledger.digest()?)),
    ];
    texts.iter().try_for_each(|(name, text)| pending.write(name, text.as_bytes()))?;
    pending.finish()?;
    Ok(events.len())
}

/// Files on their way into a folder: under their names when all of them are whole, and gone where that fails.
struct Pending {
    folder: PathBuf,
    names: Vec<String>,
}

/// Where files stay until all of them are whole.
const UNFINISHED: &str = ".legation-unfinished";

impl Pending {
    fn open(folder: &Path) -> Result<Self> {
        let pending = Self { folder: folder.to_owned(), names: Vec::new() };
        let unfinished = pending.unfinished();
        // An export that was killed leaves it behind.
        let _ = fs::remove_dir_all(&unfinished);
        fs::create_dir_all(&unfinished).map_err(|why| fault(folder, &why))?;
        Ok(pending)
    }

    fn unfinished(&self) -> PathBuf {
        self.folder.join(UNFINISHED)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        put(&self.unfinished().join(name), bytes).map_err(|why| fault(&self.folder.join(name), &why))?;
        self.names.push(name.to_owned());
        Ok(())
    }

    fn finish(self) -> Result<()> {
        for name in &self.names {
            let to = self.folder.join(name);
            fs::rename(self.unfinished().join(name), &to).map_err(|why| fault(&to, &why))?;
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.unfinished());
    }
}

/// On the disk, not only on its way: after a rename an empty file would look whole.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn fault(path: &Path, why: &io::Error) -> anyhow::Error {
    let help = match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room, then run the same command again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "check the permissions of the folder, or name another"
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory => {
            "something else has this name; name another folder"
        }
        _ => "name another folder",
    };
    anyhow!("'{}' cannot be written: {why}; nothing was exported\n  help: {help}", path.display())
}
