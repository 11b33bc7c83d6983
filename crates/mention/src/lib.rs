//! Who, when, according to whom: three readers over one parse, each adding a layer.

pub mod attribution;
pub mod entity;
pub mod time;
