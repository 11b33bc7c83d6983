//! A local page where the record is read, checked and corrected.
//!
//! [`Desk::open`] takes a port of this machine and a random token; [`Desk::serve`] answers whoever
//! knows the address. How articles are read and put in words is the [`Hand`]'s affair.

mod api;
mod assets;
mod crowd;
mod exchange;
mod guard;
mod known;
mod limits;
mod reply;
mod request;
mod rooms;
mod route;
mod server;
mod shown;

pub use limits::Limits;
pub use server::{Desk, Fault};
pub use shown::{Field, Hand, Item, Piece, Section, Shown, Tone};
