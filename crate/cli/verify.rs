//! `redress verify`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

/// Arguments of `redress verify`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The file to verify.
    file: PathBuf,
}

/// Runs the command. An error is one clear line.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    Err(format!("{} cannot be used yet", arguments.file.display()))
}
