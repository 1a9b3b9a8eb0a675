//! A vault of fifty entries as it grows over the years: before there were keys, by one key, and by the key of another browser.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::{DateTime, TimeDelta, Utc};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey, signature::Verifier as _};
use redress::{
    app::Vault,
    evidence::{
        AttachmentKind, AttachmentRecord, CaptureMode, CaptureRecord, ChainDocument, ChainEntry, ChainEvent,
        ChainFormat, DeletionReason, FORMAT_VERSION, KeptAs, MediaType, Record, Sha256, append, check,
        check_signatures, verify,
    },
    page::PageKind,
};

use crate::pack::{ORDER, OTHER_ORDER, attachment, instant, key, key_id, record, signed};

/// So many entries.
pub(crate) const LENGTH: usize = 50;
/// So many of them are from before there were keys.
const UNSIGNED: usize = 3;
/// From this one on another browser signs, which took the vault over.
const MOVED: usize = 30;

/// What a vault holds, and the public keys that come with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    pub(crate) records: Vec<Record>,
    pub(crate) entries: Vec<ChainEntry>,
    pub(crate) keys: Vec<VerifyingKey>,
}

impl Kept {
    /// Captures of two orders and of none, of the window, of whole pages and of parts, and photos of the buyer's own; each
    /// seventh entry deletes one.
    pub(crate) fn good() -> Self {
        let mut kept = Self { records: Vec::new(), entries: Vec::new(), keys: vec![] };
        let mut at = instant("2026-11-23T10:00:00.250Z");
        for place in 0..LENGTH {
            at += TimeDelta::minutes(17);
            let event = if place % 7 == 6 {
                let gone = kept.records.remove(kept.records.len() / 2);
                ChainEvent::deleted(&gone, (place % 2 == 0).then_some(DeletionReason::User))
            } else if place % 11 == 4 {
                let one = Record::from(added(place, at));
                let event = one.event();
                kept.records.push(one);
                event
            } else {
                let mut one = record(
                    &format!("cap-{place}"),
                    if place % 3 == 1 { OTHER_ORDER } else { ORDER },
                    PageKind::OrderDetail,
                    "2026-11-23T10:00:00.250Z",
                );
                one.captured_at = at;
                vary(&mut one, place);
                let event = ChainEvent::captured(&one);
                kept.records.push(one.into());
                event
            };
            let head = kept.entries.last();
            kept.entries.push(match place {
                0..UNSIGNED => append(head, event, at, None),
                UNSIGNED..MOVED => signed(head, event, at, &key(7)),
                _ => signed(head, event, at, &key(8)),
            });
        }
        kept.list(&key(7));
        kept.list(&key(8));
        kept
    }

    /// Puts the public part of a key beside the log.
    pub(crate) fn list(&mut self, key: &SigningKey) {
        self.keys.push(VerifyingKey::from(key));
    }

    /// The records of the order of the dossier.
    pub(crate) fn of_order(&self) -> Vec<Record> {
        self.records.iter().filter(|record| record.order_id() == Some(ORDER)).cloned().collect()
    }

    /// Numbers, links and digests made to fit from this place on, as somebody does who has no key.
    pub(crate) fn rehash(&mut self, from: usize) {
        for place in from..self.entries.len() {
            let (seq, prev) = match place.checked_sub(1).map(|before| &self.entries[before]) {
                None => (1, Sha256::ZERO),
                Some(before) => (before.seq + 1, before.hash),
            };
            let entry = &mut self.entries[place];
            (entry.seq, entry.prev) = (seq, prev);
            entry.hash = Sha256::of(entry.canonical_text());
        }
    }

    /// All entries from this place on made anew by another key, which is listed.
    pub(crate) fn sign_anew(&mut self, from: usize, key: &SigningKey) {
        for entry in self.entries.split_off(from) {
            self.entries.push(signed(self.entries.last(), entry.event, entry.at, key));
        }
        self.list(key);
    }
}

/// A photo of the buyer's own, every other one kept by its digest alone.
fn added(place: usize, at: DateTime<Utc>) -> AttachmentRecord {
    let kept = if place.is_multiple_of(2) { KeptAs::Copy } else { KeptAs::Reference };
    let mut one = attachment(&format!("cap-{place}"), AttachmentKind::Photo, MediaType::Png, kept);
    one.added_at = at;
    one.name = place.is_multiple_of(3).then(|| "box.png".to_owned().try_into().unwrap());
    one.file_modified_at = (!place.is_multiple_of(3)).then_some(at);
    one.caption = (!place.is_multiple_of(4)).then(|| "The box as it came".to_owned().try_into().unwrap());
    one
}

/// Each kind of capture and each field that can be missing.
fn vary(record: &mut CaptureRecord, place: usize) {
    if place % 5 == 2 {
        record.mode = CaptureMode::FullPage;
        record.part = Some(format!("{}/2", 1 + place % 2).try_into().unwrap());
        record.tiles = (0..3).map(|tile| Sha256::of(format!("{place} {tile}"))).collect();
    }
    if place % 9 == 5 {
        record.order_id = None;
    }
    record.layout_version = place.is_multiple_of(2).then(|| "current-4".to_owned());
    record.text = (!place.is_multiple_of(3)).then(|| "[order]\nstatus: Awaiting delivery\n".to_owned());
    record.policy_version = (!place.is_multiple_of(4)).then(|| "2026-07".to_owned());
}

/// Judges vaults and dossiers as a backup that is brought back and `redress verify` do. What a signature was found to be is kept:
/// most of a changed log is as it was.
#[derive(Default)]
pub(crate) struct Judge(RefCell<BTreeMap<(Sha256, Sha256, String), bool>>);

impl Judge {
    /// The log alone, with its signatures.
    pub(crate) fn log_holds(&self, kept: &Kept) -> bool {
        let keys: Vec<_> = kept.keys.iter().map(|key| (id_of(key), key)).collect();
        let holds = |key: Sha256, text: &str, signature: &redress::evidence::Signature| {
            let Some((_, public)) = keys.iter().find(|(id, _)| *id == key) else { return false };
            let about = (key, Sha256::of(text), String::from(signature.clone()));
            *self.0.borrow_mut().entry(about).or_insert_with(|| {
                let signature = Signature::from_slice(&signature.bytes().unwrap());
                signature.is_ok_and(|signature| public.verify(text.as_bytes(), &signature).is_ok())
            })
        };
        verify(&kept.entries).is_ok() && check_signatures(&kept.entries, holds).is_ok()
    }

    /// The whole vault.
    pub(crate) fn vault_holds(&self, kept: &Kept) -> bool {
        let (records, chain) = (kept.records.clone(), kept.entries.clone());
        Vault { records, chain, ..Vault::default() }.fault().is_none() && self.log_holds(kept)
    }

    /// The documents of a dossier.
    pub(crate) fn dossier_holds(&self, case: &Case, kept: &Kept) -> bool {
        let chain = ChainDocument {
            format: ChainFormat::Chain,
            format_version: FORMAT_VERSION,
            entries: kept.entries.clone(),
            keys: Vec::new(),
        };
        check(case, &chain).is_empty() && self.log_holds(kept)
    }
}

/// `case.json` of a dossier that says nothing of the case.
pub(crate) type Case = redress::evidence::CaseDocument<()>;

fn id_of(public: &VerifyingKey) -> Sha256 {
    [7, 8, 9].map(key).iter().find(|key| VerifyingKey::from(*key) == *public).map(key_id).unwrap()
}
