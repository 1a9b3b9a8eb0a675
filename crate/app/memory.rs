//! The ports in memory, for tests: a store that can fail, JSON by `serde_json`, zones by `chrono-tz`.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::{DateTime, FixedOffset, Offset as _, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::{
    app::{
        Held, Keeping, Need, Store, StoreError, Summary,
        port::{OUTDATED, Summaries},
    },
    case::{CaseFile, Zones},
    evidence::{CaptureId, ChainEntry, Record},
};

/// A store whose writes are all or nothing.
#[derive(Debug, Default)]
pub(super) struct Memory {
    kept: RefCell<Kept>,
    failure: RefCell<Option<StoreError>>,
}

/// Everything that is kept.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Kept {
    /// As JSON, as the browser keeps plain objects: what does not survive that would be lost there too.
    cases: BTreeMap<String, String>,
    pub(super) summaries: BTreeMap<String, Summary>,
    pub(super) records: BTreeMap<CaptureId, Record>,
    pub(super) chain: Vec<ChainEntry>,
}

impl Memory {
    /// What is kept now.
    pub(super) fn kept(&self) -> Kept {
        self.kept.borrow().clone()
    }

    /// Stores a capture, as the vault does.
    pub(super) fn keep(&self, Keeping { record, entry, .. }: Keeping) {
        let mut kept = self.kept.borrow_mut();
        kept.chain.push(entry);
        kept.records.insert(record.id().clone(), record);
    }

    /// Deletes a capture, as the vault does.
    pub(super) fn erase(&self, id: &CaptureId, tombstone: ChainEntry) {
        let mut kept = self.kept.borrow_mut();
        kept.chain.push(tombstone);
        kept.records.remove(id);
    }

    /// Makes the next write fail.
    pub(super) fn fail_next(&self, error: StoreError) {
        self.failure.replace(Some(error));
    }

    /// Puts a summary in the place of the one that is kept.
    pub(super) fn put_summary(&self, summary: Summary) {
        self.kept.borrow_mut().summaries.insert(summary.order_id.clone(), summary);
    }

    /// What an upgrade leaves of cases that were kept before there were summaries.
    pub(super) fn stub_summaries(&self) {
        for (order_id, own) in &mut self.kept.borrow_mut().summaries {
            *own = serde_json::from_value(serde_json::json!({"order_id": order_id, "due": 0, "until": 0}))
                .unwrap();
        }
    }

    /// Runs a write on a copy, which takes the place of what was kept only where nothing failed.
    fn write(&self, write: impl FnOnce(&mut Kept)) -> Result<(), StoreError> {
        let mut next = self.kept();
        write(&mut next);
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        self.kept.replace(next);
        Ok(())
    }
}

impl Kept {
    /// The case file of an order.
    pub(super) fn case(&self, order_id: &str) -> Option<CaseFile> {
        self.cases.get(order_id).map(|text| serde_json::from_str(text).unwrap())
    }
}

impl Store for Memory {
    async fn load(&self, need: &Need) -> Result<Held, StoreError> {
        let kept = self.kept();
        let wanted =
            |order_id: &str| need.orders.as_ref().is_none_or(|all| all.iter().any(|one| one == order_id));
        let files = kept.cases.keys().filter(|order_id| wanted(order_id));
        let files = files.filter_map(|order_id| kept.case(order_id)).collect();
        let is_needed = |record: &Record| need.records && record.order_id().is_some_and(wanted);
        let mut records: Vec<Record> = kept.records.into_values().filter(is_needed).collect();
        records.sort_by(|a, b| a.order_id().cmp(&b.order_id()));
        let mut summaries: Vec<Summary> = kept.summaries.into_values().collect();
        summaries.sort_by(|a, b| a.due.total_cmp(&b.due));
        let mut cases = kept.cases.len();
        if let Some(Summaries { first, search: Some(text), .. }) = &need.summaries {
            let holds = |text: &str, wanted: &str| text.to_lowercase().contains(&wanted.to_lowercase());
            let name = |own: &Summary| own.name.clone().unwrap_or_default();
            summaries.retain(|own| holds(&own.order_id, text) || holds(&name(own), text));
            cases = summaries.len();
            summaries.truncate(*first as usize);
        } else if let Some(Summaries { first, closes, now, .. }) = need.summaries {
            let mut near: Vec<i64> =
                summaries.iter().filter_map(|own| own.close).filter(|at| *at > now).collect();
            near.sort_unstable();
            near.truncate(closes as usize);
            let (mut place, mut outdated) = (0, 0);
            summaries.retain(|own| {
                place += 1;
                outdated += usize::from(own.until <= now);
                place <= first
                    || own.until <= now && outdated <= OUTDATED
                    || own.close.is_some_and(|at| near.contains(&at))
            });
        } else {
            summaries.clear();
        }
        let cases = if need.summaries.is_some() { u32::try_from(cases).unwrap() } else { 0 };
        let logs = |entry: &ChainEntry| records.iter().any(|record| record.id() == entry.event.capture_id());
        let mut chain = if need.chain { kept.chain } else { Vec::new() };
        chain.retain(logs);
        Ok(Held { files, records, chain, summaries, cases })
    }

    async fn put(&self, files: &[&CaseFile], summaries: &[Summary]) -> Result<(), StoreError> {
        self.write(|kept| {
            kept.summaries.extend(summaries.iter().map(|own| (own.order_id.clone(), own.clone())));
            for file in files {
                kept.cases.insert(file.order_id.clone(), serde_json::to_string(file).unwrap());
            }
        })
    }
}

/// The whole zone database.
#[derive(Debug)]
pub(super) struct Database;

impl Zones for Database {
    fn offset_at(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
        let zone: Tz = zone.parse().ok()?;
        Some(zone.offset_from_utc_datetime(&at.naive_utc()).fix())
    }
}
