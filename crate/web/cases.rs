//! Reading, deciding and showing: what the background and our own pages call.

use wasm_bindgen::prelude::*;

use super::{clock, store::IndexedStore, to_js, zones::IntlZones};
use crate::{
    app::{App, AppError},
    case::Moment,
};

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
    work: impl AsyncFnOnce(&App<IndexedStore>, &Moment<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let app = App { store: IndexedStore };
    let (zone, zones) = (clock::zone(), IntlZones::default());
    work(&app, &Moment { now: clock::now(), zone: &zone, zones: &zones }).await
}
