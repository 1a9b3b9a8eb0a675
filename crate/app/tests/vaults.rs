//! Backups of vaults: what does not hold is found, and vaults that are merged hold the same captures, whichever way round.

use super::*;
use crate::{
    app::{Merged, Vault, VaultFault, tombstone},
    case::Look,
    evidence::{CaptureId, CaptureRecord, ChainEntry, Record, append, verify},
};

fn id(text: &str) -> CaptureId {
    CaptureId::try_from(text.to_owned()).unwrap()
}

/// A vault with captures of these names, made one after the other from this day on.
fn vault(names: &[&str], day: u32) -> Vault {
    let mut vault = Vault::default();
    for name in names {
        capture(&mut vault, name, day);
    }
    vault
}

fn capture(vault: &mut Vault, name: &str, day: u32) {
    let buyer = Buyer::new();
    buyer.keep(name, &json!({}), noon(day)).unwrap();
    let record = buyer.app.store.kept().records[&id(name)].clone();
    let event = record.event();
    vault.chain.push(append(vault.chain.last(), event, noon(day), None));
    vault.records.push(record);
}

fn capture_of(vault: &mut Vault) -> &mut CaptureRecord {
    let Record::Capture(record) = &mut vault.records[0] else { panic!() };
    record
}

fn delete(vault: &mut Vault, name: &str, day: u32) {
    let at = vault.records.iter().position(|record| *record.id() == id(name)).unwrap();
    let record = vault.records.remove(at);
    vault.chain.push(tombstone(&record, vault.chain.last(), None, &moment(noon(day))));
}

/// Does to the vault what the store does.
fn apply(vault: &mut Vault, merged: Merged) {
    vault.chain.extend(merged.entries);
    vault.records.retain(|record| !merged.deleted.contains(record.id()));
    vault.records.extend(merged.records);
    vault.chains = merged.chains;
    for file in merged.cases {
        vault.cases.retain(|own| own.order_id != file.order_id);
        vault.cases.push(file);
    }
}

fn take_in(vault: &mut Vault, other: &Vault, day: u32) {
    let merged = vault.merge(other, noon(day), None);
    apply(vault, merged);
    assert_eq!(vault.fault(), None);
}

fn names(vault: &Vault) -> Vec<String> {
    let mut names: Vec<String> = vault.records.iter().map(|record| record.id().to_string()).collect();
    names.sort();
    names
}

#[test]
fn a_log_that_goes_on_is_continued_and_the_shorter_one_brings_nothing() {
    let old = vault(&["a", "b"], 1);
    let mut long = old.clone();
    capture(&mut long, "c", 2);
    delete(&mut long, "a", 3);
    let mut own = old.clone();
    take_in(&mut own, &long, 4);
    assert_eq!((own.chain.clone(), names(&own), own.chains.len()), (long.chain.clone(), names(&long), 0));
    assert_eq!(long.merge(&old, noon(5), None), Merged::default());
    let mut new = Vault::default();
    take_in(&mut new, &long, 4);
    assert_eq!(new.chain, long.chain);
}

#[test]
fn vaults_that_went_apart_hold_the_same_captures_afterwards() {
    let shared = vault(&["a", "b", "c"], 1);
    let (mut one, mut two) = (shared.clone(), shared);
    capture(&mut one, "one", 2);
    delete(&mut one, "a", 3);
    capture(&mut two, "two", 2);
    capture(&mut two, "gone", 2);
    delete(&mut two, "gone", 3);
    delete(&mut two, "b", 3);
    let (first, second) = (one.clone(), two.clone());
    take_in(&mut one, &second, 5);
    take_in(&mut two, &first, 6);
    for merged in [&one, &two] {
        assert_eq!(names(merged), ["c", "one", "two"]);
    }
    // The other log is kept as it was, and what came in is logged by an entry of the own one.
    assert_eq!((one.chains.clone(), two.chains.clone()), (vec![second.chain], vec![first.chain]));
    let tail: Vec<(&str, bool)> = one
        .chain
        .iter()
        .skip(5)
        .map(|entry| (entry.event.capture_id().as_str(), entry.at == noon(5)))
        .collect();
    assert_eq!(tail, [("b", true), ("two", true)]);
    let record =
        |vault: &Vault| vault.records.iter().find(|record| *record.id() == id("two")).unwrap().clone();
    assert_eq!(record(&one), record(&two), "the record still says when it was captured");
    // Once more, both ways, in their new state: nothing new.
    for (into, from) in [(&one, &two), (&two, &one)] {
        let again = into.merge(from, noon(7), None);
        assert_eq!((again.entries.len(), again.records.len(), again.deleted.len()), (0, 0, 0));
    }
    take_in(&mut one, &two, 8);
    let settled = one.clone();
    take_in(&mut one, &two, 9);
    assert_eq!(one, settled);
}

