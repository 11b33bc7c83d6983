//! Legation for other programs: [`Reader`] turns an article into a record.

mod reader;

pub use legation_record as record;
pub use reader::{Layers, LoadFault, Reader};
