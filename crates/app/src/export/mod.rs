//! Records in the forms of other programs.

mod annotation;
mod brat;
mod csv;
mod timeml;

pub use annotation::web_annotation;
pub use brat::brat;
pub use csv::{csv, times_csv};
pub use timeml::timeml;
