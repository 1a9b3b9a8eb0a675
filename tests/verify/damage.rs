//! Archives damaged at random: none panics, none holds that should not.

use std::io::{Cursor, Read as _};

use proptest::prelude::*;

use crate::pack::{Pack, verify};

/// The files as another reader sees them.
fn unpacked(archive: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).ok()?;
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).ok()?;
            let (name, mut bytes) = (file.name().ok()?.into_owned(), Vec::new());
            file.read_to_end(&mut bytes).ok()?;
            Some((name, bytes))
        })
        .collect()
}

/// One way to damage an archive.
#[derive(Debug, Clone)]
enum Damage {
    Flip(usize, u8),
    Cut(usize, usize),
    Insert(usize, Vec<u8>),
    Copy(usize, usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    // Most of an archive is picture; its headers and directory lie at its ends.
    let at = || prop_oneof![0..6000_usize, 0..60_000_usize, 46_000..60_000_usize];
    prop_oneof![
        4 => (at(), 1..=u8::MAX).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        1 => (at(), 1..2000_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..40)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (at(), at(), 1..200_usize).prop_map(|(from, to, length)| Damage::Copy(from, to, length)),
    ]
}

fn apply(archive: &mut Vec<u8>, damage: Damage) {
    let length = archive.len();
    match damage {
        Damage::Flip(at, mask) => archive[at % length] ^= mask,
        Damage::Cut(at, count) => drop(archive.drain(at % length..(at % length + count).min(length))),
        Damage::Insert(at, bytes) => drop(archive.splice(at % length..at % length, bytes)),
        Damage::Copy(from, to, count) => {
            let from = from % length;
            let copied = archive[from..(from + count).min(length)].to_vec();
            drop(archive.splice(to % length..(to % length + copied.len()).min(length), copied));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A damaged dossier is found, unless every file in it is still what it was (a date in a header, for example).
    #[test]
    fn a_damaged_dossier_never_holds(damages in prop::collection::vec(damage(), 1..4)) {
        let good = Pack::good();
        let mut archive = good.zip();
        for damage in damages {
            if !archive.is_empty() {
                apply(&mut archive, damage);
            }
        }
        let verdict = verify(&archive);
        prop_assert!(matches!(verdict.code, Some(0..=2)), "{:?}", verdict);
        prop_assert!(verdict.code != Some(0) || unpacked(&archive).as_ref() == Some(&good.0), "{:?}", verdict);
    }

    /// Documents of any bytes, with digests that fit, never panic and never hold.
    #[test]
    fn any_document_is_read_without_panic(
        path in prop::sample::select(vec!["case.json", "chain.json", "SHA256SUMS"]),
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            "[\\[\\]{}\":,0-9a-z_ \n\\\\]{0,300}".prop_map(String::into_bytes),
            Just(b"[".repeat(100_000)),
        ],
    ) {
        let mut pack = Pack::good();
        *pack.file(path) = bytes;
        if path != "SHA256SUMS" {
            pack.reseal();
        }
        prop_assert_eq!(pack.verify().code, Some(1));
    }

    /// Bytes that only begin or end like an archive.
    #[test]
    fn random_bytes_are_no_dossier(
        parts in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..60),
            Just(b"PK\x01\x02".to_vec()), Just(b"PK\x03\x04".to_vec()), Just(b"PK\x05\x06".to_vec()),
            Just(b"PK\x06\x06".to_vec()), Just(b"PK\x06\x07".to_vec()), Just(vec![0; 18]), Just(vec![0xff; 8]),
        ], 0..20),
    ) {
        prop_assert!(matches!(verify(&parts.concat()).code, Some(1 | 2)));
    }
}
