//! The `pim` program.

fn main() {
    #[expect(clippy::print_stdout, reason = "scaffold")]
    match pim::content::embedded() {
        Ok(c) => println!("{} documents", c.documents.len()),
        Err(f) => println!("{f}"),
    }
}
