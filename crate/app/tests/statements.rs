//! What the user states: it counts beside the pages, gives way to them, and can be taken back.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::case::{EventKind, EventStanding, State, Topic};

impl Buyer {
    fn state(&self, topic: &str, text: &str, now: DateTime<Utc>) -> String {
        self.state_of(None, topic, text, now)
    }

    fn state_of(&self, item: Option<&str>, topic: &str, text: &str, now: DateTime<Utc>) -> String {
        self.said(json!({"state": {"order_id": ORDER, "item": item, "topic": topic, "text": text}}), now)
    }

    fn said(&self, request: Value, now: DateTime<Utc>) -> String {
        serde_json::to_value(self.told(request, now)).unwrap().to_string()
    }

    fn state_now(&self, now: DateTime<Utc>) -> State {
        self.decision(ORDER, now).underlying
    }

    fn standings(&self, now: DateTime<Utc>) -> Vec<EventStanding> {
        let file = self.file(ORDER).unwrap();
        let (_, events) = file.read().facts(&[], None, &moment(now));
        events.into_iter().map(|event| event.standing).collect()
    }
}

const TAKEN: &str = "\"corrected\"";

const PLACED: &[&str] = &["Order placed on: Aug 20, 2026"];

/// A buyer whose order was delivered, with the day of the order.
fn delivered() -> Buyer {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", PLACED, &[]), noon(1));
    buyer
}

#[test]
fn a_dispute_is_followed_from_what_the_buyer_tells() {
    let buyer = delivered();
    let steps = [
        ("dispute_opened 2026-09-02", State::DisputeWaitSeller),
        ("offer 2026-09-03 5.00 EUR", State::DisputeWaitBuyer),
        ("request_changed 2026-09-03", State::DisputeWaitSeller),
        ("stepped_in 2026-09-04", State::Mediation),
        ("evidence_asked 2026-09-05", State::MediationEvidence),
        ("evidence_sent 2026-09-05", State::Mediation),
        ("decided_against 2026-09-06", State::DecidedAgainst),
        ("appeal_sent 2026-09-06", State::AppealPending),
        ("appeal_lost 2026-09-07", State::DecidedAgainst),
        ("bank_chosen", State::Bank),
        ("bank_filed 2026-09-07", State::BankOpen),
        ("bank_won", State::Done),
    ];
    for (event, state) in steps {
        assert_eq!(buyer.state("event", event, noon(7)), TAKEN, "{event}");
        assert_eq!(buyer.state_now(noon(7)), state, "{event}");
    }
    assert_eq!(buyer.standings(noon(7)), [EventStanding::Counts; 12]);
}

#[test]
fn the_order_of_telling_does_not_matter_but_the_days_do() {
    let buyer = delivered();
    buyer.state("event", "stepped_in 2026-09-04", noon(7));
    buyer.state("event", "dispute_opened 2026-09-02", noon(7));
    assert_eq!(buyer.state_now(noon(7)), State::Mediation);
}

#[test]
fn an_event_that_does_not_fit_is_kept_and_changes_nothing() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting payment", PLACED, &[]), noon(1));
    let before = buyer.decision(ORDER, noon(2));
    assert_eq!(buyer.state("event", "offer 2026-09-01", noon(2)), TAKEN);
    assert_eq!(buyer.decision(ORDER, noon(2)), before);
    assert_eq!(buyer.standings(noon(2)), [EventStanding::Unfit]);
    let screen = buyer.screen(json!({"case": {"order_id": ORDER}}), noon(2));
    assert!(serde_json::to_string(&screen).unwrap().contains("told_unfit"));
}

