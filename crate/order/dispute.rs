//! Returns and disputes: their list, and the pages of one.

use chrono::NaiveDate;

use super::{
    Dispute, DisputeStage, Fact, Order, WarningCode,
    date::{self, Reading},
    item, list, money,
    reader::Reader,
    state,
    text::{clean, digits},
};
use crate::page::{Address, Region};

/// The orders of the list, each once. A card is a line of an order; one without its number belongs to none.
pub(super) fn read_list(page: &Region, address: &Address, reader: &mut Reader) -> Vec<Order> {
    let mut orders: Vec<Order> = Vec::new();
    let mut all_numbered = true;
    for region in page.regions("order") {
        let number = region.values("order_number").find_map(|text| digits(text, 10..=22));
        let linked = || region.values("order_link").find_map(|link| list::order_id(link, address));
        let mut order = Order::new(number.map(str::to_owned).or_else(linked));
        order.dispute = state::dispute(region, None, &[], reader);
        if order == Order::new(None) {
            continue;
        }
        order.store = item::store(region, address, reader);
        order.items = item::items(region, address, reader);
        order.line_ids = line_ids(region, address);
        if order.order_id.is_none() {
            reader.warn(WarningCode::NoOrderId, "order_id", "");
            all_numbered = false;
            continue;
        }
        match orders.iter_mut().find(|known| known.order_id == order.order_id) {
            Some(known) => merge(known, order),
            None => orders.push(order),
        }
    }
    // A card without a number may be one more line of any of them, and what runs there is not known.
    if !all_numbered {
        for order in &mut orders {
            order.dispute = None;
        }
    }
    orders
}

/// Another line of the same order. What still runs stands for the order, whatever is settled beside it.
fn merge(known: &mut Order, other: Order) {
    known.items.extend(other.items);
    for id in other.line_ids {
        if !known.line_ids.contains(&id) {
            known.line_ids.push(id);
        }
    }
    let runs = |dispute: &Option<Dispute>| {
        dispute.as_ref().is_some_and(|dispute| {
            !matches!(
                dispute.stage,
                DisputeStage::RefundProcessed | DisputeStage::Closed | DisputeStage::Withdrawn
            )
        })
    };
    if known.dispute.is_none() || (runs(&other.dispute) && !runs(&known.dispute)) {
        known.dispute = other.dispute;
    }
}

/// The order of a page of one return or dispute. Without its number the lines still tell which it is.
pub(super) fn read(page: &Region, address: &Address, reader: &mut Reader) -> Option<Order> {
    let region = page.regions("order").next()?;
    let mut order = Order::new(address.order_id().map(str::to_owned).or_else(|| linked(region, address)));
    order.line_ids = line_ids(region, address);
    order.dispute = shown(region, reader);
    order.countdown = super::countdown_of(region, reader.page);
    if order == Order::new(None) {
        return None;
    }
    if order.order_id.is_none() {
        reader.warn(WarningCode::NoOrderId, "order_id", "");
    }
    Some(order)
}

/// The order that the page leads to, if it leads to one only.
fn linked(region: &Region, address: &Address) -> Option<String> {
    let mut ids = region.values("order_link").filter_map(|link| list::order_id(link, address));
    let first = ids.next()?;
    ids.all(|id| id == first).then_some(first)
}

/// The stage that stands alone on a line, if all such lines agree; an amount alone says that there is a case.
fn shown(region: &Region, reader: &mut Reader) -> Option<Dispute> {
    let page = reader.page;
    let amount = region.values("amount").find_map(money::read);
    let updated_on = region.entries("time").find_map(|entry| day(entry.values.first()?, reader));
    let mut stages = state::lines(region, page).filter_map(|text| Some((state::stage(&text, page)?, text)));
    let (stage, text) = match stages.next() {
        Some((stage, text)) if stages.all(|(other, _)| other == stage) => (stage, text),
        found => {
            if found.is_none() && amount.is_none() {
                return None;
            }
            reader.warn(WarningCode::UnknownStatus, "dispute", "");
            (DisputeStage::Unknown, String::new())
        }
    };
    Some(Dispute { stage, text, updated_on, amount })
}

fn day(text: &str, reader: &Reader) -> Option<Fact<NaiveDate>> {
    match date::read(text, reader.page) {
        Reading::Day(value) => Some(Fact { value, text: clean(text), by: crate::page::Strategy::Prefix }),
        _ => None,
    }
}

/// The ids of lines in the address and in the links of a region, each once.
pub(super) fn line_ids(region: &Region, address: &Address) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let linked = region.values("line_link").filter_map(|link| address.resolve(link));
    for address in std::iter::once(address.clone()).chain(linked) {
        for id in address.line_ids() {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }
    ids
}
