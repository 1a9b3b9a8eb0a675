//! What the application needs of its surroundings.

use serde::Serialize;

use crate::{
    app::{StoreError, summary::Summary},
    case::{CaseFile, Moment},
    evidence::{ChainEntry, Record},
};

/// What a request needs of the store.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The case files of these orders, in their order; `null` = of all.
    pub orders: Option<Vec<String>>,
    /// With the records of their captures and attachments.
    pub records: bool,
    /// With their entries of the chain.
    pub chain: bool,
    /// With summaries, and with the number of all cases.
    pub summaries: Option<Summaries>,
}

/// Which summaries are needed: those that are outdated, up to [`OUTDATED`], and these. Where something is searched for, only
/// those that hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summaries {
    /// So many by their place among all.
    pub first: u32,
    /// So many by their nearest limit ahead.
    pub closes: u32,
    /// What title or order number must hold, in upper or lower case; `null` = nothing is searched for.
    pub search: Option<String>,
    /// Now, milliseconds since 1970.
    pub now: i64,
}

/// How many outdated summaries are made anew in one request.
pub const OUTDATED: usize = 50;

/// What the store holds of it.
#[derive(Debug, Default)]
pub struct Held {
    /// Case files, in any order.
    pub files: Vec<CaseFile>,
    /// Records of captures and attachments, in the order of their order ids.
    pub records: Vec<Record>,
    /// The entries of the chain about these records, oldest first.
    pub chain: Vec<ChainEntry>,
    /// Summaries, by their place among all.
    pub summaries: Vec<Summary>,
    /// How many cases are kept, or where something is searched for how many hold it; 0 where summaries were not asked for.
    pub cases: u32,
}

impl Need {
    /// The files of these orders with their captures.
    pub fn orders(mut orders: Vec<String>) -> Self {
        orders.sort_unstable();
        orders.dedup();
        Self { orders: Some(orders), records: true, ..Self::default() }
    }
}

impl Held {
    /// What is needed to make outdated summaries anew, beside what was needed.
    pub fn outdated(&self, need: Need, at: &Moment<'_>) -> Option<Need> {
        let outdated = self.summaries.iter().filter(|own| own.is_outdated(at)).take(OUTDATED);
        let outdated: Vec<String> = outdated.map(|own| own.order_id.clone()).collect();
        let orders = need.orders.unwrap_or_default().into_iter().chain(outdated.iter().cloned());
        (!outdated.is_empty()).then(|| Need::orders(orders.collect()))
    }

    /// Puts new summaries in the place of the outdated ones.
    pub fn renew(&mut self, summaries: &[Summary]) {
        for own in &mut self.summaries {
            if let Some(new) = summaries.iter().find(|new| new.order_id == own.order_id) {
                own.clone_from(new);
            }
        }
        self.summaries.sort_by(|a, b| a.due.total_cmp(&b.due));
    }

    /// The records of an order.
    pub fn records_of(&self, order_id: &str) -> impl Iterator<Item = &Record> {
        let before = |record: &Record| record.order_id() < Some(order_id);
        let first = self.records.partition_point(before);
        let own = self.records.iter().skip(first);
        own.take_while(move |record| record.order_id() == Some(order_id))
    }
}

/// Case files, with the captures and the chain beside them, kept by the browser or by a test.
///
/// Only the background writes; our other pages read. Captures are written by the vault ([`super::keep`]).
#[expect(async_fn_in_trait, reason = "used on one thread only: WebAssembly has no other")]
pub trait Store {
    /// What a request needs, as it is at one moment.
    async fn load(&self, need: &Need) -> Result<Held, StoreError>;

    /// Writes case files and summaries, all or none.
    async fn put(&self, files: &[&CaseFile], summaries: &[Summary]) -> Result<(), StoreError>;
}
