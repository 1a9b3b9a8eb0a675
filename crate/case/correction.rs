//! What the user corrected: a value of their own in place of what the pages say, until the pages say something else.

use chrono::{DateTime, NaiveDate, Utc, serde::ts_milliseconds};
use serde::{Deserialize, Serialize};

use super::{CaseFile, Of, OrderStatus, Start};
use crate::{
    code::codes,
    order::{self, Fact, Order, WarningCode},
};

codes! {
    /// What can be corrected.
    Field {
        /// The status of the order.
        Status = "status",
        /// The day the order was placed.
        PlacedOn = "placed_on",
        /// The day of the payment.
        PaidOn = "paid_on",
        /// The day the parcel was shipped.
        ShippedOn = "shipped_on",
        /// The day of the delivered scan.
        DeliveredOn = "delivered_on",
        /// The day receipt was confirmed.
        CompletedOn = "completed_on",
        /// The end of the protection while the parcel is on its way.
        DeliveryEnd = "delivery_end",
        /// The end of the window to open a dispute.
        WindowEnd = "window_end",
    }
}

codes! {
    /// Why a value was not taken. Nothing is changed then.
    Refusal {
        /// The text can be read in two ways.
        Ambiguous = "ambiguous",
        /// The text is no day from 2010 to 2099, or no status.
        NotRead = "not_read",
        /// What has happened cannot lie in the future.
        Future = "future",
        /// Nothing happens before the order is placed.
        BeforeOrder = "before_order",
        /// The page names no order.
        NoOrder = "no_order",
        /// There is no such correction.
        NotCorrected = "not_corrected",
        /// The text is no amount in a known currency.
        NotAnAmount = "not_an_amount",
        /// There are too many entries for one order.
        TooMany = "too_many",
        /// The text is no number from 0 to 3650.
        NotANumber = "not_a_number",
    }
}

/// A value that the user gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Value {
    /// A civil day.
    Day(NaiveDate),
    /// A status.
    Status(OrderStatus),
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What is corrected.
    pub field: Field,
    /// The user's value.
    pub value: Value,
    /// When it was entered; stored in milliseconds since 1970.
    #[serde(with = "ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// The text that was selected for it, else none.
    pub words: Option<String>,
    /// The page on which it was entered.
    pub url: String,
    /// The words that the pages showed for it then. While they show no others, the user's value stands in their place.
    pub replaces: Vec<String>,
}

impl Field {
    /// The limit that the day is the end of.
    pub const fn limit(self) -> Option<Of> {
        match self {
            Self::DeliveryEnd => Some(Of::Delivery),
            Self::WindowEnd => Some(Of::Window),
            _ => None,
        }
    }

    /// The field from which a start comes.
    pub(super) const fn of(start: Start) -> Option<Self> {
        match start {
            Start::Placed => Some(Self::PlacedOn),
            Start::Paid => Some(Self::PaidOn),
            Start::Shipped => Some(Self::ShippedOn),
            Start::DeliveredScan => Some(Self::DeliveredOn),
            Start::Confirmed => Some(Self::CompletedOn),
            Start::DeliveryEnd | Start::TimerEnd => Some(Self::DeliveryEnd),
            _ => None,
        }
    }

    /// The day of a page that is corrected.
    pub fn day(self, order: &Order) -> Option<&Fact<NaiveDate>> {
        match self {
            Self::PlacedOn => order.placed_on.as_ref(),
            Self::PaidOn => order.paid_on.as_ref(),
            Self::ShippedOn => order.shipped_on.as_ref(),
            Self::DeliveredOn => order.delivered_on.as_ref(),
            Self::CompletedOn => order.completed_on.as_ref(),
            Self::Status | Self::DeliveryEnd | Self::WindowEnd => None,
        }
    }

    /// Reads what the user gave for this field.
    fn read(self, text: &str, language: Option<&str>) -> Result<Value, Refusal> {
        if self == Self::Status {
            return status(text).map(Value::Status).ok_or(Refusal::NotRead);
        }
        order::day(text, language).map(Value::Day).map_err(|code| match code {
            WarningCode::AmbiguousDate => Refusal::Ambiguous,
            _ => Refusal::NotRead,
        })
    }
}

fn status(code: &str) -> Option<OrderStatus> {
    OrderStatus::ALL.iter().copied().find(|status| status.code() == code)
}

impl TryFrom<String> for Value {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let day = || order::day(&text, None).ok().map(Self::Day);
        status(&text).map(Self::Status).or_else(day).ok_or("neither a day nor a status")
    }
}

impl From<Value> for String {
    fn from(value: Value) -> Self {
        match value {
            Value::Day(day) => day.to_string(),
            Value::Status(status) => status.code().to_owned(),
        }
    }
}

impl Value {
    pub(super) const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Status(_) => None,
        }
    }
}

/// Where and when a value is given.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What the user wrote, chose or selected.
    pub text: &'a str,
    /// Whether it was selected on the page.
    pub selected: bool,
    /// The page's address.
    pub url: &'a str,
    /// Now.
    pub at: DateTime<Utc>,
    /// The viewer's day.
    pub today: NaiveDate,
}

impl CaseFile {
    /// Takes a correction, in place of an earlier one of the same field.
    pub fn correct(&mut self, field: Field, entry: Entry<'_>) -> Result<(), Refusal> {
        let language = self.looks.iter().find_map(|look| look.snapshot.root.values("language").next());
        // Of a tag such as en-US the dates need the first part.
        let language = language.and_then(|tag| tag.split(['-', '_']).next());
        let value = field.read(entry.text, language)?;
        let history = self.read();
        if let Value::Day(day) = value {
            history.check(field, day, entry.today)?;
        }
        let correction = Correction {
            field,
            value,
            at: entry.at,
            words: entry.selected.then(|| entry.text.to_owned()),
            url: entry.url.to_owned(),
            replaces: history.words(field),
        };
        self.corrections.retain(|other| other.field != field);
        self.corrections.push(correction);
        Ok(())
    }

    /// Takes a correction back: the pages count again.
    pub fn undo(&mut self, field: Field) -> Result<(), Refusal> {
        let before = self.corrections.len();
        self.corrections.retain(|correction| correction.field != field);
        if self.corrections.len() < before { Ok(()) } else { Err(Refusal::NotCorrected) }
    }
}
