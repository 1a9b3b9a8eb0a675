//! Dossiers with time-stamps: what each is made of must be the hash of its entry, and whatever else is done to one is found.

use proptest::prelude::*;
use redress::evidence::{ChainEntry, ChainEvent, Reply, Sha256, Stamp};
use serde_json::json;

use crate::{
    assert_found,
    pack::{ORDER, Pack, instant, key, public_key, record, signed, verify},
};

/// One value of DER.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let length = match length {
        [0, short @ 0..0x80] => vec![short],
        [0, short] => vec![0x81, short],
        [high, low] => vec![0x82, high, low],
    };
    [vec![tag], length, content].concat()
}

const SHA_256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";
const SHA_512: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x03";

/// A reply as far as it is looked at: nobody has signed it.
fn reply_of(method: &[u8], digest: &[u8], time: &str) -> Vec<u8> {
    let sequence = |parts: &[&[u8]]| der(0x30, parts);
    let (number, name) = (der(2, &[b"\x01"]), der(6, &[b"\x2a\x03"]));
    let imprint = sequence(&[&sequence(&[&der(6, &[method]), &der(5, &[])]), &der(4, &[digest])]);
    let info = sequence(&[&number, &name, &imprint, &number, &der(0x18, &[time.as_bytes()]), &number]);
    let content = sequence(&[&name, &der(0xa0, &[&der(4, &[&info])])]);
    let signed = sequence(&[&number, &der(0x31, &[]), &content, &der(0x31, &[])]);
    let token = sequence(&[&name, &der(0xa0, &[&signed])]);
    sequence(&[&sequence(&[&der(2, &[b"\0"])]), &token])
}

fn digest_of(entry: &ChainEntry) -> Vec<u8> {
    let hex = entry.hash.to_string();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    hex.as_bytes().as_chunks().0.iter().map(byte).collect()
}

fn stamp(entry: &ChainEntry, reply: Option<Reply>, bytes: Vec<u8>) -> (Stamp, Vec<u8>) {
    let (sha256, length) = (Sha256::of(&bytes), bytes.len() as u64);
    (Stamp { entry: entry.seq, reply, bytes: length, sha256 }, bytes)
}

/// A reply for an entry, which says this time.
pub(crate) fn reply(entry: &ChainEntry, at: &str) -> (Stamp, Vec<u8>) {
    let said = Reply { at: instant(at), authority: "CN=Example Time Authority".to_owned() };
    stamp(entry, Some(said), reply_of(SHA_256, &digest_of(entry), &at.replace(['-', ':', 'T'], "")))
}

/// A proof of `OpenTimestamps` for an entry, with an invented step behind the digest.
pub(crate) fn proof(entry: &ChainEntry) -> (Stamp, Vec<u8>) {
    let head = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";
    stamp(entry, None, [head.as_slice(), &digest_of(entry), b"\xf0\x10sixteen bytes 16"].concat())
}

const FIRST: &str = "timestamps/01-entry-1.tsr";
const SECOND: &str = "timestamps/02-entry-2.ots";
const LAST: &str = "timestamps/03-entry-2.tsr";

/// Two captures, and three time-stamps of their entries.
fn good() -> Pack {
    let records = ["cap-1", "cap-2"]
        .map(|id| record(id, ORDER, redress::page::PageKind::Chat, "2026-11-23T10:29:05.000Z"));
    let mut entries: Vec<ChainEntry> = Vec::new();
    for record in &records {
        entries.push(signed(entries.last(), ChainEvent::captured(record), record.captured_at, &key(7)));
    }
    let stamps = vec![
        reply(&entries[1], "2026-11-24T00:00:00.123456Z"),
        proof(&entries[1]),
        reply(&entries[0], "2026-11-23T12:00:00Z"),
    ];
    Pack::stamped(records.map(Into::into).to_vec(), entries, vec![public_key(&key(7))], &stamps)
}

/// The good dossier with a change that the digests were made to fit to.
fn with(change: impl FnOnce(&mut Pack)) -> Vec<u8> {
    let mut pack = good();
    change(&mut pack);
    pack.reseal();
    pack.zip()
}

