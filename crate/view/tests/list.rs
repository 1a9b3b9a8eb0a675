//! The bar of a list, and which orders need their buyer now.

use chrono::TimeDelta;
use serde_json::json;

use super::trees::{AT, NOON, decision};
use crate::{
    case::{Basis, Deadline, Decision, Kind, Next, State, Subject, When},
    view::{Node, list_bar, needs_now},
};

pub(super) fn bars(seen: &mut dyn FnMut(&Node)) {
    for (orders, needing) in [(1, 0), (1, 1), (2, 2)] {
        for filter in [false, true] {
            seen(&list_bar(orders, needing, filter));
        }
    }
}

fn with(kind: Kind, at: When) -> Decision {
    let basis = Basis::User { entered_at: NOON };
    let limit = Deadline { subject: Subject::Window, kind, at, latest: None, act_by: None, basis };
    Decision { deadlines: vec![limit], ..decision(State::InTransit, Next::Wait) }
}

#[test]
fn an_order_with_a_step_to_take_needs_its_buyer() {
    let waits = [Next::None, Next::Wait, Next::WaitRefund, Next::RecheckPage];
    for next in Next::ALL {
        let needs = needs_now(&decision(State::InTransit, *next), &AT);
        assert_eq!(needs, !waits.contains(next), "{next:?}");
        for over in [State::WindowClosed, State::ClosedFinal] {
            assert!(!needs_now(&decision(over, *next), &AT), "{over:?} {next:?}");
        }
    }
}

#[test]
fn a_limit_of_the_buyers_needs_him_from_five_days_before_it_until_it_has_passed() {
    let needs = |kind, at| needs_now(&with(kind, at), &AT);
    let minute = TimeDelta::minutes(1);
    for (after, expected) in [
        (TimeDelta::days(5) + minute, false),
        (TimeDelta::days(5), true),
        (TimeDelta::hours(1), true),
        (minute, true),
        (TimeDelta::zero(), false),
        (-minute, false),
    ] {
        assert_eq!(needs(Kind::Close, When::Instant(NOON + after)), expected, "{after}");
    }
    for (after, expected) in [(-1, false), (0, true), (5, true), (6, false)] {
        let day = NOON.date_naive() + TimeDelta::days(after);
        assert_eq!(needs(Kind::Close, When::Day(day)), expected, "{after} days");
    }
}

#[test]
fn a_limit_of_the_other_side_needs_nobody() {
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Close) {
        assert!(!needs_now(&with(*kind, When::Instant(NOON + TimeDelta::hours(1))), &AT), "{kind:?}");
    }
}

#[test]
fn the_button_says_whether_it_is_pressed_and_asks_for_the_contrary() {
    let button = |needing, filter| {
        let bar = serde_json::to_value(list_bar(3, needing, filter)).unwrap();
        let children = bar["children"].as_array().unwrap().clone();
        children.into_iter().find(|child| child["tag"] == "button")
    };
    for (needing, filter) in [(2, false), (2, true), (0, true)] {
        let button = button(needing, filter).unwrap();
        assert_eq!(button["action"], json!({"do": "filter", "on": !filter}));
        assert_eq!(button["attributes"], json!([["aria-pressed", filter.to_string()]]));
    }
    assert_eq!(button(0, false), None, "it would show an empty list");
}
