//! Reading, deciding and showing: what the background and our own pages call.

use js_sys::JSON;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{clock, store::IndexedStore, to_js, zones::IntlZones};
use crate::{
    app::{App, AppError, ToJson},
    case::Moment,
};

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

async fn with_app<T>(
    work: impl AsyncFnOnce(&App<IndexedStore, BrowserJson>, &Moment<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let app = App { store: IndexedStore, json: BrowserJson };
    let (zone, zones) = (clock::zone(), IntlZones::default());
    work(&app, &Moment { now: clock::now(), zone: &zone, zones: &zones }).await
}
