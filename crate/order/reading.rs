//! What was read from a page. Serialized, it is the answer of `redress read`.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{Chat, Countdown, Money};
use crate::{
    code::codes,
    page::{PageKind, Strategy},
};

/// All that one page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageReading {
    /// The kind of page; a sign-in form in an order's place is [`PageKind::Login`].
    pub page: PageKind,
    /// ISO 639 code of the page's language, as the page states it.
    pub language: Option<String>,
    /// The orders, in the order of the page.
    pub orders: Vec<Order>,
    /// What was not read, or not the usual way.
    pub warnings: Vec<Warning>,
}

/// What a page says about one order. What was not read is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    /// The order's number: 10 to 22 digits.
    pub order_id: Option<String>,
    /// What the status means.
    pub status: Status,
    /// The status in the page's words.
    pub status_text: Option<String>,
    /// The day the order was placed, in the zone of the buyer's browser, as all days of a page.
    pub placed_on: Option<Fact<NaiveDate>>,
    /// The day of the payment.
    pub paid_on: Option<Fact<NaiveDate>>,
    /// The day the last parcel was handed over.
    pub shipped_on: Option<Fact<NaiveDate>>,
    /// The day receipt was confirmed, by the buyer or automatically.
    pub completed_on: Option<Fact<NaiveDate>>,
    /// The days between which delivery is expected; over all parcels.
    pub estimated_delivery: Option<Fact<DateSpan>>,
    /// The seller; `None` also where the order has several, see [`Item::store`].
    pub store: Option<Store>,
    /// What was paid or is to be paid.
    pub total: Option<Money>,
    /// The goods, in the order of the page.
    pub items: Vec<Item>,
    /// Numbers of parcels.
    pub tracking_numbers: Vec<String>,
    /// What the page promises, with days or dates.
    pub commitments: Vec<Commitment>,
    /// A time left that the page shows.
    pub countdown: Option<Countdown>,
    /// Whether a return or dispute can be opened now.
    pub can_dispute: Option<bool>,
    /// A return or dispute that was opened.
    pub dispute: Option<Dispute>,
    /// The day on which tracking shows the delivery of every parcel.
    pub delivered_on: Option<Fact<NaiveDate>>,
    /// The day of the newest tracking event.
    pub last_tracking_on: Option<Fact<NaiveDate>>,
    /// Whether an item carries free returns. A page that does not show it says nothing.
    pub free_returns: Option<bool>,
    /// Ids of lines of the order and of their refunds, as links and addresses hold them. They look like order ids and
    /// are none.
    pub line_ids: Vec<String>,
    /// The conversation about the order, where the page is one.
    pub chat: Option<Chat>,
}

/// A value with the words it came from. Serialized, it is the value alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What was understood.
    pub value: T,
    /// The words of the page.
    pub text: String,
    /// By which kind of mark it was found.
    pub by: Strategy,
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// A range of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DateSpan {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, not before the first.
    pub to: NaiveDate,
}

/// What the status of an order means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waits for the payment.
    Unpaid,
    /// Paid, not handed over yet.
    ToShip,
    /// On its way.
    InTransit,
    /// Delivered, receipt not confirmed.
    Delivered,
    /// Receipt confirmed.
    Completed,
    /// Called off.
    Cancelled,
    /// The time to pay ran out.
    Expired,
    /// A dispute runs.
    InDispute,
    /// The money was given back.
    Refunded,
    /// Not shown, or in words that are not known.
    Unknown,
}

/// A seller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Store {
    /// The store's name.
    pub name: Option<String>,
    /// The store's page on the shop, without parameters.
    pub url: Option<String>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The listing's title; a list of several items shows pictures only.
    pub title: Option<String>,
    /// The listing's number.
    pub item_id: Option<String>,
    /// How many.
    pub quantity: Option<u32>,
    /// The price of one.
    pub price: Option<Money>,
    /// The seller, where the order has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<Store>,
}

/// From which day a promise counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The order was placed.
    Placed,
    /// It was paid.
    Paid,
    /// It was shipped.
    Shipped,
    /// It was delivered.
    Delivered,
    /// Receipt was confirmed.
    Confirmed,
}

/// A promise on the page, with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Commitment {
    /// The money comes back if nothing is delivered before a day.
    RefundIfNotDeliveredBefore {
        /// The day.
        date: NaiveDate,
        /// The page's words.
        text: String,
    },
    /// A coupon can be asked for if nothing is delivered by a day. It limits no claim; it is kept as it was promised.
    CouponIfDelayed {
        /// The last day in time.
        date: NaiveDate,
        /// The page's words.
        text: String,
    },
    /// A dispute can be opened for a number of days.
    OpenDisputeWithin {
        /// 1 to 400.
        days: u32,
        /// Counted from here.
        from: Start,
        /// The page's words.
        text: String,
    },
    /// The goods can be sent back, or a return asked for, for a number of days.
    ReturnWithin {
        /// 1 to 400.
        days: u32,
        /// Counted from here.
        from: Start,
        /// The page's words.
        text: String,
    },
}

/// A return or dispute, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// Where it stands.
    pub stage: DisputeStage,
    /// The page's words.
    pub text: String,
    /// The day that stands beside the stage.
    pub updated_on: Option<Fact<NaiveDate>>,
    /// The money that goes back.
    pub amount: Option<Money>,
}

/// Where a dispute stands (handbook of rules, section 11: `dispute_status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the handbook's own")]
pub enum DisputeStage {
    WaitSeller,
    WaitBuyer,
    Mediation,
    EvidenceRequested,
    DecisionProposed,
    ReturnApproved,
    ReturnSent,
    RefundProcessed,
    DecidedAgainst,
    AppealPending,
    Withdrawn,
    Closed,
    Unknown,
}

/// Something the buyer should know about the reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What happened.
    pub code: WarningCode,
    /// Which key of the reading it is about.
    pub field: &'static str,
    /// The words of the page, or what was looked for.
    pub text: String,
}

codes! {
    /// What can be the matter with a reading.
    WarningCode {
        /// A date that can be read in two ways, or whose year is left out and not certain.
        AmbiguousDate = "ambiguous_date",
        /// The page checks for robots.
        Captcha = "captcha",
        /// A fact was found only by its words or its place: the page's layout is not the known one.
        LayoutChanged = "layout_changed",
        /// The buyer is not signed in.
        LoginRequired = "login_required",
        /// No order was found on a page of orders.
        NothingRead = "nothing_read",
        /// An order without a number.
        NoOrderId = "no_order_id",
        /// The page shows another order's number than its address.
        OrderIdDiffers = "order_id_differs",
        /// This kind of page is recognised, but nothing is read from it.
        PageNotRead = "page_not_read",
        /// The order has several stores; each item names its own.
        SeveralStores = "several_stores",
        /// A status in words that are not known.
        UnknownStatus = "unknown_status",
        /// A date in words or an order that are not known.
        UnreadableDate = "unreadable_date",
    }
}
