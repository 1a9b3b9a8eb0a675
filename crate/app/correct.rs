//! Corrections by the user: entered, selected on a page, taken back.

use crate::{
    app::{App, Store, StoreError, ToJson},
    case::{CaseFile, Entry, Field, Refusal},
    page::Address,
    view::Notice,
};

impl<S: Store, J: ToJson> App<S, J> {
    /// Takes a correction and says what became of it.
    pub(super) async fn correct(&self, order_id: String, field: Field, entry: Entry<'_>) -> Notice {
        let taken = self.changed(order_id, |file| file.correct(field, entry)).await;
        told(taken, Notice::Corrected)
    }

    /// The same from a text that was selected on the page of an order.
    pub(super) async fn use_selection(&self, field: Field, entry: Entry<'_>) -> Notice {
        let address = Address::parse(entry.url).ok();
        match address.as_ref().and_then(Address::order_id) {
            Some(order_id) => self.correct(order_id.to_owned(), field, entry).await,
            None => Notice::Refused(Refusal::NoOrder),
        }
    }

    /// Takes a correction back.
    pub(super) async fn undo(&self, order_id: &str, field: Field) -> Notice {
        told(self.changed(order_id.to_owned(), |file| file.undo(field)).await, Notice::Undone)
    }

    /// Changes the file of an order and keeps it; a refusal changes nothing.
    async fn changed(
        &self,
        order_id: String,
        change: impl FnOnce(&mut CaseFile) -> Result<(), Refusal>,
    ) -> Result<Result<(), Refusal>, StoreError> {
        let file = self.store.case_file(&order_id).await?;
        let mut file = file.unwrap_or_else(|| CaseFile::new(order_id));
        if let Err(refusal) = change(&mut file) {
            return Ok(Err(refusal));
        }
        self.store.put_case_files(&[file]).await?;
        Ok(Ok(()))
    }
}

fn told(changed: Result<Result<(), Refusal>, StoreError>, done: Notice) -> Notice {
    match changed {
        Ok(Ok(())) => done,
        Ok(Err(refusal)) => Notice::Refused(refusal),
        Err(error) => Notice::NotDone(error.to_string()),
    }
}
