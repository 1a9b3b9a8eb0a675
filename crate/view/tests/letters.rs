//! What letters say of money, of proposals, of the course of events, and to a bank.

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Value, json};

use super::{
    draft::{exhibits, facts, item, letter, order, write},
    root,
    trees::{AT, decision, view},
};
use crate::{
    case::{Moment, Next, State, Zones},
    order::Item,
    page::PageKind,
    view::{CaseView, DraftCode, draft::decimals, drafts},
};

/// Knows no zone.
struct Nowhere;

impl Zones for Nowhere {
    fn offset_at(&self, _zone: &str, _at: DateTime<Utc>) -> Option<FixedOffset> {
        None
    }
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    let file = std::fs::read_to_string(root().join("crate/data/currencies.toml")).unwrap();
    let file: toml_edit::DocumentMut = file.parse().unwrap();
    let mut checked = 0;
    for (number, codes) in file["decimals"].as_table().unwrap() {
        for code in codes.as_array().unwrap() {
            assert_eq!(decimals(code.as_str().unwrap()), number.parse::<usize>().unwrap(), "{code}");
            checked += 1;
        }
    }
    assert!(checked > 70);
    for (minor, currency, written) in [
        (1283, "USD", "12.83 USD"),
        (5, "EUR", "0.05 EUR"),
        (1283, "JPY", "1283 JPY"),
        (0, "JPY", "0 JPY"),
        (5, "KWD", "0.005 KWD"),
        (-1, "USD", "[ amount ]"),
        (5, "usd", "[ amount ]"),
        (5, "", "[ amount ]"),
    ] {
        let facts = facts(json!({"claimed": {"minor": minor, "currency": currency}}));
        let written_ones = write(&decision(State::WindowOpen, Next::OpenDispute), &facts, None, &[]);
        let text = letter(DraftCode::Dispute, &written_ones);
        assert!(text.contains(&format!("I ask for a refund of {written}.")), "{text}");
    }
}

#[test]
fn the_whole_is_asked_for_unless_the_total_is_of_other_goods_too() {
    let open = decision(State::WindowOpen, Next::OpenDispute);
    let asked = |facts: Value, items| {
        letter(DraftCode::Dispute, &write(&open, &super::draft::facts(facts), Some(&order(items)), &[]))
    };
    let one = || vec![item("Sample cable")];
    assert!(asked(json!({}), one()).contains("full refund of US $12.83."));
    let same = json!({"claimed": {"minor": 1283, "currency": "USD"}});
    assert!(asked(same, one()).contains("a refund of 12.83 USD."));
    assert!(
        asked(json!({"claimed": {"minor": 600, "currency": "USD"}}), one()).contains("a refund of 6.00 USD.")
    );
    assert!(asked(json!({"reason": "missing_parts"}), one()).contains("a refund of [ amount ]."));
    let several = vec![Item { item_id: None, ..item("Sample case") }, item("Sample cable")];
    let unclear = asked(json!({}), several.clone());
    assert!(unclear.contains("full refund of [ amount ]."), "{unclear}");
    assert!(unclear.contains("[ which item of the order ]"), "{unclear}");
    let chosen = asked(json!({"case_item": "1005000000000001"}), several);
    assert!(chosen.contains("“Sample cable”") && !chosen.contains("Sample case"), "{chosen}");
}

#[test]
fn a_proposal_that_is_all_that_was_asked_for_is_not_declined() {
    let answer = |offered: Value| {
        let facts = facts(json!({"claimed": {"minor": 2000, "currency": "USD"}, "offered": offered}));
        let waiting = decision(State::DisputeWaitBuyer, Next::ReplyToProposal);
        letter(DraftCode::CounterOffer, &write(&waiting, &facts, None, &[]))
    };
    let met = answer(json!({"minor": 2000, "currency": "USD"}));
    assert!(met.contains("Before I accept it") && !met.contains("cannot accept"), "{met}");
    for below in [json!({"minor": 1999, "currency": "USD"}), json!({"minor": 2000, "currency": "EUR"})] {
        let text = answer(below);
        assert!(text.contains("I cannot accept it") && text.contains("20.00 USD"), "{text}");
    }
    assert!(answer(Value::Null).contains("The proposal is [ amount ]. I asked for 20.00 USD."));
}

#[test]
fn the_course_of_events_is_in_the_order_of_time() {
    let facts = facts(json!({
        "placed_at": "2026-07-15", "shipped_at": "2026-07-20", "dispute_opened_at": "2026-07-18T10:00:00Z",
        "received_on": "2026-07-17", "confirmed_at": {"local": "2026-07-19T10:00", "zone": "Nowhere/Never"},
    }));
    let bank = decision(State::Bank, Next::FileBank);
    let at = Moment { zones: &Nowhere, ..AT };
    let written = drafts(&CaseView { at: &at, ..view(&bank) }, &facts, &[]);
    let text = letter(DraftCode::BankLetter, &written);
    let at = |event: &str| text.find(event).unwrap_or_else(|| panic!("{event}: {text}"));
    assert!(at("Order placed") < at("Goods received"));
    assert!(at("Goods received") < at("Dispute opened"));
    assert!(at("Dispute opened") < at("Shipped"));
    // A zone that nobody knows: the time is not known.
    assert!(!text.contains("completed"), "{text}");
}

#[test]
fn a_bank_reads_that_the_merchant_was_contacted_only_where_that_is_known() {
    let text = |facts: Value, pages: &[PageKind]| {
        let case = decision(State::Bank, Next::FileBank);
        letter(DraftCode::BankLetter, &write(&case, &super::draft::facts(facts), None, &exhibits(pages)))
    };
    assert!(text(json!({}), &[]).contains("[ When and how you turned to the merchant"));
    assert!(text(json!({}), &[PageKind::Chat]).contains("in the AliExpress chat"));
    let opened = text(json!({"dispute_opened_at": "2026-08-05"}), &[]);
    assert!(opened.contains("by a dispute on AliExpress") && !opened.contains("closed"), "{opened}");
    let refused = text(json!({"dispute_status": "decided_against"}), &[]);
    assert!(refused.contains("without the full refund"), "{refused}");
}

#[test]
fn own_files_are_enclosed_as_far_as_the_buyer_has_them() {
    let facts = facts(json!({"reason": "damaged"}));
    let written = write(&decision(State::WindowOpen, Next::OpenDispute), &facts, None, &[]);
    let text = letter(DraftCode::Dispute, &written);
    assert!(text.contains("\nAttached: Damage note of the carrier"), "{text}");
    assert!(text.contains("\nAttached: [ Unboxing video without a cut ]\n"), "{text}");
    // What a capture would show is no file of the buyer's.
    assert!(!text.contains("Order page with number"), "{text}");
}
