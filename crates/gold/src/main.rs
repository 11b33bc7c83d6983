//! gold
fn main() {}
