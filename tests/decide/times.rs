//! Random times, the same in every run: more than half of them lie near a change of clocks.

use chrono::{
    DateTime, Days, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, SecondsFormat, TimeDelta,
    TimeZone, Utc,
};
use chrono_tz::{America::Los_Angeles, TZ_VARIANTS, Tz};
use serde_json::{Value, json};

use super::{
    by_chrono::{Reckoned, bare_date, date_in, instant_of},
    random::Random,
};

/// Seconds since 1970. Pacific time has its present rule since 2007; the shop opened in 2010.
const BEGINS: i64 = 1_167_782_400; // 2007-01-03
const ENDS: i64 = 2_208_988_800; // 2040-01-01
const DAY: i64 = 86_400;
/// What the platform's times are marked with (time rule 1).
const LABELS: [&str; 4] = ["PST", "PDT", "PT", "Pacific"];
/// Lengths of rules in days: so long before a change the start of one may lie.
const LENGTHS: [i64; 10] = [0, 0, 2, 3, 5, 7, 10, 15, 20, 60];

/// A change of a zone's clocks.
#[derive(Clone, Copy)]
struct Change {
    at: DateTime<Utc>,
    before: FixedOffset,
    /// How far the clocks were moved.
    by: TimeDelta,
}

fn instant(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn offset(zone: Tz, second: i64) -> FixedOffset {
    zone.offset_from_utc_datetime(&instant(second).naive_utc()).fix()
}

/// The changes of a zone, each found to the second between two days.
fn changes(zone: Tz) -> Vec<Change> {
    let mut found = Vec::new();
    let (mut day, mut before) = (BEGINS, offset(zone, BEGINS));
    while day < ENDS {
        let after = offset(zone, day + DAY);
        if after != before {
            let (mut low, mut high) = (day, day + DAY);
            while high - low > 1 {
                let middle = i64::midpoint(low, high);
                if offset(zone, middle) == before { low = middle } else { high = middle }
            }
            let by = TimeDelta::seconds((after.local_minus_utc() - before.local_minus_utc()).into());
            found.push(Change { at: instant(high), before, by });
        }
        (day, before) = (day + DAY, after);
    }
    found
}

/// Where the times come from. Zones are numbers into `TZ_VARIANTS`.
pub(crate) struct Source {
    random: Random,
    changes: Vec<Vec<Change>>,
    /// How many wall clocks and dates began in a gap.
    pub(crate) gaps: usize,
    /// How many in an overlap.
    pub(crate) overlaps: usize,
}

impl Source {
    pub(crate) fn new() -> Self {
        let changes = TZ_VARIANTS.iter().map(|zone| changes(*zone)).collect();
        Self { random: Random::new("times", 1), changes, gaps: 0, overlaps: 0 }
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        self.random.pick(all).unwrap()
    }

    pub(crate) fn zone(&mut self) -> usize {
        self.random.below(TZ_VARIANTS.len())
    }

    pub(crate) fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.random.below(usize::try_from(end).unwrap())).unwrap()
    }

    /// So far from a change at most: in minutes or seconds, or at its very second and beside it.
    fn near(&mut self, reach: TimeDelta) -> TimeDelta {
        let minutes = reach.num_minutes();
        match self.below(8) {
            0 => TimeDelta::seconds(self.below(3) - 1),
            1 => TimeDelta::seconds(self.below(minutes * 120) - minutes * 60),
            _ => TimeDelta::minutes(self.below(minutes * 2) - minutes),
        }
    }

    fn change(&mut self, zone: usize) -> Option<Change> {
        if self.below(4) == 0 { None } else { self.random.pick(&self.changes[zone]).copied() }
    }

    fn anywhere(&mut self) -> DateTime<Utc> {
        instant(BEGINS + self.below(ENDS - BEGINS))
    }

    /// An instant, often so that it or the end of a rule from it lies near a change of the zone.
    pub(crate) fn instant(&mut self, zone: usize) -> DateTime<Utc> {
        let Some(change) = self.change(zone) else { return self.anywhere() };
        let length = TimeDelta::days(*self.pick(&LENGTHS));
        (change.at + self.near(TimeDelta::hours(3)) - length).max(instant(BEGINS))
    }

    /// A wall clock of the zone, often in or near a gap or an overlap.
    fn local(&mut self, zone: usize) -> NaiveDateTime {
        match self.change(zone) {
            Some(Change { at, before, by }) => {
                at.with_timezone(&before).naive_local() + self.near(by.abs() + TimeDelta::minutes(30))
            }
            None => self.anywhere().naive_utc(),
        }
    }

    pub(crate) fn day(&mut self, zone: usize) -> NaiveDate {
        self.local(zone).date() + Days::new(u64::from(self.below(4) == 0))
    }

    /// A time in one of the five forms in which a file can state it, and what instant it is.
    pub(crate) fn stated(&mut self, zone: usize, viewer: usize) -> (Value, Reckoned) {
        let exactly = |at| Reckoned::Instant { at, latest: None };
        let pacific = TZ_VARIANTS.iter().position(|zone| *zone == Los_Angeles).unwrap();
        let (zone, name) = match self.below(6) {
            0 => (pacific, *self.pick(&LABELS)),
            1 => (pacific, Los_Angeles.name()),
            _ => (zone, TZ_VARIANTS[zone].name()),
        };
        let named = TZ_VARIANTS[zone];
        match self.below(8) {
            0 | 1 => {
                let at = self.instant(zone);
                let written = at.with_timezone(&offset(named, at.timestamp()));
                (json!(written.to_rfc3339_opts(SecondsFormat::Secs, true)), exactly(at))
            }
            2 => {
                let at = self.instant(zone) + TimeDelta::milliseconds(self.below(1000));
                let written = at.with_timezone(&Los_Angeles).format("%Y%m%d%H%M%S%3f%z");
                (json!(written.to_string()), exactly(at))
            }
            3 | 4 => {
                let local = self.local(zone);
                self.count(named, local);
                let written = local.format("%Y-%m-%dT%H:%M:%S").to_string();
                (json!({"local": written, "zone": name}), exactly(instant_of(named, local)))
            }
            5 => {
                let date = self.day(zone);
                self.count(named, date.and_hms_opt(0, 0, 0).unwrap());
                (json!({"local": date.to_string(), "zone": name}), date_in(named, date))
            }
            _ => {
                let changing = *self.pick(&[zone, viewer]);
                let date = self.day(changing);
                self.count(TZ_VARIANTS[viewer], date.and_hms_opt(0, 0, 0).unwrap());
                (json!(date.to_string()), bare_date(TZ_VARIANTS[viewer], date))
            }
        }
    }

    fn count(&mut self, zone: Tz, local: NaiveDateTime) {
        match zone.from_local_datetime(&local) {
            MappedLocalTime::Single(_) => {}
            MappedLocalTime::Ambiguous(..) => self.overlaps += 1,
            MappedLocalTime::None => self.gaps += 1,
        }
    }
}
