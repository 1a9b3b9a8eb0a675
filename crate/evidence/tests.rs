//! A small vault with two orders, and what must be found in it and in its dossier.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::page::PageKind;

pub(super) const ORDER: &str = "8200000000000001";
const OTHER_ORDER: &str = "8200000000000002";

pub(super) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn record(id: &str, order: &str, captured_at: &str) -> CaptureRecord {
    CaptureRecord {
        id: CaptureId::try_from(id.to_owned()).unwrap(),
        order_id: Some(order.to_owned()),
        page: PageKind::OrderDetail,
        mode: CaptureMode::Viewport,
        trigger: CaptureTrigger::ContextMenu,
        captured_at: instant(captured_at),
        zone: "America/St_Johns".to_owned(),
        utc_offset_minutes: UtcOffset::try_from(-210).unwrap(),
        url: format!("https://www.aliexpress.com/p/order/detail.html?orderId={order}"),
        title: "Order\ndetails \\ заказ".to_owned(),
        viewport: Viewport { width: 1280, height: 800 },
        device_pixel_ratio: PixelRatio::try_from(1.25).unwrap(),
        browser: "Chromium 156".to_owned(),
        extension_version: "0.1.0".to_owned(),
        layout_version: Some("3".to_owned()),
        policy_version: None,
        media_type: MediaType::Png,
        bytes: 1234,
        sha256: Sha256::of(id),
        part: None,
        tiles: Vec::new(),
        text: None,
    }
}

/// The records of [`ORDER`] that were kept, and the chain: capture, foreign capture, capture (clock set back),
/// deletion of the first, foreign capture.
pub(super) fn vault() -> (Vec<Record>, Vec<ChainEntry>) {
    let first = record("cap-1", ORDER, "2026-11-23T10:29:05.123Z");
    let foreign = record("cap-2", OTHER_ORDER, "2026-11-23T10:30:00.000Z");
    let kept = record("cap-3", ORDER, "2026-11-23T09:59:59.999Z");
    let last = record("cap-4", OTHER_ORDER, "2026-11-24T00:00:00.000Z");
    let deletion = ChainEvent::deleted(&first.clone().into(), Some(DeletionReason::User));
    let mut entries = Vec::new();
    for (event, at) in [
        (ChainEvent::captured(&first), "2026-11-23T10:29:05.200Z"),
        (ChainEvent::captured(&foreign), "2026-11-23T10:30:00Z"),
        (ChainEvent::captured(&kept), "2026-11-23T10:00:00.1234567Z"),
        (deletion, "2026-11-23T10:00:01Z"),
        (ChainEvent::captured(&last), "2026-11-24T00:00:00Z"),
    ] {
        entries.push(append(entries.last(), event, instant(at), None));
    }
    (vec![kept.into()], entries)
}

fn dossier() -> Dossier {
    let (records, entries) = vault();
    Dossier::new(
        ORDER.to_owned(),
        records,
        entries,
        instant("2026-12-01T12:00:00Z"),
        "0.1.0".to_owned(),
        Vec::new(),
        Vec::new(),
    )
    .unwrap()
}

fn kind(entries: &[ChainEntry]) -> (usize, ChainErrorKind) {
    let error = verify(entries).unwrap_err();
    (error.place, error.kind)
}

#[test]
fn digests_are_what_sha256sum_makes_of_the_text() {
    // Computed by another program (Python's hashlib) from the rules in the module's documentation.
    let (records, entries) = vault();
    assert_eq!(
        records[0].digest().to_string(),
        "44a25ad996f45a3a867ccac85ad34e2a6d120b9718c16b3762548cdc04680474"
    );
    assert_eq!(
        entries[3].hash.to_string(),
        "932b50affd74aa18bd5785fc3acee3403f88eb54f795cce96491aead2b1d12d9"
    );
}

#[test]
fn names_are_those_of_the_json() {
    let json = |value: Value| value.as_str().unwrap().to_owned();
    for page in [
        PageKind::OrderList,
        PageKind::OrderDetail,
        PageKind::Tracking,
        PageKind::DisputeList,
        PageKind::DisputeDetail,
        PageKind::Chat,
        PageKind::Snapshot,
        PageKind::Login,
        PageKind::NotOurs,
        PageKind::Unknown,
    ] {
        assert_eq!(page.code(), json(serde_json::to_value(page).unwrap()));
    }
    for mode in [CaptureMode::Viewport, CaptureMode::FullPage, CaptureMode::Region] {
        assert_eq!(mode.code(), json(serde_json::to_value(mode).unwrap()));
    }
    for trigger in
        [CaptureTrigger::Popup, CaptureTrigger::Command, CaptureTrigger::ContextMenu, CaptureTrigger::Overlay]
    {
        assert_eq!(trigger.code(), json(serde_json::to_value(trigger).unwrap()));
    }
    assert_eq!(MediaType::Png.code(), json(serde_json::to_value(MediaType::Png).unwrap()));
}

