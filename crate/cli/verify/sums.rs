//! `SHA256SUMS`: one line per file, digest, two spaces, path (the text form of coreutils' sha256sum).

use std::collections::{BTreeMap, BTreeSet};

use redress::evidence::{SUMS_FILE, Sha256, is_safe_path};

use super::report::Report;

/// Reads the list; lines that are not well formed are reported and left out.
pub(super) fn read(list: &[u8], report: &mut Report) -> BTreeMap<String, Sha256> {
    let mut sums = BTreeMap::new();
    let mut folded = BTreeSet::new();
    let Some(lines) = std::str::from_utf8(list).ok().and_then(|text| text.strip_suffix('\n')) else {
        report.wrong(SUMS_FILE, "it is not a text that ends with a line feed");
        return sums;
    };
    for (line, number) in lines.split('\n').zip(1..) {
        let Some((digest, path)) = parse(line) else {
            report.wrong(SUMS_FILE, format!("line {number} is not a digest, two spaces and a plain path"));
            continue;
        };
        if path == SUMS_FILE || !folded.insert(path.to_ascii_lowercase()) {
            report.wrong(SUMS_FILE, format!("line {number} lists itself or a path for the second time"));
        }
        sums.insert(path.to_owned(), digest);
    }
    sums
}

fn parse(line: &str) -> Option<(Sha256, &str)> {
    let (digest, path) = line.split_once("  ")?;
    let digest = digest.parse().ok()?;
    is_safe_path(path).then_some((digest, path))
}
