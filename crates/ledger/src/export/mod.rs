//! Forms that scholars, newsrooms, calendars, maps and the web of data use.

mod csv;
mod geojson;
mod ics;
mod linked;
mod package;
mod parquet;
mod table;
mod thrift;

pub use csv::csv;
pub use geojson::geojson;
pub use ics::ics;
pub use linked::{json_ld, web_annotation};
pub use package::{codebook, datapackage};
pub use parquet::parquet;
pub use table::{
    Sort, Table, articles_table, claims_table, events_table, participants_table, statements_table,
    tellings_table,
};
