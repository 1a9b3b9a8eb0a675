//! The files of a dossier. They are made in two steps, because JSON is written by the browser: its documents, then the archive.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    app::AppError,
    evidence::{
        CaseDocument, ChainDocument, ChainEntry, Dossier, DossierError, DossierFile, Record, Stamp, compact,
    },
};

/// What a dossier is made of.
#[derive(Debug, Deserialize)]
pub struct Packing {
    /// The order.
    pub order_id: String,
    /// The records of all captures and attachments of the order.
    pub records: Vec<Record>,
    /// The chain of the whole vault, oldest entry first.
    pub chain: Vec<ChainEntry>,
    /// The public keys of the vault, as PEM.
    pub keys: Vec<String>,
    /// The time-stamps of entries of the chain that cover any of the records.
    pub stamps: Vec<Stamp>,
    /// When it is made, milliseconds since 1970.
    pub made_ms: i64,
    /// The extension's version.
    pub extension_version: String,
}

/// The documents of a dossier before they are written as JSON.
#[derive(Debug, Serialize)]
pub struct Documents {
    /// `case.json`, but for what it says of the case: `case` is to be filled in.
    pub case: CaseDocument<()>,
    /// `chain.json`.
    pub chain: ChainDocument,
}

/// The archive: its name and its files in order.
#[derive(Debug, Serialize)]
pub struct Archive {
    /// The name of the ZIP file.
    pub name: String,
    /// Its files.
    pub files: Vec<DossierFile>,
}

impl Packing {
    /// The documents. The first thing that would keep the dossier from being verified is the error.
    pub fn documents(self) -> Result<Documents, AppError> {
        let dossier = self.dossier()?;
        Ok(Documents { case: dossier.case_document(()), chain: dossier.chain_document() })
    }

    /// The archive, with its documents as JSON.
    pub fn archive(self, case_json: String, chain_json: String) -> Result<Archive, AppError> {
        let name = format!("redress-{}-{}.zip", self.order_id, compact(self.made_at()));
        Ok(Archive { name, files: self.dossier()?.assemble(case_json, chain_json) })
    }

    fn made_at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.made_ms).unwrap_or_default()
    }

    fn dossier(self) -> Result<Dossier, DossierError> {
        let made_at = self.made_at();
        let Self { order_id, records, chain, keys, stamps, extension_version, .. } = self;
        Dossier::new(order_id, records, chain, made_at, extension_version, keys, stamps)
    }
}
