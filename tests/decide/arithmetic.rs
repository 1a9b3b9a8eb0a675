//! The shipped time arithmetic beside the whole of chrono-tz: 100,000 random cases in every zone of the database,
//! decided, and reckoned by [`super::by_chrono`].

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::{America::Los_Angeles, TZ_VARIANTS, Tz};
use proptest::{prelude::*, sample::select};
use redress::case::{Deadline, Facts, Kind, Moment, Time, When, decide};
use serde_json::json;

use super::{
    Database,
    by_chrono::{Reckoned, end, instant_of, midnight},
    times::Source,
    worked::{From, Listed, WORKED},
};

const CASES: usize = 100_000;

/// What is compared of a deadline: rule, kind, end with its latest reading, act by.
type Compared = (&'static str, &'static str, Reckoned, Option<Reckoned>);

fn found(deadline: &Deadline) -> Compared {
    let reckoned = |when, latest| match (when, latest) {
        (When::Day(day), None) => Reckoned::Day(day),
        (When::Instant(at), None) => Reckoned::Instant { at, latest: None },
        (When::Instant(at), Some(When::Instant(latest))) => Reckoned::Instant { at, latest: Some(latest) },
        (at, latest) => panic!("{at:?} has the latest reading {latest:?}"),
    };
    let act_by = deadline.act_by.map(|act_by| reckoned(act_by, None));
    (deadline.rule(), deadline.kind.code(), reckoned(deadline.at, deadline.latest), act_by)
}

fn expected(listed: &Listed, start: Reckoned, viewer: Tz) -> Compared {
    let Listed { rule, kind, length, unit, margin, .. } = *listed;
    let at = end(start, length, unit, kind, viewer);
    let act_by = match at {
        Reckoned::Instant { at, .. } => Reckoned::Instant { at: at - TimeDelta::hours(margin), latest: None },
        Reckoned::Day(day) => Reckoned::Day(day - Days::new(margin.unsigned_abs())),
    };
    (rule, kind.code(), at, (kind == Kind::Close).then_some(act_by))
}

/// Whether the shipped code and chrono-tz agree on where an end stands among instants, and on whether it has passed so
/// many seconds after the moment in which it passes.
fn passes_alike(end: Reckoned, viewer: Tz, seconds: i64) -> bool {
    let (when, position, passing) = match end {
        Reckoned::Instant { at, .. } => (When::Instant(at), at, at),
        Reckoned::Day(day) => (When::Day(day), midnight(viewer, day), midnight(viewer, day + Days::new(1))),
    };
    let now = passing + TimeDelta::seconds(seconds);
    let moment = Moment { now, zone: viewer.name(), zones: &Database };
    let passed = match end {
        Reckoned::Instant { at, .. } => now >= at,
        Reckoned::Day(day) => now.with_timezone(&viewer).date_naive() > day,
    };
    when.has_passed(&moment) == passed && when.position(&moment) == position
}

