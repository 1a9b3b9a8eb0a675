//! Captures: kept with their entry of the chain, deleted with a tombstone, packed into an archive that holds.

use super::*;
use crate::{
    app::{Archive, Documents, Packing, tombstone},
    case::{Held, RungName},
    evidence::{
        CaptureId, CaptureRecord, CaseDocument, ChainDocument, ChainEvent, DeletionReason, DossierContent,
        Record, check, verify,
    },
    page::PageKind,
};

impl Buyer {
    fn delete(&self, name: &str, now: DateTime<Utc>) {
        let vault = self.app.store.kept();
        let tombstone = tombstone(&vault.records[&id(name)], vault.chain.last(), None, &moment(now));
        self.app.store.erase(&id(name), tombstone);
    }

    /// The dossier, as our own page makes it.
    fn archive(&self, order_id: &str, now: DateTime<Utc>) -> Result<Archive, AppError> {
        let request = json!({"report": {"order_id": order_id}});
        let PageAnswer::Report(report) = self.ask_page(request, now)? else { panic!() };
        let vault = self.app.store.kept();
        let of_order = |record: &&Record| record.order_id() == Some(order_id);
        let records: Vec<_> = vault.records.values().filter(of_order).collect();
        let packing = json!({"order_id": order_id, "records": records, "chain": vault.chain, "keys": [], "stamps": [],
            "made_ms": now.timestamp_millis(), "extension_version": "0.1.0"});
        let packing = || serde_json::from_value::<Packing>(packing.clone()).unwrap();
        let Documents { case, chain } = packing().documents()?;
        let mut case = serde_json::to_value(&case).unwrap();
        case["case"] = serde_json::to_value(&report).unwrap();
        packing().archive(case.to_string(), serde_json::to_string(&chain).unwrap())
    }
}

fn id(text: &str) -> CaptureId {
    CaptureId::try_from(text.to_owned()).unwrap()
}

#[test]
fn a_capture_is_kept_with_its_record_and_an_entry_of_the_chain() {
    let buyer = Buyer::new();
    let kept = buyer.keep("capture-1", &json!({}), noon(7)).unwrap();
    assert_eq!(
        kept,
        Kept {
            capture_id: id("capture-1"),
            order_id: Some(ORDER.to_owned()),
            sha256: Sha256::of(PICTURE).to_string(),
        }
    );
    let vault = buyer.app.store.kept();
    let Record::Capture(record) = &vault.records[&id("capture-1")] else { panic!() };
    assert_eq!((record.captured_at, record.zone.as_str()), (noon(7), "Europe/Berlin"));
    assert_eq!(record.captured_at_local(), "2026-09-07T14:00:00.000+02:00");
    assert_eq!(
        (record.page, record.viewport.width, record.viewport.height),
        (PageKind::OrderDetail, 1280, 800)
    );
    assert_eq!(vault.chain.len(), 1);
    assert_eq!(vault.chain[0].event, ChainEvent::captured(record));
    assert!(verify(&vault.chain).is_ok());
}

#[test]
fn what_was_read_on_the_page_stands_beside_its_picture_and_nothing_of_another_page() {
    let buyer = Buyer::new();
    let read = snapshot(&detail_url(ORDER), &[order(&[field("status", "class", &["Awaiting delivery"])])]);
    let draft = |url: String| json!({"url": url, "snapshot": read, "layouts": "0123456789ab"});
    buyer.keep("capture-1", &draft(format!("{}#top", detail_url(ORDER))), noon(7)).unwrap();
    buyer.keep("capture-2", &draft(tracking_url(ORDER)), noon(7)).unwrap();
    let vault = buyer.app.store.kept();
    let record = |name| match &vault.records[&id(name)] {
        Record::Capture(record) => record,
        Record::Attachment(_) => panic!(),
    };
    assert_eq!(
        record("capture-1").text.as_deref(),
        Some("[page]\ntitle: AliExpress\n[order]\nstatus: Awaiting delivery\n")
    );
    assert_eq!(record("capture-1").layout_version.as_deref(), Some("current 0123456789ab"));
    assert_eq!((&record("capture-2").text, &record("capture-2").layout_version), (&None, &None));
    // The digest of the record covers it.
    let other = CaptureRecord { text: None, ..record("capture-1").clone() };
    assert_ne!(other.digest(), record("capture-1").digest());
}

