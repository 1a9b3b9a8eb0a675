//! What the page says: facts of orders, each with the words it came from, and warnings. No rules yet.
//!
//! [`read`] turns a [`PageSnapshot`] into a [`PageReading`]. What is not certain stays `None` and gives a warning.

mod chat;
mod countdown;
mod currency;
mod date;
mod detail;
mod dispute;
#[doc(hidden)]
#[cfg(not(target_arch = "wasm32"))]
pub mod fuzzing;
mod grammar;
mod item;
mod list;
mod listing;
mod lower;
mod money;
mod phrases;
mod reader;
mod reading;
mod rows;
mod selection;
mod sentence;
mod state;
mod template;
mod text;
mod token;
mod tracking;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod wordings;
mod words;
mod year;

pub use chat::{Chat, Trick, Writer};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
pub use countdown::Countdown;
pub use currency::settle_signs;
pub use money::Money;
#[cfg(not(target_arch = "wasm32"))]
pub use phrases::compiled as phrases;
pub use phrases::learn;
pub use reading::{
    Commitment, DateSpan, Dispute, DisputeStage, Fact, Item, Order, PageReading, Start, Status, Store,
    Warning, WarningCode,
};
pub use selection::{amount, day, written};
pub use words::{plan_of, words};

use self::reader::Reader;
use crate::page::{Address, CAPTCHA_TITLES, PageKind, PageSnapshot, Region};

/// Reads a snapshot taken at `now`; `today` is that moment's day in the viewer's zone. Both bound the year of past events
/// whose dates leave it out; nothing else depends on them.
pub fn read(snapshot: &PageSnapshot, now: DateTime<Utc>, today: NaiveDate) -> PageReading {
    let root = &snapshot.root;
    let language = root.values("language").find_map(language_code);
    let Ok(address) = Address::parse(&snapshot.address) else {
        return PageReading { page: PageKind::NotOurs, language, orders: Vec::new(), warnings: Vec::new() };
    };
    let mut page = address.kind();
    let mut reader = Reader::new(last_day(now, today), language.as_deref());
    let orders = match page {
        PageKind::OrderList => list::read(root, &address, &mut reader),
        PageKind::OrderDetail => detail::read(root, &address, &mut reader).into_iter().collect(),
        PageKind::Tracking => tracking::read(root, &address, &mut reader).into_iter().collect(),
        PageKind::DisputeList => dispute::read_list(root, &address, &mut reader),
        PageKind::DisputeDetail => dispute::read(root, &address, &mut reader).into_iter().collect(),
        PageKind::Chat => chat::read(root, &address, &mut reader).into_iter().collect(),
        PageKind::Snapshot => listing::read(root, &address, &mut reader).into_iter().collect(),
        _ => Vec::new(),
    };
    let of_orders = matches!(page, PageKind::OrderList | PageKind::OrderDetail | PageKind::Tracking);
    if page == PageKind::Login || (of_orders && orders.is_empty() && root.values("password").next().is_some())
    {
        page = PageKind::Login;
        reader.warn(WarningCode::LoginRequired, "page", "");
    }
    let checked = page != PageKind::NotOurs && is_captcha(&address, root);
    if checked {
        reader.warn(WarningCode::Captcha, "page", root.values("title").next().unwrap_or_default());
    }
    if orders.is_empty() && !checked {
        match page {
            PageKind::NotOurs | PageKind::Unknown | PageKind::Login => {}
            _ if snapshot.layout.is_empty() => reader.warn(WarningCode::PageNotRead, "page", ""),
            _ => reader.warn(WarningCode::NothingRead, "orders", ""),
        }
    }
    let warnings = reader.warnings;
    PageReading { page, language, orders, warnings }
}

impl Order {
    /// An order of which nothing is known but perhaps its id.
    pub(crate) fn new(order_id: Option<String>) -> Self {
        Self {
            order_id,
            status: Status::Unknown,
            status_text: None,
            placed_on: None,
            paid_on: None,
            shipped_on: None,
            completed_on: None,
            estimated_delivery: None,
            store: None,
            total: None,
            items: Vec::new(),
            tracking_numbers: Vec::new(),
            commitments: Vec::new(),
            countdown: None,
            can_dispute: None,
            dispute: None,
            delivered_on: None,
            last_tracking_on: None,
            free_returns: None,
            line_ids: Vec::new(),
            chat: None,
        }
    }
}

/// The last day that an event before `now` can have: its place may be ahead of the viewer's zone, by UTC+14 at most.
fn last_day(now: DateTime<Utc>, today: NaiveDate) -> NaiveDate {
    now.checked_add_signed(TimeDelta::hours(14)).map_or(today, |ahead| today.max(ahead.date_naive()))
}

/// The time left of a region: an element made for it, else a sentence that is known. Where the element holds the
/// milliseconds too, they count: the words leave out the small units.
fn countdown_of(region: &Region, page: Option<&str>) -> Option<Countdown> {
    let worded = region.values("countdown").find_map(|text| countdown::read(text, page));
    let worded =
        worded.or_else(|| sentence::timer(region.values("countdown").chain(region.values("runs")), page));
    let exact = region.values("lefttime").find_map(countdown::read_milliseconds);
    match (exact, worded) {
        (Some(ms), Some(worded)) => Some(Countdown { ms, ..worded }),
        (Some(ms), None) => {
            let text = region.values("countdown").next().map(text::clean).unwrap_or_default();
            Some(Countdown { ms, text })
        }
        (None, worded) => worded,
    }
}

fn is_captcha(address: &Address, root: &Region) -> bool {
    let titled = root.values("title").any(|title| {
        let title = text::fold(title);
        CAPTCHA_TITLES.iter().any(|known| title.starts_with(known))
    });
    titled || address.is_captcha() || root.values("captcha").next().is_some()
}

/// `en-US` and `en_US` are `en`.
fn language_code(text: &str) -> Option<String> {
    let code = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    fits.then_some(code)
}
