//! How the looks at the pages of one order become one case.

use super::*;
use crate::{
    case::{Because, Flag, Next, Of, OrderStatus, Subject, Time, When},
    page::PageKind,
};

const PROTECTION: &str = "Buyer Protection ends in 5 days 4 hours";

fn day(text: &str) -> Time {
    serde_json::from_value(json!(text)).unwrap()
}

/// The end of the delivery time, as the case lists it.
fn delivery_end(decision: &Decision) -> Option<(When, &'static str)> {
    let end = decision.deadlines.iter().find(|deadline| deadline.subject == Subject::Delivery)?;
    Some((end.at, end.rule()))
}

#[test]
fn a_countdown_that_stands_still_in_an_open_page_does_not_start_anew() {
    let buyer = Buyer::new();
    let seen = detail(ORDER, "Awaiting delivery", &[], &[PROTECTION]);
    let end = |day| Some((When::Instant(noon(day) + hours(124)), "page"));
    buyer.see_again(&seen, 1, noon(7));
    assert_eq!(delivery_end(&buyer.decision(ORDER, noon(7))), end(7));

    // The page stands open and changes elsewhere: the same words, a day later.
    buyer.see_again(&seen, 1, noon(8));
    let file = buyer.file(ORDER).unwrap();
    assert_eq!((file.looks[0].at, file.looks[0].countdown_at), (noon(8), noon(7)));
    assert_eq!(delivery_end(&buyer.decision(ORDER, noon(8))), end(7));

    // Loaded anew, the page means what it says.
    buyer.see_again(&seen, 2, noon(9));
    assert_eq!(delivery_end(&buyer.decision(ORDER, noon(9))), end(9));
}

#[test]
fn a_countdown_that_runs_in_an_open_page_counts_from_each_look() {
    let buyer = Buyer::new();
    buyer.see_again(&detail(ORDER, "Awaiting delivery", &[], &[PROTECTION]), 1, noon(7));
    let later = detail(ORDER, "Awaiting delivery", &[], &["Buyer Protection ends in 5 days 3 hours"]);
    buyer.see_again(&later, 1, noon(7) + hours(1));
    assert_eq!(buyer.file(ORDER).unwrap().looks[0].countdown_at, noon(7) + hours(1));
    assert_eq!(
        delivery_end(&buyer.decision(ORDER, noon(7) + hours(1))),
        Some((When::Instant(noon(7) + hours(124)), "page"))
    );
}

#[test]
fn a_clock_set_back_leaves_no_countdown_in_the_future() {
    let buyer = Buyer::new();
    let seen = detail(ORDER, "Awaiting delivery", &[], &[PROTECTION]);
    buyer.see_again(&seen, 1, noon(9));
    buyer.see_again(&seen, 1, noon(8));
    assert_eq!(buyer.file(ORDER).unwrap().looks[0].countdown_at, noon(8));
}

#[test]
fn list_detail_and_tracking_of_an_order_become_one_case() {
    let buyer = Buyer::new();
    let placed = "Order date: Sep 1, 2026";
    buyer.see(&list(&[card(ORDER, "Awaiting shipment", &[placed]), card(OTHER, "Completed", &[])]), noon(3));
    buyer.see(
        &detail(
            ORDER,
            "Awaiting delivery",
            &["Paid on: Sep 2, 2026", "Shipment completed on: Sep 4, 2026"],
            &["Refund if no delivery before Nov 10, 2026"],
        ),
        noon(5),
    );
    buyer.see(&tracking(ORDER, &[], &[("Sep 6, 2026", "Departed"), ("Sep 4, 2026", "Picked up")]), noon(7));
    let facts = buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(7))).0;
    assert_eq!(facts.order_status, Some(OrderStatus::InTransit));
    assert_eq!(facts.placed_at, Some(day("2026-09-01")));
    assert_eq!(facts.paid_at, Some(day("2026-09-02")));
    assert_eq!(facts.shipped_at, Some(day("2026-09-04")));
    assert_eq!(facts.last_tracking_at, Some(day("2026-09-06")));
    assert_eq!(facts.delivered_scan_at, None);
    let readings: Vec<_> =
        facts.readings.iter().flatten().map(|reading| (reading.of, reading.page)).collect();
    assert_eq!(readings, [(Of::Delivery, Some(PageKind::OrderDetail))]);
    // The other order of the list is a case of its own.
    let other = buyer.file(OTHER).unwrap().read().facts(&[], None, &moment(noon(7))).0;
    assert_eq!((other.order_status, other.placed_at), (Some(OrderStatus::Completed), None));
}

