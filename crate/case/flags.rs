//! The overlay flags (policy section 13).

use chrono::{Days, NaiveDate, TimeDelta};

use super::{
    Deadline, Goods, Kind, Of, Rail, State, Subject, When, rule::clock, situation::Situation,
    state::is_timer_ended_by_reading,
};
use crate::code::codes;

codes! {
    /// Something that is true beside the state.
    Flag {
        /// A page reading is too old, or an event overtook it: read the page again.
        StaleReading = "stale_reading",
        /// The delivery time was extended.
        ExtensionGranted = "extension_granted",
        /// The end of protection is only an estimate.
        EstimateOnly = "estimate_only",
        /// The other side's limit has passed.
        Overdue = "overdue",
        /// A limit of the buyer's has passed.
        ClosePassed = "close_passed",
        /// The seller tried something.
        SellerTrickSeen = "seller_trick_seen",
        /// The proposal is below the claim.
        OfferBelowClaim = "offer_below_claim",
        /// A dispute that is withdrawn now cannot safely be filed again.
        CancelIsFinal = "cancel_is_final",
        /// Goods that are excluded from parts of the protection.
        ExcludedGoods = "excluded_goods",
        /// Several items or parcels.
        MultiParcel = "multi_parcel",
        /// PayPal with a card behind it: never both claims at once.
        TwoRails = "two_rails",
        /// The bank's safe date is less than a week away.
        BankSafeDateNear = "bank_safe_date_near",
        /// The bank's safe date is here.
        BankSafeDateReached = "bank_safe_date_reached",
        /// A bank's limit has passed.
        BankDeadlinePassed = "bank_deadline_passed",
        /// The cautious reading of Visa's limit has passed.
        BankCautiousPassed = "bank_cautious_passed",
    }
}

/// The flags of a case, each once, in the order of declaration. `state` is the underlying state.
pub(super) fn flags(case: &Situation<'_>, state: State, deadlines: &[Deadline]) -> Vec<Flag> {
    let facts = &case.facts;
    let excluded = [Goods::Custom, Goods::Digital, Goods::Perishable, Goods::Hygiene, Goods::OpenedMedia];
    let claim_stage = matches!(state, State::DisputeWaitBuyer | State::DisputeDecision);
    let set = [
        (Flag::StaleReading, looks_at(case, state).iter().any(|of| case.is_stale(*of))),
        (Flag::ExtensionGranted, facts.extension_granted_at.is_some()),
        (Flag::EstimateOnly, deadlines.iter().any(Deadline::is_estimate)),
        (Flag::Overdue, deadlines.iter().any(|deadline| is_overdue(case, deadline))),
        (Flag::ClosePassed, deadlines.iter().any(|deadline| is_close_passed(case, state, deadline))),
        (Flag::SellerTrickSeen, facts.seller_tricks.iter().flatten().next().is_some()),
        (Flag::OfferBelowClaim, claim_stage && is_offer_below_claim(case)),
        (Flag::CancelIsFinal, state.is_open_dispute() && is_near_end_of_window(case)),
        (Flag::ExcludedGoods, facts.goods.is_some_and(|goods| excluded.contains(&goods))),
        (Flag::MultiParcel, facts.items.iter().flatten().count() >= 2),
        (Flag::TwoRails, facts.has_rail(|rail| rail == Rail::Paypal) && facts.has_rail(Rail::is_card)),
    ];
    let mut flags: Vec<Flag> = set.into_iter().filter_map(|(flag, is_set)| is_set.then_some(flag)).collect();
    for deadline in deadlines {
        flags.extend(bank_flags(case, deadline));
    }
    flags.sort_unstable();
    flags.dedup();
    flags
}

