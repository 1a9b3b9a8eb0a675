//! What the extension does: one handler per request, over ports that the browser or a test fills.

mod attachment;
mod capture;
mod cards;
mod case_report;
mod error;
mod facts;
mod handle;
mod keeping;
#[cfg(test)]
mod memory;
mod own_page;
mod packing;
mod port;
mod remind;
mod report;
mod request;
mod screen;
mod summary;
#[cfg(test)]
mod tests;
mod vault_check;
mod work;
mod written;

pub use attachment::AttachmentDraft;
pub use capture::CaptureDraft;
pub use case_report::CaseReport;
pub use error::{AppError, StoreError};
pub use handle::App;
pub use keeping::{Keeping, attach, keep, tombstone};
pub use own_page::{PageAnswer, PageRequest, Wanted};
pub use packing::{Archive, Documents, Packing};
pub use port::{Held, Need, OUTDATED, Store, Summaries};
pub use remind::{Remembered, Reminder, Reminders, Reminding};
pub use report::report;
pub use request::{Answer, Badge, CardBadge, Correcting, Request, Screen, Shown, Stating};
pub use summary::{Limit, Summary};
pub use vault_check::{Merged, Vault, VaultFault};
