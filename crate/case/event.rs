//! What the user can say has happened: each event with what it makes known, the stage that it leads to, and the states
//! in which it can happen (policy section 9).

use chrono::NaiveDate;

use super::{DisputeStatus, Facts, State, Time};
use crate::code::codes;

codes! {
    /// An event that no page told.
    EventKind {
        /// The buyer asked to cancel before shipping.
        CancelRequested = "cancel_requested",
        /// The delivery time was extended.
        ExtensionGranted = "extension_granted",
        /// The parcel came.
        Received = "received",
        /// Receipt was confirmed.
        Confirmed = "confirmed",
        /// The delivery timer ran out.
        TimerEnded = "timer_ended",
        /// A dispute was opened.
        DisputeOpened = "dispute_opened",
        /// The buyer changed the request, or rejected an offer.
        RequestChanged = "request_changed",
        /// The seller refused.
        SellerRefused = "seller_refused",
        /// The seller made an offer.
        Offer = "offer",
        /// AliExpress stepped in.
        SteppedIn = "stepped_in",
        /// AliExpress asked for evidence.
        EvidenceAsked = "evidence_asked",
        /// The buyer sent it.
        EvidenceSent = "evidence_sent",
        /// AliExpress proposed a decision.
        DecisionProposed = "decision_proposed",
        /// A return was approved.
        ReturnApproved = "return_approved",
        /// The free label was issued.
        LabelIssued = "label_issued",
        /// The goods were sent back.
        ReturnSent = "return_sent",
        /// The refund was processed.
        RefundProcessed = "refund_processed",
        /// The money is back.
        RefundArrived = "refund_arrived",
        /// Closed with nothing, or with less than claimed.
        DecidedAgainst = "decided_against",
        /// The one appeal was sent.
        AppealSent = "appeal_sent",
        /// The appeal was decided and lost.
        AppealLost = "appeal_lost",
        /// The buyer withdrew the dispute.
        Withdrawn = "withdrawn",
        /// The dispute was closed for good.
        Closed = "closed",
        /// A support ticket was opened.
        TicketOpened = "ticket_opened",
        /// The account was blocked.
        AccountBlocked = "account_blocked",
        /// An appeal for reactivation was sent.
        AccountAppealed = "account_appealed",
        /// The account is open again.
        AccountBack = "account_back",
        /// A PayPal case was opened.
        PaypalCase = "paypal_case",
        /// It was escalated.
        PaypalEscalated = "paypal_escalated",
        /// The problem was reported to Klarna.
        KlarnaReported = "klarna_reported",
        /// The buyer has gone over to the bank.
        BankChosen = "bank_chosen",
        /// The card claim was filed.
        BankFiled = "bank_filed",
        /// The bank gave the money back.
        BankWon = "bank_won",
        /// The bank refused for good.
        BankLost = "bank_lost",
    }
}

/// What an event makes known beside the stage.
pub(super) enum Mark {
    /// Nothing.
    Stage,
    /// The time of the event.
    Time(fn(&mut Facts) -> &mut Option<Time>),
    /// Its civil date.
    Day(fn(&mut Facts) -> &mut Option<NaiveDate>),
    /// That something is so, or no longer so.
    Flag(fn(&mut Facts) -> &mut Option<bool>, bool),
    /// How the bank decided.
    Bank(super::BankResult),
}

// Groups of states, as bits.
const BEFORE_SHIPPING: u8 = 1;
const ON_ITS_WAY: u8 = 2;
const AT_WINDOW: u8 = 4;
const IN_DISPUTE: u8 = 8;
const DECIDED: u8 = 16;
const AT_BANK: u8 = 32;
/// A dispute may have been opened before anything was read: what follows on one fits as soon as the parcel is on its way,
/// and also while a bank is at it.
const SINCE_SHIPPING: u8 = ON_ITS_WAY | AT_WINDOW | IN_DISPUTE | DECIDED | AT_BANK;
const ONCE_PAID: u8 = BEFORE_SHIPPING | SINCE_SHIPPING;

const fn group(state: State) -> u8 {
    match state {
        State::Unpaid | State::Cancelled | State::Done | State::Lost => 0,
        State::AwaitShip | State::CancelRequested | State::CancelledRefund => BEFORE_SHIPPING,
        State::InTransit | State::Stalled => ON_ITS_WAY,
        State::DeliveredUnconfirmed | State::WindowOpen | State::WindowClosed | State::CancelledByBuyer => {
            AT_WINDOW
        }
        State::DisputeWaitSeller
        | State::DisputeWaitBuyer
        | State::Mediation
        | State::MediationEvidence
        | State::DisputeDecision => IN_DISPUTE,
        State::ReturnApproved
        | State::ReturnSent
        | State::RefundSent
        | State::DecidedAgainst
        | State::AppealPending
        | State::ClosedFinal
        | State::Support => DECIDED,
        State::Bank | State::BankOpen => AT_BANK,
        // Nothing is known that could speak against it.
        State::Unknown | State::AccountBlocked => u8::MAX,
    }
}

