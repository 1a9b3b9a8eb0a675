//! From what the pages said to the facts of a case.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    DisputeStatus, Facts, Field, Form, History, Moment, Of, OrderStatus, PhraseStart, Reading, Seen,
    SellerTrick, StatedEvent, Time, Tracking, Value, rule::clock,
};
use crate::{
    order::{Chat, Commitment, DisputeStage, Order, Start, Status},
    page::PageKind,
};

/// Tracking that has not moved for this long is no longer "moving" (policy section 10, line 13).
const MOVING: TimeDelta = TimeDelta::days(10);

impl History {
    /// The facts that the pages of this order and the user state, of the order or of one of its items, and what became of
    /// the events that the user told. `captured` are the kinds of pages of which there is a capture.
    pub fn facts(
        &self,
        captured: &[PageKind],
        item: Option<&str>,
        at: &Moment<'_>,
    ) -> (Facts, Vec<StatedEvent>) {
        let mut facts = self.stated_by_pages(captured, at.now);
        facts.case_item = item.map(str::to_owned);
        let stage_seen = self.newest(|order| order.dispute.as_ref().map(|_| ()));
        let events = self.state_into(&mut facts, item, stage_seen.map(|((), seen)| seen.at), at);
        (facts, events)
    }

    fn stated_by_pages(&self, captured: &[PageKind], now: DateTime<Utc>) -> Facts {
        let bare = |field| self.day(field).map(Time::Date);
        let delivered = self.day(Field::DeliveredOn);
        let last_tracking =
            self.ever(|order| order.last_tracking_on.as_ref().map(|fact| fact.value)).map(|(day, _)| day);
        let moving = last_tracking.is_some_and(|last| now.date_naive() - last < MOVING);
        // Words that nobody knows make the status unknown; a page that shows none says nothing about it.
        let status = self.newest(|order| {
            (order.status != Status::Unknown || order.status_text.is_some())
                .then(|| (order_status(order.status), order.status_text.clone()))
        });
        let (order_status, status_text) =
            status.map_or((None, None), |((status, text), _)| (Some(status), text));
        let order_status = match self.entered(Field::Status).map(|correction| correction.value) {
            Some(Value::Status(status)) => Some(status),
            _ => order_status,
        };
        let newest = |pick: fn(&Order) -> Option<bool>| self.newest(pick).map(|(value, _)| value);
        Facts {
            order_status,
            status_text,
            dispute_status: self
                .newest(|order| order.dispute.as_ref().map(|dispute| dispute_status(dispute.stage)))
                .map(|(status, _)| status),
            can_dispute: newest(|order| order.can_dispute),
            placed_at: bare(Field::PlacedOn),
            paid_at: bare(Field::PaidOn),
            shipped_at: bare(Field::ShippedOn),
            confirmed_at: bare(Field::CompletedOn),
            delivered_scan_at: delivered.map(Time::Date),
            last_tracking_at: last_tracking.map(Time::Date),
            tracking: (moving && delivered.is_none()).then_some(Tracking::Moving),
            // A page that grants a return within some days grants one, whatever it is called there.
            free_return: newest(|order| order.free_returns).or_else(|| newest(grants_return)),
            listing_saved: captured.contains(&PageKind::Snapshot).then_some(true),
            seller_tricks: self.tricks(),
            items: self.parts(),
            readings: Some(self.readings(delivered)),
            ..Facts::default()
        }
    }

    /// What the seller tried in any look at the conversation: what was seen once stays seen, whatever the page shows now.
    fn tricks(&self) -> Option<Vec<SellerTrick>> {
        let tried =
            |chat: &Chat, trick: SellerTrick| chat.tricks.iter().any(|tried| tried.code() == trick.code());
        let seen = |trick: &&SellerTrick| {
            self.seen.iter().any(|seen| seen.order.chat.as_ref().is_some_and(|chat| tried(chat, **trick)))
        };
        let all: Vec<SellerTrick> = SellerTrick::ALL.iter().filter(seen).copied().collect();
        (!all.is_empty()).then_some(all)
    }

    /// The items, where the order has several that can be disputed on their own.
    fn parts(&self) -> Option<Vec<Facts>> {
        let (items, _) = self.ever(|order| (order.items.len() > 1).then(|| order.items.clone()))?;
        Some(items.into_iter().map(|item| Facts { item_id: item.item_id, ..Facts::default() }).collect())
    }

