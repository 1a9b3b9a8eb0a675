//! What is written when a capture is kept or deleted: its record, and the next entry of the chain.
//!
//! Nothing here waits or stores: the vault reads the head of the chain before, and writes all of it in one transaction.

use serde::Serialize;

use crate::{
    app::{AppError, CaptureDraft},
    case::Moment,
    evidence::{CaptureRecord, ChainEntry, ChainEvent, DeletionReason, Sha256, append},
    view::Kept,
};

/// A capture that is ready to be stored.
#[derive(Debug, Serialize)]
pub struct Keeping {
    /// What is known about it.
    pub record: CaptureRecord,
    /// The entry that logs it.
    pub entry: ChainEntry,
    /// What to tell the user once it is stored.
    pub kept: Kept,
}

/// Describes a capture. `sha256` is the picture's digest, `id` a new random id, `head` the last entry of the
/// chain, `key` the digest of the key that will sign.
pub fn keep(
    draft: CaptureDraft,
    sha256: &str,
    id: String,
    head: Option<&ChainEntry>,
    key: Option<Sha256>,
    at: &Moment<'_>,
) -> Result<Keeping, AppError> {
    let record = draft.record(id, sha256, at)?;
    let entry = append(head, ChainEvent::captured(&record), at.now, key);
    let kept = Kept {
        capture_id: record.id.clone(),
        order_id: record.order_id.clone(),
        sha256: record.sha256.to_string(),
    };
    Ok(Keeping { record, entry, kept })
}

/// The tombstone of a capture that the user deletes.
pub fn tombstone(
    record: &CaptureRecord,
    head: Option<&ChainEntry>,
    key: Option<Sha256>,
    at: &Moment<'_>,
) -> ChainEntry {
    append(head, ChainEvent::deleted(record, Some(DeletionReason::User)), at.now, key)
}
