//! Every change of an entry of the log, at every position of fifty: as it is, and with the hashes made to fit by somebody who has
//! no key.

use chrono::TimeDelta;
use redress::evidence::{CaptureId, ChainEntry, ChainEvent, DeletionReason, Sha256};

use crate::{
    matrix::{Count, Kind, uncovered},
    pack::{key, key_id, signed},
    vault::{Judge, Kept, LENGTH},
};

fn entry(kept: &mut Kept, at: usize) -> &mut ChainEntry {
    &mut kept.entries[at]
}

fn other_id() -> CaptureId {
    CaptureId::try_from("cap-other".to_owned()).unwrap()
}

/// Bit `bit` of the signature turned over.
fn flip_signature(kept: &mut Kept, at: usize, bit: usize) -> Option<()> {
    let mut bytes = entry(kept, at).signature.as_ref()?.bytes()?;
    bytes[bit / 8] ^= 1 << (bit % 8);
    let hex = bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    entry(kept, at).signature = hex.try_into().ok();
    Some(())
}

/// What somebody else would put in: a capture that was never made, logged by another key that is not listed.
fn forged(kept: &Kept, at: usize) -> ChainEntry {
    let event =
        ChainEvent::Captured { capture_id: other_id(), record_digest: Sha256::of("forged"), order_tag: None };
    let before = at.checked_sub(1).map(|before| &kept.entries[before]);
    signed(before, event, kept.entries[at.min(LENGTH - 1)].at, &key(9))
}

/// Every field of an entry.
pub(crate) const FIELDS: &[Kind<Kept>] = &[
    ("number", |kept, at| Some(entry(kept, at).seq += 1)),
    ("time", |kept, at| Some(entry(kept, at).at += TimeDelta::milliseconds(1))),
    ("capture", |kept, at| {
        match &mut entry(kept, at).event {
            ChainEvent::Captured { capture_id, .. }
            | ChainEvent::Attached { capture_id, .. }
            | ChainEvent::Deleted { capture_id, .. } => {
                *capture_id = other_id();
            }
        }
        Some(())
    }),
    ("digest of the record", |kept, at| {
        match &mut entry(kept, at).event {
            ChainEvent::Captured { record_digest, .. }
            | ChainEvent::Attached { record_digest, .. }
            | ChainEvent::Deleted { record_digest, .. } => {
                *record_digest = Sha256::of("another");
            }
        }
        Some(())
    }),
    ("tag changed or added", |kept, at| match &mut entry(kept, at).event {
        ChainEvent::Captured { order_tag, .. } => Some(*order_tag = Some(Sha256::of("another"))),
        ChainEvent::Attached { order_tag, .. } => Some(*order_tag = Sha256::of("another")),
        ChainEvent::Deleted { .. } => None,
    }),
    ("tag removed", |kept, at| match &mut entry(kept, at).event {
        ChainEvent::Captured { order_tag, .. } => order_tag.take().map(|_| ()),
        ChainEvent::Attached { .. } | ChainEvent::Deleted { .. } => None,
    }),
    ("reason changed or added", |kept, at| match &mut entry(kept, at).event {
        ChainEvent::Deleted { reason, .. } => Some(*reason = Some(DeletionReason::OrderErased)),
        ChainEvent::Captured { .. } | ChainEvent::Attached { .. } => None,
    }),
    ("reason removed", |kept, at| match &mut entry(kept, at).event {
        ChainEvent::Deleted { reason, .. } => reason.take().map(|_| ()),
        ChainEvent::Captured { .. } | ChainEvent::Attached { .. } => None,
    }),
    ("capture made a deletion, or a deletion a capture", |kept, at| {
        let entry = entry(kept, at);
        entry.event = match entry.event.clone() {
            ChainEvent::Captured { capture_id, record_digest, .. }
            | ChainEvent::Attached { capture_id, record_digest, .. } => {
                ChainEvent::Deleted { capture_id, record_digest, reason: None }
            }
            ChainEvent::Deleted { capture_id, record_digest, .. } => {
                ChainEvent::Captured { capture_id, record_digest, order_tag: None }
            }
        };
        Some(())
    }),
    ("capture made a file of the buyer's own, or the other way round", |kept, at| {
        let entry = entry(kept, at);
        entry.event = match entry.event.clone() {
            ChainEvent::Captured { capture_id, record_digest, order_tag } => {
                ChainEvent::Attached { capture_id, record_digest, order_tag: order_tag? }
            }
            ChainEvent::Attached { capture_id, record_digest, order_tag } => {
                ChainEvent::Captured { capture_id, record_digest, order_tag: Some(order_tag) }
            }
            ChainEvent::Deleted { .. } => return None,
        };
        Some(())
    }),
    ("link", |kept, at| Some(entry(kept, at).prev = Sha256::of("another"))),
    ("hash", |kept, at| Some(entry(kept, at).hash = Sha256::of("another"))),
    ("key of nobody", |kept, at| Some(entry(kept, at).key = Some(Sha256::of("another")))),
    ("key of another entry", |kept, at| Some(entry(kept, at).key = Some(key_id(&key(9))))),
    ("key removed", |kept, at| entry(kept, at).key.take().map(|_| ())),
    ("key and signature removed", |kept, at| {
        entry(kept, at).signature = None;
        entry(kept, at).key.take().map(|_| ())
    }),
    ("signature removed", |kept, at| entry(kept, at).signature.take().map(|_| ())),
    ("signature of another entry", |kept, at| {
        let other = kept.entries[if at == LENGTH - 1 { at - 1 } else { LENGTH - 1 }].signature.clone();
        entry(kept, at).signature = other;
        Some(())
    }),
    ("signature, first bit", |kept, at| flip_signature(kept, at, 7)),
    ("signature, end of its first half", |kept, at| flip_signature(kept, at, 248)),
    ("signature, begin of its second half", |kept, at| flip_signature(kept, at, 263)),
    ("signature, last bit", |kept, at| flip_signature(kept, at, 504)),
];

