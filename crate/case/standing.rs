//! Where a case stands to each rung of the ladder.

use super::{Deadline, Decision, Facts, Flag, Kind, Next, RungName, Standing, State, Subject};

/// Where the case stands to a rung.
pub(super) fn standing(rung: RungName, facts: &Facts, decision: &Decision) -> Standing {
    if rung == RungName::Bank {
        return at_bank(facts, decision);
    }
    let disputed = facts.dispute_status.is_some() || facts.dispute_opened_at.is_some();
    let mediated = facts.stepped_in_at.is_some() || was_mediated(decision.underlying);
    match current(decision) {
        Some(here) if rung == here => Standing::Current,
        Some(here) if rung > here => ahead(rung, disputed, decision),
        _ => {
            // Behind the case, or the case is over: done where it was taken.
            let taken = match rung {
                RungName::Dispute => disputed,
                RungName::Mediation => mediated,
                RungName::Support => facts.support_ticket_at.is_some() || facts.appeal_sent_at.is_some(),
                RungName::SellerChat | RungName::Bank => true,
            };
            if taken { Standing::Done } else { Standing::NotOpen }
        }
    }
}

/// The rung a case is on; none where it is over, at the bank only, or not understood.
fn current(decision: &Decision) -> Option<RungName> {
    match decision.underlying {
        State::Unpaid | State::AwaitShip | State::CancelRequested | State::InTransit | State::Stalled
            if decision.next != Next::OpenDispute =>
        {
            Some(RungName::SellerChat)
        }
        State::Unpaid
        | State::AwaitShip
        | State::CancelRequested
        | State::InTransit
        | State::Stalled
        | State::DeliveredUnconfirmed
        | State::WindowOpen
        | State::CancelledByBuyer
        | State::DisputeWaitSeller
        | State::DisputeWaitBuyer
        | State::ReturnApproved
        | State::ReturnSent => Some(RungName::Dispute),
        State::Mediation | State::MediationEvidence | State::DisputeDecision => Some(RungName::Mediation),
        State::DecidedAgainst
        | State::AppealPending
        | State::ClosedFinal
        | State::WindowClosed
        | State::Support => Some(RungName::Support),
        State::RefundSent if decision.next == Next::AskArn => Some(RungName::Support),
        State::Done
        | State::Lost
        | State::AccountBlocked
        | State::BankOpen
        | State::Bank
        | State::Unknown
        | State::RefundSent
        | State::CancelledRefund
        | State::Cancelled => None,
    }
}

/// A rung above the current one: a dispute may have to wait, and mediation follows only on a dispute.
fn ahead(rung: RungName, disputed: bool, decision: &Decision) -> Standing {
    let not_shipped =
        matches!(decision.underlying, State::Unpaid | State::AwaitShip | State::CancelRequested);
    let is_open = match rung {
        RungName::Dispute => {
            let waits = decision.deadlines.iter().any(|deadline| deadline.subject == Subject::OpenFrom);
            !not_shipped && !waits
        }
        RungName::Mediation => disputed,
        RungName::SellerChat | RungName::Support | RungName::Bank => !not_shipped,
    };
    if is_open { Standing::Ahead } else { Standing::NotOpen }
}

fn was_mediated(state: State) -> bool {
    matches!(
        state,
        State::Mediation
            | State::MediationEvidence
            | State::DisputeDecision
            | State::DecidedAgainst
            | State::AppealPending
    )
}

fn at_bank(facts: &Facts, decision: &Decision) -> Standing {
    if facts.bank_result.is_some() {
        return Standing::Done;
    }
    let at_bank = matches!(decision.underlying, State::Bank | State::BankOpen)
        || matches!(decision.next, Next::FileBank | Next::EscalatePaypal);
    if at_bank {
        return Standing::Current;
    }
    let over = matches!(decision.state, State::Done | State::Cancelled | State::Unpaid);
    let known = facts.rails.iter().flatten().next().is_some();
    let is_limit = |limit: &&Deadline| limit.subject == Subject::Bank && limit.kind == Kind::Close;
    let only_limit_passed = decision.flags.contains(&Flag::BankDeadlinePassed)
        && decision.deadlines.iter().filter(is_limit).count() == 1;
    if over || !known || only_limit_passed { Standing::NotOpen } else { Standing::Ahead }
}
