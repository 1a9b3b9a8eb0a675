//! The ZIP archive: read without unpacking and without trusting it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufReader, Read},
};

use redress::evidence::{CASE_FILE, CHAIN_FILE, STAMP_FOLDER, START, SUMS_FILE, Sha256, is_safe_path};
use sha2::Digest as _;
use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use super::report::{ARCHIVE, Report};

/// A dossier has a handful of files; this many hold the memory and the output small.
const MOST_FILES: usize = 10_000;
/// The largest document that is read into memory, in bytes. A chain of 50,000 entries needs half of it.
const LARGEST_DOCUMENT: u64 = 64 << 20;
/// The largest time-stamp, in bytes: the extension takes none that is larger.
const LARGEST_STAMP: u64 = 1_000_000;
/// How many times its size an archive may grow when it is unpacked.
const LARGEST_GROWTH: u64 = 20;

/// A file as it is in the archive.
pub(super) struct SeenFile {
    /// Size in bytes.
    pub(super) bytes: u64,
    /// Digest of the bytes.
    pub(super) sha256: Sha256,
    /// The first bytes.
    pub(super) start: Vec<u8>,
    /// All bytes, where it is a document or a time-stamp, which the verifier reads.
    pub(super) document: Vec<u8>,
}

/// The files by path. Files with an unsafe path or without readable content are reported and left out.
pub(super) type Contents = BTreeMap<String, SeenFile>;

/// Reads every file once. The error is the one that keeps the archive from being read at all.
pub(super) fn read(file: File, report: &mut Report) -> Result<Contents, String> {
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| error.to_string())?;
    let mut contents = Contents::new();
    if let Err(why) = check_container(&mut archive, length) {
        report.wrong(ARCHIVE, why);
    }
    if archive.len() > MOST_FILES {
        report.wrong(ARCHIVE, format!("it has more than {MOST_FILES} files; none was read"));
        return Ok(contents);
    }
    let mut folded = BTreeSet::new();
    for index in 0..archive.len() {
        // From the archive's directory: there also where the file itself cannot be read.
        let name = archive.by_index_data(index).map(|entry| entry.name_raw().to_vec());
        let name = String::from_utf8_lossy(&name.unwrap_or_default()).into_owned();
        // A program that packs a folder again also writes the folder down. It holds nothing.
        if name.strip_suffix('/').is_some_and(is_safe_path)
            && archive.by_index(index).is_ok_and(|entry| entry.is_dir() && entry.size() == 0)
        {
            continue;
        }
        let seen = archive
            .by_index(index)
            .map_err(|error| error.to_string())
            .and_then(|mut entry| check_entry(&entry, &name).and_then(|()| see(&mut entry, &name)));
        report.found(&name);
        if !folded.insert(name.to_ascii_lowercase()) {
            report.wrong(&name, "the name is in the archive twice");
        }
        match seen {
            Ok(seen) => {
                contents.insert(name, seen);
            }
            Err(why) => report.wrong(&name, why),
        }
    }
    Ok(contents)
}

/// What programs would disagree about, or not show, when they unpack the archive.
fn check_container(archive: &mut ZipArchive<BufReader<File>>, length: u64) -> Result<(), String> {
    if archive.offset() != 0 {
        return Err("there is something before its first file".to_owned());
    }
    if !archive.comment().is_empty() {
        return Err("it has a comment".to_owned());
    }
    let mut claimed = 0_u64;
    for index in 0..archive.len() {
        claimed = claimed.saturating_add(archive.by_index_data(index).map_or(0, |entry| entry.size()));
    }
    // Pictures hardly shrink. What grows more than this is no dossier that was packed again.
    if claimed > length.saturating_mul(LARGEST_GROWTH) {
        return Err(format!(
            "its files claim {claimed} bytes, far more than an archive of {length} can hold"
        ));
    }
    archive.validate_header_consistency().map_err(|error| error.to_string())
}

fn check_entry(entry: &ZipFile<'_, BufReader<File>>, name: &str) -> Result<(), String> {
    let why = if !is_safe_path(name) || entry.name().map_or(true, |shown| shown != name) {
        "the path is not safe to unpack"
    } else if entry.is_symlink() {
        "it is a link"
    } else if entry.encrypted() {
        "it is encrypted"
    } else if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        "it is compressed in a way that this program does not read"
    } else if largest(name).is_some_and(|largest| entry.size() > largest) {
        "it is too large for a file that is read"
    } else {
        return Ok(());
    };
    Err(why.to_owned())
}

/// The most bytes of a file that is read into memory; none for files that are digested only.
fn largest(name: &str) -> Option<u64> {
    if [CASE_FILE, CHAIN_FILE, SUMS_FILE].contains(&name) {
        return Some(LARGEST_DOCUMENT);
    }
    name.starts_with(STAMP_FOLDER).then_some(LARGEST_STAMP)
}

/// What is in a file.
pub(super) fn see(entry: &mut impl Read, name: &str) -> Result<SeenFile, String> {
    let mut hasher = sha2::Sha256::new();
    let mut seen = SeenFile { bytes: 0, sha256: Sha256::ZERO, start: Vec::new(), document: Vec::new() };
    let mut buffer = [0; 8192];
    loop {
        let count = entry.read(&mut buffer).map_err(|error| format!("it cannot be read: {error}"))?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else { break };
        hasher.update(chunk);
        seen.bytes += chunk.len() as u64;
        if largest(name).is_some() {
            seen.document.extend_from_slice(chunk);
        }
        let wanted = START.saturating_sub(seen.start.len());
        seen.start.extend(chunk.iter().take(wanted));
    }
    seen.sha256 = Sha256::from_bytes(hasher.finalize().into());
    Ok(seen)
}
