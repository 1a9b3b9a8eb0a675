//! `redress verify`: a good dossier holds, for outside judges too, and whatever is done to it is found.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in its helpers"
)]
#![expect(clippy::unit_arg, reason = "a table of changes has each in one line")]

use std::{fs, io::Write as _, process::Command};

use pack::{ORDER, Pack, place, stored, verify, verify_path, zip_with};
use redress::evidence::Sha256;
use serde_json::{Value, json};

#[path = "verify/attachments.rs"]
mod attachments;
#[path = "verify/beyond.rs"]
mod beyond;
#[path = "verify/damage.rs"]
mod damage;
#[path = "verify/entries.rs"]
mod entries;
#[path = "verify/files.rs"]
mod files;
#[path = "verify/matrix.rs"]
mod matrix;
#[path = "verify/pack.rs"]
mod pack;
#[path = "verify/records.rs"]
mod records;
#[path = "verify/stamps.rs"]
mod stamps;
#[path = "verify/vault.rs"]
mod vault;

/// The verdict on a spoiled dossier must be 1 and hold these words.
#[track_caller]
fn assert_found(what: &str, archive: &[u8], words: &str) {
    let verdict = verify(archive);
    assert_eq!(verdict.code, Some(1), "{what}: {verdict:?}");
    assert!(verdict.out.contains(words), "{what}: no {words:?} in\n{}", verdict.out);
    assert!(verdict.out.contains("\nThe dossier does not hold: "), "{what}: {}", verdict.out);
}

/// A digest that stands in the place of a good one.
fn another_digest() -> Value {
    json!(Sha256::of("another"))
}

#[test]
fn a_good_dossier_holds() {
    let verdict = Pack::good().verify();
    assert_eq!(verdict.code, Some(0), "{verdict:?}");
    let kinds: Vec<_> = verdict.out.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(kinds, ["ok", "ok", "ok", "ok", "ok", "ok", "note", "note", "The", "Its"], "{}", verdict.out);
    assert!(
        verdict.out.contains("chain.json: before entry 4 the clock was set back by 3540 s"),
        "{}",
        verdict.out
    );
    assert!(verdict.out.contains(&format!("order {ORDER}, 2 exhibits, 5 log entries")), "{}", verdict.out);
}

/// Dossiers from before there were keys have the same form: their log has no `keys`, and no entry a `signature`.
#[test]
fn a_dossier_from_before_there_were_keys_holds() {
    let kept = vault::Kept::good();
    let mut unsigned = vault::Kept { keys: Vec::new(), ..kept };
    for entry in &mut unsigned.entries {
        (entry.key, entry.signature) = (None, None);
    }
    unsigned.rehash(0);
    let mut pack = Pack::of(unsigned.of_order(), unsigned.entries, Vec::new());
    let chain = String::from_utf8(pack.file("chain.json").clone()).unwrap();
    assert!(!chain.contains("key") && !chain.contains("signature"), "{chain}");
    let verdict = pack.verify();
    assert_eq!(verdict.code, Some(0), "{verdict:?}");
}

#[test]
fn outside_judges_agree() {
    let (archive, directory) = (place("good.zip"), place("unpacked"));
    fs::write(&archive, Pack::good().zip()).unwrap();
    let unzip = Command::new("unzip").arg("-q").arg(&archive).arg("-d").arg(&directory).output().unwrap();
    assert!(unzip.status.success() && unzip.stderr.is_empty(), "{unzip:?}");
    let sums = Command::new("sha256sum")
        .args(["--strict", "-c", "SHA256SUMS"])
        .current_dir(&directory)
        .output()
        .unwrap();
    assert!(sums.status.success(), "{sums:?}");
    assert_eq!(String::from_utf8(sums.stdout).unwrap().matches(": OK\n").count(), 5);

    // The worked example in README.txt, given to sha256sum, gives the hash that stands below it.
    let readme = fs::read_to_string(directory.join("README.txt")).unwrap();
    let lines: Vec<_> = readme
        .lines()
        .skip_while(|line| *line != "start of each line) is")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .collect();
    let text = lines.join("\n").replace("  ", "") + "\n";
    let example = directory.join("example");
    fs::write(&example, text).unwrap();
    let digest = Command::new("sha256sum").arg(&example).output().unwrap();
    let digest = String::from_utf8(digest.stdout).unwrap();
    let stated = readme.split("by sha256sum, is\n  ").nth(1).unwrap();
    assert!(stated.starts_with(digest.split(' ').next().unwrap()), "{readme}\n{digest}");

    fs::remove_dir_all(directory).unwrap();
    fs::remove_file(archive).unwrap();
}