#[test]
fn what_a_third_vault_deleted_stays_deleted() {
    let (mut one, three) = (vault(&["a", "x"], 1), vault(&["x"], 2));
    delete(&mut one, "x", 3);
    let mut two = vault(&["b"], 1);
    take_in(&mut two, &one, 4);
    take_in(&mut two, &three, 5);
    assert_eq!(names(&two), ["a", "b"]);
    let mut late = three;
    take_in(&mut late, &two, 6);
    assert_eq!(names(&late), ["a", "b"]);
}

#[test]
fn what_does_not_hold_is_found() {
    let good = {
        let mut vault = vault(&["a", "b", "c"], 1);
        delete(&mut vault, "b", 2);
        vault.chains = vec![self::vault(&["z"], 1).chain];
        vault.cases = vec![CaseFile::new(ORDER.to_owned())];
        vault
    };
    assert_eq!(good.fault(), None);
    let with = |change: &dyn Fn(&mut Vault)| {
        let mut vault = good.clone();
        change(&mut vault);
        vault.fault()
    };
    assert_eq!(with(&|vault| vault.chain.swap(0, 1)), Some(VaultFault::Chain));
    assert_eq!(with(&|vault| drop(vault.chain.remove(0))), Some(VaultFault::Chain));
    assert_eq!(with(&|vault| vault.chain[1].at = noon(9)), Some(VaultFault::Chain));
    assert_eq!(with(&|vault| vault.chains[0][0].at = noon(9)), Some(VaultFault::Chain));
    assert_eq!(with(&|vault| capture_of(vault).title.push('x')), Some(VaultFault::Record));
    assert_eq!(with(&|vault| vault.records.push(vault.records[0].clone())), Some(VaultFault::Record));
    assert_eq!(with(&|vault| capture_of(vault).id = id("b")), Some(VaultFault::Record));
    assert_eq!(with(&|vault| drop(vault.records.remove(0))), Some(VaultFault::Missing));
    assert_eq!(with(&|vault| vault.cases.push(vault.cases[0].clone())), Some(VaultFault::Case));
}

