//! Forms that scholars, newsrooms, calendars and maps use.

mod csv;
mod geojson;
mod ics;
mod package;

pub use csv::{accounts_csv, events_csv};
pub use geojson::geojson;
pub use ics::ics;
pub use package::datapackage;
