//! One case at one moment: its own item's facts, its usable readings, and the deadlines they give.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Basis, Clock, Deadline, Facts, Form, Kind, Moment, Of, OrderStatus, Point, Reading, Sighting, Start,
    Subject, Time, Unit, When,
    arithmetic::{Origin, add_days},
    deadline::act_by,
    rule::clock,
};

/// One case at one moment.
pub(super) struct Situation<'a> {
    pub(super) facts: &'a Facts,
    pub(super) at: Moment<'a>,
    /// At most one for each [`Of`].
    usable: Vec<Usable>,
}

/// The reading that counts for what it limits, with its end.
pub(super) struct Usable {
    reading: Reading,
    pub(super) end: Point,
}

impl<'a> Situation<'a> {
    pub(super) fn new(facts: &'a Facts, at: Moment<'a>) -> Self {
        let mut case = Self { facts, at, usable: Vec::new() };
        for reading in case.facts.readings.clone().into_iter().flatten() {
            if case.is_dropped(&reading) {
                continue;
            }
            let Some(end) = case.reading_end(&reading) else { continue };
            let found = Usable { reading, end };
            match case.usable.iter_mut().find(|best| best.reading.of == found.reading.of) {
                Some(best) if best.precedence() <= found.precedence() => {}
                Some(best) => *best = found,
                None => case.usable.push(found),
            }
        }
        case
    }

    /// The instant of a stated time.
    pub(super) fn instant(&self, time: Option<&Time>) -> Option<DateTime<Utc>> {
        self.at.instant(time?).map(|point| point.at)
    }

    pub(super) fn usable(&self, of: Of) -> Option<&Usable> {
        self.usable.iter().find(|usable| usable.reading.of == of)
    }

    /// The flag `stale_reading` for one thing that readings limit (policy section 13).
    pub(super) fn is_stale(&self, of: Of) -> bool {
        let Some(Usable { reading, .. }) = self.usable(of) else {
            return self.facts.readings.iter().flatten().any(|reading| reading.of == of);
        };
        let extended = self.instant(self.facts.extension_granted_at.as_ref());
        let moved_by_extension = matches!(of, Of::Delivery | Of::Window | Of::OpenFrom);
        self.at.now.signed_duration_since(reading.observed_at) > TimeDelta::hours(clock::FRESH_READING_HOURS)
            || moved_by_extension && extended.is_some_and(|extended| extended > reading.observed_at)
    }

    /// The deadline of the usable reading.
    pub(super) fn page(&self, of: Of) -> Option<Deadline> {
        let Usable { reading, end } = self.usable(of)?;
        let (kind, subject, at) = (of.kind(), of.subject(), When::Instant(end.at));
        let seen = || Sighting { at: reading.observed_at, text: reading.text.clone(), page: reading.page };
        let basis = match &reading.form {
            Form::Countdown(left_ms) => Basis::Countdown { left_ms: *left_ms, seen: seen() },
            Form::Until(_) => Basis::PageDate { seen: seen() },
            Form::Phrase { days, from } => Basis::PagePhrase { days: *days, from: *from, seen: seen() },
            Form::User(_) => Basis::User { entered_at: reading.observed_at },
        };
        let timer_start = match of {
            Of::BuyerReply => self.instant(self.facts.proposal_at.as_ref()),
            Of::Evidence => self.instant(self.facts.evidence_requested_at.as_ref()),
            _ => None,
        };
        let timer = end.at.signed_duration_since(timer_start.unwrap_or(reading.observed_at));
        let act_by = (kind == Kind::Close).then(|| act_by(subject, at, Some(timer))).flatten();
        Some(Deadline { subject, kind, at, latest: end.latest.map(When::Instant), act_by, basis })
    }

    /// The deadline of a rule, where its start is known.
    pub(super) fn rule(&self, clock: &'static Clock) -> Option<Deadline> {
        let (start, origin) = clock.starts.iter().find_map(|start| Some((*start, self.origin(*start)?)))?;
        let own = self.facts.rule_lengths.iter().flatten().rfind(|own| own.clock == clock.name);
        let own_length = own.map(|own| own.length);
        let length = own_length.unwrap_or(clock.length);
        let (at, latest) = clock.end(length, origin, &self.at)?;
        // The nominal length: a change to daylight time does not shorten the margin.
        let timer = match clock.unit {
            Unit::D => TimeDelta::try_days(length.into()),
            Unit::H | Unit::Bd | Unit::Cd | Unit::Y => None,
        };
        let act_by = (clock.kind == Kind::Close).then(|| act_by(clock.limits, at, timer)).flatten();
        let basis = Basis::Rule { clock, start, own_length };
        Some(Deadline { subject: clock.limits, kind: clock.kind, at, latest, act_by, basis })
    }

