//! Forms for what no page shows: one question each, with what was stated so far.

use super::{
    Action, Argument, Attribute, CaseView, Element, Message, Tag, dates, div, element, message, span, words,
};
use crate::case::{Statement, Topic};

impl CaseView<'_> {
    /// What was stated last on a topic.
    pub(super) fn stated(&self, topic: Topic) -> Option<&Statement> {
        self.statements.iter().rfind(|(about, _)| *about == topic).map(|(_, statement)| statement)
    }

    /// What a form or a button states.
    pub(super) fn state(&self, topic: impl Into<String>, value: Option<&str>) -> Action {
        Action::State {
            order_id: self.order_id.to_owned(),
            item: self.item.map(str::to_owned),
            topic: topic.into(),
            value: value.map(str::to_owned),
        }
    }
}

/// A control with its label.
pub(super) fn labelled(key: String, control: Element) -> Element {
    element(Tag::Label).child(span("").child(message(key))).child(control)
}

/// A form that is sent by its button.
pub(super) fn form(id: String, action: Action, fields: impl IntoIterator<Item = Element>) -> Element {
    element(Tag::Form).class("ask-row").id(id).action(action).children(fields).child(
        element(Tag::Button)
            .class("")
            .attribute(Attribute::Type, "submit")
            .child(span("").child(message("button_save"))),
    )
}

/// One of several codes; the first choice is none of them.
pub(super) fn select<'c>(
    codes: impl IntoIterator<Item = (&'c str, String)>,
    chosen: Option<&str>,
    none: &'static str,
) -> Element {
    let option = |code: &str, key: String| {
        let option = element(Tag::Option).attribute(Attribute::Value, code).child(message(key));
        if chosen == Some(code) { option.attribute(Attribute::Selected, "") } else { option }
    };
    element(Tag::Select)
        .child(option("", none.to_owned()))
        .children(codes.into_iter().map(|(code, key)| option(code, key)))
}

/// A list of answers with the one that was given.
pub(super) fn choice_of<'c>(
    case: &CaseView<'_>,
    topic: Topic,
    codes: impl IntoIterator<Item = (&'c str, String)>,
    none: &'static str,
) -> Element {
    select(codes, case.stated(topic).map(|statement| statement.value.as_str()), none)
}

/// A form with one control, closed until it is asked for.
pub(super) fn closed(key: &'static str, action: Action, control: Element) -> Element {
    let send = |class, kind: &'static str, label| {
        element(Tag::Button)
            .class(class)
            .attribute(Attribute::Type, kind)
            .child(span("").child(message(label)))
    };
    let row =
        div("row").child(send("primary", "submit", "button_save")).child(send("", "reset", "button_cancel"));
    element(Tag::Details)
        .class("correct")
        .id(key)
        .child(element(Tag::Summary).child(message(key)))
        .child(element(Tag::Form).action(action).child(labelled(key.to_owned(), control)).child(row))
}

/// A question with a list of answers, sent as soon as one is chosen.
pub(super) fn choice<'c>(
    case: &CaseView<'_>,
    topic: Topic,
    codes: impl IntoIterator<Item = &'c str>,
) -> Element {
    let name = topic.text();
    let codes = codes.into_iter().map(|code| (code, format!("{name}_{code}")));
    let control = choice_of(case, topic, codes, "question_none");
    element(Tag::Form)
        .class("ask-row at-once")
        .id(format!("ask-{name}"))
        .action(case.state(name.clone(), None))
        .child(labelled(format!("question_{name}"), control))
}

/// Yes or no, as buttons that stay down.
pub(super) fn toggle(case: &CaseView<'_>, topic: Topic, key: String) -> Element {
    toggle_at(case, topic, key, case.stated(topic).is_some_and(Statement::is_yes))
}

/// The same where more than the user says whether it is so.
pub(super) fn toggle_at(case: &CaseView<'_>, topic: Topic, key: String, is_set: bool) -> Element {
    let name = topic.text();
    element(Tag::Button)
        .class("toggle")
        .id(format!("set-{}", name.replace('.', "-")))
        .attribute(Attribute::AriaPressed, if is_set { "true" } else { "false" })
        .action(case.state(name, Some(if is_set { "no" } else { "yes" })))
        .child(span("").child(message(key)))
}

/// A question with a written answer: a day, or an amount. `suggested` is what a page shows that may be the answer.
pub(super) fn entry(
    case: &CaseView<'_>,
    topic: Topic,
    kind: &'static str,
    suggested: Option<String>,
) -> Element {
    let name = topic.text();
    let stated = case.stated(topic);
    let shown = stated.map(|statement| written(topic, &statement.value));
    let unsaved = shown.is_none() && suggested.is_some();
    let control = element(Tag::Input)
        .attribute(Attribute::Type, kind)
        .attribute(Attribute::Value, shown.or(suggested).unwrap_or_default());
    let key = name.replace('.', "_");
    form(format!("ask-{key}"), case.state(name, None), [labelled(format!("question_{key}"), control)])
        .children(unsaved.then(|| element(Tag::P).class("basis").child(message("question_suggested"))))
        .children(stated.map(|_| dates::by_user()))
}

/// An answer as it is written into its field.
fn written(topic: Topic, value: &str) -> String {
    match (topic, value.split_once(' ')) {
        // Stored in the smallest unit; what is written has the currency's own decimals.
        (Topic::Amount(_), Some((minor, currency))) => crate::order::written(minor, currency),
        _ => value.to_owned(),
    }
}

/// The button that takes a statement back.
pub(super) fn take_back(case: &CaseView<'_>, statement: &Statement, what: String) -> Element {
    let entered_at = statement.at.timestamp_millis();
    element(Tag::Button)
        .class("quiet")
        .id(format!("undo-{entered_at}"))
        .label(Message::new("button_undo_name").with(Argument::Message(what)))
        .action(Action::Unstate { order_id: case.order_id.to_owned(), entered_at })
        .child(span("").child(message("button_undo")))
}

/// One line of what the user entered beside the questions, with its way back.
pub(super) fn entered(case: &CaseView<'_>, statement: &Statement, what: String) -> Element {
    let value = match (statement.day(), statement.value.parse()) {
        (Some(day), _) => Argument::Day(day),
        (None, Ok(at)) => Argument::Instant(at),
        (None, Err(_)) => Argument::Words(statement.value.clone()),
    };
    element(Tag::Li)
        .child(
            div("value")
                .child(message(what.clone()))
                .child(words(": "))
                .child(Message::new("date_plain").with(value)),
        )
        .child(dates::by_user())
        .child(take_back(case, statement, what))
}
