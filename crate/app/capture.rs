//! From what the camera saw to a capture record.

use serde::Deserialize;

use crate::{
    app::AppError,
    case::{Moment, RULES_VERSION},
    evidence::{
        CaptureId, CaptureMode, CaptureRecord, CaptureTrigger, MediaType, Part, PixelRatio, Sha256,
        UtcOffset, ValueError, Viewport,
    },
    page::{Address, PageKind, PageSnapshot},
};

/// A capture as the background hands it over: everything but the time, the zone and the id.
#[derive(Debug, Deserialize)]
pub struct CaptureDraft {
    /// What the user did.
    pub trigger: CaptureTrigger,
    /// The page's address.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// Width of the visible part, CSS pixels.
    pub width: f64,
    /// Height of the visible part, CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub device_pixel_ratio: f64,
    /// The orders that were read on the page.
    pub orders: Vec<Option<String>>,
    /// The browser's name and version.
    pub browser: String,
    /// The extension's version.
    pub extension_version: String,
    /// How much of the page it shows.
    pub mode: CaptureMode,
    /// Which part of a long page, `2/3`.
    #[serde(default)]
    pub part: Option<Part>,
    /// The digests of the pictures that it was put together from, in hexadecimal.
    #[serde(default)]
    pub tiles: Vec<Sha256>,
    /// What was last read on the page, where it is one that is read.
    #[serde(default)]
    pub snapshot: Option<PageSnapshot>,
    /// The version of the layouts by which it was read, as `redress pages` prints it.
    #[serde(default)]
    pub layouts: Option<String>,
    /// What kind of file it is.
    pub media_type: MediaType,
    /// Its size in bytes.
    pub bytes: u32,
}

impl CaptureDraft {
    /// The record of this draft.
    pub(super) fn record(self, id: String, sha256: &str, at: &Moment<'_>) -> Result<CaptureRecord, AppError> {
        let address = Address::parse(&self.url).ok();
        // What was read at another address is no text of this page.
        let read = self.snapshot.filter(|snapshot| page_of(&snapshot.address) == page_of(&self.url));
        let by = read.as_ref().map(|snapshot| snapshot.layout.clone()).filter(|layout| !layout.is_empty());
        Ok(CaptureRecord {
            id: CaptureId::try_from(id).map_err(draft)?,
            order_id: order_of(address.as_ref(), &self.orders),
            page: address.as_ref().map_or(PageKind::NotOurs, Address::kind),
            mode: self.mode,
            trigger: self.trigger,
            captured_at: at.now,
            zone: at.zone.to_owned(),
            utc_offset_minutes: offset(at)?,
            url: self.url,
            title: self.title,
            viewport: Viewport { width: whole(self.width), height: whole(self.height) },
            device_pixel_ratio: PixelRatio::try_from(self.device_pixel_ratio).map_err(draft)?,
            browser: self.browser,
            extension_version: self.extension_version,
            layout_version: by.zip(self.layouts).map(|(layout, version)| format!("{layout} {version}")),
            policy_version: Some(RULES_VERSION.to_string()),
            media_type: self.media_type,
            bytes: u64::from(self.bytes),
            sha256: sha256.parse().map_err(draft)?,
            part: self.part,
            tiles: self.tiles,
            text: read.and_then(|snapshot| snapshot.text()),
        })
    }
}

/// An address without its fragment, which is a place in the page.
fn page_of(url: &str) -> Option<&str> {
    url.split('#').next()
}

/// The address names the order, or the page showed exactly one.
fn order_of(address: Option<&Address>, orders: &[Option<String>]) -> Option<String> {
    address.and_then(Address::order_id).map(str::to_owned).or_else(|| match orders {
        [only] => only.clone(),
        _ => None,
    })
}

/// The viewer's offset from UTC now.
pub(super) fn offset(at: &Moment<'_>) -> Result<UtcOffset, AppError> {
    let offset = at.zones.offset_at(at.zone, at.now).map_or(0, |offset| offset.local_minus_utc() / 60);
    UtcOffset::try_from(offset).map_err(draft)
}

pub(super) fn draft(error: ValueError) -> AppError {
    AppError::Draft(error.to_string())
}

fn whole(pixels: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast to u32 saturates")]
    let whole = pixels.round() as u32;
    whole
}
