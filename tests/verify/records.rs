//! Every change of a record, at every position: in the vault, where a backup of it is brought back, and in the dossier of an
//! order; as it is, and with a log that was made to fit by somebody who has no key.

use chrono::TimeDelta;
use redress::{
    evidence::{
        AttachmentKind, AttachmentRecord, CaptureId, CaptureMode, CaptureRecord, CaptureTrigger, Dossier,
        Exhibit, KeptAs, MediaType, PixelRatio, Record, Sha256, UtcOffset,
    },
    page::PageKind,
};

use crate::{
    matrix::{Count, Kind, uncovered},
    pack::{ORDER, OTHER_ORDER, instant},
    vault::{Case, Judge, Kept},
};

fn or_x(text: &mut Option<String>) {
    text.get_or_insert_default().push('x');
}

/// A change of a record, with its name.
type Field<T> = (&'static str, fn(&mut T) -> Option<()>);

/// Every field of a record, but for the media type, of which there is one.
const FIELDS: &[Field<CaptureRecord>] = &[
    ("id", |record| Some(record.id = CaptureId::try_from("cap-other".to_owned()).ok()?)),
    ("order", |record| {
        let other = if record.order_id.as_deref() == Some(ORDER) { OTHER_ORDER } else { ORDER };
        Some(record.order_id = Some(other.to_owned()))
    }),
    ("no order", |record| record.order_id.take().map(|_| ())),
    ("page", |record| Some(record.page = PageKind::Chat)),
    ("mode", |record| Some(record.mode = CaptureMode::Region)),
    ("trigger", |record| Some(record.trigger = CaptureTrigger::Command)),
    ("time", |record| Some(record.captured_at += TimeDelta::milliseconds(1))),
    ("zone", |record| Some(record.zone.push('x'))),
    ("offset", |record| Some(record.utc_offset_minutes = UtcOffset::try_from(0).ok()?)),
    ("address", |record| Some(record.url.push('x'))),
    ("title", |record| Some(record.title.push(' '))),
    ("width", |record| Some(record.viewport.width += 1)),
    ("height", |record| Some(record.viewport.height -= 1)),
    ("ratio", |record| Some(record.device_pixel_ratio = PixelRatio::try_from(1.0).ok()?)),
    ("browser", |record| Some(record.browser.clear())),
    ("extension", |record| Some(record.extension_version.push('1'))),
    ("layout changed or added", |record| Some(or_x(&mut record.layout_version))),
    ("layout removed", |record| record.layout_version.take().map(|_| ())),
    ("rules changed or added", |record| Some(or_x(&mut record.policy_version))),
    ("rules removed", |record| record.policy_version.take().map(|_| ())),
    ("size", |record| Some(record.bytes += 1)),
    ("digest of the picture", |record| Some(record.sha256 = Sha256::of("another"))),
    ("part changed or added", |record| Some(record.part = Some("3/3".to_owned().try_into().ok()?))),
    ("part removed", |record| record.part.take().map(|_| ())),
    ("tile added", |record| Some(record.tiles.push(Sha256::of("another")))),
    ("tiles removed", |record| (!record.tiles.is_empty()).then(|| record.tiles.clear())),
    ("tiles swapped", |record| (record.tiles.len() > 1).then(|| record.tiles.swap(0, 1))),
    ("text changed or added", |record| Some(or_x(&mut record.text))),
    ("text removed", |record| record.text.take().map(|_| ())),
    ("the record of nothing", |record| Some((record.bytes, record.sha256) = (0, Sha256::of("")))),
];

/// Every field of the record of a file of the buyer's own.
const ATTACHED: &[Field<AttachmentRecord>] = &[
    ("id", |record| Some(record.id = CaptureId::try_from("cap-other".to_owned()).ok()?)),
    ("order", |record| Some(OTHER_ORDER.clone_into(&mut record.order_id))),
    ("what it is", |record| Some(record.what = AttachmentKind::CarrierStatement)),
    ("time", |record| Some(record.added_at += TimeDelta::milliseconds(1))),
    ("zone", |record| Some(record.zone.push('x'))),
    ("offset", |record| Some(record.utc_offset_minutes = UtcOffset::try_from(0).ok()?)),
    ("name changed or added", |record| Some(record.name = Some("bag.png".to_owned().try_into().ok()?))),
    ("name removed", |record| record.name.take().map(|_| ())),
    ("time of the file changed or added", |record| {
        Some(record.file_modified_at = Some(record.added_at - TimeDelta::days(1)))
    }),
    ("time of the file removed", |record| record.file_modified_at.take().map(|_| ())),
    ("words changed or added", |record| {
        Some(record.caption = Some("Another box".to_owned().try_into().ok()?))
    }),
    ("words removed", |record| record.caption.take().map(|_| ())),
    ("type", |record| Some(record.media_type = MediaType::Jpeg)),
    ("size", |record| Some(record.bytes += 1)),
    ("digest of the file", |record| Some(record.sha256 = Sha256::of("another"))),
    ("how it is kept", |record| {
        let other = if record.kept == KeptAs::Copy { KeptAs::Reference } else { KeptAs::Copy };
        Some(record.kept = other)
    }),
    ("extension", |record| Some(record.extension_version.push('1'))),
];

/// A change of a record, where it is of the kind that has the field.
type Change = Box<dyn Fn(&mut Record) -> Option<()>>;

fn fields() -> Vec<(String, Change)> {
    let captured = FIELDS.iter().map(|&(name, change)| {
        let change: Change = Box::new(move |record| match record {
            Record::Capture(record) => change(record),
            Record::Attachment(_) => None,
        });
        (name.to_owned(), change)
    });
    let attached = ATTACHED.iter().map(|&(name, change)| {
        let change: Change = Box::new(move |record| match record {
            Record::Capture(_) => None,
            Record::Attachment(record) => change(record),
        });
        (format!("own file, {name}"), change)
    });
    captured.chain(attached).collect()
}

fn set_id(record: &mut Record, id: CaptureId) {
    match record {
        Record::Capture(record) => record.id = id,
        Record::Attachment(record) => record.id = id,
    }
}

fn set_digest(record: &mut Record, digest: Sha256) {
    match record {
        Record::Capture(record) => record.sha256 = digest,
        Record::Attachment(record) => record.sha256 = digest,
    }
}

/// The records as a whole.
const PLACES: &[Kind<Kept>] = &[
    ("dropped", |kept, at| (at < kept.records.len()).then(|| drop(kept.records.remove(at)))),
    ("doubled", |kept, at| Some(kept.records.push(kept.records.get(at)?.clone()))),
    ("doubled under another id", |kept, at| {
        let mut other = kept.records.get(at)?.clone();
        set_id(&mut other, CaptureId::try_from("cap-other".to_owned()).ok()?);
        Some(kept.records.push(other))
    }),
    ("ids swapped with the next", |kept, at| {
        let (own, next) = (kept.records[at].id().clone(), kept.records.get(at + 1)?.id().clone());
        set_id(&mut kept.records[at], next);
        Some(set_id(&mut kept.records[at + 1], own))
    }),
    ("pictures swapped with the next", |kept, at| {
        let (own, next) = (kept.records[at].sha256(), kept.records.get(at + 1)?.sha256());
        set_digest(&mut kept.records[at], next);
        Some(set_digest(&mut kept.records[at + 1], own))
    }),
];

/// The log says what the records say, as far as somebody can make it who has no key.
fn logged_anew(kept: &mut Kept, good: &Kept) {
    for (record, before) in kept.records.iter().zip(&good.records).filter(|(one, other)| one != other) {
        let entries = kept.entries.iter_mut();
        for entry in entries.filter(|entry| entry.event.capture_id() == before.id()) {
            entry.event = record.event();
        }
    }
    kept.rehash(0);
}

#[test]
fn every_change_of_a_record_of_the_vault_is_found() {
    let (good, judge) = (Kept::good(), Judge::default());
    let (mut plain, mut covered) = (Count::default(), Count::default());
    let number = good.records.len();
    for (name, change) in fields() {
        let run = |count: &mut Count, is_covered: bool| {
            for at in 0..number {
                let mut changed = good.clone();
                if change(&mut changed.records[at]).is_none() || changed == good {
                    continue;
                }
                if is_covered {
                    logged_anew(&mut changed, &good);
                }
                count.judge(&format!("{name} at {at}"), judge.vault_holds(&changed));
            }
        };
        run(&mut plain, false);
        run(&mut covered, true);
    }
    plain.run((&good, number), PLACES, uncovered, |kept| judge.vault_holds(kept));
    covered.run((&good, number), PLACES, |kept, _| logged_anew(kept, &good), |kept| judge.vault_holds(kept));
    plain.assert_all_found("records of the vault, as they are", 900);
    covered.assert_all_found("records of the vault, with a log that fits", 900);
}

/// The dossier of the order, before it is written.
fn case(kept: &Kept) -> Case {
    let (order, version, now) = (ORDER.to_owned(), "0.1.0".to_owned(), instant("2026-12-01T12:00:00Z"));
    Dossier::new(order, kept.of_order(), kept.entries.clone(), now, version, Vec::new(), Vec::new())
        .unwrap()
        .case_document(())
}

/// What stands in `case.json` around the records.
const EXHIBITS: &[Kind<Case>] = &[
    ("number", |case, at| Some(case.captures[at].exhibit += 1)),
    ("file", |case, at| Some(case.captures[at].file.as_mut()?.push('x'))),
    ("file of the next", |case, at| {
        let next = case.captures.get(at + 1)?.file.clone();
        let own = std::mem::replace(&mut case.captures[at].file, next);
        Some(case.captures[at + 1].file = own)
    }),
    ("local time", |case, at| Some(case.captures[at].captured_at_local.as_mut()?.push('x'))),
    ("local time of a file of the buyer's own", |case, at| {
        Some(case.captures[at].added_at_local.as_mut()?.push('x'))
    }),
    ("dropped", |case, at| Some(drop(case.captures.remove(at)))),
    ("doubled", |case, at| Some(case.captures.insert(at, case.captures[at].clone()))),
    ("swapped with the next", |case, at| {
        (at + 1 < case.captures.len()).then(|| case.captures.swap(at, at + 1))
    }),
    ("order", |case, _| Some(OTHER_ORDER.clone_into(&mut case.order_id))),
    ("version", |case, _| Some(case.format_version += 1)),
    ("length of the log", |case, _| Some(case.chain.entries -= 1)),
    ("end of the log", |case, _| Some(case.chain.head = Sha256::of("another"))),
];

/// Numbers, names of files and local times made to fit.
fn numbered_anew(case: &mut Case, _: usize) {
    let records: Vec<Record> = case.captures.drain(..).map(|exhibit| exhibit.record).collect();
    let total = records.len();
    case.captures =
        records.into_iter().zip(1..).map(|(record, number)| Exhibit::new(number, total, record)).collect();
}

#[test]
fn every_change_of_an_exhibit_is_found() {
    let (good, judge, mut count) = (Kept::good(), Judge::default(), Count::default());
    let good_case = case(&good);
    let number = good_case.captures.len();
    for (name, change) in fields() {
        for at in 0..number {
            let mut changed = good_case.clone();
            if change(&mut changed.captures[at].record).is_none() || changed == good_case {
                continue;
            }
            count.judge(&format!("{name} at {at}"), judge.dossier_holds(&changed, &good));
            numbered_anew(&mut changed, at);
            count.judge(&format!("{name} at {at}, numbered"), judge.dossier_holds(&changed, &good));

            let mut kept = good.clone();
            let id = good_case.captures[at].record.id();
            let place = kept.records.iter().position(|record| record.id() == id).unwrap();
            kept.records[place] = changed.captures[at].record.clone();
            logged_anew(&mut kept, &good);
            changed.chain = redress::evidence::ChainHead::of(&kept.entries);
            count.judge(&format!("{name} at {at}, logged"), judge.dossier_holds(&changed, &kept));
        }
    }
    count.run((&good_case, number), EXHIBITS, uncovered, |case| judge.dossier_holds(case, &good));
    count.run((&good_case, number), EXHIBITS, numbered_anew, |case| judge.dossier_holds(case, &good));
    count.assert_all_found("exhibits of a dossier", 1200);
}