    fn readings(&self, delivered: Option<NaiveDate>) -> Vec<Reading> {
        // From then on no delivered scan overtook a reading: a day begins at 08:00 UTC at the latest where a date counts
        // from, 00:00 Pacific (policy time rules 4 and 5).
        let delivered = delivered.and_then(|day| day.and_hms_opt(8, 0, 0)).map(|start| start.and_utc());
        let mut taken: Vec<(Reading, DateTime<Utc>)> = Vec::new();
        for seen in self.seen.iter().filter(|seen| seen.latest) {
            for reading in seen.readings() {
                take(&mut taken, (reading, seen.opened), delivered);
            }
        }
        let mut readings = taken.into_iter().map(|(reading, _)| reading).collect();
        self.enter_limits(&mut readings);
        readings
    }
}

impl Seen {
    /// The limits that a look states.
    pub(super) fn readings(&self) -> Vec<Reading> {
        let mut readings = Vec::new();
        let mut state = |of, observed_at, form, text: &String| {
            readings.push(Reading { of, observed_at, form, text: Some(text.clone()), page: Some(self.page) });
        };
        if let Some(countdown) = &self.order.countdown
            && let (Some(of), Ok(left)) = (timer(&self.order), u64::try_from(countdown.ms))
        {
            state(of, self.countdown_at, Form::Countdown(left), &countdown.text);
        }
        for commitment in &self.order.commitments {
            if let Some((of, form, text)) = stated(commitment) {
                state(of, self.at, form, text);
            }
        }
        readings
    }
}

/// The order page and the tracking page of one order may differ by a day: then the earlier counts, whichever was read
/// last (handbook of pages 3.2). A look that is a day older, or that a delivered scan overtook, does not take the place of
/// a later one: it would make what was just read look stale. The time that has gone by since plays no part, or it would
/// move a deadline by itself; nor does how long the later page stands open, so each reading comes with when its page was
/// opened.
fn take(
    readings: &mut Vec<(Reading, DateTime<Utc>)>,
    (new, opened): (Reading, DateTime<Utc>),
    delivered: Option<DateTime<Utc>>,
) {
    let rival = readings.iter_mut().find(|(old, _)| {
        let (Some(old_day), Some(new_day)) = (end(old), end(&new)) else { return false };
        old.of == new.of && old.page != new.page && (old_day - new_day).abs() <= TimeDelta::days(1)
    });
    let fresh = |later: DateTime<Utc>| {
        let apart = later.signed_duration_since(new.observed_at);
        apart <= TimeDelta::hours(clock::FRESH_READING_HOURS)
            && delivered.is_none_or(|delivered| new.observed_at >= delivered)
    };
    match rival {
        Some(old) if end(&new) < end(&old.0) && fresh(old.1) => *old = (new, opened),
        Some(_) => {}
        None => readings.push((new, opened)),
    }
}

fn end(reading: &Reading) -> Option<NaiveDate> {
    match reading.form {
        Form::Until(Time::Date(day)) => Some(day),
        _ => None,
    }
}

fn grants_return(order: &Order) -> Option<bool> {
    order
        .commitments
        .iter()
        .any(|commitment| matches!(commitment, Commitment::ReturnWithin { .. }))
        .then_some(true)
}

/// What a commitment limits (policy section 11, the lines on `read`); a coupon limits nothing.
fn stated(commitment: &Commitment) -> Option<(Of, Form, &String)> {
    Some(match commitment {
        Commitment::CouponIfDelayed { .. } => return None,
        Commitment::RefundIfNotDeliveredBefore { date, text } => {
            (Of::Delivery, Form::Until(Time::Date(*date)), text)
        }
        Commitment::OpenDisputeWithin { days, from, text } => {
            (Of::Window, Form::Phrase { days: *days, from: start(*from) }, text)
        }
        Commitment::ReturnWithin { days, from, text } => {
            (Of::FreeReturn, Form::Phrase { days: *days, from: start(*from) }, text)
        }
    })
}

