//! The captures that a case still lacks, and the way to each page.

use serde_json::Value;

use super::trees::{AT, decision, record, view};
use crate::{
    case::{
        Decision, Evidence, Facts, Held, Item, Next, Reason, Rung, RungName, Standing, State, decide, ladder,
    },
    evidence::{CaptureMode, CaptureRecord, CaptureTrigger},
    page::PageKind,
    view::{CaseView, Node, case_page},
};

fn captured(page: PageKind) -> CaptureRecord {
    record(page, CaptureMode::Viewport, CaptureTrigger::Overlay)
}

fn known() -> Vec<(PageKind, String)> {
    let address = |page: &PageKind| (*page, format!("https://www.aliexpress.com/{}", page.code()));
    [PageKind::OrderDetail, PageKind::Tracking, PageKind::Chat].iter().map(address).collect()
}

/// The section of a case with this ladder and these captures.
fn section(rungs: &[Rung], records: &[CaptureRecord]) -> Option<Value> {
    let decision: Decision = decision(State::InTransit, Next::Wait);
    let case = CaseView { ladder: rungs, records, ..view(&decision) };
    let page = serde_json::to_value(case_page(&case, &known(), None)).unwrap();
    page["children"].as_array().unwrap().iter().find(|part| part["id"] == "captures").cloned()
}

fn lines(section: &Value) -> Vec<&Value> {
    let pad = &section["children"][1]["children"];
    pad.as_array().unwrap().last().unwrap()["children"].as_array().unwrap().iter().collect()
}

fn ids(section: &Value) -> Vec<&str> {
    lines(section).into_iter().map(|line| line["id"].as_str().unwrap()).collect()
}

fn progress(section: &Value) -> (u64, u64) {
    let with = &section["children"][1]["children"][0]["children"][0]["with"];
    (with[0]["number"].as_u64().unwrap(), with[1]["number"].as_u64().unwrap())
}

fn rung(evidence: &[(&str, bool, Held)]) -> Rung {
    let one = |(id, strengthens, held): &(&str, bool, Held)| Evidence {
        item: Item::by_id(id).unwrap(),
        strengthens: *strengthens,
        held: *held,
    };
    let evidence = evidence.iter().map(one).collect();
    Rung { name: RungName::Dispute, standing: Standing::Current, evidence }
}

/// Each page in its forms: captured, with its address, without.
pub(super) fn sections(seen: &mut dyn FnMut(&Node)) {
    for reason in Reason::ALL {
        let facts = Facts { reason: Some(*reason), ..Facts::default() };
        let decided = decide(&facts, &AT);
        let rungs = ladder(&facts, &decided, &[PageKind::Chat], &[], &[]);
        let records = [captured(PageKind::Chat)];
        seen(&case_page(&CaseView { ladder: &rungs, records: &records, ..view(&decided) }, &known(), None));
    }
}

#[test]
fn a_page_stands_once_and_what_is_asked_for_comes_first() {
    let rungs = [
        rung(&[("listing_snapshot", true, Held::Missing), ("chat", false, Held::Missing)]),
        rung(&[("chat", true, Held::Missing), ("own_photos", false, Held::Missing)]),
    ];
    let section = section(&rungs, &[]).unwrap();
    assert_eq!(ids(&section), ["capture-chat", "capture-snapshot"]);
    assert_eq!(progress(&section), (0, 2));
}

#[test]
fn a_page_that_is_missing_opens_by_its_address_or_is_reached_from_the_order() {
    let rungs = [rung(&[("chat", false, Held::Missing), ("listing_snapshot", false, Held::Missing)])];
    let section = section(&rungs, &[]).unwrap();
    let [chat, snapshot] = lines(&section)[..] else { panic!("{section}") };
    let opens = "{\"do\":\"open_page\",\"url\":\"https://www.aliexpress.com/chat\"}";
    assert!(chat.to_string().contains(opens), "{chat}");
    assert!(!chat.to_string().contains("captures_from_order"));
    assert!(snapshot.to_string().contains("captures_from_order"), "{snapshot}");
    assert!(!snapshot.to_string().contains("open_page"));
}

#[test]
fn a_captured_page_is_done_and_its_button_is_gone() {
    let by = Held::Capture(PageKind::Chat);
    let rungs = [rung(&[("chat", false, by), ("listing_snapshot", false, Held::Missing)])];
    let section = section(&rungs, &[captured(PageKind::Chat)]).unwrap();
    assert_eq!(progress(&section), (1, 2));
    let chat = lines(&section)[0];
    assert_eq!(chat["class"], "held");
    assert!(chat.to_string().contains("evidence_by_capture"));
    assert!(!chat.to_string().contains("open_page"));
}

#[test]
fn evidence_that_one_page_holds_needs_no_other_page() {
    let id = "seller_answers";
    let pages = Item::by_id(id).unwrap().pages;
    assert_eq!(pages, [PageKind::DisputeDetail, PageKind::Chat]);
    let missing = section(&[rung(&[(id, false, Held::Missing)])], &[]).unwrap();
    assert_eq!(lines(&missing).len(), pages.len());
    let held = rung(&[(id, false, Held::Capture(pages[0]))]);
    let held = section(&[held], &[captured(pages[0])]).unwrap();
    assert_eq!(progress(&held), (1, 1));
}

#[test]
fn what_no_page_holds_or_does_not_apply_makes_no_section() {
    let rungs = [rung(&[("own_photos", false, Held::Missing), ("chat", false, Held::NotApplicable)])];
    assert_eq!(section(&rungs, &[]), None);
}
