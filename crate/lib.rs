//! Redress: what an AliExpress order page says, what it means for the buyer, and what can be shown for it.
//!
//! Dependencies point one way: `page` → `order` → `case` → `view`, `evidence` beside `case`, `app` above them; `web`
//! (browser only) and the command line (native only) are outermost.

pub mod app;
pub mod case;
mod code;
pub mod evidence;
pub mod order;
pub mod page;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod web;
