//! Whether the files of a dossier agree with each other.

use std::collections::BTreeSet;

use redress::evidence::{
    CASE_FILE, CHAIN_FILE, CaseDocument, ChainDocument, ChainHead, DossierError, Exhibit, FORMAT_VERSION,
    MediaType, README_FILE, Record, SUMS_FILE, Stamp, check, verify,
};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use super::{
    archive::{Contents, SeenFile},
    keys,
    report::Report,
    stamps, sums,
};

/// A file that was given beside the archive, by its name.
pub(super) type Outside = (String, SeenFile);

/// Compares files, list of digests, case and chain, and reports all that does not fit. `outside` are files that lie beside the
/// archive.
pub(super) fn judge(contents: &Contents, outside: &[Outside], report: &mut Report) {
    for path in [README_FILE, CASE_FILE, CHAIN_FILE, SUMS_FILE] {
        if !contents.contains_key(path) {
            report.missing(path);
        }
    }
    judge_sums(contents, report);
    let case = document::<CaseDocument<IgnoredAny>>(contents, CASE_FILE, report);
    let chain = document::<ChainDocument>(contents, CHAIN_FILE, report);
    if let Some(case) = &case {
        judge_files(contents, case, report);
        judge_outside(outside, &case.captures, report);
    }
    match (case, chain) {
        (Some(case), Some(chain)) => {
            judge_documents(&case, &chain, report);
            stamps::judge(contents, &case.timestamps, &chain.entries, report);
            keys::judge(&chain, report);
        }
        // Without the case the chain can still be wrong in itself.
        (None, Some(chain)) => {
            if let Err(error) = verify(&chain.entries) {
                report.wrong(CHAIN_FILE, error.to_string());
            }
            keys::judge(&chain, report);
        }
        (_, None) => {}
    }
}

/// Every file but the list itself must be in the list, and as it says.
fn judge_sums(contents: &Contents, report: &mut Report) {
    let Some(list) = contents.get(SUMS_FILE) else { return };
    let sums = sums::read(&list.document, report);
    for (path, seen) in contents.iter().filter(|(path, _)| *path != SUMS_FILE) {
        match sums.get(path) {
            None => report.not_listed(path),
            Some(digest) if *digest != seen.sha256 => report.wrong(path, "its digest is not the listed one"),
            Some(_) => {}
        }
    }
    for path in sums.keys().filter(|path| !contents.contains_key(*path)) {
        // A required document was reported already.
        if ![README_FILE, CASE_FILE, CHAIN_FILE].contains(&path.as_str()) {
            report.missing(path);
        }
    }
}

/// Only as much of a document as tells its version.
#[derive(Deserialize)]
struct Header {
    format_version: u32,
}

fn document<D: DeserializeOwned>(contents: &Contents, path: &'static str, report: &mut Report) -> Option<D> {
    let json = &contents.get(path)?.document;
    // The version comes first: another version may well have other fields.
    let parsed = serde_json::from_slice::<Header>(json).and_then(|header| match header.format_version {
        FORMAT_VERSION => serde_json::from_slice(json).map(Ok),
        found => Ok(Err(DossierError::Version { file: path, found })),
    });
    match parsed {
        Ok(Ok(document)) => return Some(document),
        Ok(Err(version)) => report.wrong(path, version.to_string()),
        Err(error) => report.wrong(path, format!("it cannot be understood: {error}")),
    }
    None
}

/// The files must be those of the records, all of them and no others.
fn judge_files(contents: &Contents, case: &CaseDocument<IgnoredAny>, report: &mut Report) {
    let exhibits = &case.captures;
    for exhibit in exhibits {
        let Some(file) = &exhibit.file else { continue };
        match contents.get(file) {
            None => report.wrong(CASE_FILE, format!("there is no file {file} for its exhibit")),
            Some(seen) => judge_file(file, seen, &exhibit.record, report),
        }
    }
    let stamps: Vec<_> = Stamp::files(&case.timestamps).map(|(file, _)| file).collect();
    let named: BTreeSet<_> = exhibits
        .iter()
        .filter_map(|exhibit| exhibit.file.as_deref())
        .chain(stamps.iter().map(String::as_str))
        .chain([README_FILE, CASE_FILE, CHAIN_FILE, SUMS_FILE])
        .collect();
    for path in contents.keys().filter(|path| !named.contains(path.as_str())) {
        report.wrong(path, "case.json knows of no such file");
    }
}

fn judge_file(file: &str, seen: &SeenFile, record: &Record, report: &mut Report) {
    if seen.sha256 != record.sha256() {
        report.wrong(file, "its digest is not that of its record in case.json");
    }
    if seen.bytes != record.bytes() {
        report.wrong(file, format!("it has {} bytes, its record says {}", seen.bytes, record.bytes()));
    }
    if MediaType::of(&seen.start) != Some(record.media_type()) {
        report.wrong(file, format!("it does not begin as {} does", record.media_type().code()));
    }
}

/// Files that the buyer keeps: each that was given must be one of them, and what was not given is only named.
fn judge_outside(outside: &[Outside], exhibits: &[Exhibit], report: &mut Report) {
    let wanted: Vec<_> = exhibits.iter().filter(|exhibit| exhibit.file.is_none()).collect();
    for (name, seen) in outside {
        report.found(name);
        match wanted.iter().find(|exhibit| exhibit.record.sha256() == seen.sha256) {
            None => report.wrong(name, "no exhibit that is kept outside has its digest"),
            Some(exhibit) => judge_file(name, seen, &exhibit.record, report),
        }
    }
    for exhibit in wanted {
        let (record, number) = (&exhibit.record, exhibit.exhibit);
        let seen = outside.iter().any(|(_, seen)| seen.sha256 == record.sha256());
        let how = if seen { "given and the same" } else { "not looked at" };
        report.note(format!(
            "exhibit {number} is kept outside the archive, {how}: {} bytes, SHA-256 {}",
            record.bytes(),
            record.sha256()
        ));
    }
}

fn judge_documents(case: &CaseDocument<IgnoredAny>, chain: &ChainDocument, report: &mut Report) {
    for error in check(case, chain) {
        report.wrong(error.file(), error.to_string());
    }
    for step in verify(&chain.entries).into_iter().flat_map(|report| report.clock_steps) {
        let (seq, seconds) = (step.seq, step.back.num_seconds());
        report.note(format!("{CHAIN_FILE}: before entry {seq} the clock was set back by {seconds} s"));
    }
    let ChainHead { entries, head } = case.chain;
    report.summary(format!(
        "order {}, {} exhibits, {entries} log entries, last hash {head}",
        case.order_id,
        case.captures.len()
    ));
}
