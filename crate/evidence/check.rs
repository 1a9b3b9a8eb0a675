//! Whether the two documents of a dossier agree.

use std::collections::BTreeMap;

use super::{
    CASE_FILE, CHAIN_FILE, CaptureId, CaseDocument, ChainDocument, ChainEntry, ChainError, ChainEvent,
    ChainHead, Exhibit, FORMAT_VERSION, Stamp, verify,
};

/// Why a dossier does not hold, or cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DossierError {
    /// An entry of the chain is wrong.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The chain ends elsewhere than `case.json` says.
    #[error("the chain has {} entries and ends in {}, but case.json says {} entries, ending in {}",
        .found.entries, .found.head, .stated.entries, .stated.head)]
    ChainHead {
        /// What the chain shows.
        found: ChainHead,
        /// What `case.json` says.
        stated: ChainHead,
    },
    /// The record's entry in the chain was deleted later.
    #[error("capture {capture_id} was deleted by entry {seq}")]
    Deleted {
        /// The capture.
        capture_id: CaptureId,
        /// The tombstone.
        seq: u32,
    },
    /// A number, file name or local time differs from what the record gives.
    #[error("exhibit {exhibit}: its number, file name or local time does not follow from its record")]
    ExhibitDiffers {
        /// Its place, 1 for the first.
        exhibit: u32,
    },
    /// A record belongs to another order, or to none.
    #[error("capture {capture_id} belongs to another order")]
    ForeignRecord {
        /// The capture.
        capture_id: CaptureId,
    },
    /// No entry of the chain logs this capture.
    #[error("capture {capture_id} is not in the chain")]
    NotInChain {
        /// The capture.
        capture_id: CaptureId,
    },
    /// The order id is not 1 to 32 digits.
    #[error("the order id is not a number of at most 32 digits")]
    OrderId,
    /// Exhibits do not stand in the order of the chain, or one stands twice.
    #[error("capture {capture_id} is repeated or out of order")]
    OutOfOrder {
        /// The capture.
        capture_id: CaptureId,
    },
    /// The record is not the one that was logged.
    #[error("the record of capture {capture_id} differs from what entry {seq} logged")]
    RecordChanged {
        /// The capture.
        capture_id: CaptureId,
        /// The entry that logged it.
        seq: u32,
    },
    /// A time-stamp is for an entry that is not there, or from before the first exhibit.
    #[error("a time-stamp for entry {entry} covers no exhibit")]
    StampOfNothing {
        /// The entry that it is for.
        entry: u32,
    },
    /// Time-stamps do not stand in the order of their entries and times, or one stands twice.
    #[error("the time-stamps are repeated or out of order")]
    StampsOutOfOrder,
    /// A document is of a version that this program does not know.
    #[error("{file} has format version {found}; this program knows {FORMAT_VERSION}")]
    Version {
        /// The document.
        file: &'static str,
        /// Its version.
        found: u32,
    },
    /// The chain holds a capture of this order that is neither deleted nor among the exhibits.
    #[error("entry {seq} logs capture {capture_id} of this order, which is not among the exhibits")]
    Withheld {
        /// The capture.
        capture_id: CaptureId,
        /// The entry that logged it.
        seq: u32,
    },
}

impl DossierError {
    /// The file in which the error shows.
    pub fn file(&self) -> &'static str {
        match self {
            Self::Chain(_) => CHAIN_FILE,
            Self::Version { file, .. } => file,
            _ => CASE_FILE,
        }
    }
}

/// What the chain says about one capture or attachment.
#[derive(Debug)]
pub(super) struct Logged<'e> {
    pub(super) seq: u32,
    /// The event that logged it.
    pub(super) event: &'e ChainEvent,
    pub(super) deleted_by: Option<u32>,
}

/// What a chain says about each capture and attachment.
pub(super) type Captures<'e> = BTreeMap<&'e CaptureId, Logged<'e>>;

/// All captures and attachments that a chain logs.
pub(super) fn logged_captures(entries: &[ChainEntry]) -> Captures<'_> {
    let mut captures = Captures::new();
    for entry in entries {
        log(&mut captures, entry);
    }
    captures
}

