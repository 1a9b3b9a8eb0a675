//! A deadline in words: how long, until when, and what it rests on.

use super::{Argument, Attribute, CaseView, Element, Message, Tag, div, element, message, span, words};
use crate::{
    case::{Basis, Clock, Deadline, Kind, Moment, Sighting, Start, When},
    view::tone::{Left, left},
};

/// `5 days, 4 hours`, or that it has passed.
pub(super) fn how_long(deadline: &Deadline, at: &Moment<'_>) -> Message {
    match (deadline.at, left(deadline.at, at)) {
        (_, Left::Passed) => Message::new("left_passed"),
        (When::Day(_), Left::Ahead(days)) if days.is_zero() => Message::new("left_today"),
        (_, Left::Ahead(span)) => Message::new("left_span").with(Argument::Span(span.num_milliseconds())),
    }
}

/// What the time is left for: `to open a dispute`.
pub(super) fn what_for(deadline: &Deadline) -> Message {
    Message::new(format!("what_{}", deadline.subject.code()))
}

pub(super) const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Close => "close",
        Kind::Open => "open",
        Kind::Expect | Kind::Advise => "expect",
    }
}

/// A moment in the viewer's zone; a civil date as it is.
pub(super) fn viewer(when: When) -> Argument {
    match when {
        When::Instant(instant) => Argument::instant(instant),
        When::Day(day) => Argument::Day(day),
    }
}

/// The line with the margin: `Act by …`.
pub(super) fn act_by(deadline: &Deadline, at: &Moment<'_>) -> Option<Element> {
    let safe = deadline.act_by?;
    let shown = match safe {
        When::Instant(instant) => Argument::moment(instant),
        When::Day(day) => Argument::Day(day),
    };
    // The margin is used up, the time itself is not.
    let late = left(safe, at) == Left::Passed && left(deadline.at, at) != Left::Passed;
    let key = if late { "date_act_now" } else { "date_act_by" };
    Some(element(Tag::P).class("act").child(Message::new(key).with(shown)))
}

/// The line with the end, in the viewer's zone and in Pacific time.
pub(super) fn until(deadline: &Deadline) -> Element {
    let key = match deadline.kind {
        Kind::Close => "date_ends",
        Kind::Open => "date_opens",
        Kind::Expect | Kind::Advise => "date_expected",
    };
    let line = element(Tag::P).class("until").child(Message::new(key).with(viewer(deadline.at)));
    match deadline.at {
        When::Instant(instant) => line
            .child(words(" "))
            .child(span("zone").child(Message::new("date_pacific").with(Argument::pacific(instant)))),
        When::Day(_) => line,
    }
}

/// Where only a date is known: that the end is its earliest reading, and the latest one.
fn latest(deadline: &Deadline) -> Option<Element> {
    let latest = viewer(deadline.latest?);
    Some(element(Tag::P).class("basis").child(Message::new("date_latest").with(latest)))
}

/// What the deadline rests on: a mark, the words, and when they were read or which rule it is.
pub(super) fn brief_basis(deadline: &Deadline) -> Element {
    match &deadline.basis {
        Basis::Rule { clock, start, own_length: None } => rule(deadline, clock, *start).child(
            Message::new("basis_rule_brief")
                .with(Argument::Words(clock.rule.id.to_owned()))
                .with(Argument::Words(clock.rule.grade.code().to_owned())),
        ),
        _ => basis(deadline),
    }
}

/// The mark of a rule and its length in words.
fn rule(deadline: &Deadline, clock: &Clock, start: Start) -> Element {
    let mark = if deadline.is_estimate() { "basis_estimate" } else { "basis_rule" };
    element(Tag::P)
        .class("basis")
        .child(span("mark-rule").child(message(mark)))
        .child(length(clock, clock.length.unsigned_abs(), start))
        .child(words(" "))
}

/// How long after what.
fn length(clock: &Clock, length: u32, start: Start) -> Message {
    let from = Argument::Message(format!("start_{}", start.code()));
    match length {
        0 => Message::new("length_zero").with(from),
        length => Message::counted(format!("length_{}", clock.unit.code()), length).with(from),
    }
}

