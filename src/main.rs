//! The `pim` program.

fn main() {}
