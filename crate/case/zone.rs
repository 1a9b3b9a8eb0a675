//! Zones: from wall clocks and bare dates to instants, and the other way.

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Utc, Weekday,
};

use super::Time;

/// The zone of the platform's own times.
const PACIFIC: &str = "America/Los_Angeles";
/// What pages print for it (policy time rule 1: never a fixed -08:00).
const PACIFIC_LABELS: [&str; 4] = ["PST", "PDT", "PT", "Pacific"];

/// Knowledge of zones other than Pacific, which the core has itself.
pub trait Zones {
    /// The offset from UTC in force in the zone at the instant; `None` where there is no such zone.
    fn offset_at(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset>;
}

/// When and where a case is looked at.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The viewer's zone, an IANA name. A name that `zones` does not know is taken as UTC+14, where
    /// every civil date begins and ends first: nothing is then shown later than it may be.
    pub zone: &'a str,
    /// Where offsets come from.
    pub zones: &'a dyn Zones,
}

/// The instant of a stated time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The earliest reading, the one to act on.
    pub at: DateTime<Utc>,
    /// For a date without a time of day: the latest reading, the same instant of the next date.
    pub latest: Option<DateTime<Utc>>,
}

impl Moment<'_> {
    /// The instant of a stated time; `None` where its zone is unknown or it is out of range.
    pub fn instant(&self, time: &Time) -> Option<Point> {
        match time {
            Time::Instant(at) | Time::Stamp(at) => Some(Point { at: at.to_utc(), latest: None }),
            Time::Local { local, zone } => Some(Point { at: self.local_in(zone, *local)?, latest: None }),
            Time::DateIn { date, zone } => {
                two_days(*date, |date| self.local_in(zone, date.and_time(NaiveTime::MIN)))
            }
            Time::Date(date) => self.date(*date),
        }
    }

    /// The instants of a date without a zone: the earlier of 00:00 Pacific and 00:00 of the viewer.
    pub(super) fn date(&self, date: NaiveDate) -> Option<Point> {
        two_days(date, |date| Some(pacific_to_utc(date.and_time(NaiveTime::MIN))?.min(self.start_of(date)?)))
    }

    /// 00:00 of the date in the viewer's zone.
    pub(super) fn start_of(&self, date: NaiveDate) -> Option<DateTime<Utc>> {
        self.wall(date.and_time(NaiveTime::MIN))
    }

    /// The viewer's civil date at `now`.
    pub(super) fn today(&self) -> NaiveDate {
        self.civil(self.now)
    }

    /// The viewer's civil date at an instant.
    pub(super) fn civil(&self, at: DateTime<Utc>) -> NaiveDate {
        let local = at.naive_utc().checked_add_offset(self.viewer_offset(at));
        local.unwrap_or(at.naive_utc()).date()
    }

    /// The first zone named by `times` that nobody knows, or the viewer's own.
    pub(super) fn unknown_zone<'t>(&'t self, times: impl Iterator<Item = &'t Time>) -> Option<&'t str> {
        let stated = times.filter_map(Time::zone).find(|zone| self.offset(zone, self.now).is_none());
        let viewer = || Some(self.zone).filter(|zone| self.zones.offset_at(zone, self.now).is_none());
        stated.or_else(viewer)
    }

    /// The instant of a wall clock of the viewer's.
    pub(super) fn wall(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        to_utc(local, |at| Some(self.viewer_offset(at)))
    }

    fn viewer_offset(&self, at: DateTime<Utc>) -> FixedOffset {
        let easternmost = || FixedOffset::east_opt(14 * 3600).unwrap_or(Utc.fix());
        self.zones.offset_at(self.zone, at).unwrap_or_else(easternmost)
    }

    fn local_in(&self, zone: &str, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        to_utc(local, |at| self.offset(zone, at))
    }

    fn offset(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
        if zone == PACIFIC || PACIFIC_LABELS.contains(&zone) {
            return Some(pacific_offset(at));
        }
        self.zones.offset_at(zone, at)
    }
}

/// The Pacific wall clock at an instant.
pub(super) fn utc_to_pacific(at: DateTime<Utc>) -> Option<NaiveDateTime> {
    at.naive_utc().checked_add_offset(pacific_offset(at))
}

/// The instant of a Pacific wall clock.
pub(super) fn pacific_to_utc(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    to_utc(local, |at| Some(pacific_offset(at)))
}

/// Pacific time as it is since 2007: daylight saving from the second Sunday of March to the first Sunday of November, at
/// 2 in the morning (US Energy Policy Act of 2005, section 110). The shop opened in 2010. A table of a library would hold
/// the same and was 8 KB of the core; the tests compare both.
fn pacific_offset(at: DateTime<Utc>) -> FixedOffset {
    let change = |month, sunday, hour| {
        let day = NaiveDate::from_weekday_of_month_opt(at.year(), month, Weekday::Sun, sunday)?;
        day.and_hms_opt(hour, 0, 0)
    };
    let saving = matches!(
        (change(3, 2, 10), change(11, 1, 9)),
        (Some(begins), Some(ends)) if (begins..ends).contains(&at.naive_utc())
    );
    FixedOffset::west_opt(if saving { 7 } else { 8 } * 3600).unwrap_or(Utc.fix())
}

fn two_days(date: NaiveDate, start: impl Fn(NaiveDate) -> Option<DateTime<Utc>>) -> Option<Point> {
    Some(Point { at: start(date)?, latest: start(date.succ_opt()?) })
}

/// The instant of a wall clock, "compatible" (policy time rule 3): in a gap it moves forward by the gap, in
/// an overlap the earlier instant counts.
///
/// A day before and a day after the reading as if it were UTC lie on both sides of any change of the zone
/// at that reading, because no offset is beyond 14 hours, so these two offsets are all that can apply.
fn to_utc(
    local: NaiveDateTime,
    offset_at: impl Fn(DateTime<Utc>) -> Option<FixedOffset>,
) -> Option<DateTime<Utc>> {
    let day = TimeDelta::days(1);
    let before = offset_at(local.checked_sub_signed(day)?.and_utc())?;
    let after = offset_at(local.checked_add_signed(day)?.and_utc())?;
    let reading = |offset| Some(local.checked_sub_offset(offset)?.and_utc());
    let (first, second) = (reading(before)?, reading(after)?);
    let holds = |at, offset| offset_at(at) == Some(offset);
    match (holds(first, before), holds(second, after)) {
        (true, true) => Some(first.min(second)),
        (false, true) => Some(second),
        // In a gap neither holds, and the offset before it gives the reading moved forward.
        (true | false, false) => Some(first),
    }
}
