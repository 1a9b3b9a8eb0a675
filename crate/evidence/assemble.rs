//! The files of a dossier.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    CASE_FILE, CHAIN_FILE, CaptureId, CaseDocument, CaseFormat, ChainDocument, ChainEntry, ChainFormat,
    ChainHead, DossierError, Exhibit, FORMAT_VERSION, README_FILE, Record, SUMS_FILE, Sha256,
    check::check_exhibits, instant, readme::readme, verify,
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
    /// Time for the archive: of the capture or of adding, else of the dossier.
    #[serde(with = "instant")]
    pub modified: DateTime<Utc>,
}

/// What a file holds: `{"text": "…"}` or `{"capture": "id"}` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DossierContent {
    /// This text as UTF-8.
    Text(String),
    /// The unchanged bytes of this capture or attachment; they stay in the vault until the archive is written.
    Capture(CaptureId),
}

impl Dossier {
    /// Gathers the evidence of an order. `records` are all records of this order in the vault, in any order;
    /// `entries` is the whole chain of the vault, oldest first; `created_at` is now; `keys` are the public keys of the
    /// vault as PEM.
    ///
    /// The first thing that would keep the dossier from being verified is the error.
    pub fn new(
        order_id: String,
        records: Vec<Record>,
        entries: Vec<ChainEntry>,
        created_at: DateTime<Utc>,
        extension_version: String,
        keys: Vec<String>,
    ) -> Result<Self, DossierError> {
        verify(&entries)?;
        let exhibits = Exhibit::number(records, &entries);
        match check_exhibits(&order_id, &exhibits, &entries).into_iter().next() {
            Some(error) => Err(error),
            None => Ok(Self { order_id, created_at, extension_version, exhibits, entries, keys }),
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