#[test]
fn a_byte_flipped_in_any_file_is_found() {
    let good = Pack::good();
    for path in good.paths() {
        let length = good.clone().file(&path).len();
        for at in [0, length / 2, length - 1] {
            let mut pack = good.clone();
            pack.file(&path)[at] ^= 1;
            assert_found(&format!("{path}, byte {at}"), &pack.zip(), "not hold");
        }
    }
}

#[test]
fn a_file_that_is_dropped_added_or_renamed_is_found() {
    let good = Pack::good();
    for path in good.paths() {
        let mut pack = good.clone();
        pack.0.retain(|(name, _)| *name != path);
        assert_found(&format!("{path} dropped"), &pack.zip(), &format!("missing     {path}"));
        if path != "SHA256SUMS" {
            pack.reseal();
            assert_found(&format!("{path} dropped, resealed"), &pack.zip(), &path);
        }

        let mut pack = good.clone();
        pack.0.iter_mut().find(|(name, _)| *name == path).unwrap().0.push('2');
        assert_found(&format!("{path} renamed"), &pack.zip(), &format!("missing     {path}"));
        if path != "SHA256SUMS" {
            pack.reseal();
            assert_found(&format!("{path} renamed, resealed"), &pack.zip(), &path);
        }
    }
    let mut pack = good;
    pack.0.push(("captures/03-chat.png".to_owned(), pack.0[3].1.clone()));
    assert_found("added", &pack.zip(), "not listed  captures/03-chat.png");
    pack.reseal();
    assert_found("added, resealed", &pack.zip(), "captures/03-chat.png: case.json knows of no such file");
}

#[test]
fn swapped_and_replaced_pictures_are_found() {
    let good = Pack::good();
    let [one, two] = good.pictures();
    let mut swapped = good.clone();
    let (first, second) = (good.clone().file(&one).clone(), good.clone().file(&two).clone());
    *swapped.file(&one) = second;
    *swapped.file(&two) = first;
    assert_found("swapped", &swapped.zip(), "its digest is not the listed one");
    swapped.reseal();
    assert_found("swapped, resealed", &swapped.zip(), "its digest is not that of its record");
    swapped.edit("case.json", |case| {
        let digest = case["captures"][0]["record"]["sha256"].take();
        case["captures"][0]["record"]["sha256"] = case["captures"][1]["record"]["sha256"].take();
        case["captures"][1]["record"]["sha256"] = digest;
    });
    swapped.reseal();
    assert_found(
        "swapped, records too",
        &swapped.zip(),
        "the record of capture cap-1 differs from what entry 1",
    );

    let mut shorter = good.clone();
    shorter.file(&one).truncate(1000);
    shorter.reseal();
    assert_found("shorter", &shorter.zip(), "it has 1000 bytes, its record says 20008");

    let mut other = good;
    other.file(&one)[1] = b'J';
    let digest = Sha256::of(other.file(&one));
    other.edit("case.json", |case| case["captures"][0]["record"]["sha256"] = json!(digest));
    other.reseal();
    assert_found("not a picture", &other.zip(), "it does not begin as image/png does");
}

/// A change of a JSON value.
type Change = fn(&mut Value);

