//! The bar of a list: how many orders stand on the page, and which of them need the buyer now.

use super::*;

/// A card of an order on its way that is protected for so long.
fn protected(order_id: &str, left: &str) -> Value {
    let mut card = card(order_id, "Awaiting delivery", &[]);
    card["fields"].as_array_mut().unwrap().push(field(
        "runs",
        "words",
        &[&format!("Protection ends in {left}")],
    ));
    card
}

/// What the bar says, and whether its button is pressed.
fn bar(shown: &Shown) -> (String, Option<String>) {
    let bar = tree(shown.list.as_ref().unwrap());
    let said = elements(&bar, &|node| node["message"].is_string());
    let said: Vec<String> =
        said.iter().map(|said| format!("{} {}", said["message"].as_str().unwrap(), said["count"])).collect();
    let button = elements(&bar, &|node| node["tag"] == "button");
    let pressed = button.first().map(|button| button["attributes"][0][1].as_str().unwrap().to_owned());
    (said.join(", "), pressed)
}

fn needs(shown: &Shown) -> Vec<(usize, bool)> {
    shown.badges.iter().map(|badge| (badge.root, badge.needs)).collect()
}

#[test]
fn a_list_says_how_many_orders_there_are_and_which_need_the_buyer() {
    let buyer = Buyer::new();
    let unnamed = order(&[field("status", "class", &["Awaiting delivery"])]);
    let cards =
        [protected(ORDER, "40 days"), protected(OTHER, "3 days"), unnamed, protected(OTHER, "3 days")];
    let shown = buyer.see(&list(&cards), noon(7));
    assert_eq!(needs(&shown), [(0, false), (1, true), (3, true)]);
    let said = "list_orders 3, list_need 1";
    assert_eq!(bar(&shown), (said.to_owned(), Some("false".to_owned())));
    // Time alone makes the other one near.
    let request = json!({"redraw": {"url": LIST_URL, "orders": shown.orders, "filter": true}});
    let Answer::Shown(later) = buyer.ask(request, noon(7) + TimeDelta::days(36)).unwrap() else { panic!() };
    assert_eq!(needs(&later)[0], (0, true));
    assert_eq!(bar(&later).1.as_deref(), Some("true"));
}

#[test]
fn only_a_list_with_orders_has_a_bar() {
    let buyer = Buyer::new();
    assert!(buyer.see(&detail(ORDER, "Awaiting delivery", &[], &[]), noon(7)).list.is_none());
    assert!(buyer.see(&list(&[]), noon(7)).list.is_none());
    let shown = buyer.see(&list(&[card(ORDER, "Something new", &[])]), noon(7));
    assert_eq!(bar(&shown), ("list_orders 1, list_need_none null".to_owned(), None));
}

#[test]
fn a_step_for_one_item_needs_the_buyer() {
    let buyer = Buyer::new();
    let mut page = detail(
        ORDER,
        "Awaiting delivery",
        &["Shipment completed on: Sep 4, 2026"],
        &["Protection ends in 40 days"],
    );
    let item = |id: &str| {
        json!({"name": "item", "by": "class", "regions": [], "fields": [
            field("item_link", "link", &[&format!("//www.aliexpress.com/item/{id}.html")]),
        ]})
    };
    let items = [item("1005000000000001"), item("1005000000000002")];
    page["root"]["regions"][0]["regions"] =
        json!([{"name": "parcel", "by": "class", "fields": [], "regions": items}]);
    buyer.see(&page, noon(7));
    let on_list = |day| buyer.see(&list(&[card(ORDER, "Awaiting delivery", &[])]), noon(day));
    assert_eq!(needs(&on_list(8)), [(0, false)]);
    let stated = json!({"state": {"order_id": ORDER, "item": "1005000000000001", "topic": "event",
        "text": "dispute_opened 2026-09-08"}});
    buyer.ask(stated, noon(8)).unwrap();
    assert_eq!(needs(&on_list(9)), [(0, true)], "evidence can be added to the dispute of the item");
}