/// What the one countdown of a page limits: the timer of the stage that the page shows.
fn timer(order: &Order) -> Option<Of> {
    if let Some(dispute) = &order.dispute {
        return match dispute.stage {
            DisputeStage::WaitSeller => Some(Of::SellerReply),
            DisputeStage::WaitBuyer | DisputeStage::DecisionProposed => Some(Of::BuyerReply),
            DisputeStage::EvidenceRequested => Some(Of::Evidence),
            DisputeStage::ReturnApproved => Some(Of::ReturnShip),
            DisputeStage::ReturnSent => Some(Of::SellerReceive),
            DisputeStage::DecidedAgainst => Some(Of::Appeal),
            _ => None,
        };
    }
    match order.status {
        Status::Unpaid => Some(Of::Pay),
        Status::ToShip => Some(Of::Ship),
        Status::InTransit | Status::Delivered => Some(Of::Delivery),
        Status::Completed => Some(Of::Window),
        _ => None,
    }
}

const fn start(start: Start) -> PhraseStart {
    match start {
        Start::Placed => PhraseStart::Placed,
        Start::Paid => PhraseStart::Paid,
        Start::Shipped => PhraseStart::Shipped,
        Start::Delivered => PhraseStart::Delivered,
        Start::Confirmed => PhraseStart::Confirmed,
    }
}

const fn order_status(status: Status) -> OrderStatus {
    match status {
        Status::Unpaid => OrderStatus::Unpaid,
        Status::ToShip => OrderStatus::ToShip,
        Status::InTransit => OrderStatus::InTransit,
        Status::Delivered => OrderStatus::Delivered,
        Status::Completed => OrderStatus::Completed,
        Status::Cancelled => OrderStatus::Cancelled,
        Status::Expired => OrderStatus::Expired,
        Status::InDispute => OrderStatus::InDispute,
        Status::Refunded => OrderStatus::Refunded,
        Status::Unknown => OrderStatus::Unknown,
    }
}

const fn dispute_status(stage: DisputeStage) -> DisputeStatus {
    match stage {
        DisputeStage::WaitSeller => DisputeStatus::WaitSeller,
        DisputeStage::WaitBuyer => DisputeStatus::WaitBuyer,
        DisputeStage::Mediation => DisputeStatus::Mediation,
        DisputeStage::EvidenceRequested => DisputeStatus::EvidenceRequested,
        DisputeStage::DecisionProposed => DisputeStatus::DecisionProposed,
        DisputeStage::ReturnApproved => DisputeStatus::ReturnApproved,
        DisputeStage::ReturnSent => DisputeStatus::ReturnSent,
        DisputeStage::RefundProcessed => DisputeStatus::RefundProcessed,
        DisputeStage::DecidedAgainst => DisputeStatus::DecidedAgainst,
        DisputeStage::AppealPending => DisputeStatus::AppealPending,
        DisputeStage::Withdrawn => DisputeStatus::Withdrawn,
        DisputeStage::Closed => DisputeStatus::Closed,
        DisputeStage::Unknown => DisputeStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{order::Trick, page::PageKind};

    fn look(tricks: Option<Vec<Trick>>, minutes: i64) -> Seen {
        let mut order = Order::new(Some("8200000000000001".to_owned()));
        order.chat = tricks.map(|tricks| Chat { messages: 3, last_from: None, last_on: None, tricks });
        let at = DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        Seen {
            page: PageKind::Chat,
            at,
            opened: at,
            countdown_at: at,
            url: String::new(),
            order,
            warnings: Vec::new(),
            weak: Vec::new(),
            latest: false,
        }
    }

    #[test]
    fn a_trick_that_was_seen_stays_seen_and_counts_once() {
        let tricks = |looks: Vec<Option<Vec<Trick>>>| {
            let seen = looks.into_iter().zip(0..).map(|(tricks, at)| look(tricks, at)).collect();
            let history =
                History { order_id: String::new(), seen, corrections: Vec::new(), statements: Vec::new() };
            history.stated_by_pages(&[], DateTime::UNIX_EPOCH).seller_tricks
        };
        let (close, wait) = (Trick::CloseDispute, Trick::WaitLonger);
        assert_eq!(tricks(vec![]), None);
        assert_eq!(tricks(vec![None, Some(vec![])]), None);
        assert_eq!(
            tricks(vec![Some(vec![]), Some(vec![wait]), None, Some(vec![close, wait])]),
            Some(vec![SellerTrick::CloseDispute, SellerTrick::WaitLonger])
        );
    }

    #[test]
    fn every_trick_of_the_reader_is_one_of_the_handbook() {
        assert!(
            Trick::ALL.iter().map(|trick| trick.code()).eq(SellerTrick::ALL.iter().map(|trick| trick.code()))
        );
    }
}