#[test]
fn a_page_that_is_read_later_says_how_things_stand() {
    let buyer = delivered();
    buyer.state("event", "offer 2026-09-02", noon(2));
    assert_eq!(buyer.state_now(noon(3)), State::DisputeWaitBuyer);
    let mut disputed = detail(ORDER, "Awaiting delivery", PLACED, &[]);
    let fields = disputed["root"]["regions"][0]["fields"].as_array_mut().unwrap();
    fields.push(field("dispute", "class", &["Waiting for seller's response"]));
    buyer.see(&disputed, noon(4));
    assert_eq!(buyer.state_now(noon(4)), State::DisputeWaitSeller);
    assert_eq!(buyer.standings(noon(4)), [EventStanding::Overtaken]);
    // And the buyer tells what has happened since.
    buyer.state("event", "stepped_in 2026-09-05", noon(5));
    assert_eq!(buyer.state_now(noon(5)), State::Mediation);
}

#[test]
fn what_is_stated_makes_the_banks_clocks_run() {
    let buyer = delivered();
    for (topic, text) in [
        ("reason", "not_received"),
        ("rail.visa", "yes"),
        ("day.processed_on", "2026-08-21"),
        ("day.promised_on", "2026-09-30"),
    ] {
        assert_eq!(buyer.state(topic, text, noon(2)), TAKEN, "{topic}");
    }
    let rules = |now| {
        buyer.decision(ORDER, now).deadlines.iter().map(crate::case::Deadline::rule).collect::<Vec<_>>()
    };
    assert!(rules(noon(2)).contains(&"B01"), "{:?}", rules(noon(2)));
    assert_eq!(buyer.state("rail.visa", "no", noon(3)), TAKEN);
    assert!(!rules(noon(3)).contains(&"B01"));
    // An empty answer takes it back.
    buyer.state("rail.visa", "yes", noon(3));
    buyer.state("reason", "", noon(3));
    assert!(!rules(noon(3)).contains(&"B01"));
}

#[test]
fn a_case_at_paypal_is_a_payment_by_paypal() {
    let buyer = delivered();
    buyer.state("event", "paypal_case 2026-09-02", noon(2));
    let decision = buyer.decision(ORDER, noon(3));
    assert!(decision.deadlines.iter().any(|limit| limit.rule() == "B08"), "{decision:?}");
}

#[test]
fn another_length_of_a_rule_is_the_users() {
    let buyer = delivered();
    buyer.state("event", "dispute_opened 2026-09-02", noon(2));
    let reply = |now| {
        let decision = buyer.decision(ORDER, now);
        let limit = decision.deadlines.into_iter().find(|limit| limit.subject.code() == "seller_reply");
        limit.map(|limit| (limit.at, limit.rule(), limit.basis.to_string())).unwrap()
    };
    let (by_rule, rule, _) = reply(noon(3));
    assert_eq!(rule, "R12");
    assert_eq!(buyer.state("length.R12", "7", noon(3)), TAKEN);
    let (own, rule, basis) = reply(noon(3));
    assert_eq!(rule, "user");
    assert!(basis.contains("entered by you in place of rule R12"), "{basis}");
    assert_eq!(own.position(&moment(noon(3))) - by_rule.position(&moment(noon(3))), TimeDelta::days(2));
}

#[test]
fn a_limit_of_the_users_page_counts_below_the_page_and_above_the_rule() {
    let buyer = delivered();
    buyer.state("event", "offer 2026-09-02", noon(2));
    // Berlin, summer time.
    assert_eq!(buyer.state("limit", "buyer_reply 2026-09-05T18:30", noon(2)), TAKEN);
    let decision = buyer.decision(ORDER, noon(3));
    let limit = decision.deadlines.iter().find(|limit| limit.subject.code() == "buyer_reply").unwrap();
    assert_eq!(limit.rule(), "user");
    assert_eq!(limit.at, crate::case::When::Instant("2026-09-05T16:30:00Z".parse().unwrap()));
}