    /// The reading, else the rules that it stands in place of.
    pub(super) fn page_or(&self, of: Of, rules: &[&'static Clock]) -> Vec<Deadline> {
        match self.page(of) {
            Some(deadline) => vec![deadline],
            None => rules.iter().filter_map(|clock| self.rule(clock)).collect(),
        }
    }

    /// Whether the order is in a state in which the delivery timer runs.
    pub(super) fn is_under_way(&self) -> bool {
        matches!(self.facts.order_status, Some(OrderStatus::InTransit | OrderStatus::Delivered))
    }

    /// The end of the window: the reading alone, else every rule whose start is known (policy section 10).
    pub(super) fn window(&self) -> Vec<Deadline> {
        let mut rules = vec![&clock::R07];
        if self.facts.confirmed_at.is_none() {
            rules.push(&clock::R08);
        }
        rules.push(&clock::R09);
        self.page_or(Of::Window, &rules)
    }

    /// Whether now has reached the latest end of the window.
    pub(super) fn is_window_over(&self) -> bool {
        let ends = self.window();
        if ends.is_empty() { self.facts.can_dispute == Some(false) } else { self.all_passed(&ends) }
    }

    /// Whether every one of these deadlines has passed.
    pub(super) fn all_passed<'d>(&self, deadlines: impl IntoIterator<Item = &'d Deadline>) -> bool {
        deadlines.into_iter().all(|deadline| deadline.at.has_passed(&self.at))
    }

    /// From when a dispute may be opened: R04, at once where delivery was promised within a few days.
    pub(super) fn first_opening(&self) -> Option<Deadline> {
        let short = self.facts.promised_days.is_some_and(|days| i64::from(days) <= clock::SHORT_PROMISE_DAYS);
        self.rule(if short { &clock::R04_SHORT_PROMISE } else { &clock::R04 })
    }

    fn is_dropped(&self, reading: &Reading) -> bool {
        let facts = &self.facts;
        let events = match reading.of {
            Of::Delivery | Of::Window | Of::OpenFrom => [&facts.delivered_scan_at, &facts.confirmed_at],
            Of::SellerReply => [&facts.dispute_modified_at, &None],
            Of::BuyerReply => [&facts.proposal_at, &None],
            _ => [&None, &None],
        };
        let mut events = events.into_iter().filter_map(|event| self.instant(event.as_ref()));
        events.any(|event| event > reading.observed_at)
    }

    fn reading_end(&self, reading: &Reading) -> Option<Point> {
        match &reading.form {
            Form::Countdown(left) => {
                let left = TimeDelta::try_milliseconds(i64::try_from(*left).ok()?)?;
                Some(Point { at: reading.observed_at.checked_add_signed(left)?, latest: None })
            }
            Form::Until(until) | Form::User(until) => self.at.instant(until),
            Form::Phrase { days, from } => {
                let Origin::Point(start) = self.origin(from.start())? else { return None };
                let end = |start| add_days(start, i64::from(*days), reading.of.kind());
                Some(Point { at: end(start.at)?, latest: start.latest.and_then(end) })
            }
        }
    }

    fn origin(&self, start: Start) -> Option<Origin> {
        let facts = &self.facts;
        let point = |time: &Option<Time>| self.at.instant(time.as_ref()?).map(Origin::Point);
        let delivery = || self.usable(Of::Delivery).map(|usable| Origin::Point(usable.end));
        match start {
            Start::Placed => point(&facts.placed_at),
            Start::Paid => point(&facts.paid_at),
            Start::Shipped => point(&facts.shipped_at),
            Start::LastTracking => point(&facts.last_tracking_at),
            Start::DeliveredScan => point(&facts.delivered_scan_at),
            Start::Confirmed => point(&facts.confirmed_at),
            Start::DeliveryEnd => delivery(),
            Start::TimerEnd => {
                point(&facts.timer_ended_at).or_else(|| delivery().filter(|_| self.is_under_way()))
            }
            Start::CancelRequested => point(&facts.cancel_requested_at),
            Start::DisputeOpened => point(&facts.dispute_opened_at),
            Start::DisputeModified => point(&facts.dispute_modified_at),
            Start::Proposal => point(&facts.proposal_at),
            Start::SteppedIn => point(&facts.stepped_in_at),
            Start::EvidenceRequested => point(&facts.evidence_requested_at),
            Start::ReturnApproved => point(&facts.return_approved_at),
            Start::Label => point(&facts.label_at),
            Start::DisputeClosed => point(&facts.dispute_closed_at),
            Start::AppealSent => point(&facts.appeal_sent_at),
            Start::RefundProcessed => facts.refund_processed_on.map(Origin::Day),
            Start::AccountAppeal => facts.account_appeal_on.map(Origin::Day),
            Start::Promised => facts.promised_on.map(Origin::Day),
            Start::Received => facts.received_on.map(Origin::Day),
            Start::Transaction => facts.transaction_on.map(Origin::Day),
            Start::Processed => facts.processed_on.map(Origin::Day),
            Start::Statement => facts.statement_on.map(Origin::Day),
            Start::PaidOn => facts.paid_on.map(Origin::Day),
            Start::ReturnSent => facts.return_sent_on.map(Origin::Day),
            Start::Breach => facts.breach_on.map(Origin::Day),
            Start::PaypalCase => facts.paypal_case_on.map(Origin::Day),
            Start::KlarnaReported => facts.klarna_reported_on.map(Origin::Day),
        }
    }
}

impl Usable {
    /// Smaller wins (policy section 12): the best form, then the later observation, then the earlier end.
    fn precedence(&self) -> (u8, Reverse<DateTime<Utc>>, DateTime<Utc>) {
        (self.reading.form.rank(), Reverse(self.reading.observed_at), self.end.at)
    }
}

/// The deadlines that limit a subject.
pub(super) fn about(deadlines: &[Deadline], subject: Subject) -> impl Iterator<Item = &Deadline> {
    deadlines.iter().filter(move |deadline| deadline.subject == subject)
}
