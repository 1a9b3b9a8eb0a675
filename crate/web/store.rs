//! The store in the extension's own IndexedDB.

use rexie::{Direction, Index, KeyRange, ObjectStore, Rexie, Transaction, TransactionMode};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::{
    app::{Captured, Store, StoreError},
    case::CaseFile,
    evidence::{CaptureId, CaptureRecord, ChainEntry},
};

const NAME: &str = "redress";
/// Raised with every change of the stores below; rexie then creates what is missing.
const VERSION: u32 = 1;
const CASES: &str = "cases";
const RECORDS: &str = "records";
const PICTURES: &str = "pictures";
const CHAIN: &str = "chain";
const ORDER_INDEX: &str = "order_id";

/// An open database.
pub(super) struct IndexedStore {
    database: Rexie,
}

impl IndexedStore {
    /// Opens the database and creates it where there is none.
    pub(super) async fn open() -> Result<Self, StoreError> {
        let database = Rexie::builder(NAME)
            .version(VERSION)
            .add_object_store(ObjectStore::new(CASES).key_path("order_id"))
            .add_object_store(
                ObjectStore::new(RECORDS).key_path("id").add_index(Index::new(ORDER_INDEX, "order_id")),
            )
            .add_object_store(ObjectStore::new(PICTURES))
            .add_object_store(ObjectStore::new(CHAIN).key_path("seq"))
            .build()
            .await
            .map_err(refused)?;
        Ok(Self { database })
    }

    /// The picture of a capture.
    pub(super) async fn picture(&self, id: &CaptureId) -> Result<Option<JsValue>, StoreError> {
        self.reading(PICTURES)?.store(PICTURES).map_err(refused)?.get(key(id.as_str())).await.map_err(refused)
    }

    fn reading(&self, store: &str) -> Result<Transaction, StoreError> {
        self.database.transaction(&[store], TransactionMode::ReadOnly).map_err(refused)
    }

    fn writing(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.database.transaction(stores, TransactionMode::ReadWrite).map_err(refused)
    }
}

impl Store for IndexedStore {
    type Picture = Blob;

    async fn case_files(&self) -> Result<Vec<CaseFile>, StoreError> {
        let found = self.reading(CASES)?.store(CASES).map_err(refused)?.get_all(None, None).await;
        found.map_err(refused)?.into_iter().map(read).collect()
    }

    async fn case_file(&self, order_id: &str) -> Result<Option<CaseFile>, StoreError> {
        let found = self.reading(CASES)?.store(CASES).map_err(refused)?.get(key(order_id)).await;
        found.map_err(refused)?.map(read).transpose()
    }

    async fn put_case_files(&self, files: &[CaseFile]) -> Result<(), StoreError> {
        let transaction = self.writing(&[CASES])?;
        let store = transaction.store(CASES).map_err(refused)?;
        for file in files {
            store.put(&written(file)?, None).await.map_err(refused)?;
        }
        finish(transaction).await
    }

    async fn records(&self, order_id: &str) -> Result<Vec<CaptureRecord>, StoreError> {
        let index = self.reading(RECORDS)?.store(RECORDS).map_err(refused)?.index(ORDER_INDEX).map_err(refused)?;
        let only = KeyRange::only(&key(order_id)).map_err(|error| StoreError::Refused(error.to_string()))?;
        index.get_all(Some(only), None).await.map_err(refused)?.into_iter().map(read).collect()
    }

    async fn record(&self, id: &CaptureId) -> Result<Option<CaptureRecord>, StoreError> {
        let found = self.reading(RECORDS)?.store(RECORDS).map_err(refused)?.get(key(id.as_str())).await;
        found.map_err(refused)?.map(read).transpose()
    }

    async fn chain(&self) -> Result<Vec<ChainEntry>, StoreError> {
        let found = self.reading(CHAIN)?.store(CHAIN).map_err(refused)?.get_all(None, None).await;
        found.map_err(refused)?.into_iter().map(read).collect()
    }

    async fn keep(
        &self,
        captured: Captured<Blob>,
        link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry,
    ) -> Result<(), StoreError> {
        let transaction = self.writing(&[RECORDS, PICTURES, CHAIN])?;
        extend(&transaction, link).await?;
        let id = key(captured.record.id.as_str());
        let record = written(&captured.record)?;
        // `add`, not `put`: what is kept is never written over.
        transaction.store(RECORDS).map_err(refused)?.add(&record, None).await.map_err(refused)?;
        let pictures = transaction.store(PICTURES).map_err(refused)?;
        pictures.add(&captured.picture, Some(&id)).await.map_err(refused)?;
        finish(transaction).await
    }

    async fn erase(
        &self,
        id: &CaptureId,
        link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry,
    ) -> Result<(), StoreError> {
        let transaction = self.writing(&[RECORDS, PICTURES, CHAIN])?;
        extend(&transaction, link).await?;
        transaction.store(RECORDS).map_err(refused)?.delete(key(id.as_str())).await.map_err(refused)?;
        transaction.store(PICTURES).map_err(refused)?.delete(key(id.as_str())).await.map_err(refused)?;
        finish(transaction).await
    }
}

/// Adds the entry that `link` makes from the last one.
async fn extend(
    transaction: &Transaction,
    link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry,
) -> Result<(), StoreError> {
    let chain = transaction.store(CHAIN).map_err(refused)?;
    let last = chain.scan(None, Some(1), None, Some(Direction::Prev)).await.map_err(refused)?;
    let last: Option<ChainEntry> = last.into_iter().next().map(|(_, entry)| read(entry)).transpose()?;
    chain.add(&written(&link(last.as_ref()))?, None).await.map_err(refused)?;
    Ok(())
}

/// Waits until the browser has committed.
async fn finish(transaction: Transaction) -> Result<(), StoreError> {
    let result = transaction.done().await.map_err(refused)?;
    if result.is_committed() { Ok(()) } else { Err(StoreError::Refused("the transaction was aborted".to_owned())) }
}

fn key(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, StoreError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn written(value: &impl Serialize) -> Result<JsValue, StoreError> {
    super::to_js(value).map_err(|error| StoreError::Refused(error.to_string()))
}

fn refused(error: rexie::Error) -> StoreError {
    // The DOMException's name is only in the debug text.
    let words = format!("{error:?}");
    if words.contains("QuotaExceeded") { StoreError::Full } else { StoreError::Refused(words) }
}