#[test]
fn a_record_survives_json_and_refuses_what_its_digest_would_not_cover() {
    let (records, _) = vault();
    let json = serde_json::to_value(&records[0]).unwrap();
    assert_eq!(json["captured_at"], "2026-11-23T09:59:59.999Z");
    assert_eq!(serde_json::from_value::<Record>(json.clone()).unwrap(), records[0]);
    for (key, value) in [
        ("note", Value::from("x")),
        ("bytes", Value::from(1_u64 << 53)),
        ("captured_at", Value::from("2026-11-23T10:59:59.999+01:00")),
        ("captured_at", Value::from("2026-11-23T09:59:59Z")),
        ("sha256", Value::from("AB")),
    ] {
        let mut changed = json.clone();
        changed[key] = value;
        assert!(serde_json::from_value::<Record>(changed).is_err(), "{key}");
    }
}

#[test]
fn a_good_chain_holds_and_a_clock_set_back_is_a_note() {
    let (_, entries) = vault();
    let report = verify(&entries).unwrap();
    assert_eq!((report.entries, report.head), (5, Some(entries[4].hash)));
    assert_eq!(report.clock_steps, [ClockStep { seq: 3, back: TimeDelta::milliseconds(1_799_877) }]);
    assert_eq!(verify(&[]).unwrap().head, None);
}

#[test]
fn the_first_wrong_entry_is_named() {
    let (records, entries) = vault();
    let mut dropped = entries.clone();
    dropped.remove(1);
    assert_eq!(kind(&dropped), (2, ChainErrorKind::Seq { expected: 2 }));

    let mut moved = entries.clone();
    moved.swap(1, 2);
    assert_eq!(kind(&moved), (2, ChainErrorKind::Seq { expected: 2 }));

    let mut edited = entries.clone();
    edited[2].at += TimeDelta::milliseconds(1);
    assert_eq!(kind(&edited), (3, ChainErrorKind::Hash));

    // Rehashed, the edited entry no longer leads to the next.
    edited[2].hash = Sha256::of(edited[2].canonical_text());
    assert_eq!(kind(&edited), (4, ChainErrorKind::Prev));

    let Record::Capture(kept) = &records[0] else { panic!() };
    let again = ChainEvent::captured(kept);
    let unknown = ChainEvent::deleted(&record("cap-9", ORDER, "2026-11-23T00:00:00Z").into(), None);
    let mut other = kept.clone();
    other.title.clear();
    let id = kept.id.clone();
    for (event, expected) in [
        (again, ChainErrorKind::CapturedTwice(id.clone())),
        (unknown, ChainErrorKind::DeletedUnknown(CaptureId::try_from("cap-9".to_owned()).unwrap())),
        (ChainEvent::deleted(&other.into(), None), ChainErrorKind::DeletedOther(id)),
    ] {
        let mut more = entries.clone();
        more.push(append(more.last(), event, more[4].at, None));
        assert_eq!(kind(&more), (6, expected));
    }
    let mut twice = entries.clone();
    twice.push(append(twice.last(), entries[3].event.clone(), entries[4].at, None));
    assert!(matches!(kind(&twice), (6, ChainErrorKind::DeletedTwice(_))));
}

#[test]
fn a_dossier_is_made_only_from_what_verifies() {
    let (records, entries) = vault();
    let make = |records: &[Record], entries: &[ChainEntry], order: &str| {
        let (now, version) = (instant("2026-12-01T12:00:00Z"), "0.1.0".to_owned());
        Dossier::new(
            order.to_owned(),
            records.to_vec(),
            entries.to_vec(),
            now,
            version,
            Vec::new(),
            Vec::new(),
        )
        .map(|_| ())
        .unwrap_err()
    };
    let kept = &records[0];
    let capture_id = kept.id().clone();
    let Record::Capture(mut changed) = kept.clone() else { panic!() };
    changed.url.push('x');
    let foreign = record("cap-2", OTHER_ORDER, "2026-11-23T10:30:00.000Z");
    let deleted = record("cap-1", ORDER, "2026-11-23T10:29:05.123Z");
    let unlogged = record("cap-9", ORDER, "2026-11-23T10:29:05.123Z");

    assert_eq!(make(&[], &entries, ORDER), DossierError::Withheld { capture_id: capture_id.clone(), seq: 3 });
    assert_eq!(make(&[changed.into()], &entries, ORDER), DossierError::RecordChanged { capture_id, seq: 3 });
    assert!(matches!(make(&[kept.clone(), kept.clone()], &entries, ORDER), DossierError::OutOfOrder { .. }));
    assert!(matches!(
        make(&[foreign.into(), kept.clone()], &entries, ORDER),
        DossierError::ForeignRecord { .. }
    ));
    assert!(matches!(
        make(&[deleted.into(), kept.clone()], &entries, ORDER),
        DossierError::Deleted { seq: 4, .. }
    ));
    assert!(matches!(
        make(&[unlogged.into(), kept.clone()], &entries, ORDER),
        DossierError::NotInChain { .. }
    ));
    assert!(matches!(make(&records, &entries[1..], ORDER), DossierError::Chain(_)));
    assert_eq!(make(&[], &[], "82e1"), DossierError::OrderId);
}

