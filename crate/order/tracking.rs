//! The tracking of an order's parcels.

use chrono::NaiveDate;

use super::{
    DateSpan, Fact, Order, WarningCode,
    date::{self, Reading},
    phrases::{self, Kind, Label},
    reader::Reader,
    rows::{Rows, begins_with_date},
    sentence, state,
    text::{clean, fold},
    year,
};
use crate::page::{Address, Region, Strategy};

/// An event of a parcel.
struct Event {
    day: Fact<NaiveDate>,
    delivered: bool,
}

/// The order of the page, where the page shows anything of it.
pub(super) fn read(page: &Region, address: &Address, reader: &mut Reader) -> Option<Order> {
    let region = page.regions("order").next()?;
    let rows = Rows::of(region, &["runs"], reader.page);
    let empty = Order::new(None);
    let mut order = Order::new(None);
    order.tracking_numbers = numbers(region, &rows);
    let events = events(region, reader);
    let earliest = events.iter().flatten().map(|event| event.day.value).min();
    // Only a full list has a sure newest event.
    let full: Option<Vec<Event>> = events.into_iter().collect();
    if let Some(events) = full {
        order.delivered_on = delivered(&events, order.tracking_numbers.len());
        order.last_tracking_on = events.into_iter().map(|event| event.day).max_by_key(|day| day.value);
    }
    order.estimated_delivery = estimate(region, &rows, earliest, reader);
    order.commitments = sentence::commitments(region, reader);
    order.free_returns = state::free_returns(region.values("runs"), reader.page);
    if order == empty {
        return None;
    }
    order.order_id = address.order_id().map(str::to_owned);
    if order.order_id.is_none() {
        reader.warn(WarningCode::NoOrderId, "order_id", "");
    }
    Some(order)
}

/// The numbers of parcels, each once. A number that is hidden or shortened is none.
pub(super) fn numbers(region: &Region, rows: &Rows) -> Vec<String> {
    let read = |text: &str| -> Vec<String> {
        clean(text).split([' ', ',', ';']).filter(|word| is_number(word)).map(str::to_owned).collect()
    };
    let marked = region
        .entries("tracking_number")
        .map(|entry| entry.values.iter().flat_map(|text| read(text)).collect::<Vec<_>>())
        .find(|numbers| !numbers.is_empty());
    let found = marked.unwrap_or_else(|| {
        rows.values(Label::TrackingNumber).filter_map(|(value, _)| read(value).into_iter().next()).collect()
    });
    let mut numbers = Vec::new();
    for number in found {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

fn is_number(word: &str) -> bool {
    (8..=40).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
        && word.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// The days between which delivery is expected, over all parcels if all are readable. `anchor` is a day before it, for a year left out.
pub(super) fn estimate(
    region: &Region,
    rows: &Rows,
    anchor: Option<NaiveDate>,
    reader: &mut Reader,
) -> Option<Fact<DateSpan>> {
    let entry = region.entries("estimate").next();
    let marked =
        entry.into_iter().flat_map(|entry| entry.values.iter().map(move |text| (text.clone(), entry.by)));
    let worded = rows
        .values(Label::Estimate)
        .filter(|(value, _)| begins_with_date(value, reader.page))
        .map(|(value, by)| (value.to_owned(), by));
    let texts: Vec<_> = if entry.is_some() { marked.collect() } else { worded.collect() };
    let mut whole: Option<Fact<DateSpan>> = None;
    for (text, by) in texts {
        let span = reader.span(&text, by, anchor)?;
        reader.note(by, "estimated_delivery");
        whole = Some(match whole {
            None => span,
            Some(known) => Fact {
                value: DateSpan {
                    from: known.value.from.min(span.value.from),
                    to: known.value.to.max(span.value.to),
                },
                ..known
            },
        });
    }
    whole
}

/// The events, newest first for each parcel. `None` stands for one whose day is not certain.
fn events(region: &Region, reader: &mut Reader) -> Vec<Option<Event>> {
    let page = reader.page;
    let mut events = Vec::new();
    for part in region.regions("event") {
        let Some(time) = part.values("time").next() else {
            events.push(None);
            continue;
        };
        let reading = date::read(time, page);
        let day = match reading {
            Reading::Day(day) => Some(day),
            Reading::NoYear(partial) => year::of_event(partial, None, reader.last_day),
            _ => None,
        };
        if day.is_none() {
            reader.no_day(reading, time, "last_tracking_on");
        }
        let delivered =
            part.values("title").chain(part.values("description")).any(|text| says_delivered(text, page));
        let by = part.entries("time").next().map_or(Strategy::Prefix, |entry| entry.by);
        events.push(day.map(|value| Event { day: Fact { value, text: clean(time), by }, delivered }));
    }
    events
}

fn says_delivered(text: &str, page: Option<&str>) -> bool {
    let folded = fold(text);
    let text = folded.trim_end_matches(['.', '!']);
    phrases::any_has(page, Kind::Delivered, text)
}

/// The day on which the last parcel was delivered, if all were. Events of one parcel go back in time; where the days
/// go forward again, the next parcel begins.
fn delivered(events: &[Event], numbers: usize) -> Option<Fact<NaiveDate>> {
    let parcels: Vec<&[Event]> = events.chunk_by(|newer, older| newer.day.value >= older.day.value).collect();
    if parcels.len() < numbers {
        return None;
    }
    let days: Option<Vec<&Fact<NaiveDate>>> = parcels
        .iter()
        .map(|parcel| parcel.iter().find(|event| event.delivered).map(|event| &event.day))
        .collect();
    days?.into_iter().max_by_key(|day| day.value).cloned()
}
