//! `redress verify`: whether a dossier holds. Offline.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use report::Report;

mod archive;
mod judge;
mod keys;
mod report;
mod stamps;
mod sums;

/// Arguments of `redress verify`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The dossier, a ZIP archive.
    file: PathBuf,
    /// Files that the dossier names as kept outside.
    outside: Vec<PathBuf>,
}

/// Runs the command: exit status 0 where everything holds, 1 where something does not. An error is one clear line
/// on why the file cannot be read at all.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let (name, file) = open(&arguments.file)?;
    let mut outside = Vec::new();
    for path in &arguments.outside {
        let (name, mut file) = open(path)?;
        let seen = archive::see(&mut file, &name).map_err(|error| format!("{name}: {error}"))?;
        outside.push((name, seen));
    }
    let mut report = Report::new();
    let contents = archive::read(file, &mut report)
        .map_err(|error| format!("{name} cannot be read as a ZIP archive: {}", report::printable(&error)))?;
    judge::judge(&contents, &outside, &mut report);
    std::io::stdout()
        .write_all(report.text().as_bytes())
        .map_err(|error| format!("the result cannot be written: {error}"))?;
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Opens a file, with its name as it can be printed.
fn open(path: &Path) -> Result<(String, File), String> {
    let name = report::printable(&path.to_string_lossy());
    let file = File::open(path).map_err(|error| format!("{name} cannot be opened: {error}"))?;
    let is_file = file.metadata().is_ok_and(|metadata| metadata.is_file());
    if is_file { Ok((name, file)) } else { Err(format!("{name} is not a file")) }
}
