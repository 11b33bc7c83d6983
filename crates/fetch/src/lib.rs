//! Pages and feeds from the network: the only code that goes there, and only when asked.
//!
//! Every address that a name stands for is checked at every hop, so no page can send us into the network we run in; size, time and
//! redirects have caps; `robots.txt` is obeyed and hosts are given time between requests.

mod fault;
mod fetcher;
mod guard;
mod robots;
mod watch;

pub use fault::FetchFault;
pub use fetcher::{Fetched, Fetcher, Limits, Tags};
pub use guard::is_public;
pub use robots::Robots;
pub use watch::{Feeds, Round, Watch};
