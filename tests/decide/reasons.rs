//! What the screen needs beside the contract: why a step, the latest reading of a bare date, words for a basis.

use chrono::{DateTime, Utc};
use redress::case::{
    Because, Decision, Facts, Flag, Grade, Moment, Next, Rule, State, Subject, When, decide,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Database;

fn decided(now: &str, facts: Value) -> Decision {
    let facts = Facts::deserialize(facts).unwrap();
    let now: DateTime<Utc> = now.parse().unwrap();
    decide(&facts, &Moment { now, zone: "Europe/Warsaw", zones: &Database })
}

#[test]
fn a_date_only_deadline_has_its_latest_reading() {
    let facts =
        json!({"order_status": "completed", "timer_ended_at": {"local": "2020-05-24", "zone": "PST"}});
    let decision = decided("2020-05-25T12:00:00Z", facts);
    let window = &decision.deadlines[0];
    assert_eq!(window.at, When::Instant("2020-06-08T07:00:00Z".parse().unwrap()));
    assert_eq!(window.latest, Some(When::Instant("2020-06-09T07:00:00Z".parse().unwrap())));
    assert_eq!(decision.because, Because::Before(window.clone()));
}

#[test]
fn an_instant_has_no_other_reading() {
    let decision = decided(
        "2026-06-02T00:00:00Z",
        json!({"order_status": "completed", "confirmed_at": "2026-06-01T00:00:00Z"}),
    );
    assert_eq!(decision.deadlines[0].latest, None);
}

#[test]
fn the_deadline_that_drives_the_step_is_named() {
    let facts = json!({"dispute_status": "wait_buyer", "proposal_at": "2026-06-01T10:00:00Z"});
    let decision = decided("2026-06-01T11:00:00Z", facts);
    assert_eq!(decision.because, Because::Urgent(decision.deadlines[0].clone()));

    let facts = json!({"dispute_status": "mediation", "rails": ["amex"], "statement_on": "2026-04-25"});
    let decision = decided("2026-06-10T10:00:00Z", facts);
    assert_eq!(decision.next, Next::FileBank);
    assert_eq!(decision.because, Because::BankSafeDate(decision.deadlines[0].clone()));

    let facts = json!({"bank_chosen": true, "rails": ["visa"], "reason": "not_received",
        "transaction_on": "2026-01-10", "processed_on": "2026-01-12"});
    let decision = decided("2026-01-20T00:00:00Z", facts);
    assert_eq!(decision.because, Because::NotBefore(decision.deadlines[0].clone()));
}

/// Finding 11 of the handbook: two windows on one page.
#[test]
fn the_earlier_window_drives_the_step_while_no_complaint_is_chosen() {
    let mut facts = json!({
        "order_status": "completed", "placed_at": "2026-09-01", "confirmed_at": "2026-09-20", "free_return": true,
        "readings": [
            {"of": "window", "observed_at": "2026-09-21T08:00:00Z", "days": 90, "from": "placed"},
            {"of": "free_return", "observed_at": "2026-09-21T08:00:00Z", "days": 7, "from": "confirmed"},
        ],
    });
    let driver = |facts: &Value| match decided("2026-09-21T12:00:00Z", facts.clone()).because {
        Because::Before(deadline) => deadline.subject,
        other => panic!("{other:?}"),
    };
    assert_eq!(driver(&facts), Subject::FreeReturn);
    facts["reason"] = json!("defective");
    assert_eq!(driver(&facts), Subject::Window);
}

#[test]
fn the_underlying_state_of_a_blocked_account_is_kept() {
    let decision =
        decided("2026-06-10T10:00:00Z", json!({"account_blocked": true, "dispute_status": "mediation"}));
    assert_eq!((decision.state, decision.underlying), (State::AccountBlocked, State::Mediation));
    assert_eq!(decision.because, Because::AccountBlocked);
}

#[test]
fn a_basis_says_where_the_date_comes_from() {
    let facts = json!({"order_status": "in_transit", "shipped_at": "2026-06-01T00:00:00Z"});
    let decision = decided("2026-06-02T00:00:00Z", facts);
    let estimate = decision.deadlines.iter().find(|deadline| deadline.rule() == "R06").unwrap();
    let words = estimate.basis.to_string();
    for part in [
        "estimate",
        "60 days after the parcel was shipped",
        "2026-11-23",
        "grade C, source aged",
        "60 to 120",
    ] {
        assert!(words.contains(part), "{words}");
    }

    let facts = json!({"order_status": "in_transit", "readings": [
        {"of": "delivery", "observed_at": "2026-06-01T12:00:00Z", "countdown_ms": 446_827_000,
         "text": "5 days 4 hours", "page": "order_detail"}]});
    let countdown = &decided("2026-06-02T00:00:00Z", facts).deadlines[0];
    assert_eq!((countdown.rule(), countdown.grade()), ("page", Grade::A));
    assert_eq!(
        countdown.basis.to_string(),
        "countdown on the page, 5 d 4 h 7 min left when seen 2026-06-01 12:00 UTC: \"5 days 4 hours\""
    );
}

#[test]
fn an_unknown_zone_is_treated_so_that_nothing_is_late() {
    let facts =
        Facts::deserialize(json!({"order_status": "completed", "confirmed_at": "2026-06-01"})).unwrap();
    let now: DateTime<Utc> = "2026-06-02T00:00:00Z".parse().unwrap();
    let at = Moment { now, zone: "Mars/Base", zones: &Database };
    assert_eq!(facts.unknown_zone(&at).as_deref(), Some("Mars/Base"));
    // 00:00 at UTC+14 is 31 May 10:00Z.
    assert_eq!(decide(&facts, &at).deadlines[0].at, When::Instant("2026-06-15T10:00:00Z".parse().unwrap()));
}

#[test]
fn a_time_in_an_unknown_zone_is_not_known() {
    let facts = json!({"order_status": "completed", "confirmed_at": {"local": "2026-06-01T10:00", "zone": "Mars/Base"}});
    let decision = decided("2026-06-02T00:00:00Z", facts);
    assert!(decision.deadlines.is_empty() && !decision.flags.contains(&Flag::StaleReading));
}

#[test]
fn rules_have_source_date_and_grade() {
    assert_eq!(Rule::all().iter().filter(|rule| rule.id.starts_with('R')).count(), 24);
    assert_eq!(Rule::all().iter().filter(|rule| rule.id.starts_with('B')).count(), 13);
    for rule in Rule::all() {
        assert!(rule.source().text.len() > 10 && rule.source().read.len() == 10, "{}", rule.id);
    }
}
