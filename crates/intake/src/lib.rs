//! Articles out of pages and archives that strangers made.
//!
//! Nothing here can hang or crash on what it is given: pages are read as a stream of tags with a cap on depth, never as a
//! tree that calls itself, and every buffer has a limit. What cannot be read is a [`Refused`] that says why.
//!
//! ```
//! let html = "<title>Talks end | The Gazette</title><meta property='article:published_time' content='2024-05-16T09:00:00Z'>\
//!     <article><p>The two foreign ministers ended their talks in Vienna on Thursday without an agreement.</p>\
//!     <p>They will meet again in June, the Austrian government said in a statement.</p></article>";
//! let page = legation_intake::page(html, None)?;
//! assert_eq!(page.article.meta.headline.as_deref(), Some("Talks end"));
//! assert_eq!(page.article.meta.published.unwrap().to_string(), "2024-05-16");
//! assert!(page.article.text.starts_with("The two foreign ministers"));
//! # Ok::<(), legation_intake::Refused>(())
//! ```

mod day;
mod encoding;
mod feed;
mod html;
mod http;
mod mail;
mod refused;
mod sniff;
mod unpack;
mod warc;

pub use day::day_in;
pub use encoding::{decode, without_nul};
pub use feed::feed;
pub use html::{Page, Piece, page};
pub use mail::mail;
pub use refused::Refused;
pub use sniff::{Form, sniff};
pub use unpack::Unpacked;
pub use warc::{Captures, MOST_PAGE};
