//! The ladder: where a case stands, and which evidence is held.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use redress::{
    case::{Facts, Held, HeldFact, Moment, Reason, Rung, RungName, Standing, decide, ladder},
    page::PageKind,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Database;

fn rungs(facts: Value, captured: &[PageKind]) -> Vec<Rung> {
    let facts = Facts::deserialize(facts).unwrap();
    let now: DateTime<Utc> = "2026-06-10T10:00:00Z".parse().unwrap();
    let decision = decide(&facts, &Moment { now, zone: "Europe/Berlin", zones: &Database });
    ladder(&facts, &decision, captured, &[], &[])
}

#[track_caller]
fn stands(facts: Value, expected: [Standing; 5]) {
    let found: Vec<Standing> = rungs(facts, &[]).iter().map(|rung| rung.standing).collect();
    assert_eq!(found, expected);
}

fn held(rung: &Rung, id: &str) -> Held {
    rung.evidence.iter().find(|evidence| evidence.item.id == id).unwrap().held
}

#[test]
fn the_case_stands_on_one_rung() {
    use Standing::{Ahead, Current, Done, NotOpen};
    stands(json!({"order_status": "to_ship"}), [Current, NotOpen, NotOpen, NotOpen, NotOpen]);
    stands(
        json!({"order_status": "in_transit", "shipped_at": "2026-06-01T00:00:00Z", "rails": ["visa"]}),
        [Current, NotOpen, NotOpen, Ahead, Ahead],
    );
    stands(
        json!({"order_status": "completed", "confirmed_at": "2026-06-01T00:00:00Z"}),
        [Done, Current, NotOpen, Ahead, NotOpen],
    );
    stands(json!({"dispute_status": "wait_seller", "rails": ["visa"]}), [Done, Current, Ahead, Ahead, Ahead]);
    stands(json!({"dispute_status": "mediation"}), [Done, Done, Current, Ahead, NotOpen]);
    stands(json!({"dispute_status": "decided_against"}), [Done, Done, Done, Current, NotOpen]);
    stands(
        json!({"order_status": "completed", "confirmed_at": "2026-01-01T00:00:00Z"}),
        [Done, NotOpen, NotOpen, Current, NotOpen],
    );
    stands(
        json!({"dispute_status": "appeal_pending", "rails": ["amex"], "statement_on": "2026-04-25"}),
        [Done, Done, Done, Current, Current],
    );
    stands(json!({"bank_result": "won", "dispute_status": "closed"}), [Done, Done, NotOpen, NotOpen, Done]);
}

#[test]
fn evidence_is_held_by_a_capture_or_a_fact() {
    let facts = json!({"dispute_status": "wait_seller", "listing_saved": true, "reason": "size"});
    let all = rungs(facts, &[PageKind::Chat, PageKind::OrderDetail]);
    let dispute = all.iter().find(|rung| rung.name == RungName::Dispute).unwrap();
    assert_eq!(held(dispute, "chat"), Held::Capture(PageKind::Chat));
    assert_eq!(held(dispute, "payment_line"), Held::Capture(PageKind::OrderDetail));
    assert_eq!(held(dispute, "listing_snapshot"), Held::Fact(HeldFact::ListingSaved));
    assert_eq!(held(dispute, "ruler_photo"), Held::Missing);
    let missing: Vec<&str> = dispute.missing().map(|item| item.id).collect();
    assert_eq!(missing, ["tracking_page", "ruler_photo", "size_chart"]);
}

#[test]
fn what_does_not_apply_is_not_missing() {
    let all = rungs(json!({"order_status": "to_ship"}), &[]);
    assert_eq!(held(&all[0], "tracking_page"), Held::NotApplicable);
    assert_eq!(held(&all[2], "dispute_page"), Held::NotApplicable);
    assert_eq!(held(&all[4], "return_proof"), Held::NotApplicable);
    let all = rungs(json!({"dispute_status": "return_sent"}), &[]);
    assert_eq!(held(&all[4], "return_proof"), Held::Missing);
}

#[test]
fn every_reason_asks_for_something_and_no_item_twice() {
    for reason in Reason::ALL {
        let all = rungs(json!({"dispute_status": "wait_seller", "reason": reason.code()}), &[]);
        let base = rungs(json!({"dispute_status": "wait_seller"}), &[]);
        for (with, without) in all.iter().zip(&base) {
            assert!(with.evidence.len() >= without.evidence.len());
            let ids: BTreeSet<&str> = with.evidence.iter().map(|evidence| evidence.item.id).collect();
            assert_eq!(ids.len(), with.evidence.len(), "{reason:?} {:?}", with.name);
        }
    }
}

#[test]
fn the_base_pack_stands_without_a_reason() {
    let all = rungs(json!({"dispute_status": "wait_seller"}), &[]);
    let ids: Vec<&str> = all[1].evidence.iter().map(|evidence| evidence.item.id).collect();
    assert_eq!(ids, ["order_page", "listing_snapshot", "chat", "tracking_page", "payment_line"]);
}