/// The same with the rule's source, its date, and what other sources say.
fn basis(deadline: &Deadline) -> Element {
    let line = element(Tag::P).class("basis");
    match &deadline.basis {
        Basis::Countdown { left_ms, seen } => seen_on_page(
            line,
            seen,
            Message::new("basis_countdown").with(Argument::Span(i64::try_from(*left_ms).unwrap_or(i64::MAX))),
        ),
        Basis::PageDate { seen } => seen_on_page(line, seen, Message::new("basis_page_date")),
        Basis::PagePhrase { days, from, seen } => seen_on_page(
            line,
            seen,
            Message::counted("basis_phrase", *days)
                .with(Argument::Message(format!("start_{}", from.start().code()))),
        ),
        Basis::User { entered_at } => line
            .child(by_user())
            .child(Message::new("basis_user_entered").with(Argument::instant(*entered_at))),
        Basis::Rule { clock, start, own_length: Some(own) } => {
            line.child(by_user()).child(length(clock, own.unsigned_abs(), *start)).child(words(" ")).child(
                Message::new("basis_own_length")
                    .with(Argument::Words(clock.rule.id.to_owned()))
                    .with(Argument::Number(clock.length.unsigned_abs())),
            )
        }
        Basis::Rule { clock, start, own_length: None } => {
            let source = clock.rule.source();
            let line = rule(deadline, clock, *start).child(
                Message::new("basis_source")
                    .with(Argument::Words(clock.rule.id.to_owned()))
                    .with(Argument::Words(source.text.to_owned()))
                    .with(Argument::Words(source.read.to_owned()))
                    .with(Argument::Words(clock.rule.grade.code().to_owned())),
            );
            if source.reported.is_empty() {
                line
            } else {
                let reported = Argument::Words(source.reported.to_owned());
                line.child(words(" ")).child(Message::new("basis_reported").with(reported))
            }
        }
    }
}

fn seen_on_page(line: Element, seen: &Sighting, without_words: Message) -> Element {
    let line = line.child(by_page());
    let line = match &seen.text {
        Some(text) => line.child(quote(text)).child(words(" ")),
        None => line.child(without_words).child(words(" ")),
    };
    line.child(Message::new("basis_seen").with(Argument::moment(seen.at)))
}

/// Words of the page, in their own direction.
pub(super) fn quote(text: &str) -> Element {
    element(Tag::Q).attribute(Attribute::Dir, "auto").child(words(text))
}

/// The mark of what a page shows.
pub(super) fn by_page() -> Element {
    span("mark-page").child(message("basis_page"))
}

/// The mark of what the user entered.
pub(super) fn by_user() -> Element {
    span("mark-user").child(message("basis_user"))
}

/// That a deadline counts from what the user entered.
pub(super) fn from_user(case: &CaseView<'_>, deadline: &Deadline) -> Option<Element> {
    let from = deadline.basis.start().filter(|start| case.from_user.contains(start))?;
    let said = Message::new("basis_from_user").with(Argument::Message(format!("start_{}", from.code())));
    Some(element(Tag::P).class("basis").child(by_user()).child(said))
}

/// All deadlines, each with its basis.
pub(super) fn list(case: &CaseView<'_>) -> Element {
    let at = case.at;
    element(Tag::Ul).class("dates").children(case.decision.deadlines.iter().map(|deadline| {
        let passed = left(deadline.at, at) == Left::Passed;
        let line = element(Tag::Li)
            .class(if passed { "passed" } else { "ahead" })
            .child(div("when").child(what_for(deadline)).child(words(": ")).child(how_long(deadline, at)));
        with_lines(line, case, deadline, passed)
    }))
}

/// Adds when a deadline is, until when to act, and what it rests on.
pub(super) fn with_lines(to: Element, case: &CaseView<'_>, deadline: &Deadline, passed: bool) -> Element {
    to.child(until(deadline))
        .children(act_by(deadline, case.at).filter(|_| !passed))
        .children(latest(deadline))
        .child(basis(deadline))
        .children(from_user(case, deadline))
}
