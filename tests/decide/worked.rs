//! The rules of policy sections 8 and 12 with their numbers, written down a second time: facts, and what they list.

use redress::case::{
    Kind::{self, Close, Expect, Open},
    Unit::{self, Bd, Cd, D, H, Y},
};

/// What a number counts from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    /// `?time` of the facts.
    Time,
    /// `?day`.
    Day,
    /// `?early`, a day that lies 500 days before `?day`.
    Early,
    /// `?seen`, an instant.
    Seen,
}

/// A deadline that the facts list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) rule: &'static str,
    pub(crate) kind: Kind,
    pub(crate) from: From,
    pub(crate) length: i64,
    pub(crate) unit: Unit,
    /// For a close: how long before it to act, in hours, or in days before a civil date.
    pub(crate) margin: i64,
}

const fn listed(rule: &'static str, kind: Kind, from: From, length: i64, unit: Unit) -> Listed {
    let margin = if matches!(unit, Cd | Y) { 14 } else { 24 };
    Listed { rule, kind, from, length, unit, margin }
}

/// Days of instants from `?time`.
const fn days(rule: &'static str, kind: Kind, length: i64) -> Listed {
    listed(rule, kind, From::Time, length, D)
}

/// Calendar days from `?day`.
const fn calendar(rule: &'static str, kind: Kind, length: i64) -> Listed {
    listed(rule, kind, From::Day, length, Cd)
}

const fn within(listed: Listed, margin: i64) -> Listed {
    Listed { margin, ..listed }
}

