//! Looks that are kept, contradictions between them, and what never moves a deadline later.

use proptest::prelude::*;

use super::*;
use crate::{
    case::{Conflict, Deadline, Flag, Kind, Subject, Told, When},
    page::PageKind::{self, OrderDetail, OrderList, Tracking},
};

const PROTECTION: &str = "Buyer Protection ends in 5 days 4 hours";

fn kept(buyer: &Buyer) -> Vec<(PageKind, DateTime<Utc>)> {
    buyer.file(ORDER).unwrap().read().seen.iter().map(|seen| (seen.page, seen.at)).collect()
}

#[test]
fn a_look_that_said_something_else_is_kept_and_a_repeated_one_is_not() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting shipment", &[], &[]), noon(6));
    buyer.see(&detail(ORDER, "Awaiting shipment", &[], &[]), noon(7));
    buyer.see(&list(&[card(ORDER, "Awaiting delivery", &[])]), noon(8));
    buyer.see(&detail(ORDER, "Completed", &[], &[]), noon(9));
    assert_eq!(kept(&buyer), [(OrderDetail, noon(9)), (OrderList, noon(8)), (OrderDetail, noon(7))]);
    let now: Vec<_> = buyer.file(ORDER).unwrap().read().now().map(|seen| (seen.page, seen.at)).collect();
    assert_eq!(now, [(OrderDetail, noon(9)), (OrderList, noon(8))]);
}

#[test]
fn a_countdown_that_ticks_makes_no_second_look() {
    let buyer = Buyer::new();
    for (hour, left) in [(0, "5 days 4 hours"), (1, "5 days 3 hours"), (2, "5 days 2 hours")] {
        let words = format!("Buyer Protection ends in {left}");
        buyer.see(&detail(ORDER, "Awaiting delivery", &[], &[&words]), noon(7) + hours(hour));
    }
    assert_eq!(kept(&buyer).len(), 1);
}

#[test]
fn a_page_that_is_still_being_drawn_makes_no_second_look() {
    let buyer = Buyer::new();
    let rows = ["Order placed on: Sep 1, 2026", "Paid on: Sep 2, 2026"];
    let whole = detail(ORDER, "Awaiting delivery", &rows, &[PROTECTION]);
    buyer.see_again(&whole, 1, noon(7));
    // Opened again: first a part, then all of it.
    buyer.see_again(&detail(ORDER, "Awaiting delivery", &rows[..1], &[]), 2, noon(8));
    assert_eq!(kept(&buyer).len(), 2);
    buyer.see_again(&whole, 2, noon(8));
    assert_eq!(kept(&buyer), [(PageKind::OrderDetail, noon(8))]);
}

#[test]
fn a_countdown_that_is_drawn_anew_in_an_open_page_does_not_start_anew() {
    let buyer = Buyer::new();
    let whole = detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[PROTECTION]);
    buyer.see_again(&whole, 1, noon(7));
    buyer.see_again(&detail(ORDER, "Awaiting delivery", &[], &[]), 1, noon(7) + hours(5));
    buyer.see_again(&whole, 1, noon(7) + hours(6));
    let file = buyer.file(ORDER).unwrap();
    assert_eq!((file.looks.len(), file.looks[0].countdown_at), (1, noon(7)));
}

#[test]
fn of_many_looks_the_last_ones_and_the_first_sighting_are_kept() {
    let buyer = Buyer::new();
    for day in 1..=28 {
        let paid = format!("Paid on: Aug {day}, 2026");
        buyer.see(&detail(ORDER, "Awaiting delivery", &[&paid], &[]), noon(day));
    }
    let days: Vec<_> = kept(&buyer).iter().map(|(_, at)| *at).collect();
    let expected: Vec<_> = (18..=28).rev().chain([1]).map(noon).collect();
    assert_eq!(days, expected);
}

#[test]
fn what_cannot_change_comes_from_any_look_and_what_can_from_the_newest() {
    let buyer = Buyer::new();
    let rows = ["Order placed on: Sep 1, 2026", "Paid on: Sep 2, 2026"];
    buyer.see(
        &detail(ORDER, "Awaiting delivery", &rows, &["Refund if no delivery before Nov 10, 2026"]),
        noon(7),
    );
    // The rows are folded in, and the promise is gone.
    buyer.see(&detail(ORDER, "Completed", &[], &[]), noon(9));
    let facts = buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(9))).0;
    assert!(facts.placed_at.is_some() && facts.paid_at.is_some());
    assert_eq!(facts.order_status, Some(crate::case::OrderStatus::Completed));
    assert_eq!(facts.readings, Some(Vec::new()));
}

/// A file as it was stored before looks at the past and corrections were kept.
#[test]
fn a_file_of_the_first_version_opens() {
    let look = json!({
        "at": 1_788_782_400_000_i64, "today": 739_866, "countdown_at": 1_788_782_400_000_i64, "visit": 1,
        "snapshot": detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[]),
    });
    let file: CaseFile = serde_json::from_value(json!({"order_id": ORDER, "looks": [look]})).unwrap();
    let history = file.read();
    assert!(history.corrections.is_empty() && history.seen[0].latest);
    assert!(history.facts(&[], None, &moment(noon(8))).0.placed_at.is_some());
}

