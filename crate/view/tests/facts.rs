//! Trees with each fact, each way it was found, and each contradiction.

use chrono::NaiveDate;

use super::trees::{NOON, decision, view};
use crate::{
    case::{Basis, Clock, Start},
    case::{
        Conflict, Deadline, Field, Kind, Next, OrderStatus, Rule, Said, Saying, State, Subject, Told, Value,
        When,
    },
    order::{DateSpan, WarningCode},
    page::PageKind,
    view::{
        Argument, CaseView, Entered, Event, EventTime, How, Message, Node, ReadFact, dossier, given, overlay,
        sentence, status,
    },
};

/// Each fact, found in each way or not, entered by the user or not.
pub(super) fn facts(seen: &mut dyn FnMut(&Node)) {
    let names = Field::ALL.iter().map(|field| (field.code(), Some(*field)));
    let names = names.chain([("estimate", None), ("total", None), ("tracking_numbers", None)]);
    let mut all = Vec::new();
    for (name, field) in names {
        let bare = ReadFact { name, value: None, words: None, found: None, field, entered: None };
        let words = Some("words".to_owned());
        for how in How::ALL {
            for page in PageKind::ALL {
                let value = Some(Argument::Day(NaiveDate::MIN));
                all.push(ReadFact {
                    value,
                    words: words.clone(),
                    found: Some((*page, *how)),
                    ..bare.clone()
                });
            }
        }
        for stands in [true, false] {
            let entered = Some(Entered { value: Value::Day(NaiveDate::MIN), stands });
            all.push(ReadFact { entered, ..bare.clone() });
        }
        all.extend([ReadFact { words, ..bare.clone() }, bare]);
    }
    let bare = all.last().unwrap().clone();
    for known in OrderStatus::ALL {
        all.push(ReadFact { value: Some(status(known.code())), field: Some(Field::Status), ..bare.clone() });
    }
    let counted = Field::ALL.iter().filter_map(|field| from(*field));
    for deadline in counted {
        let decision =
            crate::case::Decision { deadlines: vec![deadline], ..decision(State::InTransit, Next::Wait) };
        let case = CaseView { facts: &all, entered: Field::ALL, from_user: Start::ALL, ..view(&decision) };
        seen(&overlay(&case, None, false));
        seen(&overlay(&CaseView { warnings: &[WarningCode::LayoutChanged], ..case }, None, false));
        seen(&dossier(&case, &[], &[], None, None));
    }
}

/// A deadline that counts from what a field holds.
fn from(field: Field) -> Option<Deadline> {
    let start = match field {
        Field::PlacedOn => Start::Placed,
        Field::PaidOn => Start::Paid,
        Field::ShippedOn => Start::Shipped,
        Field::DeliveredOn => Start::DeliveredScan,
        Field::CompletedOn => Start::Confirmed,
        Field::DeliveryEnd => Start::TimerEnd,
        Field::Status | Field::WindowEnd => return None,
    };
    let first = Rule::all()[0];
    let clock: &'static Clock = Box::leak(Box::new(Clock {
        name: "R01",
        rule: first,
        limits: Subject::Window,
        starts: &[Start::Placed],
        length: 15,
        unit: crate::case::Unit::D,
        kind: Kind::Close,
    }));
    let (at, basis) = (When::Instant(NOON), Basis::Rule { clock, start, own_length: None });
    Some(Deadline { subject: Subject::Window, kind: Kind::Close, at, latest: None, act_by: None, basis })
}

/// Each thing that pages can differ in, on one page and on two.
pub(super) fn conflicts(seen: &mut dyn FnMut(&Node)) {
    let day = DateSpan { from: NaiveDate::MIN, to: NaiveDate::MIN };
    let said = |page, saying| Said { saying, words: "words".to_owned(), page, at: NOON };
    let sayings = [Saying::Days(day), Saying::Within(15, crate::order::Start::Placed)];
    let mut all = Vec::new();
    for about in Told::ALL {
        for page in PageKind::ALL {
            all.extend(sayings.map(|saying| Conflict {
                about: *about,
                other: said(*page, saying),
                now: said(PageKind::OrderDetail, saying),
            }));
        }
    }
    let decision = decision(State::InTransit, Next::Wait);
    let case = CaseView { conflicts: &all, ..view(&decision) };
    seen(&overlay(&case, None, false));
    let mut events: Vec<Event> = all
        .iter()
        .map(|one| Event { when: EventTime::Instant(NOON), what: sentence(one), words: None })
        .collect();
    events.extend([Value::Day(NaiveDate::MIN), Value::Status(OrderStatus::Delivered)].map(|value| {
        Event {
            when: EventTime::Instant(NOON),
            what: Message::new("event_corrected")
                .with(Argument::Message("fact_status".to_owned()))
                .with(given(value)),
            words: None,
        }
    }));
    seen(&dossier(&case, &events, &[], None, None));
}
