//! Any facts at all, for the properties.

use chrono::{DateTime, Utc};
use proptest::{collection::vec, prelude::*, sample::select};
use redress::case::Facts;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(crate) const ZONES: [&str; 12] = [
    "America/Los_Angeles",
    "Europe/Berlin",
    "Europe/London",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
    "America/Sao_Paulo",
];

pub(crate) fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    // 2007 to 2040: changes of every kind; Pacific time has its present rule since then, and the shop opened in 2010.
    (1_167_609_600_i64..2_208_988_800).prop_map(|second| DateTime::from_timestamp(second, 0).unwrap())
}

fn time() -> impl Strategy<Value = Value> {
    prop_oneof![
        instant().prop_map(|at| json!(at.to_rfc3339())),
        instant().prop_map(|at| json!(at.date_naive().to_string())),
        instant().prop_map(|at| json!(at.format("%Y%m%d%H%M%S000-0700").to_string())),
        (instant(), select(&ZONES[..]))
            .prop_map(|(at, zone)| json!({"local": at.format("%Y-%m-%dT%H:%M").to_string(), "zone": zone})),
        (instant(), select(vec!["PST", "PDT", "PT", "Pacific", "Nowhere/At_All"]))
            .prop_map(|(at, zone)| json!({"local": at.date_naive().to_string(), "zone": zone})),
        select(vec!["0000-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+14:00"])
            .prop_map(|far| json!(far)),
    ]
}

fn date() -> impl Strategy<Value = Value> {
    prop_oneof![
        instant().prop_map(|at| json!(at.date_naive().to_string())),
        select(vec!["0000-01-01", "9999-12-31", "2028-02-29", "+262142-12-31", "-262143-01-01"])
            .prop_map(|far| json!(far)),
    ]
}

fn reading() -> impl Strategy<Value = Value> {
    let of = select(vec![
        "pay",
        "ship",
        "cancel",
        "open_from",
        "delivery",
        "window",
        "free_return",
        "seller_reply",
        "buyer_reply",
        "evidence",
        "return_ship",
        "seller_receive",
        "appeal",
    ]);
    of.prop_flat_map(reading_of)
}

fn reading_of(of: &'static str) -> impl Strategy<Value = Value> {
    let form = prop_oneof![
        any::<u64>().prop_map(|left| json!({"countdown_ms": left})),
        (0_u64..10_000_000_000).prop_map(|left| json!({"countdown_ms": left})),
        (time(), any::<bool>()).prop_map(|(until, user)| json!({"until": until, "user": user})),
        (any::<u32>(), select(vec!["placed", "paid", "shipped", "delivered", "confirmed"]))
            .prop_map(|(days, from)| json!({"days": days, "from": from})),
    ];
    (instant(), form).prop_map(move |(seen, mut form)| {
        form["of"] = json!(of);
        form["observed_at"] = json!(seen.to_rfc3339());
        form
    })
}

fn money() -> impl Strategy<Value = Value> {
    // Also about the limits of section 75.
    let minor = prop_oneof![any::<i64>(), 0..5_000_000_i64, 9_998..10_003_i64, 2_999_998..3_000_003_i64];
    (minor, chosen("GBP USD")).prop_map(|(minor, sign)| json!({"minor": minor, "currency": sign}))
}

fn rails() -> impl Strategy<Value = Value> {
    vec(chosen("visa mastercard amex paypal klarna"), 0..5).prop_map(Value::Array)
}

fn chosen(values: &'static str) -> impl Strategy<Value = Value> {
    select(values.split(' ').collect::<Vec<_>>()).prop_map(|value| json!(value))
}

const DATES: &[&str] = &[
    "refund_processed_on",
    "account_appeal_on",
    "transaction_on",
    "processed_on",
    "statement_on",
    "paid_on",
    "promised_on",
    "received_on",
    "return_sent_on",
    "breach_on",
    "paypal_case_on",
    "paypal_escalated_on",
    "klarna_reported_on",
    "bank_filed_on",
];

