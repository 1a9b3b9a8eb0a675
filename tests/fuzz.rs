//! The fuzz targets in short: their seeds and many small changes of them, the same in every run. `./build.sh fuzz` is
//! the long form.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

#[path = "../crate/cli/collect/mod.rs"]
mod collect;
#[path = "fuzz/entry.rs"]
mod entry;
#[path = "bench/random.rs"]
mod random;

use std::{fs, path::Path};

use random::Random;

/// Inputs for each parser; a page takes about two hundred times as long as a text.
const INPUTS: u64 = 20_000;
const PAGES: u64 = 100;

fn seeds(target: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(target);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Up to four changes: a piece is left out, said again, or replaced by one of another seed or an odd sign.
fn changed(seeds: &[String], random: &mut Random) -> String {
    const ODD: [&str; 12] =
        ["", " ", "0", "99999999999999999999", "-", "\u{202e}", "\u{a0}", "٣", "é", "日", "<b>", "\"}"];
    let mut text: Vec<char> = random.pick(seeds).unwrap().chars().collect();
    for _ in 0..=random.below(4) {
        let from = random.below(text.len() + 1);
        let to = from + random.below((text.len() - from).min(12) + 1);
        let other: Vec<char> = random.pick(seeds).unwrap().chars().collect();
        let start = random.below(other.len());
        let with: Vec<char> = match random.below(4) {
            0 => Vec::new(),
            1 => text.iter().skip(from).take(to - from).copied().cycle().take(2 * (to - from)).collect(),
            2 => other.into_iter().skip(start).take(12).collect(),
            _ => random.pick(&ODD).unwrap().chars().collect(),
        };
        text.splice(from..to, with);
    }
    text.into_iter().collect()
}

#[test]
fn nothing_makes_a_target_panic() {
    for (name, _) in entry::TARGETS {
        let seeds = seeds(name);
        let mut random = Random::new(name, 1);
        let count = if name == "page" { PAGES } else { INPUTS };
        for text in seeds.iter().cloned().chain((0..count).map(|_| changed(&seeds, &mut random))) {
            let ended = std::panic::catch_unwind(|| entry::run(name, &text));
            assert!(ended.is_ok(), "{name}: {text:?}");
        }
    }
}

#[test]
fn seeds_reach_what_they_are_for() {
    use redress::page::{Address, PageSnapshot};
    assert!(seeds("address").iter().any(|text| Address::parse(text).is_ok_and(|address| address.is_ours())));
    for text in seeds("snapshot") {
        let snapshot: PageSnapshot = serde_json::from_str(&text).unwrap();
        assert!(snapshot.orders().next().is_some(), "{text}");
    }
}
