//! Invariant 2: bank clocks run in every state but done and lost. What they must be is written down here a second time,
//! from policy section 12: they depend on the rails and dates of the payment and on nothing of the order or the dispute.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};
use proptest::{prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use redress::case::{DisputeStatus, Facts, Moment, OrderStatus, Rail, State, When, decide};

use super::{
    Database,
    any_facts::{ZONES, facts, facts_of, instant, paid},
};

/// Rule, whether it is a close, its day, and the day to act by.
type Clock = (&'static str, bool, NaiveDate, Option<NaiveDate>);

fn close(rule: &'static str, end: Option<NaiveDate>, margin: u64) -> Option<Clock> {
    Some((rule, true, end?, end?.checked_sub_days(Days::new(margin))))
}

fn wait(rule: &'static str, end: Option<NaiveDate>) -> Option<Clock> {
    Some((rule, false, end?, None))
}

fn days(start: Option<NaiveDate>, count: u64) -> Option<NaiveDate> {
    start?.checked_add_days(Days::new(count))
}

/// The end, but not after 540 days from processing.
fn capped(facts: &Facts, end: Option<NaiveDate>) -> Option<NaiveDate> {
    Some(end?.min(days(facts.processed_on, 540).unwrap_or(NaiveDate::MAX)))
}

fn by_network(facts: &Facts) -> Vec<Option<Clock>> {
    let Some(reason) = facts.reason else { return Vec::new() };
    let has = |rail| facts.rails.iter().flatten().any(|one| *one == rail);
    let (visa, mastercard) = (has(Rail::Visa), has(Rail::Mastercard));
    let from = |start, count| days(start, count);
    match (reason.is_not_received(), facts.promised_on.is_some()) {
        (true, true) => vec![
            close("B01", capped(facts, from(facts.promised_on, 120)), 14).filter(|_| visa),
            close("B04", from(facts.promised_on, 120), 14).filter(|_| mastercard),
        ],
        (true, false) => vec![
            close("B01", from(facts.processed_on, 120), 14).filter(|_| visa),
            wait("B02", from(facts.transaction_on, 15)).filter(|_| visa),
            wait("B05", from(facts.transaction_on, 30)).filter(|_| mastercard),
            close("B05", from(facts.processed_on, 120), 14).filter(|_| mastercard),
        ],
        (false, _) => vec![
            wait("B02", from(facts.return_sent_on, 15)).filter(|_| visa),
            close("B03", capped(facts, from(facts.received_on, 120)), 14).filter(|_| visa),
            close("B13", from(facts.received_on, 120), 14).filter(|_| mastercard),
        ],
    }
}

fn expected(facts: &Facts) -> Vec<Clock> {
    let has = |rails: &[Rail]| facts.rails.iter().flatten().any(|rail| rails.contains(rail));
    let credit = has(&[Rail::Visa, Rail::Mastercard, Rail::Amex]) && facts.credit == Some(true);
    let of = |country| credit && facts.card_country.as_deref() == Some(country);
    let price = facts
        .item_price
        .as_ref()
        .is_some_and(|price| price.currency == "GBP" && (10_001..=3_000_000).contains(&price.minor));
    let mut all = Vec::new();
    if facts.bank_filed_on.is_none() {
        all = by_network(facts);
        all.push(close("B06", days(facts.statement_on, 60), 14).filter(|_| has(&[Rail::Amex])));
        all.push(close("B10", days(facts.statement_on, 60), 14).filter(|_| of("US")));
        let years = facts.breach_on.and_then(|breach| breach.checked_add_months(Months::new(72)));
        all.push(close("B11", years, 14).filter(|_| of("GB") && price));
    }
    if has(&[Rail::Paypal]) {
        all.push(close("B07", days(facts.paid_on, 180), 14).filter(|_| facts.paypal_case_on.is_none()));
        all.push(
            close("B08", days(facts.paypal_case_on, 20), 14).filter(|_| facts.paypal_escalated_on.is_none()),
        );
    }
    all.push(wait("B09", days(facts.klarna_reported_on, 21)).filter(|_| has(&[Rail::Klarna])));
    all.push(close("B12", days(facts.received_on, 14), 1).filter(|_| facts.eu_consumer == Some(true)));
    let mut all: Vec<Clock> = all.into_iter().flatten().collect();
    all.sort_unstable();
    all
}

/// The bank clocks that are listed, with the state and the underlying one.
fn listed(facts: &Facts, at: &Moment<'_>) -> (Vec<Clock>, State, State) {
    let decision = decide(facts, at);
    let banks = decision.deadlines.iter().filter(|deadline| deadline.rule().starts_with('B'));
    let day = |when| match when {
        When::Day(day) => day,
        When::Instant(at) => panic!("a bank's deadline is a day, not {at}"),
    };
    let mut all: Vec<Clock> =
        banks.map(|one| (one.rule(), one.kind.code() == "close", day(one.at), one.act_by.map(day))).collect();
    all.sort_unstable();
    (all, decision.state, decision.underlying)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn bank_clocks_are_those_of_rails_and_dates(known in paid(), now in instant(), zone in select(&ZONES[..])) {
        let facts = facts_of(&known);
        let (found, state, _) = listed(&facts, &Moment { now, zone, zones: &Database });
        if matches!(state, State::Done | State::Lost) {
            prop_assert_eq!(found, vec![]);
        } else {
            prop_assert_eq!(found, expected(&facts));
        }
    }
}

/// The same in every state that there is, with a blocked account and without.
#[test]
fn bank_clocks_run_in_every_state_but_done_and_lost() {
    let mut runner = TestRunner::deterministic();
    let (mut seen, mut blocked) = (BTreeSet::new(), BTreeSet::new());
    let any = (facts(), instant(), select(OrderStatus::ALL), select(DisputeStatus::ALL), 0..3_u8);
    for turn in 0..4000 {
        let (mut facts, now, order, dispute, third) = any.new_tree(&mut runner).unwrap().current();
        facts.rails = Some(vec![Rail::Paypal, Rail::Visa]);
        facts.received_on = NaiveDate::from_ymd_opt(2026, 3, 1);
        facts.eu_consumer = Some(true);
        (facts.refund_arrived, facts.bank_result) = (None, None);
        facts.account_blocked = Some(turn % 2 == 0);
        facts.order_status = Some(order);
        facts.dispute_status = Some(dispute).filter(|_| third == 0);
        if third > 0 {
            facts.bank_filed_on = None;
        }
        let (found, state, underlying) =
            listed(&facts, &Moment { now, zone: "Asia/Kathmandu", zones: &Database });
        assert!(!found.is_empty(), "{state:?} {underlying:?}");
        assert_eq!(found, expected(&facts), "{state:?} {underlying:?}");
        let reached = if state == State::AccountBlocked { &mut blocked } else { &mut seen };
        reached.insert(underlying.code());
    }
    let over = [State::Done, State::Lost, State::AccountBlocked];
    let all: BTreeSet<&str> =
        State::ALL.iter().filter(|state| !over.contains(state)).map(|state| state.code()).collect();
    assert_eq!(seen, all);
    assert_eq!(blocked, all);
}
