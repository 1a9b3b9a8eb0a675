//! The popup, the dossier of an order, and the toolbar's badge.

use super::*;
use crate::{
    app::{Badge, screen},
    case::{CaseFile, Next},
    page::Address,
};

impl Buyer {
    fn badge(&self, now: DateTime<Utc>) -> Badge {
        match self.ask(json!({"badge": {}}), now).unwrap() {
            Answer::Badge(badge) => badge,
            other => panic!("{other:?}"),
        }
    }

    /// Sees an order under way whose protection ends in these words.
    pub(super) fn see_protected(&self, order_id: &str, left: &str, now: DateTime<Utc>) {
        self.see(&detail(order_id, "Awaiting delivery", &[], &[&format!("Protection ends in {left}")]), now);
    }
}

#[test]
fn the_badge_shows_the_nearest_end() {
    let buyer = Buyer::new();
    assert_eq!((buyer.badge(noon(7)).text.as_str(), buyer.badge(noon(7)).next_change_ms), ("", None));
    buyer.see_protected(ORDER, "5 days 4 hours", noon(7));
    buyer.see_protected(OTHER, "3 days 1 hour", noon(7));
    // The seller's limit is nearer, but it is not the buyer's.
    buyer.see(&detail(THIRD, "Awaiting shipment", &["Paid on: Sep 1, 2026"], &[]), noon(7));
    let mut colors = Vec::new();
    for (gone, text) in [
        (hours(0), "3d"),
        (hours(25), "2d"),
        (hours(26), "47h"),
        (hours(72), "1h"),
        (hours(72) + TimeDelta::minutes(30), "30m"),
        // Then the other order.
        (hours(73), "2d"),
        (hours(123), "1h"),
        // The delivery times have ended; the windows to open a dispute that follow last 15 days.
        (hours(124), "12d"),
        (hours(124) + TimeDelta::days(15), ""),
    ] {
        let badge = buyer.badge(noon(7) + gone);
        assert_eq!(badge.text, text, "{gone}");
        assert_eq!(badge.next_change_ms.is_some(), !text.is_empty(), "{gone}");
        assert!(badge.next_change_ms.is_none_or(|ms| ms > 0), "{gone}");
        colors.push(badge.color);
    }
    colors.dedup();
    assert_eq!(colors.len(), 6, "soon, urgent, soon, urgent, safe, nothing: {colors:?}");
}

#[test]
fn the_badge_shows_no_estimate() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Shipment completed on: Sep 4, 2026"], &[]), noon(7));
    let decision = buyer.decision(ORDER, noon(7));
    assert!(decision.deadlines.iter().any(crate::case::Deadline::is_estimate), "{decision:?}");
    assert_eq!(buyer.badge(noon(7)).text, "");
}

#[test]
fn the_badge_changes_when_its_text_does() {
    let buyer = Buyer::new();
    buyer.see_protected(ORDER, "3 days", noon(7));
    let mut now = noon(7);
    let mut texts = vec![buyer.badge(now).text];
    while let Some(wait) = buyer.badge(now).next_change_ms {
        let before = buyer.badge(now + TimeDelta::milliseconds(wait - 2)).text;
        assert_eq!(Some(&before), texts.last(), "a change before it was announced, at {now}");
        now += TimeDelta::milliseconds(wait);
        texts.push(buyer.badge(now).text);
    }
    texts.dedup();
    // 3d and 2d, 47h to 1h, 59m to 0m; for the window that follows 14d to 2d, and so on; nothing.
    assert_eq!((texts.len(), texts.last().map(String::as_str)), (2 + 47 + 60 + 13 + 47 + 60 + 1, Some("")));
}

/// The orders of the popup's list, in its order.
fn listed(screen: &Screen) -> Vec<String> {
    let view = tree(&screen.view);
    let rows = elements(&view, &|element| element["id"].as_str().is_some_and(|id| id.starts_with("order-")));
    rows.iter().map(|row| row["id"].as_str().unwrap().replace("order-", "")).collect()
}

#[test]
fn the_popup_lists_what_ends_first_then_what_is_over_then_what_is_unknown() {
    const FIFTH: &str = "8200000000000005";
    let buyer = Buyer::new();
    let now = noon(20);
    buyer.see(&detail(ORDER, "Something new", &[], &[]), now);
    buyer.see_protected(OTHER, "30 days", now);
    buyer.see_protected(THIRD, "2 days", now);
    buyer.see(&detail(FIFTH, "Completed", &["Order completed on: Aug 1, 2026"], &[]), now);
    // Not over: the seller has to ship.
    buyer.see(&detail(FOURTH, "Awaiting shipment", &["Paid on: Sep 18, 2026"], &[]), now);
    let popup = buyer.screen(json!({"popup": {"url": null}}), now);
    assert_eq!(listed(&popup), [THIRD, OTHER, FOURTH, FIFTH, ORDER]);
    assert_eq!(popup.title, "Redress");
    assert!(popup.next_change_ms.is_some());
}