fn refund_before(date: &str) -> String {
    format!("Refund if no delivery before {date}")
}

/// Sees an order page and a tracking page that promise a refund, and gives the end that counts then.
fn end_of(looks: &[(PageKind, &str, DateTime<Utc>)]) -> (Option<(When, &'static str)>, Decision) {
    let buyer = Buyer::new();
    let mut now = noon(1);
    for (page, date, at) in looks {
        let words = refund_before(date);
        let seen = if *page == PageKind::Tracking {
            tracking(ORDER, &[&words], &[])
        } else {
            detail(ORDER, "Awaiting delivery", &[], &[&words])
        };
        buyer.see(&seen, *at);
        now = *at;
    }
    let decision = buyer.decision(ORDER, now);
    (delivery_end(&decision), decision)
}

/// 00:00 of a day in Berlin, which is before 00:00 Pacific.
fn start(day: u32) -> When {
    When::Instant(noon(day) - hours(14))
}

#[test]
fn of_two_dates_a_day_apart_the_earlier_counts_whichever_page_was_read_last() {
    use PageKind::{OrderDetail, Tracking};
    let now = noon(7);
    for looks in [
        [(OrderDetail, "Sep 24, 2026", now), (Tracking, "Sep 23, 2026", now + hours(1))],
        [(Tracking, "Sep 23, 2026", now), (OrderDetail, "Sep 24, 2026", now + hours(1))],
        [(OrderDetail, "Sep 23, 2026", now), (Tracking, "Sep 24, 2026", now + hours(1))],
        [(Tracking, "Sep 24, 2026", now), (OrderDetail, "Sep 23, 2026", now + hours(1))],
    ] {
        let (end, decision) = end_of(&looks);
        assert_eq!(end.map(|(at, _)| at), Some(start(23)), "{looks:?}");
        assert!(!decision.flags.contains(&Flag::StaleReading), "{looks:?}");
    }
}

#[test]
fn dates_further_apart_are_no_two_readings_of_one_limit_the_last_counts() {
    use PageKind::{OrderDetail, Tracking};
    let (end, _) = end_of(&[(Tracking, "Sep 22, 2026", noon(7)), (OrderDetail, "Sep 24, 2026", noon(8))]);
    assert_eq!(end.map(|(at, _)| at), Some(start(24)));
}

#[test]
fn an_old_look_does_not_take_the_place_of_a_fresh_one() {
    use PageKind::{OrderDetail, Tracking};
    // Else a fresh order page would be called stale until the tracking page is opened too.
    let (end, decision) =
        end_of(&[(Tracking, "Sep 23, 2026", noon(3)), (OrderDetail, "Sep 24, 2026", noon(7))]);
    assert_eq!(end.map(|(at, _)| at), Some(start(24)));
    assert!(!decision.flags.contains(&Flag::StaleReading));
}

#[test]
fn a_look_that_was_overtaken_does_not_take_the_place_of_one_that_was_not() {
    let buyer = Buyer::new();
    let before = noon(7) - hours(18);
    buyer.see(&detail(ORDER, "Awaiting delivery", &[], &[&refund_before("Sep 23, 2026")]), before);
    buyer.see(&tracking(ORDER, &[&refund_before("Sep 24, 2026")], &[("Sep 7, 2026", "Delivered")]), noon(7));
    assert_eq!(delivery_end(&buyer.decision(ORDER, noon(7))), Some((start(24), "page")));
}

#[test]
fn a_delivered_scan_makes_earlier_readings_stale() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[PROTECTION]), noon(7));
    assert!(!buyer.decision(ORDER, noon(7)).flags.contains(&Flag::StaleReading));
    buyer.see(&tracking(ORDER, &[], &[("Sep 8, 2026", "Delivered")]), noon(8));

    let decision = buyer.decision(ORDER, noon(8));
    assert!(decision.flags.contains(&Flag::StaleReading), "{decision:?}");
    assert_eq!((decision.next, &decision.because), (Next::RecheckPage, &Because::StaleReading(Of::Delivery)));
    assert!(decision.deadlines.iter().all(|deadline| deadline.rule() != "page"), "{decision:?}");

    // The page itself, read again, counts again.
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[PROTECTION]), noon(9));
    let decision = buyer.decision(ORDER, noon(9));
    assert!(!decision.flags.contains(&Flag::StaleReading));
    assert_eq!(delivery_end(&decision), Some((When::Instant(noon(9) + hours(124)), "page")));
}

