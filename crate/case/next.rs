//! Which step comes next (policy section 14): the first line that applies.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Because, Deadline, Flag, Kind, Next, Of, SellerTrick, State, Subject, Tracking, When,
    bank::{bank_step, has_paypal_case},
    flags::looks_at,
    rule::clock,
    situation::{Situation, about},
    step::Step,
};

/// What has been found out about a case before its next step.
pub(super) struct Found<'f> {
    pub(super) case: &'f Situation<'f>,
    pub(super) shown: State,
    /// The underlying state.
    pub(super) state: State,
    pub(super) deadlines: &'f [Deadline],
    pub(super) flags: &'f [Flag],
}

impl Found<'_> {
    /// The next step.
    pub(super) fn next(&self) -> Step {
        // The state as shown: under a blocked account even an unpaid or cancelled order leaves something to
        // do, which is why line 10 of section 14 turns its `none` into `prepare_bank`.
        if matches!(self.shown, State::Unpaid | State::Cancelled | State::Done | State::Lost) {
            return (Next::None, Because::Stage);
        }
        self.urgent()
            .or_else(|| self.buyers_turn())
            .or_else(|| self.blocked_account())
            .or_else(|| self.window_step())
            .or_else(|| self.bank_safe_date())
            .or_else(|| self.warning())
            .or_else(|| self.stale_reading())
            .unwrap_or_else(|| self.by_state_unless_blocked())
    }

    /// Line 1: a close at most 48 hours ahead, the earliest first.
    fn urgent(&self) -> Option<Step> {
        let mut near: Vec<(DateTime<Utc>, u8, &Deadline)> = self
            .deadlines
            .iter()
            .filter(|deadline| self.is_urgent(deadline))
            .filter_map(|deadline| Some((deadline.at.position(&self.case.at), urgency(deadline)?, deadline)))
            .collect();
        near.sort_by_key(|(at, order, _)| (*at, *order));
        let (_, _, first) = near.first()?;
        let urgent = Because::Urgent((*first).clone());
        let step = match first.subject {
            Subject::BuyerReply => Next::ReplyToProposal,
            Subject::Evidence => Next::UploadRequestedEvidence,
            Subject::ReturnShip => Next::ShipReturn,
            Subject::Appeal => Next::Appeal,
            Subject::Bank => self.bank_step().0,
            Subject::Delivery if self.state != State::DeliveredUnconfirmed => {
                if self.may_open() {
                    Next::OpenDispute
                } else {
                    Next::AskExtension
                }
            }
            _ => self.filing(urgent.clone()).0,
        };
        Some((step, urgent))
    }

    fn is_urgent(&self, deadline: &Deadline) -> bool {
        if deadline.kind != Kind::Close || deadline.is_estimate() || deadline.at.has_passed(&self.case.at) {
            return false;
        }
        match deadline.at {
            When::Instant(at) => {
                at.signed_duration_since(self.case.at.now) <= TimeDelta::hours(clock::URGENT_HOURS)
            }
            When::Day(day) => {
                day.signed_duration_since(self.case.at.today()) <= TimeDelta::days(clock::URGENT_DAYS)
            }
        }
    }

    /// Lines 2 to 4: the buyer has to answer, upload or ship.
    fn buyers_turn(&self) -> Option<Step> {
        let (subject, step) = match self.state {
            State::DisputeWaitBuyer | State::DisputeDecision => (Subject::BuyerReply, Next::ReplyToProposal),
            State::MediationEvidence => (Subject::Evidence, Next::UploadRequestedEvidence),
            State::ReturnApproved => (Subject::ReturnShip, Next::ShipReturn),
            _ => return None,
        };
        let limits = || about(self.deadlines, subject);
        // Without any known limit the step stands: silence may accept, so the safe reading is to act now.
        Some(match (limits().find(|limit| !limit.at.has_passed(&self.case.at)), limits().last()) {
            (Some(ahead), _) => (step, Because::Before(ahead.clone())),
            (None, Some(passed)) => (Next::RecheckPage, Because::Passed(passed.clone())),
            (None, None) => (step, Because::Stage),
        })
    }

    /// Line 5.
    fn blocked_account(&self) -> Option<Step> {
        let to_appeal = self.shown == State::AccountBlocked && self.case.facts.account_appeal_on.is_none();
        to_appeal.then_some((Next::AppealAccount, Because::AccountBlocked))
    }

    /// Line 6: a dispute can be opened, or the goods are there.
    fn window_step(&self) -> Option<Step> {
        let at_window =
            matches!(self.state, State::WindowOpen | State::CancelledByBuyer | State::DeliveredUnconfirmed);
        if !at_window {
            return None;
        }
        if let Some(stale) = self.stale_reading() {
            return Some(stale);
        }
        let ends = || about(self.deadlines, Subject::Window);
        let Some(ahead) = ends().find(|end| !end.at.has_passed(&self.case.at)) else {
            let because =
                ends().last().map_or(Because::NothingToCountFrom, |end| Because::Passed(end.clone()));
            return Some((Next::RecheckPage, because));
        };
        let unconfirmed = self.state == State::DeliveredUnconfirmed && self.case.facts.reason.is_none();
        if unconfirmed && self.case.facts.saw_trick(SellerTrick::ConfirmReceipt) {
            return Some((Next::DoNotConfirm, Because::Trick(SellerTrick::ConfirmReceipt)));
        }
        Some(self.filing(Because::Before(self.first_to_act_on(ahead).clone())))
    }

    /// A page may state two windows, a short one for any reason and a long one for defects. The earlier one counts while
    /// no reason is chosen (policy section 0, finding 11).
    fn first_to_act_on<'s>(&'s self, window: &'s Deadline) -> &'s Deadline {
        let chosen = self.case.facts.reason.is_some();
        let returns =
            about(self.deadlines, Subject::FreeReturn).filter(|end| !end.at.has_passed(&self.case.at));
        let position = |end: &&Deadline| end.at.position(&self.case.at);
        returns.filter(|_| !chosen).chain([window]).min_by_key(position).unwrap_or(window)
    }

    /// Line 7.
    fn bank_safe_date(&self) -> Option<Step> {
        let reached = self.flags.contains(&Flag::BankSafeDateReached) && self.state != State::BankOpen;
        reached.then(|| {
            let (step, because) = self.bank_step();
            let due = |limit: &&Deadline| {
                !limit.at.has_passed(&self.case.at)
                    && limit.act_by.is_some_and(|safe| safe.position(&self.case.at) <= self.case.at.now)
            };
            let limit = about(self.deadlines, Subject::Bank).find(due);
            (step, limit.map_or(because, |limit| Because::BankSafeDate(limit.clone())))
        })
    }

    /// Line 8: what the seller asks for would end the buyer's protection.
    fn warning(&self) -> Option<Step> {
        let facts = &self.case.facts;
        if self.state.is_open_dispute() && facts.saw_trick(SellerTrick::CloseDispute) {
            return Some((Next::DoNotCancel, Because::Trick(SellerTrick::CloseDispute)));
        }
        let on_its_way = matches!(self.state, State::InTransit | State::Stalled);
        (on_its_way && facts.saw_trick(SellerTrick::ConfirmReceipt))
            .then_some((Next::DoNotConfirm, Because::Trick(SellerTrick::ConfirmReceipt)))
    }

    /// Line 9.
    fn stale_reading(&self) -> Option<Step> {
        let stale = looks_at(self.case, self.state).into_iter().find(|of| self.case.is_stale(*of))?;
        Some((Next::RecheckPage, Because::StaleReading(stale)))
    }

    /// *Filing*, for a cause that speaks for it.
    fn filing(&self, because: Because) -> Step {
        if self.case.facts.can_dispute == Some(false) {
            (Next::RecheckPage, Because::NoButton)
        } else if self.state == State::DeliveredUnconfirmed && self.case.facts.reason.is_none() {
            (Next::InspectGoods, Because::NoReasonYet)
        } else {
            (Next::OpenDispute, because)
        }
    }

    /// *May open*.
    pub(super) fn may_open(&self) -> bool {
        self.case.facts.can_dispute.unwrap_or_else(|| {
            let opening = self.opening();
            let reached = opening.is_some_and(|opening| opening.at.has_passed(&self.case.at));
            reached && self.case.facts.tracking != Some(Tracking::Moving)
        })
    }

    /// `open_from`, else R04.
    pub(super) fn opening(&self) -> Option<Deadline> {
        self.case.page(Of::OpenFrom).or_else(|| self.case.first_opening())
    }

    pub(super) fn bank_step(&self) -> Step {
        bank_step(self.case, self.deadlines)
    }

    pub(super) fn has_paypal_case(&self) -> bool {
        has_paypal_case(self.case)
    }
}

/// The order of urgent closes at the same time. `None`: never urgent.
fn urgency(deadline: &Deadline) -> Option<u8> {
    Some(match deadline.subject {
        Subject::BuyerReply => 0,
        Subject::Evidence => 1,
        Subject::ReturnShip => 2,
        Subject::Window => 3,
        Subject::FreeReturn => 4,
        Subject::Delivery => 5,
        Subject::Appeal => 6,
        Subject::Bank => 7,
        _ => return None,
    })
}
