//! What can go wrong, in words a person can use.

use crate::evidence::DossierError;

/// Why the store did not do what it was asked. Nothing is half-stored: a write is one transaction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("there is no room left on this machine")]
    Full,
    /// The browser refused, with its words.
    #[error("the browser's storage refused: {0}")]
    Refused(String),
    /// What is stored cannot be read.
    #[error("what is stored cannot be read: {0}")]
    Unreadable(String),
}

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    /// The store's own error.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The evidence of an order does not hold together.
    #[error("the evidence of this order does not verify: {0}")]
    Evidence(#[from] DossierError),
    /// What came with a capture or an attachment is out of range.
    #[error("it could not be described: {0}")]
    Draft(String),
    /// A document could not be written as JSON.
    #[error("the case could not be written: {0}")]
    Json(String),
}