#[test]
fn a_day_old_reading_asks_for_a_new_look() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &[], &[PROTECTION]), noon(7));
    assert_ne!(buyer.decision(ORDER, noon(8)).next, Next::RecheckPage);
    assert_eq!(buyer.decision(ORDER, noon(8) + hours(1)).next, Next::RecheckPage);
}

#[test]
fn tracking_that_moved_lately_is_moving_until_ten_days_have_gone_by() {
    let buyer = Buyer::new();
    buyer.see(&tracking(ORDER, &[], &[("Sep 6, 2026", "Departed")]), noon(7));
    let tracking = |now| buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(now)).0.tracking;
    assert!(tracking(noon(15)).is_some());
    assert_eq!(tracking(noon(16)), None);
}

#[test]
fn what_the_reader_warns_of_is_said_once() {
    let buyer = Buyer::new();
    let mut seen = detail(ORDER, "Awaiting delivery", &[], &[]);
    // Found by its words and its place only: order, status and total.
    seen["root"]["regions"][0] = json!({"name": "order", "by": "place", "regions": [], "fields": [
        field("runs", "words", &["Awaiting delivery", "Total: US $12.83", "Order placed on: Sep 1, 2026"]),
    ]});
    let overlay = tree(&buyer.see(&seen, noon(7)).overlay.unwrap());
    let warnings = with_class(&overlay, "warnings");
    assert_eq!(keys(warnings[0]), ["warning_layout_changed"]);
}

#[test]
fn several_items_are_a_case_with_parts() {
    let buyer = Buyer::new();
    let item = |id: &str| {
        json!({"name": "item", "by": "class", "regions": [], "fields": [
            field("item_link", "link", &[&format!("//www.aliexpress.com/item/{id}.html")]),
            field("title", "class", &["Sample cable"]),
        ]})
    };
    let parcel = |items: Value| json!({"name": "parcel", "by": "class", "fields": [], "regions": items});
    let mut seen = detail(ORDER, "Awaiting delivery", &[], &[]);
    let see = |seen: &Value| {
        buyer.see(seen, noon(7));
        buyer.decision(ORDER, noon(7)).flags.contains(&Flag::MultiParcel)
    };
    seen["root"]["regions"][0]["regions"] = json!([parcel(json!([item("1005000000000001")]))]);
    assert!(!see(&seen));
    seen["root"]["regions"][0]["regions"] =
        json!([parcel(json!([item("1005000000000001"), item("1005000000000002")]))]);
    assert!(see(&seen));
}

#[test]
fn a_page_that_grants_a_return_starts_its_clock_beside_the_long_window() {
    let buyer = Buyer::new();
    let sentences = "you can apply for a return/refund within 7 days of confirming receipt. If the item you received is \
        defective or not as described, you can open a dispute within 90 days after order was placed.";
    let rows = ["Order placed on: Aug 20, 2026", "Order completed on: Sep 1, 2026"];
    buyer.see(&detail(ORDER, "Completed", &rows, &[sentences]), noon(2));
    let decision = buyer.decision(ORDER, noon(2));
    let subjects: Vec<_> =
        decision.deadlines.iter().map(|limit| (limit.subject.code(), limit.rule())).collect();
    assert_eq!(subjects, [("free_return", "page"), ("window", "page")]);
}
