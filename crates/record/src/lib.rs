//! The nouns of Legation: everything one article yields, and nothing about how it was read.
//!
//! A [`Record`] holds what an [`Article`] says: times, entities, attributions, events, proposals
//! and claims. Each statement about the world carries [`Evidence`]: the characters that support
//! it and the id of the rule or model that read them. [`Record::check`] verifies that every span
//! lies on character boundaries of the article.
//!
//! Offsets are **bytes of the UTF-8 text as received**, half-open. Exports that promise code
//! points convert with [`CodePoints`].
//!
//! ```
//! use legation_record::{Evidence, Span};
//! let text = "Xi visited Russia.";
//! let evidence = Evidence::new(Span::new(0, 2), "event/visit");
//! assert_eq!(evidence.spans[0].slice(text), Some("Xi"));
//! ```

mod article;
mod attribution;
mod claim;
mod date;
mod entity;
mod event;
mod evidence;
mod interval;
mod proposal;
mod record;
mod span;
mod time;

pub use article::{Article, ArticleMeta, DateCandidate, DatedBy, Published};
pub use attribution::{Act, Attribution, QuoteForm};
pub use claim::{Claim, ClaimKind, Comparison};
pub use date::{Date, DateError};
pub use entity::{Candidate, Entity, EntityKind, Mention, MentionKind, OfficeHeld};
pub use event::{
    Codes, Confidence, Event, Kind, Modality, Participant, Place, Polarity, Role, Status, WhenReason,
};
pub use evidence::Evidence;
pub use interval::{Granularity, Interval};
pub use proposal::{Omission, Point, Proposal};
pub use record::{Flaw, Record, SCHEMA_VERSION, Versions};
pub use span::{CodePoints, Span};
pub use time::{Timex, TimexKind};
