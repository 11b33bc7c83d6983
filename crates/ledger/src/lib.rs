//! Many records, one story.
//!
//! A [`Ledger`] is one SQLite file. [`Ledger::append`] adds records: articles, who and what they tell of, statements,
//! claims. [`Ledger::settle`] makes anew what follows from all of them: which tellings tell of one
//! event, where that event stands, who tells it independently, and where they contradict each other.
//! The result depends on what was added and decided, never on the order or the number of threads.

mod append;
mod audit;
mod brief;
mod check;
mod correct;
mod countries;
mod diff;
mod digest;
pub mod export;
mod fault;
mod identity;
#[cfg(test)]
mod made;
mod near;
pub mod query;
mod reread;
mod review;
mod sameness;
#[cfg(test)]
mod scratch;
mod settle;
mod store;
mod telling;
mod terms;
mod verify;
mod words;

pub use append::Appended;
pub use audit::{Share, alpha};
pub use brief::{Brief, Cited, Sentence};
pub use check::{Answer, Verdict};
pub use correct::{By, Change, Correction};
pub use diff::Difference;
pub use digest::article_id;
pub use fault::Fault;
pub use reread::{Reread, Told};
pub use review::Due;
pub use settle::{Merged, Named, Names, Settled, Slip, Slips};
pub use store::Ledger;
pub use verify::Verified;
