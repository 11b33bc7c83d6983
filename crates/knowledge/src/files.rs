use std::{borrow::Cow, collections::BTreeMap, fs, io, path::Path};

use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};

use crate::LoadError;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../knowledge");

/// The knowledge files by path (`lexicon/cues.tsv`), in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Files {
    texts: BTreeMap<String, Cow<'static, str>>,
}

impl Files {
    /// The files that came with the program.
    #[must_use]
    pub fn built_in() -> Self {
        let mut files = Self::default();
        files.take(&BUILT_IN);
        files
    }

    /// Adds a user's folder: a file of the same path replaces ours, others are added.
    ///
    /// # Errors
    /// When there is no such folder, or a folder or file cannot be read or is not UTF-8.
    pub fn overlay(&mut self, folder: &Path) -> Result<(), LoadError> {
        if !folder.is_dir() {
            let fault = LoadError::new(&folder.display().to_string(), 1, 1, "there is no such folder");
            return Err(fault.help(
                "name a folder that is laid out as `knowledge/` is: rules/, lexicon/, gazetteer/, ontology/",
            ));
        }
        self.overlay_below(folder, "")
    }

    /// Adds or replaces one file.
    pub fn insert(&mut self, path: &str, text: impl Into<String>) {
        self.texts.insert(path.to_owned(), Cow::Owned(text.into()));
    }

    /// The text of one file.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn text(&self, path: &str) -> Result<&str, LoadError> {
        let missing = || LoadError::new(path, 1, 1, "this knowledge file is missing");
        self.texts.get(path).map(AsRef::as_ref).ok_or_else(missing)
    }

    /// Path and text of the files below a folder (`rules/time/`) with an ending (`.rule`).
    pub fn below<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let wanted = move |path: &str| path.starts_with(folder) && path.ends_with(ending);
        let found = self.texts.iter().filter(move |(path, _)| wanted(path));
        found.map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// SHA-256 over paths and texts, in the order of the paths, as 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (path, text) in &self.texts {
            for part in [path.as_bytes(), text.as_bytes()] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        hash.finalize().iter().fold(String::with_capacity(64), |all, byte| all + &format!("{byte:02x}"))
    }

    fn take(&mut self, dir: &Dir<'static>) {
        for file in dir.files() {
            let text = file.contents_utf8().unwrap_or_default();
            self.texts.insert(file.path().to_string_lossy().replace('\\', "/"), Cow::Borrowed(text));
        }
        dir.dirs().for_each(|dir| self.take(dir));
    }

    fn overlay_below(&mut self, folder: &Path, prefix: &str) -> Result<(), LoadError> {
        let fault = |error: io::Error| LoadError::new(&folder.display().to_string(), 1, 1, error.to_string());
        let mut entries: Vec<_> =
            fs::read_dir(folder).map_err(fault)?.collect::<Result<_, _>>().map_err(fault)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.overlay_below(&entry.path(), &format!("{path}/"))?;
            } else {
                self.insert(&path, fs::read_to_string(entry.path()).map_err(fault)?);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_follows_paths_and_texts() {
        let of = |path: &str, text: &str| {
            let mut files = Files::default();
            files.insert(path, text);
            files.digest()
        };
        assert_eq!(of("a", "b"), of("a", "b"));
        assert_ne!(of("a", "b"), of("ab", ""));
        assert_eq!(of("a", "b").len(), 64);
    }
}
