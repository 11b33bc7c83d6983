use std::path::Path;

use anyhow::Result;
use clap::Subcommand;
use legation_app::Reader;

use super::{files, print};

/// Look into the knowledge, or check a folder of your own
#[derive(Debug, Subcommand)]
pub enum Knowledge {
    /// Load all of it and name the first fault by file, line and column
    Check,
}

impl Knowledge {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        match self {
            Self::Check => check(knowledge),
        }
    }
}

fn check(knowledge: Option<&Path>) -> Result<()> {
    let files = files(knowledge)?;
    Reader::with(&files)?;
    print(&format!("{} files hold together\n", files.below("", "").count()))
}
