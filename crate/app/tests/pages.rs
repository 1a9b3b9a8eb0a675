//! What a page of the shop is answered: a plan, an overlay, badges, the orders on it.

use super::*;
use crate::app::StoreError;

#[test]
fn only_pages_of_the_shop_get_a_plan() {
    let buyer = Buyer::new();
    let plan = |url: &str| match buyer.ask(json!({"page_opened": {"url": url}}), noon(7)).unwrap() {
        Answer::Opened { plan } => plan.map(|plan| (plan.layout, plan.page.code())),
        other => panic!("{other:?}"),
    };
    for (url, expected) in [
        (detail_url(ORDER).as_str(), Some(("current", "order_detail"))),
        (LIST_URL, Some(("current", "order_list"))),
        ("https://es.aliexpress.com/p/tracking/index.html", Some(("current", "tracking"))),
        ("https://www.aliexpress.us/item/1005000000000001.html", Some(("", "unknown"))),
        ("https://www.example.com/p/order/detail.html?orderId=8200000000000001", None),
        ("https://aliexpress.com.example.com/p/order/index.html", None),
        ("about:blank", None),
    ] {
        assert_eq!(plan(url), expected, "{url}");
    }
}

#[test]
fn an_order_page_is_stored_and_gets_an_overlay() {
    let buyer = Buyer::new();
    let seen = detail(
        ORDER,
        "Awaiting delivery",
        &["Order placed on: Sep 1, 2026"],
        &["Refund if no delivery before Oct 30, 2026"],
    );
    let shown = buyer.see(&seen, noon(7));
    assert_eq!(shown.orders, [Some(ORDER.to_owned())]);
    assert!(shown.badges.is_empty());
    let overlay = tree(shown.overlay.as_ref().unwrap());
    assert_eq!(overlay["id"], "redress-card");
    assert!(keys(&overlay).contains(&"state_in_transit"), "{overlay}");
    assert!(shown.next_change_ms.is_some_and(|ms| ms > 0 && ms <= hours(1).num_milliseconds()));

    let file = buyer.file(ORDER).unwrap();
    assert_eq!(file.looks.len(), 1);
    assert_eq!(file.looks[0].at, noon(7));
    assert_eq!(file.looks[0].snapshot.address, detail_url(ORDER));
    assert_eq!(
        file.read().facts(&[], None, &moment(noon(7))).0.placed_at,
        Some(serde_json::from_value(json!("2026-09-01")).unwrap())
    );
}

#[test]
fn the_overlay_is_a_pill_where_the_user_made_it_one() {
    let buyer = Buyer::new();
    let seen = detail(ORDER, "Awaiting delivery", &[], &[]);
    let ask = |notice: Value| {
        let request =
            json!({"page_seen": {"snapshot": seen, "visit": 1, "collapsed": true, "notice": notice}});
        match buyer.ask(request, noon(7)).unwrap() {
            Answer::Shown(shown) => tree(&shown.overlay.unwrap())["id"].clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ask(Value::Null), "redress-pill");
    // What the user must be told does not fit on a pill.
    assert_eq!(ask(json!("needs_click")), "redress-card");
}

#[test]
fn a_list_gets_a_badge_on_each_card_that_names_its_order() {
    let buyer = Buyer::new();
    let nameless = order(&[field("status", "class", &["Awaiting delivery"])]);
    let cards = [card(ORDER, "Awaiting delivery", &[]), nameless, card(OTHER, "Completed", &[])];
    let shown = buyer.see(&list(&cards), noon(7));
    assert!(shown.overlay.is_none());
    assert_eq!(shown.orders, [Some(ORDER.to_owned()), None, Some(OTHER.to_owned())]);
    let roots: Vec<usize> = shown.badges.iter().map(|badge| badge.root).collect();
    assert_eq!(roots, [0, 2]);
    assert!(keys(&tree(&shown.badges[0].node)).contains(&"state_in_transit"));
    assert_eq!(buyer.file(OTHER).unwrap().looks.len(), 1);
}

#[test]
fn a_card_that_stands_twice_counts_once() {
    let buyer = Buyer::new();
    let cards = [
        card(ORDER, "Awaiting delivery", &["Order date: Sep 1, 2026"]),
        card(ORDER, "Completed", &["Order date: Sep 2, 2026"]),
    ];
    let shown = buyer.see(&list(&cards), noon(7));
    assert_eq!(shown.badges.len(), 2);
    // The first, as everywhere where a list is read.
    let facts = buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(7))).0;
    assert_eq!(facts.status_text.as_deref(), Some("Awaiting delivery"));
}

