//! The time-stamps of a dossier: what each was made of, and when it says that was. Signatures are for others to check.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, SubsecRound as _, Utc};
use p256::pkcs8::der::{
    Reader as _, SliceReader, Tag, TagNumber, Tagged as _,
    asn1::{AnyRef, ObjectIdentifier},
};
use redress::evidence::{CASE_FILE, ChainEntry, Reply, Sha256, Stamp};

use super::{
    archive::{Contents, SeenFile},
    report::Report,
};

/// RFC 8017, appendix B.1.
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// A field with the number 0.
const FIELD_0: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
/// The head of a proof of `OpenTimestamps`: its mark, version 1, and that a SHA-256 digest follows.
const PROOF: &[u8] = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";

/// What a time-stamp says of itself.
struct Said {
    digest: Sha256,
    at: Option<DateTime<Utc>>,
}

/// Each time-stamp must be there, the file that `case.json` names, and made of the hash of its entry.
pub(super) fn judge(contents: &Contents, stamps: &[Stamp], entries: &[ChainEntry], report: &mut Report) {
    for (file, stamp) in Stamp::files(stamps) {
        let Some(seen) = contents.get(&file) else {
            report.wrong(CASE_FILE, format!("there is no file {file} for its time-stamp"));
            continue;
        };
        let entry = stamp.entry;
        let hash = entries.iter().find(|logged| logged.seq == entry).map(|logged| logged.hash);
        match fault(seen, stamp, hash) {
            Some(why) => report.wrong(&file, why),
            None => report.note(match &stamp.reply {
                Some(Reply { at, .. }) => format!(
                    "{file}: for entry {entry}, {}; its authority's signature is to be checked with openssl, see README.txt",
                    at.to_rfc3339_opts(SecondsFormat::Millis, true)
                ),
                None => format!("{file}: for entry {entry}; its time is to be checked with a tool of OpenTimestamps"),
            }),
        }
    }
}

fn fault(seen: &SeenFile, stamp: &Stamp, hash: Option<Sha256>) -> Option<&'static str> {
    if seen.sha256 != stamp.sha256 || seen.bytes != stamp.bytes {
        return Some("its digest or size is not what case.json says");
    }
    let said = if stamp.reply.is_some() { reply(&seen.document) } else { proof(&seen.document) };
    let Some(said) = said else { return Some("it is no time-stamp of the kind that its name says") };
    if Some(said.digest) != hash {
        return Some("it is for something else: the hash of its entry is another");
    }
    (said.at != stamp.reply.as_ref().map(|reply| reply.at)).then_some("it says another time than case.json")
}

/// What the token in a reply says (RFC 3161, 2.4.2; RFC 5652, 5.1 and 5.2), as far as it is needed here.
fn reply(bytes: &[u8]) -> Option<Said> {
    let [_, token] = *inside(only(bytes)?, Tag::Sequence)?.as_slice() else { return None };
    let [_, signed] = *inside(token, Tag::Sequence)?.as_slice() else { return None };
    let signed = only(value(signed, FIELD_0)?)?;
    let [_, _, content, ..] = *inside(signed, Tag::Sequence)?.as_slice() else { return None };
    let [_, octets] = *inside(content, Tag::Sequence)?.as_slice() else { return None };
    let info = only(value(only(value(octets, FIELD_0)?)?, Tag::OctetString)?)?;
    let [_, _, imprint, _, time, ..] = *inside(info, Tag::Sequence)?.as_slice() else { return None };
    let [algorithm, digest] = *inside(imprint, Tag::Sequence)?.as_slice() else { return None };
    let algorithm = *inside(algorithm, Tag::Sequence)?.first()?;
    if algorithm.decode_as::<ObjectIdentifier>().ok()? != SHA_256 {
        return None;
    }
    let digest = value(digest, Tag::OctetString)?.try_into().ok()?;
    let time = std::str::from_utf8(value(time, Tag::GeneralizedTime)?).ok()?;
    let at = NaiveDateTime::parse_from_str(time, "%Y%m%d%H%M%S%.fZ").ok()?.and_utc().trunc_subsecs(3);
    Some(Said { digest: Sha256::from_bytes(digest), at: Some(at) })
}

/// The digest that a proof begins with. At least one step follows it.
fn proof(bytes: &[u8]) -> Option<Said> {
    let (digest, steps) = bytes.strip_prefix(PROOF)?.split_first_chunk::<32>()?;
    (!steps.is_empty()).then_some(Said { digest: Sha256::from_bytes(*digest), at: None })
}

/// The values in one that has this tag.
fn inside(whole: AnyRef<'_>, tag: Tag) -> Option<Vec<AnyRef<'_>>> {
    values(value(whole, tag)?)
}

/// The content of a value that has this tag.
fn value(whole: AnyRef<'_>, tag: Tag) -> Option<&[u8]> {
    (whole.tag() == tag).then(|| whole.value())
}

/// The one value that these bytes are.
fn only(bytes: &[u8]) -> Option<AnyRef<'_>> {
    let [value] = *values(bytes)?.as_slice() else { return None };
    Some(value)
}

/// The values that stand behind one another.
fn values(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut values = Vec::new();
    while !reader.is_finished() {
        values.push(reader.decode().ok()?);
    }
    Some(values)
}
