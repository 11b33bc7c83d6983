//! Records in the forms of other programs.

mod annotation;
mod brat;
mod conllu;
mod csv;
mod timeml;

pub use annotation::web_annotation;
pub use brat::brat;
pub use conllu::conllu;
pub use csv::csv;
pub use timeml::timeml;
