//! A time-stamp of the log, as a file of a dossier.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ChainEntry, Exhibit, Sha256, instant};

/// The folder of time-stamps in a dossier.
pub const STAMP_FOLDER: &str = "timestamps/";

/// A time-stamp of one entry of the log. What was stamped is the entry's hash, so the log up to that entry, with the records that
/// it logs, existed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The number of the entry.
    pub entry: u32,
    /// What the reply of an authority (RFC 3161) says. None for a proof of `OpenTimestamps`, which names no time by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Digest of the file's bytes.
    pub sha256: Sha256,
}

/// What the reply of an authority says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The time that it states; UTC with milliseconds, what is finer is cut off.
    #[serde(with = "instant")]
    pub at: DateTime<Utc>,
    /// Whose certificate signed it, as the extension read it.
    pub authority: String,
}

impl Stamp {
    /// Time-stamps with their files in the archive, for example `timestamps/01-entry-7.tsr`: numbers are padded so that names
    /// sort.
    pub fn files(stamps: &[Self]) -> impl Iterator<Item = (String, &Self)> {
        let width = stamps.len().to_string().len().max(2);
        stamps.iter().zip(1_u32..).map(move |(stamp, number)| {
            let kind = if stamp.reply.is_some() { "tsr" } else { "ots" };
            (format!("{STAMP_FOLDER}{number:0width$}-entry-{}.{kind}", stamp.entry), stamp)
        })
    }

    /// Its place among others, by the entry and the time.
    pub(super) fn place(&self) -> (u32, Option<DateTime<Utc>>, Sha256) {
        (self.entry, self.reply.as_ref().map(|reply| reply.at), self.sha256)
    }

    /// How many exhibits it covers. They are the first ones: exhibits stand in the order of the log.
    pub(super) fn covers(&self, exhibits: &[Exhibit], entries: &[ChainEntry]) -> usize {
        let up_to = entries.get(..self.entry as usize).unwrap_or_default();
        let is_logged =
            |exhibit: &&Exhibit| up_to.iter().any(|entry| entry.event.capture_id() == exhibit.record.id());
        exhibits.iter().filter(is_logged).count()
    }
}