#[test]
fn a_capture_belongs_to_the_order_of_its_address_else_to_the_only_one_on_the_page() {
    for (url, orders, expected) in [
        (detail_url(ORDER), json!([OTHER]), Some(ORDER)),
        ("https://www.aliexpress.com/p/reverse-pages/detail.html".to_owned(), json!([OTHER]), Some(OTHER)),
        (LIST_URL.to_owned(), json!([ORDER, OTHER]), None),
        (LIST_URL.to_owned(), json!([null]), None),
        (LIST_URL.to_owned(), json!([]), None),
        (String::new(), json!([]), None),
    ] {
        let kept = Buyer::new().keep("capture-1", &json!({"url": url, "orders": orders}), noon(7)).unwrap();
        assert_eq!(kept.order_id.as_deref(), expected, "{url} {orders}");
    }
}

#[test]
fn a_capture_that_cannot_be_described_is_refused_before_anything_is_stored() {
    let buyer = Buyer::new();
    let digest = Sha256::of(PICTURE).to_string();
    for (capture_id, changes, digest) in [
        ("", json!({}), digest.as_str()),
        ("../capture", json!({}), &digest),
        ("capture-1", json!({"device_pixel_ratio": 0}), &digest),
        ("capture-1", json!({"device_pixel_ratio": 1e9}), &digest),
        ("capture-1", json!({}), "not a digest"),
        ("capture-1", json!({}), &digest.to_uppercase()),
    ] {
        let error = buyer.keep_as(draft(&changes), digest, capture_id, noon(7)).unwrap_err();
        assert!(matches!(error, AppError::Draft(_)), "{capture_id} {changes}: {error:?}");
    }
    assert_eq!(buyer.app.store.kept(), Buyer::new().app.store.kept());
    // A picture of a type that is not known is not even a draft.
    assert!(serde_json::from_value::<crate::evidence::MediaType>(json!("html")).is_err());
}

#[test]
fn a_deleted_capture_leaves_a_tombstone() {
    let buyer = Buyer::new();
    for name in ["capture-1", "capture-2"] {
        buyer.keep(name, &json!({}), noon(7)).unwrap();
    }
    buyer.delete("capture-1", noon(8));
    let vault = buyer.app.store.kept();
    assert!(!vault.records.contains_key(&id("capture-1")) && vault.records.contains_key(&id("capture-2")));
    let last = vault.chain.last().unwrap();
    assert!(matches!(
        &last.event,
        ChainEvent::Deleted { capture_id, reason: Some(DeletionReason::User), .. } if *capture_id == id("capture-1")
    ));
    assert_eq!(verify(&vault.chain).unwrap().entries, 3);
}

