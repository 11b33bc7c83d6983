use std::path::{Path, PathBuf};

use legation_knowledge::LoadError;

/// Why a ledger cannot be used. The file is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// There is no file.
    #[error("there is no ledger '{}'\n  help: make one by adding articles: legation --ledger {} add FILE…", .0.display(), .0.display())]
    Missing(PathBuf),
    /// The folder is missing.
    #[error("there is no folder '{}' for the ledger\n  help: make the folder first, or name another with --ledger", .0.display())]
    NoFolder(PathBuf),
    /// A file that is no ledger.
    #[error("'{}' is no ledger of Legation; it was not touched\n  help: name another file with --ledger", .0.display())]
    Foreign(PathBuf),
    /// Written by a newer version.
    #[error("'{}' was written by a newer Legation (form {found}, this one knows {known}); it was not touched\n  help: update Legation, or name another file with --ledger", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Pages that make no sense.
    #[error("'{}' is damaged: {detail}\n  help: go back to a copy, or add the articles to a new ledger", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database says.
        detail: String,
    },
    /// The file or its folder cannot be written.
    #[error("'{}' cannot be written; nothing was changed\n  help: check the permissions of the file and its folder", .0.display())]
    ReadOnly(PathBuf),
    /// Another process writes.
    #[error("another Legation is writing to '{}'; what was acknowledged is kept\n  help: wait until it has finished, then run the same command again", .0.display())]
    Busy(PathBuf),
    /// The disk is full.
    #[error("the disk is full; every article counted so far is kept in '{}'\n  help: make room, then run the same command again", .0.display())]
    Full(PathBuf),
    /// Anything else that the database says.
    #[error("the ledger '{}' failed: {detail}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What the database says.
        detail: String,
    },
    /// A knowledge file.
    #[error(transparent)]
    Knowledge(#[from] LoadError),
    /// No such telling or event.
    #[error(
        "the ledger has no event or telling '{0}'\n  help: ids stand at the end of each line of `legation events`"
    )]
    Unknown(String),
    /// Nobody goes by this name.
    #[error(
        "no article of the ledger names '{0}'\n  help: `legation who NAME` lists who goes by a name or surname"
    )]
    Nobody(String),
    /// A word that a question cannot use: as what, which, and those that are written most like it.
    #[error("there is no {term} '{asked}'; the nearest are {}", .near.join(", "))]
    NoSuch {
        /// "kind of event", "country", …
        term: &'static str,
        /// The word.
        asked: String,
        /// Others, the nearest first.
        near: Vec<String>,
    },
    /// A full-text question without a word.
    #[error(
        "'{0}' has no letter and no digit to look for\n  help: give a word, \"words in this order\", or a beginning: minist*"
    )]
    Wordless(String),
    /// The tellings are not together, or are together already.
    #[error("{0}")]
    Pointless(String),
}

impl Fault {
    /// What a database error means for the user.
    #[must_use]
    pub fn of(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        let detail = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::NotADatabase) => Self::Foreign(path),
            Some(Code::DatabaseCorrupt) => Self::Damaged { path, detail },
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => Self::ReadOnly(path),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy(path),
            Some(Code::DiskFull) => Self::Full(path),
            _ => Self::Database { path, detail },
        }
    }
}
