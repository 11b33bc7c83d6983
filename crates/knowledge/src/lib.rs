//! Loads and checks `knowledge/`: gazetteers, word lists, ontologies and the rule language.
//!
//! Knowledge is text in files: [`Files`] holds them (built in, or overlaid by a user's folder),
//! [`Table`] reads tab-separated ones, and every fault is a [`LoadError`] that names file, line
//! and column and says what to write instead.

mod error;
mod files;
mod gazetteer;
mod pattern;
mod table;

pub use error::LoadError;
pub use files::Files;
pub use gazetteer::{
    Explanation, Gazetteer, Metonym, Office, Organisation, Origin, Person, Place, Region, Sense, State,
    Tenure, Unique, normalise,
};
pub use pattern::{Pattern, PatternError, Step};
pub use table::{Row, Table};
