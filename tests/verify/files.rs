//! The archive of a vault of fifty entries, judged by the command line: every change of every file, and every kind of change of its
//! log at the beginning, in the middle and at the end.

use redress::evidence::ChainHead;
use serde_json::json;

use crate::{
    entries::{FIELDS, PLACES},
    matrix::{Count, Kind},
    pack::{Pack, key, public_key},
    stamps::{proof, reply},
    vault::{Kept, LENGTH},
};

fn good() -> (Kept, Pack) {
    let kept = Kept::good();
    let keys = vec![public_key(&key(7)), public_key(&key(8))];
    let at = |place: usize| &kept.entries[place];
    let stamps = vec![
        reply(at(LENGTH / 2), "2026-11-24T00:00:00Z"),
        proof(at(LENGTH / 2)),
        reply(at(LENGTH - 1), "2026-11-25T00:00:00.5Z"),
        reply(at(LENGTH - 1), "2026-11-26T00:00:00Z"),
    ];
    let pack = Pack::stamped(kept.of_order(), kept.entries.clone(), keys, &stamps);
    (kept, pack)
}

fn flip(pack: &mut Pack, at: usize, byte: impl Fn(usize) -> usize) -> Option<()> {
    let (_, bytes) = pack.0.get_mut(at)?;
    let place = byte(bytes.len());
    Some(bytes[place] ^= 1)
}

const FILES: &[Kind<Pack>] = &[
    ("first byte", |pack, at| flip(pack, at, |_| 0)),
    ("a byte in the middle", |pack, at| flip(pack, at, |length| length / 2)),
    ("last byte", |pack, at| flip(pack, at, |length| length - 1)),
    ("cut off", |pack, at| pack.0[at].1.pop().map(|_| ())),
    ("longer", |pack, at| Some(pack.0[at].1.push(0))),
    ("dropped", |pack, at| Some(drop(pack.0.remove(at)))),
    ("renamed", |pack, at| Some(pack.0[at].0.push('2'))),
    ("content swapped with the next", |pack, at| {
        let next = pack.0.get(at + 1)?.1.clone();
        let own = std::mem::replace(&mut pack.0[at].1, next);
        Some(pack.0[at + 1].1 = own)
    }),
    ("added", |pack, at| {
        let (name, bytes) = pack.0.get(at)?.clone();
        Some(pack.0.push((format!("{name}.copy"), bytes)))
    }),
];

#[test]
fn every_change_of_a_file_is_found() {
    let (_, pack) = good();
    let (number, mut count) = (pack.0.len(), Count::default());
    count.run((&pack, number), FILES, |_, _| {}, |pack| pack.verify().code == Some(0));
    count.assert_all_found("files of a dossier, as they are", 260);
}

/// README.txt is covered by the list alone (`beyond.rs`), and the list itself is what is made anew.
#[test]
fn every_change_of_a_file_is_found_though_the_digests_were_made_to_fit() {
    let (_, pack) = good();
    let (number, mut count) = (pack.0.len(), Count::default());
    for (name, change) in FILES {
        for at in 1..number - 1 {
            let mut changed = pack.clone();
            // A document that says the same in other letters is the same.
            let is_document = ["case.json", "chain.json"].contains(&pack.0[at].0.as_str());
            if is_document && ["cut off", "longer"].contains(name) || change(&mut changed, at).is_none() {
                continue;
            }
            if changed.0.iter().all(|(path, _)| path != "SHA256SUMS") {
                continue;
            }
            changed.reseal();
            if changed != pack {
                count.judge(&format!("{name} at {at}"), changed.verify().code == Some(0));
            }
        }
    }
    count.assert_all_found("files of a dossier, with digests that fit", 240);
}

#[test]
fn every_kind_of_change_of_the_log_is_found_by_the_command_line() {
    let (kept, pack) = good();
    let mut count = Count::default();
    for (name, change) in FIELDS.iter().chain(PLACES) {
        for at in [0, LENGTH / 2, LENGTH - 1] {
            for is_covered in [false, true] {
                let mut changed = kept.clone();
                if change(&mut changed, at).is_none() {
                    continue;
                }
                if is_covered {
                    changed.rehash(0);
                }
                if changed == kept {
                    continue;
                }
                let mut archive = pack.clone();
                archive.edit("chain.json", |chain| chain["entries"] = json!(changed.entries));
                archive.edit("case.json", |case| case["chain"] = json!(ChainHead::of(&changed.entries)));
                archive.reseal();
                count.judge(&format!("{name} at {at}, {is_covered}"), archive.verify().code == Some(0));
            }
        }
    }
    count.assert_all_found("the log of a dossier", 120);
}
