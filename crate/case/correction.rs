//! What the user corrected: a value of their own in place of what the pages say, until the pages say something else.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc, serde::ts_milliseconds};
use serde::{Deserialize, Serialize};

use super::{Basis, CaseFile, Form, History, Of, OrderStatus, Reading, Seen, Start, Time};
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
    const fn of(start: Start) -> Option<Self> {
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

    /// The field that a deadline counts from.
    pub const fn under(basis: &Basis) -> Option<Self> {
        match basis {
            Basis::PagePhrase { from, .. } => Self::of(from.start()),
            Basis::Rule { start, .. } => Self::of(*start),
            Basis::Countdown { .. } | Basis::PageDate { .. } | Basis::User { .. } => None,
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
    const fn day(self) -> Option<NaiveDate> {
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

impl History {
    /// The day that the pages state: the earliest of those that they state now, else the last that they stated.
    ///
    /// Whether a parcel was delivered is said by the newest full list of events alone: another parcel may follow.
    pub fn stated(&self, field: Field) -> Option<(&Fact<NaiveDate>, &Seen)> {
        let mut states = self.seen.iter().filter_map(|seen| Some((field.day(&seen.order)?, seen)));
        if field == Field::DeliveredOn {
            let newest = self.seen.iter().find(|seen| seen.order.last_tracking_on.is_some())?;
            return Some((field.day(&newest.order)?, newest));
        }
        let now = states.clone().filter(|(_, seen)| seen.latest).min_by_key(|(fact, _)| fact.value);
        now.or_else(|| states.next())
    }

    /// The day that counts: the user's while it stands, else the one that the pages state.
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        let entered = self.entered(field).and_then(|correction| correction.value.day());
        entered.or_else(|| self.stated(field).map(|(fact, _)| fact.value))
    }

    /// The limit that the pages state, the most trusted form and then the newest first.
    pub fn limit(&self, of: Of) -> Option<Reading> {
        self.stated_limits().into_iter().filter(|reading| reading.of == of).min_by_key(|own| own.form.rank())
    }

    /// The limits that pages state now, newest first.
    pub(super) fn stated_limits(&self) -> Vec<Reading> {
        let mut readings = Vec::new();
        for seen in self.seen.iter().filter(|seen| seen.latest) {
            readings.append(&mut seen.readings());
        }
        readings
    }

    /// The words that the pages show for a field.
    pub fn words(&self, field: Field) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(of) = field.limit() {
            let own = self.stated_limits().into_iter().filter(|reading| reading.of == of);
            words.extend(own.filter_map(|reading| reading.text));
        }
        for seen in self.seen.iter().filter(|seen| seen.latest) {
            let text = match field {
                Field::Status => seen.order.status_text.as_ref(),
                _ => field.day(&seen.order).map(|fact| &fact.text),
            };
            words.extend(text.cloned());
        }
        if words.is_empty() {
            words.extend(self.stated(field).map(|(fact, _)| fact.text.clone()));
        }
        words
    }

    /// The correction of a field, while it stands: no page shows other words than those it replaces.
    pub fn entered(&self, field: Field) -> Option<&Correction> {
        let correction = self.corrections.iter().find(|correction| correction.field == field)?;
        self.words(field).iter().all(|words| correction.replaces.contains(words)).then_some(correction)
    }

    /// The fields whose correction stands.
    pub fn all_entered(&self) -> Vec<Field> {
        Field::ALL.iter().copied().filter(|field| self.entered(*field).is_some()).collect()
    }

    /// Puts the user's limits in the place of those that they replace. One that was overtaken stays below the page's.
    pub(super) fn enter_limits(&self, readings: &mut Vec<Reading>) {
        for correction in &self.corrections {
            let (Some(of), Some(day)) = (correction.field.limit(), correction.value.day()) else { continue };
            if self.entered(correction.field).is_some() {
                readings.retain(|reading| reading.of != of);
            }
            readings.push(Reading {
                of,
                observed_at: correction.at,
                form: Form::User(Time::Date(day)),
                text: correction.words.clone(),
                page: None,
            });
        }
    }

    /// Whether a day can be.
    fn check(&self, field: Field, day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        // Somewhere it may be tomorrow already.
        if field.limit().is_none() && day.signed_duration_since(today) > TimeDelta::days(1) {
            return Err(Refusal::Future);
        }
        let after = [Field::DeliveredOn, Field::CompletedOn];
        let impossible = if field == Field::PlacedOn {
            after.iter().any(|later| self.day(*later).is_some_and(|later| later < day))
        } else {
            // Days of paying and shipping may be written in another zone than the order's.
            let slack = if after.contains(&field) || field.limit().is_some() { 0 } else { 1 };
            let placed = self.day(Field::PlacedOn);
            placed.is_some_and(|placed| (placed - day) > TimeDelta::days(slack))
        };
        if impossible { Err(Refusal::BeforeOrder) } else { Ok(()) }
    }
}
