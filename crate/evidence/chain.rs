//! The log of all captures, attachments and deletions in the vault, linked by hashes.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AttachmentRecord, CaptureId, CaptureRecord, Record, Sha256, Signature,
    canonical::CanonicalText,
    check::{Captures, log},
    instant,
};

/// Why a capture was deleted. A fixed list: words of the user would travel in every dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletionReason {
    /// The user deleted this capture.
    User,
    /// The user deleted the order with all that belongs to it.
    OrderErased,
}

impl DeletionReason {
    const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::OrderErased => "order_erased",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenEvent", into = "WrittenEvent")]
pub enum ChainEvent {
    /// A capture was added to the vault.
    Captured {
        /// The capture.
        capture_id: CaptureId,
        /// [`CaptureRecord::digest`] of its record.
        record_digest: Sha256,
        /// Lets who knows the order id find all entries of the order, and tells nobody else which order it is.
        /// See [`ChainEvent::order_tag`]. None where the capture's order is not known.
        order_tag: Option<Sha256>,
    },
    /// A file of the buyer's own was added to the vault, or its digest.
    Attached {
        /// The attachment; its id is written as that of a capture.
        capture_id: CaptureId,
        /// [`AttachmentRecord::digest`] of its record.
        record_digest: Sha256,
        /// As for a capture; an attachment always has an order.
        order_tag: Sha256,
    },
    /// A capture or an attachment was deleted: its file and its record are gone, this tombstone stays.
    Deleted {
        /// The capture.
        capture_id: CaptureId,
        /// The same as in the entry that logged the capture.
        record_digest: Sha256,
        /// Why, where that was said.
        reason: Option<DeletionReason>,
    },
}

/// The written form: flat, because reading a tagged enum costs the core many times the code.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEvent {
    kind: WrittenKind,
    capture_id: CaptureId,
    record_digest: Sha256,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order_tag: Option<Sha256>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<DeletionReason>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenKind {
    Captured,
    Attached,
    Deleted,
}

impl TryFrom<WrittenEvent> for ChainEvent {
    type Error = &'static str;

    fn try_from(written: WrittenEvent) -> Result<Self, Self::Error> {
        let WrittenEvent { kind, capture_id, record_digest, order_tag, reason } = written;
        match (kind, order_tag, reason) {
            (WrittenKind::Captured, order_tag, None) => {
                Ok(Self::Captured { capture_id, record_digest, order_tag })
            }
            (WrittenKind::Attached, Some(order_tag), None) => {
                Ok(Self::Attached { capture_id, record_digest, order_tag })
            }
            (WrittenKind::Deleted, None, reason) => Ok(Self::Deleted { capture_id, record_digest, reason }),
            _ => Err("only a deletion has a reason, and it has no order_tag; an attachment has one"),
        }
    }
}

impl From<ChainEvent> for WrittenEvent {
    fn from(event: ChainEvent) -> Self {
        match event {
            ChainEvent::Captured { capture_id, record_digest, order_tag } => {
                Self { kind: WrittenKind::Captured, capture_id, record_digest, order_tag, reason: None }
            }
            ChainEvent::Attached { capture_id, record_digest, order_tag } => Self {
                kind: WrittenKind::Attached,
                capture_id,
                record_digest,
                order_tag: Some(order_tag),
                reason: None,
            },
            ChainEvent::Deleted { capture_id, record_digest, reason } => {
                Self { kind: WrittenKind::Deleted, capture_id, record_digest, order_tag: None, reason }
            }
        }
    }
}

impl ChainEvent {
    /// The capture or attachment that it speaks of.
    pub const fn capture_id(&self) -> &CaptureId {
        match self {
            Self::Captured { capture_id, .. }
            | Self::Attached { capture_id, .. }
            | Self::Deleted { capture_id, .. } => capture_id,
        }
    }

    /// The digest of the record that it speaks of.
    pub const fn record_digest(&self) -> Sha256 {
        match self {
            Self::Captured { record_digest, .. }
            | Self::Attached { record_digest, .. }
            | Self::Deleted { record_digest, .. } => *record_digest,
        }
    }

    /// Whether it belongs to this order; of a deletion that is not said.
    pub(super) fn is_of(&self, order_id: &str) -> bool {
        let (Self::Captured { order_tag: Some(tag), .. } | Self::Attached { order_tag: tag, .. }) = self
        else {
            return false;
        };
        *tag == Self::order_tag(self.capture_id(), order_id)
    }

    /// The event that logs this capture.
    pub fn captured(record: &CaptureRecord) -> Self {
        Self::Captured {
            capture_id: record.id.clone(),
            record_digest: record.digest(),
            order_tag: record.order_id.as_deref().map(|order| Self::order_tag(&record.id, order)),
        }
    }