/// What an event does.
pub(super) struct Effect {
    pub(super) mark: Mark,
    /// The stage of the dispute after it.
    pub(super) stage: Option<DisputeStatus>,
    fits: u8,
}

impl EventKind {
    /// Whether it can happen in a state.
    pub fn fits(self, state: State) -> bool {
        self.effect().fits & group(state) != 0
    }

    pub(super) const fn effect(self) -> Effect {
        use DisputeStatus as Stage;
        use Mark::{Bank, Day, Flag, Time};
        let (mark, stage, fits) = match self {
            Self::CancelRequested => (Time(|facts| &mut facts.cancel_requested_at), None, BEFORE_SHIPPING),
            Self::ExtensionGranted => {
                (Time(|facts| &mut facts.extension_granted_at), None, ON_ITS_WAY | AT_WINDOW)
            }
            Self::Received => (Day(|facts| &mut facts.received_on), None, SINCE_SHIPPING),
            Self::Confirmed => (Time(|facts| &mut facts.confirmed_at), None, ON_ITS_WAY | AT_WINDOW),
            Self::TimerEnded => (Time(|facts| &mut facts.timer_ended_at), None, ON_ITS_WAY | AT_WINDOW),
            Self::DisputeOpened => {
                (Time(|facts| &mut facts.dispute_opened_at), Some(Stage::WaitSeller), SINCE_SHIPPING)
            }
            Self::RequestChanged => {
                (Time(|facts| &mut facts.dispute_modified_at), Some(Stage::WaitSeller), SINCE_SHIPPING)
            }
            Self::SellerRefused | Self::Offer => {
                (Time(|facts| &mut facts.proposal_at), Some(Stage::WaitBuyer), SINCE_SHIPPING)
            }
            Self::SteppedIn => {
                (Time(|facts| &mut facts.stepped_in_at), Some(Stage::Mediation), SINCE_SHIPPING)
            }
            Self::EvidenceAsked => (
                Time(|facts| &mut facts.evidence_requested_at),
                Some(Stage::EvidenceRequested),
                SINCE_SHIPPING,
            ),
            Self::EvidenceSent => (Mark::Stage, Some(Stage::Mediation), SINCE_SHIPPING),
            Self::DecisionProposed => {
                (Time(|facts| &mut facts.proposal_at), Some(Stage::DecisionProposed), SINCE_SHIPPING)
            }
            Self::ReturnApproved => {
                (Time(|facts| &mut facts.return_approved_at), Some(Stage::ReturnApproved), SINCE_SHIPPING)
            }
            Self::LabelIssued => (Time(|facts| &mut facts.label_at), None, IN_DISPUTE | DECIDED),
            Self::ReturnSent => {
                (Day(|facts| &mut facts.return_sent_on), Some(Stage::ReturnSent), IN_DISPUTE | DECIDED)
            }
            Self::RefundProcessed => {
                (Day(|facts| &mut facts.refund_processed_on), Some(Stage::RefundProcessed), ONCE_PAID)
            }
            Self::RefundArrived => (Flag(|facts| &mut facts.refund_arrived, true), None, ONCE_PAID),
            Self::DecidedAgainst => {
                (Time(|facts| &mut facts.dispute_closed_at), Some(Stage::DecidedAgainst), SINCE_SHIPPING)
            }
            Self::AppealSent => {
                (Time(|facts| &mut facts.appeal_sent_at), Some(Stage::AppealPending), IN_DISPUTE | DECIDED)
            }
            Self::AppealLost => (
                Flag(|facts| &mut facts.appeal_used, true),
                Some(Stage::DecidedAgainst),
                IN_DISPUTE | DECIDED,
            ),
            Self::Withdrawn => (Mark::Stage, Some(Stage::Withdrawn), SINCE_SHIPPING),
            Self::Closed => (Mark::Stage, Some(Stage::Closed), SINCE_SHIPPING),
            Self::TicketOpened => (Time(|facts| &mut facts.support_ticket_at), None, ONCE_PAID),
            Self::AccountBlocked => (Flag(|facts| &mut facts.account_blocked, true), None, ONCE_PAID),
            Self::AccountAppealed => (Day(|facts| &mut facts.account_appeal_on), None, ONCE_PAID),
            Self::AccountBack => (Flag(|facts| &mut facts.account_blocked, false), None, ONCE_PAID),
            Self::PaypalCase => (Day(|facts| &mut facts.paypal_case_on), None, ONCE_PAID),
            Self::PaypalEscalated => (Day(|facts| &mut facts.paypal_escalated_on), None, ONCE_PAID),
            Self::KlarnaReported => (Day(|facts| &mut facts.klarna_reported_on), None, ONCE_PAID),
            Self::BankChosen => (Flag(|facts| &mut facts.bank_chosen, true), None, ONCE_PAID),
            Self::BankFiled => (Day(|facts| &mut facts.bank_filed_on), None, ONCE_PAID),
            Self::BankWon => (Bank(super::BankResult::Won), None, AT_BANK),
            Self::BankLost => (Bank(super::BankResult::Lost), None, AT_BANK),
        };
        Effect { mark, stage, fits }
    }
}
