//! What is written when a capture or an attachment is kept or deleted: its record, and the next entry of the chain.
//!
//! Nothing here waits or stores: the vault reads the head of the chain before, and writes all of it in one transaction.

use serde::Serialize;

use crate::{
    app::{AppError, AttachmentDraft, CaptureDraft},
    case::Moment,
    evidence::{ChainEntry, ChainEvent, DeletionReason, Record, Sha256, append},
    view::Kept,
};

/// A capture or an attachment that is ready to be stored.
#[derive(Debug, Serialize)]
pub struct Keeping {
    /// What is known about it.
    pub record: Record,
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
    Ok(keeping(draft.record(id, sha256, at)?.into(), head, key, at))
}

/// Describes a file of the buyer's own, as [`keep`] does a capture.
pub fn attach(
    draft: AttachmentDraft,
    id: String,
    head: Option<&ChainEntry>,
    key: Option<Sha256>,
    at: &Moment<'_>,
) -> Result<Keeping, AppError> {
    Ok(keeping(draft.record(id, at)?.into(), head, key, at))
}

fn keeping(record: Record, head: Option<&ChainEntry>, key: Option<Sha256>, at: &Moment<'_>) -> Keeping {
    let entry = append(head, record.event(), at.now, key);
    let kept = Kept {
        capture_id: record.id().clone(),
        order_id: record.order_id().map(str::to_owned),
        sha256: record.sha256().to_string(),
    };
    Keeping { record, entry, kept }
}

/// The tombstone of a capture or an attachment that the user deletes.
pub fn tombstone(
    record: &Record,
    head: Option<&ChainEntry>,
    key: Option<Sha256>,
    at: &Moment<'_>,
) -> ChainEntry {
    append(head, ChainEvent::deleted(record, Some(DeletionReason::User)), at.now, key)
}
