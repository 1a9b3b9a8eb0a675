//! What is wrong, what is asked for, and what is answered.

use super::{DraftCode, LineKind, Next, State, amount, course, letter::Letter};
use crate::{
    case::{DisputeStatus, Money, Reason},
    evidence::{Exhibit, Record},
    page::PageKind,
};

impl Letter<'_> {
    pub(super) fn is_disputed(&self) -> bool {
        self.facts.dispute_status.is_some() || self.facts.dispute_opened_at.is_some()
    }

    /// The complaint as one sentence. How the goods fall short only the buyer can say.
    pub(super) fn complaint(&mut self) {
        let Some(reason) = self.facts.reason else {
            let of_a_parcel = self.code == DraftCode::SellerChat && self.question().is_some();
            if !of_a_parcel && self.code != DraftCode::SupportTicket {
                self.point("complaint_blank");
            }
            return;
        };
        self.add(LineKind::Point, "complaint_", reason.code());
        if !reason.is_not_received() {
            self.text("draft_detail_", reason.code());
        }
    }

    /// Asks for the money; the bank is asked about a payment. Where support is asked for something else, that comes first.
    pub(super) fn ask(&mut self) {
        let other = matches!(self.support(), "blocked" | "cancelled" | "refund" | "return");
        let founded = self.facts.reason.is_some() || self.is_disputed();
        if self.code == DraftCode::SupportTicket && (other || !founded) {
            return;
        }
        let to_bank = self.code == DraftCode::BankLetter;
        let named = |name| if to_bank { "bank_amount" } else { name };
        let order = self.case.order;
        let total = order.and_then(|order| order.total.as_ref());
        // What is missing or was charged too much is a part of the price (policy section 3).
        let part = matches!(self.facts.reason, Some(Reason::MissingParts | Reason::OtherShipping));
        // The total of several goods is that of others too.
        let several = order.is_some_and(|order| order.items.len() > 1);
        match total {
            _ if part || self.facts.claimed.is_some() => {
                self.point(named("ask_of"));
                self.amount(self.facts.claimed.as_ref());
            }
            Some(total) if !several => {
                self.point(named("ask_full_of"));
                self.words(&total.text);
            }
            None if !several && !to_bank => self.point("ask_full"),
            _ => {
                self.point(named("ask_full_of"));
                self.amount(None);
            }
        }
    }

    /// Fills in an amount, or the blank for one.
    fn amount(&mut self, money: Option<&Money>) {
        match money.and_then(amount::written) {
            Some(written) => self.words(&written),
            None => self.text("draft_blank_", "amount"),
        }
    }

    /// What the seller is asked while a parcel is on its way, in either direction.
    fn question(&self) -> Option<&'static str> {
        let decision = self.case.decision;
        Some(match decision.underlying {
            State::AwaitShip => "seller_ship",
            State::CancelRequested => "seller_cancel",
            State::InTransit | State::Stalled if decision.next == Next::AskExtension => "seller_extend",
            State::InTransit | State::Stalled => "seller_parcel",
            State::ReturnApproved | State::ReturnSent => "seller_return",
            _ => return None,
        })
    }

    pub(super) fn ask_seller(&mut self) {
        match self.question() {
            Some(question) => self.point(question),
            None => self.ask(),
        }
    }

    /// What support is asked, by the state.
    pub(super) fn support(&self) -> &'static str {
        let decision = self.case.decision;
        match decision.underlying {
            _ if decision.state == State::AccountBlocked => "blocked",
            State::RefundSent => "refund",
            State::CancelledRefund => "cancelled",
            State::ReturnApproved | State::ReturnSent => "return",
            State::DisputeWaitSeller => "seller",
            State::DisputeWaitBuyer
            | State::DisputeDecision
            | State::Mediation
            | State::MediationEvidence
            | State::AppealPending => "status",
            State::DecidedAgainst | State::ClosedFinal => "decision",
            State::WindowClosed => "window",
            _ => "order",
        }
    }

    pub(super) fn proposal(&mut self) {
        let time = self.facts.proposal_at.as_ref();
        match time.and_then(|time| Some((time, self.case.at.instant(time)?))) {
            Some((time, point)) => {
                self.say("proposal_of");
                self.fill(course::shown(time, point.at));
            }
            None => self.say("proposal"),
        }
    }

    pub(super) fn figures(&mut self) {
        self.point("figures");
        self.amount(self.facts.offered.as_ref());
        self.amount(self.facts.claimed.as_ref());
    }

    /// What is said to what the seller tried.
    pub(super) fn answers(&mut self) {
        for trick in self.facts.seller_tricks.iter().flatten() {
            self.add(LineKind::Point, "answer_", trick.code());
        }
    }

    pub(super) fn contacted(&mut self) {
        self.point(if self.is_disputed() {
            "contacted_dispute"
        } else if self.exhibits.iter().any(is_conversation) {
            "contacted_chat"
        } else {
            "contacted_blank"
        });
        let refused = Some(DisputeStatus::DecidedAgainst) == self.facts.dispute_status;
        if refused || Some(DisputeStatus::AppealPending) == self.facts.dispute_status {
            self.point("refused");
        }
    }
}

fn is_conversation(exhibit: &Exhibit) -> bool {
    matches!(&exhibit.record, Record::Capture(record) if record.page == PageKind::Chat)
}
