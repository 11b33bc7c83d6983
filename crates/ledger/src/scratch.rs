//! Folders for tests, gone when the test ends.

use std::path::{Path, PathBuf};

use legation_knowledge::Files;

use crate::Ledger;

/// A folder of its own.
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder for the test of this name.
    pub fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("legation-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// A path in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A new ledger in it.
    pub fn ledger(&self, name: &str) -> Ledger {
        Ledger::open(&self.file(name), &Files::built_in()).unwrap()
    }
}

impl AsRef<Path> for Scratch {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
