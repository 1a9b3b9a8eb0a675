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
    let form = prop_oneof![
        any::<u64>().prop_map(|left| json!({"countdown_ms": left})),
        (0_u64..10_000_000_000).prop_map(|left| json!({"countdown_ms": left})),
        (time(), any::<bool>()).prop_map(|(until, user)| json!({"until": until, "user": user})),
        (any::<u32>(), select(vec!["placed", "paid", "shipped", "delivered", "confirmed"]))
            .prop_map(|(days, from)| json!({"days": days, "from": from})),
    ];
    (of, instant(), form).prop_map(|(of, seen, mut form)| {
        form["of"] = json!(of);
        form["observed_at"] = json!(seen.to_rfc3339());
        form
    })
}

fn chosen(values: &'static str) -> impl Strategy<Value = Value> {
    select(values.split(' ').collect::<Vec<_>>()).prop_map(|value| json!(value))
}

fn fact() -> impl Strategy<Value = (&'static str, Value)> {
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
    let dates = select(vec![
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
    ]);
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
    let money =
        (any::<i64>(), chosen("GBP USD")).prop_map(|(minor, sign)| json!({"minor": minor, "currency": sign}));
    prop_oneof![
        8 => (times, time()),
        5 => (dates, date()),
        3 => (truths, any::<bool>().prop_map(|truth| json!(truth))),
        3 => (Just("order_status"), order),
        3 => (Just("dispute_status"), dispute),
        3 => (Just("readings"), vec(reading(), 0..6).prop_map(Value::Array)),
        1 => (Just("tracking"), chosen("moving not_found returned other_place")),
        1 => (Just("reason"), chosen("not_received damaged counterfeit other_shipping customs_held")),
        2 => (Just("rails"), vec(chosen("visa mastercard amex paypal klarna"), 0..5).prop_map(Value::Array)),
        1 => (Just("seller_tricks"), vec(chosen("close_dispute confirm_receipt"), 0..3).prop_map(Value::Array)),
        1 => (Just("card_country"), chosen("US GB DE")),
        1 => (select(vec!["claimed", "offered", "item_price"]), money),
        1 => (Just("promised_days"), any::<u32>().prop_map(|days| json!(days))),
        1 => (Just("bank_result"), chosen("won lost")),
    ]
}

pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    vec(fact(), 0..30).prop_map(|list| {
        let object: Map<String, Value> =
            list.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Facts::deserialize(Value::Object(object)).unwrap()
    })
}
