//! Instants as JavaScript's `Date.toISOString` writes them: RFC 3339, UTC, milliseconds.
//!
//! For `#[serde(with = "instant")]`. Any other spelling of the same instant is refused: a digest is taken over
//! this one, and two spellings of one record would hide a change.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// The instant as text; parts of a millisecond are cut off.
pub(super) fn text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The instant for file names, to the second: `20261123T102905Z`. (A format string would add 10 KB to the core.)
pub fn compact(instant: DateTime<Utc>) -> String {
    let mut text = instant.to_rfc3339_opts(SecondsFormat::Secs, true);
    text.retain(|letter| !matches!(letter, '-' | ':'));
    text
}

pub(super) fn serialize<S: Serializer>(instant: &DateTime<Utc>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&text(*instant))
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
pub(super) fn serialize_optional<S: Serializer>(
    instant: &Option<DateTime<Utc>>,
    out: S,
) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serialize(instant, out),
        None => out.serialize_none(),
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<DateTime<Utc>, D::Error> {
    let written = String::deserialize(input)?;
    DateTime::parse_from_rfc3339(&written)
        .map(|instant| instant.with_timezone(&Utc))
        .ok()
        .filter(|instant| text(*instant) == written)
        .ok_or_else(|| {
            D::Error::custom("a time is not UTC with milliseconds, as in 2026-11-23T10:29:05.123Z")
        })
}
