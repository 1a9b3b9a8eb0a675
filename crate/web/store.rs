//! The store in the extension's own IndexedDB, through `extension/store.js`.
//!
//! A crate for IndexedDB added 43 KB to the core; the library behind `store.js` is 12 KB beside it.

use js_sys::Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::{
    app::{Held, Need, Store, StoreError, Summary},
    case::CaseFile,
};

#[wasm_bindgen(raw_module = "../store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(need: JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch)]
    async fn put(files: JsValue, summaries: JsValue) -> Result<JsValue, JsValue>;
}

/// The database of this extension.
pub(super) struct IndexedStore;

impl Store for IndexedStore {
    async fn load(&self, need: &Need) -> Result<Held, StoreError> {
        let held = load(written(need)?).await.map_err(refused)?;
        Ok(Held {
            files: read(held.get(0))?,
            records: read(held.get(1))?,
            // Only a dossier needs the log, and only our own pages show one: the writer does without what reads it.
            chain: if cfg!(feature = "viewer") { read(held.get(2))? } else { Vec::new() },
            summaries: read(held.get(3))?,
            cases: read(held.get(4))?,
        })
    }

    async fn put(&self, files: &[&CaseFile], summaries: &[Summary]) -> Result<(), StoreError> {
        put(written(&files)?, written(&summaries)?).await.map_err(refused)?;
        Ok(())
    }
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, StoreError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn written(value: &impl Serialize) -> Result<JsValue, StoreError> {
    super::to_js(value).map_err(|error| StoreError::Refused(error.to_string()))
}

fn refused(error: JsValue) -> StoreError {
    let error = js_sys::Error::from(error);
    if error.name() == "QuotaExceededError" {
        return StoreError::Full;
    }
    StoreError::Refused(error.message().into())
}
