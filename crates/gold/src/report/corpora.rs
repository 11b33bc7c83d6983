use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::task::Task;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    corpus: Vec<Corpus>,
}

/// A corpus: where it lies, what it is for and under which licence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corpus {
    pub name: String,
    /// The task it measures; none of a corpus that only speed is measured on.
    pub task: Option<Task>,
    /// Below the folder of corpora.
    pub path: PathBuf,
    #[allow(dead_code, reason = "for people who read the list")]
    pub licence: String,
    #[allow(dead_code, reason = "for people who read the list")]
    pub origin: String,
    /// Of the file as it lies there.
    pub sha256: String,
    pub split: String,
    /// Who has read it: `nobody`, or what it was used for.
    #[allow(dead_code, reason = "for docs/accuracy.md")]
    pub seen: String,
    /// Read from raw text (ud).
    #[serde(default)]
    pub raw: bool,
    /// Measure speed here.
    #[serde(default)]
    pub speed: bool,
    /// The gold that comes with the list, where `path` holds the texts alone: below the folder of the list.
    pub standoff: Option<PathBuf>,
    /// Files with the texts that the gold names.
    #[serde(default)]
    pub texts: Vec<PathBuf>,
    /// The article that the gold is about.
    pub article: Option<PathBuf>,
}

/// The corpora of a list.
pub fn read(path: &Path) -> anyhow::Result<Vec<Corpus>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let list: List = toml::from_str(&text).with_context(|| format!("{} is faulty", path.display()))?;
    Ok(list.corpus)
}

impl Corpus {
    /// Its file, where it is there; a file that is not the one meant is an error.
    pub fn present(&self, folder: &Path) -> anyhow::Result<Option<PathBuf>> {
        let path = folder.join(&self.path);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        anyhow::ensure!(sum == self.sha256, "{} is not the file meant: its SHA-256 is {sum}", path.display());
        Ok(Some(path))
    }
}
