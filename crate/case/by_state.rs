//! Line 10 of the next-step codes (policy section 14): what the state alone says.

use chrono::TimeDelta;

use super::{
    Because, Deadline, Kind, Next, Of, State, Subject, next::Found, rule::clock, situation::about, step::Step,
};

impl Found<'_> {
    /// Line 10. While the account is blocked there is no waiting: the bank pack is prepared meanwhile.
    pub(super) fn by_state_unless_blocked(&self) -> Step {
        let (step, because) = self.by_state();
        let idle = matches!(step, Next::Wait | Next::None | Next::RecheckPage);
        if self.shown == State::AccountBlocked && idle {
            return (Next::PrepareBank, Because::AccountBlocked);
        }
        (step, because)
    }

    fn by_state(&self) -> Step {
        match self.state {
            State::AwaitShip if self.case.facts.listing_saved == Some(true) => {
                self.until(Subject::Ship, Next::Wait)
            }
            State::AwaitShip => self.until(Subject::Ship, Next::CaptureListing),
            State::CancelRequested => self.until(Subject::Cancel, Next::Wait),
            State::InTransit => self.in_transit(),
            State::Stalled => self.stalled(),
            State::DisputeWaitSeller => self.wait_seller(),
            State::Mediation => self.mediation(),
            State::ReturnSent => match self.passed(Subject::SellerReceive) {
                Some(late) => (Next::SupportTicket, Because::Passed(late.clone())),
                None => (Next::Wait, self.before(Subject::SellerReceive)),
            },
            State::RefundSent => match self.passed_expect(Subject::Refund) {
                Some(late) => (Next::AskArn, Because::Passed(late.clone())),
                None => (Next::WaitRefund, self.before(Subject::Refund)),
            },
            State::DecidedAgainst => {
                match about(self.deadlines, Subject::Appeal).find(|end| self.is_ahead(end)) {
                    Some(end) => (Next::Appeal, Because::Before(end.clone())),
                    None => self.bank_step(),
                }
            }
            State::AppealPending => match self.passed(Subject::AppealAnswer) {
                Some(_) => self.bank_step(),
                None => (Next::PrepareBank, self.before(Subject::AppealAnswer)),
            },
            State::WindowClosed => {
                let passed = about(self.deadlines, Subject::Window).last();
                (Next::SupportTicket, passed.map_or(Because::Stage, |end| Because::Passed(end.clone())))
            }
            State::ClosedFinal => (Next::SupportTicket, Because::Stage),
            State::Support => (Next::PrepareBank, Because::Stage),
            State::Bank => self.bank_step(),
            State::BankOpen if self.has_paypal_case() => self.bank_step(),
            State::BankOpen => (Next::Wait, Because::Stage),
            State::CancelledRefund => (Next::WaitRefund, Because::Stage),
            State::Unknown => (Next::RecheckPage, Because::Stage),
            // The remaining states have their step in an earlier line, or none.
            State::Done
            | State::Lost
            | State::AccountBlocked
            | State::CancelledByBuyer
            | State::DisputeWaitBuyer
            | State::MediationEvidence
            | State::DisputeDecision
            | State::ReturnApproved
            | State::Unpaid
            | State::WindowOpen
            | State::DeliveredUnconfirmed
            | State::Cancelled => (Next::None, Because::Stage),
        }
    }

    fn in_transit(&self) -> Step {
        let end = self.case.page(Of::Delivery);
        if let (Some(end), Some(from)) = (end, self.case.rule(&clock::R11)) {
            let step = if from.at.has_passed(&self.case.at) { Next::AskExtension } else { Next::Wait };
            return (step, Because::Before(end));
        }
        // The page's own `open_from` stands in place of R04 here as everywhere.
        match self.opening() {
            Some(opening) if self.is_ahead(&opening) => (Next::Wait, Because::NotBefore(opening)),
            Some(opening) => (Next::RecheckPage, Because::Passed(opening)),
            None => (Next::RecheckPage, Because::NothingToCountFrom),
        }
    }

    fn stalled(&self) -> Step {
        if self.may_open() {
            return (Next::OpenDispute, Because::Stage);
        }
        let opening = self.opening().filter(|opening| self.is_ahead(opening));
        (Next::ContactSeller, opening.map_or(Because::Stage, Because::NotBefore))
    }

    fn wait_seller(&self) -> Step {
        let Some(limit) = self.passed(Subject::SellerReply) else {
            return (Next::AddEvidence, self.before(Subject::SellerReply));
        };
        let since = self.case.at.now.signed_duration_since(limit.at.position(&self.case.at));
        let in_grace = since < TimeDelta::hours(clock::SELLER_GRACE_HOURS);
        (if in_grace { Next::RecheckPage } else { Next::SupportTicket }, Because::Passed(limit.clone()))
    }

    fn mediation(&self) -> Step {
        let reached =
            |clock| self.case.rule(clock).filter(|reached: &Deadline| reached.at.has_passed(&self.case.at));
        if let Some(late) = reached(&clock::R16_SUPPORT) {
            return (Next::SupportTicket, Because::Passed(late));
        }
        match reached(&clock::R16_NUDGE) {
            Some(late) => (Next::Nudge, Because::Passed(late)),
            None => (Next::Wait, self.before(Subject::Mediation)),
        }
    }

    /// The step while the other side has time, else to look what the page says.
    fn until(&self, subject: Subject, step: Next) -> Step {
        match self.passed(subject) {
            Some(late) => (Next::RecheckPage, Because::Passed(late.clone())),
            None => (step, self.before(subject)),
        }
    }

    fn passed(&self, subject: Subject) -> Option<&Deadline> {
        about(self.deadlines, subject).find(|limit| !self.is_ahead(limit))
    }

    fn passed_expect(&self, subject: Subject) -> Option<&Deadline> {
        about(self.deadlines, subject).find(|limit| limit.kind == Kind::Expect && !self.is_ahead(limit))
    }

    fn before(&self, subject: Subject) -> Because {
        let ahead =
            about(self.deadlines, subject).find(|limit| limit.kind == Kind::Expect && self.is_ahead(limit));
        ahead.map_or(Because::Stage, |limit| Because::Before(limit.clone()))
    }

    fn is_ahead(&self, deadline: &Deadline) -> bool {
        !deadline.at.has_passed(&self.case.at)
    }
}
