//! Questions to a ledger: events, statements and people, with the articles and words behind them.

mod event;
mod filter;
mod people;
mod statement;

pub use event::{Account, Disagreement, EventRow, Life, MemberRow};
pub use filter::Filter;
pub use people::PersonRow;
pub use statement::StatementRow;
