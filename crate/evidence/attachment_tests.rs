//! Attachments beside captures: their digest, their place in the log, and what must be found in a dossier with them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::*;

const ORDER: &str = "8200000000000001";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn attachment(id: &str) -> AttachmentRecord {
    AttachmentRecord {
        id: CaptureId::try_from(id.to_owned()).unwrap(),
        order_id: ORDER.to_owned(),
        what: AttachmentKind::Photo,
        added_at: instant("2026-11-23T10:29:05.123Z"),
        zone: "Europe/Berlin".to_owned(),
        utc_offset_minutes: UtcOffset::try_from(60).unwrap(),
        name: OneLine::of("фото 1.jpg"),
        file_modified_at: Some(instant("2026-11-20T08:00:00.000Z")),
        caption: OneLine::of("The box \\ from above"),
        media_type: MediaType::Jpeg,
        bytes: 1234,
        sha256: Sha256::of(id),
        kept: KeptAs::Copy,
        extension_version: "0.1.0".to_owned(),
    }
}

/// A photo, a note, and a video of which the digest is kept.
fn records() -> Vec<Record> {
    let note = AttachmentRecord {
        what: AttachmentKind::Note,
        media_type: MediaType::Text,
        name: None,
        file_modified_at: None,
        caption: None,
        ..attachment("note")
    };
    let video = AttachmentRecord {
        what: AttachmentKind::Video,
        media_type: MediaType::Mp4,
        kept: KeptAs::Reference,
        ..attachment("video")
    };
    [attachment("photo"), note, video].map(Record::from).into()
}

fn chain(records: &[Record]) -> Vec<ChainEntry> {
    let mut entries: Vec<ChainEntry> = Vec::new();
    for record in records {
        entries.push(append(entries.last(), record.event(), instant("2026-11-23T10:30:00Z"), None));
    }
    entries
}

fn dossier(records: Vec<Record>, entries: Vec<ChainEntry>) -> Result<Dossier, DossierError> {
    let now = instant("2026-12-01T12:00:00Z");
    Dossier::new(ORDER.to_owned(), records, entries, now, "0.1.0".to_owned(), Vec::new(), Vec::new())
}

#[test]
fn a_digest_is_what_sha256sum_makes_of_the_text() {
    // Computed by another program (Python's hashlib) from the rules in the module's documentation.
    assert_eq!(
        attachment("photo").digest().to_string(),
        "8510bede247fcd3132004602308dbeda2d1baafbc1ae10ff7618af24bb3dd5b5"
    );
}

#[test]
fn a_record_survives_json_and_refuses_what_its_digest_would_not_cover() {
    let good = serde_json::to_value(Record::from(attachment("photo"))).unwrap();
    assert_eq!(
        (&good["kind"], &good["what"], &good["kept"]),
        (&json!("attachment"), &json!("photo"), &json!("copy"))
    );
    for record in records() {
        let json = serde_json::to_value(&record).unwrap();
        assert_eq!(serde_json::from_value::<Record>(json).unwrap(), record);
    }
    for (key, value) in [
        ("kind", json!("capture")),
        ("kind", Value::Null),
        ("what", json!("video")),
        ("what", Value::Null),
        ("kept", json!("both")),
        ("order_id", Value::Null),
        ("name", json!("a\nb")),
        ("name", json!("")),
        ("caption", json!("a\u{202e}b")),
        ("caption", json!("a".repeat(501))),
        ("media_type", json!("text/html")),
        ("bytes", json!(1_u64 << 53)),
        ("added_at", json!("2026-11-23T10:29:05Z")),
        ("file_modified_at", json!("yesterday")),
        // Of a capture.
        ("url", json!("https://www.aliexpress.com/")),
        ("page", json!("chat")),
        ("tiles", json!([Sha256::of("a")])),
        ("note", json!("x")),
    ] {
        let mut changed = good.clone();
        changed[key] = value.clone();
        assert!(serde_json::from_value::<Record>(changed).is_err(), "{key} = {value}");
    }
}

