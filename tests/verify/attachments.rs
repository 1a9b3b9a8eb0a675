//! Dossiers with files of the buyer's own: in the archive, and beside it.

use std::{fs, process::Command};

use redress::evidence::MediaType;
use serde_json::json;

use crate::{
    assert_found,
    pack::{Pack, bytes_of, place},
};

#[test]
fn a_good_dossier_holds_and_names_what_is_kept_outside() {
    let pack = Pack::with_attachments();
    let verdict = pack.verify();
    assert_eq!(verdict.code, Some(0), "{verdict:?}");
    assert!(
        verdict.out.contains("ok          attachments/02-photo-20261123T110000Z.png\n"),
        "{}",
        verdict.out
    );
    let video = redress::evidence::Sha256::of(bytes_of("video", MediaType::Mp4));
    let outside = format!("exhibit 4 is kept outside the archive, not looked at: 17 bytes, SHA-256 {video}");
    assert!(verdict.out.contains(&outside), "{}", verdict.out);
}

#[test]
fn whatever_is_done_to_a_file_is_found() {
    let good = Pack::with_attachments();
    for path in good.paths().into_iter().filter(|path| path.starts_with("attachments/")) {
        let with = |change: &dyn Fn(&mut Pack)| {
            let mut pack = good.clone();
            change(&mut pack);
            pack.reseal();
            pack.zip()
        };
        let last = good.clone().file(&path).len() - 1;
        for at in [0, last] {
            assert_found(
                &path,
                &with(&|pack| pack.file(&path)[at] ^= 1),
                "its digest is not that of its record",
            );
        }
        assert_found(&path, &with(&|pack| pack.0.retain(|(name, _)| *name != path)), "there is no file");
        let rename = |pack: &mut Pack| pack.0.iter_mut().find(|(name, _)| *name == path).unwrap().0.push('2');
        assert_found(&path, &with(&rename), "case.json knows of no such file");
        let add = |pack: &mut Pack| pack.0.push(("attachments/05-note.txt".to_owned(), b"x".to_vec()));
        assert_found(&path, &with(&add), "attachments/05-note.txt: case.json knows of no such file");
    }
    let exchange = |pack: &mut Pack| {
        let [one, other] = [2, 3].map(|at| pack.0[at + 2].1.clone());
        (pack.0[4].1, pack.0[5].1) = (other, one);
    };
    let mut pack = good;
    exchange(&mut pack);
    pack.reseal();
    assert_found("exchanged", &pack.zip(), "its digest is not that of its record");
}

#[test]
fn whatever_is_done_to_a_record_is_found() {
    for (key, value, words) in [
        ("caption", json!("more"), "differs from what entry"),
        ("kept", json!("reference"), "does not follow from its record"),
        ("added_at", json!("2026-11-23T11:00:00.001Z"), "does not follow from its record"),
        ("what", json!("carrier_statement"), "does not follow from its record"),
        ("url", json!("https://www.aliexpress.com/"), "it cannot be understood"),
        ("kind", json!("capture"), "it cannot be understood"),
    ] {
        let mut pack = Pack::with_attachments();
        pack.edit("case.json", |case| case["captures"][1]["record"][key] = value);
        pack.reseal();
        assert_found(key, &pack.zip(), words);
    }
    let mut pack = Pack::with_attachments();
    pack.edit("case.json", |case| drop(case["captures"].as_array_mut().unwrap().pop()));
    pack.reseal();
    assert_found("withheld", &pack.zip(), "which is not among the exhibits");
    let mut pack = Pack::with_attachments();
    pack.edit("chain.json", |chain| chain["entries"][1]["event"]["kind"] = json!("captured"));
    pack.reseal();
    assert_found("another kind", &pack.zip(), "its content does not match its hash");
}

#[test]
fn a_file_beside_the_archive_is_the_same_or_is_not() {
    let (archive, video) = (place("attachments.zip"), place("video.mp4"));
    fs::write(&archive, Pack::with_attachments().zip()).unwrap();
    let judge = || {
        Command::new(env!("CARGO_BIN_EXE_redress")).arg("verify").args([&archive, &video]).output().unwrap()
    };
    let mut bytes = bytes_of("video", MediaType::Mp4);
    fs::write(&video, &bytes).unwrap();
    let verdict = judge();
    let text = String::from_utf8(verdict.stdout).unwrap();
    assert!(
        verdict.status.success() && text.contains("kept outside the archive, given and the same"),
        "{text}"
    );

    bytes[16] ^= 1;
    fs::write(&video, &bytes).unwrap();
    let verdict = judge();
    let text = String::from_utf8(verdict.stdout).unwrap();
    assert!(
        !verdict.status.success() && text.contains("no exhibit that is kept outside has its digest"),
        "{text}"
    );
    for file in [archive, video] {
        fs::remove_file(file).unwrap();
    }
}
