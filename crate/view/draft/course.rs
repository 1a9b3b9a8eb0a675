//! What happened, with its dates, in the order of time.

use chrono::{DateTime, NaiveDate, Utc};

use super::Argument;
use crate::case::{Facts, Moment, Time};

/// Which events a letter tells.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Events {
    /// Those of the parcel: a short message needs no more.
    Parcel,
    /// Those that the shop knows.
    Shop,
    /// The payment too, which only the bank knows.
    All,
}

/// The names of events, and where the facts hold them. Events of one day stay in this order.
type Named<T> = (&'static str, fn(&Facts) -> &Option<T>);

const BEFORE: [Named<Time>; 2] = [("placed", |facts| &facts.placed_at), ("paid", |facts| &facts.paid_at)];

const PARCEL: [Named<Time>; 4] = [
    ("cancel_requested", |facts| &facts.cancel_requested_at),
    ("shipped", |facts| &facts.shipped_at),
    ("last_tracking", |facts| &facts.last_tracking_at),
    ("delivered", |facts| &facts.delivered_scan_at),
];

const AFTER: [Named<Time>; 12] = [
    ("completed", |facts| &facts.confirmed_at),
    ("timer_ended", |facts| &facts.timer_ended_at),
    ("extension", |facts| &facts.extension_granted_at),
    ("dispute_opened", |facts| &facts.dispute_opened_at),
    ("dispute_modified", |facts| &facts.dispute_modified_at),
    ("proposal", |facts| &facts.proposal_at),
    ("stepped_in", |facts| &facts.stepped_in_at),
    ("evidence_requested", |facts| &facts.evidence_requested_at),
    ("return_approved", |facts| &facts.return_approved_at),
    ("dispute_closed", |facts| &facts.dispute_closed_at),
    ("appeal_sent", |facts| &facts.appeal_sent_at),
    ("support_ticket", |facts| &facts.support_ticket_at),
];

const DAYS: [Named<NaiveDate>; 4] = [
    ("promised", |facts| &facts.promised_on),
    ("received", |facts| &facts.received_on),
    ("return_sent", |facts| &facts.return_sent_on),
    ("refund_processed", |facts| &facts.refund_processed_on),
];

const PAYMENT: [Named<NaiveDate>; 1] = [("transaction", |facts| &facts.transaction_on)];

/// When something happened, its name, and the time as it is shown.
pub(super) type Event = (DateTime<Utc>, &'static str, Argument);

/// A timeline, oldest first. An event on a day without a time stands at the beginning of that day.
pub(super) struct Course<'a> {
    facts: &'a Facts,
    at: &'a Moment<'a>,
    events: Vec<Event>,
}

impl Course<'_> {
    /// The events of a case.
    pub(super) fn of(facts: &Facts, which: Events, at: &Moment<'_>) -> Vec<Event> {
        let mut course = Course { facts, at, events: Vec::new() };
        let whole = which != Events::Parcel;
        course.times(if whole { &BEFORE } else { &[] });
        course.times(&PARCEL);
        course.times(if whole { &AFTER } else { &[] });
        course.days(if whole { &DAYS } else { &[] });
        course.days(if which == Events::All { &PAYMENT } else { &[] });
        course.events
    }

    #[inline(never)]
    fn times(&mut self, named: &[Named<Time>]) {
        for (name, time) in named {
            if let Some(time) = time(self.facts) {
                self.take(name, time);
            }
        }
    }

    #[inline(never)]
    fn days(&mut self, named: &[Named<NaiveDate>]) {
        for (name, day) in named {
            if let Some(day) = day(self.facts) {
                self.take(name, &Time::Date(*day));
            }
        }
    }

    #[inline(never)]
    fn take(&mut self, name: &'static str, time: &Time) {
        // What cannot be placed is in a zone that nobody knows: the time is not known.
        let Some(point) = self.at.instant(time) else { return };
        let after = self.events.iter().position(|(other, ..)| *other > point.at);
        let after = after.unwrap_or(self.events.len());
        self.events.insert(after, (point.at, name, shown(time, point.at)));
    }
}

/// A stated time as it is shown: a day without a time stays a day.
pub(super) fn shown(time: &Time, at: DateTime<Utc>) -> Argument {
    match time {
        Time::Date(day) | Time::DateIn { date: day, .. } => Argument::Day(*day),
        Time::Instant(_) | Time::Stamp(_) | Time::Local { .. } => Argument::instant(at),
    }
}
