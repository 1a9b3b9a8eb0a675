//! The bar of an order's time: its marks stand in the order of time, apart from one another, and nothing unknown is drawn.

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::Value;

use super::trees::{NOON, decision, view};
use crate::{
    case::{
        Basis, Clock, Deadline, Decision, Facts, Kind, Next, PhraseStart, Sighting, State, Subject, Time,
        When,
    },
    view::{
        CaseView, Node,
        axis::{Axis, FAR},
        case_page, overlay,
        timebar::timebar,
    },
};

const DAY: i64 = 86_400_000;

/// Days before (negative) and after now.
fn instant(days: i64) -> When {
    When::Instant(NOON + TimeDelta::days(days))
}

fn civil(days: i64) -> When {
    When::Day(NOON.date_naive() + TimeDelta::days(days))
}

fn date(days: i64) -> Time {
    Time::Date(NOON.date_naive() + TimeDelta::days(days))
}

fn by_page() -> Basis {
    let seen = Sighting { at: NOON, text: None, page: None };
    Basis::PagePhrase { days: 15, from: PhraseStart::ALL[0], seen }
}

fn by_rule(name: &str) -> Basis {
    let clock = Clock::by_name(name).unwrap();
    Basis::Rule { clock, start: clock.starts[0], own_length: None }
}

fn limit(subject: Subject, at: When, basis: Basis) -> Deadline {
    Deadline { subject, kind: Kind::Close, at, latest: None, act_by: None, basis }
}

fn known() -> Facts {
    Facts {
        placed_at: Some(date(-20)),
        shipped_at: Some(date(-17)),
        delivered_scan_at: Some(date(-3)),
        ..Facts::default()
    }
}

/// The bar as the drawer gets it.
fn drawn(facts: &Facts, deadlines: Vec<Deadline>) -> Option<Value> {
    let decision = Decision { deadlines, ..decision(State::WindowOpen, Next::Wait) };
    let bar = timebar(&CaseView { case: facts, ..view(&decision) })?;
    Some(serde_json::to_value(bar).unwrap())
}

fn bar(facts: &Facts, deadlines: Vec<Deadline>) -> Value {
    drawn(facts, deadlines).unwrap()
}

/// The picture's paths of these classes: the whole class and where the path begins.
fn paths(bar: &Value, classes: &[&str]) -> Vec<(String, i64)> {
    let paths = bar["children"][0]["children"][0]["children"].as_array().unwrap();
    let own = paths.iter().filter_map(|path| {
        let class = path["class"].as_str().unwrap();
        let place = path["attributes"][0][1]
            .as_str()
            .unwrap()
            .trim_start_matches('M')
            .split(' ')
            .next()
            .unwrap()
            .parse();
        classes.contains(&class.split(' ').next().unwrap()).then(|| (class.to_owned(), place.unwrap()))
    });
    own.collect()
}

fn places(bar: &Value) -> Vec<i64> {
    paths(bar, &["event", "limit", "today"]).into_iter().map(|(_, place)| place).collect()
}

/// The names in the list, in its order.
fn names(bar: &Value) -> Vec<String> {
    let list = bar["children"][0]["children"][1]["children"].as_array().unwrap();
    let name = |entry: &Value| entry["children"][1]["children"][0]["message"].as_str().unwrap().to_owned();
    list.iter().map(name).collect()
}

/// Where a line of the picture begins and ends.
fn span(bar: &Value, class: &str) -> Option<(i64, i64)> {
    let paths = bar["children"][0]["children"][0]["children"].as_array().unwrap();
    let path = paths.iter().find(|path| path["class"].as_str().unwrap().split(' ').next() == Some(class))?;
    let drawn = path["attributes"][0][1].as_str().unwrap();
    let number = |text: &str| text.split(' ').next().unwrap().parse().unwrap();
    Some((number(drawn.trim_start_matches('M')), number(drawn.rsplit('H').next().unwrap())))
}

pub(super) fn bars(seen: &mut dyn FnMut(&Node)) {
    let paid = Facts { paid_at: Some(date(-20)), confirmed_at: Some(date(-2)), ..Facts::default() };
    for facts in [known(), paid] {
        for basis in [by_page(), by_rule("R06"), by_rule("R07"), Basis::User { entered_at: NOON }] {
            for subject in Subject::ALL {
                let deadlines = vec![limit(*subject, instant(4), basis.clone())];
                let decision = Decision { deadlines, ..decision(State::WindowOpen, Next::OpenDispute) };
                let case = CaseView { case: &facts, ..view(&decision) };
                seen(&overlay(&case, None, false));
                seen(&case_page(&case, &[], None));
            }
        }
    }
}

