//! What the vault keeps a record of: captures of pages, and the buyer's own files.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AttachmentKind, AttachmentRecord, CaptureId, CaptureMode, CaptureRecord, CaptureTrigger, ChainEvent,
    KeptAs, MediaType, OneLine, Part, PixelRatio, Sha256, UtcOffset, Viewport, instant, values::safe_integer,
};
use crate::page::PageKind;

/// A record of the vault. An attachment says `"kind": "attachment"`; a capture, which was there first, says no kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, try_from = "WrittenRecord")]
pub enum Record {
    /// A picture of a page.
    Capture(CaptureRecord),
    /// A file of the buyer's own.
    Attachment(AttachmentRecord),
}

impl From<CaptureRecord> for Record {
    fn from(record: CaptureRecord) -> Self {
        Self::Capture(record)
    }
}

impl From<AttachmentRecord> for Record {
    fn from(record: AttachmentRecord) -> Self {
        Self::Attachment(record)
    }
}

impl Record {
    /// Unique in the vault.
    pub const fn id(&self) -> &CaptureId {
        match self {
            Self::Capture(record) => &record.id,
            Self::Attachment(record) => &record.id,
        }
    }

    /// The order that it belongs to, where that is known.
    pub fn order_id(&self) -> Option<&str> {
        match self {
            Self::Capture(record) => record.order_id.as_deref(),
            Self::Attachment(record) => Some(&record.order_id),
        }
    }

    /// When it was captured or added.
    pub const fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Capture(record) => record.captured_at,
            Self::Attachment(record) => record.added_at,
        }
    }

    /// What kind of file it is.
    pub const fn media_type(&self) -> MediaType {
        match self {
            Self::Capture(record) => record.media_type,
            Self::Attachment(record) => record.media_type,
        }
    }

    /// Size of the file in bytes.
    pub const fn bytes(&self) -> u64 {
        match self {
            Self::Capture(record) => record.bytes,
            Self::Attachment(record) => record.bytes,
        }
    }

    /// Digest of the file's bytes.
    pub const fn sha256(&self) -> Sha256 {
        match self {
            Self::Capture(record) => record.sha256,
            Self::Attachment(record) => record.sha256,
        }
    }

    /// Digest of the record's canonical text.
    pub fn digest(&self) -> Sha256 {
        match self {
            Self::Capture(record) => record.digest(),
            Self::Attachment(record) => record.digest(),
        }
    }

    /// The event that logs it.
    pub fn event(&self) -> ChainEvent {
        match self {
            Self::Capture(record) => ChainEvent::captured(record),
            Self::Attachment(record) => ChainEvent::attached(record),
        }
    }

    /// Whether the vault holds the file itself.
    pub const fn has_file(&self) -> bool {
        match self {
            Self::Capture(_) => true,
            Self::Attachment(record) => matches!(record.kept, KeptAs::Copy),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenKind {
    Attachment,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct WrittenInstant(#[serde(deserialize_with = "instant::deserialize")] DateTime<Utc>);

/// The written form of both: flat, because reading an enum by what is in it costs the core many times the code. Unknown fields
/// are refused, and those of the other kind: the digest would not cover them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRecord {
    kind: Option<WrittenKind>,
    id: CaptureId,
    order_id: Option<String>,
    zone: String,
    utc_offset_minutes: UtcOffset,
    extension_version: String,
    media_type: MediaType,
    #[serde(deserialize_with = "safe_integer")]
    bytes: u64,
    sha256: Sha256,
    page: Option<PageKind>,
    mode: Option<CaptureMode>,
    trigger: Option<CaptureTrigger>,
    captured_at: Option<WrittenInstant>,
    url: Option<String>,
    title: Option<String>,
    viewport: Option<Viewport>,
    device_pixel_ratio: Option<PixelRatio>,
    browser: Option<String>,
    layout_version: Option<String>,
    policy_version: Option<String>,
    part: Option<Part>,
    #[serde(default)]
    tiles: Vec<Sha256>,
    text: Option<String>,
    what: Option<AttachmentKind>,
    added_at: Option<WrittenInstant>,
    name: Option<OneLine>,
    file_modified_at: Option<WrittenInstant>,
    caption: Option<OneLine>,
    kept: Option<KeptAs>,
}

impl TryFrom<WrittenRecord> for Record {
    type Error = &'static str;

    fn try_from(written: WrittenRecord) -> Result<Self, Self::Error> {
        let read = match written.kind {
            None => written.capture().map(Self::Capture),
            Some(WrittenKind::Attachment) => written.attachment().map(Self::Attachment),
        };
        read.ok_or("a field of the record is missing, or belongs to another kind of record")
    }
}

impl WrittenRecord {
    fn capture(self) -> Option<CaptureRecord> {
        let Self {
            page: Some(page),
            mode: Some(mode),
            trigger: Some(trigger),
            captured_at: Some(WrittenInstant(captured_at)),
            url: Some(url),
            title: Some(title),
            viewport: Some(viewport),
            device_pixel_ratio: Some(device_pixel_ratio),
            browser: Some(browser),
            media_type: media_type @ MediaType::Png,
            what: None,
            added_at: None,
            name: None,
            file_modified_at: None,
            caption: None,
            kept: None,
            ..
        } = self
        else {
            return None;
        };
        Some(CaptureRecord {
            id: self.id,
            order_id: self.order_id,
            page,
            mode,
            trigger,
            captured_at,
            zone: self.zone,
            utc_offset_minutes: self.utc_offset_minutes,
            url,
            title,
            viewport,
            device_pixel_ratio,
            browser,
            extension_version: self.extension_version,
            layout_version: self.layout_version,
            policy_version: self.policy_version,
            media_type,
            bytes: self.bytes,
            sha256: self.sha256,
            part: self.part,
            tiles: self.tiles,
            text: self.text,
        })
    }

    fn attachment(self) -> Option<AttachmentRecord> {
        let Self {
            order_id: Some(order_id),
            what: Some(what),
            added_at: Some(WrittenInstant(added_at)),
            kept: Some(kept),
            page: None,
            mode: None,
            trigger: None,
            captured_at: None,
            url: None,
            title: None,
            viewport: None,
            device_pixel_ratio: None,
            browser: None,
            layout_version: None,
            policy_version: None,
            part: None,
            text: None,
            ..
        } = self
        else {
            return None;
        };
        let record = AttachmentRecord {
            id: self.id,
            order_id,
            what,
            added_at,
            zone: self.zone,
            utc_offset_minutes: self.utc_offset_minutes,
            name: self.name,
            file_modified_at: self.file_modified_at.map(|at| at.0),
            caption: self.caption,
            media_type: self.media_type,
            bytes: self.bytes,
            sha256: self.sha256,
            kept,
            extension_version: self.extension_version,
        };
        (self.tiles.is_empty() && what.can_be(self.media_type)).then_some(record)
    }
}
