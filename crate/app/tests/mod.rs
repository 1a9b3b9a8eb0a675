//! Requests against a store in memory, with snapshots as a collector makes them.

mod captures;
mod corrections;
mod history;
mod lists;
mod looks;
mod pages;
mod reminders;
mod report;
mod screens;
mod statements;
mod summaries;
mod vaults;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    Answer, App, AppError, CaptureDraft, PageAnswer, PageRequest, Request, Screen, Shown, keep,
    memory::{Database, Memory},
};
use crate::{
    case::{CaseFile, Decision, Moment, State, decide},
    evidence::Sha256,
    view::{Kept, Node},
};

const ORDER: &str = "8200000000000001";
const OTHER: &str = "8200000000000002";
const THIRD: &str = "8200000000000003";
const FOURTH: &str = "8200000000000004";

/// Noon of a day in September 2026, UTC.
fn noon(day: u32) -> DateTime<Utc> {
    format!("2026-09-{day:02}T12:00:00Z").parse().unwrap()
}

fn moment(now: DateTime<Utc>) -> Moment<'static> {
    Moment { now, zone: "Europe/Berlin", zones: &Database }
}

/// The application with what a test asks of it.
struct Buyer {
    app: App<Memory>,
}

impl Buyer {
    fn new() -> Self {
        Self { app: App { store: Memory::default() } }
    }

    fn ask(&self, request: Value, now: DateTime<Utc>) -> Result<Answer, AppError> {
        let request: Request = serde_json::from_value(sent(request)).unwrap();
        pollster::block_on(self.app.handle(request, &moment(now)))
    }

    /// Asks as one of our own pages does.
    fn ask_page(&self, request: Value, now: DateTime<Utc>) -> Result<PageAnswer, AppError> {
        let request: PageRequest = serde_json::from_value(sent(request)).unwrap();
        pollster::block_on(self.app.page(request, &moment(now)))
    }

    /// Looks at a page that was opened for this.
    fn see(&self, snapshot: &Value, now: DateTime<Utc>) -> Shown {
        self.see_again(snapshot, now.timestamp_millis(), now)
    }

    /// Looks at a page that was opened at `visit`.
    fn see_again(&self, snapshot: &Value, visit: i64, now: DateTime<Utc>) -> Shown {
        let seen = json!({"page_seen": {"snapshot": snapshot, "visit": visit, "collapsed": false}});
        match self.ask(seen, now).unwrap() {
            Answer::Shown(shown) => shown,
            other => panic!("{other:?}"),
        }
    }

    /// Keeps a capture of [`draft`].
    fn keep(&self, id: &str, changes: &Value, now: DateTime<Utc>) -> Result<Kept, AppError> {
        self.keep_as(draft(changes), &Sha256::of(PICTURE).to_string(), id, now)
    }

