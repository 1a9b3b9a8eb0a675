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

/// When something happened, its name, and the time as it is shown.
pub(super) type Event = (DateTime<Utc>, &'static str, Argument);

/// A timeline, oldest first. An event on a day without a time stands at the beginning of that day.
pub(super) struct Course<'a> {
    at: &'a Moment<'a>,
    events: Vec<Event>,
}

impl Course<'_> {
    /// The events of a case.
    pub(super) fn of(facts: &Facts, which: Events, at: &Moment<'_>) -> Vec<Event> {
        let mut course = Course { at, events: Vec::new() };
        // Events of one day stay in this order.
        if which != Events::Parcel {
            course.time("placed", &facts.placed_at);
            course.time("paid", &facts.paid_at);
        }
        course.time("cancel_requested", &facts.cancel_requested_at);
        course.time("shipped", &facts.shipped_at);
        course.time("last_tracking", &facts.last_tracking_at);
        course.time("delivered", &facts.delivered_scan_at);
        if which != Events::Parcel {
            course.further(facts);
        }
        if which == Events::All {
            course.day("transaction", facts.transaction_on);
        }
        course.events
    }

    fn further(&mut self, facts: &Facts) {
        self.day("promised", facts.promised_on);
        self.day("received", facts.received_on);
        self.time("completed", &facts.confirmed_at);
        self.time("timer_ended", &facts.timer_ended_at);
        self.time("extension", &facts.extension_granted_at);
        self.time("dispute_opened", &facts.dispute_opened_at);
        self.time("dispute_modified", &facts.dispute_modified_at);
        self.time("proposal", &facts.proposal_at);
        self.time("stepped_in", &facts.stepped_in_at);
        self.time("evidence_requested", &facts.evidence_requested_at);
        self.time("return_approved", &facts.return_approved_at);
        self.day("return_sent", facts.return_sent_on);
        self.day("refund_processed", facts.refund_processed_on);
        self.time("dispute_closed", &facts.dispute_closed_at);
        self.time("appeal_sent", &facts.appeal_sent_at);
        self.time("support_ticket", &facts.support_ticket_at);
    }

    #[inline(never)]
    fn day(&mut self, name: &'static str, day: Option<NaiveDate>) {
        self.time(name, &day.map(Time::Date));
    }

    /// Takes in an event. Not inlined, because there are many.
    #[inline(never)]
    #[expect(clippy::ref_option, reason = "as the facts hold it: half the code at each of the calls")]
    fn time(&mut self, name: &'static str, time: &Option<Time>) {
        // What cannot be placed is in a zone that nobody knows: the time is not known.
        let Some((time, point)) = time.as_ref().and_then(|time| Some((time, self.at.instant(time)?))) else {
            return;
        };
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