#[test]
fn the_popup_shows_the_order_in_front_apart() {
    let buyer = Buyer::new();
    buyer.see_protected(ORDER, "30 days", noon(7));
    buyer.see_protected(OTHER, "2 days", noon(7));
    let popup = |url: Value| buyer.screen(json!({"popup": {"url": url}}), noon(7));
    let says = |screen: &Screen, key: &str| keys(&tree(&screen.view)).contains(&key);

    let front = popup(json!(detail_url(ORDER)));
    assert_eq!(listed(&front), [OTHER]);
    assert!(says(&front, "next_title"));
    for (url, key) in [
        (json!(detail_url(THIRD)), "popup_no_order"),
        (json!("https://www.aliexpress.com/"), "popup_no_order"),
        (json!("https://www.example.com/"), "popup_elsewhere"),
        (Value::Null, "popup_elsewhere"),
    ] {
        let screen = popup(url.clone());
        assert_eq!(listed(&screen), [OTHER, ORDER], "{url}");
        assert!(says(&screen, key), "{url}");
    }
    let nothing = Buyer::new().screen(json!({"popup": {"url": null}}), noon(7));
    assert!(says(&nothing, "popup_no_orders"));
    assert_eq!(nothing.next_change_ms, None);
}

#[test]
fn an_order_that_is_not_known_has_a_dossier_that_says_so() {
    let buyer = Buyer::new();
    for order_id in [ORDER, "", "abc", "<b>"] {
        let screen = buyer.screen(json!({"dossier": {"order_id": order_id}}), noon(7));
        assert_eq!(keys(&tree(&screen.view)), ["dossier_unknown_title", "dossier_unknown"]);
        assert_eq!(screen.next_change_ms, None);
    }
}

#[test]
fn an_order_of_which_there_are_only_captures_has_a_dossier() {
    let buyer = Buyer::new();
    buyer.keep("capture-1", &json!({}), noon(7)).unwrap();
    let screen = buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(8));
    let view = tree(&screen.view);
    assert_eq!(with_class(&view, "exhibit").len(), 1);
    assert!(keys(&view).contains(&"state_unknown"), "what was not read stays unknown");
}

#[test]
fn the_timeline_holds_days_of_the_page_and_looks_in_their_order() {
    let buyer = Buyer::new();
    let rows = ["Order placed on: Sep 1, 2026", "Paid on: Sep 2, 2026", "Shipment completed on: Sep 7, 2026"];
    buyer.see(&detail(ORDER, "Awaiting delivery", &rows, &[]), noon(7));
    let view = tree(&buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(8)).view);
    let timeline = with_class(&view, "timeline");
    let events: Vec<_> = keys(timeline[0]).into_iter().filter(|key| key.starts_with("event_")).collect();
    assert_eq!(events, ["event_placed", "event_paid", "event_shipped", "event_read"]);
}

#[test]
fn a_button_leads_to_another_page_than_the_one_the_user_is_on() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Completed", &["Order completed on: Sep 6, 2026"], &[]), noon(7));
    let opens = |view: &Value| {
        let buttons = elements(view, &|element| element["action"]["do"] == "open_page");
        buttons.iter().map(|button| button["action"]["url"].clone()).collect::<Vec<_>>()
    };
    let overlay = |url: String| {
        let request = json!({"redraw": {"url": url, "orders": [ORDER], "collapsed": false}});
        let Answer::Shown(shown) = buyer.ask(request, noon(7)).unwrap() else { panic!() };
        opens(&tree(&shown.overlay.unwrap()))
    };
    assert_eq!(overlay(tracking_url(ORDER)), [detail_url(ORDER)]);
    assert_eq!(overlay(format!("{}&spm=a2g0o", detail_url(ORDER))), Vec::<Value>::new());
}

/// The keys of the texts in English.
fn texts() -> Value {
    serde_json::from_str(include_str!("../../../extension/_locales/en/messages.json")).unwrap()
}

#[test]
fn every_step_that_is_done_somewhere_leads_to_a_page_of_the_shop_with_a_label() {
    let history = CaseFile::new(ORDER.to_owned()).read();
    let texts = texts();
    let links: Vec<_> = Next::ALL.iter().filter_map(|next| screen::link(&history, *next)).collect();
    assert!(links.len() > 10, "{links:?}");
    for link in links {
        assert!(texts[link.label].is_object(), "{}", link.label);
        assert!(Address::parse(&link.url).unwrap().is_ours() && link.url.starts_with("https://"), "{link:?}");
    }
}

#[test]
fn every_event_has_a_text() {
    let buyer = Buyer::new();
    let rows = [
        "Order placed on: Sep 1, 2026",
        "Paid on: Sep 2, 2026",
        "Shipment completed on: Sep 3, 2026",
        "Order completed on: Sep 7, 2026",
    ];
    buyer.see(&detail(ORDER, "Completed", &rows, &[]), noon(7));
    buyer.see(&tracking(ORDER, &[], &[("Sep 6, 2026", "Delivered")]), noon(7));
    buyer.keep("capture-1", &json!({}), noon(7)).unwrap();
    let view = tree(&buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(8)).view);
    let timeline = with_class(&view, "timeline");
    let mut events: Vec<_> = keys(timeline[0]).into_iter().filter(|key| key.starts_with("event_")).collect();
    let texts = texts();
    assert!(events.iter().all(|event| texts[event].is_object()), "{events:?}");
    events.dedup();
    // Delivered and the last tracking event are on one day; two pages were read.
    assert_eq!(events.len(), 8, "{events:?}");
}
