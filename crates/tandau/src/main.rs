//! The `tandau` program.
fn main() {}