/// Entries dropped, added and moved. A log whose end was cut off is in itself a log: see `beyond.rs`.
pub(crate) const PLACES: &[Kind<Kept>] = &[
    ("dropped", |kept, at| (at + 1 < LENGTH).then(|| drop(kept.entries.remove(at)))),
    ("two dropped", |kept, at| (at + 2 < LENGTH).then(|| drop(kept.entries.drain(at..at + 2)))),
    ("all before it dropped", |kept, at| Some(drop(kept.entries.drain(..at)))),
    ("doubled", |kept, at| Some(kept.entries.insert(at, kept.entries[at].clone()))),
    ("doubled at the end", |kept, at| Some(kept.entries.push(kept.entries[at].clone()))),
    ("forged before it", |kept, at| Some(kept.entries.insert(at, forged(kept, at)))),
    ("forged after it", |kept, at| Some(kept.entries.insert(at + 1, forged(kept, at + 1)))),
    ("forged in its place", |kept, at| Some(kept.entries[at] = forged(kept, at))),
    ("swapped with the next", |kept, at| (at + 1 < LENGTH).then(|| kept.entries.swap(at, at + 1))),
    ("swapped with the first", |kept, at| Some(kept.entries.swap(at, 0))),
    ("moved to the end", |kept, at| {
        let moved = kept.entries.remove(at);
        Some(kept.entries.push(moved))
    }),
    ("moved to the beginning", |kept, at| {
        let moved = kept.entries.remove(at);
        Some(kept.entries.insert(0, moved))
    }),
    ("all from it on reversed", |kept, at| Some(kept.entries[at..].reverse())),
];

#[test]
fn every_change_of_an_entry_is_found_at_every_position() {
    let (good, judge, mut count) = (Kept::good(), Judge::default(), Count::default());
    for kinds in [FIELDS, PLACES] {
        count.run((&good, LENGTH), kinds, uncovered, |kept| judge.log_holds(kept));
    }
    count.assert_all_found("entries of the log, as they are", 1400);
}

#[test]
fn every_change_of_an_entry_is_found_though_the_hashes_were_made_to_fit() {
    let (good, judge, mut count) = (Kept::good(), Judge::default(), Count::default());
    for kinds in [FIELDS, PLACES] {
        // What was moved to the beginning changes all that follows there.
        count.run((&good, LENGTH), kinds, |kept, _| kept.rehash(0), |kept| judge.log_holds(kept));
    }
    count.assert_all_found("entries of the log, with hashes that fit", 1200);
}

#[test]
fn a_deletion_that_was_undone_or_added_is_found() {
    let (good, judge, mut count) = (Kept::good(), Judge::default(), Count::default());
    let kinds: &[Kind<Kept>] = &[
        ("tombstone taken out", |kept, at| {
            let is_deletion = matches!(kept.entries[at].event, ChainEvent::Deleted { .. });
            (is_deletion && at + 1 < LENGTH).then(|| drop(kept.entries.remove(at)))
        }),
        ("deleted without a tombstone", |kept, at| {
            (at < kept.records.len()).then(|| drop(kept.records.remove(at)))
        }),
        ("deleted, with a tombstone of another key", |kept, at| {
            let gone = (at < kept.records.len()).then(|| kept.records.remove(at))?;
            let last = kept.entries.last()?;
            let event = ChainEvent::deleted(&gone, None);
            kept.entries.push(signed(Some(last), event, last.at, &key(9)));
            Some(())
        }),
    ];
    count.run((&good, LENGTH), kinds, uncovered, |kept| judge.vault_holds(kept));
    count.run((&good, LENGTH), kinds, |kept, _| kept.rehash(0), |kept| judge.vault_holds(kept));
    count.assert_all_found("deletions", 150);
}