#[test]
fn each_item_has_a_case_of_its_own() {
    let buyer = delivered();
    let item = Some("1005000000000001");
    buyer.state("reason", "size", noon(2));
    buyer.state_of(item, "reason", "damaged", noon(2));
    buyer.state_of(item, "event", "dispute_opened 2026-09-02", noon(2));
    let history = buyer.file(ORDER).unwrap().read();
    let reason = |item| history.facts(&[], item, &moment(noon(3))).0.reason.map(crate::case::Reason::code);
    assert_eq!(
        (reason(None), reason(item), reason(Some("1005000000000002"))),
        (Some("size"), Some("damaged"), Some("size"))
    );
    assert_ne!(buyer.state_now(noon(3)), State::DisputeWaitSeller);
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let buyer = delivered();
    let before = buyer.app.store.kept();
    for (topic, text, why) in [
        ("event", "offer 2027-09-02", "future"),
        ("event", "offer soon", "not_read"),
        ("event", "offer 2026-09-02 much", "not_an_amount"),
        ("event", "no_such_event 2026-09-02", "not_read"),
        ("event", "", "not_read"),
        ("reason", "no_such_reason", "not_read"),
        ("no.such", "yes", "not_read"),
        ("day.paid_on", "03/04/2026", "not_read"),
        ("day.paid_on", "2027-01-01", "future"),
        ("length.R12", "-1", "not_a_number"),
        ("length.R12", "99999", "not_a_number"),
        ("length.R99", "5", "not_read"),
        ("limit", "buyer_reply 2026-09-05T99:99", "not_read"),
        ("country", "Germany", "not_read"),
    ] {
        let told = buyer.state(topic, text, noon(7));
        assert_eq!(told, format!("{{\"refused\":\"{why}\"}}"), "{topic} {text}");
        assert_eq!(buyer.app.store.kept(), before, "{topic} {text}");
    }
}

#[test]
fn a_statement_is_taken_back_by_its_time() {
    let buyer = delivered();
    let before = buyer.decision(ORDER, noon(3));
    buyer.state("event", "dispute_opened 2026-09-02", noon(2));
    buyer.state("event", "offer 2026-09-02", noon(2));
    let times: Vec<i64> =
        buyer.file(ORDER).unwrap().statements.iter().map(|own| own.at.timestamp_millis()).collect();
    assert_ne!(times[0], times[1], "each can be taken back alone");
    for entered_at in times {
        let taken = json!({"unstate": {"order_id": ORDER, "entered_at": entered_at}});
        assert_eq!(buyer.said(taken.clone(), noon(3)), "\"undone\"");
        assert_eq!(buyer.said(taken, noon(3)), "{\"refused\":\"not_corrected\"}");
    }
    assert_eq!(buyer.decision(ORDER, noon(3)), before);
}

#[test]
fn an_amount_is_in_the_orders_currency_where_none_is_named() {
    let buyer = Buyer::new();
    let mut priced = detail(ORDER, "Completed", PLACED, &[]);
    let fields = priced["root"]["regions"][0]["fields"].as_array_mut().unwrap();
    fields.push(field("total", "class", &["€20.00"]));
    buyer.see(&priced, noon(1));
    for (text, stored) in
        [("12.50", "1250 EUR"), ("12,50", "1250 EUR"), ("US $3.99", "399 USD"), ("5000 JPY", "5000 JPY")]
    {
        assert_eq!(buyer.state("amount.claimed", text, noon(2)), TAKEN, "{text}");
        let file = buyer.file(ORDER).unwrap();
        assert_eq!(file.statements.last().unwrap().value, stored, "{text}");
    }
}

#[test]
fn topics_of_a_newer_version_stay() {
    let buyer = delivered();
    let mut file = buyer.file(ORDER).unwrap();
    file.statements.push(crate::case::Statement {
        topic: "mood".to_owned(),
        value: "calm".to_owned(),
        item: None,
        at: noon(1),
    });
    assert!(Topic::parse("mood").is_none());
    assert_eq!(
        file.read().facts(&[], None, &moment(noon(2))).0,
        buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(2))).0
    );
    file.state("reason", "size", None, &moment(noon(2))).unwrap();
    assert_eq!(file.statements.len(), 2);
}