#[test]
fn case_files_of_one_order_are_united_both_ways_the_same() {
    let buyer = |days: &[(u32, &str)]| {
        let mut file = CaseFile::new(ORDER.to_owned());
        for (day, country) in days {
            file.state("country", country, None, &moment(noon(*day))).unwrap();
            file.state("event", "received", None, &moment(noon(*day))).unwrap();
        }
        file
    };
    let (one, two) = (buyer(&[(1, "DE"), (4, "PL")]), buyer(&[(2, "FR"), (3, "ES")]));
    let united = one.unite(&two);
    assert_eq!(united, two.unite(&one));
    assert_eq!(united, united.unite(&two));
    assert_eq!(one.unite(&one), one);
    let of = |topic: &str| {
        united
            .statements
            .iter()
            .filter(|one| one.topic == topic)
            .map(|one| one.value.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!((of("country"), of("event.received").len()), (vec!["PL"], 4));
}

#[test]
fn looks_of_both_sides_are_united_the_newest_first_and_no_more_than_one_side_keeps() {
    let with = |days: std::ops::Range<u32>| {
        let mut file = CaseFile::new(ORDER.to_owned());
        for day in days.rev() {
            let root = json!({"name": "page", "by": "address", "fields": [], "regions": []});
            let snapshot = json!({"address": detail_url(ORDER), "layout": "current", "root": root});
            let snapshot = serde_json::from_value(snapshot).unwrap();
            file.looks.push(Look::new(noon(day), noon(day).date_naive(), i64::from(day), snapshot));
        }
        file
    };
    let days = |file: &CaseFile| file.looks.iter().map(|look| look.visit).collect::<Vec<_>>();
    let (one, two) = (with(1..9), with(5..15));
    let united = one.unite(&two);
    assert_eq!(days(&united), [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 1]);
    assert_eq!(united, two.unite(&one));
    assert_eq!(united, united.unite(&one).unite(&two));
}

#[test]
fn every_log_of_a_merged_vault_verifies() {
    let mut own = vault(&["a"], 1);
    for (name, day) in [("b", 2), ("c", 3)] {
        take_in(&mut own, &vault(&[name], day), 4);
    }
    let logs: Vec<&Vec<ChainEntry>> = std::iter::once(&own.chain).chain(&own.chains).collect();
    assert_eq!(logs.len(), 3);
    assert!(logs.into_iter().all(|log| verify(log).is_ok()));
}

fn attach(vault: &mut Vault, name: &str, day: u32) {
    let draft = json!({"order_id": ORDER, "name": "a.pdf", "media_type": "application/pdf", "bytes": 9,
        "sha256": Sha256::of(name), "kept": "reference", "extension_version": "0.1.0"});
    let draft = serde_json::from_value(draft).unwrap();
    let kept =
        crate::app::attach(draft, name.to_owned(), vault.chain.last(), None, &moment(noon(day))).unwrap();
    vault.chain.push(kept.entry);
    vault.records.push(kept.record);
}

#[test]
fn attachments_hold_and_are_merged_as_captures_are() {
    let mut first = vault(&["one"], 7);
    attach(&mut first, "file-1", 8);
    let mut second = vault(&["two"], 7);
    attach(&mut second, "file-2", 8);
    attach(&mut second, "gone", 8);
    delete(&mut second, "gone", 9);
    assert_eq!((first.fault(), second.fault()), (None, None));

    let (mut one, mut other) = (first.clone(), second.clone());
    take_in(&mut one, &second, 10);
    take_in(&mut other, &first, 10);
    assert_eq!(names(&one), ["file-1", "file-2", "one", "two"]);
    assert_eq!(names(&one), names(&other));
    let before = one.clone();
    take_in(&mut one, &second, 11);
    assert_eq!(one, before);

    let mut changed = first.clone();
    let Record::Attachment(record) = &mut changed.records[1] else { panic!() };
    record.bytes += 1;
    assert_eq!(changed.fault(), Some(VaultFault::Record));
    let mut missing = first;
    missing.records.pop();
    assert_eq!(missing.fault(), Some(VaultFault::Missing));
}

#[test]
fn an_attachment_that_cannot_be_is_refused() {
    let good = json!({"order_id": ORDER, "media_type": "application/pdf", "bytes": 9, "sha256": Sha256::of("a"),
        "kept": "copy", "extension_version": "0.1.0", "name": "a\u{202e}b\n.pdf", "caption": "  "});
    let add = |changes: &[(&str, serde_json::Value)]| {
        let mut draft = good.clone();
        for (key, value) in changes {
            draft[key] = value.clone();
        }
        let draft = serde_json::from_value(draft).unwrap();
        crate::app::attach(draft, "file".to_owned(), None, None, &moment(noon(7)))
    };
    let Record::Attachment(record) = add(&[]).unwrap().record else { panic!() };
    assert_eq!(record.name.as_ref().map(crate::evidence::OneLine::as_str), Some("a\u{fffd}b\u{fffd}.pdf"));
    assert_eq!((record.caption, record.what.code()), (None, "document"));
    for change in
        [("order_id", json!("")), ("order_id", json!("82e1")), ("bytes", json!(0)), ("what", json!("video"))]
    {
        assert!(add(std::slice::from_ref(&change)).is_err(), "{change:?}");
    }
}
