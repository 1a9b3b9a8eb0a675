//! Why the next step is what it is, in one or two sentences.

use super::{Argument, Element, Message, Tag, element, message, words};
use crate::case::{Because, Deadline, Decision, When};

/// The reason of the step, then what made it due.
pub(super) fn why(decision: &Decision) -> Element {
    let line = element(Tag::P).class("why").child(message(format!("why_{}", decision.next.code())));
    match due(&decision.because) {
        Some(due) => line.child(words(" ")).child(due),
        None => line,
    }
}

fn due(because: &Because) -> Option<Message> {
    let dated = |key: &str, deadline: &Deadline| {
        Message::new(key)
            .with(Argument::Message(format!("limit_{}", deadline.subject.code())))
            .with(when(deadline.act_by.unwrap_or(deadline.at)))
    };
    let ended = |key: &str, deadline: &Deadline| {
        Message::new(key)
            .with(Argument::Message(format!("limit_{}", deadline.subject.code())))
            .with(when(deadline.at))
    };
    match because {
        Because::Urgent(deadline) => Some(ended("due_urgent", deadline)),
        Because::Before(deadline) if deadline.act_by.is_some() => Some(dated("due_before", deadline)),
        Because::Before(deadline) => Some(ended("due_expected", deadline)),
        Because::Passed(deadline) => Some(ended("due_passed", deadline)),
        Because::NotBefore(deadline) => Some(ended("due_not_before", deadline)),
        Because::BankSafeDate(deadline) => Some(dated("due_bank_safe_date", deadline)),
        Because::StaleReading(_) => Some(Message::new("due_stale")),
        Because::Trick(trick) => Some(Message::new(format!("trick_{}", trick.code()))),
        Because::NoReasonYet => Some(Message::new("due_no_reason_yet")),
        Because::NoButton => Some(Message::new("due_no_button")),
        Because::NothingToCountFrom => Some(Message::new("due_nothing_to_count_from")),
        Because::AccountBlocked | Because::Stage => None,
    }
}

fn when(when: When) -> Argument {
    match when {
        When::Instant(at) => Argument::instant(at),
        When::Day(day) => Argument::Day(day),
    }
}