    /// The event that logs this attachment.
    pub fn attached(record: &AttachmentRecord) -> Self {
        Self::Attached {
            capture_id: record.id.clone(),
            record_digest: record.digest(),
            order_tag: Self::order_tag(&record.id, &record.order_id),
        }
    }

    /// The event that logs the deletion of this capture or attachment.
    pub fn deleted(record: &Record, reason: Option<DeletionReason>) -> Self {
        Self::Deleted { capture_id: record.id().clone(), record_digest: record.digest(), reason }
    }

    /// Digest of the canonical text (rules: [`super`]) `redress-order-tag=1`, `capture_id`, `order_id`.
    ///
    /// The capture's id makes the tags of one order differ, so that a dossier does not show which foreign entries
    /// belong together. Who guesses an order id can confirm the guess, so this hides orders from readers of a
    /// dossier, not from somebody who tries all 10^16 ids of 16 digits.
    pub fn order_tag(capture_id: &CaptureId, order_id: &str) -> Sha256 {
        CanonicalText::new("redress-order-tag")
            .line("capture_id", capture_id)
            .line("order_id", order_id)
            .digest()
    }
}

/// One line of the log. Made by [`append`], judged by [`verify`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainEntry {
    /// 1 for the first entry, then without gaps. It orders the log; `at` does not.
    pub seq: u32,
    /// When, by the clock of the buyer's machine; written as UTC with milliseconds. A clock may be set back.
    #[serde(with = "instant")]
    pub at: DateTime<Utc>,
    /// What happened.
    pub event: ChainEvent,
    /// `hash` of the entry before; [`Sha256::ZERO`] in the first.
    pub prev: Sha256,
    /// Which key signs the entry: the digest of the public key in its DER form (`SubjectPublicKeyInfo`). None in entries
    /// that were made before there were keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Sha256>,
    /// Digest of [`ChainEntry::canonical_text`].
    pub hash: Sha256,
    /// The signature of the canonical text by that key. The text does not hold it, but it names the key: a signature that
    /// was taken away is missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

impl ChainEntry {
    /// The text over which `hash` is taken (rules: [`super`]): first line `redress-chain-entry=1`, then `seq`,
    /// `at`, `kind` (`captured`, `attached` or `deleted`), `capture_id`, `record_digest`, `order_tag` or `reason` where there is
    /// one, `prev`, `key` where there is one.
    pub fn canonical_text(&self) -> String {
        let text = CanonicalText::new("redress-chain-entry")
            .line("seq", self.seq)
            .line("at", instant::text(self.at));
        let text = match &self.event {
            ChainEvent::Captured { capture_id, record_digest, order_tag } => text
                .line("kind", "captured")
                .line("capture_id", capture_id)
                .line("record_digest", record_digest)
                .optional("order_tag", order_tag.as_ref()),
            ChainEvent::Attached { capture_id, record_digest, order_tag } => text
                .line("kind", "attached")
                .line("capture_id", capture_id)
                .line("record_digest", record_digest)
                .line("order_tag", order_tag),
            ChainEvent::Deleted { capture_id, record_digest, reason } => text
                .line("kind", "deleted")
                .line("capture_id", capture_id)
                .line("record_digest", record_digest)
                .optional("reason", reason.map(DeletionReason::name)),
        };
        text.line("prev", self.prev).optional("key", self.key).into_string()
    }
}

/// The entry that follows `head`, the last entry of the log; `None` starts a log. Where a key is named, the caller signs the
/// entry's canonical text with it and sets `signature`.
///
/// `at` is cut to milliseconds.
pub fn append(
    head: Option<&ChainEntry>,
    event: ChainEvent,
    at: DateTime<Utc>,
    key: Option<Sha256>,
) -> ChainEntry {
    let mut entry = ChainEntry {
        seq: head.map_or(1, |head| head.seq.saturating_add(1)),
        at: at.trunc_subsecs(3),
        event,
        prev: head.map_or(Sha256::ZERO, |head| head.hash),
        key,
        hash: Sha256::ZERO,
        signature: None,
    };
    entry.hash = Sha256::of(entry.canonical_text());
    entry
}

/// What [`verify`] found in a log that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// Number of entries.
    pub entries: u32,
    /// `hash` of the last entry; None for an empty log. Kept elsewhere, it shows later that nothing was rewritten.
    pub head: Option<Sha256>,
    /// Where the clock had been set back: worth knowing, not wrong.
    pub clock_steps: Vec<ClockStep>,
}

/// The entry `seq` is older than the entry before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockStep {
    /// The later entry.
    pub seq: u32,
    /// How far back, positive.
    pub back: TimeDelta,
}

