//! What was on the page: its address, its kind, its layout, a snapshot of the selected texts. No meaning yet.
//!
//! A [`Plan`] says what to select on the page of an address. A collector (`extension/collect.js` in a page,
//! `crate/cli/collect/mod.rs` over saved HTML) runs it and answers with a [`PageSnapshot`]; both give the same one.

mod address;
mod kind;
mod plan;
mod sites;
mod snapshot;
mod text;

pub use address::{Address, AddressError};
pub use kind::PageKind;
pub use plan::{Plan, PlanName, Strategy, Words, plan, plan_name, plan_names};
pub(crate) use sites::CAPTCHA_TITLES;
pub use snapshot::{Field, PageSnapshot, Region};
