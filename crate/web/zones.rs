//! The rules of every zone, asked of the browser's own zone data.

use std::cell::RefCell;

use chrono::{DateTime, FixedOffset, Utc};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::case::Zones;

/// Zones by `Intl.DateTimeFormat`. A formatter is costly to make and is kept.
#[derive(Default)]
pub(super) struct IntlZones {
    formatters: RefCell<Vec<(String, Option<Intl::DateTimeFormat>)>>,
}

impl Zones for IntlZones {
    fn offset_at(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
        let mut formatters = self.formatters.borrow_mut();
        if !formatters.iter().any(|(known, _)| known == zone) {
            formatters.push((zone.to_owned(), formatter(zone)));
        }
        let (_, formatter) = formatters.iter().find(|(known, _)| known == zone)?;
        let formatter = formatter.as_ref()?;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a date stay below 2^53")]
        let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
        formatter.format_to_parts(&date).iter().find_map(|part| {
            let text = |name| Reflect::get(&part, &JsValue::from_str(name)).ok()?.as_string();
            (text("type")? == "timeZoneName").then(|| offset(&text("value")?)).flatten()
        })
    }
}

/// `None` where the browser knows no such zone.
fn formatter(zone: &str) -> Option<Intl::DateTimeFormat> {
    let options = Object::new();
    for (name, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    // The constructor throws for an unknown zone; `Reflect::construct` hands that on as an error.
    let constructor = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl"))
        .and_then(|intl| Reflect::get(&intl, &JsValue::from_str("DateTimeFormat")))
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    let arguments = Array::of2(&JsValue::from_str("en-US"), &options);
    Reflect::construct(&constructor, &arguments).ok().map(JsCast::unchecked_into)
}

/// Reads `GMT`, `GMT+05:45`, `GMT-03:30:52`.
fn offset(name: &str) -> Option<FixedOffset> {
    let rest = name.strip_prefix("GMT")?;
    let (sign, digits) = match rest.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => match rest.strip_prefix(['-', '\u{2212}']) {
            Some(digits) => (-1, digits),
            None => return FixedOffset::east_opt(0),
        },
    };
    let mut seconds = 0;
    for (part, unit) in digits.split(':').zip([3600, 60, 1]) {
        seconds += part.parse::<i32>().ok()? * unit;
    }
    FixedOffset::east_opt(sign * seconds)
}
