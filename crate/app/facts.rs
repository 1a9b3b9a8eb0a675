//! What was read of an order, fact by fact, with where it stands and how it was found.

use crate::{
    case::{Field, Form, History, Of, Reading, Seen, Time},
    order::Order,
    view::{Argument, Entered, How, ReadFact, code_of, status},
};

/// Every fact that the screens show, also those that no page shows: they can be entered.
pub(super) fn read(history: &History) -> Vec<ReadFact> {
    let day = |field| dated(history, field);
    let limit = |field, of| limited(history, field, of);
    let estimate = history.newest(|order| order.estimated_delivery.clone()).map(|(fact, seen)| ReadFact {
        value: Some(Argument::Days([fact.value.from, fact.value.to])),
        words: Some(fact.text),
        found: Some((seen.page, fact.by.into())),
        ..nothing("estimate")
    });
    let facts = [
        Some(status_of(history)),
        Some(day(Field::PlacedOn)),
        Some(day(Field::PaidOn)),
        Some(day(Field::ShippedOn)),
        Some(day(Field::DeliveredOn)),
        Some(day(Field::CompletedOn)),
        Some(limit(Field::DeliveryEnd, Of::Delivery)),
        Some(limit(Field::WindowEnd, Of::Window)),
        estimate,
        worded(history, "total", |order| order.total.as_ref().map(|total| total.text.clone())),
        worded(history, "tracking_numbers", |order| {
            (!order.tracking_numbers.is_empty()).then(|| order.tracking_numbers.join(", "))
        }),
    ];
    facts.into_iter().flatten().collect()
}

/// A fact that nothing is known of.
fn nothing(name: &'static str) -> ReadFact {
    ReadFact { name, value: None, words: None, found: None, field: None, entered: None }
}

/// A fact that can be corrected, with the user's own value.
fn correctable(history: &History, field: Field) -> ReadFact {
    let own = history.corrections.iter().find(|correction| correction.field == field);
    let entered =
        own.map(|correction| Entered { value: correction.value, stands: history.entered(field).is_some() });
    ReadFact { field: Some(field), entered, ..nothing(field.code()) }
}

fn status_of(history: &History) -> ReadFact {
    let fact = correctable(history, Field::Status);
    let Some((order_status, seen)) =
        history.newest(|order| order.status_text.is_some().then_some(order.status))
    else {
        return fact;
    };
    ReadFact {
        value: Some(status(code_of(order_status))),
        words: seen.order.status_text.clone(),
        found: Some((seen.page, how(seen, "status"))),
        ..fact
    }
}

fn dated(history: &History, field: Field) -> ReadFact {
    let fact = correctable(history, field);
    let Some((stated, seen)) = history.stated(field) else { return fact };
    ReadFact {
        value: Some(Argument::Day(stated.value)),
        words: Some(stated.text.clone()),
        found: Some((seen.page, stated.by.into())),
        ..fact
    }
}

/// Limits are sentences or timers: it is their words by which they are known.
fn limited(history: &History, field: Field, of: Of) -> ReadFact {
    let fact = correctable(history, field);
    let Some(Reading { form, text, page, .. }) = history.limit(of) else { return fact };
    let value = match form {
        Form::Until(Time::Date(day)) => Some(Argument::Day(day)),
        _ => None,
    };
    ReadFact { value, words: text, found: page.map(|page| (page, How::Sentence)), ..fact }
}

fn worded(history: &History, name: &'static str, pick: fn(&Order) -> Option<String>) -> Option<ReadFact> {
    let (value, seen) = history.ever(pick)?;
    let found = Some((seen.page, how(seen, name)));
    Some(ReadFact { value: Some(Argument::Words(value)), found, ..nothing(name) })
}

/// How a fact was found that has no mark of its own.
fn how(seen: &Seen, key: &'static str) -> How {
    if seen.weak.contains(&key) { How::Words } else { How::Mark }
}
