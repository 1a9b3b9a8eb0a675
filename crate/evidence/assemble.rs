//! The files of a dossier.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    CASE_FILE, CHAIN_FILE, CaptureId, CaseDocument, CaseFormat, ChainDocument, ChainEntry, ChainFormat,
    ChainHead, DossierError, Exhibit, FORMAT_VERSION, README_FILE, Record, SUMS_FILE, Sha256, Stamp,
    check::{check_exhibits, check_stamps},
    instant,
    readme::readme,
    verify,
};

/// The evidence of one order, checked and numbered, before it becomes files.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    pub(super) order_id: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) extension_version: String,
    pub(super) exhibits: Vec<Exhibit>,
    pub(super) entries: Vec<ChainEntry>,
    pub(super) keys: Vec<String>,
    pub(super) stamps: Vec<Stamp>,
}

/// One file of the archive. The archive keeps the order of the list and stores the files without compression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DossierFile {
    /// Path in the archive, see [`super::is_safe_path`].
    pub path: String,
    /// The bytes, or where they are.
    pub content: DossierContent,
    /// Digest of the bytes.
    pub sha256: Sha256,
    /// Number of bytes.
    pub bytes: u64,
    /// Time for the archive: of the capture, of adding or of the time-stamp, else of the dossier.
    #[serde(with = "instant")]
    pub modified: DateTime<Utc>,
}

/// What a file holds: `{"text": "…"}`, `{"capture": "id"}` or `{"stamp": "digest"}` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DossierContent {
    /// This text as UTF-8.
    Text(String),
    /// The unchanged bytes of this capture or attachment; they stay in the vault until the archive is written.
    Capture(CaptureId),
    /// The unchanged bytes of the time-stamp with this digest, which stay in the vault likewise.
    Stamp(Sha256),
}

impl Dossier {
    /// Gathers the evidence of an order. `records` are all records of this order in the vault, in any order;
    /// `entries` is the whole chain of the vault, oldest first; `created_at` is now; `keys` are the public keys of the
    /// vault as PEM; `stamps` are time-stamps of entries of the chain that cover records of the order, in any order.
    ///
    /// The first thing that would keep the dossier from being verified is the error.
    pub fn new(
        order_id: String,
        records: Vec<Record>,
        entries: Vec<ChainEntry>,
        created_at: DateTime<Utc>,
        extension_version: String,
        keys: Vec<String>,
        mut stamps: Vec<Stamp>,
    ) -> Result<Self, DossierError> {
        verify(&entries)?;
        let exhibits = Exhibit::number(records, &entries);
        stamps.sort_by_key(Stamp::place);
        let errors = check_exhibits(&order_id, &exhibits, &entries);
        match errors.into_iter().chain(check_stamps(&stamps, &exhibits, &entries)).next() {
            Some(error) => Err(error),
            None => Ok(Self { order_id, created_at, extension_version, exhibits, entries, keys, stamps }),
        }
    }

    /// Captures and attachments, numbered.
    pub fn exhibits(&self) -> &[Exhibit] {
        &self.exhibits
    }

    /// What `case.json` holds; `case` is whatever describes the case.
    pub fn case_document<C>(&self, case: C) -> CaseDocument<C> {
        CaseDocument {
            format: CaseFormat::Dossier,
            format_version: FORMAT_VERSION,
            order_id: self.order_id.clone(),
            created_at: self.created_at,
            extension_version: self.extension_version.clone(),
            chain: ChainHead::of(&self.entries),
            captures: self.exhibits.clone(),
            timestamps: self.stamps.clone(),
            case,
        }
    }

    /// What `chain.json` holds.
    pub fn chain_document(&self) -> ChainDocument {
        ChainDocument {
            format: ChainFormat::Chain,
            format_version: FORMAT_VERSION,
            entries: self.entries.clone(),
            keys: self.keys.clone(),
        }
    }

    /// The files of the archive, `SHA256SUMS` last.
    ///
    /// `case_json` and `chain_json` are [`Self::case_document`] and [`Self::chain_document`] as JSON; they are taken
    /// as they are.
    pub fn assemble(&self, case_json: String, chain_json: String) -> Vec<DossierFile> {
        let mut files = vec![
            self.text(README_FILE, readme(self)),
            self.text(CASE_FILE, case_json),
            self.text(CHAIN_FILE, chain_json),
        ];
        files.extend(self.exhibits.iter().filter_map(|exhibit| {
            let record = &exhibit.record;
            Some(DossierFile {
                path: exhibit.file.clone()?,
                content: DossierContent::Capture(record.id().clone()),
                sha256: record.sha256(),
                bytes: record.bytes(),
                modified: record.at(),
            })
        }));
        files.extend(Stamp::files(&self.stamps).map(|(path, stamp)| DossierFile {
            path,
            content: DossierContent::Stamp(stamp.sha256),
            sha256: stamp.sha256,
            bytes: stamp.bytes,
            modified: stamp.reply.as_ref().map_or(self.created_at, |reply| reply.at),
        }));
        // The form of coreutils' sha256sum: digest, two spaces, path.
        let mut sums = String::new();
        for file in &files {
            // Writing into a String cannot fail.
            let _ = writeln!(sums, "{}  {}", file.sha256, file.path);
        }
        files.push(self.text(SUMS_FILE, sums));
        files
    }

    fn text(&self, path: &str, text: String) -> DossierFile {
        DossierFile {
            path: path.to_owned(),
            sha256: Sha256::of(&text),
            bytes: text.len() as u64,
            content: DossierContent::Text(text),
            modified: self.created_at,
        }
    }
}
