//! The store in the extension's own IndexedDB, through `extension/store.js`.
//!
//! A crate for IndexedDB added 43 KB to the core; the library behind `store.js` is 12 KB beside it.

use js_sys::Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::{
    app::{Captured, Held, Need, Store, StoreError},
    case::CaseFile,
    evidence::{CaptureId, ChainEntry},
};

#[wasm_bindgen(raw_module = "../store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(need: JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_name = putCases)]
    async fn put_cases(files: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn keep(record: JsValue, picture: JsValue, link: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn erase(id: &str, link: JsValue) -> Result<JsValue, JsValue>;
}

/// The database of this extension.
pub(super) struct IndexedStore;

impl Store for IndexedStore {
    /// A `Blob`.
    type Picture = JsValue;

    async fn load(&self, need: &Need) -> Result<Held, StoreError> {
        let held = load(written(need)?).await.map_err(refused)?;
        Ok(Held { files: read(held.get(0))?, records: read(held.get(1))?, chain: read(held.get(2))? })
    }

    async fn put_case_files(&self, files: &[&CaseFile]) -> Result<(), StoreError> {
        put_cases(written(&files)?).await.map_err(refused)?;
        Ok(())
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
