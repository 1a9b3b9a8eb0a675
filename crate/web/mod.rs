//! The browser's side of the ports, and what JavaScript calls. No decisions here.

use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[cfg(any(feature = "writer", feature = "viewer"))]
use crate::app::{App, AppError, ToJson};
use crate::case::Moment;
#[cfg(feature = "keeper")]
use crate::{
    app,
    evidence::{CaptureRecord, ChainEntry},
};

mod clock;
mod store;
mod zones;

use store::IndexedStore;
use zones::IntlZones;

/// JSON by the browser.
struct BrowserJson;

impl ToJson for BrowserJson {
    fn to_json(&self, value: &impl Serialize) -> Result<String, AppError> {
        let object = to_js(value).map_err(|error| AppError::Json(error.to_string()))?;
        JSON::stringify_with_replacer_and_space(&object, &JsValue::NULL, &JsValue::from_f64(2.0))
            .ok()
            .and_then(|text| text.as_string())
            .ok_or_else(|| AppError::Json("the browser gave no text".to_owned()))
    }
}

/// Takes in the wordings of the shop's pages and the sources of the rules, once, before the first request.
#[cfg(any(feature = "writer", feature = "viewer"))]
#[wasm_bindgen]
pub fn learn(phrases: String, sources: String) {
    crate::order::learn(phrases);
    crate::case::learn_sources(sources);
}

/// Answers a request of the background (`app::Request`) with what belongs to it (`app::Answer`).
#[cfg(feature = "writer")]
#[wasm_bindgen]
pub async fn handle(request: JsValue) -> Result<JsValue, JsError> {
    let request = serde_wasm_bindgen::from_value(request)?;
    let answer = with_app(async |app, moment| app.handle(request, moment).await).await?;
    Ok(to_js(&answer)?)
}

/// Answers one of our own pages (`app::PageRequest`) with what belongs to it (`app::PageAnswer`).
#[cfg(feature = "viewer")]
#[wasm_bindgen]
pub async fn page(request: JsValue) -> Result<JsValue, JsError> {
    let request = serde_wasm_bindgen::from_value(request)?;
    let answer = with_app(async |app, moment| app.page(request, moment).await).await?;
    Ok(to_js(&answer)?)
}

/// Describes a capture that is to be kept: `draft` is an `app::CaptureDraft`, `sha256` the picture's digest in
/// hexadecimal, `head` the last entry of the chain or `null`. Answers with `app::Keeping`.
#[cfg(feature = "keeper")]
#[wasm_bindgen]
pub fn keep(draft: JsValue, sha256: &str, head: JsValue) -> Result<JsValue, JsError> {
    let draft = serde_wasm_bindgen::from_value(draft)?;
    let head: Option<ChainEntry> = serde_wasm_bindgen::from_value(head)?;
    let id = random_id()?;
    Ok(to_js(&at_once(|moment| app::keep(draft, sha256, id, head.as_ref(), moment))?)?)
}

/// The entry of the chain that says that a capture is deleted: `record` is its record, `head` the last entry.
#[cfg(feature = "keeper")]
#[wasm_bindgen]
pub fn tombstone(record: JsValue, head: JsValue) -> Result<JsValue, JsError> {
    let record: CaptureRecord = serde_wasm_bindgen::from_value(record)?;
    let head: Option<ChainEntry> = serde_wasm_bindgen::from_value(head)?;
    Ok(to_js(&at_once(|moment| app::tombstone(&record, head.as_ref(), moment)))?)
}

/// Runs what needs the time and the zone only.
#[cfg(feature = "keeper")]
fn at_once<T>(work: impl FnOnce(&Moment<'_>) -> T) -> T {
    let (zone, zones) = (clock::zone(), IntlZones::default());
    work(&Moment { now: clock::now(), zone: &zone, zones: &zones })
}

#[cfg(any(feature = "writer", feature = "viewer"))]
async fn with_app<T>(
    work: impl AsyncFnOnce(&App<IndexedStore, BrowserJson>, &Moment<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let app = App { store: IndexedStore, json: BrowserJson };
    let (zone, zones) = (clock::zone(), IntlZones::default());
    work(&app, &Moment { now: clock::now(), zone: &zone, zones: &zones }).await
}

fn to_js(value: &impl Serialize) -> Result<JsValue, serde_wasm_bindgen::Error> {
    // As JSON would have it: objects, not maps; null, not undefined. What is stored and sent must survive both.
    value.serialize(&Serializer::json_compatible())
}

/// A random capture id, a UUID of the browser.
#[cfg(feature = "keeper")]
fn random_id() -> Result<String, JsError> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("crypto"))
        .map_err(|_| JsError::new("the browser has no source of random numbers"))?
        .unchecked_into::<web_sys::Crypto>();
    Ok(crypto.random_uuid())
}
