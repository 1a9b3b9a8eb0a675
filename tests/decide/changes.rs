//! What moves a deadline, and what does not: time moves none, and a fact only those that count from it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::{collection::vec, prelude::*, sample::select};
use redress::case::{Deadline, Decision, Flag, Moment, State, Subject, decide};
use serde_json::{Map, Value};

use super::{
    Database,
    any_facts::{ZONES, fact, facts_of, instant, much_known},
};

/// The deadlines of each thing that is limited.
fn by_subject(decision: &Decision) -> BTreeMap<&'static str, Vec<&Deadline>> {
    let mut lists: BTreeMap<&str, Vec<&Deadline>> = BTreeMap::new();
    for deadline in &decision.deadlines {
        lists.entry(deadline.subject.code()).or_default().push(deadline);
    }
    lists
}

fn with(known: &Map<String, Value>, key: &str, value: Value) -> Map<String, Value> {
    let mut known = known.clone();
    known.insert(key.to_owned(), value);
    known
}

/// Where time alone may lead a case.
fn leads_to(from: State, to: State) -> bool {
    match from {
        State::InTransit => {
            matches!(to, State::Stalled | State::WindowOpen | State::WindowClosed | State::Support)
        }
        State::Stalled | State::DeliveredUnconfirmed => {
            matches!(to, State::WindowOpen | State::WindowClosed | State::Support)
        }
        State::WindowOpen | State::CancelledByBuyer => matches!(to, State::WindowClosed | State::Support),
        _ => false,
    }
}

/// The events of a phrase on the page, the page itself, and what makes a reading of it obsolete.
const PAGE: &[&str] =
    &["readings", "placed_at", "paid_at", "shipped_at", "delivered_scan_at", "confirmed_at"];

/// The facts that a deadline counts from or that choose its rule, beside those of [`PAGE`] where a page can state it.
fn own(subject: Subject) -> (&'static [&'static str], &'static [&'static str]) {
    let own: &[&str] = match subject {
        Subject::Pay | Subject::Ship | Subject::Delivery | Subject::SellerReceive | Subject::AutoConfirm => {
            &[]
        }
        Subject::Cancel => &["cancel_requested_at"],
        Subject::OpenFrom => &["promised_days", "tracking"],
        // A reading of the delivery timer counts only while the order is under way.
        Subject::Window => &["timer_ended_at", "order_status"],
        Subject::FreeReturn => &["received_on"],
        Subject::SellerReply => &["dispute_opened_at", "dispute_modified_at"],
        Subject::BuyerReply => &["proposal_at"],
        Subject::Evidence => &["evidence_requested_at"],
        Subject::ReturnShip => &["return_approved_at", "label_at", "free_return"],
        Subject::Appeal => &["dispute_closed_at"],
        Subject::StepIn => return (&["dispute_opened_at"], &[]),
        Subject::Mediation => return (&["stepped_in_at"], &[]),
        Subject::AppealAnswer => return (&["appeal_sent_at"], &[]),
        Subject::Refund => return (&["refund_processed_on"], &[]),
        Subject::Reactivation => return (&["account_appeal_on"], &[]),
        Subject::Bank => {
            let dates = &[
                "rails",
                "reason",
                "promised_on",
                "processed_on",
                "received_on",
                "statement_on",
                "paid_on",
                "paypal_case_on",
                "paypal_escalated_on",
                "credit",
                "card_country",
                "item_price",
                "breach_on",
                "bank_filed_on",
            ];
            return (dates, &[]);
        }
        Subject::BankOpen => {
            let dates =
                &["rails", "reason", "promised_on", "transaction_on", "return_sent_on", "bank_filed_on"];
            return (dates, &[]);
        }
        Subject::BankAnswer => return (&["klarna_reported_on"], &[]),
        Subject::Withdrawal => return (&["received_on"], &[]),
        Subject::Tracking => return (&[], &[]),
    };
    (own, PAGE)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn time_alone_moves_no_deadline_and_makes_nothing_known(
        known in much_known(),
        now in instant(),
        zone in select(&ZONES[..]),
        waits in vec(prop_oneof![1_i64..200_000, 1_i64..500_000_000], 1..5),
    ) {
        let facts = facts_of(&known);
        let mut before = decide(&facts, &Moment { now, zone, zones: &Database });
        let mut now = now;
        for wait in waits {
            now += TimeDelta::seconds(wait);
            let after = decide(&facts, &Moment { now, zone, zones: &Database });
            let (was, is) = (before.underlying, after.underlying);
            prop_assert!(was == is || leads_to(was, is), "{was:?} became {is:?}");
            let old = by_subject(&before);
            for (subject, deadlines) in by_subject(&after) {
                match old.get(subject) {
                    Some(same) => prop_assert_eq!(same, &deadlines, "moved by time alone"),
                    // The end of the delivery time opens the window.
                    None => prop_assert!(was != is && matches!(subject, "window" | "free_return"), "{}", subject),
                }
            }
            before = after;
        }
    }

    /// A deadline changes with the facts that it counts from and with no others: so it moves later only where a page or
    /// the user said so. A longer delivery time that was granted, for one, moves nothing until the page is read.
    #[test]
    fn a_deadline_changes_with_its_own_facts_only(
        known in much_known(),
        news in vec(fact(), 40),
        now in instant(),
        zone in select(&ZONES[..]),
    ) {
        let at = Moment { now, zone, zones: &Database };
        let before = decide(&facts_of(&known), &at);
        let old = by_subject(&before);
        for (key, value) in news {
            let after = decide(&facts_of(&with(&known, key, value)), &at);
            for (subject, deadlines) in by_subject(&after) {
                let (own, page) = own(deadlines[0].subject);
                let was = old.get(subject).filter(|_| !own.contains(&key) && !page.contains(&key));
                if let Some(was) = was {
                    prop_assert_eq!(was, &deadlines, "{} changed with {}", subject, key);
                }
            }
        }
    }

    /// Where an event makes what the page said obsolete and a rule stands in its place, the page is to be read again.
    #[test]
    fn a_rule_in_place_of_the_page_says_to_read_it_again(
        known in much_known(),
        news in vec(fact(), 40),
        now in instant(),
    ) {
        let at = Moment { now, zone: "Europe/London", zones: &Database };
        let before = decide(&facts_of(&known), &at);
        let old = by_subject(&before);
        let of_page = |list: &[&Deadline]| list.iter().all(|deadline| deadline.clock().is_none());
        for (key, value) in news.into_iter().filter(|(key, _)| *key != "readings") {
            let after = decide(&facts_of(&with(&known, key, value)), &at);
            for (subject, deadlines) in by_subject(&after) {
                if old.get(subject).is_some_and(|was| of_page(was)) && !of_page(&deadlines) {
                    prop_assert!(after.flags.contains(&Flag::StaleReading), "{subject}, by {key}");
                }
            }
        }
    }
}
