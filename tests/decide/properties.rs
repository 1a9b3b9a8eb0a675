//! What holds for any facts.

use proptest::{collection::vec, prelude::*, sample::select};
use redress::{
    case::{Deadline, Facts, Kind, Moment, State, When, decide, ladder},
    page::PageKind,
};
use serde::Deserialize;

use super::{
    Database,
    any_facts::{ZONES, fact, facts, facts_of, instant, known, read_again},
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_facts_are_decided(facts in facts(), now in instant(), zone in select(&ZONES[..])) {
        let at = Moment { now, zone, zones: &Database };
        let decision = decide(&facts, &at);
        for deadline in &decision.deadlines {
            prop_assert!(deadline.kind != Kind::Advise);
            // Every close leaves a margin.
            match (deadline.at, deadline.act_by) {
                (When::Instant(end), Some(When::Instant(act_by))) => prop_assert!(act_by < end),
                (When::Day(end), Some(When::Day(act_by))) => prop_assert!(act_by < end),
                (_, act_by) => prop_assert!(act_by.is_none() && deadline.kind != Kind::Close, "{deadline:?}"),
            }
        }
        let times: Vec<_> = decision.deadlines.iter().map(|deadline| deadline.at.position(&at)).collect();
        prop_assert!(times.is_sorted());
        prop_assert_eq!(ladder(&facts, &decision, &[PageKind::Chat], &[], &[]).len(), 5);
        prop_assert_eq!(&decision, &decide(&facts, &at));
    }

    /// Whatever becomes known after whatever, at whatever time, there is an answer.
    #[test]
    fn events_in_any_order_are_decided(steps in vec((fact(), instant(), select(&ZONES[..])), 0..25)) {
        let mut known = serde_json::Map::new();
        for ((key, value), now, zone) in steps {
            known.insert(key.to_owned(), value);
            let facts = facts_of(&known);
            let at = Moment { now, zone, zones: &Database };
            prop_assert_eq!(ladder(&facts, &decide(&facts, &at), &[], &[], &[]).len(), 5);
        }
    }

    #[test]
    fn facts_read_what_they_write(facts in facts()) {
        let written = serde_json::to_value(&facts).unwrap();
        prop_assert_eq!(Facts::deserialize(written).unwrap(), facts);
    }

    /// The order in which the same readings are given changes no date and no step.
    #[test]
    fn order_of_readings_does_not_matter(known in read_again(), now in instant(), places in vec(0..6_u8, 6)) {
        let at = Moment { now, zone: "Pacific/Chatham", zones: &Database };
        let facts = facts_of(&known);
        let mut turned = facts.clone();
        if let Some(readings) = &mut turned.readings {
            readings.reverse();
            let mut places = places.into_iter();
            readings.sort_by_cached_key(|_| places.next());
        }
        let (one, other) = (decide(&facts, &at), decide(&turned, &at));
        prop_assert_eq!((one.state, one.next, one.flags), (other.state, other.next, other.flags));
        let times = |list: &[Deadline]| -> Vec<_> { list.iter().map(|one| (one.at, one.act_by)).collect() };
        prop_assert_eq!(times(&one.deadlines), times(&other.deadlines));
    }

    /// Invariant 3: a status that is not known, or whose words are not, gives the state unknown and none of the
    /// platform's deadlines, whatever else is known and however long one waits.
    #[test]
    fn an_unknown_status_stays_unknown(
        known in known(),
        now in instant(),
        order in select(vec![None, Some("unknown"), Some("in_dispute")]),
        dispute in any::<bool>(),
    ) {
        let mut known = known;
        for key in ["order_status", "dispute_status", "bank_filed_on", "bank_chosen", "account_appeal_on"] {
            known.remove(key);
        }
        if dispute {
            // Words of a dispute that nobody knows hide what the order says.
            known.insert("dispute_status".to_owned(), "unknown".into());
            known.insert("order_status".to_owned(), "completed".into());
        } else if let Some(order) = order {
            known.insert("order_status".to_owned(), order.into());
        }
        let decision = decide(&facts_of(&known), &Moment { now, zone: "Asia/Tehran", zones: &Database });
        prop_assert!(matches!(decision.state, State::Unknown | State::AccountBlocked | State::Done | State::Lost));
        if matches!(decision.state, State::Unknown | State::AccountBlocked) {
            prop_assert_eq!(decision.underlying, State::Unknown);
        }
        for deadline in &decision.deadlines {
            prop_assert!(deadline.rule().starts_with('B'), "{deadline:?}");
        }
    }
}
