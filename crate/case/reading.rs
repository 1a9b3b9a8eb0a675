//! A reading: a limit as the page showed it, or as the user entered it, with when it was seen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Kind, Start, Subject, Time};
use crate::code::codes;
use crate::page::PageKind;

codes! {
    /// What a reading limits (policy section 11).
    Of {
        /// Payment.
        Pay = "pay",
        /// Shipping by the seller.
        Ship = "ship",
        /// The seller's answer to a cancellation.
        Cancel = "cancel",
        /// The first moment to open a dispute.
        OpenFrom = "open_from",
        /// The end of the delivery or protection timer.
        Delivery = "delivery",
        /// The end of the window to open a dispute.
        Window = "window",
        /// The end of free return.
        FreeReturn = "free_return",
        /// The seller's answer in the dispute.
        SellerReply = "seller_reply",
        /// The buyer's answer to a proposal.
        BuyerReply = "buyer_reply",
        /// Evidence that AliExpress asked for.
        Evidence = "evidence",
        /// Sending the goods back.
        ReturnShip = "return_ship",
        /// The seller's receipt of the return.
        SellerReceive = "seller_receive",
        /// The appeal.
        Appeal = "appeal",
    }
}

impl Of {
    /// The kind of deadline that such a reading gives.
    pub const fn kind(self) -> Kind {
        match self {
            Self::OpenFrom => Kind::Open,
            Self::Ship | Self::Cancel | Self::SellerReply | Self::SellerReceive => Kind::Expect,
            Self::Pay
            | Self::Delivery
            | Self::Window
            | Self::FreeReturn
            | Self::BuyerReply
            | Self::Evidence
            | Self::ReturnShip
            | Self::Appeal => Kind::Close,
        }
    }

    /// What the deadline limits.
    pub const fn subject(self) -> Subject {
        match self {
            Self::Pay => Subject::Pay,
            Self::Ship => Subject::Ship,
            Self::Cancel => Subject::Cancel,
            Self::OpenFrom => Subject::OpenFrom,
            Self::Delivery => Subject::Delivery,
            Self::Window => Subject::Window,
            Self::FreeReturn => Subject::FreeReturn,
            Self::SellerReply => Subject::SellerReply,
            Self::BuyerReply => Subject::BuyerReply,
            Self::Evidence => Subject::Evidence,
            Self::ReturnShip => Subject::ReturnShip,
            Self::SellerReceive => Subject::SellerReceive,
            Self::Appeal => Subject::Appeal,
        }
    }
}

codes! {
    /// The event that a phrase on the page counts from.
    PhraseStart {
        /// The order was placed.
        Placed = "placed",
        /// The payment was verified.
        Paid = "paid",
        /// The parcel was shipped.
        Shipped = "shipped",
        /// The carrier's delivered scan.
        Delivered = "delivered",
        /// Receipt was confirmed.
        Confirmed = "confirmed",
    }
}

impl PhraseStart {
    /// The fact that the phrase counts from.
    pub const fn start(self) -> Start {
        match self {
            Self::Placed => Start::Placed,
            Self::Paid => Start::Paid,
            Self::Shipped => Start::Shipped,
            Self::Delivered => Start::DeliveredScan,
            Self::Confirmed => Start::Confirmed,
        }
    }
}

/// How the limit was stated. The order is the order of trust (policy time rule 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Time left when seen, in milliseconds.
    Countdown(u64),
    /// A date or time on the page.
    Until(Time),
    /// A phrase such as "within 90 days after the order was placed".
    Phrase {
        /// Number of days.
        days: u32,
        /// What they count from.
        from: PhraseStart,
    },
    /// A date or time that the user entered.
    User(Time),
}

impl Form {
    /// Smaller is more trusted.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Countdown(_) => 0,
            Self::Until(_) => 1,
            Self::Phrase { .. } => 2,
            Self::User(_) => 3,
        }
    }
}

/// A limit as the page showed it or the user entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Reading {
    /// What it limits.
    pub of: Of,
    /// When it was seen or entered.
    pub observed_at: DateTime<Utc>,
    /// How it was stated.
    pub form: Form,
    /// The words on the page that it came from.
    pub text: Option<String>,
    /// Where it was read.
    pub page: Option<PageKind>,
}

/// The written form: exactly one of `countdown_ms`, `until`, `days` with `from`.
#[derive(Serialize, Deserialize)]
struct Written {
    of: Of,
    observed_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    countdown_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<PhraseStart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PageKind>,
}

impl TryFrom<Written> for Reading {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { of, observed_at, countdown_ms, until, user, days, from, text, page } = written;
        let user = user == Some(true);
        let form = match (countdown_ms, until, days, from) {
            (Some(left), None, None, None) if !user => Form::Countdown(left),
            (None, Some(until), None, None) if user => Form::User(until),
            (None, Some(until), None, None) => Form::Until(until),
            (None, None, Some(days), Some(from)) if !user => Form::Phrase { days, from },
            _ => return Err("a reading needs one of countdown_ms, until (with user or not), days with from"),
        };
        Ok(Self { of, observed_at, form, text, page })
    }
}

impl From<Reading> for Written {
    fn from(reading: Reading) -> Self {
        let Reading { of, observed_at, form, text, page } = reading;
        let mut written = Self {
            of,
            observed_at,
            countdown_ms: None,
            until: None,
            user: None,
            days: None,
            from: None,
            text,
            page,
        };
        match form {
            Form::Countdown(left) => written.countdown_ms = Some(left),
            Form::Until(until) => written.until = Some(until),
            Form::Phrase { days, from } => (written.days, written.from) = (Some(days), Some(from)),
            Form::User(until) => (written.until, written.user) = (Some(until), Some(true)),
        }
        written
    }
}