#[test]
fn the_address_of_a_list_says_nothing_about_its_cards() {
    let buyer = Buyer::new();
    let mut seen = list(&[card(OTHER, "Awaiting delivery", &[])]);
    seen["address"] = json!(format!("{LIST_URL}?orderId={ORDER}"));
    let shown = buyer.see(&seen, noon(7));
    assert_eq!(shown.badges.len(), 1);
    assert!(buyer.file(OTHER).is_some());
}

#[test]
fn a_page_that_still_shows_another_order_is_not_stored() {
    let buyer = Buyer::new();
    let mut seen = detail(OTHER, "Completed", &[], &[]);
    seen["address"] = json!(detail_url(ORDER));
    let shown = buyer.see(&seen, noon(7));
    assert!(shown.overlay.is_none(), "nothing is known of the order that the address names");
    assert!(buyer.file(ORDER).is_none());
    assert!(buyer.file(OTHER).is_none());
}

#[test]
fn a_page_without_an_order_stores_and_shows_nothing() {
    let buyer = Buyer::new();
    for seen in [
        snapshot(&detail_url(ORDER), &[]),
        snapshot(&detail_url(ORDER), &[order(&[])]),
        snapshot("https://login.aliexpress.com/", &[order(&[field("status", "class", &["Completed"])])]),
        snapshot("not an address", &[order(&[field("status", "class", &["Completed"])])]),
    ] {
        let shown = buyer.see(&seen, noon(7));
        assert!(shown.overlay.is_none() && shown.badges.is_empty(), "{seen}");
        assert_eq!(buyer.app.store.kept(), Buyer::new().app.store.kept(), "{seen}");
    }
}

#[test]
fn several_orders_are_stored_all_or_none() {
    let buyer = Buyer::new();
    buyer.app.store.fail_next(StoreError::Full);
    let seen = list(&[card(ORDER, "Awaiting delivery", &[]), card(OTHER, "Completed", &[])]);
    let shown = buyer.see(&seen, noon(7));
    assert!(buyer.file(ORDER).is_none() && buyer.file(OTHER).is_none());
    assert_eq!(shown.badges.len(), 2, "what was read is shown all the same");
}

#[test]
fn what_cannot_be_kept_is_shown_and_the_user_is_told() {
    let buyer = Buyer::new();
    buyer.app.store.fail_next(StoreError::Full);
    let seen = detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[]);
    let overlay = buyer.see(&seen, noon(7)).overlay.expect("an overlay");
    let text = serde_json::to_string(&overlay).unwrap();
    assert!(text.contains("state_in_transit") && text.contains("there is no room left"), "{text}");
    assert!(buyer.file(ORDER).is_none());
}

#[test]
fn drawing_again_never_changes_what_is_stored() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[]), noon(7));
    let before = buyer.app.store.kept();
    // A store that would fail shows that nothing is even written.
    buyer.app.store.fail_next(StoreError::Refused("no writes".to_owned()));
    for (url, orders) in [
        (detail_url(ORDER), json!([ORDER])),
        (LIST_URL.to_owned(), json!([ORDER, null, OTHER])),
        ("about:blank".to_owned(), json!([])),
    ] {
        let request =
            json!({"redraw": {"url": url, "orders": orders, "collapsed": false, "notice": "deleted"}});
        assert!(matches!(buyer.ask(request, noon(20)).unwrap(), Answer::Shown(_)));
    }
    buyer.screen(json!({"popup": {"url": null}}), noon(20));
    buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(20));
    buyer.ask(json!({"badge": {}}), noon(20)).unwrap();
    buyer.ask_page(json!({"report": {"order_id": ORDER}}), noon(20)).unwrap();
    assert_eq!(buyer.app.store.kept(), before);
}

