//! Redress: what an AliExpress order page says, what it means for the buyer, and what can be shown for it.
//!
//! Dependencies point one way: `page` → `order` → `case` → `view`, `evidence` beside `case`, `app` above them.

pub mod case;
pub mod evidence;
pub mod order;
pub mod page;
