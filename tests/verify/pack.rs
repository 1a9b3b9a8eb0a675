//! A good dossier, made by the library as the extension makes it, and ways to spoil it.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
    process::Command,
};

use chrono::{DateTime, Utc};
use p256::{
    ecdsa::{Signature, SigningKey, VerifyingKey, signature::Signer as _},
    pkcs8::{EncodePublicKey as _, LineEnding},
};
use redress::{
    evidence::{
        AttachmentKind, AttachmentRecord, CaptureId, CaptureMode, CaptureRecord, CaptureTrigger, ChainEntry,
        ChainEvent, DeletionReason, Dossier, DossierContent, KeptAs, MediaType, PixelRatio, Record, Sha256,
        Stamp, UtcOffset, Viewport, append,
    },
    page::PageKind,
};
use serde_json::{Value, json};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub(crate) const ORDER: &str = "8200000000000001";
pub(crate) const OTHER_ORDER: &str = "8200000000000002";

/// The files of a dossier in the order of the archive.
#[derive(Clone, PartialEq)]
pub(crate) struct Pack(pub(crate) Vec<(String, Vec<u8>)>);

/// What `redress verify` said.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn picture(id: &str) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(id.bytes().cycle().take(20_000));
    bytes
}

pub(crate) fn record(id: &str, order: &str, page: PageKind, captured_at: &str) -> CaptureRecord {
    let picture = picture(id);
    CaptureRecord {
        id: CaptureId::try_from(id.to_owned()).unwrap(),
        order_id: Some(order.to_owned()),
        page,
        mode: CaptureMode::Viewport,
        trigger: CaptureTrigger::Popup,
        captured_at: instant(captured_at),
        zone: "Europe/Berlin".to_owned(),
        utc_offset_minutes: UtcOffset::try_from(60).unwrap(),
        url: format!("https://www.aliexpress.com/p/order/detail.html?orderId={order}"),
        title: "Détails de la commande".to_owned(),
        viewport: Viewport { width: 1280, height: 800 },
        device_pixel_ratio: PixelRatio::try_from(2.0).unwrap(),
        browser: "Firefox 153".to_owned(),
        extension_version: "0.1.0".to_owned(),
        layout_version: None,
        policy_version: Some("2026-07".to_owned()),
        media_type: MediaType::Png,
        bytes: picture.len() as u64,
        sha256: Sha256::of(picture),
        part: None,
        tiles: Vec::new(),
        text: None,
    }
}

/// What is in an invented file of the buyer's own.
pub(crate) fn bytes_of(id: &str, media_type: MediaType) -> Vec<u8> {
    match media_type {
        MediaType::Png => picture(id),
        MediaType::Mp4 => [b"\0\0\0\x18ftypmp42".as_slice(), id.as_bytes()].concat(),
        _ => format!("The words of {id}.\n").into_bytes(),
    }
}

pub(crate) fn attachment(
    id: &str,
    what: AttachmentKind,
    media_type: MediaType,
    kept: KeptAs,
) -> AttachmentRecord {
    let bytes = bytes_of(id, media_type);
    AttachmentRecord {
        id: CaptureId::try_from(id.to_owned()).unwrap(),
        order_id: ORDER.to_owned(),
        what,
        added_at: instant("2026-11-23T11:00:00.000Z"),
        zone: "Europe/Berlin".to_owned(),
        utc_offset_minutes: UtcOffset::try_from(60).unwrap(),
        name: None,
        file_modified_at: None,
        caption: None,
        media_type,
        bytes: bytes.len() as u64,
        sha256: Sha256::of(bytes),
        kept,
        extension_version: "0.1.0".to_owned(),
    }
}

/// The key of an invented installation.
pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

pub(crate) fn public_key(key: &SigningKey) -> String {
    VerifyingKey::from(key).to_public_key_pem(LineEnding::LF).unwrap()
}

/// The digest by which entries name a key.
pub(crate) fn key_id(key: &SigningKey) -> Sha256 {
    Sha256::of(VerifyingKey::from(key).to_public_key_der().unwrap().as_bytes())
}

/// The written form of a signature.
pub(crate) fn written(signature: Signature) -> redress::evidence::Signature {
    let hex = signature.to_bytes().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    hex.try_into().unwrap()
}

/// The entry that follows `head`, signed.
pub(crate) fn signed(
    head: Option<&ChainEntry>,
    event: ChainEvent,
    at: DateTime<Utc>,
    key: &SigningKey,
) -> ChainEntry {
    let mut entry = append(head, event, at, Some(key_id(key)));
    entry.signature = Some(written(key.sign(entry.canonical_text().as_bytes())));
    entry
}

impl Pack {
    /// Two exhibits, one deleted capture, a foreign order, and a clock that was set back.
    pub(crate) fn good() -> Self {
        let records = [
            record("cap-1", ORDER, PageKind::OrderDetail, "2026-11-23T10:29:05.000Z"),
            record("cap-2", OTHER_ORDER, PageKind::OrderDetail, "2026-11-23T10:30:05.000Z"),
            record("cap-3", ORDER, PageKind::Chat, "2026-11-23T10:31:05.500Z"),
            record("cap-4", ORDER, PageKind::Tracking, "2026-11-23T09:32:05.000Z"),
        ];
        let [first, _, deleted, last] = &records;
        // The first entry is from before there were keys.
        let mut entries: Vec<ChainEntry> = Vec::new();
        for record in &records {
            let event = ChainEvent::captured(record);
            entries.push(match entries.last() {
                None => append(None, event, record.captured_at, None),
                head => signed(head, event, record.captured_at, &key(7)),
            });
        }
        let tombstone = ChainEvent::deleted(&deleted.clone().into(), Some(DeletionReason::User));
        entries.push(signed(entries.last(), tombstone, instant("2026-11-24T08:00:00Z"), &key(7)));
        Self::of(vec![last.clone().into(), first.clone().into()], entries, vec![public_key(&key(7))])
    }