#[test]
fn the_archive_of_an_order_holds() {
    let buyer = Buyer::new();
    let seen = detail(
        ORDER,
        "Awaiting delivery",
        &["Order placed on: Sep 1, 2026"],
        &["Refund if no delivery before Oct 30, 2026"],
    );
    buyer.see(&seen, noon(7));
    buyer.keep("capture-1", &json!({}), noon(7)).unwrap();
    buyer.keep("capture-2", &json!({"url": detail_url(OTHER)}), noon(7)).unwrap();
    buyer.keep("capture-3", &json!({"url": tracking_url(ORDER)}), noon(7) - hours(1)).unwrap();
    buyer.keep("capture-4", &json!({}), noon(8)).unwrap();
    buyer.delete("capture-4", noon(8));

    let Archive { name, files } = buyer.archive(ORDER, noon(9)).unwrap();
    assert_eq!(name, format!("redress-{ORDER}-20260909T120000Z.zip"));
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "README.txt",
            "case.json",
            "chain.json",
            "captures/01-order_detail-20260907T120000Z.png",
            "captures/02-tracking-20260907T110000Z.png",
            "SHA256SUMS",
        ]
    );
    let text = |path: &str| match &files.iter().find(|file| file.path == path).unwrap().content {
        DossierContent::Text(text) => text.as_str(),
        other => panic!("{other:?}"),
    };
    let case: CaseDocument<Value> = serde_json::from_str(text("case.json")).unwrap();
    let chain: ChainDocument = serde_json::from_str(text("chain.json")).unwrap();
    assert_eq!(check(&case, &chain), []);
    assert_eq!(chain.entries.len(), 5);
    assert!(!text("chain.json").contains(OTHER), "the chain names another order");

    // What is said of the case is what is shown, with the words it rests on.
    assert_eq!(case.case["state"], "in_transit");
    assert_eq!(case.case["zone"], "Europe/Berlin");
    assert_eq!(case.case["deadlines"][0]["rule"], "page");
    let basis = case.case["deadlines"][0]["basis"].as_str().unwrap();
    assert!(basis.contains("Refund if no delivery before Oct 30, 2026"), "{basis}");
    assert_eq!(case.case["pages"][0]["read_at"], "2026-09-07T12:00:00Z");
}

#[test]
fn a_spoilt_vault_gives_no_archive() {
    let buyer = Buyer::new();
    buyer.keep("capture-1", &json!({}), noon(7)).unwrap();
    // The same id again, as a store that lost its own check would take it.
    buyer.keep("capture-1", &json!({}), noon(8)).unwrap();
    assert!(matches!(buyer.archive(ORDER, noon(9)), Err(AppError::Evidence(_))));
}

#[test]
fn an_order_that_is_not_known_has_an_archive_without_captures() {
    let buyer = Buyer::new();
    let archive = buyer.archive(ORDER, noon(7)).unwrap();
    assert_eq!(archive.files.len(), 4);
    assert!(matches!(buyer.archive("abc", noon(7)), Err(AppError::Evidence(_))));
}

#[test]
fn a_capture_counts_as_evidence_and_shows_in_the_dossier() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &[]), noon(7));
    buyer.keep("capture-2", &json!({"url": tracking_url(ORDER)}), noon(7) + hours(1)).unwrap();
    buyer.keep("capture-1", &json!({}), noon(7)).unwrap();

    let file = buyer.file(ORDER).unwrap();
    let records = buyer.app.store.kept().records;
    let prepared = crate::app::screen::Prepared::new(file, records.values(), None, &moment(noon(8)));
    let held = |page| {
        let rungs = prepared.ladder.iter().filter(|rung| rung.name == RungName::SellerChat);
        rungs.flat_map(|rung| &rung.evidence).any(|evidence| evidence.held == Held::Capture(page))
    };
    assert!(held(PageKind::OrderDetail) && held(PageKind::Tracking) && !held(PageKind::Snapshot));

    let dossier = buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(8));
    let view = tree(&dossier.view);
    let exhibits = with_class(&view, "exhibit");
    let ids: Vec<_> = exhibits.iter().map(|exhibit| exhibit["id"].clone()).collect();
    // As in the archive: in the order of the chain, not of the clock.
    assert_eq!(ids, ["exhibit-capture-2", "exhibit-capture-1"]);
    assert!(with_class(&view, "ask").is_empty());

    let asking = buyer.screen(json!({"dossier": {"order_id": ORDER, "capture_id": "capture-2"}}), noon(8));
    let view = tree(&asking.view);
    let asked = with_class(&view, "ask");
    assert_eq!(asked.len(), 1);
    let delete = json!({"do": "delete", "capture_id": "capture-2"});
    assert_eq!(elements(asked[0], &|element| element["action"] == delete).len(), 1);
}