#[test]
fn an_edited_case_is_found_though_the_digests_were_made_to_fit() {
    let changes: [(&str, Change, &str); 12] = [
        (
            "address",
            |case| case["captures"][0]["record"]["url"] = json!("https://www.aliexpress.com/"),
            "differs from",
        ),
        (
            "time",
            |case| case["captures"][1]["record"]["captured_at"] = json!("2026-11-23T09:32:05.001Z"),
            "differs from",
        ),
        ("local time", |case| case["captures"][1]["captured_at_local"] = json!("x"), "does not follow from"),
        (
            "file name",
            |case| case["captures"][1]["file"] = json!("captures/x.png"),
            "there is no file captures/x.png",
        ),
        ("number", |case| case["captures"][0]["exhibit"] = json!(2), "exhibit 1: its number"),
        (
            "order of the record",
            |case| case["captures"][0]["record"]["order_id"] = json!("8200000000000002"),
            "belongs to another order",
        ),
        (
            "order of the dossier",
            |case| case["order_id"] = json!("8200000000000002"),
            "entry 2 logs capture cap-2 of this order",
        ),
        (
            "exhibit left out",
            |case| drop(case["captures"].as_array_mut().unwrap().pop()),
            "entry 4 logs capture cap-4 of this order",
        ),
        ("exhibits reordered", |case| case["captures"].as_array_mut().unwrap().reverse(), "out of order"),
        ("a new field", |case| case["captures"][0]["record"]["note"] = json!("x"), "unknown field `note`"),
        ("no case", |case| drop(case.as_object_mut().unwrap().remove("case")), "missing field `case`"),
        ("a later version", |case| case["format_version"] = json!(2), "case.json has format version 2"),
    ];
    for (what, change, words) in changes {
        let mut pack = Pack::good();
        pack.edit("case.json", change);
        pack.reseal();
        assert_found(what, &pack.zip(), words);
    }
}

#[test]
fn an_edited_chain_is_found_though_the_digests_were_made_to_fit() {
    let changes: [(&str, Change, &str); 16] = [
        (
            "first dropped",
            |entries| drop(entries.as_array_mut().unwrap().remove(0)),
            "at place 1 (numbered 2)",
        ),
        (
            "middle dropped",
            |entries| drop(entries.as_array_mut().unwrap().remove(2)),
            "at place 3 (numbered 4)",
        ),
        ("last dropped", |entries| drop(entries.as_array_mut().unwrap().pop()), "the chain has 4 entries"),
        ("all dropped", |entries| entries.as_array_mut().unwrap().clear(), "the chain has 0 entries"),
        ("reordered", |entries| entries.as_array_mut().unwrap().swap(1, 2), "at place 2 (numbered 3)"),
        ("renumbered", |entries| entries[4]["seq"] = json!(6), "should be number 5"),
        (
            "time",
            |entries| entries[1]["at"] = json!("2026-11-23T10:30:05.001Z"),
            "at place 2 (numbered 2): its content",
        ),
        (
            "record",
            |entries| entries[0]["event"]["record_digest"] = another_digest(),
            "differs from what entry 1 logged",
        ),
        (
            "tag",
            |entries| entries[0]["event"]["order_tag"] = another_digest(),
            "differs from what entry 1 logged",
        ),
        ("hash", |entries| entries[0]["hash"] = another_digest(), "at place 1 (numbered 1): its content"),
        (
            "link",
            |entries| entries[3]["prev"] = another_digest(),
            "at place 4 (numbered 4): it does not follow",
        ),
        (
            "signature",
            |entries| entries[1]["signature"] = json!("0".repeat(128)),
            "at place 2 (numbered 2): its signature is missing, or not the one",
        ),
        (
            "signature of another entry",
            |entries| entries[1]["signature"] = entries[2]["signature"].clone(),
            "at place 2 (numbered 2): its signature is missing, or not the one",
        ),
        (
            "no signature",
            |entries| drop(entries[4].as_object_mut().unwrap().remove("signature")),
            "at place 5 (numbered 5): its signature is missing",
        ),
        (
            "key",
            |entries| drop(entries[4].as_object_mut().unwrap().remove("key")),
            "at place 5 (numbered 5): its content",
        ),
        ("a new field", |entries| entries[0]["event"]["note"] = json!("x"), "unknown field `note`"),
    ];
    for (what, change, words) in changes {
        let mut pack = Pack::good();
        pack.edit("chain.json", |chain| change(&mut chain["entries"]));
        pack.reseal();
        assert_found(what, &pack.zip(), words);
    }
}

#[test]
fn keys_that_are_missing_or_none_are_found() {
    for (what, keys, words) in [
        ("no key", json!([]), "at place 2 (numbered 2): its signature"),
        ("nonsense", json!(["nonsense"]), "key 1 is no public key"),
    ] {
        let mut pack = Pack::good();
        pack.edit("chain.json", |chain| chain["keys"] = keys);
        pack.reseal();
        assert_found(what, &pack.zip(), words);
    }
}

