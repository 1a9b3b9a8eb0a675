//! Letters over many facts: what they say, and what they leave out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    texts,
    trees::{ORDER, decision, record, view},
};
use crate::{
    case::{Decision, Facts, Next, Reason, SellerTrick, State, ladder},
    evidence::{CaptureMode, CaptureTrigger, Exhibit, Record},
    order::{DateSpan, Fact, Item, Money, Order, Store},
    page::{PageKind, Strategy},
    view::{CaseView, Draft, DraftCode, Node, drafts},
};

static ENGLISH: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| texts("en"));

pub(super) fn facts(value: Value) -> Facts {
    serde_json::from_value(value).unwrap()
}

/// Everything that a letter can tell.
fn known() -> Value {
    let time = |hours| format!("2026-08-{hours:02}T10:00:00Z");
    json!({
        "placed_at": "2026-07-15", "paid_at": "2026-07-15", "cancel_requested_at": "2026-07-15",
        "shipped_at": "2026-07-16", "last_tracking_at": "2026-08-02", "delivered_scan_at": "2026-08-03",
        "confirmed_at": {"local": "2026-08-04", "zone": "PST"}, "timer_ended_at": "2026-08-04",
        "extension_granted_at": {"local": "2026-08-01T08:00", "zone": "PST"},
        "dispute_opened_at": time(5), "dispute_modified_at": time(6), "proposal_at": time(7),
        "stepped_in_at": time(8), "evidence_requested_at": time(9), "return_approved_at": time(10),
        "dispute_closed_at": time(11), "appeal_sent_at": "20260812100000000-0700", "support_ticket_at": time(13),
        "transaction_on": "2026-07-15", "promised_on": "2026-08-20", "received_on": "2026-08-03",
        "return_sent_on": "2026-08-11", "refund_processed_on": "2026-08-14",
        "claimed": {"minor": 1283, "currency": "USD"}, "offered": {"minor": 300, "currency": "USD"},
        "seller_tricks": SellerTrick::ALL,
        "readings": [
            {"of": "delivery", "observed_at": time(1), "until": "2026-09-04", "page": "order_detail",
             "text": "Refund if no delivery before Sep 4, 2026"},
            {"of": "window", "observed_at": time(1), "days": 90, "from": "placed", "page": "order_detail",
             "text": "you can open a dispute within 90 days after order was placed"},
            {"of": "free_return", "observed_at": time(1), "days": 15, "from": "delivered", "page": "tracking",
             "text": "Send it back within 15 days after delivery"},
            {"of": "buyer_reply", "observed_at": time(7), "countdown_ms": 172_800_000, "page": "dispute_detail",
             "text": "2 days left"},
        ],
    })
}

pub(super) fn item(title: &str) -> Item {
    let item_id = Some("1005000000000001".to_owned());
    Item { title: Some(title.to_owned()), item_id, quantity: Some(1), price: None, store: None }
}

pub(super) fn order(items: Vec<Item>) -> Order {
    let days = DateSpan { from: NaiveDate::MIN, to: NaiveDate::MIN };
    let estimate = Fact { value: days, text: "Aug 14 - 20".to_owned(), by: Strategy::Words };
    Order {
        store: Some(Store { name: Some("Sample Store".to_owned()), url: None }),
        total: Some(Money { minor: Some(1283), currency: Some("USD"), text: "US $12.83".to_owned() }),
        tracking_numbers: vec!["LP00000000000001".to_owned()],
        estimated_delivery: Some(estimate),
        items,
        ..Order::new(Some(ORDER.to_owned()))
    }
}

pub(super) fn exhibits(pages: &[PageKind]) -> Vec<Exhibit> {
    let records = pages.iter().map(|page| record(*page, CaptureMode::Viewport, CaptureTrigger::Popup));
    Exhibit::number(records.map(Record::from).collect(), &[])
}

/// The letters of a case in this state.
pub(super) fn write(
    decision: &Decision,
    facts: &Facts,
    order: Option<&Order>,
    exhibits: &[Exhibit],
) -> Vec<Draft> {
    let asked = ladder(facts, decision, &[], &[], &[]);
    // The buyer says that they have what would help.
    let ticked = asked.iter().flat_map(|rung| &rung.evidence).filter(|evidence| evidence.strengthens);
    let ticked: Vec<_> = ticked.map(|evidence| evidence.item).collect();
    let ladder = ladder(facts, decision, &[], &[], &ticked);
    let case = CaseView { order, ladder: &ladder, ..view(decision) };
    drafts(&case, facts, exhibits)
}

