//! Which state a case is in (policy section 10): the first line that fits.

use super::{BankResult, DisputeStatus, Facts, Of, OrderStatus, Tracking, rule::clock, situation::Situation};
use crate::code::codes;

codes! {
    /// The state of a case.
    State {
        /// The money is back.
        Done = "done",
        /// The bank refused for good.
        Lost = "lost",
        /// The account is blocked; the underlying state's deadlines run on.
        AccountBlocked = "account_blocked",
        /// A claim is filed at the bank.
        BankOpen = "bank_open",
        /// The buyer has gone over to the bank.
        Bank = "bank",
        /// Not understood: no guess.
        Unknown = "unknown",
        /// The dispute was withdrawn, the window is open.
        CancelledByBuyer = "cancelled_by_buyer",
        /// No dispute can be opened any more.
        WindowClosed = "window_closed",
        /// The seller has to answer.
        DisputeWaitSeller = "dispute_wait_seller",
        /// The buyer has to answer.
        DisputeWaitBuyer = "dispute_wait_buyer",
        /// AliExpress has stepped in.
        Mediation = "mediation",
        /// AliExpress asks for evidence.
        MediationEvidence = "mediation_evidence",
        /// AliExpress proposes a decision.
        DisputeDecision = "dispute_decision",
        /// The goods are to be sent back.
        ReturnApproved = "return_approved",
        /// The goods were sent back.
        ReturnSent = "return_sent",
        /// The refund was processed.
        RefundSent = "refund_sent",
        /// Closed with nothing, or with less than claimed.
        DecidedAgainst = "decided_against",
        /// The appeal was sent.
        AppealPending = "appeal_pending",
        /// Closed for good.
        ClosedFinal = "closed_final",
        /// Waiting for payment.
        Unpaid = "unpaid",
        /// The buyer asked to cancel before shipping.
        CancelRequested = "cancel_requested",
        /// Waiting to be shipped.
        AwaitShip = "await_ship",
        /// A dispute can be opened.
        WindowOpen = "window_open",
        /// Delivered, receipt not confirmed.
        DeliveredUnconfirmed = "delivered_unconfirmed",
        /// On its way without progress.
        Stalled = "stalled",
        /// On its way.
        InTransit = "in_transit",
        /// Cancelled after payment.
        CancelledRefund = "cancelled_refund",
        /// Cancelled before payment.
        Cancelled = "cancelled",
        /// A support ticket is open.
        Support = "support",
    }
}

impl State {
    /// Whether a dispute is open and not yet decided.
    pub const fn is_open_dispute(self) -> bool {
        matches!(
            self,
            Self::DisputeWaitSeller
                | Self::DisputeWaitBuyer
                | Self::Mediation
                | Self::MediationEvidence
                | Self::DisputeDecision
        )
    }
}

/// The state, and the underlying one: the same, except for a blocked account.
pub(super) fn states(case: &Situation<'_>) -> (State, State) {
    let facts = &case.facts;
    if facts.refund_arrived == Some(true) || facts.bank_result == Some(BankResult::Won) {
        return (State::Done, State::Done);
    }
    if facts.bank_result == Some(BankResult::Lost) {
        return (State::Lost, State::Lost);
    }
    let underlying = underlying(case);
    let blocked = facts.account_blocked == Some(true);
    (if blocked { State::AccountBlocked } else { underlying }, underlying)
}

fn underlying(case: &Situation<'_>) -> State {
    if case.facts.bank_filed_on.is_some() {
        return State::BankOpen;
    }
    if case.facts.bank_chosen == Some(true) {
        return State::Bank;
    }
    let state = match case.facts.dispute_status {
        Some(status) => in_dispute(case, status),
        None => in_order(case),
    };
    let helped_by_support =
        matches!(state, State::WindowClosed | State::ClosedFinal | State::ReturnSent | State::RefundSent);
    if helped_by_support && case.facts.support_ticket_at.is_some() { State::Support } else { state }
}

fn in_dispute(case: &Situation<'_>, status: DisputeStatus) -> State {
    match status {
        DisputeStatus::Unknown => State::Unknown,
        DisputeStatus::Withdrawn if case.is_window_over() => State::WindowClosed,
        DisputeStatus::Withdrawn => State::CancelledByBuyer,
        DisputeStatus::WaitSeller => State::DisputeWaitSeller,
        DisputeStatus::WaitBuyer => State::DisputeWaitBuyer,
        DisputeStatus::Mediation => State::Mediation,
        DisputeStatus::EvidenceRequested => State::MediationEvidence,
        DisputeStatus::DecisionProposed => State::DisputeDecision,
        DisputeStatus::ReturnApproved => State::ReturnApproved,
        DisputeStatus::ReturnSent => State::ReturnSent,
        DisputeStatus::RefundProcessed => State::RefundSent,
        DisputeStatus::DecidedAgainst => State::DecidedAgainst,
        DisputeStatus::AppealPending => State::AppealPending,
        DisputeStatus::Closed => State::ClosedFinal,
    }
}

fn in_order(case: &Situation<'_>) -> State {
    let facts = &case.facts;
    match facts.order_status {
        Some(OrderStatus::Refunded) => State::RefundSent,
        Some(OrderStatus::Unpaid) => State::Unpaid,
        Some(OrderStatus::ToShip) if facts.cancel_requested_at.is_some() => State::CancelRequested,
        Some(OrderStatus::ToShip) => State::AwaitShip,
        Some(OrderStatus::InTransit | OrderStatus::Delivered)
            if facts.timer_ended_at.is_some() || is_timer_ended_by_reading(case) =>
        {
            window_state(case)
        }
        Some(OrderStatus::Delivered) => State::DeliveredUnconfirmed,
        Some(OrderStatus::InTransit) if facts.delivered_scan_at.is_some() => State::DeliveredUnconfirmed,
        Some(OrderStatus::InTransit) if is_stalled(case) => State::Stalled,
        Some(OrderStatus::InTransit) => State::InTransit,
        Some(OrderStatus::Completed) => window_state(case),
        Some(OrderStatus::Cancelled | OrderStatus::Expired) => after_cancelling(facts),
        Some(OrderStatus::InDispute | OrderStatus::Unknown) | None => State::Unknown,
    }
}

fn window_state(case: &Situation<'_>) -> State {
    if case.is_window_over() { State::WindowClosed } else { State::WindowOpen }
}

fn after_cancelling(facts: &Facts) -> State {
    if facts.paid_at.is_some() { State::CancelledRefund } else { State::Cancelled }
}

/// Whether it is a reading, not a fact, that says that the delivery timer has ended.
pub(super) fn is_timer_ended_by_reading(case: &Situation<'_>) -> bool {
    let ended = case.usable(Of::Delivery).is_some_and(|usable| usable.end.at <= case.at.now);
    ended && case.is_under_way() && case.facts.timer_ended_at.is_none()
}

fn is_stalled(case: &Situation<'_>) -> bool {
    let no_progress =
        matches!(case.facts.tracking, Some(Tracking::NotFound | Tracking::Returned | Tracking::OtherPlace));
    no_progress || case.rule(&clock::W01).is_some_and(|silence| silence.at.has_passed(&case.at))
}
