//! What was on the page: its address, its kind, its layout, a snapshot of the selected texts. No meaning yet.

mod kind;

pub use kind::PageKind;
