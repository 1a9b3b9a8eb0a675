//! What is known about one capture.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::{CaptureId, MediaType, Part, PixelRatio, Sha256, UtcOffset, canonical::CanonicalText, instant};
use crate::{code::codes, page::PageKind};

codes! {
    /// How much of the page a capture shows.
    CaptureMode {
        /// What was visible in the tab.
        Viewport = "viewport",
        /// The whole page.
        FullPage = "full_page",
        /// A part that the user chose.
        Region = "region",
    }
}

impl CaptureMode {
    /// The name used in JSON and in canonical texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewport => "viewport",
            Self::FullPage => "full_page",
            Self::Region => "region",
        }
    }
}

codes! {
    /// What the user did to capture.
    CaptureTrigger {
        /// The button in the popup.
        Popup = "popup",
        /// The keyboard command.
        Command = "command",
        /// The context menu.
        ContextMenu = "context_menu",
        /// The button in the overlay.
        Overlay = "overlay",
    }
}

impl CaptureTrigger {
    /// The name used in JSON and in canonical texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Popup => "popup",
            Self::Command => "command",
            Self::ContextMenu => "context_menu",
            Self::Overlay => "overlay",
        }
    }
}

/// The size of the visible part of a page, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Viewport {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// One captured file: what it shows, where and when it was taken, and the digest of its bytes. It is read as a
/// [`super::Record`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaptureRecord {
    /// Unique in the vault.
    pub id: CaptureId,
    /// The order that the capture belongs to, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// The kind of page that was captured.
    pub page: PageKind,
    /// How much of the page was captured.
    pub mode: CaptureMode,
    /// What the user did to capture.
    pub trigger: CaptureTrigger,
    /// When, by the clock of the buyer's machine; written as UTC with milliseconds.
    #[serde(serialize_with = "instant::serialize")]
    pub captured_at: DateTime<Utc>,
    /// The viewer's IANA zone, for example `Europe/Berlin`.
    pub zone: String,
    /// The viewer's offset from UTC at that time.
    pub utc_offset_minutes: UtcOffset,
    /// The page's address as the tab showed it.
    pub url: String,
    /// The page's title as the tab showed it.
    pub title: String,
    /// The visible part of the page.
    pub viewport: Viewport,
    /// Device pixels per CSS pixel.
    pub device_pixel_ratio: PixelRatio,
    /// Name and version of the browser.
    pub browser: String,
    /// Version of the extension.
    pub extension_version: String,
    /// Version of the site layouts that recognised the page, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout_version: Option<String>,
    /// Version of the policy rules that were in force in the extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_version: Option<String>,
    /// What kind of file it is.
    pub media_type: MediaType,
    /// Size of the file in bytes, at most 2^53 - 1.
    pub bytes: u64,
    /// Digest of the file's bytes.
    pub sha256: Sha256,
    /// Which part of a page that was too long for one picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Where the picture was put together: the digests of the pictures that the browser took, in their order. The file is
    /// then made of them; they are not kept themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiles: Vec<Sha256>,
    /// What was read on the page at that time, where anything was: `PageSnapshot::text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl CaptureRecord {
    /// Digest of the record's canonical text (rules: [`super`]), whose first line is `redress-capture-record=1`
    /// and whose keys follow in the order of this type's fields, `viewport` as `viewport_width`, `viewport_height`.
    pub fn digest(&self) -> Sha256 {
        CanonicalText::new("redress-capture-record")
            .line("id", &self.id)
            .optional("order_id", self.order_id.as_ref())
            .line("page", self.page.code())
            .line("mode", self.mode.code())
            .line("trigger", self.trigger.code())
            .line("captured_at", instant::text(self.captured_at))
            .line("zone", &self.zone)
            .line("utc_offset_minutes", self.utc_offset_minutes)
            .line("url", &self.url)
            .line("title", &self.title)
            .line("viewport_width", self.viewport.width)
            .line("viewport_height", self.viewport.height)
            .line("device_pixel_ratio", self.device_pixel_ratio)
            .line("browser", &self.browser)
            .line("extension_version", &self.extension_version)
            .optional("layout_version", self.layout_version.as_ref())
            .optional("policy_version", self.policy_version.as_ref())
            .line("media_type", self.media_type.code())
            .line("bytes", self.bytes)
            .line("sha256", self.sha256)
            .optional("part", self.part.as_ref())
            .optional("tiles", self.tiles_text())
            .optional("text", self.text.as_ref())
            .digest()
    }

    /// The digests of the tiles, with commas between; none for a picture that was not put together.
    fn tiles_text(&self) -> Option<String> {
        let digests: Vec<String> = self.tiles.iter().map(ToString::to_string).collect();
        (!digests.is_empty()).then(|| digests.join(","))
    }

    /// The time of capture on the viewer's clock, RFC 3339 with milliseconds and offset.
    pub fn captured_at_local(&self) -> String {
        self.captured_at
            .with_timezone(&self.utc_offset_minutes.fixed())
            .to_rfc3339_opts(SecondsFormat::Millis, false)
    }
}
