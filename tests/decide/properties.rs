//! What holds for any facts, and the arithmetic against plain chrono-tz.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, MappedLocalTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{America::Los_Angeles, Tz};
use proptest::{collection::vec, prelude::*, sample::select};
use redress::{
    case::{Basis, Deadline, Facts, Kind, Moment, Rule, State, Time, When, decide, ladder},
    page::PageKind,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Database;

const ZONES: [&str; 12] = [
    "America/Los_Angeles",
    "Europe/Berlin",
    "Europe/London",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
    "America/Sao_Paulo",
];

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    // 2005 to 2040: changes of every kind, and no zone is still on local mean time.
    (1_104_537_600_i64..2_208_988_800).prop_map(|second| DateTime::from_timestamp(second, 0).unwrap())
}

fn time() -> impl Strategy<Value = Value> {
    prop_oneof![
        instant().prop_map(|at| json!(at.to_rfc3339())),
        instant().prop_map(|at| json!(at.date_naive().to_string())),
        instant().prop_map(|at| json!(at.format("%Y%m%d%H%M%S000-0700").to_string())),
        (instant(), select(&ZONES[..]))
            .prop_map(|(at, zone)| json!({"local": at.format("%Y-%m-%dT%H:%M").to_string(), "zone": zone})),
        (instant(), select(vec!["PST", "PDT", "PT", "Pacific", "Nowhere/At_All"]))
            .prop_map(|(at, zone)| json!({"local": at.date_naive().to_string(), "zone": zone})),
        select(vec!["0000-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+14:00"])
            .prop_map(|far| json!(far)),
    ]
}

fn date() -> impl Strategy<Value = Value> {
    prop_oneof![
        instant().prop_map(|at| json!(at.date_naive().to_string())),
        select(vec!["0000-01-01", "9999-12-31", "2028-02-29", "+262142-12-31", "-262143-01-01"])
            .prop_map(|far| json!(far)),
    ]
}

fn reading() -> impl Strategy<Value = Value> {
    let of = select(vec![
        "pay",
        "ship",
        "cancel",
        "open_from",
        "delivery",
        "window",
        "free_return",
        "seller_reply",
        "buyer_reply",
        "evidence",
        "return_ship",
        "seller_receive",
        "appeal",
    ]);
    let form = prop_oneof![
        any::<u64>().prop_map(|left| json!({"countdown_ms": left})),
        (0_u64..10_000_000_000).prop_map(|left| json!({"countdown_ms": left})),
        (time(), any::<bool>()).prop_map(|(until, user)| json!({"until": until, "user": user})),
        (any::<u32>(), select(vec!["placed", "paid", "shipped", "delivered", "confirmed"]))
            .prop_map(|(days, from)| json!({"days": days, "from": from})),
    ];
    (of, instant(), form).prop_map(|(of, seen, mut form)| {
        form["of"] = json!(of);
        form["observed_at"] = json!(seen.to_rfc3339());
        form
    })
}

fn chosen(values: &'static str) -> impl Strategy<Value = Value> {
    select(values.split(' ').collect::<Vec<_>>()).prop_map(|value| json!(value))
}

fn fact() -> impl Strategy<Value = (&'static str, Value)> {
    let times = select(vec![
        "placed_at",
        "paid_at",
        "shipped_at",
        "last_tracking_at",
        "delivered_scan_at",
        "confirmed_at",
        "timer_ended_at",
        "cancel_requested_at",
        "extension_granted_at",
        "dispute_opened_at",
        "dispute_modified_at",
        "proposal_at",
        "stepped_in_at",
        "evidence_requested_at",
        "return_approved_at",
        "label_at",
        "dispute_closed_at",
        "appeal_sent_at",
        "support_ticket_at",
    ]);
    let dates = select(vec![
        "refund_processed_on",
        "account_appeal_on",
        "transaction_on",
        "processed_on",
        "statement_on",
        "paid_on",
        "promised_on",
        "received_on",
        "return_sent_on",
        "breach_on",
        "paypal_case_on",
        "paypal_escalated_on",
        "klarna_reported_on",
        "bank_filed_on",
    ]);
    let truths = select(vec![
        "can_dispute",
        "free_return",
        "listing_saved",
        "appeal_used",
        "account_blocked",
        "credit",
        "eu_consumer",
        "bank_chosen",
        "refund_arrived",
    ]);
    let order =
        chosen("unpaid to_ship in_transit delivered completed cancelled expired in_dispute refunded unknown");
    let dispute = chosen(
        "wait_seller wait_buyer mediation evidence_requested decision_proposed return_approved return_sent \
         refund_processed decided_against appeal_pending withdrawn closed unknown",
    );
    let money =
        (any::<i64>(), chosen("GBP USD")).prop_map(|(minor, sign)| json!({"minor": minor, "currency": sign}));
    prop_oneof![
        8 => (times, time()),
        5 => (dates, date()),
        3 => (truths, any::<bool>().prop_map(|truth| json!(truth))),
        3 => (Just("order_status"), order),
        3 => (Just("dispute_status"), dispute),
        3 => (Just("readings"), vec(reading(), 0..6).prop_map(Value::Array)),
        1 => (Just("tracking"), chosen("moving not_found returned other_place")),
        1 => (Just("reason"), chosen("not_received damaged counterfeit other_shipping customs_held")),
        2 => (Just("rails"), vec(chosen("visa mastercard amex paypal klarna"), 0..5).prop_map(Value::Array)),
        1 => (Just("seller_tricks"), vec(chosen("close_dispute confirm_receipt"), 0..3).prop_map(Value::Array)),
        1 => (Just("card_country"), chosen("US GB DE")),
        1 => (select(vec!["claimed", "offered", "item_price"]), money),
        1 => (Just("promised_days"), any::<u32>().prop_map(|days| json!(days))),
        1 => (Just("bank_result"), chosen("won lost")),
    ]
}

fn facts() -> impl Strategy<Value = Facts> {
    vec(fact(), 0..30).prop_map(|list| {
        let object: Map<String, Value> =
            list.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Facts::deserialize(Value::Object(object)).unwrap()
    })
}

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
        prop_assert_eq!(ladder(&facts, &decision, &BTreeSet::from([PageKind::Chat])).len(), 5);
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
    fn wall_clocks_near_changes(year in 2006..2038_i32, day in 0_u64..366, minute in 0_i64..1440, name in select(&ZONES[..])) {
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