/// Puts another file in the place of one, with its digest and size in `case.json`.
fn replace(pack: &mut Pack, at: usize, file: &str, bytes: Vec<u8>) {
    pack.edit("case.json", |case| {
        case["timestamps"][at]["sha256"] = json!(Sha256::of(&bytes));
        case["timestamps"][at]["bytes"] = json!(bytes.len());
    });
    *pack.file(file) = bytes;
}

#[test]
fn a_good_dossier_holds_and_says_what_is_left_to_check() {
    let verdict = good().verify();
    assert_eq!(verdict.code, Some(0), "{verdict:?}");
    for line in [
        format!("ok          {FIRST}"),
        format!("ok          {SECOND}"),
        format!("ok          {LAST}"),
        format!(
            "note        {FIRST}: for entry 1, 2026-11-23T12:00:00.000Z; its authority's signature is to be checked with openssl, see README.txt"
        ),
        format!("note        {SECOND}: for entry 2; its time is to be checked with a tool of OpenTimestamps"),
        format!(
            "note        {LAST}: for entry 2, 2026-11-24T00:00:00.123Z; its authority's signature is to be checked with openssl, see README.txt"
        ),
    ] {
        assert!(verdict.out.lines().any(|own| own == line), "{line}\n{}", verdict.out);
    }
}

#[test]
fn whatever_is_done_to_a_file_is_found() {
    for file in [FIRST, SECOND, LAST] {
        let last = good().file(file).len() - 1;
        for at in [0, last / 2, last] {
            assert_found(
                file,
                &with(|pack| pack.file(file)[at] ^= 1),
                "its digest or size is not what case.json says",
            );
        }
        assert_found(file, &with(|pack| pack.0.retain(|(name, _)| *name != file)), "there is no file");
        let renamed = with(|pack| pack.0.iter_mut().find(|(name, _)| *name == file).unwrap().0.push('2'));
        assert_found(file, &renamed, "case.json knows of no such file");
    }
    let added = with(|pack| pack.0.push(("timestamps/04-entry-2.tsr".to_owned(), good().file(LAST).clone())));
    assert_found("added", &added, "timestamps/04-entry-2.tsr: case.json knows of no such file");
    let swapped = with(|pack| {
        let [one, other] = [FIRST, LAST].map(|file| pack.file(file).clone());
        (*pack.file(FIRST), *pack.file(LAST)) = (other, one);
    });
    assert_found("swapped", &swapped, "its digest or size is not what case.json says");
    let huge = with(|pack| replace(pack, 0, FIRST, vec![0x30; 1_000_001]));
    assert_found("huge", &huge, "it is too large for a file that is read");
}

/// Whoever writes `case.json` anew too still has no time-stamp of this log.
#[test]
fn a_time_stamp_of_something_else_is_found() {
    let (digest, time) = ([7; 32], "20261123120000Z");
    let entry = digest_of(&serde_json::from_value(entries(&mut good())[0].clone()).unwrap());
    let good_proof = good().file(SECOND).clone();
    let other = "it is for something else: the hash of its entry is another";
    let none = "it is no time-stamp of the kind that its name says";
    let replies = [
        ("another digest", reply_of(SHA_256, &digest, time), other),
        ("another time", reply_of(SHA_256, &entry, "20251123120000Z"), "it says another time than case.json"),
        ("no time", reply_of(SHA_256, &entry, "20261323120000Z"), none),
        ("another method", reply_of(SHA_512, &entry, time), none),
        ("a digest that is too short", reply_of(SHA_256, &entry[1..], time), none),
        ("a proof", good_proof.clone(), none),
        ("words", b"This is no reply.".to_vec(), none),
        ("nothing", Vec::new(), none),
        ("cut off", good().file(FIRST).split_last().unwrap().1.to_vec(), none),
        ("longer", [good().file(FIRST).as_slice(), b"\0"].concat(), none),
    ];
    for (what, bytes, words) in replies {
        assert_found(
            what,
            &with(|pack| replace(pack, 0, FIRST, bytes)),
            &format!("WRONG       {FIRST}: {words}"),
        );
    }
    let digest_at = good_proof.len() - 50;
    let mut other_proof = good_proof.clone();
    other_proof[digest_at] ^= 1;
    let mut other_version = good_proof.clone();
    other_version[digest_at - 2] = 2;
    for (what, bytes, words) in [
        ("another digest", other_proof, other),
        ("another version", other_version, none),
        ("without a step", good_proof[..digest_at + 32].to_vec(), none),
        ("a reply", good().file(LAST).clone(), none),
    ] {
        assert_found(
            what,
            &with(|pack| replace(pack, 1, SECOND, bytes)),
            &format!("WRONG       {SECOND}: {words}"),
        );
    }
}

