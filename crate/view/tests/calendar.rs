//! The events of a calendar: what is ahead, when each reminds, and what it says.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::trees::{NOON, ORDER, decision, view};
use crate::{
    case::{Basis, Deadline, Decision, Kind, Next, Sighting, Start, State, Subject, When},
    page::PageKind,
    view::{Argument, CalendarEvent, CaseView, Node, Part, calendar, case_page},
};

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

fn deadline(subject: Subject, kind: Kind, at: When, act_by: Option<When>) -> Deadline {
    let seen = Sighting { at: NOON, text: Some("Ends soon".to_owned()), page: Some(PageKind::OrderDetail) };
    Deadline { subject, kind, at, latest: None, act_by, basis: Basis::PageDate { seen } }
}

fn decided(deadlines: Vec<Deadline>) -> Decision {
    Decision { deadlines, ..decision(State::WindowOpen, Next::OpenDispute) }
}

fn in_hours(hours: i64) -> When {
    When::Instant(NOON + TimeDelta::hours(hours))
}

fn in_days(days: i64) -> When {
    When::Day(NOON.date_naive() + TimeDelta::days(days))
}

/// The events of a case with these deadlines.
fn events(deadlines: Vec<Deadline>) -> Vec<CalendarEvent> {
    calendar(&view(&decided(deadlines)))
}

fn alarms(kind: Kind, at: When, act_by: Option<When>) -> Vec<i64> {
    let event = events(vec![deadline(Subject::Window, kind, at, act_by)]).into_iter().next().unwrap();
    event.alarms_ms
}

/// A text of the calendar is a text of the interface like any other.
pub(super) fn calendars(seen: &mut dyn FnMut(&Node)) {
    for subject in Subject::ALL {
        for event in events(vec![deadline(*subject, Kind::Close, in_hours(200), Some(in_hours(100)))]) {
            event.summary.iter().chain([&event.description]).for_each(&mut *seen);
        }
    }
}

#[test]
fn what_has_passed_is_no_event_and_makes_no_button() {
    let passed = [in_hours(-1), in_hours(0), in_days(-1)];
    let deadlines: Vec<_> =
        passed.into_iter().map(|at| deadline(Subject::Window, Kind::Close, at, None)).collect();
    let button = |decision: &Decision| {
        let page = serde_json::to_string(&case_page(&view(decision), &[], None)).unwrap();
        page.contains("to-calendar")
    };
    assert!(!button(&decided(deadlines.clone())));
    assert_eq!(events(deadlines.clone()), []);
    // A civil date still counts on the day itself.
    let today = [deadlines, vec![deadline(Subject::Bank, Kind::Close, in_days(0), None)]].concat();
    assert!(button(&decided(today.clone())));
    let starts: Vec<Argument> = events(today).into_iter().map(|event| event.start).collect();
    assert_eq!(starts, [Argument::Day(NOON.date_naive())]);
}

#[test]
fn a_close_reminds_at_the_moment_to_act_by_and_before_the_end_as_far_as_that_is_ahead() {
    let act_by = |hours| Some(in_hours(hours));
    assert_eq!(
        alarms(Kind::Close, in_hours(240), act_by(168)),
        [3 * DAY, 5 * DAY, 2 * DAY, DAY],
        "first the moment to act by"
    );
    assert_eq!(alarms(Kind::Close, in_hours(240), act_by(192)), [5 * DAY, 2 * DAY, DAY], "each once");
    assert_eq!(alarms(Kind::Close, in_hours(48), act_by(0)), [DAY], "now is not ahead");
    assert_eq!(alarms(Kind::Close, in_hours(20), act_by(-4)), Vec::<i64>::new());
    assert_eq!(alarms(Kind::Close, in_hours(20), act_by(10)), [10 * HOUR]);
    for kind in [Kind::Open, Kind::Expect, Kind::Advise] {
        assert_eq!(alarms(kind, in_hours(240), None), Vec::<i64>::new());
    }
}

