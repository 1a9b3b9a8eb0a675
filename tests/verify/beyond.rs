//! What a dossier or a backup cannot show by itself, and what shows it then. README.txt of a dossier claims no more than this.

use redress::evidence::{ChainEvent, Sha256, verify};

use crate::{
    matrix::{Count, Kind, uncovered},
    pack::{Pack, key, public_key, signed, written},
    stamps::{proof, reply},
    vault::{Judge, Kept, LENGTH},
};

/// The hash of the last entry, as the buyer sent it to somebody.
fn head(kept: &Kept) -> Sha256 {
    verify(&kept.entries).unwrap().head.unwrap()
}

/// Whether a log goes on from what was known of it.
fn goes_on_from(kept: &Kept, known: Sha256) -> bool {
    kept.entries.iter().any(|entry| entry.hash == known)
}

/// Records fit the log again: those that it does not know any more are gone.
fn records_anew(kept: &mut Kept) {
    let logged = |event: &ChainEvent| !matches!(event, ChainEvent::Deleted { .. });
    let ids: Vec<_> = kept.entries.iter().filter(|entry| logged(&entry.event)).collect();
    let ids: Vec<_> = ids.iter().map(|entry| entry.event.capture_id().clone()).collect();
    kept.records.retain(|record| ids.contains(record.id()));
}

/// All of these make another vault that holds.
const REMADE: &[Kind<Kept>] = &[
    ("end cut off", |kept, at| {
        let cut = kept.entries.split_off(at);
        // A deletion that is cut off brings its capture back, and that has no record.
        let is_left = |event: &ChainEvent| {
            matches!(event, ChainEvent::Deleted { capture_id, .. }
                if kept.entries.iter().any(|entry| entry.event.capture_id() == capture_id))
        };
        if cut.iter().any(|entry| is_left(&entry.event)) {
            return None;
        }
        records_anew(kept);
        Some(())
    }),
    ("made anew from there on by another key, which is listed", |kept, at| {
        kept.entries[at].at += chrono::TimeDelta::hours(1);
        kept.sign_anew(at, &key(9));
        Some(())
    }),
    ("a deletion added at the end by another key, which is listed", |kept, at| {
        let gone = (at < kept.records.len()).then(|| kept.records.remove(at))?;
        let last = kept.entries.last()?;
        kept.entries.push(signed(Some(last), ChainEvent::deleted(&gone, None), last.at, &key(9)));
        kept.list(&key(9));
        Some(())
    }),
    ("every key and signature taken away", |kept, _| {
        for entry in &mut kept.entries {
            (entry.key, entry.signature) = (None, None);
        }
        kept.rehash(0);
        Some(())
    }),
];

#[test]
fn a_vault_that_was_made_anew_holds_and_a_hash_that_was_sent_before_shows_it() {
    let (good, judge) = (Kept::good(), Judge::default());
    let (mut alone, mut known) = (0, Count::default());
    for at in 0..LENGTH {
        for (name, change) in REMADE {
            let mut changed = good.clone();
            if change(&mut changed, at).is_none() {
                continue;
            }
            assert!(judge.vault_holds(&changed), "{name} at {at}: found by the vault alone, so say it");
            alone += 1;
            // What was only added goes on from it; the key says that another browser wrote there.
            if changed.entries.len() > LENGTH {
                assert!(goes_on_from(&changed, head(&good)), "{name} at {at}");
                assert_eq!(changed.keys.len(), good.keys.len() + 1);
            } else {
                known.judge(&format!("{name} at {at}"), goes_on_from(&changed, head(&good)));
            }
        }
    }
    assert!(alone >= 100, "only {alone}");
    known.assert_all_found("vaults that were made anew, with a hash that was sent before", 100);
}

#[test]
fn a_key_that_is_known_shows_what_another_one_made() {
    let (good, judge, mut count) = (Kept::good(), Judge::default(), Count::default());
    let others: &[Kind<Kept>] = &[REMADE[1], REMADE[2]];
    // Whoever knows the buyer's keys looks at no others.
    let by_known = |kept: &Kept| judge.vault_holds(&Kept { keys: good.keys.clone(), ..kept.clone() });
    count.run((&good, LENGTH), others, uncovered, by_known);
    count.assert_all_found("vaults that were made anew, with known keys", 80);
}

#[test]
fn an_entry_has_two_signatures_by_the_same_key_for_the_same_text() {
    let (mut kept, judge) = (Kept::good(), Judge::default());
    for entry in kept.entries.iter_mut().filter(|entry| entry.key.is_some()) {
        let bytes = entry.signature.as_ref().unwrap().bytes().unwrap();
        let (r, s) = p256::ecdsa::Signature::from_slice(&bytes).unwrap().split_scalars();
        let mirrored = p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
        entry.signature = Some(written(mirrored));
    }
    assert_ne!(kept, Kept::good());
    assert!(judge.vault_holds(&kept), "ECDSA allows both; what was signed is the same");
}

/// Of what the log does not cover, the list of digests alone knows.
#[test]
fn what_the_digests_alone_cover_can_be_written_anew() {
    let good = Kept::good();
    let keys = || vec![public_key(&key(7)), public_key(&key(8))];
    let stamps =
        vec![reply(&good.entries[LENGTH - 2], "2026-11-24T00:00:00Z"), proof(&good.entries[LENGTH - 2])];
    let pack = Pack::stamped(good.of_order(), good.entries.clone(), keys(), &stamps);
    let unsealed: &[Kind<Pack>] = &[
        ("README.txt", |pack, _| Some(pack.file("README.txt").push(b'x'))),
        ("the time of the dossier", |pack, _| {
            pack.edit("case.json", |case| case["created_at"] = "2027-01-01T00:00:00.000Z".into());
            Some(())
        }),
        ("the version", |pack, _| {
            Some(pack.edit("case.json", |case| case["extension_version"] = "9".into()))
        }),
        ("what is said of the case", |pack, _| {
            pack.edit("case.json", |case| case["case"] = "lost".into());
            Some(())
        }),
        ("the name of an authority", |pack, _| {
            pack.edit("case.json", |case| case["timestamps"][1]["reply"]["authority"] = "CN=Other".into());
            Some(())
        }),
        ("a time-stamp left out with what is said of it", |pack, _| {
            pack.0.retain(|(path, _)| !path.starts_with("timestamps/02-"));
            pack.edit("case.json", |case| drop(case["timestamps"].as_array_mut().unwrap().pop()));
            Some(())
        }),
        ("the order of the keys", |pack, _| {
            pack.edit("chain.json", |chain| chain["keys"].as_array_mut().unwrap().reverse());
            Some(())
        }),
        ("a key that signs nothing", |pack, _| {
            pack.edit("chain.json", |chain| {
                chain["keys"].as_array_mut().unwrap().push(public_key(&key(9)).into());
            });
            Some(())
        }),
    ];
    assert_eq!(pack.verify().code, Some(0));
    for (what, change) in unsealed {
        let mut changed = pack.clone();
        change(&mut changed, 0);
        assert_eq!(changed.verify().code, Some(1), "{what}");
        changed.reseal();
        assert_eq!(changed.verify().code, Some(0), "{what}, resealed: found, so say it");
    }
    // The end cut off, with all that speaks of it.
    let mut short = good;
    short.entries.truncate(LENGTH - 1);
    records_anew(&mut short);
    assert_eq!(Pack::of(short.of_order(), short.entries, keys()).verify().code, Some(0));
}