/// Any log of events, also an impossible one.
fn any_log() -> impl Strategy<Value = Vec<(usize, u32)>> {
    prop::collection::vec((0..EventKind::ALL.len(), 1_u32..8), 0..14)
}

fn tell(buyer: &Buyer, log: &[(usize, u32)]) {
    for (kind, day) in log {
        let text = format!("{} 2026-09-{day:02}", EventKind::ALL[*kind].code());
        assert_eq!(buyer.state("event", &text, noon(8)), TAKEN);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_events_panics_and_each_is_kept_and_shown(log in any_log()) {
        let buyer = delivered();
        tell(&buyer, &log);
        prop_assert_eq!(buyer.standings(noon(8)).len(), log.len());
        let view = serde_json::to_string(&buyer.screen(json!({"case": {"order_id": ORDER}}), noon(8))).unwrap();
        for (kind, _) in &log {
            let told = format!("told_{}", EventKind::ALL[*kind].code());
            prop_assert!(view.contains(&told), "{}", told);
        }
    }

    #[test]
    fn what_does_not_fit_moves_no_deadline(log in any_log()) {
        let buyer = delivered();
        tell(&buyer, &log);
        let decided = buyer.decision(ORDER, noon(8));
        let fits: Vec<_> = {
            let file = buyer.file(ORDER).unwrap();
            let (_, events) = file.read().facts(&[], None, &moment(noon(8)));
            events.into_iter().filter(|event| event.standing == EventStanding::Counts).collect()
        };
        let other = delivered();
        for event in fits {
            other.state("event", &format!("{} {}", event.kind.code(), event.day), noon(8));
        }
        prop_assert_eq!(other.decision(ORDER, noon(8)).deadlines, decided.deadlines);
    }

    #[test]
    fn the_banks_clocks_run_whatever_happened(log in any_log()) {
        let buyer = delivered();
        for (topic, text) in [("rail.paypal", "yes"), ("day.paid_on", "2026-08-20")] {
            buyer.state(topic, text, noon(8));
        }
        tell(&buyer, &log);
        let decision = buyer.decision(ORDER, noon(8));
        let facts = buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(noon(8))).0;
        let over = matches!(decision.state, State::Done | State::Lost);
        let runs = decision.deadlines.iter().any(|limit| matches!(limit.rule(), "B07" | "B08"));
        prop_assert_eq!(runs, !over && facts.paypal_escalated_on.is_none_or(|_| facts.paypal_case_on.is_none()));
    }
}

/// A conversation whose one message the seller wrote.
fn chat(tricks: &[&str]) -> Value {
    let message = json!({"name": "message", "by": "class", "regions": [], "fields": [
        field("from_seller", "class", &["yes"]), field("trick", "class", tricks),
    ]});
    let mut region = order(&[]);
    region["regions"] = json!([message]);
    snapshot(
        &format!("https://www.aliexpress.com/p/message/index.html?fromCode=order&orderId={ORDER}"),
        &[region],
    )
}

#[test]
fn a_trick_that_was_seen_in_the_chat_stays_until_the_buyer_says_no() {
    let buyer = delivered();
    let tricks = |now| {
        let (facts, _) = buyer.file(ORDER).unwrap().read().facts(&[], None, &moment(now));
        facts
            .seller_tricks
            .unwrap_or_default()
            .into_iter()
            .map(crate::case::SellerTrick::code)
            .collect::<Vec<_>>()
    };
    buyer.see(&chat(&["confirm_receipt"]), noon(2));
    assert_eq!(tricks(noon(2)), ["confirm_receipt"]);
    // The message scrolled out of sight, and later another one came.
    buyer.see(&chat(&[]), noon(3));
    buyer.see(&chat(&["close_dispute"]), noon(4));
    buyer.see(&chat(&[]), noon(5));
    assert_eq!(tricks(noon(5)), ["close_dispute", "confirm_receipt"]);
    buyer.state("trick.confirm_receipt", "no", noon(5));
    assert_eq!(tricks(noon(5)), ["close_dispute"]);
}