#[test]
fn drawing_again_shows_the_time_that_has_gone_by() {
    let buyer = Buyer::new();
    let seen = detail(ORDER, "Awaiting delivery", &[], &["Buyer Protection ends in 5 days 4 hours"]);
    let span = |shown: &Shown| {
        let overlay = tree(shown.overlay.as_ref().unwrap());
        let left = with_class(&overlay, "left")[0]["children"][0].clone();
        left["with"][0]["span"].as_i64().unwrap()
    };
    let first = span(&buyer.see(&seen, noon(7)));
    assert_eq!(first, hours(124).num_milliseconds());
    let request = json!({"redraw": {"url": detail_url(ORDER), "orders": [ORDER], "collapsed": false}});
    let Answer::Shown(later) = buyer.ask(request, noon(7) + hours(3)).unwrap() else { panic!() };
    assert_eq!(span(&later), hours(121).num_milliseconds());
}

const RETURNS_URL: &str = "https://m.aliexpress.com/p/refund-dispute/list.html";

/// A card of the list of returns: a line of an order.
fn line(order_id: &str, line_id: &str, stage: &str) -> Value {
    let link = format!("https://m.aliexpress.com/p/refund-amount/detail.html?tradeOrderLineId={line_id}");
    order(&[
        field("order_number", "prefix", &[order_id]),
        field("line_link", "link", &[&link]),
        field("dispute", "prefix", &[stage]),
    ])
}

#[test]
fn the_lines_of_a_list_of_returns_belong_to_one_look() {
    let buyer = Buyer::new();
    let cards = [
        line(ORDER, "8200000000020001", "Refund completed 2026-09-01"),
        line(ORDER, "8200000000020002", "Waiting for seller 2026-09-05"),
        line(OTHER, "8200000000020003", "Refund completed 2026-09-02"),
    ];
    let shown = buyer.see(&snapshot(RETURNS_URL, &cards), noon(7));
    assert_eq!(shown.badges.iter().map(|badge| badge.root).collect::<Vec<_>>(), [0, 1, 2]);
    let file = buyer.file(ORDER).unwrap();
    assert_eq!(file.looks.len(), 1);
    let seen = &file.read().seen[0].order;
    assert_eq!(seen.line_ids, ["8200000000020001", "8200000000020002"]);
    // What still runs stands for the order.
    assert_eq!(seen.dispute.as_ref().unwrap().text, "Waiting for seller 2026-09-05");

    // Seen again, nothing has changed.
    buyer.see(&snapshot(RETURNS_URL, &cards), noon(8));
    assert_eq!(buyer.file(ORDER).unwrap().looks.len(), 1);
}

#[test]
fn a_refund_that_names_only_its_line_belongs_to_the_order_of_that_line() {
    let buyer = Buyer::new();
    let refund = |line_id: &str| {
        let url = format!("https://m.aliexpress.com/p/refund-amount/detail.html?tradeOrderLineId={line_id}");
        snapshot(&url, &[order(&[field("runs", "words", &["Waiting for your response"])])])
    };
    // A line looks like an order and is none.
    assert_eq!(buyer.see(&refund("8200000000020002"), noon(6)).orders, [None]);
    assert_eq!(buyer.file("8200000000020002"), None);

    let card = line(ORDER, "8200000000020002", "Waiting for seller 2026-09-05");
    buyer.see(&snapshot(RETURNS_URL, &[card]), noon(7));
    let shown = buyer.see(&refund("8200000000020002"), noon(8));
    assert_eq!(shown.orders, [Some(ORDER.to_owned())]);
    let overlay = tree(shown.overlay.as_ref().unwrap());
    assert!(keys(&overlay).contains(&"state_dispute_wait_buyer"), "{overlay}");
    assert_eq!(buyer.see(&refund("8200000000020009"), noon(8)).orders, [None]);
}
