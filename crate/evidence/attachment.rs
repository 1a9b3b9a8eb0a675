//! What is known about one file of the buyer's own: an attachment.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::{CaptureId, MediaType, OneLine, Sha256, UtcOffset, canonical::CanonicalText, instant};
use crate::code::codes;

codes! {
    /// What an attachment is.
    AttachmentKind {
        /// A photo.
        Photo = "photo",
        /// A video.
        Video = "video",
        /// A document.
        Document = "document",
        /// What a carrier states: a letter, or its words.
        CarrierStatement = "carrier_statement",
        /// A note of the buyer; its bytes are the note.
        Note = "note",
    }
}

impl AttachmentKind {
    /// What a file of this type is where nothing else is said.
    pub const fn of(media_type: MediaType) -> Self {
        match media_type {
            _ if media_type.is_picture() => Self::Photo,
            _ if media_type.is_video() => Self::Video,
            _ => Self::Document,
        }
    }

    /// Whether it can be a file of this type.
    pub const fn can_be(self, media_type: MediaType) -> bool {
        match self {
            Self::Photo => media_type.is_picture(),
            Self::Video => media_type.is_video(),
            Self::Document => matches!(media_type, MediaType::Pdf | MediaType::Text),
            Self::CarrierStatement => true,
            Self::Note => matches!(media_type, MediaType::Text),
        }
    }
}

codes! {
    /// How an attachment is kept.
    KeptAs {
        /// The vault holds the file.
        Copy = "copy",
        /// The vault holds its digest only; the buyer keeps the file.
        Reference = "reference",
    }
}

/// One file that the buyer added to an order. Redress knows when it was added, not when it was made or what it shows. It is
/// read as a [`super::Record`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename = "attachment")]
pub struct AttachmentRecord {
    /// Unique in the vault, over captures and attachments.
    pub id: CaptureId,
    /// The order that it was added to.
    pub order_id: String,
    /// What it is.
    pub what: AttachmentKind,
    /// When it was added, by the clock of the buyer's machine; written as UTC with milliseconds.
    #[serde(serialize_with = "instant::serialize")]
    pub added_at: DateTime<Utc>,
    /// The viewer's IANA zone, for example `Europe/Berlin`.
    pub zone: String,
    /// The viewer's offset from UTC at that time.
    pub utc_offset_minutes: UtcOffset,
    /// Its name on the buyer's disk; none for what was written or pasted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<OneLine>,
    /// When the file was changed last, as the disk says, which anybody can set; UTC with milliseconds.
    #[serde(serialize_with = "instant::serialize_optional", skip_serializing_if = "Option::is_none")]
    pub file_modified_at: Option<DateTime<Utc>>,
    /// The buyer's own words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<OneLine>,
    /// What kind of file it is, by its first bytes.
    pub media_type: MediaType,
    /// Size of the file in bytes, at most 2^53 - 1.
    pub bytes: u64,
    /// Digest of the file's bytes.
    pub sha256: Sha256,
    /// Whether the vault holds the file.
    pub kept: KeptAs,
    /// Version of the extension.
    pub extension_version: String,
}

impl AttachmentRecord {
    /// Digest of the record's canonical text (rules: [`super`]), whose first line is `redress-attachment-record=1` and whose
    /// keys follow in the order of this type's fields.
    pub fn digest(&self) -> Sha256 {
        CanonicalText::new("redress-attachment-record")
            .line("id", &self.id)
            .line("order_id", &self.order_id)
            .line("what", self.what.code())
            .line("added_at", instant::text(self.added_at))
            .line("zone", &self.zone)
            .line("utc_offset_minutes", self.utc_offset_minutes)
            .optional("name", self.name.as_ref())
            .optional("file_modified_at", self.file_modified_at.map(instant::text))
            .optional("caption", self.caption.as_ref())
            .line("media_type", self.media_type.code())
            .line("bytes", self.bytes)
            .line("sha256", self.sha256)
            .line("kept", self.kept.code())
            .line("extension_version", &self.extension_version)
            .digest()
    }

    /// The time of adding on the viewer's clock, RFC 3339 with milliseconds and offset.
    pub fn added_at_local(&self) -> String {
        self.added_at
            .with_timezone(&self.utc_offset_minutes.fixed())
            .to_rfc3339_opts(SecondsFormat::Millis, false)
    }
}
