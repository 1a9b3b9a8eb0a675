//! What the user states of an order that no page shows: answers to questions, events, hand ticks, limits and lengths.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc, serde::ts_milliseconds};
use serde::{Deserialize, Serialize};

use super::{
    CaseFile, Clock, EventKind, Goods, Item, Moment, Of, Rail, Reason, Refusal, SellerTrick, Time, Tracking,
};
use crate::{
    code::codes,
    order::{self, Money},
};

/// The most statements of one order. Nobody enters so many; a page that could would be stopped here.
const MOST: usize = 400;

codes! {
    /// A question whose answer is a day.
    DayOf {
        /// Goods received.
        Received = "received_on",
        /// Latest promised delivery.
        Promised = "promised_on",
        /// Card transaction.
        Transaction = "transaction_on",
        /// Processing or settlement.
        Processed = "processed_on",
        /// First statement showing the charge sent.
        Statement = "statement_on",
        /// Payment by PayPal.
        PaidOn = "paid_on",
        /// Breach of contract.
        Breach = "breach_on",
    }
}

codes! {
    /// A question that is answered with yes or no.
    YesNo {
        /// The item carries free return.
        FreeReturn = "free_return",
        /// It is a credit card.
        Credit = "credit",
        /// The buyer is an EU consumer.
        EuConsumer = "eu_consumer",
    }
}

codes! {
    /// A question whose answer is an amount.
    Amount {
        /// Amount claimed.
        Claimed = "claimed",
        /// Amount proposed.
        Offered = "offered",
        /// Price of the single item without postage.
        ItemPrice = "item_price",
    }
}

/// What a statement is about. Written as one text: the group, and after a dot which of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The complaint.
    Reason,
    /// The kind of goods.
    Goods,
    /// What tracking shows.
    Tracking,
    /// The country of the card's issuer.
    Country,
    /// A day.
    Day(DayOf),
    /// Yes or no.
    YesNo(YesNo),
    /// An amount.
    Amount(Amount),
    /// Whether the payment was made this way.
    Rail(Rail),
    /// Whether the seller tried this.
    Trick(SellerTrick),
    /// Whether the buyer holds this evidence.
    Tick(&'static Item),
    /// A limit, as the user's own page shows it.
    Limit(Of),
    /// Another length for a rule.
    Length(&'static Clock),
    /// Something that happened.
    Event(EventKind),
}

/// Something that the user stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What it is about: a [`Topic`]. One that a newer version knows stays as it is.
    pub topic: String,
    /// What was stated, in its stored form: a code, `yes` or `no`, `YYYY-MM-DD`, milliseconds since 1970 for an instant,
    /// an amount as `minor currency`, or a number.
    pub value: String,
    /// The item that it is about, where the order has several.
    #[serde(default)]
    pub item: Option<String>,
    /// When it was entered; stored in milliseconds since 1970.
    #[serde(with = "ts_milliseconds")]
    pub at: DateTime<Utc>,
}

fn by_code<T: Copy + 'static>(all: &'static [T], code: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|value| code(*value) == wanted)
}

impl Topic {
    /// The topic of this text.
    pub fn parse(text: &str) -> Option<Self> {
        let (group, which) = text.split_once('.').unwrap_or((text, ""));
        Some(match group {
            "reason" => Self::Reason,
            "goods" => Self::Goods,
            "tracking" => Self::Tracking,
            "country" => Self::Country,
            "day" => Self::Day(by_code(DayOf::ALL, DayOf::code, which)?),
            "is" => Self::YesNo(by_code(YesNo::ALL, YesNo::code, which)?),
            "amount" => Self::Amount(by_code(Amount::ALL, Amount::code, which)?),
            "rail" => Self::Rail(by_code(Rail::ALL, Rail::code, which)?),
            "trick" => Self::Trick(by_code(SellerTrick::ALL, SellerTrick::code, which)?),
            "tick" => Self::Tick(Item::by_id(which)?),
            "limit" => Self::Limit(by_code(Of::ALL, Of::code, which)?),
            "length" => Self::Length(Clock::by_name(which)?),
            "event" => Self::Event(by_code(EventKind::ALL, EventKind::code, which)?),
            _ => return None,
        })
    }

    /// Its text.
    pub fn text(self) -> String {
        let (group, which) = match self {
            Self::Reason => return "reason".to_owned(),
            Self::Goods => return "goods".to_owned(),
            Self::Tracking => return "tracking".to_owned(),
            Self::Country => return "country".to_owned(),
            Self::Day(of) => ("day", of.code()),
            Self::YesNo(of) => ("is", of.code()),
            Self::Amount(of) => ("amount", of.code()),
            Self::Rail(of) => ("rail", of.code()),
            Self::Trick(of) => ("trick", of.code()),
            Self::Tick(of) => ("tick", of.id),
            Self::Limit(of) => ("limit", of.code()),
            Self::Length(of) => ("length", of.name),
            Self::Event(of) => ("event", of.code()),
        };
        format!("{group}.{which}")
    }

