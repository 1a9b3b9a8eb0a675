//! Each reason, next step and trick has its words, and the traps are those of the ladder.

use std::{collections::BTreeMap, fs};

use super::{root, texts};
use crate::case::{Next, Reason, SellerTrick};

/// What a person reads of each reason: its name, what to expect, what to ask for, where the trap is.
const OF_A_REASON: [&str; 4] = ["reason", "expect", "ask", "trap"];

/// The keys that a reason, a next step and a trick must have.
fn demanded() -> Vec<String> {
    let reasons = Reason::ALL.iter().map(|reason| reason.code());
    let reasons = reasons.flat_map(|code| OF_A_REASON.map(|about| format!("{about}_{code}")));
    let steps = Next::ALL.iter().map(|next| format!("ready_{}", next.code()));
    let tricks = SellerTrick::ALL.iter().map(|trick| trick.code());
    let tricks = tricks.flat_map(|code| ["saw", "trick"].map(|about| format!("{about}_{code}")));
    reasons.chain(steps).chain(tricks).collect()
}

/// The trap of each reason in the data of the ladder.
fn traps() -> BTreeMap<String, String> {
    let file = fs::read_to_string(root().join("crate/data/policy/ladder.toml")).unwrap();
    let data: toml_edit::DocumentMut = file.parse().unwrap();
    let reasons = data["reason"].as_array_of_tables().unwrap();
    let text = |row: &toml_edit::Table, key: &str| row[key].as_str().unwrap().to_owned();
    reasons.iter().map(|row| (text(row, "id"), text(row, "trap"))).collect()
}

#[test]
fn every_reason_step_and_trick_has_its_words() {
    let texts = texts("en");
    let missing: Vec<_> = demanded().into_iter().filter(|key| !texts.contains_key(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn they_are_short() {
    let texts = texts("en");
    for key in demanded() {
        let text = &texts[&key];
        assert!(text.chars().count() <= 160, "{key} has {} letters", text.chars().count());
        let sentences = text.split_terminator(['.', '?']).count();
        assert!(sentences <= 2, "{key} has {sentences} sentences");
    }
}

#[test]
fn the_traps_are_those_of_the_ladder() {
    let (texts, traps) = (texts("en"), traps());
    assert_eq!(traps.len(), Reason::ALL.len());
    for (code, trap) in traps {
        assert_eq!(texts.get(&format!("trap_{code}")), Some(&trap), "{code}");
    }
}