#[test]
fn on_a_civil_date_the_reminder_comes_at_nine_in_the_morning() {
    // NOON is at 12:00 in the viewer's zone.
    let before = |days: i64| days * DAY - 9 * HOUR;
    assert_eq!(
        alarms(Kind::Close, in_days(30), Some(in_days(16))),
        [before(14), before(5), before(2), before(1)]
    );
    assert_eq!(alarms(Kind::Close, in_days(5), Some(in_days(-2))), [before(2), before(1)]);
    assert_eq!(alarms(Kind::Close, in_days(0), None), Vec::<i64>::new());
}

#[test]
fn a_number_keeps_those_of_one_subject_apart_also_when_the_page_takes_a_rules_place() {
    let clock = crate::case::Clock::by_name("R06").unwrap();
    let rule = Basis::Rule { clock, start: Start::Shipped, own_length: None };
    let by_page = deadline(Subject::Delivery, Kind::Close, in_hours(300), None);
    let by_rule = Deadline { basis: rule, ..by_page.clone() };
    let uids = |deadlines: Vec<Deadline>| -> Vec<String> {
        events(deadlines).into_iter().map(|event| event.uid).collect()
    };
    let (first, second) = (format!("{ORDER}-delivery-0@redress"), format!("{ORDER}-delivery-1@redress"));
    assert_eq!(uids(vec![by_page.clone()]), [first.as_str()]);
    assert_eq!(uids(vec![by_rule.clone()]), [first.as_str()]);
    assert_eq!(uids(vec![by_page.clone(), by_rule.clone()]), [first, second.clone()]);
    // What has passed keeps its number.
    let passed = deadline(Subject::Delivery, Kind::Close, in_hours(-1), None);
    assert_eq!(uids(vec![passed, by_rule]), [second]);
}

#[test]
fn an_event_says_what_ends_of_which_order_and_has_the_lines_of_the_page() {
    let clock = crate::case::Clock::by_name("R06").unwrap();
    let estimate = Deadline {
        basis: Basis::Rule { clock, start: clock.starts[0], own_length: None },
        latest: Some(in_hours(400)),
        ..deadline(Subject::Window, Kind::Close, in_hours(300), Some(in_hours(200)))
    };
    assert!(clock.rule.estimate);
    let decision = decided(vec![estimate]);
    let part =
        Part { item_id: "1005000000000001".to_owned(), title: Some("🙂".repeat(61)), decision: None };
    let parts = [part];
    let item = Some("1005000000000001");
    let case = CaseView { parts: &parts, item, ..view(&decision) };
    let event = serde_json::to_value(&calendar(&case)[0]).unwrap();
    assert_eq!(event["uid"], format!("{ORDER}-1005000000000001-window-0@redress"));
    assert_eq!(
        event["summary"][0],
        json!({"message": "calendar_summary", "with": [{"message": "limit_window"}, {"words": "0001"}]})
    );
    let marks =
        event["summary"].as_array().unwrap().iter().filter(|node| node["message"] == "basis_estimate");
    assert_eq!(marks.count(), 1);
    let title = event["summary"].as_array().unwrap().last().unwrap();
    assert_eq!(*title, json!({"words": format!("{}…", "🙂".repeat(60))}));
    let page = serde_json::to_value(case_page(&case, &[], None)).unwrap().to_string();
    let lines = event["description"]["children"].as_array().unwrap();
    let (address, lines) = lines.split_last().unwrap();
    assert_eq!(lines.len(), 4, "end, act by, latest reading, basis");
    assert!(lines.iter().all(|line| page.contains(&line.to_string())), "{lines:?}");
    assert_eq!(*address, json!({"words": case.order_url}));
    assert_eq!(event["url"], case.order_url);
}

#[test]
fn a_start_is_written_as_the_file_needs_it() {
    let start = |at: When| -> Value {
        serde_json::to_value(&events(vec![deadline(Subject::Window, Kind::Open, at, None)])[0].start).unwrap()
    };
    assert_eq!(start(in_hours(1)), json!({"instant": NOON.timestamp_millis() + HOUR}));
    let day = When::Day(NaiveDate::from_ymd_opt(2027, 1, 5).unwrap());
    assert_eq!(start(day), json!({"day": "2027-01-05"}));
}
