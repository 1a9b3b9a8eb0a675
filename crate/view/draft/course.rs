//! What happened, with its dates, in the order of time.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Argument, Message};
use crate::case::{Facts, Moment, Time};

/// Which events a letter tells.
#[derive(Clone, Copy)]
pub(super) enum Events {
    /// From a cancellation that was asked for to the delivery.
    Parcel,
    /// Those that the shop knows too.
    Shop,
    /// All.
    All,
}

/// The points of a timeline, oldest first. An event on a day without a time stands at the beginning of that day.
pub(super) fn points(facts: &Facts, which: Events, at: &Moment<'_>) -> Vec<Message> {
    let mut points: Vec<(DateTime<Utc>, Message)> = Vec::new();
    let days = days(facts).map(|(name, day)| (name, day.map(Time::Date)));
    let times = times(facts).map(|(name, time)| (name, time.cloned()));
    let shop = times.len() + days.len();
    // The bank's own side of the payment, which nobody else knows.
    let transaction = ("transaction", facts.transaction_on.map(Time::Date));
    let all = times.into_iter().chain(days).chain([transaction]);
    let (first, most) = match which {
        Events::Parcel => (2, 4),
        Events::Shop => (0, shop),
        Events::All => (0, shop + 1),
    };
    for (name, time) in all.skip(first).take(most) {
        let Some(time) = time else { continue };
        let Some(point) = at.instant(&time) else { continue };
        let Some(shown) = shown(&time, at) else { continue };
        let event = Argument::Message(format!("draft_event_{name}"));
        let said = Message::new("draft_dated").with(event).with(shown);
        let after = points.iter().position(|(other, _)| *other > point.at).unwrap_or(points.len());
        points.insert(after, (point.at, said));
    }
    points.into_iter().map(|(_, said)| said).collect()
}

/// A stated time as it is shown: a day without a time stays a day. None where its zone is one that nobody knows.
pub(super) fn shown(time: &Time, at: &Moment<'_>) -> Option<Argument> {
    Some(match time {
        Time::Date(day) | Time::DateIn { date: day, .. } => Argument::Day(*day),
        Time::Instant(_) | Time::Stamp(_) | Time::Local { .. } => Argument::instant(at.instant(time)?.at),
    })
}

fn times(facts: &Facts) -> [(&'static str, Option<&Time>); 18] {
    [
        ("placed", facts.placed_at.as_ref()),
        ("paid", facts.paid_at.as_ref()),
        ("cancel_requested", facts.cancel_requested_at.as_ref()),
        ("shipped", facts.shipped_at.as_ref()),
        ("last_tracking", facts.last_tracking_at.as_ref()),
        ("delivered", facts.delivered_scan_at.as_ref()),
        ("completed", facts.confirmed_at.as_ref()),
        ("timer_ended", facts.timer_ended_at.as_ref()),
        ("extension", facts.extension_granted_at.as_ref()),
        ("dispute_opened", facts.dispute_opened_at.as_ref()),
        ("dispute_modified", facts.dispute_modified_at.as_ref()),
        ("proposal", facts.proposal_at.as_ref()),
        ("stepped_in", facts.stepped_in_at.as_ref()),
        ("evidence_requested", facts.evidence_requested_at.as_ref()),
        ("return_approved", facts.return_approved_at.as_ref()),
        ("dispute_closed", facts.dispute_closed_at.as_ref()),
        ("appeal_sent", facts.appeal_sent_at.as_ref()),
        ("support_ticket", facts.support_ticket_at.as_ref()),
    ]
}

const fn days(facts: &Facts) -> [(&'static str, Option<NaiveDate>); 4] {
    [
        ("promised", facts.promised_on),
        ("received", facts.received_on),
        ("return_sent", facts.return_sent_on),
        ("refund_processed", facts.refund_processed_on),
    ]
}
