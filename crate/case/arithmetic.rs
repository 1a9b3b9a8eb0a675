//! Time arithmetic (policy section 8, normative): days of instants, hours, business days, calendar days, years.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};

use super::{
    Clock, Kind, Moment, Point, Unit,
    zone::{pacific_to_utc, utc_to_pacific},
};

/// When a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// An instant.
    Instant(DateTime<Utc>),
    /// A civil date of the viewer. The day itself still counts.
    Day(NaiveDate),
}

impl When {
    /// Whether it has passed: an instant when reached, a civil date from the day after.
    pub fn has_passed(self, at: &Moment<'_>) -> bool {
        match self {
            Self::Instant(instant) => at.now >= instant,
            Self::Day(day) => at.today() > day,
        }
    }

    /// Where it stands among instants: a civil date counts from its 00:00 in the viewer's zone.
    pub fn position(self, at: &Moment<'_>) -> DateTime<Utc> {
        match self {
            Self::Instant(instant) => instant,
            Self::Day(day) => at.start_of(day).unwrap_or(day.and_time(chrono::NaiveTime::MIN).and_utc()),
        }
    }
}

/// What a clock runs from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    Point(Point),
    Day(NaiveDate),
}

impl Clock {
    /// Where the clock ends with this length, and for a date-only origin its latest reading. `None` when out of range.
    pub(super) fn end(&self, length: i32, origin: Origin, at: &Moment<'_>) -> Option<(When, Option<When>)> {
        match self.unit {
            Unit::D | Unit::H => {
                let point = match origin {
                    Origin::Point(point) => point,
                    Origin::Day(day) => at.date(day)?,
                };
                let end = |start| self.instant_end(length, start);
                let latest = point.latest.and_then(end).map(When::Instant);
                Some((When::Instant(end(point.at)?), latest))
            }
            Unit::Bd => {
                let start = match origin {
                    // Time rule 7. A bare date is an instant by time rule 4 (its earliest reading) and then
                    // gives a Pacific date like any other: at worst the page is read again a day sooner.
                    Origin::Point(point) => utc_to_pacific(point.at)?.date(),
                    Origin::Day(day) => day,
                };
                Some((When::Day(business_days(start, length)?), None))
            }
            Unit::Cd | Unit::Y => {
                let start = match origin {
                    Origin::Point(point) => at.civil(point.at),
                    Origin::Day(day) => day,
                };
                let end = if self.unit == Unit::Cd {
                    start.checked_add_signed(TimeDelta::days(length.into()))
                } else {
                    start.checked_add_months(Months::new(u32::try_from(length).ok()?.checked_mul(12)?))
                };
                Some((When::Day(end?), None))
            }
        }
    }

    fn instant_end(&self, length: i32, start: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.unit == Unit::H {
            return start.checked_add_signed(TimeDelta::hours(length.into()));
        }
        add_days(start, length.into(), self.kind)
    }
}

/// `days` after `start` (time rule 2): the same Pacific wall clock, and that many times 24 hours. A close or
/// a hint takes the earlier of the two, an opening or the other side's limit the later.
pub(super) fn add_days(start: DateTime<Utc>, days: i64, kind: Kind) -> Option<DateTime<Utc>> {
    let length = TimeDelta::try_days(days)?;
    let elapsed = start.checked_add_signed(length)?;
    let wall_clock = pacific_to_utc(utc_to_pacific(start)?.checked_add_signed(length)?)?;
    Some(match kind {
        Kind::Close | Kind::Advise => elapsed.min(wall_clock),
        Kind::Open | Kind::Expect => elapsed.max(wall_clock),
    })
}

/// The `count`-th day from Monday to Friday after `start`.
fn business_days(start: NaiveDate, count: i32) -> Option<NaiveDate> {
    let mut day = start;
    let mut left = count;
    while left > 0 {
        day = day.checked_add_days(Days::new(1))?;
        if day.weekday().num_days_from_monday() < 5 {
            left -= 1;
        }
    }
    Some(day)
}
