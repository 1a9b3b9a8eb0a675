//! What `redress verify` says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// What stands in the place of a path where the archive as a whole is meant.
pub(super) const ARCHIVE: &str = "(archive)";

/// What is wrong with a file.
enum Fault {
    Wrong(String),
    Missing,
    NotListed,
}

/// Faults by path, and what else is to be said.
pub(super) struct Report {
    paths: BTreeSet<String>,
    faults: BTreeMap<String, Vec<Fault>>,
    notes: Vec<String>,
    summary: String,
}

impl Report {
    pub(super) const fn new() -> Self {
        Self { paths: BTreeSet::new(), faults: BTreeMap::new(), notes: Vec::new(), summary: String::new() }
    }

    /// A file is in the archive; without a fault it is called ok.
    pub(super) fn found(&mut self, path: &str) {
        self.paths.insert(path.to_owned());
    }

    pub(super) fn wrong(&mut self, path: &str, why: impl Into<String>) {
        self.fault(path, Fault::Wrong(why.into()));
    }

    pub(super) fn missing(&mut self, path: &str) {
        self.fault(path, Fault::Missing);
    }

    pub(super) fn not_listed(&mut self, path: &str) {
        self.fault(path, Fault::NotListed);
    }

    /// Something worth knowing that is not wrong.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// What the dossier holds; a part of the verdict where everything holds.
    pub(super) fn summary(&mut self, summary: String) {
        self.summary = summary;
    }

    pub(super) fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    /// The whole report, ASCII without control characters but line feeds, whatever the archive's names hold.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let paths: BTreeSet<_> = self.paths.iter().chain(self.faults.keys()).collect();
        let mut faults = 0;
        for path in paths {
            let name = printable(path);
            // Writing into a String cannot fail.
            let Some(found) = self.faults.get(path) else {
                let _ = writeln!(text, "ok          {name}");
                continue;
            };
            faults += found.len();
            for fault in found {
                let _ = match fault {
                    Fault::Wrong(why) => writeln!(text, "WRONG       {name}: {}", printable(why)),
                    Fault::Missing => writeln!(text, "missing     {name}"),
                    Fault::NotListed => writeln!(text, "not listed  {name}"),
                };
            }
        }
        for note in &self.notes {
            let _ = writeln!(text, "note        {}", printable(note));
        }
        let _ = if self.holds() {
            writeln!(
                text,
                "The dossier holds: {}.\nIts files fit together. Who made them is not shown; see README.txt.",
                printable(&self.summary)
            )
        } else {
            writeln!(text, "The dossier does not hold: {faults} found wrong, missing or not listed.")
        };
        text
    }

    fn fault(&mut self, path: &str, fault: Fault) {
        self.faults.entry(path.to_owned()).or_default().push(fault);
    }
}

/// The text with everything but printable ASCII escaped, so that no name can act on a terminal or deceive the eye.
pub(super) fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if character == ' ' || character.is_ascii_graphic() {
            safe.push(character);
        } else {
            safe.extend(character.escape_default());
        }
    }
    safe
}
