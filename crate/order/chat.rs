//! The conversation about an order: that it is one, who wrote last when, and which tricks the seller tried. What was
//! written is never read.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Fact, Order, WarningCode,
    date::{self, Reading},
    reader::Reader,
    text::clean,
};
use crate::{
    code::codes,
    page::{Address, Region},
};

/// A conversation: that it is one, who wrote last when, and what the seller tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chat {
    /// How many messages the page shows.
    pub messages: u32,
    /// Who wrote the last one. Unknown where a message has no side.
    pub last_from: Option<Writer>,
    /// The day of the last one.
    pub last_on: Option<Fact<NaiveDate>>,
    /// What the seller asks for in the messages that the page shows, each once (policy section 7); nothing where a
    /// message has no side. The collector looks for it and gives the code alone.
    pub tricks: Vec<Trick>,
}

codes! {
    /// What a seller asks for to the buyer's cost (policy sections 7 and 11).
    Trick {
        /// To close the dispute.
        CloseDispute = "close_dispute",
        /// To accept too little.
        AcceptLow = "accept_low",
        /// To pay, or be paid, outside the platform.
        OffPlatform = "off_platform",
        /// To wait longer.
        WaitLonger = "wait_longer",
        /// To confirm receipt.
        ConfirmReceipt = "confirm_receipt",
        /// To extend the processing time.
        ExtendProcessing = "extend_processing",
        /// To send the goods back at the buyer's cost.
        ReturnAtBuyerCost = "return_at_buyer_cost",
        /// To believe tracking that shows a delivery elsewhere.
        TrackingElsewhere = "tracking_elsewhere",
        /// To choose the reason that the buyer does not want the goods.
        ChangeOfMind = "change_of_mind",
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Writer {
    /// The seller, or somebody on the shop's side.
    Seller,
    /// The buyer.
    Buyer,
}

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
    // "Yesterday" and a bare time of day stay unread: a look says when the page was seen, not when it was loaded.
    let last_on = last.entries("time").find_map(|entry| {
        let text = entry.values.first()?;
        match date::read(text, reader.page) {
            Reading::Day(value) => Some(Fact { value, text: clean(text), by: entry.by }),
            _ => None,
        }
    });
    // Where a message has no side the marks of one side may be gone: one that bore both then looks like the other's.
    let sided = messages.iter().all(|message| sides(message) != (false, false));
    let tried = |trick: &&Trick| {
        sided
            && messages.iter().any(|message| {
                writer(message) == Some(Writer::Seller)
                    && message.values("trick").any(|code| code == trick.code())
            })
    };
    Some(Chat {
        messages: u32::try_from(messages.len()).unwrap_or(u32::MAX),
        last_from: if sided { writer(last) } else { None },
        last_on,
        tricks: Trick::ALL.iter().filter(tried).copied().collect(),
    })
}

/// Whether a message bears the mark of the seller's side, and of the buyer's.
fn sides(message: &Region) -> (bool, bool) {
    let is = |name: &'static str| message.entries(name).next().is_some();
    (is("from_seller"), is("from_buyer"))
}

fn writer(message: &Region) -> Option<Writer> {
    match sides(message) {
        (true, false) => Some(Writer::Seller),
        (false, true) => Some(Writer::Buyer),
        _ => None,
    }
}
