//! Summaries: badge and popup know thousands of cases without reading them, and what time changes is made anew.

use serde_json::json;

use super::*;
use crate::app::{OUTDATED, Summary, work::Work};

impl Buyer {
    fn summary(&self, order_id: &str) -> Summary {
        self.app.store.kept().summaries.get(order_id).cloned().unwrap()
    }

    fn badge_text(&self, now: DateTime<Utc>) -> (String, Option<i64>) {
        match self.ask(json!({"badge": {}}), now).unwrap() {
            Answer::Badge(badge) => (badge.text, badge.next_change_ms),
            other => panic!("{other:?}"),
        }
    }
}

fn order_id(number: usize) -> String {
    format!("82000000000{number:05}")
}

#[test]
fn what_is_read_or_stated_is_summed_up_at_once() {
    let buyer = Buyer::new();
    buyer.see_protected(ORDER, "6 days", noon(7));
    let before = buyer.summary(ORDER);
    assert_eq!(before.state.map(State::code), Some("in_transit"));
    assert_eq!(before.closes.len(), 1);
    let stated = json!({"state": {"order_id": ORDER, "topic": "event", "text": "dispute_opened 2026-09-07"}});
    buyer.ask(stated, noon(7)).unwrap();
    assert_eq!(buyer.summary(ORDER).state.map(State::code), Some("dispute_wait_seller"));
}

#[test]
fn a_summary_is_made_anew_when_time_has_changed_the_case_and_not_before() {
    let buyer = Buyer::new();
    buyer.see_protected(ORDER, "6 hours", noon(7));
    assert_eq!(buyer.badge_text(noon(7)).0, "6h");
    let fresh = buyer.summary(ORDER);
    buyer.badge_text(noon(7) + TimeDelta::hours(5));
    assert_eq!(buyer.summary(ORDER), fresh, "nothing happened in between");
    // The timer has run out: the window to open a dispute counts.
    assert_eq!(buyer.badge_text(noon(8)).0, "14d");
    assert_eq!(buyer.summary(ORDER).state.map(State::code), Some("window_open"));
}

#[test]
fn cases_that_were_kept_before_there_were_summaries_are_summed_up_in_turns() {
    let buyer = Buyer::new();
    let orders = OUTDATED + 10;
    for number in 1..=orders {
        buyer.see_protected(&order_id(number), &format!("{} days", number + 1), noon(7));
    }
    buyer.app.store.stub_summaries();
    let done = |buyer: &Buyer| buyer.app.store.kept().summaries.values().filter(|own| own.until > 0).count();
    assert_eq!(done(&buyer), 0);
    let (_, next) = buyer.badge_text(noon(7));
    assert_eq!(done(&buyer), OUTDATED);
    assert!(next.unwrap() <= 2000, "the rest follows soon");
    let (text, next) = buyer.badge_text(noon(7) + TimeDelta::seconds(90));
    assert_eq!((done(&buyer), text.as_str()), (orders, "47h"));
    assert!(next.unwrap() > 2000);
}

#[test]
fn the_popup_lists_the_nearest_of_many_and_says_how_many_there_are() {
    let buyer = Buyer::new();
    for number in 1..=60 {
        buyer.see_protected(&order_id(number), &format!("{} days", 70 - number), noon(7));
    }
    let view = tree(&buyer.screen(json!({"popup": {"url": null}}), noon(7)).view);
    let rows = elements(&view, &|element| element["id"].as_str().is_some_and(|id| id.starts_with("order-")));
    assert_eq!(rows.len(), 50);
    assert_eq!(rows[0]["id"], json!(format!("order-{}", order_id(60))));
    let text = view.to_string();
    assert!(text.contains("popup_first") && text.contains("\"count\":60"), "{text}");
}

#[test]
fn other_rules_make_a_summary_outdated() {
    let buyer = Buyer::new();
    buyer.see_protected(ORDER, "6 days", noon(7));
    let mut old = buyer.summary(ORDER);
    old.rules -= 1;
    old.state = None;
    buyer.app.store.put_summary(old);
    buyer.screen(json!({"popup": {"url": null}}), noon(7));
    assert_eq!(buyer.summary(ORDER).state.map(State::code), Some("in_transit"));
}