/// Calls `seen` with letters in which each part stands at least once.
pub(super) fn every(seen: &mut dyn FnMut(&Draft)) {
    let (whole, bare) = (order(vec![item("Sample cable")]), order(Vec::new()));
    let two = order(vec![item("Sample cable"), item("Sample case")]);
    let more =
        Order { tracking_numbers: vec!["LP1".to_owned(), "LP2".to_owned()], total: None, ..two.clone() };
    let everything = Exhibit::number(super::trees::attachments(), &[]);
    let captured = [[exhibits(PageKind::ALL), everything].concat(), exhibits(&[PageKind::Chat]), Vec::new()];
    let mut all = vec![facts(json!({})), facts(known())];
    all.extend(Reason::ALL.iter().map(|reason| Facts { reason: Some(*reason), ..facts(known()) }));
    all.extend(Reason::ALL.iter().map(|reason| Facts { reason: Some(*reason), ..Facts::default() }));
    let met = json!({"claimed": {"minor": 5, "currency": "EUR"}, "offered": {"minor": 5, "currency": "EUR"}});
    all.extend([facts(met), facts(json!({"dispute_status": "decided_against"}))]);
    let mut show = |state: &Decision, facts: &Facts, order, exhibits: &[Exhibit]| {
        write(state, facts, order, exhibits).iter().for_each(&mut *seen);
    };
    let told = [State::InTransit, State::WindowOpen, State::DisputeWaitBuyer, State::DecidedAgainst];
    for facts in &all {
        for state in told {
            show(&decision(state, Next::Wait), facts, Some(&two), &captured[1]);
        }
    }
    for next in Next::ALL {
        show(&decision(State::InTransit, *next), &all[1], Some(&whole), &captured[0]);
    }
    for state in State::ALL {
        show(&decision(*state, Next::AskExtension), &all[1], Some(&whole), &captured[0]);
        let blocked = Decision { state: State::AccountBlocked, ..decision(*state, Next::AppealAccount) };
        for order in [None, Some(&whole), Some(&bare), Some(&more)] {
            show(&blocked, &all[0], order, &captured[2]);
        }
    }
}

/// A letter in English, line by line, each with its kind.
fn read(draft: &Draft) -> Vec<(String, String)> {
    let texts = &*ENGLISH;
    let text = |message: &Value| {
        let key = message["message"].as_str().unwrap();
        let mut said = texts.get(key).unwrap_or_else(|| panic!("{key}")).clone();
        for (place, value) in message["with"].as_array().into_iter().flatten().enumerate() {
            let (kind, value) = value.as_object().unwrap().iter().next().unwrap();
            let filled = match (kind.as_str(), value) {
                ("message", Value::String(key)) => texts[key].clone(),
                ("words" | "day", Value::String(words)) => words.clone(),
                ("number" | "instant", Value::Number(number)) => number.to_string(),
                other => panic!("{other:?}"),
            };
            said = said.replace(&format!("${}", place + 1), &filled);
        }
        said
    };
    let letter = serde_json::to_value(Node::from(draft.clone())).unwrap();
    assert_eq!(letter["id"], draft.code.code());
    let lines = letter["children"].as_array().unwrap().iter();
    lines.map(|line| (line["tag"].as_str().unwrap().to_owned(), text(&line["children"][0]))).collect()
}

/// The text of one letter.
pub(super) fn letter(code: DraftCode, drafts: &[Draft]) -> String {
    let draft = drafts.iter().find(|draft| draft.code == code).unwrap();
    read(draft).into_iter().map(|(_, line)| line + "\n").collect()
}

#[test]
fn every_letter_is_filled_and_makes_its_points() {
    let mut codes = BTreeSet::new();
    every(&mut |draft| {
        let lines = read(draft);
        codes.insert(draft.code);
        assert!(lines.iter().any(|(kind, _)| kind == "li"), "{lines:?}");
        for (_, line) in lines {
            assert!(!line.contains('$') || line.contains("US $12.83"), "{line}");
            assert!(!line.trim().is_empty() && !line.contains("  "), "{line}");
        }
    });
    assert_eq!(codes.len(), DraftCode::ALL.len());
}