#[test]
fn files_of_a_dossier() {
    let dossier = dossier();
    let files = dossier.assemble("{}".to_owned(), "[]".to_owned());
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    let picture = "captures/01-order_detail-20261123T095959Z.png";
    assert_eq!(paths, ["README.txt", "case.json", "chain.json", picture, "SHA256SUMS"]);
    assert!(paths.iter().all(|path| is_safe_path(path)));
    assert_eq!(files[3].bytes, 1234);
    assert_eq!(files[3].content, DossierContent::Capture(CaptureId::try_from("cap-3".to_owned()).unwrap()));
    assert_eq!(dossier.exhibits()[0].captured_at_local.as_deref(), Some("2026-11-23T06:29:59.999-03:30"));

    let DossierContent::Text(readme) = &files[0].content else { panic!("the first file is a text") };
    assert!(readme.is_ascii() && !readme.contains('{') && !readme.contains('}'), "{readme}");
    assert!(readme.contains("  -  capture cap-1 (entry 1) was deleted (entry 4)\n"), "{readme}");
    assert!(!readme.contains(OTHER_ORDER) && !readme.contains("details"), "{readme}");
}

#[test]
fn nothing_of_another_order_is_in_a_dossier() {
    let dossier = dossier();
    let json = serde_json::to_string(&dossier.case_document(())).unwrap()
        + &serde_json::to_string(&dossier.chain_document()).unwrap();
    assert!(json.contains(ORDER) && !json.contains(OTHER_ORDER));
}

#[test]
fn names_sort_also_with_many_exhibits() {
    let (records, _) = vault();
    let exhibits = Exhibit::number(vec![records[0].clone(); 100], &[]);
    assert!(exhibits.is_sorted_by(|one, next| one.file < next.file));
    assert!(exhibits[0].file.as_ref().unwrap().starts_with("captures/001-"));
}

/// Every byte of both documents, changed in several ways: it is no longer read, or means the same, or is found.
#[test]
fn every_changed_byte_is_found() {
    let dossier = dossier();
    let (case, chain) = (dossier.case_document(()), dossier.chain_document());
    assert_eq!(check(&case, &chain), []);
    let (case_json, chain_json) = (serde_json::to_vec(&case).unwrap(), serde_json::to_vec(&chain).unwrap());
    let mut read = 0;
    for mask in [1_u8, 2, 0x10, 0x20, 0x80] {
        for place in 0..chain_json.len() {
            let mut json = chain_json.clone();
            json[place] ^= mask;
            if let Ok(changed) = serde_json::from_slice::<ChainDocument>(&json) {
                read += 1;
                assert!(changed == chain || !check(&case, &changed).is_empty(), "chain, {place}, {mask}");
            }
        }
        for place in 0..case_json.len() {
            let mut json = case_json.clone();
            json[place] ^= mask;
            if let Ok(mut changed) = serde_json::from_slice::<CaseDocument<()>>(&json) {
                read += 1;
                // What the chain does not cover is covered by SHA256SUMS alone, and README.txt says so.
                changed.created_at = case.created_at;
                changed.extension_version.clone_from(&case.extension_version);
                assert!(changed == case || !check(&changed, &chain).is_empty(), "case, {place}, {mask}");
            }
        }
    }
    assert!(read > 1000, "the test must reach behind the parser: {read}");
}

proptest! {
    #[test]
    fn any_chain_that_append_makes_holds_until_an_entry_is_dropped_or_moved(
        orders in prop::collection::vec(1..4_u8, 2..20), steps in prop::collection::vec(-5000..5000_i64, 20),
        at in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
    ) {
        let mut entries: Vec<ChainEntry> = Vec::new();
        let mut now = instant("2026-01-01T00:00:00Z");
        for (number, (order, step)) in orders.iter().zip(steps).enumerate() {
            now += TimeDelta::milliseconds(step);
            let record = record(&format!("cap-{number}"), &format!("820000000000000{order}"), "2026-01-01T00:00:00Z");
            entries.push(append(entries.last(), ChainEvent::captured(&record), now, None));
        }
        prop_assert!(verify(&entries).is_ok());

        let (at, to) = (at.index(entries.len()), to.index(entries.len()));
        let mut dropped = entries.clone();
        dropped.remove(at);
        // Only the end can go without breaking the chain; the head then shows it.
        prop_assert!(verify(&dropped).is_err() || ChainHead::of(&dropped) != ChainHead::of(&entries));

        let mut moved = entries.clone();
        moved.swap(at, to);
        prop_assert_eq!(verify(&moved).is_ok(), at == to);
    }
}