proptest! {
    #[test]
    fn marks_stand_in_the_order_of_time_apart_and_on_the_axis(
        mut times in proptest::collection::vec(prop_oneof![0..30 * DAY, 0..3000 * DAY, Just(7)], 1..9),
    ) {
        times.sort_unstable();
        let Axis { places, broken } = Axis::new(&times, 300, 20);
        prop_assert_eq!(places.len(), times.len());
        prop_assert!(places.iter().all(|place| (0..=300).contains(place)), "{:?}", places);
        prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 20), "{:?}", places);
        prop_assert!(broken.is_none_or(|place| !places.contains(&place)));
    }

    #[test]
    fn where_there_is_room_a_place_is_in_proportion_to_its_time(gaps in proptest::collection::vec(20_i64..40, 1..8)) {
        let times: Vec<i64> = [0].iter().chain(&gaps).scan(5, |at, gap| { *at += gap * DAY; Some(*at) }).collect();
        let whole: i64 = gaps.iter().sum();
        let Axis { places, broken } = Axis::new(&times, whole, 20);
        let exact: Vec<i64> = times.iter().map(|at| (at - times[0]) / DAY).collect();
        prop_assert_eq!((places, broken), (exact, None));
    }

    #[test]
    fn the_bar_has_one_mark_for_each_thing_that_is_known_and_lists_them_in_the_order_of_time(
        days in proptest::array::uniform3(proptest::option::of(-400_i64..20)),
        ends in proptest::option::of(-400_i64..800),
        bank in proptest::option::of(-400_i64..3000),
    ) {
        let facts = Facts {
            placed_at: days[0].map(date),
            shipped_at: days[1].map(date),
            delivered_scan_at: days[2].map(date),
            ..Facts::default()
        };
        let window = ends.map(|days| limit(Subject::Window, instant(days), by_page()));
        let bank_limit = bank.map(|days| limit(Subject::Bank, civil(days), by_rule("B01_PROMISED")));
        let mut deadlines: Vec<Deadline> = window.into_iter().chain(bank_limit).collect();
        deadlines.sort_by_key(|limit| match limit.at { When::Instant(at) => at.date_naive(), When::Day(day) => day });
        // A day begins before noon, what ends at an instant ends at noon, a last day ends after noon.
        let mut wanted: Vec<(i64, u8, &str)> = days.iter().zip(["bar_ordered", "bar_shipped", "bar_delivered"])
            .filter_map(|(day, name)| Some(((*day)?, 0, name)))
            .chain(ends.map(|day| (day, 1, "bar_window")))
            .chain([(0, 2, "bar_today")])
            .chain(bank.map(|day| (day, 3, "bar_bank")))
            .collect();
        wanted.sort_by_key(|(day, rank, _)| (*day, *rank));
        let Some(bar) = drawn(&facts, deadlines) else {
            prop_assert!(ends.is_none() && bank.is_none() && wanted.len() < 3);
            return Ok(());
        };
        let wanted: Vec<&str> = wanted.into_iter().map(|(_, _, name)| name).collect();
        prop_assert_eq!(names(&bar), wanted);
        let places = places(&bar);
        prop_assert_eq!(places.len(), names(&bar).len());
        prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 20), "{:?}", places);
        prop_assert!(places.iter().all(|place| (10..=310).contains(place)), "{:?}", places);
    }
}

#[test]
fn a_far_limit_breaks_the_axis_and_leaves_the_others_their_room() {
    let far = [0, 10 * DAY, 20 * DAY, 560 * DAY];
    let axis = Axis { places: vec![0, 120, 240, 300], broken: Some(270) };
    assert_eq!(Axis::new(&far, 300, 20), axis);
    for near in
        [vec![0, 10 * DAY, 20 * DAY, 20 * DAY + FAR], vec![0, FAR, 2 * FAR, 3 * FAR], vec![0, 2 * FAR]]
    {
        assert_eq!(Axis::new(&near, 300, 20).broken, None, "{near:?}");
    }
    let bank = limit(Subject::Bank, civil(540), by_rule("B01_CAP"));
    let window = limit(Subject::Window, instant(9), by_page());
    let bar = bar(&known(), vec![window, bank]);
    assert_eq!(paths(&bar, &["cut"]).len(), 1);
    let places = places(&bar);
    assert!(places[4] - places[0] > 200, "{places:?}");
}