    /// The stored form of what the user wrote or chose.
    fn read(self, text: &str, currency: Option<&'static str>, at: &Moment<'_>) -> Result<String, Refusal> {
        let text = text.trim();
        let known = |is_known: bool| is_known.then(|| text.to_owned()).ok_or(Refusal::NotRead);
        match self {
            Self::Reason => known(by_code(Reason::ALL, Reason::code, text).is_some()),
            Self::Goods => known(by_code(Goods::ALL, Goods::code, text).is_some()),
            Self::Tracking => known(by_code(Tracking::ALL, Tracking::code, text).is_some()),
            Self::Country => known(text.len() == 2 && text.bytes().all(|sign| sign.is_ascii_uppercase())),
            Self::YesNo(_) | Self::Rail(_) | Self::Trick(_) | Self::Tick(_) => {
                known(matches!(text, "yes" | "no"))
            }
            Self::Length(_) => match text.parse::<u16>() {
                Ok(length) if length <= 3650 => Ok(length.to_string()),
                _ => Err(Refusal::NotANumber),
            },
            Self::Amount(_) => amount(text, currency).ok_or(Refusal::NotAnAmount),
            Self::Day(DayOf::Promised) => Ok(day(text)?.to_string()),
            Self::Day(_) | Self::Event(_) => {
                let day = day(text)?;
                // Somewhere it may be tomorrow already.
                let ahead = day.signed_duration_since(at.today()).num_days();
                if ahead > 1 { Err(Refusal::Future) } else { Ok(day.to_string()) }
            }
            Self::Limit(_) => limit(text, at),
        }
    }
}

fn day(text: &str) -> Result<NaiveDate, Refusal> {
    order::day(text, None).map_err(|_| Refusal::NotRead)
}

/// A day, or a day with the viewer's time of day, as `datetime-local` writes it.
fn limit(text: &str, at: &Moment<'_>) -> Result<String, Refusal> {
    let Some((date, clock)) = text.split_once('T') else { return Ok(day(text)?.to_string()) };
    let time = clock.split_once(':').and_then(|(hour, minute)| {
        day(date).ok()?.and_hms_opt(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0)
    });
    let local = Time::Local { local: time.ok_or(Refusal::NotRead)?, zone: at.zone.to_owned() };
    let point = at.instant(&local).ok_or(Refusal::NotRead)?;
    Ok(point.at.timestamp_millis().to_string())
}

/// An amount with its currency, or in the order's.
fn amount(text: &str, currency: Option<&'static str>) -> Option<String> {
    let read = order::amount(text).filter(|money| money.currency.is_some());
    let Money { minor, currency, .. } = read.or_else(|| order::amount(&format!("{} {text}", currency?)))?;
    Some(format!("{} {}", minor?, currency?))
}

impl CaseFile {
    /// Takes a statement. An answer stands in place of an earlier one; events add up. An empty text takes an answer back.
    pub fn state(
        &mut self,
        topic: &str,
        text: &str,
        item: Option<String>,
        at: &Moment<'_>,
    ) -> Result<(), Refusal> {
        let history = self.read();
        let currency = history.newest(|order| order.total.as_ref()?.currency).map(|(currency, _)| currency);
        // Of an event or a limit the text names which, then when, and of an event the amount.
        let Some(group) = Some(topic).filter(|group| matches!(*group, "event" | "limit")) else {
            let topic = Topic::parse(topic).ok_or(Refusal::NotRead)?;
            return self.take_statement(topic, text, currency, item, at);
        };
        let mut words = text.split_whitespace();
        let topic = Topic::parse(&format!("{group}.{}", words.next().unwrap_or_default()));
        let topic = topic.ok_or(Refusal::NotRead)?;
        let when = words.next().map_or_else(|| at.today().to_string(), str::to_owned);
        let amount = words.collect::<Vec<_>>().join(" ");
        let of = match topic {
            Topic::Event(EventKind::DisputeOpened | EventKind::RequestChanged) => Amount::Claimed,
            _ => Amount::Offered,
        };
        // The amount first: what is refused leaves nothing behind.
        if !amount.is_empty() {
            Topic::Amount(of).read(&amount, currency, at)?;
            topic.read(&when, currency, at)?;
            self.take_statement(Topic::Amount(of), &amount, currency, item.clone(), at)?;
        }
        self.take_statement(topic, &when, currency, item, at)
    }

    fn take_statement(
        &mut self,
        topic: Topic,
        text: &str,
        currency: Option<&'static str>,
        item: Option<String>,
        at: &Moment<'_>,
    ) -> Result<(), Refusal> {
        let value = if text.trim().is_empty() { None } else { Some(topic.read(text, currency, at)?) };
        let is_event = matches!(topic, Topic::Event(_));
        let topic = topic.text();
        if self.statements.len() >= MOST {
            return Err(Refusal::TooMany);
        }
        if !is_event {
            self.statements.retain(|other| other.topic != topic || other.item != item);
        }
        // Two statements at one moment stay apart: each can be taken back by its own time.
        let last = self.statements.iter().map(|other| other.at).max();
        let next = last.filter(|last| *last >= at.now).map(|last| last + TimeDelta::milliseconds(1));
        let at = next.unwrap_or(at.now);
        self.statements.extend(value.map(|value| Statement { topic, value, item, at }));
        Ok(())
    }

    /// Takes back the statement that was entered then.
    pub fn unstate(&mut self, entered_at: i64) -> Result<(), Refusal> {
        let before = self.statements.len();
        self.statements.retain(|statement| statement.at.timestamp_millis() != entered_at);
        if self.statements.len() < before { Ok(()) } else { Err(Refusal::NotCorrected) }
    }
}
