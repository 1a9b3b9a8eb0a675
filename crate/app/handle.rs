//! One request: what it needs is loaded, it is worked on without a store, what it changed is written, and it is answered.

use serde::Serialize;

use crate::{
    app::{
        Answer, AppError, CaptureDraft, Captured, Held, Request, Store, StoreError, work::Change, work::Work,
    },
    case::Moment,
    evidence::{ChainEvent, DeletionReason, append},
    view::{Kept, Notice},
};

/// Writes JSON: the browser's own in the extension.
pub trait ToJson {
    /// The value as indented JSON.
    fn to_json(&self, value: &impl Serialize) -> Result<String, AppError>;
}

/// The application over its ports.
#[derive(Debug)]
pub struct App<S, J> {
    /// Where things are kept.
    pub store: S,
    /// How documents are written.
    pub json: J,
}

impl<S: Store, J: ToJson> App<S, J> {
    /// Answers a request. `at` is now, with the viewer's zone.
    pub async fn handle(&self, request: Request, at: &Moment<'_>) -> Result<Answer, AppError> {
        let mut work = Work::new(request, at);
        let held = match work.need() {
            Some(need) => self.store.load(&need).await?,
            None => Held::default(),
        };
        // What was read is shown also where it cannot be kept, and the user is told that it was not.
        let failed = match work.change(held, at) {
            Ok(change) => self.write(change, at).await.err().map(|error| Notice::NotDone(error.to_string())),
            Err(refused) => Some(refused),
        };
        Ok(work.answer(failed, at))
    }

    async fn write(&self, change: Change<'_>, at: &Moment<'_>) -> Result<(), StoreError> {
        match change {
            Change::Nothing => Ok(()),
            Change::Files(files) => self.store.put_case_files(&files).await,
            Change::Erase(record) => {
                let event = ChainEvent::deleted(record, Some(DeletionReason::User));
                let now = at.now;
                self.store.erase(&record.id, move |head| append(head, event, now)).await
            }
        }
    }

    /// Keeps a capture: picture, record and chain entry in one transaction. `sha256` is the picture's digest, `id` a
    /// new random id.
    pub async fn keep(
        &self,
        draft: CaptureDraft,
        picture: S::Picture,
        sha256: &str,
        id: String,
        at: &Moment<'_>,
    ) -> Result<Kept, AppError> {
        let record = draft.record(id, sha256, at)?;
        let event = ChainEvent::captured(&record);
        let kept = Kept {
            capture_id: record.id.clone(),
            order_id: record.order_id.clone(),
            sha256: record.sha256.to_string(),
        };
        let now = at.now;
        self.store.keep(Captured { record, picture }, move |head| append(head, event, now)).await?;
        Ok(kept)
    }
}
