//! What the extension does: one handler per request, over ports that the browser or a test fills.

mod archive;
mod capture;
mod cards;
mod error;
mod facts;
mod handle;
mod keeping;
#[cfg(test)]
mod memory;
mod own_page;
mod port;
mod remind;
mod report;
mod request;
mod screen;
mod summary;
#[cfg(test)]
mod tests;
mod work;
mod written;

pub use archive::{Archive, CaseReport};
pub use capture::CaptureDraft;
pub use error::{AppError, StoreError};
pub use handle::{App, ToJson};
pub use keeping::{Keeping, keep, tombstone};
pub use own_page::{PageAnswer, PageRequest, Wanted};
pub use port::{Held, Need, OUTDATED, Store, Summaries};
pub use remind::{Remembered, Reminder, Reminders, Reminding};
pub use report::report;
pub use request::{Answer, Badge, CardBadge, Correcting, Request, Screen, Shown, Stating};
pub use summary::{Limit, Summary};
