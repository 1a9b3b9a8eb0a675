//! What a deadline rests on, in plain English, for the command line and the dossier.

use std::fmt;

use chrono::Timelike;

use super::{Basis, PhraseStart, Sighting, Source, Start, Unit};

impl fmt::Display for Basis {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Countdown { left_ms, seen } => {
                let minutes = left_ms / 60_000;
                let (days, hours) = (minutes / 1440, minutes / 60 % 24);
                write!(to, "countdown on the page, {days} d {hours} h {} min left when {seen}", minutes % 60)
            }
            Self::PageDate { seen } => write!(to, "date on the page, {seen}"),
            Self::PagePhrase { days, from, seen } => {
                write!(to, "phrase on the page, {days} days after {}, {seen}", from.start().words())
            }
            Self::User { entered_at } => write!(to, "entered by you on {}", entered_at.date_naive()),
            Self::Rule { clock, start, own_length: Some(length) } => {
                let (id, unit) = (clock.rule.id, clock.unit.words());
                write!(to, "{length} {unit} after {}, entered by you in place of rule {id}", start.words())
            }
            Self::Rule { clock, start, own_length: None } => {
                let rule = clock.rule;
                let estimate = if rule.estimate { "estimate by " } else { "" };
                write!(to, "{estimate}rule {}: ", rule.id)?;
                match clock.length {
                    0 => write!(to, "as soon as {}", start.words())?,
                    length => write!(to, "{length} {} after {}", clock.unit.words(), start.words())?,
                }
                if clock.unit == Unit::Bd {
                    write!(to, " (approx., bank holidays add days)")?;
                }
                let (grade, age) = (rule.grade.code(), rule.age.code());
                let Source { text, read, reported } = rule.source();
                write!(to, "; {text}; read {read}, grade {grade}, source {age}")?;
                if reported.is_empty() { Ok(()) } else { write!(to, "; also reported: {reported}") }
            }
        }
    }
}

impl fmt::Display for Sighting {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "seen {} {:02}:{:02} UTC", self.at.date_naive(), self.at.hour(), self.at.minute())?;
        match &self.text {
            Some(text) => write!(to, ": \"{text}\""),
            None => Ok(()),
        }
    }
}

impl Unit {
    const fn words(self) -> &'static str {
        match self {
            Self::D => "days",
            Self::H => "hours",
            Self::Bd => "business days",
            Self::Cd => "calendar days",
            Self::Y => "years",
        }
    }
}

impl PhraseStart {
    /// The event in words.
    pub const fn words(self) -> &'static str {
        self.start().words()
    }
}

impl Start {
    /// The event in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Placed => "the order was placed",
            Self::Paid => "the payment was verified",
            Self::Shipped => "the parcel was shipped",
            Self::LastTracking => "the last tracking event",
            Self::DeliveredScan => "the carrier's delivered scan",
            Self::Confirmed => "receipt was confirmed",
            Self::DeliveryEnd | Self::TimerEnd => "the delivery time ends",
            Self::CancelRequested => "the cancellation was asked for",
            Self::DisputeOpened => "the dispute was opened",
            Self::DisputeModified => "the request was last changed",
            Self::Proposal => "the proposal was shown",
            Self::SteppedIn => "AliExpress stepped in",
            Self::EvidenceRequested => "the evidence was asked for",
            Self::ReturnApproved => "the return was approved",
            Self::Label => "the label was issued",
            Self::DisputeClosed => "the dispute was closed",
            Self::AppealSent | Self::AccountAppeal => "the appeal was sent",
            Self::RefundProcessed => "the refund was processed",
            Self::Promised => "the latest promised delivery",
            Self::Received => "the goods were received",
            Self::Transaction => "the card transaction",
            Self::Processed => "the charge was processed",
            Self::Statement => "the first statement with the charge",
            Self::PaidOn => "the payment",
            Self::ReturnSent => "the goods were sent back",
            Self::Breach => "the breach of contract",
            Self::PaypalCase => "the PayPal case was opened",
            Self::KlarnaReported => "the problem was reported to Klarna",
        }
    }
}
