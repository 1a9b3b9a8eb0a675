//! Checks the data files of `crate/data` and compiles them in.

mod phrases;
mod policy;
mod sites;
mod source;

#[expect(clippy::print_stdout, reason = "directions to cargo go to the standard output")]
fn main() {
    println!("cargo::rerun-if-changed=crate/data");
    let parts: [fn() -> Result<(), String>; 3] = [phrases::compile, sites::compile, policy::compile];
    for compile in parts {
        if let Err(message) = compile() {
            println!("cargo::error={message}");
        }
    }
}