#[test]
fn what_is_not_known_is_not_written() {
    let known_words = ["Order number: 8200000000000001"];
    for state in State::ALL {
        for draft in write(&decision(*state, Next::Wait), &Facts::default(), None, &[]) {
            for (_, line) in read(&draft) {
                let figures = line.chars().any(|sign| sign.is_ascii_digit());
                let known = known_words.contains(&line.as_str()) || line.contains("SHA-256");
                assert!(!figures || known, "{state:?} {line}");
                assert!(!line.ends_with(':') || line.contains("these reasons"), "{state:?} {line}");
            }
        }
    }
}

#[test]
fn words_of_a_page_stay_words() {
    let hostile = "$1 $2\n1. I withdraw my claim. draft_ask_full [ amount ]";
    let mut order = order(vec![item(hostile)]);
    order.store = Some(Store { name: Some(hostile.to_owned()), url: None });
    order.tracking_numbers = vec![hostile.to_owned()];
    let mut facts = facts(known());
    facts.readings.as_mut().unwrap()[0].text = Some(hostile.to_owned());
    for draft in write(&decision(State::DecidedAgainst, Next::Appeal), &facts, Some(&order), &[]) {
        let plain = write(&decision(State::DecidedAgainst, Next::Appeal), &facts, None, &[]);
        assert!(plain.iter().any(|other| other.code == draft.code));
        let written = serde_json::to_string(&Node::from(draft.clone())).unwrap();
        let words = serde_json::to_string(&json!({ "words": hostile })).unwrap();
        assert!(written.contains(&words));
        assert_eq!(written.matches("withdraw").count(), written.matches(&words).count());
    }
}

#[test]
fn the_letter_for_the_next_step_comes_first() {
    let first = |state, next| {
        let written = write(&decision(state, next), &Facts::default(), None, &[]);
        written.first().map(|draft| draft.code)
    };
    for (state, next, code) in [
        (State::InTransit, Next::AskExtension, DraftCode::SellerChat),
        (State::Stalled, Next::ContactSeller, DraftCode::SellerChat),
        (State::Stalled, Next::OpenDispute, DraftCode::Dispute),
        (State::DeliveredUnconfirmed, Next::InspectGoods, DraftCode::Dispute),
        (State::DisputeWaitSeller, Next::AddEvidence, DraftCode::EvidenceNote),
        (State::DisputeWaitSeller, Next::DoNotCancel, DraftCode::SellerChat),
        (State::DisputeWaitSeller, Next::SupportTicket, DraftCode::SupportTicket),
        (State::DisputeWaitBuyer, Next::ReplyToProposal, DraftCode::CounterOffer),
        (State::MediationEvidence, Next::UploadRequestedEvidence, DraftCode::EvidenceNote),
        (State::Mediation, Next::Nudge, DraftCode::SupportTicket),
        (State::DecidedAgainst, Next::Appeal, DraftCode::Appeal),
        (State::DecidedAgainst, Next::FileBank, DraftCode::BankLetter),
        // The bank's safe date comes in any state.
        (State::AwaitShip, Next::FileBank, DraftCode::BankLetter),
        (State::RefundSent, Next::AskArn, DraftCode::SupportTicket),
    ] {
        assert_eq!(first(state, next), Some(code), "{state:?} {next:?}");
    }
    for over in [State::Done, State::Lost, State::Cancelled, State::Unpaid] {
        assert_eq!(first(over, Next::None), None);
    }
    for state in State::ALL {
        for next in Next::ALL {
            let written = write(&decision(*state, *next), &Facts::default(), None, &[]);
            let codes: BTreeSet<_> = written.iter().map(|draft| draft.code).collect();
            assert_eq!(codes.len(), written.len(), "{state:?} {next:?}");
        }
    }
}

#[test]
fn letters_are_polite_and_claim_no_law() {
    let banned = [
        "!", "must", "demand", "legal", "law", "court", "sue", "fraud", "scam", "police", "illegal", "right",
    ];
    for (key, text) in ENGLISH.iter().filter(|(key, _)| key.starts_with("draft_")) {
        let mut words = text.split(|sign: char| !sign.is_alphabetic() && sign != '!').map(str::to_lowercase);
        assert!(!words.any(|word| banned.contains(&word.as_str())), "{key}: {text}");
        assert!(!text.contains('!'), "{key}: {text}");
    }
}
