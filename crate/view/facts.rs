//! What was read of an order: each fact with the page's words, how they were found, and a way to correct it.

use super::{
    Action, Argument, Attribute, CaseView, Element, Message, Tag, button, dates, div, element, message,
    question, span,
};
use crate::{
    case::{Field, OrderStatus, Value},
    code::codes,
    order::Status,
    page::{PageKind, Strategy},
};

codes! {
    /// How a fact was found, in words for a person.
    How {
        /// By a mark that the shop made: an attribute, a link, a class name.
        Mark = "mark",
        /// By the words beside it.
        Words = "words",
        /// By words of its own: a promise or a timer.
        Sentence = "sentence",
        /// By its position alone.
        Place = "place",
    }
}

impl From<Strategy> for How {
    fn from(by: Strategy) -> Self {
        match by {
            Strategy::Words => Self::Words,
            Strategy::Place => Self::Place,
            _ => Self::Mark,
        }
    }
}

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFact {
    /// The key of its name, after `fact_`.
    pub name: &'static str,
    /// What was understood; none also where only words are shown.
    pub value: Option<Argument>,
    /// The page's words.
    pub words: Option<String>,
    /// On which page and how it was found.
    pub found: Option<(PageKind, How)>,
    /// What a correction of it corrects, where one can.
    pub field: Option<Field>,
    /// The user's own value.
    pub entered: Option<Entered>,
}

/// The user's own value of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entered {
    /// The value.
    pub value: Value,
    /// Whether it counts; else a page says something else by now.
    pub stands: bool,
}

/// A status in words.
pub fn status(code: &str) -> Argument {
    Argument::Message(format!("status_{code}"))
}

/// The user's value as it is shown.
pub fn given(value: Value) -> Argument {
    match value {
        Value::Day(day) => Argument::Day(day),
        Value::Status(status_of) => status(status_of.code()),
    }
}

/// The block with all facts. Where the layout has changed it opens by itself.
pub(super) fn draw(case: &CaseView<'_>) -> Element {
    let report = Action::CopyReport { order_id: case.order_id.to_owned() };
    let details = element(Tag::Details)
        .child(element(Tag::Summary).child(message("facts_title")))
        .child(element(Tag::Ul).class("facts").children(case.facts.iter().map(|fact| line(case, fact))))
        .child(div("row").child(button("quiet", "button_copy_report", report).id("report")));
    let block = element(Tag::Section).class("block");
    if case.is_drifted() {
        // Another id: a block that was closed by the user before the layout changed is a new one.
        block.id("facts-open").child(details.attribute(Attribute::Open, ""))
    } else {
        block.id("facts").child(details)
    }
}

fn line(case: &CaseView<'_>, fact: &ReadFact) -> Element {
    let standing = fact.entered.filter(|entered| entered.stands);
    let value = standing.map(|entered| given(entered.value)).or_else(|| fact.value.clone());
    let plain = |value| Message::new("date_plain").with(value);
    let line = element(Tag::Li)
        .id(format!("fact-{}", fact.name))
        .child(element(Tag::Strong).child(message(format!("fact_{}", fact.name))));
    let line = match value {
        Some(value) => {
            line.child(div("value").child(plain(value)).children(standing.map(|_| dates::by_user())))
        }
        None if fact.words.is_none() => line.child(div("value none").child(message("fact_not_read"))),
        None => line,
    };
    let found = fact.found.map(|(page, how)| {
        Message::new(format!("how_{}", how.code())).with(Argument::Message(format!("page_{}", page.code())))
    });
    let source = element(Tag::P).class("basis").children(fact.words.as_deref().map(dates::quote));
    let line = match found {
        Some(found) => line.child(source.child(super::words(" ")).child(found)),
        None => line,
    };
    let overtaken = fact.entered.filter(|entered| !entered.stands).map(|entered| {
        let said = Message::new("fact_overtaken").with(given(entered.value));
        element(Tag::P).class("basis").child(said)
    });
    line.children(overtaken).children(fact.field.map(|field| correct(case, fact, field)))
}

/// The form, closed until it is asked for, and the way back.
fn correct(case: &CaseView<'_>, fact: &ReadFact, field: Field) -> Element {
    let order_id = || case.order_id.to_owned();
    let undo = Action::UndoCorrection { order_id: order_id(), field };
    let named = |key| Message::new(key).with(Argument::Message(format!("fact_{}", fact.name)));
    let standing = fact.entered.filter(|entered| entered.stands);
    let shown = standing.map(|entered| given(entered.value)).or_else(|| fact.value.clone());
    let form = element(Tag::Form)
        .action(Action::Correct { order_id: order_id(), field })
        .child(question::labelled("correct_value".to_owned(), input(field, shown.as_ref())))
        .child(div("row").child(control("primary", "submit", "button_save")).child(control(
            "",
            "reset",
            "button_cancel",
        )));
    div("row")
        .child(
            element(Tag::Details)
                .class("correct")
                .child(
                    element(Tag::Summary)
                        .label(named("button_correct_name"))
                        .child(message("button_correct")),
                )
                .child(form),
        )
        .children(fact.entered.map(|_| {
            let id = format!("undo-{}", fact.name);
            button("quiet", "button_undo", undo).id(id).label(named("button_undo_name"))
        }))
}

fn control(class: &'static str, kind: &'static str, label: &'static str) -> Element {
    element(Tag::Button).class(class).attribute(Attribute::Type, kind).child(span("").child(message(label)))
}

fn input(field: Field, shown: Option<&Argument>) -> Element {
    if field == Field::Status {
        let known = OrderStatus::ALL.iter().filter(|known| **known != OrderStatus::Unknown);
        return element(Tag::Select).children(known.map(|known| {
            let option = element(Tag::Option)
                .attribute(Attribute::Value, known.code())
                .child(message(format!("status_{}", known.code())));
            if shown == Some(&status(known.code())) {
                option.attribute(Attribute::Selected, "")
            } else {
                option
            }
        }));
    }
    let day = match shown {
        Some(Argument::Day(day)) => day.to_string(),
        _ => String::new(),
    };
    element(Tag::Input)
        .attribute(Attribute::Type, "date")
        .attribute(Attribute::Required, "")
        .attribute(Attribute::Value, day)
}

/// The code of a status that a page shows.
pub const fn code_of(status: Status) -> &'static str {
    match status {
        Status::Unpaid => "unpaid",
        Status::ToShip => "to_ship",
        Status::InTransit => "in_transit",
        Status::Delivered => "delivered",
        Status::Completed => "completed",
        Status::Cancelled => "cancelled",
        Status::Expired => "expired",
        Status::InDispute => "in_dispute",
        Status::Refunded => "refunded",
        Status::Unknown => "unknown",
    }
}
