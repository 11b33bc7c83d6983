use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use legation_app::{input, outline};

use super::{Color, print, reader};

/// Show the peace plans and other proposals of articles, and compare their provisions
#[derive(Debug, Args)]
pub struct Plans {
    /// Articles as plain UTF-8 text; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Plans {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let reader = reader(knowledge)?;
        let records: Vec<_> =
            self.files.iter().map(|file| Ok(reader.read(input::read(file, None)?))).collect::<Result<_>>()?;
        print(&outline::plans(&records, Color::Auto.layout()))
    }
}
