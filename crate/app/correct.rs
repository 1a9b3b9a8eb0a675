//! Corrections by the user: entered, selected on a page, taken back.

use crate::{
    app::{App, Correcting, Store, StoreError, ToJson},
    case::{CaseFile, Entry, Moment, Refusal},
    page::Address,
    view::{self, Notice},
};

impl<S: Store, J: ToJson> App<S, J> {
    /// Takes a correction and says what became of it. Where the text was selected, the page's address names the order.
    pub(super) async fn correct(&self, asked: &Correcting, selected: bool, at: &Moment<'_>) -> Notice {
        let Correcting { order_id, field, text, url } = asked;
        let address = Address::parse(url).ok().filter(|_| selected);
        let named = address.as_ref().and_then(Address::order_id);
        let order_id = named.or((!selected).then_some(order_id.as_str()));
        let Some(order_id) = order_id else { return Notice::Refused(Refusal::NoOrder) };
        let entry = Entry { text, selected, url, at: at.now, today: view::today(at) };
        let taken = self.changed(order_id.to_owned(), &|file| file.correct(*field, entry)).await;
        told(taken, Notice::Corrected)
    }

    /// Takes a correction back.
    pub(super) async fn undo(&self, asked: Correcting) -> Notice {
        told(self.changed(asked.order_id, &|file| file.undo(asked.field)).await, Notice::Undone)
    }

    /// Changes the file of an order and keeps it; a refusal changes nothing.
    async fn changed(
        &self,
        order_id: String,
        change: &dyn Fn(&mut CaseFile) -> Result<(), Refusal>,
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