fn conflicts(buyer: &Buyer) -> Vec<Conflict> {
    buyer.file(ORDER).unwrap().read().conflicts()
}

#[test]
fn pages_that_disagree_are_both_kept_and_the_earlier_day_counts() {
    let buyer = Buyer::new();
    buyer.see(&list(&[card(ORDER, "Awaiting delivery", &["Order date: Sep 1, 2026"])]), noon(6));
    assert_eq!(conflicts(&buyer), []);
    buyer.see(
        &detail(
            ORDER,
            "Awaiting delivery",
            &["Order placed on: Sep 2, 2026"],
            &["Refund if no delivery before Sep 24, 2026"],
        ),
        noon(7),
    );
    buyer.see(&tracking(ORDER, &["Refund if no delivery before Sep 23, 2026"], &[]), noon(7) + hours(1));
    let found = conflicts(&buyer);
    let pages: Vec<_> = found.iter().map(|one| (one.about, one.now.page, one.other.page)).collect();
    assert_eq!(
        pages,
        [(Told::PlacedOn, OrderDetail, OrderList), (Told::RefundBefore, Tracking, OrderDetail)]
    );
    assert!(found.iter().all(|one| !one.is_change()));
    assert!(found[1].other.words.contains("Sep 24"), "{found:?}");
    let facts = buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(7))).0;
    assert_eq!(serde_json::to_value(facts.placed_at).unwrap(), json!("2026-09-01"));

    let overlay = tree(
        &buyer
            .see(&tracking(ORDER, &["Refund if no delivery before Sep 23, 2026"], &[]), noon(8))
            .overlay
            .unwrap(),
    );
    let keys = keys(&overlay);
    assert_eq!(keys.iter().filter(|key| **key == "conflict_pages").count(), 2);
}

#[test]
fn what_a_page_said_before_is_kept_and_shown() {
    let buyer = Buyer::new();
    let with = |estimate: &str| {
        detail(ORDER, "Awaiting delivery", &[&format!("Estimated delivery date: {estimate}")], &[])
    };
    buyer.see(&with("Sep 20, 2026"), noon(1));
    buyer.see(&with("Sep 28, 2026"), noon(7));
    let [change] = conflicts(&buyer).try_into().unwrap();
    assert!(change.is_change() && change.about == Told::Estimate);
    assert_eq!((change.other.words.as_str(), change.now.words.as_str()), ("Sep 20, 2026", "Sep 28, 2026"));
    assert_eq!((change.other.at, change.now.at), (noon(1), noon(7)));
    let dossier = tree(&buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(7)).view);
    let said = elements(&dossier, &|node| node["message"] == "conflict_changed");
    assert_eq!(said.len(), 1);
    assert_eq!(said[0]["with"][1], json!({"days": ["2026-09-20", "2026-09-20"]}));
}

#[test]
fn a_delivery_makes_earlier_countdowns_stale_whichever_page_was_read_first() {
    let order = detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[PROTECTION]);
    let moving = tracking(ORDER, &[], &[("Sep 5, 2026", "Departed")]);
    let delivered = tracking(ORDER, &[], &[("Sep 8, 2026", "Delivered"), ("Sep 5, 2026", "Departed")]);
    let stale = |buyer: &Buyer, day| {
        let decision = buyer.decision(ORDER, noon(day));
        (
            decision.flags.contains(&Flag::StaleReading),
            decision.deadlines.iter().any(|one| one.rule() == "page"),
        )
    };
    let buyer = Buyer::new();
    buyer.see(&moving, noon(6));
    buyer.see(&order, noon(7));
    assert_eq!(stale(&buyer, 7), (false, true));
    buyer.see(&delivered, noon(9));
    assert_eq!(stale(&buyer, 9), (true, false));
    // Seen before the order page, the delivery leaves what that page says then.
    let buyer = Buyer::new();
    buyer.see(&delivered, noon(9));
    buyer.see(&order, noon(10));
    assert_eq!(stale(&buyer, 10), (false, true));
    // A countdown that has stood still in an open page since before the delivery is as old as its first sight.
    let buyer = Buyer::new();
    buyer.see_again(&order, 1, noon(7));
    buyer.see(&delivered, noon(9));
    buyer.see_again(&order, 1, noon(9) + hours(1));
    assert_eq!(stale(&buyer, 10), (true, false));
}

#[test]
fn a_parcel_that_follows_takes_the_delivery_back() {
    let buyer = Buyer::new();
    buyer.see(&tracking(ORDER, &[], &[("Sep 5, 2026", "Delivered")]), noon(6));
    buyer.see(&tracking(ORDER, &[], &[("Sep 7, 2026", "Departed"), ("Sep 6, 2026", "Picked up")]), noon(8));
    assert_eq!(
        buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(8))).0.delivered_scan_at,
        None
    );
}

