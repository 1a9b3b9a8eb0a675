//! Where the pages of an order differ, and what they said before, in sentences.

use super::{Argument, CaseView, Element, Message, Tag, count, element};
use crate::case::{Conflict, Said, Saying};

/// The sentence of one contradiction.
pub fn sentence(conflict: &Conflict) -> Message {
    let Conflict { about, other, now } = conflict;
    let page = |said: &Said| Argument::Message(format!("page_{}", said.page.code()));
    let name = Argument::Message(format!("fact_{}", about.code()));
    if conflict.is_change() {
        Message::new("conflict_changed")
            .with(name)
            .with(saying(other))
            .with(saying(now))
            .with(Argument::moment(now.at))
    } else {
        Message::new("conflict_pages")
            .with(name)
            .with(page(now))
            .with(saying(now))
            .with(page(other))
            .with(saying(other))
    }
}

fn saying(said: &Said) -> Argument {
    match said.saying {
        Saying::Days(days) => Argument::Days([days.from, days.to]),
        Saying::Within(..) => Argument::Words(said.words.clone()),
    }
}

/// The block with all of them.
pub(super) fn draw(case: &CaseView<'_>) -> Option<Element> {
    let conflicts = case.conflicts;
    (!conflicts.is_empty()).then(|| {
        let title = Message::new("conflicts_title").with(Argument::Number(count(conflicts.len())));
        let sentences = conflicts.iter().map(|conflict| element(Tag::Li).child(sentence(conflict)));
        element(Tag::Section).class("block").id("conflicts").child(
            element(Tag::Details)
                .child(element(Tag::Summary).child(title))
                .child(element(Tag::Ul).class("conflicts").children(sentences)),
        )
    })
}