/// One case with a time stated in `zone`: how many deadlines were compared, or how the two differ.
fn compare(source: &mut Source, zone: usize) -> Result<usize, String> {
    let (viewer, (facts, listed)) = (source.zone(), *source.pick(WORKED));
    let (time, start) = source.stated(zone, viewer);
    let (day, seen) = (source.day(viewer), source.instant(viewer));
    let (viewer, early) = (TZ_VARIANTS[viewer], day - Days::new(500));
    let given =
        [("?time", time.clone()), ("?day", json!(day)), ("?early", json!(early)), ("?seen", json!(seen))]
            .iter()
            .fold(facts.to_owned(), |facts, (name, value)| facts.replace(name, &value.to_string()));

    let Reckoned::Instant { at, latest } = start else { return Err(format!("{start:?}")) };
    // Before any delivery timer of these facts ends: after it stands another state.
    let now = at - TimeDelta::hours(1 + source.below(48));
    let moment = Moment { now, zone: viewer.name(), zones: &Database };
    let point = moment.instant(&serde_json::from_value::<Time>(time).unwrap());
    if point.map(|point| (point.at, point.latest)) != Some((at, latest)) {
        return Err(format!("{viewer} {given}\n  expected {start:?}\n  found    {point:?}"));
    }

    let from = |from| match from {
        From::Time => start,
        From::Day => Reckoned::Day(day),
        From::Early => Reckoned::Day(early),
        From::Seen => Reckoned::Instant { at: seen, latest: None },
    };
    let mut wanted: Vec<Compared> = listed.iter().map(|one| expected(one, from(one.from), viewer)).collect();
    let facts: Facts = serde_json::from_str(&given).unwrap();
    let mut answer: Vec<Compared> = decide(&facts, &moment).deadlines.iter().map(found).collect();
    for list in [&mut wanted, &mut answer] {
        list.sort_by_key(|(rule, kind, ..)| (*rule, *kind));
    }
    let seconds = source.below(3) - 1;
    let alike = wanted.iter().all(|(_, _, end, _)| passes_alike(*end, viewer, seconds));
    if answer != wanted || !alike {
        return Err(format!("{viewer} {given} {alike}\n  expected {wanted:?}\n  found    {answer:?}"));
    }
    Ok(listed.len())
}

/// What is compared with has to be right itself.
#[test]
fn changes_of_clocks_are_known() {
    for (zone, local, at) in [
        ("America/Los_Angeles", "2026-03-08T02:30:00", "2026-03-08T10:30:00Z"),
        ("America/Los_Angeles", "2026-11-01T01:30:00", "2026-11-01T08:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"),
        // The whole of 30 December was left out.
        ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"),
        ("Asia/Kathmandu", "2026-01-01T00:00:00", "2025-12-31T18:15:00Z"),
        ("Australia/Eucla", "2026-01-01T00:00:00", "2025-12-31T15:15:00Z"),
    ] {
        let found = instant_of(zone.parse().unwrap(), local.parse().unwrap());
        assert_eq!(found, at.parse::<DateTime<Utc>>().unwrap(), "{zone} {local}");
    }
}

#[test]
fn a_hundred_thousand_cases_are_reckoned_alike() {
    let mut source = Source::new();
    let (mut cases, mut deadlines, mut differing) = (0, 0, Vec::new());
    // Every zone in turn is the stated one; the viewer's is any.
    for zone in (0..TZ_VARIANTS.len()).cycle().take(CASES) {
        cases += 1;
        match compare(&mut source, zone) {
            Ok(count) => deadlines += count,
            Err(difference) => differing.push(difference),
        }
    }
    let shown = differing.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
    assert!(differing.is_empty(), "{} differ, such as\n{shown}", differing.len());
    assert_eq!(cases, CASES);
    assert!(deadlines > 120_000, "{deadlines} deadlines");
    assert!(
        source.gaps > 2_000 && source.overlaps > 2_000,
        "{} gaps, {} overlaps",
        source.gaps,
        source.overlaps
    );
}

proptest! {
    /// Wall clocks near the changes of another sixty years.
    #[test]
    fn wall_clocks_far_ahead_are_reckoned_alike(
        year in 2040..2099_i32,
        month in prop_oneof![1..=12_u32, Just(3), Just(11)],
        day in prop_oneof![1..=28_u32, 1..=14_u32],
        minute in prop_oneof![0..1440_i64, 0..240_i64],
        zone in select(TZ_VARIANTS.as_slice()),
    ) {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let local = date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute);
        let moment = Moment { now: local.and_utc(), zone: "UTC", zones: &Database };
        for zone in [zone, Los_Angeles] {
            let stated = Time::Local { local, zone: zone.name().to_owned() };
            prop_assert_eq!(moment.instant(&stated).unwrap().at, instant_of(zone, local));
        }
    }
}
