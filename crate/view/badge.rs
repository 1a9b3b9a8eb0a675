//! The badge on a card of the order list and in the popup's rows.

use super::{Argument, Attribute, CaseView, Element, Message, div, span};
use crate::{
    case::{Kind, Moment, Next, State, When},
    view::{
        needs::has_step,
        tone::{Left, left, tone},
    },
};

/// The badge of an order: the time that is left, else the state; and the next step, where there is one to take.
pub fn draw(case: &CaseView<'_>) -> Element {
    let headline = case.headline();
    let limit = headline.deadline.map(|deadline| (deadline.kind, deadline.at));
    let (state, next) = (case.decision.state, case.decision.next);
    let step = has_step(state, next).then(|| span("next").child(step(next)));
    div("").attribute(Attribute::Role, "note").child(mark(state, next, limit, case.at).children(step))
}

/// The next step in words.
pub(super) fn step(next: Next) -> Message {
    Message::new(format!("step_{}", next.code()))
}

/// The badge of a state with the limit that is shown first.
pub(super) fn mark(state: State, next: Next, limit: Option<(Kind, When)>, at: &Moment<'_>) -> Element {
    let words = limit.and_then(|(kind, when)| short(kind, when, at));
    let tone = tone(state, limit, at);
    let state = format!("state_{}", state.code());
    let name = Message::new("badge_name")
        .with(Argument::Message(state.clone()))
        .with(Argument::Message(format!("step_{}", next.code())));
    div(tone.badge_class())
        .label(name)
        .child(tone.icon().draw())
        .child(span("").child(words.unwrap_or_else(|| Message::new(state))))
}

fn short(kind: Kind, when: When, at: &Moment<'_>) -> Option<Message> {
    match (when, left(when, at)) {
        (_, Left::Passed) => None,
        (When::Day(_), Left::Ahead(days)) if days.is_zero() => Some(Message::new("left_today")),
        (_, Left::Ahead(span)) => Some(
            Message::new(format!("badge_{}", super::dates::kind_key(kind)))
                .with(Argument::ShortSpan(span.num_milliseconds())),
        ),
    }
}
