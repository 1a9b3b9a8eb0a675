//! Which deadlines a state lists (policy section 12). The lists are complete.

use super::{Clock, Deadline, Facts, Of, Rail, State, Tracking, rule::clock, situation::Situation};

/// Every deadline of the case, in the order of time.
pub(super) fn deadlines(case: &Situation<'_>, state: State, underlying: State) -> Vec<Deadline> {
    if matches!(state, State::Done | State::Lost) {
        return Vec::new();
    }
    let mut list = platform(case, underlying);
    if state == State::AccountBlocked {
        list.extend(case.rule(&clock::R23));
    }
    list.extend(bank(case));
    // Stable: what is at the same time stays in the order of the tables.
    list.sort_by_key(|deadline| deadline.at.position(&case.at));
    list
}

fn platform(case: &Situation<'_>, state: State) -> Vec<Deadline> {
    let facts = &case.facts;
    match state {
        State::Unpaid => case.page_or(Of::Pay, &[&clock::R01]),
        State::AwaitShip => case.page_or(Of::Ship, &[&clock::R02]),
        State::CancelRequested => case.page_or(Of::Cancel, &[&clock::R03]),
        State::InTransit | State::Stalled => {
            [opening(case), case.page_or(Of::Delivery, &[&clock::R06])].concat()
        }
        State::DeliveredUnconfirmed => {
            [case.page_or(Of::Delivery, &[&clock::R10]), case.window(), free_return(case)].concat()
        }
        State::WindowOpen => [case.window(), free_return(case)].concat(),
        State::WindowClosed | State::CancelledByBuyer => case.window(),
        State::DisputeWaitSeller => plus(case, case.page_or(Of::SellerReply, &[&clock::R12]), &clock::R13),
        State::DisputeWaitBuyer => plus(case, case.page_or(Of::BuyerReply, &[&clock::R14]), &clock::R13),
        State::DisputeDecision => case.page_or(Of::BuyerReply, &[&clock::R14]),
        State::Mediation => plus(case, Vec::new(), &clock::R16),
        State::MediationEvidence => plus(case, case.page_or(Of::Evidence, &[&clock::R15]), &clock::R16),
        State::ReturnApproved => {
            let mut rules = vec![&clock::R17];
            if facts.free_return == Some(true) {
                rules.push(if facts.label_at.is_some() { &clock::R18_LABEL } else { &clock::R18_APPROVED });
            }
            case.page_or(Of::ReturnShip, &rules)
        }
        State::ReturnSent => case.page_or(Of::SellerReceive, &[]),
        State::RefundSent => plus(case, plus(case, Vec::new(), &clock::R22_OPEN), &clock::R22_EXPECT),
        State::DecidedAgainst if facts.appeal_used == Some(true) => Vec::new(),
        State::DecidedAgainst => case.page_or(Of::Appeal, &[&clock::R21]),
        State::AppealPending => plus(case, Vec::new(), &clock::R24),
        State::Done
        | State::Lost
        | State::AccountBlocked
        | State::BankOpen
        | State::Bank
        | State::Unknown
        | State::ClosedFinal
        | State::CancelledRefund
        | State::Cancelled
        | State::Support => Vec::new(),
    }
}

fn plus(case: &Situation<'_>, mut list: Vec<Deadline>, rule: &'static Clock) -> Vec<Deadline> {
    list.extend(case.rule(rule));
    list
}

/// From when a dispute can be opened; nothing to wait for where the button is there.
fn opening(case: &Situation<'_>) -> Vec<Deadline> {
    if case.facts.can_dispute == Some(true) {
        return Vec::new();
    }
    if let Some(stated) = case.page(Of::OpenFrom) {
        return vec![stated];
    }
    let moving = case.facts.tracking == Some(Tracking::Moving);
    let end_of_delivery = if moving { case.rule(&clock::R05) } else { None };
    case.first_opening().into_iter().chain(end_of_delivery).collect()
}

fn free_return(case: &Situation<'_>) -> Vec<Deadline> {
    if case.facts.free_return == Some(true) {
        case.page_or(Of::FreeReturn, &[&clock::R19])
    } else {
        Vec::new()
    }
}

/// The bank rules: they run in every state until the money is back or the claim is lost.
fn bank(case: &Situation<'_>) -> Vec<Deadline> {
    let facts = &case.facts;
    let mut list = Vec::new();
    let mut add = |rules: &[&'static Clock]| list.extend(rules.iter().filter_map(|clock| case.rule(clock)));
    if facts.bank_filed_on.is_none() {
        add(&network_rules(facts));
        if facts.has_rail(|rail| rail == Rail::Amex) {
            add(&[&clock::B06]);
        }
        if is_credit_card_of(facts, "US") {
            add(&[&clock::B10]);
        }
        if is_credit_card_of(facts, "GB") && is_section75_price(facts) {
            add(&[&clock::B11]);
        }
    }
    if facts.has_rail(|rail| rail == Rail::Paypal) {
        if facts.paypal_case_on.is_none() {
            add(&[&clock::B07]);
        } else if facts.paypal_escalated_on.is_none() {
            add(&[&clock::B08]);
        }
    }
    if facts.has_rail(|rail| rail == Rail::Klarna) {
        add(&[&clock::B09]);
    }
    if facts.eu_consumer == Some(true) {
        add(&[&clock::B12]);
    }
    for deadline in &mut list {
        cap(case, deadline);
    }
    list
}

/// The rules of Visa and Mastercard, which depend on the complaint.
fn network_rules(facts: &Facts) -> Vec<&'static Clock> {
    let Some(reason) = facts.reason else { return Vec::new() };
    let mut rules = Vec::new();
    let undated = facts.promised_on.is_none();
    if facts.has_rail(|rail| rail == Rail::Visa) {
        rules.extend(match (reason.is_not_received(), undated) {
            (true, true) => vec![&clock::B02_TRANSACTION, &clock::B01_PROCESSED],
            (true, false) => vec![&clock::B01_PROMISED],
            (false, _) => vec![&clock::B02_RETURNED, &clock::B03_RECEIVED],
        });
    }
    if facts.has_rail(|rail| rail == Rail::Mastercard) {
        rules.extend(match (reason.is_not_received(), undated) {
            (true, true) => vec![&clock::B05_OPEN, &clock::B05_CLOSE],
            (true, false) => vec![&clock::B04],
            (false, _) => vec![&clock::B13],
        });
    }
    rules
}

/// Visa's outer limit from processing, where it comes before the rule's own end.
fn cap(case: &Situation<'_>, deadline: &mut Deadline) {
    let outer = match deadline.clock() {
        Some(own) if *own == clock::B01_PROMISED => case.rule(&clock::B01_CAP),
        Some(own) if *own == clock::B03_RECEIVED => case.rule(&clock::B03_CAP),
        _ => None,
    };
    if let Some(outer) = outer
        && outer.at.position(&case.at) < deadline.at.position(&case.at)
    {
        *deadline = outer;
    }
}

fn is_credit_card_of(facts: &Facts, country: &str) -> bool {
    facts.has_rail(Rail::is_card)
        && facts.credit == Some(true)
        && facts.card_country.as_deref() == Some(country)
}

fn is_section75_price(facts: &Facts) -> bool {
    const PENCE: i64 = 100;
    facts.item_price.as_ref().is_some_and(|price| {
        price.currency == "GBP"
            && price.minor > clock::SECTION75_OVER_POUNDS * PENCE
            && price.minor <= clock::SECTION75_MOST_POUNDS * PENCE
    })
}
