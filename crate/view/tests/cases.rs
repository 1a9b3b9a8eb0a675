//! The page of a case, with every answer, event and item.

use chrono::TimeDelta;

use super::trees::{self, AT, NOON, decision, view};
use crate::{
    case::{
        Because, Deadline, EventKind, EventStanding, Evidence, Facts, Goods, Held, Item, Kind, Next, Of,
        Rail, Reason, Rung, RungName, SellerTrick, Standing, State, StatedEvent, Statement, Subject, Time,
        Topic, Tracking, When, decide, ladder,
    },
    evidence::{CaptureMode, CaptureTrigger},
    page::PageKind,
    view::{CaseView, Node, Part, case_page, overlay},
};

fn stated(topic: &str, value: &str) -> (Topic, Statement) {
    let known = Topic::parse(topic).unwrap_or_else(|| panic!("{topic}"));
    assert_eq!(known.text(), topic);
    (known, Statement { topic: topic.to_owned(), value: value.to_owned(), item: None, at: NOON })
}

/// An answer to every question.
fn answers() -> Vec<(Topic, Statement)> {
    let mut answers = vec![
        stated("reason", "size"),
        stated("goods", "custom"),
        stated("tracking", "not_found"),
        stated("country", "GB"),
        stated("is.free_return", "yes"),
        stated("is.credit", "no"),
        stated("amount.claimed", "1250 EUR"),
        stated("day.promised_on", "2026-09-04"),
        stated("tick.own_photos", "yes"),
        stated("length.R12", "7"),
    ];
    let limits = Of::ALL.iter().map(|of| stated(&format!("limit.{}", of.code()), "1788696000000"));
    answers.extend(limits);
    answers
}

pub(super) fn cases(seen: &mut dyn FnMut(&Node)) {
    answered(seen);
    happened(seen);
    in_parts(seen);
    // Every rule that can count, each with its own length.
    for clock in ["R01", "R02", "R03", "B11", "B06"] {
        let clock = crate::case::Clock::by_name(clock).unwrap();
        let basis = crate::case::Basis::Rule { clock, start: clock.starts[0], own_length: None };
        for subject in Subject::ALL {
            let at = When::Instant(NOON + TimeDelta::days(3));
            let (kind, basis) = (Kind::Close, basis.clone());
            let deadline = Deadline { subject: *subject, kind, at, latest: None, act_by: None, basis };
            let mut decision = decision(State::WindowOpen, Next::OpenDispute);
            decision.deadlines = vec![deadline];
            seen(&case_page(&view(&decision), &[], None));
        }
    }
}

fn answered(seen: &mut dyn FnMut(&Node)) {
    let answers = answers();
    let rails = Some(Rail::ALL.to_vec());
    for reason in Reason::ALL {
        for credit in [true, false] {
            let facts = Facts {
                reason: Some(*reason),
                rails: rails.clone(),
                credit: Some(credit),
                card_country: Some("GB".to_owned()),
                paid_at: Some(Time::Date(NOON.date_naive())),
                delivered_scan_at: credit.then(|| Time::Date(NOON.date_naive())),
                seller_tricks: Some(SellerTrick::ALL.to_vec()),
                ..Facts::default()
            };
            let decision = decide(&facts, &AT);
            let item = Item::by_id("own_photos").unwrap();
            let rungs = ladder(&facts, &decision, &[PageKind::Chat], &[], &[item]);
            let case = CaseView { case: &facts, statements: &answers, ladder: &rungs, ..view(&decision) };
            seen(&case_page(&case, &[], None));
            seen(&overlay(&case, None, false));
        }
    }
    assert_eq!(Goods::ALL.len() + Tracking::ALL.len(), 10, "every answer stands in a list that was seen");
}

fn happened(seen: &mut dyn FnMut(&Node)) {
    for standing in EventStanding::ALL {
        let day = NOON.date_naive();
        let of = |kind: &EventKind| StatedEvent { kind: *kind, day, at: NOON, standing: *standing };
        for kind in EventKind::ALL {
            let statements = [stated(&format!("event.{}", kind.code()), "2026-09-04")];
            let events = [of(kind)];
            for state in [State::Unknown, State::Unpaid] {
                let decision = decision(state, Next::RecheckPage);
                let case = CaseView { statements: &statements, events: &events, ..view(&decision) };
                seen(&case_page(&case, &[], None));
            }
        }
    }
}

fn in_parts(seen: &mut dyn FnMut(&Node)) {
    let own = decision(State::WindowOpen, Next::OpenDispute);
    let part = |id: &str, title: Option<&str>, decision| Part {
        item_id: id.to_owned(),
        title: title.map(str::to_owned),
        decision,
    };
    let parts = [
        part("1005000000000001", Some("Sample cable"), Some(own.clone())),
        part("1005000000000002", None, None),
    ];
    let evidence = |held| Evidence { item: Item::by_id("chat").unwrap(), strengthens: true, held };
    let rung = Rung {
        name: RungName::Dispute,
        standing: Standing::Done,
        evidence: vec![
            evidence(Held::Ticked),
            evidence(Held::Missing),
            evidence(Held::Capture(PageKind::Chat)),
        ],
    };
    let because = Because::Stage;
    let whole = crate::case::Decision { because, ..decision(State::InTransit, Next::Wait) };
    let captured = trees::record(PageKind::Chat, CaptureMode::Viewport, CaptureTrigger::Popup);
    for item in [None, Some("1005000000000001")] {
        let (ladder, records) = (std::slice::from_ref(&rung), std::slice::from_ref(&captured));
        let case = CaseView { parts: &parts, item, ladder, records, ..view(&whole) };
        seen(&case_page(&case, &[], None));
        seen(&overlay(&case, None, false));
    }
}
