//! Legation for other programs: [`Reader`] turns an article into a record.

pub mod add;
pub mod answer;
pub mod each;
pub mod export;
pub mod hand;
pub mod html;
pub mod input;
pub mod lines;
pub mod outline;
mod reader;
pub mod records;
pub mod samples;
pub mod schema;
pub mod source;
pub mod terminal;
pub mod view;

pub use legation_intake::without_nul;
pub use legation_record as record;
pub use reader::{Layers, LoadFault, Reader};
