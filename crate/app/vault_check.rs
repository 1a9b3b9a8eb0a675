//! A backup of the vault: whether it holds, and what comes in where it is merged into another vault.
//!
//! Pictures and signatures are not looked at here: the caller has their bytes, and the browser has the keys.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseFile,
    code::codes,
    evidence::{CaptureId, ChainEntry, ChainEvent, DeletionReason, Record, Sha256, append, verify},
};

/// What a vault holds, but for its pictures and keys.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Vault {
    /// The case files, each order once.
    pub cases: Vec<CaseFile>,
    /// The records of all captures and attachments that are kept.
    pub records: Vec<Record>,
    /// The log, oldest entry first.
    pub chain: Vec<ChainEntry>,
    /// The logs of vaults that were merged into this one, as they were.
    #[serde(default)]
    pub chains: Vec<Vec<ChainEntry>>,
}

codes! {
    /// Why a vault does not hold.
    VaultFault {
        /// A log was changed.
        Chain = "chain",
        /// A record is not the one that was logged, or the log knows of no such capture, or of one that was deleted.
        Record = "record",
        /// The log knows a capture whose record is not there.
        Missing = "missing",
        /// An order has two case files.
        Case = "case",
    }
}

/// What changes in a vault that takes another one in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Merged {
    /// The entries that follow the vault's own. Those that name a key and have no signature are new and to be signed.
    pub entries: Vec<ChainEntry>,
    /// The records that come in.
    pub records: Vec<Record>,
    /// The captures and attachments that go: the other vault has deleted them.
    pub deleted: Vec<CaptureId>,
    /// The case files that are new or say more than before.
    pub cases: Vec<CaseFile>,
    /// The logs of other vaults that are to be kept, all of them.
    pub chains: Vec<Vec<ChainEntry>>,
}

/// What a log says of a capture or an attachment.
struct Logged<'e> {
    /// The event that logged it.
    event: &'e ChainEvent,
    deleted: bool,
}

/// The captures and attachments of a log.
fn logged(chain: &[ChainEntry]) -> BTreeMap<&CaptureId, Logged<'_>> {
    let mut captures = BTreeMap::new();
    for entry in chain {
        match &entry.event {
            event @ (ChainEvent::Captured { capture_id, .. } | ChainEvent::Attached { capture_id, .. }) => {
                captures.insert(capture_id, Logged { event, deleted: false });
            }
            ChainEvent::Deleted { capture_id, .. } => {
                if let Some(capture) = captures.get_mut(capture_id) {
                    capture.deleted = true;
                }
            }
        }
    }
    captures
}

fn deletions(chain: &[ChainEntry]) -> impl Iterator<Item = &CaptureId> {
    chain.iter().filter_map(|entry| match &entry.event {
        ChainEvent::Deleted { capture_id, .. } => Some(capture_id),
        ChainEvent::Captured { .. } | ChainEvent::Attached { .. } => None,
    })
}

/// Whether a log is the beginning of another one, or the same: each hash stands for all entries up to it.
fn begins(chain: &[ChainEntry], other: &[ChainEntry]) -> bool {
    let Some(last) = chain.last() else { return true };
    other.get(chain.len().saturating_sub(1)).is_some_and(|entry| entry.hash == last.hash)
}

impl Vault {
    /// The first thing that is wrong with it.
    pub fn fault(&self) -> Option<VaultFault> {
        if std::iter::once(&self.chain).chain(&self.chains).any(|chain| verify(chain).is_err()) {
            return Some(VaultFault::Chain);
        }
        let mut captures = logged(&self.chain);
        captures.retain(|_, capture| !capture.deleted);
        for record in &self.records {
            // What was taken out is there no second time.
            if captures.remove(record.id()).is_none_or(|capture| *capture.event != record.event()) {
                return Some(VaultFault::Record);
            }
        }
        if !captures.is_empty() {
            return Some(VaultFault::Missing);
        }
        let mut orders = BTreeSet::new();
        let twice = self.cases.iter().any(|file| !orders.insert(&file.order_id));
        twice.then_some(VaultFault::Case)
    }

    /// Takes another vault in that holds. Where the own log is the beginning of the other one, it is continued; else each
    /// capture that is new is logged by an entry of its own, and the other log is kept beside. What either side has deleted
    /// stays deleted. `key` is the digest of the key that will sign.
    ///
    /// Taking in the same vault again changes nothing.
    pub fn merge(&self, other: &Self, now: DateTime<Utc>, key: Option<Sha256>) -> Merged {
        let continued = begins(&self.chain, &other.chain);
        let mut chain = self.chain.clone();
        if continued {
            chain.extend(other.chain.iter().skip(self.chain.len()).cloned());
        }
        let logs = || std::iter::once(&other.chain).chain(&self.chains).chain(&other.chains);
        let gone: BTreeSet<&CaptureId> = logs().chain([&self.chain]).flat_map(|log| deletions(log)).collect();
        let theirs: BTreeMap<&CaptureId, &Record> =
            other.records.iter().map(|record| (record.id(), record)).collect();

        let before = chain.clone();
        let known = logged(&before);
        let mut log = |event| {
            let entry = append(chain.last(), event, now, key);
            chain.push(entry);
        };
        for (capture_id, capture) in
            known.iter().filter(|(id, capture)| !capture.deleted && gone.contains(*id))
        {
            let capture_id = (*capture_id).clone();
            let (record_digest, reason) = (capture.event.record_digest(), Some(DeletionReason::User));
            log(ChainEvent::Deleted { capture_id, record_digest, reason });
        }
        for entry in &other.chain {
            let id = entry.event.capture_id();
            if !known.contains_key(id)
                && !gone.contains(id)
                && let Some(record) = theirs.get(id)
            {
                log(record.event());
            }
        }

        let own: BTreeSet<&CaptureId> = self.records.iter().map(Record::id).collect();
        let now_known = logged(&chain);
        let alive = |id: &CaptureId| now_known.get(id).is_some_and(|capture| !capture.deleted);
        let records = other.records.iter().filter(|record| !own.contains(record.id()) && alive(record.id()));
        let deleted = own.iter().filter(|id| !alive(id)).map(|id| (*id).clone());
        Merged {
            records: records.cloned().collect(),
            deleted: deleted.collect(),
            cases: self.united(other),
            chains: longest(logs().filter(|log| !begins(log, &chain))),
            entries: chain.iter().skip(self.chain.len()).cloned().collect(),
        }
    }

    /// The case files of the other vault that are new here, or that say more than the own one.
    fn united(&self, other: &Self) -> Vec<CaseFile> {
        let own: BTreeMap<&String, &CaseFile> =
            self.cases.iter().map(|file| (&file.order_id, file)).collect();
        let unite = |file: &CaseFile| match own.get(&file.order_id) {
            None => Some(file.clone()),
            Some(own) => Some(own.unite(file)).filter(|united| united != *own),
        };
        other.cases.iter().filter_map(unite).collect()
    }
}

/// Those of the logs that are not the beginning of another one, each once.
fn longest<'v>(logs: impl Iterator<Item = &'v Vec<ChainEntry>>) -> Vec<Vec<ChainEntry>> {
    let mut kept: Vec<&Vec<ChainEntry>> = Vec::new();
    for log in logs {
        if kept.iter().any(|other| begins(log, other)) {
            continue;
        }
        kept.retain(|other| !begins(other, log));
        kept.push(log);
    }
    // One order, whichever side they come from.
    kept.sort_by_key(|log| log.last().map(|entry| entry.hash.to_string()));
    kept.into_iter().cloned().collect()
}
