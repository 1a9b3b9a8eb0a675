//! The conversation about an order: that it is one, and who wrote last when. What was written is never read.

use super::{
    Chat, Fact, Order, WarningCode, Writer,
    date::{self, Reading},
    reader::Reader,
    text::clean,
};
use crate::page::{Address, Region};

/// The order that a conversation is about: the one of its address.
pub(super) fn read(page: &Region, address: &Address, reader: &mut Reader) -> Option<Order> {
    let region = page.regions("order").next()?;
    let mut order = Order::new(address.order_id().map(str::to_owned));
    order.chat = chat(region, reader);
    if order.order_id.is_none() {
        reader.warn(WarningCode::NoOrderId, "order_id", "");
    }
    (order != Order::new(None)).then_some(order)
}

/// `None` where no message is known as one.
fn chat(region: &Region, reader: &mut Reader) -> Option<Chat> {
    if region.entries("stranger").next().is_some() {
        reader.warn(WarningCode::LayoutChanged, "chat", "");
        return None;
    }
    let messages: Vec<&Region> = region.regions("message").collect();
    let last = messages.last()?;
    let is = |name: &'static str| last.entries(name).next().is_some();
    let last_from = match (is("from_seller"), is("from_buyer")) {
        (true, false) => Some(Writer::Seller),
        (false, true) => Some(Writer::Buyer),
        _ => None,
    };
    // "Yesterday" and a bare time of day stay unread: a look says when the page was seen, not when it was loaded.
    let last_on = last.entries("time").find_map(|entry| {
        let text = entry.values.first()?;
        match date::read(text, reader.page) {
            Reading::Day(value) => Some(Fact { value, text: clean(text), by: entry.by }),
            _ => None,
        }
    });
    Some(Chat { messages: u32::try_from(messages.len()).unwrap_or(u32::MAX), last_from, last_on })
}