/// A page of the order in one of several forms.
fn page() -> impl Strategy<Value = Value> {
    let status =
        prop_oneof![1 => "Awaiting shipment", 6 => "Awaiting delivery", 1 => "Completed", 1 => "Odd words"];
    let left = prop_oneof![3 => Just(None), 1 => (0_u32..9, 0_u32..24).prop_map(Some)];
    let before = prop_oneof![Just(None), (23_u32..26).prop_map(Some)];
    (status, left, before, 1_u32..4, 4_u32..9, any::<bool>(), 0..3).prop_map(
        |(status, left, before, placed, moved, delivered, page)| {
            let left =
                left.map(|(days, hours)| format!("Buyer Protection ends in {days} days {hours} hours"));
            let before = before.map(|day| format!("Refund if no delivery before Sep {day}, 2026"));
            let runs: Vec<String> = left.into_iter().chain(before).collect();
            let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
            let placed = format!("Sep {placed}, 2026");
            match page {
                0 => detail(ORDER, &status, &[&format!("Order placed on: {placed}")], &runs),
                1 => list(&[card(ORDER, &status, &[&format!("Order date: {placed}")])]),
                _ => {
                    let title = if delivered { "Delivered" } else { "Departed" };
                    let promises: Vec<&str> =
                        runs.into_iter().filter(|run| run.starts_with("Refund")).collect();
                    tracking(ORDER, &promises, &[(&format!("Sep {moved}, 2026"), title)])
                }
            }
        },
    )
}

/// The end of each thing that the buyer must do in time.
fn closes(decision: &Decision) -> Vec<(Subject, When)> {
    let closes = decision.deadlines.iter().filter(|one| one.kind == Kind::Close);
    closes.map(|Deadline { subject, at, .. }| (*subject, *at)).collect()
}

/// Those that moved later.
fn later(before: &Decision, after: &Decision, now: DateTime<Utc>) -> Vec<Subject> {
    let first = |of: &[(Subject, When)], subject| {
        let own = of.iter().filter(|(own, _)| *own == subject);
        own.map(|(_, at)| at.position(&moment(now))).min()
    };
    let (before, after) = (closes(before), closes(after));
    let moved = before.iter().filter(|(subject, _)| {
        let ends = (first(&before, *subject), first(&after, *subject));
        matches!(ends, (Some(before), Some(after)) if after > before)
    });
    moved.map(|(subject, _)| *subject).collect()
}

#[test]
fn how_long_a_page_stands_open_does_not_choose_between_two_that_differ() {
    let buyer = Buyer::new();
    let page = tracking(ORDER, &["Refund if no delivery before Sep 23, 2026"], &[]);
    buyer.see(&page, noon(7));
    // A day later to the hour: the two differ, and the earlier counts, also an hour later.
    let later = detail(
        ORDER,
        "Awaiting delivery",
        &["Order placed on: Sep 1, 2026"],
        &["Refund if no delivery before Sep 24, 2026"],
    );
    let visit = noon(8).timestamp_millis();
    buyer.see_again(&later, visit, noon(8));
    let before = buyer.decision(ORDER, noon(8));
    buyer.see_again(&later, visit, noon(8) + hours(1));
    assert_eq!(buyer.decision(ORDER, noon(8) + hours(1)).deadlines[0].at, before.deadlines[0].at);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn neither_time_nor_a_page_that_stands_open_moves_a_deadline_later(
        // No two pages are seen at the same moment.
        looks in proptest::collection::vec((page(), 1_i64..30), 1..7),
        waits in proptest::collection::vec(0_i64..60, 1..4),
    ) {
        let buyer = Buyer::new();
        let mut now = noon(5);
        for (page, gap) in &looks {
            now += hours(*gap);
            let visit = now.timestamp_millis();
            buyer.see_again(page, visit, now);
            let mut before = buyer.decision(ORDER, now);
            for wait in &waits {
                let later_on = now + hours(*wait);
                let after = buyer.decision(ORDER, later_on);
                prop_assert_eq!(later(&before, &after, later_on), vec![], "by time alone, at {}", later_on);
            }
            // The same page, seen again while it stands open.
            now += hours(1);
            buyer.see_again(page, visit, now);
            let after = buyer.decision(ORDER, now);
            prop_assert_eq!(later(&before, &after, now), vec![], "by a page that stands open, at {}", now);
            before = after;
            // A redraw reads nothing.
            let redraw = json!({"redraw": {"url": detail_url(ORDER), "orders": [ORDER], "collapsed": false}});
            buyer.ask(redraw, now).unwrap();
            prop_assert_eq!(later(&before, &buyer.decision(ORDER, now), now), vec![]);
        }
        // However many looks there were, they are bounded.
        prop_assert!(buyer.file(ORDER).unwrap().looks.len() <= 36);
    }
}
