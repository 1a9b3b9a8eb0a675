//! The badge on a card of the order list and in the popup's rows.

use super::{Argument, Attribute, CaseView, Element, Message, div, span};
use crate::{
    case::{Deadline, When},
    view::tone::{Left, left},
};

/// The badge of an order: the time that is left, else the state.
pub fn draw(case: &CaseView<'_>) -> Element {
    let headline = case.headline();
    let words = headline.deadline.and_then(|deadline| short(case, deadline));
    div("").attribute(Attribute::Role, "note").child(
        div(headline.tone.badge_class())
            .label(
                Message::new("badge_name")
                    .with(Argument::Message(case.state_key()))
                    .with(Argument::Message(format!("step_{}", case.decision.next.code()))),
            )
            .child(headline.tone.icon().draw())
            .child(span("").child(words.unwrap_or_else(|| Message::new(case.state_key())))),
    )
}

fn short(case: &CaseView<'_>, deadline: &Deadline) -> Option<Message> {
    match (deadline.at, left(deadline.at, case.at)) {
        (_, Left::Passed) => None,
        (When::Day(_), Left::Ahead(days)) if days.is_zero() => Some(Message::new("left_today")),
        (_, Left::Ahead(span)) => Some(
            Message::new(format!("badge_{}", super::dates::kind_key(deadline.kind)))
                .with(Argument::ShortSpan(span.num_milliseconds())),
        ),
    }
}
