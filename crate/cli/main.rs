//! The command line `redress`: what the extension would read, decide and accept, from files.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod collect;
mod decide;
mod pages;
mod read;
mod verify;
mod zones;

/// Reads AliExpress order pages, computes the buyer's deadlines, verifies dossiers. Offline.
#[derive(Parser)]
#[command(version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what the extension would read from a saved page.
    Read(read::Arguments),
    /// Print state, deadlines and next step of one case or an array of cases.
    Decide(decide::Arguments),
    /// Check a dossier.
    Verify(verify::Arguments),
    /// Print what the extension knows of the shop's pages, as the build puts it into the extension.
    Pages,
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Pages => pages::run(),
    };
    match outcome {
        Ok(code) => code,
        Err(message) => {
            // One clear line; every command's errors end here.
            #[expect(clippy::print_stderr, reason = "the command line's own channel for errors")]
            {
                eprintln!("redress: {message}");
            }
            ExitCode::from(2)
        }
    }
}
