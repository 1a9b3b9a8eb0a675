//! Checks the data files of `crate/data` and compiles them in.

mod phrases;
mod sites;
mod source;

#[expect(clippy::print_stdout, reason = "the way a build script speaks to cargo")]
fn main() {
    println!("cargo::rerun-if-changed=crate/data");
    let parts: [fn() -> Result<(), String>; 2] = [phrases::compile, sites::compile];
    for compile in parts {
        if let Err(message) = compile() {
            println!("cargo::error={message}");
        }
    }
}
