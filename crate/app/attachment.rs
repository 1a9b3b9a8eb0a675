//! From a file of the buyer's own to its record.

use chrono::DateTime;
use serde::Deserialize;

use crate::{
    app::{
        AppError,
        capture::{draft, offset},
    },
    case::Moment,
    evidence::{AttachmentKind, AttachmentRecord, CaptureId, KeptAs, MediaType, OneLine, Sha256},
};

/// An attachment as the background hands it over: everything but the time, the zone and the id.
#[derive(Debug, Deserialize)]
pub struct AttachmentDraft {
    /// The order.
    pub order_id: String,
    /// What it is; none = what files of its type are.
    #[serde(default)]
    pub what: Option<AttachmentKind>,
    /// Its name on the disk; none for what was written or pasted.
    #[serde(default)]
    pub name: Option<String>,
    /// When the file was changed last, milliseconds since 1970.
    #[serde(default)]
    pub modified_ms: Option<i64>,
    /// The buyer's own words about it.
    #[serde(default)]
    pub caption: Option<String>,
    /// What kind of file it is ([`MediaType::of`]).
    pub media_type: MediaType,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its digest.
    pub sha256: Sha256,
    /// Whether the vault holds the file.
    pub kept: KeptAs,
    /// The extension's version.
    pub extension_version: String,
}

impl AttachmentDraft {
    /// The record of this draft.
    pub(super) fn record(self, id: String, at: &Moment<'_>) -> Result<AttachmentRecord, AppError> {
        let what = self.what.unwrap_or(AttachmentKind::of(self.media_type));
        let is_order = (1..=32).contains(&self.order_id.len())
            && self.order_id.bytes().all(|byte| byte.is_ascii_digit());
        if !is_order || !what.can_be(self.media_type) || self.bytes == 0 {
            return Err(AppError::Draft("order, kind or size of the file".to_owned()));
        }
        Ok(AttachmentRecord {
            id: CaptureId::try_from(id).map_err(draft)?,
            order_id: self.order_id,
            what,
            added_at: at.now,
            zone: at.zone.to_owned(),
            utc_offset_minutes: offset(at)?,
            name: self.name.as_deref().and_then(OneLine::of),
            file_modified_at: self.modified_ms.and_then(DateTime::from_timestamp_millis),
            caption: self.caption.as_deref().and_then(OneLine::of),
            media_type: self.media_type,
            bytes: self.bytes,
            sha256: self.sha256,
            kept: self.kept,
            extension_version: self.extension_version,
        })
    }
}