#[test]
fn a_malformed_list_of_digests_is_found() {
    let good = Pack::good();
    let list = String::from_utf8(good.clone().file("SHA256SUMS").clone()).unwrap();
    for (what, list) in [
        ("no line feed at the end", list.trim_end().to_owned()),
        ("upper case", list.to_uppercase()),
        ("an empty line", format!("{list}\n")),
        ("a line twice", format!("{list}{}\n", list.lines().next().unwrap())),
        ("itself", format!("{list}{}  SHA256SUMS\n", Sha256::ZERO)),
        ("another folder", format!("{list}{}  ../a\n", Sha256::ZERO)),
        ("carriage returns", list.replace('\n', "\r\n")),
        ("empty", String::new()),
    ] {
        let mut pack = good.clone();
        *pack.file("SHA256SUMS") = list.into_bytes();
        assert_found(what, &pack.zip(), "WRONG       SHA256SUMS: ");
    }
    let mut pack = good;
    *pack.file("SHA256SUMS") = format!("{list}{}  captures/03.png\n", Sha256::ZERO).into_bytes();
    assert_found("a file that is not there", &pack.zip(), "missing     captures/03.png");
}

#[test]
fn a_dossier_that_was_unpacked_and_packed_again_holds() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let deflated = stored().compression_method(zip::CompressionMethod::Deflated);
    zip.add_directory("captures", stored()).unwrap();
    for (path, bytes) in Pack::good().files() {
        zip.start_file(path, deflated).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let verdict = verify(&zip.finish().unwrap().into_inner());
    assert_eq!(verdict.code, Some(0), "{verdict:?}");
}

#[test]
fn hostile_archives_are_found() {
    for name in
        ["../evil.txt", "/etc/evil", "a\\b", "c:evil", "x\u{1b}[2J\u{202e}gnp.exe", "readme.TXT", "NUL"]
    {
        let archive = zip_with(|zip| zip.start_file(name, stored()).unwrap());
        assert_found(name, &archive, "WRONG");
        let out = verify(&archive).out;
        assert!(out.chars().all(|c| c == '\n' || c == ' ' || c.is_ascii_graphic()), "{out}");
    }
    let link = zip_with(|zip| zip.add_symlink("link", "/etc/passwd", stored()).unwrap());
    assert_found("link", &link, "link: it is a link");
    let folder = zip_with(|zip| zip.add_directory("../captures", stored()).unwrap());
    assert_found("folder", &folder, "captures/: the path is not safe");
    let comment = zip_with(|zip| zip.set_comment("x").unwrap());
    assert_found("comment", &comment, "(archive): it has a comment");

    let good = Pack::good().zip();
    let before = [b"#!/bin/sh\n", good.as_slice()].concat();
    assert_found("something before", &before, "(archive): there is something before");

    // The writer refuses a name that is there already, so the name is changed afterwards.
    let twice = zip_with(|zip| {
        zip.start_file("case.jsoX", stored()).unwrap();
        zip.write_all(b"{}").unwrap();
    });
    assert_found("twice", &replace(&twice, b"case.jsoX", b"case.json"), "duplicate file names");

    // Sizes that the archive cannot hold, as in an archive made to fill the disk.
    let mut huge = good.clone();
    let header = find(&huge, b"PK\x01\x02");
    huge[header + 24..header + 28].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    assert_found("huge", &huge, "far more than");
    // The name in front of the content differs from the one in the directory at the end.
    let mut two_names = good;
    let first = find(&two_names, b"README.txt");
    two_names[first] = b'W';
    assert_found("two names", &two_names, "(archive): ");
}

#[test]
fn what_cannot_be_read_is_one_clear_line() {
    for (archive, what) in
        [(Vec::new(), "empty"), (b"PK\x03\x04".to_vec(), "torn"), (vec![b'x'; 1000], "text")]
    {
        let verdict = verify(&archive);
        assert_eq!((verdict.code, verdict.out.as_str()), (Some(2), ""), "{what}: {verdict:?}");
        assert!(verdict.err.contains("cannot be read as a ZIP archive") && verdict.err.lines().count() == 1);
    }
    for (path, words) in [("/nowhere/dossier.zip", "cannot be opened"), ("/", "is not a file")] {
        let verdict = verify_path(path);
        assert_eq!(verdict.code, Some(2), "{verdict:?}");
        assert!(verdict.err.contains(words) && verdict.err.lines().count() == 1, "{verdict:?}");
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    while let Some(at) = bytes.windows(from.len()).position(|window| window == from) {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}