/// Takes one more entry in.
pub(super) fn log<'e>(captures: &mut Captures<'e>, entry: &'e ChainEntry) {
    match &entry.event {
        event @ (ChainEvent::Captured { capture_id, .. } | ChainEvent::Attached { capture_id, .. }) => {
            captures.insert(capture_id, Logged { seq: entry.seq, event, deleted_by: None });
        }
        ChainEvent::Deleted { capture_id, .. } => {
            if let Some(logged) = captures.get_mut(capture_id) {
                logged.deleted_by = Some(entry.seq);
            }
        }
    }
}

/// Everything that is wrong between the two documents; empty where they hold.
///
/// The files themselves are not looked at: whoever has their bytes compares them with [`Exhibit::record`].
pub fn check<C>(case: &CaseDocument<C>, chain: &ChainDocument) -> Vec<DossierError> {
    let mut errors = Vec::new();
    for (file, found) in [(CASE_FILE, case.format_version), (CHAIN_FILE, chain.format_version)] {
        if found != FORMAT_VERSION {
            errors.push(DossierError::Version { file, found });
        }
    }
    errors.extend(verify(&chain.entries).err().map(DossierError::Chain));
    let found = ChainHead::of(&chain.entries);
    if found != case.chain {
        errors.push(DossierError::ChainHead { found, stated: case.chain });
    }
    errors.extend(check_exhibits(&case.order_id, &case.captures, &chain.entries));
    errors.extend(check_stamps(&case.timestamps, &case.captures, &chain.entries));
    errors
}

/// The part of [`check`] about time-stamps.
pub(super) fn check_stamps(
    stamps: &[Stamp],
    exhibits: &[Exhibit],
    entries: &[ChainEntry],
) -> Vec<DossierError> {
    let of_nothing = stamps.iter().filter(|stamp| stamp.covers(exhibits, entries) == 0);
    let mut errors: Vec<_> =
        of_nothing.map(|stamp| DossierError::StampOfNothing { entry: stamp.entry }).collect();
    if !stamps.is_sorted_by(|one, next| one.place() < next.place()) {
        errors.push(DossierError::StampsOutOfOrder);
    }
    errors
}

/// The part of [`check`] that a dossier must pass before it has documents.
pub(super) fn check_exhibits(
    order_id: &str,
    exhibits: &[Exhibit],
    entries: &[ChainEntry],
) -> Vec<DossierError> {
    let mut errors = Vec::new();
    if !(1..=32).contains(&order_id.len()) || !order_id.bytes().all(|byte| byte.is_ascii_digit()) {
        errors.push(DossierError::OrderId);
    }
    let logged = logged_captures(entries);
    let mut last_seq = 0;
    for (exhibit, number) in exhibits.iter().zip(1..) {
        if *exhibit != Exhibit::new(number, exhibits.len(), exhibit.record.clone()) {
            errors.push(DossierError::ExhibitDiffers { exhibit: number });
        }
        let entry = logged.get(exhibit.record.id());
        errors.extend(check_record(order_id, exhibit, entry));
        if let Some(entry) = entry {
            if entry.seq <= last_seq {
                errors.push(DossierError::OutOfOrder { capture_id: exhibit.record.id().clone() });
            }
            last_seq = entry.seq;
        }
    }
    let shown = |id: &CaptureId| exhibits.iter().any(|exhibit| exhibit.record.id() == id);
    errors.extend(
        logged
            .into_iter()
            .filter(|(id, entry)| entry.deleted_by.is_none() && entry.event.is_of(order_id) && !shown(id))
            .map(|(id, entry)| DossierError::Withheld { capture_id: id.clone(), seq: entry.seq }),
    );
    errors
}

fn check_record(order_id: &str, exhibit: &Exhibit, entry: Option<&Logged<'_>>) -> Option<DossierError> {
    let record = &exhibit.record;
    let capture_id = record.id().clone();
    if record.order_id() != Some(order_id) {
        return Some(DossierError::ForeignRecord { capture_id });
    }
    let Some(entry) = entry else {
        return Some(DossierError::NotInChain { capture_id });
    };
    // The event repeats what the record says; one that differs was not made from this record.
    if *entry.event != record.event() {
        return Some(DossierError::RecordChanged { capture_id, seq: entry.seq });
    }
    entry.deleted_by.map(|seq| DossierError::Deleted { capture_id, seq })
}