/// Facts, and all that they list.
pub(crate) const WORKED: &[(&str, &[Listed])] = &[
    (r#"{"order_status": "unpaid", "placed_at": ?time}"#, &[days("R01", Close, 20)]),
    (r#"{"order_status": "to_ship", "paid_at": ?time}"#, &[listed("R02", Expect, From::Time, 7, Bd)]),
    (
        r#"{"order_status": "to_ship", "cancel_requested_at": ?time}"#,
        &[listed("R03", Expect, From::Time, 48, H)],
    ),
    (
        r#"{"order_status": "in_transit", "shipped_at": ?time}"#,
        &[days("R04", Open, 10), days("R06", Close, 60)],
    ),
    (
        r#"{"order_status": "in_transit", "shipped_at": ?time, "promised_days": 5}"#,
        &[days("R04", Open, 0), days("R06", Close, 60)],
    ),
    (r#"{"order_status": "in_transit", "paid_at": ?time}"#, &[days("R06", Close, 60)]),
    (
        r#"{"order_status": "in_transit", "tracking": "moving", "readings": [
            {"of": "delivery", "observed_at": ?seen, "until": ?time}]}"#,
        &[days("R05", Open, 0), listed("page", Close, From::Time, 0, H)],
    ),
    (
        r#"{"order_status": "delivered", "delivered_scan_at": ?time, "free_return": true}"#,
        &[days("R09", Close, 15), days("R10", Expect, 5), days("R19", Close, 15)],
    ),
    (
        r#"{"order_status": "delivered", "received_on": ?day, "free_return": true}"#,
        &[listed("R19", Close, From::Day, 15, D)],
    ),
    (r#"{"order_status": "completed", "confirmed_at": ?time}"#, &[days("R07", Close, 15)]),
    (r#"{"order_status": "completed", "timer_ended_at": ?time}"#, &[days("R08", Close, 15)]),
    (
        r#"{"dispute_status": "wait_seller", "dispute_opened_at": ?time}"#,
        &[days("R12", Expect, 5), days("R13", Expect, 7)],
    ),
    (r#"{"dispute_status": "wait_buyer", "proposal_at": ?time}"#, &[within(days("R14", Close, 2), 12)]),
    (
        r#"{"dispute_status": "evidence_requested", "evidence_requested_at": ?time}"#,
        &[within(days("R15", Close, 3), 18)],
    ),
    (r#"{"dispute_status": "mediation", "stepped_in_at": ?time}"#, &[days("R16", Expect, 14)]),
    (
        r#"{"dispute_status": "return_approved", "return_approved_at": ?time, "free_return": true}"#,
        &[days("R17", Close, 10), days("R18", Close, 5)],
    ),
    (
        r#"{"dispute_status": "return_approved", "label_at": ?time, "free_return": true}"#,
        &[days("R18", Close, 15)],
    ),
    (r#"{"dispute_status": "decided_against", "dispute_closed_at": ?time}"#, &[days("R21", Close, 7)]),
    (r#"{"dispute_status": "appeal_pending", "appeal_sent_at": ?time}"#, &[days("R24", Expect, 10)]),
    (
        r#"{"dispute_status": "refund_processed", "refund_processed_on": ?day}"#,
        &[listed("R22", Open, From::Day, 3, Bd), listed("R22", Expect, From::Day, 20, Bd)],
    ),
    (r#"{"account_blocked": true, "account_appeal_on": ?day}"#, &[listed("R23", Expect, From::Day, 5, Bd)]),
    // What the page says, in each of its forms, and what the user enters.
    (
        r#"{"order_status": "completed", "readings": [{"of": "window", "observed_at": ?seen, "until": ?time}]}"#,
        &[listed("page", Close, From::Time, 0, H)],
    ),
    (
        r#"{"order_status": "completed", "readings": [
            {"of": "window", "observed_at": ?seen, "until": ?time, "user": true}]}"#,
        &[listed("user", Close, From::Time, 0, H)],
    ),
    (
        r#"{"order_status": "completed", "readings": [
            {"of": "window", "observed_at": ?seen, "countdown_ms": 432000000}]}"#,
        &[listed("page", Close, From::Seen, 120, H)],
    ),
    (
        r#"{"order_status": "completed", "placed_at": ?time, "readings": [
            {"of": "window", "observed_at": ?seen, "days": 90, "from": "placed"}]}"#,
        &[days("page", Close, 90)],
    ),
    (
        r#"{"dispute_status": "wait_seller", "paid_at": ?time, "readings": [
            {"of": "seller_reply", "observed_at": ?seen, "days": 5, "from": "paid"}]}"#,
        &[days("page", Expect, 5)],
    ),
    (
        r#"{"dispute_status": "wait_buyer", "readings": [
            {"of": "buyer_reply", "observed_at": ?seen, "countdown_ms": 144000000}]}"#,
        &[within(listed("page", Close, From::Seen, 40, H), 10)],
    ),
    (
        r#"{"dispute_status": "evidence_requested", "readings": [
            {"of": "evidence", "observed_at": ?seen, "countdown_ms": 21600000}]}"#,
        &[within(listed("page", Close, From::Seen, 6, H), 2)],
    ),
    // Banks and payment firms.
    (r#"{"rails": ["visa"], "reason": "not_received", "promised_on": ?day}"#, &[calendar("B01", Close, 120)]),
    (
        r#"{"rails": ["visa"], "reason": "size", "received_on": ?day, "return_sent_on": ?day, "processed_on": ?early}"#,
        &[calendar("B02", Open, 15), listed("B03", Close, From::Early, 540, Cd)],
    ),
    (
        r#"{"rails": ["visa", "mastercard"], "reason": "no_tracking", "transaction_on": ?day, "processed_on": ?early}"#,
        &[
            calendar("B02", Open, 15),
            listed("B01", Close, From::Early, 120, Cd),
            calendar("B05", Open, 30),
            listed("B05", Close, From::Early, 120, Cd),
        ],
    ),
    (
        r#"{"rails": ["mastercard"], "reason": "not_received", "promised_on": ?day}"#,
        &[calendar("B04", Close, 120)],
    ),
    (
        r#"{"rails": ["mastercard"], "reason": "quality", "received_on": ?day}"#,
        &[calendar("B13", Close, 120)],
    ),
    (
        r#"{"rails": ["amex"], "credit": true, "card_country": "US", "statement_on": ?day}"#,
        &[calendar("B06", Close, 60), calendar("B10", Close, 60)],
    ),
    (r#"{"rails": ["paypal"], "paid_on": ?day}"#, &[calendar("B07", Close, 180)]),
    (r#"{"rails": ["paypal"], "paypal_case_on": ?day}"#, &[calendar("B08", Close, 20)]),
    (r#"{"rails": ["klarna"], "klarna_reported_on": ?day}"#, &[calendar("B09", Expect, 21)]),
    (
        r#"{"rails": ["visa"], "credit": true, "card_country": "GB", "breach_on": ?day,
            "item_price": {"minor": 10001, "currency": "GBP"}}"#,
        &[listed("B11", Close, From::Day, 6, Y)],
    ),
    (r#"{"eu_consumer": true, "received_on": ?day}"#, &[within(calendar("B12", Close, 14), 1)]),
];
