//! The `reeve` command line.
fn main() {}