    /// A capture, a photo, a note, and a video of which the digest is kept.
    pub(crate) fn with_attachments() -> Self {
        let records: [Record; 4] = [
            record("cap-1", ORDER, PageKind::OrderDetail, "2026-11-23T10:29:05.000Z").into(),
            attachment("photo", AttachmentKind::Photo, MediaType::Png, KeptAs::Copy).into(),
            attachment("note", AttachmentKind::Note, MediaType::Text, KeptAs::Copy).into(),
            attachment("video", AttachmentKind::Video, MediaType::Mp4, KeptAs::Reference).into(),
        ];
        let mut entries: Vec<ChainEntry> = Vec::new();
        for record in &records {
            entries.push(signed(entries.last(), record.event(), record.at(), &key(7)));
        }
        Self::of(records.to_vec(), entries, vec![public_key(&key(7))])
    }

    /// The dossier of the order.
    pub(crate) fn of(records: Vec<Record>, entries: Vec<ChainEntry>, keys: Vec<String>) -> Self {
        Self::stamped(records, entries, keys, &[])
    }

    /// The dossier of the order with time-stamps, each with its file.
    pub(crate) fn stamped(
        records: Vec<Record>,
        entries: Vec<ChainEntry>,
        keys: Vec<String>,
        stamps: &[(Stamp, Vec<u8>)],
    ) -> Self {
        let now = instant("2026-12-01T12:00:00Z");
        let said = stamps.iter().map(|(stamp, _)| stamp.clone()).collect();
        let dossier =
            Dossier::new(ORDER.to_owned(), records, entries, now, "0.1.0".to_owned(), keys, said).unwrap();
        let case = dossier.case_document(json!({"state": "window_open", "deadlines": []}));
        let files = dossier.assemble(
            serde_json::to_string_pretty(&case).unwrap(),
            serde_json::to_string_pretty(&dossier.chain_document()).unwrap(),
        );
        Self(
            files
                .into_iter()
                .map(|file| match file.content {
                    DossierContent::Text(text) => (file.path, text.into_bytes()),
                    DossierContent::Capture(id) if id.as_str() == "note" => {
                        (file.path, bytes_of("note", MediaType::Text))
                    }
                    DossierContent::Capture(id) => (file.path, picture(id.as_str())),
                    DossierContent::Stamp(digest) => {
                        let (_, bytes) = stamps.iter().find(|(stamp, _)| stamp.sha256 == digest).unwrap();
                        (file.path, bytes.clone())
                    }
                })
                .collect(),
        )
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.0.iter().map(|(path, _)| path.clone()).collect()
    }

    pub(crate) fn file(&mut self, path: &str) -> &mut Vec<u8> {
        &mut self.0.iter_mut().find(|(name, _)| name == path).unwrap().1
    }

    /// The paths of the two pictures.
    pub(crate) fn pictures(&self) -> [String; 2] {
        [self.0[3].0.clone(), self.0[4].0.clone()]
    }

    /// Changes a JSON document.
    pub(crate) fn edit(&mut self, path: &str, change: impl FnOnce(&mut Value)) {
        let file = self.file(path);
        let mut json = serde_json::from_slice(file).unwrap();
        change(&mut json);
        *file = serde_json::to_vec(&json).unwrap();
    }

    /// Writes `SHA256SUMS` anew, as somebody who covers a change would.
    pub(crate) fn reseal(&mut self) {
        let mut sums = Vec::new();
        for (path, bytes) in self.0.iter().filter(|(path, _)| path != "SHA256SUMS") {
            writeln!(sums, "{}  {path}", Sha256::of(bytes)).unwrap();
        }
        *self.file("SHA256SUMS") = sums;
    }

    /// The archive, stored, with data descriptors as the browser's library writes them.
    pub(crate) fn zip(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new_stream(Vec::new());
        for (path, bytes) in &self.0 {
            zip.start_file(path, stored()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// The files in order.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    pub(crate) fn verify(&self) -> Verdict {
        verify(&self.zip())
    }
}

pub(crate) fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

/// An archive with the good files and what `more` adds.
pub(crate) fn zip_with(more: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in Pack::good().0 {
        zip.start_file(path, stored()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    more(&mut zip);
    zip.finish().unwrap().into_inner()
}

/// A new place for a file of this test run.
pub(crate) fn place(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("verify");
    fs::create_dir_all(&directory).unwrap();
    let thread = format!("{:?}", std::thread::current().id());
    let number: String = thread.chars().filter(char::is_ascii_digit).collect();
    directory.join(format!("{}-{number}-{name}", std::process::id()))
}

/// Runs `redress verify` on these bytes.
pub(crate) fn verify(archive: &[u8]) -> Verdict {
    let path = place("dossier.zip");
    fs::write(&path, archive).unwrap();
    let verdict = verify_path(&path.to_string_lossy());
    fs::remove_file(path).unwrap();
    verdict
}

pub(crate) fn verify_path(path: &str) -> Verdict {
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).args(["verify", path]).output().unwrap();
    Verdict {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
