//! What holds for any facts, and the arithmetic against plain chrono-tz.

use chrono::{DateTime, Days, MappedLocalTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{America::Los_Angeles, Tz};
use proptest::{prelude::*, sample::select};
use redress::{
    case::{Basis, Deadline, Facts, Kind, Moment, Rule, State, Time, When, decide, ladder},
    page::PageKind,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    Database,
    any_facts::{ZONES, facts, instant},
};

fn is_bank(deadline: &Deadline) -> bool {
    deadline.rule().starts_with('B')
}

/// What plain chrono-tz says of a wall clock, with a gap moved forward by its own length.
fn by_chrono(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => at.to_utc(),
        MappedLocalTime::Ambiguous(first, second) => first.to_utc().min(second.to_utc()),
        MappedLocalTime::None => {
            let minutes = |count: i64| local - TimeDelta::minutes(count);
            let back =
                (1..=2880).find(|back| zone.from_local_datetime(&minutes(*back)).single().is_some()).unwrap();
            zone.from_local_datetime(&minutes(back)).unwrap().to_utc() + TimeDelta::minutes(back)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_facts_are_decided(facts in facts(), now in instant(), zone in select(&ZONES[..])) {
        let at = Moment { now, zone, zones: &Database };
        let decision = decide(&facts, &at);
        for deadline in &decision.deadlines {
            prop_assert!(!deadline.basis.to_string().is_empty());
            prop_assert!(!deadline.grade().code().is_empty());
            prop_assert!(deadline.kind != Kind::Advise);
            if let Basis::Rule { clock, .. } = &deadline.basis {
                prop_assert!(Rule::all().contains(&clock.rule));
                prop_assert!(!clock.rule.source.is_empty());
            }
            if let (When::Instant(end), Some(When::Instant(act_by))) = (deadline.at, deadline.act_by) {
                prop_assert!(act_by < end);
            }
        }
        let times: Vec<_> = decision.deadlines.iter().map(|deadline| deadline.at.position(&at)).collect();
        prop_assert!(times.is_sorted());
        prop_assert_eq!(ladder(&facts, &decision, &[PageKind::Chat], &[]).len(), 5);
        prop_assert_eq!(&decision, &decide(&facts, &at));
    }

    #[test]
    fn facts_read_what_they_write(facts in facts()) {
        let written = serde_json::to_value(&facts).unwrap();
        prop_assert_eq!(Facts::deserialize(written).unwrap(), facts);
    }

    /// Invariant 2: bank clocks run on in every state except done and lost.
    #[test]
    fn bank_clocks_do_not_depend_on_the_state(facts in facts(), now in instant()) {
        let at = Moment { now, zone: "Europe/Berlin", zones: &Database };
        let unread = Facts { order_status: None, dispute_status: None, account_blocked: None, ..facts.clone() };
        let banks = |facts: &Facts| -> Vec<Deadline> {
            decide(facts, &at).deadlines.into_iter().filter(is_bank).collect()
        };
        if matches!(decide(&facts, &at).state, State::Done | State::Lost) {
            prop_assert!(decide(&facts, &at).deadlines.is_empty());
        } else {
            prop_assert_eq!(banks(&facts), banks(&unread));
        }
    }

    /// The order in which the same readings are given changes no date and no step.
    #[test]
    fn order_of_readings_does_not_matter(facts in facts(), now in instant()) {
        let at = Moment { now, zone: "Pacific/Chatham", zones: &Database };
        let mut turned = facts.clone();
        if let Some(readings) = &mut turned.readings {
            readings.reverse();
        }
        let (one, other) = (decide(&facts, &at), decide(&turned, &at));
        prop_assert_eq!((one.state, one.next, one.flags), (other.state, other.next, other.flags));
        let times = |list: &[Deadline]| -> Vec<_> { list.iter().map(|one| (one.at, one.act_by)).collect() };
        prop_assert_eq!(times(&one.deadlines), times(&other.deadlines));
    }

    #[test]
    fn wall_clocks_are_read_like_chrono_tz(at in instant(), name in select(&ZONES[..])) {
        let zone: Tz = name.parse().unwrap();
        let local = at.naive_utc();
        let moment = Moment { now: at, zone: "UTC", zones: &Database };
        let stated = Time::Local { local, zone: name.to_owned() };
        prop_assert_eq!(moment.instant(&stated).unwrap().at, by_chrono(zone, local));
    }

    /// The same near every change of a zone, where the mistakes are.
    #[test]
    fn wall_clocks_near_changes(year in 2007..2099_i32, day in 0_u64..366, minute in 0_i64..1440, name in select(&ZONES[..])) {
        let zone: Tz = name.parse().unwrap();
        let start = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let changes = (0..366).filter(|next| {
            let noon = |day: u64| (start + Days::new(day)).and_hms_opt(12, 0, 0).unwrap().and_utc();
            Database.offset(zone, noon(*next)) != Database.offset(zone, noon(next + 1))
        });
        let changes: Vec<u64> = changes.collect();
        let day = changes.get(usize::try_from(day).unwrap() % changes.len().max(1)).copied().unwrap_or(day);
        let local = (start + Days::new(day)).and_hms_opt(12, 0, 0).unwrap() + TimeDelta::minutes(minute);
        let moment = Moment { now: local.and_utc(), zone: "UTC", zones: &Database };
        let stated = Time::Local { local, zone: name.to_owned() };
        prop_assert_eq!(moment.instant(&stated).unwrap().at, by_chrono(zone, local));
    }

    #[test]
    fn days_are_wall_clock_and_elapsed_in_pacific(start in instant()) {
        let facts = Facts {
            order_status: serde_json::from_value(json!("completed")).unwrap(),
            confirmed_at: Some(Time::Instant(start.fixed_offset())),
            ..Facts::default()
        };
        let at = Moment { now: start, zone: "Asia/Tokyo", zones: &Database };
        let wall = by_chrono(Los_Angeles, start.with_timezone(&Los_Angeles).naive_local() + TimeDelta::days(15));
        let elapsed = start + TimeDelta::days(15);
        prop_assert_eq!(decide(&facts, &at).deadlines[0].at, When::Instant(wall.min(elapsed)));

        let facts = Facts {
            dispute_status: serde_json::from_value(json!("appeal_pending")).unwrap(),
            appeal_sent_at: Some(Time::Instant(start.fixed_offset())),
            ..Facts::default()
        };
        let wall = by_chrono(Los_Angeles, start.with_timezone(&Los_Angeles).naive_local() + TimeDelta::days(10));
        let elapsed = start + TimeDelta::days(10);
        prop_assert_eq!(decide(&facts, &at).deadlines[0].at, When::Instant(wall.max(elapsed)));
    }
}

impl Database {
    fn offset(&self, zone: Tz, at: DateTime<Utc>) -> i32 {
        use redress::case::Zones as _;
        self.offset_at(zone.name(), at).unwrap().local_minus_utc()
    }
}
