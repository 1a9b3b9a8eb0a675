//! The store in the extension's own IndexedDB, through `extension/store.js`.
//!
//! A crate for IndexedDB added 43 KB to the core; the library behind `store.js` is 12 KB beside it.

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::{
    app::{Captured, Store, StoreError},
    case::CaseFile,
    evidence::{CaptureId, CaptureRecord, ChainEntry},
};

#[wasm_bindgen(raw_module = "../store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn all(store: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn get(store: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = recordsOf)]
    async fn records_of(order_id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = putCases)]
    async fn put_cases(files: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn keep(record: JsValue, picture: JsValue, link: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn erase(id: &str, link: JsValue) -> Result<JsValue, JsValue>;
}

/// The database of this extension.
pub(super) struct IndexedStore;

impl IndexedStore {
    /// The picture of a capture; `undefined` where there is none.
    pub(super) async fn picture(id: &CaptureId) -> Result<JsValue, StoreError> {
        get("pictures", id.as_str()).await.map_err(refused)
    }
}

impl Store for IndexedStore {
    /// A `Blob`.
    type Picture = JsValue;

    async fn case_files(&self) -> Result<Vec<CaseFile>, StoreError> {
        read(all("cases").await.map_err(refused)?)
    }

    async fn case_file(&self, order_id: &str) -> Result<Option<CaseFile>, StoreError> {
        read(get("cases", order_id).await.map_err(refused)?)
    }

    async fn put_case_files(&self, files: &[CaseFile]) -> Result<(), StoreError> {
        put_cases(written(&files)?).await.map_err(refused)?;
        Ok(())
    }

    async fn records(&self, order_id: &str) -> Result<Vec<CaptureRecord>, StoreError> {
        read(records_of(order_id).await.map_err(refused)?)
    }

    async fn record(&self, id: &CaptureId) -> Result<Option<CaptureRecord>, StoreError> {
        read(get("records", id.as_str()).await.map_err(refused)?)
    }

    async fn chain(&self) -> Result<Vec<ChainEntry>, StoreError> {
        read(all("chain").await.map_err(refused)?)
    }

    async fn keep(
        &self,
        captured: Captured<JsValue>,
        link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry + 'static,
    ) -> Result<(), StoreError> {
        keep(written(&captured.record)?, captured.picture, callback(link)).await.map_err(refused)?;
        Ok(())
    }

    async fn erase(
        &self,
        id: &CaptureId,
        link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry + 'static,
    ) -> Result<(), StoreError> {
        erase(id.as_str(), callback(link)).await.map_err(refused)?;
        Ok(())
    }
}

/// `link` for JavaScript; it answers `undefined` where the last entry cannot be read.
fn callback(link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry + 'static) -> JsValue {
    Closure::once_into_js(move |last: JsValue| -> JsValue {
        read::<Option<ChainEntry>>(last)
            .and_then(|last| written(&link(last.as_ref())))
            .unwrap_or(JsValue::UNDEFINED)
    })
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
