//! One request: what it needs is loaded, it is worked on without a store, what it changed is written, and it is answered.

use crate::{
    app::{Answer, AppError, Held, Request, Store, work::Work},
    case::Moment,
    view::Notice,
};

/// The application over its port.
#[derive(Debug)]
pub struct App<S> {
    /// Where things are kept.
    pub store: S,
}

impl<S: Store> App<S> {
    /// Answers a request. `at` is now, with the viewer's zone.
    pub async fn handle(&self, request: Request, at: &Moment<'_>) -> Result<Answer, AppError> {
        let mut work = Work::new(request, at);
        let mut held = Held::default();
        if let Some(need) = work.need(at) {
            held = self.store.load(&need).await?;
            // Time alone changes cases: those for which it is time are decided anew.
            if let Some(more) = held.outdated(need, at) {
                let Held { files, records, .. } = self.store.load(&more).await?;
                (held.files, held.records) = (files, records);
            }
        }
        // What was read is shown also where it cannot be kept, and the user is told that it was not.
        let failed = match work.change(held, at) {
            Ok(change) if change.files.is_empty() && change.summaries.is_empty() => None,
            Ok(change) => {
                let written = self.store.put(&change.files, &change.summaries).await;
                written.err().map(|error| Notice::NotDone(error.to_string()))
            }
            Err(refused) => Some(refused),
        };
        Ok(work.answer(failed, at))
    }
}
