//! `bindgen MODULE.wasm NAME FOLDER`: writes `NAME.js` and `NAME_bg.wasm` of a core that rustc compiled.
//!
//! wasm-bindgen's command line brings a test runner and a web server with it, and takes three minutes to compile.

use std::{env, process::ExitCode};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let [module, name, folder] = match <[String; 3]>::try_from(env::args().skip(1).collect::<Vec<_>>()) {
        Ok(arguments) => arguments,
        Err(_) => return failed("usage: bindgen MODULE.wasm NAME FOLDER"),
    };
    match write(&module, &name, &folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("{error:#}")),
    }
}

/// An instance that panicked is replaced by a new one (extension/core.js): that needs a function to begin anew.
fn write(module: &str, name: &str, folder: &str) -> Result<()> {
    Bindgen::new()
        .web(true)?
        .typescript(false)
        .reset_state_function(true)
        .input_path(module)
        .out_name(name)
        .generate(folder)
        .with_context(|| format!("no bindings for {module}"))
}

fn failed(words: &str) -> ExitCode {
    eprintln!("{words}");
    ExitCode::FAILURE
}
