//! The browser's side of the ports, and what JavaScript calls. No decisions here.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[cfg(any(feature = "writer", feature = "viewer"))]
pub mod cases;
mod clock;
#[cfg(feature = "keeper")]
pub mod keeping;
#[cfg(any(feature = "writer", feature = "viewer"))]
mod store;
mod zones;

/// Takes in what the user settled: the zone in which days and times are counted and shown, empty for the browser's, and what
/// shared signs of money mean (`order::settle_signs`).
#[wasm_bindgen]
pub fn settle(zone: String, signs: &str) {
    clock::settle(zone);
    crate::order::settle_signs(signs);
}

fn to_js(value: &impl Serialize) -> Result<JsValue, serde_wasm_bindgen::Error> {
    // As JSON would have it: objects, not maps; null, not undefined. What is stored and sent must survive both.
    value.serialize(&Serializer::json_compatible())
}
