//! Zones from the whole zone database, which only the command line carries.

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use redress::case::Zones;

/// The zone database.
pub(crate) struct Database;

impl Zones for Database {
    fn offset_at(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
        let zone: Tz = zone.parse().ok()?;
        Some(zone.offset_from_utc_datetime(&at.naive_utc()).fix())
    }
}
