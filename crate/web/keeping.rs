//! The vault: what is written when evidence is kept or deleted. And reminders, which need no page either.

use wasm_bindgen::prelude::*;

use super::{clock, to_js, zones::IntlZones};
use crate::{
    app,
    case::Moment,
    evidence::{ChainEntry, MediaType, Record, Sha256},
};

/// Describes a capture that is to be kept: `draft` is an `app::CaptureDraft`, `sha256` the picture's digest in
/// hexadecimal, `head` the last entry of the chain or `null`, `key` the digest of the key that will sign. Answers with `app::Keeping`.
#[wasm_bindgen]
pub fn keep(draft: JsValue, sha256: &str, head: JsValue, key: Option<String>) -> Result<JsValue, JsError> {
    let draft = serde_wasm_bindgen::from_value(draft)?;
    let head: Option<ChainEntry> = serde_wasm_bindgen::from_value(head)?;
    let id = random_id()?;
    let key = digest_of(key)?;
    Ok(to_js(&at_once(|moment| app::keep(draft, sha256, id, head.as_ref(), key, moment))?)?)
}

/// Describes a file of the buyer's own that is to be kept: `draft` is an `app::AttachmentDraft`, the rest as for [`keep`].
#[wasm_bindgen]
pub fn attach(draft: JsValue, head: JsValue, key: Option<String>) -> Result<JsValue, JsError> {
    let draft = serde_wasm_bindgen::from_value(draft)?;
    let head: Option<ChainEntry> = serde_wasm_bindgen::from_value(head)?;
    let id = random_id()?;
    let key = digest_of(key)?;
    Ok(to_js(&at_once(|moment| app::attach(draft, id, head.as_ref(), key, moment))?)?)
}

/// The media type of a file that begins with these bytes; none where it is of no kind that can be kept.
#[wasm_bindgen]
pub fn media_type(start: &[u8]) -> Option<String> {
    MediaType::of(start).map(|kind| kind.code().to_owned())
}

/// The entry of the chain that says that a capture or an attachment is deleted: `record` is its record, `head` the last entry.
#[wasm_bindgen]
pub fn tombstone(record: JsValue, head: JsValue, key: Option<String>) -> Result<JsValue, JsError> {
    let record: Record = serde_wasm_bindgen::from_value(record)?;
    let key = digest_of(key)?;
    let head: Option<ChainEntry> = serde_wasm_bindgen::from_value(head)?;
    Ok(to_js(&at_once(|moment| app::tombstone(&record, head.as_ref(), key, moment)))?)
}

/// Which reminders are due: `asked` is an `app::Reminding`. Answers with `app::Reminders`.
#[wasm_bindgen]
pub fn remind(asked: JsValue) -> Result<JsValue, JsError> {
    let asked = serde_wasm_bindgen::from_value(asked)?;
    Ok(to_js(&at_once(|moment| app::Reminders::of(&asked, moment)))?)
}

/// The documents of a dossier: `packing` is an `app::Packing`. Answers with `app::Documents`.
#[wasm_bindgen]
pub fn documents(packing: JsValue) -> Result<JsValue, JsError> {
    let packing: app::Packing = serde_wasm_bindgen::from_value(packing)?;
    Ok(to_js(&packing.documents()?)?)
}

/// The files of a dossier with its documents as JSON. Answers with `app::Archive`.
#[wasm_bindgen]
pub fn archive(packing: JsValue, case_json: String, chain_json: String) -> Result<JsValue, JsError> {
    let packing: app::Packing = serde_wasm_bindgen::from_value(packing)?;
    Ok(to_js(&packing.archive(case_json, chain_json)?)?)
}

/// What is wrong with a backup: `vault` is an `app::Vault`. Answers with a code of `app::VaultFault`, or `null` where it holds.
#[wasm_bindgen]
pub fn vault_fault(vault: JsValue) -> Result<JsValue, JsError> {
    let vault: app::Vault = serde_wasm_bindgen::from_value(vault)?;
    Ok(to_js(&vault.fault())?)
}

/// What changes in a vault that takes another one in: both are `app::Vault`. Answers with `app::Merged`.
#[wasm_bindgen]
pub fn merge(own: JsValue, other: JsValue, key: Option<String>) -> Result<JsValue, JsError> {
    let own: app::Vault = serde_wasm_bindgen::from_value(own)?;
    let other: app::Vault = serde_wasm_bindgen::from_value(other)?;
    Ok(to_js(&own.merge(&other, clock::now(), digest_of(key)?))?)
}

fn digest_of(key: Option<String>) -> Result<Option<Sha256>, JsError> {
    Ok(key.map(|digest| digest.parse()).transpose()?)
}

/// The text that the signature of an entry is made over.
#[wasm_bindgen]
pub fn signed_text(entry: JsValue) -> Result<String, JsError> {
    let entry: ChainEntry = serde_wasm_bindgen::from_value(entry)?;
    Ok(entry.canonical_text())
}

/// Runs what needs the time and the zone only.
fn at_once<T>(work: impl FnOnce(&Moment<'_>) -> T) -> T {
    let (zone, zones) = (clock::zone(), IntlZones::default());
    work(&Moment { now: clock::now(), zone: &zone, zones: &zones })
}

/// A random capture id, a UUID of the browser.
fn random_id() -> Result<String, JsError> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("crypto"))
        .map_err(|_| JsError::new("the browser has no source of random numbers"))?
        .unchecked_into::<web_sys::Crypto>();
    Ok(crypto.random_uuid())
}