/// The readings that a state looks at: an old one among them is a reason to read the page again.
pub(super) fn looks_at(case: &Situation<'_>, state: State) -> Vec<Of> {
    let of: &[Of] = match state {
        State::Unpaid => &[Of::Pay],
        State::AwaitShip => &[Of::Ship],
        State::CancelRequested => &[Of::Cancel],
        State::InTransit | State::Stalled => &[Of::Delivery, Of::OpenFrom],
        State::DeliveredUnconfirmed => &[Of::Delivery, Of::Window, Of::FreeReturn],
        State::WindowOpen if is_timer_ended_by_reading(case) => &[Of::Window, Of::FreeReturn, Of::Delivery],
        State::WindowOpen => &[Of::Window, Of::FreeReturn],
        State::WindowClosed if is_timer_ended_by_reading(case) => &[Of::Window, Of::Delivery],
        State::WindowClosed | State::CancelledByBuyer => &[Of::Window],
        State::DisputeWaitSeller => &[Of::SellerReply],
        State::DisputeWaitBuyer | State::DisputeDecision => &[Of::BuyerReply],
        State::MediationEvidence => &[Of::Evidence],
        State::ReturnApproved => &[Of::ReturnShip],
        State::ReturnSent => &[Of::SellerReceive],
        State::DecidedAgainst => &[Of::Appeal],
        State::Unknown => Of::ALL,
        State::Done
        | State::Lost
        | State::AccountBlocked
        | State::BankOpen
        | State::Bank
        | State::Mediation
        | State::RefundSent
        | State::AppealPending
        | State::ClosedFinal
        | State::CancelledRefund
        | State::Cancelled
        | State::Support => &[],
    };
    of.to_vec()
}

/// The other side is late. An automatic confirmation or Klarna's answer that did not come is nobody's delay.
fn is_overdue(case: &Situation<'_>, deadline: &Deadline) -> bool {
    deadline.kind == Kind::Expect
        && !matches!(deadline.subject, Subject::AutoConfirm | Subject::BankAnswer)
        && deadline.at.has_passed(&case.at)
}

fn is_close_passed(case: &Situation<'_>, state: State, deadline: &Deadline) -> bool {
    let counts = match deadline.subject {
        Subject::BuyerReply | Subject::Evidence | Subject::ReturnShip | Subject::Appeal => true,
        Subject::Window => state == State::DeliveredUnconfirmed,
        _ => false,
    };
    counts && deadline.at.has_passed(&case.at)
}

fn is_offer_below_claim(case: &Situation<'_>) -> bool {
    match (&case.facts.offered, &case.facts.claimed) {
        (Some(offered), Some(claimed)) => {
            offered.currency == claimed.currency && offered.minor < claimed.minor
        }
        _ => false,
    }
}

fn is_near_end_of_window(case: &Situation<'_>) -> bool {
    let ends = case.window();
    let earliest = ends.iter().map(|end| end.at.position(&case.at)).min();
    let margin = TimeDelta::hours(clock::CANCEL_MARGIN_HOURS);
    earliest.is_some_and(|earliest| earliest.signed_duration_since(case.at.now) < margin)
}

fn bank_flags(case: &Situation<'_>, deadline: &Deadline) -> Vec<Flag> {
    let today = case.at.today();
    let (Subject::Bank, Kind::Close, When::Day(last)) = (deadline.subject, deadline.kind, deadline.at) else {
        return Vec::new();
    };
    // Without a safe date (at the far end of the calendar) the day itself is the safe date.
    let safe = match deadline.act_by {
        Some(When::Day(safe)) => safe,
        _ => last,
    };
    let near =
        safe.checked_sub_days(Days::new(clock::BANK_NEAR_DAYS.unsigned_abs())).unwrap_or(NaiveDate::MIN);
    let mut flags = Vec::new();
    if today > last {
        flags.push(Flag::BankDeadlinePassed);
    } else if today >= safe {
        flags.push(Flag::BankSafeDateReached);
    } else if today >= near {
        flags.push(Flag::BankSafeDateNear);
    }
    let cautious =
        is_counted_from_promise(case, deadline).then(|| case.rule(&clock::B01_PROCESSED)).flatten();
    if today <= last && cautious.is_some_and(|cautious| cautious.at.has_passed(&case.at)) {
        flags.push(Flag::BankCautiousPassed);
    }
    flags
}

/// Whether it is Visa's limit for a dated delivery, also where the outer limit stands in for it.
fn is_counted_from_promise(case: &Situation<'_>, deadline: &Deadline) -> bool {
    deadline.clock().is_some_and(|clock| clock.rule.id == clock::B01_PROMISED.rule.id)
        && case.facts.promised_on.is_some()
}