#[test]
fn files_are_numbered_together_and_one_kept_outside_has_none() {
    let (records, entries) = (records(), chain(&records()));
    let dossier = dossier(records, entries).unwrap();
    let files = dossier.assemble("{}".to_owned(), "[]".to_owned());
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "README.txt",
            "case.json",
            "chain.json",
            "attachments/01-photo-20261123T102905Z.jpg",
            "attachments/02-note-20261123T102905Z.txt",
            "SHA256SUMS",
        ]
    );
    assert!(paths.iter().all(|path| is_safe_path(path)));
    let exhibit = serde_json::to_value(&dossier.exhibits()[0]).unwrap();
    assert_eq!(exhibit["added_at_local"], "2026-11-23T11:29:05.123+01:00");
    // Nobody shall take the time of adding for that of the photo.
    assert_eq!(exhibit.get("captured_at_local"), None);

    let DossierContent::Text(readme) = &files[0].content else { panic!("the first file is a text") };
    let outside = format!(
        "  3  kept outside this archive\n     video, 2026-11-23T10:29:05.123Z, local 2026-11-23T11:29:05.123+01:00 (Europe/Berlin)\n     SHA-256 {}\n",
        Sha256::of("video")
    );
    assert!(readme.is_ascii() && readme.contains(&outside), "{readme}");
    assert!(!readme.contains("from above"), "no words of the buyer: {readme}");
}

#[test]
fn what_was_changed_dropped_added_or_moved_is_found() {
    let (records, entries) = (records(), chain(&records()));
    let ids: Vec<CaptureId> = records.iter().map(|record| record.id().clone()).collect();
    let [Record::Attachment(photo), note, video] = records.as_slice() else { panic!() };
    let change = |change: &dyn Fn(&mut AttachmentRecord)| {
        let mut changed = photo.clone();
        change(&mut changed);
        let all = vec![changed.into(), note.clone(), video.clone()];
        dossier(all, entries.clone()).unwrap_err()
    };
    let wrong = DossierError::RecordChanged { capture_id: ids[0].clone(), seq: 1 };
    assert_eq!(change(&|record| record.caption = None), wrong);
    assert_eq!(change(&|record| record.name = OneLine::of("other.jpg")), wrong);
    assert_eq!(change(&|record| record.bytes += 1), wrong);
    assert_eq!(change(&|record| record.kept = KeptAs::Reference), wrong);
    assert_eq!(change(&|record| record.added_at += chrono::TimeDelta::milliseconds(1)), wrong);
    assert!(matches!(change(&|record| record.order_id.push('1')), DossierError::ForeignRecord { .. }));

    let dropped = dossier(vec![photo.clone().into(), note.clone()], entries.clone()).unwrap_err();
    assert_eq!(dropped, DossierError::Withheld { capture_id: ids[2].clone(), seq: 3 });
    let mut more = records.clone();
    more.push(attachment("more").into());
    assert!(matches!(dossier(more, entries.clone()), Err(DossierError::NotInChain { .. })));

    let mut moved = entries.clone();
    moved.swap(0, 1);
    assert!(matches!(dossier(records.clone(), moved), Err(DossierError::Chain(_))));

    // Logged as what it is not, with links that fit.
    let event = ChainEvent::Captured {
        capture_id: photo.id.clone(),
        record_digest: photo.digest(),
        order_tag: Some(ChainEvent::order_tag(&photo.id, ORDER)),
    };
    let alone = vec![append(None, event, instant("2026-11-23T10:30:00Z"), None)];
    assert_eq!(dossier(vec![photo.clone().into()], alone), Err(wrong));

    let mut gone = entries;
    let deletion = ChainEvent::deleted(&records[0], Some(DeletionReason::User));
    gone.push(append(gone.last(), deletion, instant("2026-11-24T10:30:00Z"), None));
    assert!(matches!(dossier(records.clone(), gone.clone()), Err(DossierError::Deleted { seq: 4, .. })));
    assert!(dossier(records[1..].to_vec(), gone).is_ok());
}

#[test]
fn a_written_event_is_read_strictly() {
    let entry = &chain(&records())[0];
    let good = serde_json::to_value(entry).unwrap();
    assert_eq!(good["event"]["kind"], "attached");
    assert_eq!(serde_json::from_value::<ChainEntry>(good.clone()).unwrap(), *entry);
    for (key, value) in [("order_tag", Value::Null), ("reason", json!("user")), ("kind", json!("added"))] {
        let mut changed = good.clone();
        changed["event"][key] = value;
        assert!(serde_json::from_value::<ChainEntry>(changed).is_err(), "{key}");
    }
}