/// The orders that the popup lists for what is searched, and how many it says were found.
fn found(buyer: &Buyer, search: &str) -> (Vec<String>, Value) {
    let view = tree(&buyer.screen(json!({"popup": {"url": null, "search": search}}), noon(7)).view);
    let heading = elements(&view, &|node| {
        matches!(node["message"].as_str(), Some("popup_all" | "popup_found" | "popup_found_none"))
    });
    let rows = elements(&view, &|element| element["id"].as_str().is_some_and(|id| id.starts_with("order-")));
    let ids = rows.iter().map(|row| row["id"].as_str().unwrap().replace("order-", "")).collect();
    (ids, heading[0].clone())
}

#[test]
fn all_orders_are_searched_by_title_and_number_in_upper_and_lower_case() {
    let buyer = Buyer::new();
    for number in 1..=120 {
        buyer.see_protected(&order_id(number), &format!("{} days", number + 9), noon(7));
    }
    for (number, name) in [(117, "Кабель USB"), (118, "Sample cable")] {
        let named = Summary { name: Some(name.to_owned()), ..buyer.summary(&order_id(number)) };
        buyer.app.store.put_summary(named);
    }
    let (far, near) = (order_id(118), order_id(99));
    for (search, ids) in [
        ("CABLE", vec![far.clone()]),
        ("кабель u", vec![order_id(117)]),
        (far.as_str(), vec![far.clone()]),
        (near.trim_start_matches("8200"), vec![near.clone()]),
    ] {
        let heading = json!({"message": "popup_found", "with": [{"number": 1}], "count": 1});
        assert_eq!(found(&buyer, search), (ids, heading), "{search}");
    }
    assert_eq!(found(&buyer, "no such thing"), (vec![], json!({"message": "popup_found_none"})));
    // The nearest of many, with the number of all that were found.
    let (ids, heading) = found(&buyer, "8200");
    assert_eq!((ids.len(), &ids[0], &heading["count"]), (50, &order_id(1), &json!(120)));
    // Without a text nothing is searched.
    let (ids, heading) = found(&buyer, "");
    assert_eq!((ids.len(), &heading["message"]), (50, &json!("popup_all")));
}

#[test]
fn a_search_finds_the_order_in_front_too_and_makes_outdated_summaries_anew() {
    let buyer = Buyer::new();
    buyer.see_protected(ORDER, "6 hours", noon(7));
    let asked = json!({"popup": {"url": detail_url(ORDER), "search": ORDER}});
    let text = tree(&buyer.screen(asked, noon(8)).view).to_string();
    assert!(text.contains(&format!("order-{ORDER}")), "{text}");
    assert_eq!(buyer.summary(ORDER).state.map(State::code), Some("window_open"));
}

#[test]
fn only_a_search_reads_all_summaries() {
    let need = |request: Value| {
        let request: Request = serde_json::from_value(request).unwrap();
        Work::new(request, &moment(noon(7))).need(&moment(noon(7))).unwrap().summaries.unwrap()
    };
    let plain = need(json!({"kind": "popup", "url": null, "search": null}));
    assert_eq!((plain.first, plain.search), (50, None));
    let searched = need(json!({"kind": "popup", "url": null, "search": "cable"}));
    assert_eq!((searched.first, searched.search.as_deref()), (50, Some("cable")));
}

#[test]
fn the_popup_says_how_many_of_its_orders_need_the_buyer() {
    let buyer = Buyer::new();
    for (number, days) in [(4, 30), (2, 3), (3, 4)] {
        buyer.see_protected(&order_id(number), &format!("{days} days"), noon(6));
    }
    // To be paid until late on 11 September.
    buyer.see(&detail(ORDER, "Awaiting payment", &["Order placed on: Aug 23, 2026"], &[]), noon(6));
    let fresh = buyer.summary(ORDER);
    let needing = |now| {
        let view = tree(&buyer.screen(json!({"popup": {"url": null}}), now).view);
        let said = elements(&view, &|node| node["message"] == "popup_need");
        said.first().map(|said| said["count"].clone())
    };
    // Time alone, while the summaries are still fresh.
    assert_eq!((needing(noon(6)), needing(noon(6) + hours(11))), (Some(json!(2)), Some(json!(3))));
    assert_eq!(buyer.summary(ORDER), fresh);
}