/// One thing that becomes known.
pub(crate) fn fact() -> impl Strategy<Value = (&'static str, Value)> {
    let times = select(vec![
        "placed_at",
        "paid_at",
        "shipped_at",
        "last_tracking_at",
        "delivered_scan_at",
        "confirmed_at",
        "timer_ended_at",
        "cancel_requested_at",
        "extension_granted_at",
        "dispute_opened_at",
        "dispute_modified_at",
        "proposal_at",
        "stepped_in_at",
        "evidence_requested_at",
        "return_approved_at",
        "label_at",
        "dispute_closed_at",
        "appeal_sent_at",
        "support_ticket_at",
    ]);
    let dates = select(DATES);
    let truths = select(vec![
        "can_dispute",
        "free_return",
        "listing_saved",
        "appeal_used",
        "account_blocked",
        "credit",
        "eu_consumer",
        "bank_chosen",
        "refund_arrived",
    ]);
    let order =
        chosen("unpaid to_ship in_transit delivered completed cancelled expired in_dispute refunded unknown");
    let dispute = chosen(
        "wait_seller wait_buyer mediation evidence_requested decision_proposed return_approved return_sent \
         refund_processed decided_against appeal_pending withdrawn closed unknown",
    );
    prop_oneof![
        8 => (times, time()),
        5 => (dates, date()),
        3 => (truths, any::<bool>().prop_map(|truth| json!(truth))),
        3 => (Just("order_status"), order),
        3 => (Just("dispute_status"), dispute),
        3 => (Just("readings"), vec(reading(), 0..6).prop_map(Value::Array)),
        1 => (Just("tracking"), chosen("moving not_found returned other_place")),
        1 => (Just("reason"), chosen("not_received damaged counterfeit other_shipping customs_held")),
        2 => (Just("rails"), rails()),
        1 => (Just("seller_tricks"), vec(chosen("close_dispute confirm_receipt"), 0..3).prop_map(Value::Array)),
        1 => (Just("card_country"), chosen("US GB DE")),
        1 => (select(vec!["claimed", "offered", "item_price"]), money()),
        1 => (Just("promised_days"), any::<u32>().prop_map(|days| json!(days))),
        1 => (Just("bank_result"), chosen("won lost")),
    ]
}

/// What is known, as a file has it.
pub(crate) fn known() -> impl Strategy<Value = Map<String, Value>> {
    vec(fact(), 0..30).prop_map(|list| list.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// What a file holds when this becomes known one after the other.
fn gathered(list: Vec<(&'static str, Value)>) -> Map<String, Value> {
    list.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Much that is known of a case that is not over and not at the bank: nearly every such case has deadlines.
pub(crate) fn much_known() -> impl Strategy<Value = Map<String, Value>> {
    let order = prop_oneof![
        3 => chosen("in_transit delivered completed"),
        1 => chosen("unpaid to_ship refunded unknown"),
    ];
    (vec(fact(), 20..70), order, any::<bool>()).prop_map(|(list, order, disputed)| {
        let mut known = gathered(list);
        for over in ["refund_arrived", "bank_result", "bank_chosen", "bank_filed_on"] {
            known.remove(over);
        }
        known.insert("order_status".to_owned(), order);
        if !disputed {
            known.remove("dispute_status");
        }
        known
    })
}

/// Any facts, among them most of what is known of a payment.
pub(crate) fn paid() -> impl Strategy<Value = Map<String, Value>> {
    let payment = prop_oneof![
        10 => (select(DATES), date()),
        2 => (Just("rails"), rails()),
        1 => (Just("reason"), chosen("not_received no_tracking damaged size quality")),
        1 => (Just("item_price"), money()),
        1 => (Just("credit"), Just(json!(true))),
        1 => (Just("card_country"), chosen("US GB")),
        1 => (Just("eu_consumer"), any::<bool>().prop_map(|truth| json!(truth))),
    ];
    (vec(fact(), 0..20), vec(payment, 10..60))
        .prop_map(|(facts, payment)| gathered([facts, payment].concat()))
}

/// Much is known, and several readings of the very limit that the state looks at.
pub(crate) fn read_again() -> impl Strategy<Value = Map<String, Value>> {
    let stages = vec![
        ("order_status", "unpaid", "pay"),
        ("order_status", "to_ship", "ship"),
        ("order_status", "in_transit", "delivery"),
        ("order_status", "in_transit", "open_from"),
        ("order_status", "completed", "window"),
        ("dispute_status", "wait_seller", "seller_reply"),
        ("dispute_status", "wait_buyer", "buyer_reply"),
        ("dispute_status", "evidence_requested", "evidence"),
        ("dispute_status", "return_approved", "return_ship"),
        ("dispute_status", "decided_against", "appeal"),
    ];
    let stage = select(stages).prop_flat_map(|(key, stage, of)| {
        vec(reading_of(of), 2..6).prop_map(move |readings| (key, stage, readings))
    });
    (much_known(), stage).prop_map(|(mut known, (key, stage, readings))| {
        known.remove("dispute_status");
        known.insert(key.to_owned(), json!(stage));
        known.insert("readings".to_owned(), Value::Array(readings));
        known
    })
}

pub(crate) fn facts_of(known: &Map<String, Value>) -> Facts {
    Facts::deserialize(Value::Object(known.clone())).unwrap()
}

pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    known().prop_map(|known| facts_of(&known))
}
