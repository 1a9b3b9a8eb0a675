//! What was collected on a page, order by order, and the case files that it goes into.

use crate::{
    case::{CaseFile, Look, Moment},
    page::{Address, PageKind, PageSnapshot},
    view,
};

/// One order on a page.
#[derive(Debug)]
struct Card {
    order_id: Option<String>,
    /// The lines of an order that the card names, where it names no order.
    lines: Vec<String>,
    look: Look,
}

/// The orders on a page that was looked at.
#[derive(Debug, Default)]
pub(super) struct Cards {
    kind: Option<PageKind>,
    /// The order that the page's address names.
    named: Option<String>,
    shown: Vec<Card>,
}

impl Cards {
    /// What a snapshot shows.
    pub(super) fn of(snapshot: &PageSnapshot, visit: i64, at: &Moment<'_>) -> Self {
        let address = Address::parse(&snapshot.address).ok();
        let kind = address.as_ref().map(Address::kind);
        // A list names the order of each card; what its address holds is another matter.
        let named = address.as_ref().filter(|_| kind != Some(PageKind::OrderList));
        let named = named.and_then(Address::order_id).map(str::to_owned);
        let card = |snapshot| {
            let look = Look::new(at.now, view::today(at), visit, snapshot);
            let (order_id, lines) = look
                .read()
                .map(|seen| (seen.order.order_id.clone(), seen.order.line_ids.clone()))
                .unwrap_or_default();
            Card { order_id, lines, look }
        };
        Self { kind, named, shown: snapshot.orders().map(card).collect() }
    }

    /// The orders whose files are needed; `None` = all, because a card names only a line of its order.
    pub(super) fn needed(&self) -> Option<Vec<String>> {
        let unnamed = |card: &Card| card.order_id.is_none() && !card.lines.is_empty();
        let ids = self.shown.iter().filter_map(|card| card.order_id.clone()).chain(self.named.clone());
        (!self.shown.iter().any(unnamed)).then(|| ids.collect())
    }

    /// The orders, one for each card; those of lines by the files in which the lines were seen.
    pub(super) fn find_orders(&mut self, files: &[CaseFile]) -> Vec<Option<String>> {
        for card in &mut self.shown {
            if card.order_id.is_none() && !card.lines.is_empty() {
                card.order_id = order_of_lines(&card.lines, files);
            }
        }
        self.shown.iter().map(|card| card.order_id.clone()).collect()
    }

    /// Takes the looks into the files. Answers with the orders whose files changed.
    pub(super) fn take_into(&mut self, files: &mut Vec<CaseFile>) -> Vec<String> {
        let mut looks: Vec<(String, Look)> = Vec::new();
        for Card { order_id, look, .. } in self.shown.drain(..) {
            // While a page gives way to the next one, its old content stands under the new address for a moment.
            let is_named = |id: &String| self.named.as_ref().is_none_or(|named| named == id);
            let Some(order_id) = order_id.filter(is_named) else { continue };
            match looks.iter_mut().find(|(known, _)| *known == order_id) {
                None => looks.push((order_id, look)),
                // Cards of a list of returns are lines of an order. Elsewhere a card may stand twice, and the first
                // counts, as everywhere where a list is read.
                Some((_, known)) if self.kind == Some(PageKind::DisputeList) => {
                    known.join(look);
                }
                Some(_) => {}
            }
        }
        let mut changed = Vec::new();
        for (order_id, look) in looks {
            file_of(files, &order_id).take(look);
            changed.push(order_id);
        }
        changed
    }
}

/// The file of an order, a new one where there was none.
#[expect(clippy::indexing_slicing, reason = "the place was found, or is that of what was just pushed")]
pub(super) fn file_of<'f>(files: &'f mut Vec<CaseFile>, order_id: &str) -> &'f mut CaseFile {
    let place = files.iter().position(|file| file.order_id == order_id).unwrap_or_else(|| {
        files.push(CaseFile::new(order_id.to_owned()));
        files.len() - 1
    });
    &mut files[place]
}

/// The order that one of these lines was seen to belong to.
fn order_of_lines(lines: &[String], files: &[CaseFile]) -> Option<String> {
    let holds = |file: &&CaseFile| {
        let mut seen = file.looks.iter().filter_map(Look::read);
        seen.any(|seen| seen.order.line_ids.iter().any(|id| lines.contains(id)))
    };
    files.iter().find(holds).map(|file| file.order_id.clone())
}
