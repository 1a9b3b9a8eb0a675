//! The time arithmetic of policy section 8 a second time, on chrono-tz alone, to compare with. It knows nothing of
//! `crate/case` but the names of kinds and units.

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, Months, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc,
    Weekday,
};
use chrono_tz::{America::Los_Angeles, GapInfo, Tz};
use redress::case::{Kind, Unit};

/// A start or an end; of a date without a time of day also the latest reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reckoned {
    Instant { at: DateTime<Utc>, latest: Option<DateTime<Utc>> },
    Day(NaiveDate),
}

/// Time rule 3: in a gap the wall clock moves forward by the gap's length, in an overlap the earlier instant counts.
pub(crate) fn instant_of(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => at.to_utc(),
        MappedLocalTime::Ambiguous(one, other) => one.to_utc().min(other.to_utc()),
        MappedLocalTime::None => {
            let GapInfo { begin, end } = GapInfo::new(&local, &zone).unwrap();
            let ((begin, _), end) = (begin.unwrap(), end.unwrap());
            end.to_utc() + (local - begin)
        }
    }
}

/// 00:00 of a date.
pub(crate) fn midnight(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    instant_of(zone, date.and_hms_opt(0, 0, 0).unwrap())
}

/// Time rule 4: a date in a stated zone.
pub(crate) fn date_in(zone: Tz, date: NaiveDate) -> Reckoned {
    let latest = Some(midnight(zone, date + Days::new(1)));
    Reckoned::Instant { at: midnight(zone, date), latest }
}

/// Time rule 4: a date without a zone.
pub(crate) fn bare_date(viewer: Tz, date: NaiveDate) -> Reckoned {
    let first = |date| midnight(Los_Angeles, date).min(midnight(viewer, date));
    Reckoned::Instant { at: first(date), latest: Some(first(date + Days::new(1))) }
}

/// The end of so many units after a start. A date that a rule of instants starts from is a bare one.
pub(crate) fn end(start: Reckoned, length: i64, unit: Unit, kind: Kind, viewer: Tz) -> Reckoned {
    match (unit, start) {
        (Unit::D | Unit::H, Reckoned::Day(date)) => end(bare_date(viewer, date), length, unit, kind, viewer),
        (Unit::D, Reckoned::Instant { at, latest }) => {
            let end = |start| days_after(start, length, kind);
            Reckoned::Instant { at: end(at), latest: latest.map(end) }
        }
        (Unit::H, Reckoned::Instant { at, latest }) => {
            let end = |start| start + TimeDelta::hours(length);
            Reckoned::Instant { at: end(at), latest: latest.map(end) }
        }
        (Unit::Bd, Reckoned::Instant { at, .. }) => {
            Reckoned::Day(business_days_after(at.with_timezone(&Los_Angeles).date_naive(), length))
        }
        (Unit::Bd, Reckoned::Day(date)) => Reckoned::Day(business_days_after(date, length)),
        (Unit::Cd, Reckoned::Day(date)) => Reckoned::Day(date + Days::new(length.unsigned_abs())),
        (Unit::Y, Reckoned::Day(date)) => {
            Reckoned::Day(date + Months::new(12 * u32::try_from(length).unwrap()))
        }
        (Unit::Cd | Unit::Y, Reckoned::Instant { .. }) => unreachable!("calendar days start from dates"),
    }
}

/// Time rule 2.
fn days_after(start: DateTime<Utc>, days: i64, kind: Kind) -> DateTime<Utc> {
    let there = start.with_timezone(&Los_Angeles).naive_local();
    let wall_clock = instant_of(Los_Angeles, there + Days::new(days.unsigned_abs()));
    let elapsed = start + TimeDelta::hours(24 * days);
    match kind {
        Kind::Close | Kind::Advise => wall_clock.min(elapsed),
        Kind::Open | Kind::Expect => wall_clock.max(elapsed),
    }
}

/// Time rule 7: whole weeks have five.
fn business_days_after(start: NaiveDate, count: i64) -> NaiveDate {
    let start = match start.weekday() {
        Weekday::Sat => start - Days::new(1),
        Weekday::Sun => start - Days::new(2),
        _ => start,
    };
    let since_monday = i64::from(start.weekday().num_days_from_monday()) + count;
    start.week(Weekday::Mon).first_day() + TimeDelta::days(since_monday / 5 * 7 + since_monday % 5)
}
