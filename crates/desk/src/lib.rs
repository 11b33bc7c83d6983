//! A local page where the record is read, checked and corrected.
//!
//! [`Desk::open`] takes a port of this machine and a random token; [`Desk::serve`] answers whoever
//! knows the address. How articles are read and put in words is the [`Hand`]'s affair.

mod api;
mod assets;
mod guard;
mod known;
mod reply;
mod request;
mod route;
mod server;
mod shown;

pub use server::{Desk, Fault};
pub use shown::{Field, Hand, Item, Piece, Section, Shown, Tone};
