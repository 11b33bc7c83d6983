//! Questions to a ledger: events, statements and people, with the articles and words behind them.

mod browse;
mod event;
mod filter;
mod people;
mod search;
mod statement;

pub use browse::{ArticleRow, Facet, Facets, Mark, Office, Overview};
pub use event::{Account, Disagreement, EventRow, Life, MemberRow};
pub use filter::Filter;
pub(crate) use filter::{Asked, asked};
pub use people::PersonRow;
pub use search::Found;
pub use statement::StatementRow;
