//! The bank step (policy section 14): what to do at the bank, the card firm, PayPal or Klarna.

use chrono::TimeDelta;

use super::{
    Because, Deadline, Kind, Next, Rail, Subject, When,
    rule::clock,
    situation::{Situation, about},
    step::Step,
};

/// Whether a PayPal case was opened. While it is open no card claim is advised.
pub(super) fn has_paypal_case(case: &Situation<'_>) -> bool {
    case.facts.has_rail(|rail| rail == Rail::Paypal) && case.facts.paypal_case_on.is_some()
}

/// The bank step, lines (a) to (e).
pub(super) fn bank_step(case: &Situation<'_>, deadlines: &[Deadline]) -> Step {
    let limits: Vec<&Deadline> =
        about(deadlines, Subject::Bank).filter(|limit| limit.kind == Kind::Close).collect();
    if has_paypal_case(case) {
        return paypal_step(case, &limits);
    }
    let open: Vec<&Deadline> =
        limits.iter().filter(|limit| !limit.at.has_passed(&case.at)).copied().collect();
    if let Some(first) = open.first() {
        let free = open.iter().find(|limit| holding_back(case, limit, deadlines).is_none());
        return match (free, holding_back(case, first, deadlines)) {
            (Some(limit), _) => (Next::FileBank, Because::Before((*limit).clone())),
            (None, Some(opening)) => (Next::PrepareBank, Because::NotBefore(opening.clone())),
            (None, None) => (Next::PrepareBank, Because::Stage),
        };
    }
    if case.facts.has_rail(|rail| rail == Rail::Klarna) {
        let reported = case.facts.klarna_reported_on.is_some();
        return (if reported { Next::PrepareBank } else { Next::FileBank }, Because::Stage);
    }
    match limits.last() {
        Some(passed) => (Next::SupportTicket, Because::Passed((*passed).clone())),
        None => (Next::PrepareBank, Because::NothingToCountFrom),
    }
}

fn paypal_step(case: &Situation<'_>, limits: &[&Deadline]) -> Step {
    let earliest = TimeDelta::days(clock::PAYPAL_ESCALATE_DAYS);
    let is_new = |paid: chrono::NaiveDate| case.at.today().signed_duration_since(paid) < earliest;
    if case.facts.paypal_escalated_on.is_some() || case.facts.paid_on.is_some_and(is_new) {
        return (Next::Wait, Because::Stage);
    }
    let because = limits
        .iter()
        .find(|limit| limit.clock() == Some(&clock::B08))
        .map_or(Because::Stage, |limit| Because::of_limit(case, limit));
    (Next::EscalatePaypal, because)
}

/// The listed opening that still holds a claim back: B02 holds B01 and B03, B05's opening its close.
fn holding_back<'d>(
    case: &Situation<'_>,
    limit: &Deadline,
    deadlines: &'d [Deadline],
) -> Option<&'d Deadline> {
    let holder = match limit.clock()?.rule.id {
        "B01" | "B03" => "B02",
        "B05" => "B05",
        _ => return None,
    };
    about(deadlines, Subject::BankOpen).find(|opening| {
        opening.clock().is_some_and(|clock| clock.rule.id == holder)
            && matches!(opening.at, When::Day(day) if day > case.at.today())
    })
}
