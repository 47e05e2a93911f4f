//! Content and themes are embedded; a file that is added must be noticed too.

fn main() {
    println!("cargo::rerun-if-changed=content");
    println!("cargo::rerun-if-changed=themes");
}
