//! Questions to a ledger: events, statements and people, with the articles and words behind them.

mod browse;
mod event;
mod filter;
mod people;
mod search;
mod sense;
mod source;
mod statement;

pub use browse::{ArticleRow, Facet, Facets, Mark, Office, Overview};
pub(crate) use event::condition;
pub use event::{Account, Disagreement, EventRow, Life, MemberRow};
pub use filter::Filter;
pub(crate) use filter::{Asked, Where, asked};
pub use people::PersonRow;
pub use search::Found;
pub(crate) use sense::Of;
pub use source::{ClaimRow, Source};
pub use statement::StatementRow;
