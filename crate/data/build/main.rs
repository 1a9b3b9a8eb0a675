//! Checks the data files of `crate/data` and compiles them in.

mod policy;

#[expect(clippy::print_stdout, reason = "directions to cargo go to the standard output")]
fn main() {
    println!("cargo::rerun-if-changed=crate/data");
    if let Err(message) = policy::compile() {
        println!("cargo::error={message}");
    }
}
