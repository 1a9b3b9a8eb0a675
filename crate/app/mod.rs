//! What the extension does: one handler per request, over ports that the browser or a test fills.

mod archive;
mod capture;
mod cards;
mod error;
mod facts;
mod handle;
#[cfg(test)]
mod memory;
mod own_page;
mod port;
mod report;
mod request;
mod screen;
#[cfg(test)]
mod tests;
mod work;
mod written;

pub use archive::{Archive, CaseReport};
pub use capture::CaptureDraft;
pub use error::{AppError, StoreError};
pub use handle::{App, ToJson};
pub use own_page::{PageAnswer, PageRequest, Wanted};
pub use port::{Captured, Held, Need, Store};
pub use report::report;
pub use request::{Answer, Badge, CardBadge, Correcting, Request, Screen, Shown, Stating};
