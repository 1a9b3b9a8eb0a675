//! One entry for each fuzz target: any text in, nothing out, no panic. Shared by the targets and by `tests/fuzz.rs`.

use chrono::DateTime;
use redress::{
    order::{self, fuzzing},
    page::{Address, PageSnapshot},
};

use crate::collect::collect;

type Target = fn(&str);

/// What a target is called, and what it does with a text.
pub(crate) const TARGETS: [(&str, Target); 7] = [
    ("address", address),
    ("countdown", |text| in_languages(text, fuzzing::countdown)),
    ("date", |text| in_languages(text, fuzzing::date)),
    ("money", fuzzing::money),
    ("page", page),
    ("sentence", |text| in_languages(text, fuzzing::sentence)),
    ("snapshot", snapshot),
];

/// Runs the target of a name.
pub(crate) fn run(name: &str, text: &str) {
    TARGETS.iter().filter(|(known, _)| *known == name).for_each(|(_, target)| target(text));
}

/// As on a page of a known language, of an unknown one, or of none: the length of the text decides.
fn in_languages(text: &str, read: fn(&str, Option<&str>)) {
    read(text, [Some("en"), Some("xx"), None].into_iter().nth(text.len() % 3).flatten());
}

fn address(text: &str) {
    if let Ok(address) = Address::parse(text) {
        let _ = (address.kind(), address.order_id(), address.is_ours(), address.is_captcha());
        let _ = address.resolve(text);
    }
    if let Ok(page) = Address::parse("https://www.aliexpress.com/p/order/index.html") {
        let _ = page.resolve(text);
    }
}

const PAGES: [&str; 3] = [
    "https://www.aliexpress.com/p/order/index.html",
    "https://www.aliexpress.com/p/order/detail.html?orderId=8200000000000001",
    "https://www.aliexpress.com/p/tracking/index.html?tradeOrderId=8200000000000001",
];

/// The text is the page: collected and read as one of the kinds of page, by its length again.
fn page(text: &str) {
    let address = PAGES.into_iter().nth(text.len() % 3).unwrap_or_default();
    if let Some(plan) = order::plan_of(address) {
        read(&collect(&plan, text, address));
    }
}

/// The text is what a collector sent, whatever that may be.
fn snapshot(text: &str) {
    if let Ok(snapshot) = serde_json::from_str::<PageSnapshot>(text) {
        snapshot.orders().for_each(|order| read(&order));
        read(&snapshot);
    }
}

fn read(snapshot: &PageSnapshot) {
    let now = DateTime::UNIX_EPOCH;
    let _ = order::read(snapshot, now, now.date_naive());
}
