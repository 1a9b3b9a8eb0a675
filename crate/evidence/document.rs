//! The two JSON documents of a dossier.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ChainEntry, Exhibit, Sha256, Stamp, instant};

/// Version of both documents that this program writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// Path of the text that explains a dossier.
pub const README_FILE: &str = "README.txt";
/// Path of [`CaseDocument`].
pub const CASE_FILE: &str = "case.json";
/// Path of [`ChainDocument`].
pub const CHAIN_FILE: &str = "chain.json";
/// Path of the list of digests.
pub const SUMS_FILE: &str = "SHA256SUMS";

/// Marks a [`CaseDocument`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseFormat {
    /// The only value.
    #[serde(rename = "redress-dossier")]
    Dossier,
}

/// Marks a [`ChainDocument`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChainFormat {
    /// The only value.
    #[serde(rename = "redress-chain")]
    Chain,
}

/// `case.json`: the exhibits, and the case as the caller describes it. `redress verify` needs every field but looks
/// into `case` no further than that it is JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseDocument<C> {
    /// Always `redress-dossier`.
    pub format: CaseFormat,
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// The order, digits only.
    pub order_id: String,
    /// When the dossier was made; UTC with milliseconds.
    #[serde(with = "instant")]
    pub created_at: DateTime<Utc>,
    /// Version of the extension that made it.
    pub extension_version: String,
    /// How long the chain in `chain.json` is, and its last hash.
    pub chain: ChainHead,
    /// All captures and attachments of the order that were not deleted, in the order of the chain.
    pub captures: Vec<Exhibit>,
    /// The time-stamps of the log that cover any of them, in the order of its entries; their files are those of
    /// [`Stamp::files`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timestamps: Vec<Stamp>,
    /// Facts, deadlines and steps of the case.
    pub case: C,
}

/// The end of a chain. Without it, entries cut off at the end would go unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainHead {
    /// Number of entries.
    pub entries: u32,
    /// `hash` of the last entry; [`Sha256::ZERO`] where there is none.
    pub head: Sha256,
}

impl ChainHead {
    /// The end of this chain, oldest entry first.
    pub fn of(entries: &[ChainEntry]) -> Self {
        entries.last().map_or(Self { entries: 0, head: Sha256::ZERO }, |last| Self {
            entries: last.seq,
            head: last.hash,
        })
    }
}

/// `chain.json`: the chain of the whole vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainDocument {
    /// Always `redress-chain`.
    pub format: ChainFormat,
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Oldest entry first.
    pub entries: Vec<ChainEntry>,
    /// The public keys that entries name, each as the lines of a PEM file (`SubjectPublicKeyInfo`, P-256).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}
