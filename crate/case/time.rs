//! A point in time as a page, a file or a user states it: five forms, of which two leave the instant open.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat};
use serde::{Deserialize, Serialize};

const STAMP: &str = "%Y%m%d%H%M%S%3f%z";

/// A stated time (policy section 11). What instant it is depends on zones: [`super::Moment::instant`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum Time {
    /// RFC 3339 with its offset: `2026-02-15T04:30:00Z`.
    Instant(DateTime<FixedOffset>),
    /// The platform's compact stamp with its offset: `20150714020749000-0700`.
    Stamp(DateTime<FixedOffset>),
    /// A wall clock in a stated zone (an IANA name, or PST, PDT, PT, Pacific).
    Local {
        /// What the wall clock showed.
        local: NaiveDateTime,
        /// The zone's name.
        zone: String,
    },
    /// A date without a time of day in a stated zone.
    DateIn {
        /// The date.
        date: NaiveDate,
        /// The zone's name.
        zone: String,
    },
    /// A date without a time of day or a zone.
    Date(NaiveDate),
}

impl Time {
    /// The zone that the time names, if it names one.
    pub fn zone(&self) -> Option<&str> {
        match self {
            Self::Local { zone, .. } | Self::DateIn { zone, .. } => Some(zone),
            Self::Instant(_) | Self::Stamp(_) | Self::Date(_) => None,
        }
    }

    /// Whether no time of day is stated.
    pub fn is_date_only(&self) -> bool {
        matches!(self, Self::DateIn { .. } | Self::Date(_))
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(date) = parse_date(text) {
            return Some(Self::Date(date));
        }
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Instant(instant));
        }
        DateTime::parse_from_str(text, STAMP).ok().filter(|_| text.len() == 22).map(Self::Stamp)
    }

    fn parse_local(local: &str, zone: String) -> Option<Self> {
        if let Some(date) = parse_date(local) {
            return Some(Self::DateIn { date, zone });
        }
        let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(local, form).ok())?;
        Some(Self::Local { local, zone })
    }
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    // chrono alone would also take 2026-1-5.
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10)
}

/// The written form.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a time is an RFC 3339 or platform stamp, a date, or {local, zone}")]
enum Written {
    Text(String),
    Zoned { local: String, zone: String },
}

impl TryFrom<Written> for Time {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Text(text) => Self::parse(&text).ok_or_else(|| format!("`{text}` is not a time")),
            Written::Zoned { local, zone } => {
                Self::parse_local(&local, zone).ok_or_else(|| format!("`{local}` is not a local time"))
            }
        }
    }
}

impl From<Time> for Written {
    fn from(time: Time) -> Self {
        match time {
            Time::Instant(at) => Self::Text(at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Time::Stamp(at) => Self::Text(at.format(STAMP).to_string()),
            Time::Local { local, zone } => {
                Self::Zoned { local: local.format("%Y-%m-%dT%H:%M:%S%.f").to_string(), zone }
            }
            Time::DateIn { date, zone } => Self::Zoned { local: date.to_string(), zone },
            Time::Date(date) => Self::Text(date.to_string()),
        }
    }
}
