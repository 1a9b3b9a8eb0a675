//! Summaries: badge and popup know thousands of cases without reading them, and what time changes is made anew.

use serde_json::json;

use super::*;
use crate::app::{OUTDATED, Summary};

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
