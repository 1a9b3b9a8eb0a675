//! What the application needs of its surroundings.

use crate::{
    app::StoreError,
    case::CaseFile,
    evidence::{CaptureId, CaptureRecord, ChainEntry},
};

/// A capture to keep: its record and its bytes, in whatever form the store takes them.
#[derive(Debug)]
pub struct Captured<P> {
    /// What is known about it.
    pub record: CaptureRecord,
    /// The picture.
    pub picture: P,
}

/// Case files, captures and the chain, kept by the browser or by a test.
///
/// Only the background writes; our other pages read.
#[expect(async_fn_in_trait, reason = "used on one thread only: WebAssembly has no other")]
pub trait Store {
    /// The bytes of a picture (a Blob in the browser).
    type Picture;

    /// All case files, in any order.
    async fn case_files(&self) -> Result<Vec<CaseFile>, StoreError>;

    /// The case file of an order.
    async fn case_file(&self, order_id: &str) -> Result<Option<CaseFile>, StoreError>;

    /// Writes case files, all or none.
    async fn put_case_files(&self, files: &[CaseFile]) -> Result<(), StoreError>;

    /// The records of the captures of an order, in any order.
    async fn records(&self, order_id: &str) -> Result<Vec<CaptureRecord>, StoreError>;

    /// The record of one capture.
    async fn record(&self, id: &CaptureId) -> Result<Option<CaptureRecord>, StoreError>;

    /// The chain, oldest entry first.
    async fn chain(&self) -> Result<Vec<ChainEntry>, StoreError>;

    /// Writes picture, record and chain entry in one transaction. `link` makes the entry from the chain's last one,
    /// which is read in the same transaction.
    async fn keep(
        &self,
        captured: Captured<Self::Picture>,
        link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry + 'static,
    ) -> Result<(), StoreError>;

    /// Removes picture and record and writes the chain entry that says so, in one transaction.
    async fn erase(
        &self,
        id: &CaptureId,
        link: impl FnOnce(Option<&ChainEntry>) -> ChainEntry + 'static,
    ) -> Result<(), StoreError>;
}