    fn keep_as(
        &self,
        draft: CaptureDraft,
        sha256: &str,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<Kept, AppError> {
        let head = self.app.store.kept().chain.pop();
        let keeping = keep(draft, sha256, id.to_owned(), head.as_ref(), None, &moment(now))?;
        let kept = keeping.kept.clone();
        self.app.store.keep(keeping);
        Ok(kept)
    }

    fn screen(&self, request: Value, now: DateTime<Utc>) -> Screen {
        if request.get("popup").is_none() {
            return match self.ask_page(request, now).unwrap() {
                PageAnswer::Screen(screen) => screen,
                other => panic!("{other:?}"),
            };
        }
        match self.ask(request, now).unwrap() {
            Answer::Screen(screen) => screen,
            other => panic!("{other:?}"),
        }
    }

    fn file(&self, order_id: &str) -> Option<CaseFile> {
        self.app.store.kept().case(order_id)
    }

    /// What is decided of an order without captures.
    fn decision(&self, order_id: &str, now: DateTime<Utc>) -> Decision {
        let facts = self.file(order_id).unwrap().read().facts(&[], None, &moment(now)).0;
        decide(&facts, &moment(now))
    }
}

/// A request is written in the tests under its name; it is sent with its name under `kind`.
fn sent(request: Value) -> Value {
    let Value::Object(request) = request else { panic!("{request}") };
    let (kind, mut sent) = request.into_iter().next().unwrap();
    sent["kind"] = json!(kind);
    sent
}

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nsample";

/// A draft of a capture of an order's page, with these changes.
fn draft(changes: &Value) -> CaptureDraft {
    let mut draft = json!({
        "trigger": "popup", "url": detail_url(ORDER), "title": "Order details", "width": 1280, "height": 799.6,
        "device_pixel_ratio": 1.25, "orders": [], "browser": "Chromium 156", "extension_version": "0.1.0",
        "media_type": "image/png", "mode": "viewport", "bytes": PICTURE.len(),
    });
    for (key, value) in changes.as_object().into_iter().flatten() {
        draft[key] = value.clone();
    }
    serde_json::from_value(draft).unwrap()
}

fn detail_url(order_id: &str) -> String {
    format!("https://www.aliexpress.com/p/order/detail.html?orderId={order_id}")
}

fn tracking_url(order_id: &str) -> String {
    format!("https://www.aliexpress.com/p/tracking/index.html?tradeOrderId={order_id}")
}

const LIST_URL: &str = "https://www.aliexpress.com/p/order/index.html";

/// A snapshot of the current layout in English. `orders` are its regions.
fn snapshot(address: &str, orders: &[Value]) -> Value {
    json!({"address": address, "layout": "current", "root": {
        "name": "page", "by": "address",
        "fields": [field("title", "class", &["AliExpress"]), field("language", "class", &["en-US"])],
        "regions": orders,
    }})
}

fn field(name: &str, by: &str, values: &[&str]) -> Value {
    json!({"name": name, "by": by, "values": values})
}

/// A region of an order.
fn order(fields: &[Value]) -> Value {
    json!({"name": "order", "by": "class", "fields": fields, "regions": []})
}

/// The page of an order: its status, its labelled rows, and the lines of text with known words.
fn detail(order_id: &str, status: &str, rows: &[&str], runs: &[&str]) -> Value {
    let number = format!("Order ID: {order_id}");
    let fields = [
        field("row", "class", &[&[number.as_str()], rows].concat()),
        field("status", "class", &[status]),
        field("runs", "words", runs),
    ];
    snapshot(&detail_url(order_id), &[order(&fields)])
}

/// The tracking of an order: its lines of text, and events as their day and title, newest first.
fn tracking(order_id: &str, runs: &[&str], events: &[(&str, &str)]) -> Value {
    let mut region =
        order(&[field("tracking_number", "prefix", &["LP00000000000001"]), field("runs", "words", runs)]);
    region["regions"] = events
        .iter()
        .map(|(time, title)| {
            json!({"name": "event", "by": "prefix", "regions": [],
                "fields": [field("time", "prefix", &[time]), field("title", "prefix", &[title])]})
        })
        .collect();
    snapshot(&tracking_url(order_id), &[region])
}

/// A card of the list.
fn card(order_id: &str, status: &str, rows: &[&str]) -> Value {
    let link = format!("//www.aliexpress.com/p/order/detail.html?orderId={order_id}");
    order(&[
        field("order_link", "data_pl", &[&link]),
        field("header_row", "data_pl", rows),
        field("status", "class", &[status]),
    ])
}

fn list(cards: &[Value]) -> Value {
    snapshot(LIST_URL, cards)
}

/// A tree as the drawer gets it.
fn tree(node: &Node) -> Value {
    serde_json::to_value(node).unwrap()
}

/// Every element of a tree for which `wanted` holds.
fn elements<'t>(tree: &'t Value, wanted: &dyn Fn(&Value) -> bool) -> Vec<&'t Value> {
    let own = wanted(tree).then_some(tree);
    let children = tree["children"].as_array().into_iter().flatten();
    own.into_iter().chain(children.flat_map(|child| elements(child, wanted))).collect()
}

fn with_class<'t>(tree: &'t Value, class: &str) -> Vec<&'t Value> {
    elements(tree, &|element| {
        element["class"].as_str().is_some_and(|own| own.split(' ').any(|one| one == class))
    })
}

/// The keys of the messages that stand in a tree, in its order.
fn keys(tree: &Value) -> Vec<&str> {
    elements(tree, &|node| node["message"].is_string())
        .into_iter()
        .filter_map(|node| node["message"].as_str())
        .collect()
}

fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}