/// The entries as they stand in `chain.json`.
fn entries(pack: &mut Pack) -> Vec<serde_json::Value> {
    let chain: serde_json::Value = serde_json::from_slice(pack.file("chain.json")).unwrap();
    chain["entries"].as_array().unwrap().clone()
}

#[test]
fn what_is_said_of_a_time_stamp_must_fit() {
    type Change = fn(&mut serde_json::Value);
    let changes: [(&str, Change, &str); 9] = [
        ("another entry", |stamps| stamps[2]["entry"] = json!(1), "there is no file"),
        ("no entry", |stamps| stamps[0]["entry"] = json!(0), "a time-stamp for entry 0 covers no exhibit"),
        (
            "an entry that is not there",
            |stamps| stamps[2]["entry"] = json!(3),
            "for entry 3 covers no exhibit",
        ),
        (
            "another time",
            |stamps| stamps[0]["reply"]["at"] = json!("2025-11-23T12:00:00.000Z"),
            "it says another time",
        ),
        ("another size", |stamps| stamps[0]["bytes"] = json!(1), "its digest or size"),
        ("reordered", |stamps| stamps.as_array_mut().unwrap().swap(1, 2), "repeated or out of order"),
        (
            "doubled",
            |stamps| stamps.as_array_mut().unwrap().extend_from_within(2..),
            "repeated or out of order",
        ),
        ("left out", |stamps| drop(stamps.as_array_mut().unwrap().pop()), "case.json knows of no such file"),
        ("a new field", |stamps| stamps[0]["note"] = json!("x"), "unknown field `note`"),
    ];
    for (what, change, words) in changes {
        let archive = with(|pack| pack.edit("case.json", |case| change(&mut case["timestamps"])));
        assert_found(what, &archive, words);
    }
    // The files of both exchanged, and what is said of them too.
    let swapped = with(|pack| {
        let [one, other] = [FIRST, LAST].map(|file| pack.file(file).clone());
        replace(pack, 0, FIRST, other);
        replace(pack, 2, LAST, one);
    });
    assert_found("swapped with what is said", &swapped, "it is for something else");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A time-stamp with any bytes in it never panics, and holds only where its digest stands in it as it was.
    #[test]
    fn any_time_stamp_is_read_without_panic(
        at in any::<prop::sample::Index>(),
        put in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            Just(b"\x30\x80".to_vec()), Just(b"\x30\x84\xff\xff\xff\xff".to_vec()), Just(vec![0x30; 5000]),
        ],
        file in prop::sample::select(vec![(0_usize, FIRST), (1, SECOND)]),
    ) {
        let (place, name) = file;
        let entry = serde_json::from_value(entries(&mut good())[place].clone()).unwrap();
        let mut bytes = good().file(name).clone();
        let (at, length) = (at.index(bytes.len()), bytes.len());
        bytes.splice(at..(at + put.len()).min(length), put);
        let verdict = verify(&with(|pack| replace(pack, place, name, bytes.clone())));
        prop_assert!(matches!(verdict.code, Some(0 | 1)), "{:?}", verdict);
        let is_there = bytes.windows(32).any(|own| own == digest_of(&entry));
        prop_assert!(verdict.code == Some(1) || is_there, "{:?}", verdict);
    }
}