#[test]
fn times_that_are_equal_do_not_overlap() {
    assert_eq!(Axis::new(&[5, 5, 5], 300, 20).places, [0, 20, 40]);
    assert_eq!(Axis::new(&[0, 9, 9, 9], 300, 20).places, [0, 260, 280, 300]);
    assert_eq!(Axis::new(&[5], 300, 20), Axis { places: vec![0], broken: None });
}

#[test]
fn what_has_passed_stands_before_today() {
    let second = When::Instant(NOON + TimeDelta::seconds(1));
    for (at, passed) in
        [(instant(-9), true), (instant(0), true), (second, false), (civil(-1), true), (civil(0), false)]
    {
        let names = names(&bar(&known(), vec![limit(Subject::Window, at, by_page())]));
        let place = |name: &str| names.iter().position(|own| own == name).unwrap();
        assert_eq!(place("bar_window") < place("bar_today"), passed, "{at:?}");
    }
}

#[test]
fn the_protection_is_filled_from_the_beginning_to_its_end() {
    let window = |at| bar(&known(), vec![limit(Subject::Window, at, by_page())]);
    let ahead = window(instant(9));
    let places = places(&ahead);
    assert_eq!(span(&ahead, "gone"), Some((places[0], places[3])), "until today");
    assert_eq!(span(&ahead, "ahead"), Some((places[3], places[4])), "until the end");
    let passed = window(instant(-1));
    let end = paths(&passed, &["limit"])[0].1;
    assert_eq!((span(&passed, "gone"), span(&passed, "ahead")), (Some((10, end)), None));
    // Another limit of the buyer's protects nothing: what is left of it is shown.
    let reply = bar(&known(), vec![limit(Subject::BuyerReply, instant(1), by_page())]);
    assert_eq!(span(&reply, "gone"), None);
    assert!(span(&reply, "ahead").is_some());
    let nothing = bar(&known(), Vec::new());
    assert_eq!((span(&nothing, "gone"), span(&nothing, "ahead")), (None, None));
    for kind in [Kind::Open, Kind::Expect] {
        let other = Deadline { kind, ..limit(Subject::SellerReply, instant(1), by_page()) };
        assert_eq!(span(&bar(&known(), vec![other]), "ahead"), None, "{kind:?}");
    }
}

#[test]
fn what_a_rule_says_looks_unlike_what_the_page_says() {
    let of = |basis| {
        let bar = bar(&known(), vec![limit(Subject::Delivery, instant(9), basis)]);
        let list = bar["children"][0]["children"][1].to_string();
        let marks = ["basis_rule", "basis_estimate", "basis_user"].map(|mark| list.contains(mark));
        let looks = paths(&bar, &["limit", "ahead"]).into_iter().map(|(class, _)| class).collect::<Vec<_>>();
        (looks.iter().all(|class| class.ends_with("by-rule")), marks)
    };
    assert_eq!(of(by_page()), (false, [false, false, false]));
    assert_eq!(of(by_rule("R07")), (true, [true, false, false]));
    assert_eq!(of(by_rule("R06")), (true, [false, true, false]));
    assert_eq!(of(Basis::User { entered_at: NOON }), (false, [false, false, true]));
}

#[test]
fn nothing_is_drawn_where_there_is_nothing_to_compare() {
    assert_eq!(drawn(&Facts::default(), Vec::new()), None);
    assert_eq!(drawn(&Facts { placed_at: Some(date(-4)), ..Facts::default() }, Vec::new()), None);
    let only = bar(&Facts::default(), vec![limit(Subject::Window, instant(9), by_page())]);
    assert_eq!(names(&only), ["bar_today", "bar_window"]);
}

#[test]
fn the_picture_is_for_the_eyes_and_the_list_for_all() {
    let bar = bar(&known(), vec![limit(Subject::Window, instant(9), by_page())]);
    let picture = &bar["children"][0]["children"][0];
    assert!(picture["attributes"].to_string().contains("[\"aria-hidden\",\"true\"]"));
    assert_eq!(bar["label"]["message"], "bar_name");
    let list = bar["children"][0]["children"][1]["children"].as_array().unwrap();
    let mut shapes: Vec<String> =
        list.iter().map(|entry| entry["children"][0]["children"][0]["attributes"].to_string()).collect();
    assert_eq!(list.len(), 5);
    shapes.sort_unstable();
    shapes.dedup();
    assert_eq!(shapes.len(), 5, "each mark has a shape of its own");
}
