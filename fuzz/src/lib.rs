//! Laws that hold whatever bytes come in. Each function takes the bytes of one kind and panics where a law is broken.

mod foreign;
#[cfg(feature = "whole")]
mod whole;

pub use foreign::*;
#[cfg(feature = "whole")]
pub use whole::*;