/// The first entry of a log that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry at place {place} (numbered {seq}): {kind}")]
pub struct ChainError {
    /// Its place in the log, 1 for the first.
    pub place: usize,
    /// The number that it bears.
    pub seq: u32,
    /// What is wrong.
    pub kind: ChainErrorKind,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainErrorKind {
    /// An entry was dropped, added or moved.
    #[error("it should be number {expected}: an entry is missing, added or moved")]
    Seq {
        /// The number that belongs in this place.
        expected: u32,
    },
    /// It follows another entry than the one before it.
    #[error("it does not follow the entry before it")]
    Prev,
    /// A field of the entry was changed.
    #[error("its content does not match its hash")]
    Hash,
    /// It names a key and has no signature, or the other way round, or an entry before it was signed.
    #[error("its signature is missing, or not the one that belongs to it")]
    Signature,
    /// The capture was logged before.
    #[error("it logs capture {0} a second time")]
    CapturedTwice(CaptureId),
    /// No capture of this id was logged before.
    #[error("it deletes capture {0}, which was never logged")]
    DeletedUnknown(CaptureId),
    /// A tombstone for this capture was there before.
    #[error("it deletes capture {0} a second time")]
    DeletedTwice(CaptureId),
    /// The tombstone speaks of another record than the entry that logged the capture.
    #[error("it deletes capture {0}, but names another record")]
    DeletedOther(CaptureId),
}

/// Checks a whole log, oldest entry first, but for the signatures themselves, which need the keys
/// ([`check_signatures`]). The error names the first entry that is wrong.
///
/// Entries cut off at the end cannot be noticed here: compare [`ChainReport::head`] with a hash that was kept.
pub fn verify(entries: &[ChainEntry]) -> Result<ChainReport, ChainError> {
    let mut report = ChainReport { entries: 0, head: None, clock_steps: Vec::new() };
    let mut previous: Option<&ChainEntry> = None;
    let mut captures = Captures::new();
    for (entry, place) in entries.iter().zip(1..) {
        check_links(previous, entry)
            .and_then(|()| check_event(&mut captures, entry))
            .map_err(|kind| ChainError { place, seq: entry.seq, kind })?;
        if let Some(back) =
            previous.map(|previous| previous.at - entry.at).filter(|back| *back > TimeDelta::zero())
        {
            report.clock_steps.push(ClockStep { seq: entry.seq, back });
        }
        report.entries = entry.seq;
        report.head = Some(entry.hash);
        previous = Some(entry);
    }
    Ok(report)
}

/// Checks the signature of every entry that names a key. `holds` says whether a signature of a text is by the key of this
/// digest; it answers `false` for a key that it does not have. The error names the first entry that is wrong.
pub fn check_signatures(
    entries: &[ChainEntry],
    holds: impl Fn(Sha256, &str, &Signature) -> bool,
) -> Result<(), ChainError> {
    for (entry, place) in entries.iter().zip(1..) {
        let is_signed = match (entry.key, &entry.signature) {
            (Some(key), Some(signature)) => holds(key, &entry.canonical_text(), signature),
            (None, None) => true,
            _ => false,
        };
        if !is_signed {
            return Err(ChainError { place, seq: entry.seq, kind: ChainErrorKind::Signature });
        }
    }
    Ok(())
}

fn check_links(previous: Option<&ChainEntry>, entry: &ChainEntry) -> Result<(), ChainErrorKind> {
    let expected = previous.map_or(1, |previous| previous.seq.saturating_add(1));
    if entry.seq != expected {
        return Err(ChainErrorKind::Seq { expected });
    }
    if entry.prev != previous.map_or(Sha256::ZERO, |previous| previous.hash) {
        return Err(ChainErrorKind::Prev);
    }
    if entry.hash != Sha256::of(entry.canonical_text()) {
        return Err(ChainErrorKind::Hash);
    }
    let goes_unsigned = entry.key.is_none() && previous.is_some_and(|previous| previous.key.is_some());
    if goes_unsigned || entry.key.is_some() != entry.signature.is_some() {
        return Err(ChainErrorKind::Signature);
    }
    Ok(())
}

fn check_event<'e>(captures: &mut Captures<'e>, entry: &'e ChainEntry) -> Result<(), ChainErrorKind> {
    let id = entry.event.capture_id();
    match (&entry.event, captures.get(id)) {
        (ChainEvent::Captured { .. } | ChainEvent::Attached { .. }, None) => {}
        (ChainEvent::Captured { .. } | ChainEvent::Attached { .. }, Some(_)) => {
            return Err(ChainErrorKind::CapturedTwice(id.clone()));
        }
        (ChainEvent::Deleted { .. }, None) => return Err(ChainErrorKind::DeletedUnknown(id.clone())),
        (ChainEvent::Deleted { record_digest, .. }, Some(logged)) => {
            if logged.deleted_by.is_some() {
                return Err(ChainErrorKind::DeletedTwice(id.clone()));
            }
            if logged.event.record_digest() != *record_digest {
                return Err(ChainErrorKind::DeletedOther(id.clone()));
            }
        }
    }
    log(captures, entry);
    Ok(())
}
