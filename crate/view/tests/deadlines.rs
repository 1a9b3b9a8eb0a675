//! Trees with each deadline, and with each cause of a step.

use chrono::TimeDelta;

use super::trees::{NOON, decision, on_a_page, view};
use crate::{
    case::{
        Basis, Because, Clock, Deadline, Decision, Kind, Next, Of, PhraseStart, Rule, SellerTrick, Sighting,
        Start, State, Subject, Unit, When,
    },
    page::PageKind,
    view::{Node, dossier, overlay},
};

fn deadline(subject: Subject, kind: Kind, at: When, basis: Basis) -> Deadline {
    Deadline { subject, kind, at, latest: None, act_by: None, basis }
}

/// An instant and a civil date each: passed, today or soon, and far ahead.
fn whens() -> Vec<When> {
    let instants =
        [-100, -1, 1, 47, 49, 100, 5000].map(|hours| When::Instant(NOON + TimeDelta::hours(hours)));
    let days = [-30, -1, 0, 1, 6, 300].map(|days| When::Day(NOON.date_naive() + TimeDelta::days(days)));
    instants.into_iter().chain(days).collect()
}

/// A clock of a rule, as the data could have one.
fn clock(rule: &'static Rule, unit: Unit, length: i32) -> &'static Clock {
    Box::leak(Box::new(Clock {
        name: "R01",
        rule,
        limits: Subject::Window,
        starts: &[Start::Placed],
        length,
        unit,
        kind: Kind::Close,
    }))
}

fn rule_of(clock: &'static Clock, start: Start) -> Basis {
    Basis::Rule { clock, start, own_length: None }
}

fn bases() -> Vec<Basis> {
    let sightings = [None, Some("Refund if no delivery before Sep 4, 2026".to_owned())]
        .map(|text| Sighting { at: NOON, text, page: Some(PageKind::OrderDetail) });
    let mut bases = vec![Basis::User { entered_at: NOON }];
    for seen in sightings {
        bases.push(Basis::Countdown { left_ms: 1000, seen: seen.clone() });
        bases.push(Basis::PageDate { seen: seen.clone() });
        for days in [1, 15] {
            bases.extend(PhraseStart::ALL.iter().map(|from| Basis::PagePhrase {
                days,
                from: *from,
                seen: seen.clone(),
            }));
        }
    }
    let first = Rule::all()[0];
    for length in [-1, 0, 1, 15] {
        bases.extend(Unit::ALL.iter().map(|unit| rule_of(clock(first, *unit, length), Start::Placed)));
    }
    let days = clock(first, Unit::D, 15);
    bases.extend(Start::ALL.iter().map(|start| rule_of(days, *start)));
    bases.extend([0, 1, 7].map(|own| Basis::Rule {
        clock: days,
        start: Start::Placed,
        own_length: Some(own),
    }));
    // Estimates, and rules of which other sources say something else.
    bases.extend(Rule::all().iter().map(|rule| rule_of(clock(rule, Unit::D, 1), Start::Placed)));
    bases
}

pub(super) fn deadlines(seen: &mut dyn FnMut(&Node)) {
    let mut show = |deadline: Deadline| {
        let decision = Decision { deadlines: vec![deadline], ..decision(State::InTransit, Next::Wait) };
        on_a_page(&view(&decision), seen);
    };
    let user = Basis::User { entered_at: NOON };
    for at in whens() {
        for kind in Kind::ALL {
            for subject in Subject::ALL {
                show(deadline(*subject, *kind, at, user.clone()));
            }
            let margin = deadline(Subject::Window, *kind, at, user.clone());
            show(Deadline { latest: Some(at), act_by: Some(at), ..margin });
        }
    }
    let ahead = When::Instant(NOON + TimeDelta::days(3));
    for basis in bases() {
        show(deadline(Subject::Window, Kind::Close, ahead, basis));
    }
    // As many as there are: the counted texts.
    let many = |number: usize| vec![deadline(Subject::Window, Kind::Close, ahead, user.clone()); number];
    for number in 0..=2 {
        let decision = Decision { deadlines: many(number), ..decision(State::WindowOpen, Next::OpenDispute) };
        seen(&overlay(&view(&decision), None, false));
        seen(&dossier(&view(&decision), &[], &[], None, None));
    }
}

pub(super) fn causes(seen: &mut dyn FnMut(&Node)) {
    let mut show = |because: Because| {
        let decision = Decision { because, ..decision(State::InTransit, Next::Wait) };
        seen(&overlay(&view(&decision), None, false));
    };
    for at in whens() {
        for subject in Subject::ALL {
            let bare = deadline(*subject, Kind::Close, at, Basis::User { entered_at: NOON });
            let used_up = Some(When::Instant(NOON - TimeDelta::hours(1)));
            for limit in [
                bare.clone(),
                Deadline { act_by: used_up, ..bare.clone() },
                Deadline { act_by: Some(at), ..bare },
            ] {
                show(Because::Urgent(limit.clone()));
                show(Because::Before(limit.clone()));
                show(Because::Passed(limit.clone()));
                show(Because::NotBefore(limit.clone()));
                show(Because::BankSafeDate(limit));
            }
        }
    }
    for of in Of::ALL {
        show(Because::StaleReading(*of));
    }
    for trick in SellerTrick::ALL {
        show(Because::Trick(*trick));
    }
    for because in [
        Because::AccountBlocked,
        Because::NoReasonYet,
        Because::NoButton,
        Because::NothingToCountFrom,
        Because::Stage,
    ] {
        show(because);
    }
}
