//! Checks the data files of `crate/data` and compiles them in.

fn main() {
    println!("cargo::rerun-if-changed=crate/data");
}
