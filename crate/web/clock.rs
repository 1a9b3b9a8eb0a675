//! The time of day and the viewer's zone, from the browser.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// The instant at which the browser says it is now, to the millisecond.
pub(super) fn now() -> DateTime<Utc> {
    // A browser's clock stays far inside what the type can hold; the epoch stands for one that does not.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds below 2^53")]
    DateTime::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

thread_local! {
    static OWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Takes in the zone that the user chose; empty = the browser's.
pub(super) fn settle(zone: String) {
    OWN.set(zone);
}

/// The viewer's zone as an IANA name: the one that was chosen, else the browser's; `UTC` where the browser does not tell.
pub(super) fn zone() -> String {
    let own = OWN.with_borrow(String::clone);
    if !own.is_empty() {
        return own;
    }
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}
