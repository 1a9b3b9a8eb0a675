//! What can be shown: capture records, the hash chain that logs them, and the dossier made of both.
//!
//! * A [`CaptureRecord`] says what was captured, when and where, with the picture's [`Sha256`]; an [`AttachmentRecord`] says
//!   which file of the buyer's own was added, and when. A [`Record`] is one of them.
//! * The vault logs every capture, every attachment and every deletion as a [`ChainEntry`]: [`append`] makes the next one,
//!   [`verify`] finds the first that is wrong. Each entry holds the hash of the one before it.
//! * A [`Stamp`] is a time-stamp of an entry: somebody else's word on when the log was as far as that.
//! * A [`Dossier`] is the evidence of one order. The caller turns its two documents into JSON (the browser with
//!   `JSON.stringify` on what serde-wasm-bindgen's `json_compatible` serializer makes), and [`Dossier::assemble`]
//!   gives the files of the archive. [`check`] judges the two documents of a dossier against each other;
//!   `redress verify` adds the files.
//!
//! # Canonical texts
//! Digests of records and entries are taken over a plain text, so that no JSON writer can change them and a person
//! can recompute them with `sha256sum`:
//!
//! * UTF-8, one `key=value` line per field, each line ends with a line feed, also the last;
//! * the first line names the kind of text and its version, for example `redress-chain-entry=1`;
//! * keys and their order are fixed (see [`CaptureRecord::digest`], [`AttachmentRecord::digest`] and [`ChainEntry::canonical_text`]);
//! * a field without a value has no line; an empty text has a line that ends after the `=`;
//! * in values a backslash is written `\\`, a line feed `\n`, a carriage return `\r`; nothing else is changed;
//! * times are UTC with milliseconds (`2026-11-23T10:29:05.123Z`), numbers are written as JavaScript's
//!   `String(number)` does, digests as 64 lower-case hexadecimal digits.
//!
//! # Privacy
//! A dossier holds the chain of the whole vault, or it could not be verified. An entry of another order says there
//! when it was made, and otherwise holds a random id and digests only: no order id, no address, no title.

mod assemble;
mod attachment;
#[cfg(test)]
mod attachment_tests;
mod canonical;
mod chain;
mod check;
mod digest;
mod document;
mod exhibit;
mod instant;
mod kept;
mod line;
mod media;
mod path;
mod readme;
mod record;
mod stamp;
#[cfg(test)]
mod stamp_tests;
#[cfg(test)]
mod tests;
mod values;

pub use assemble::{Dossier, DossierContent, DossierFile};
pub use attachment::{AttachmentKind, AttachmentRecord, KeptAs};
pub use chain::{
    ChainEntry, ChainError, ChainErrorKind, ChainEvent, ChainReport, ClockStep, DeletionReason, append,
    check_signatures, verify,
};
pub use check::{DossierError, check};
pub use digest::Sha256;
pub use document::{
    CASE_FILE, CHAIN_FILE, CaseDocument, CaseFormat, ChainDocument, ChainFormat, ChainHead, FORMAT_VERSION,
    README_FILE, SUMS_FILE,
};
pub use exhibit::Exhibit;
pub use instant::compact;
pub use kept::Record;
pub use line::OneLine;
pub use media::{MediaType, START};
pub use path::is_safe_path;
pub use record::{CaptureMode, CaptureRecord, CaptureTrigger, Viewport};
pub use stamp::{Reply, STAMP_FOLDER, Stamp};
pub use values::{CaptureId, Part, PixelRatio, Signature, UtcOffset, ValueError};
