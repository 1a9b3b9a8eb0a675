//! The order's time as a bar: what happened, today, and the limits, each by its place in time. What is not known is not drawn.
//!
//! The picture is for the eyes alone. Each of its shapes stands again in the list below it, with its name and its date.

use chrono::{DateTime, Utc};

use super::{
    Argument, Attribute, CaseView, Element, Message, Tag, axis::Axis, dates, div, element, message, span,
    tone::civil, words,
};
use crate::{
    case::{Basis, Deadline, Kind, Moment, Subject, Time, When},
    view::tone::{Headline, Left, left},
};

/// The axis goes from here to there in the picture's own units.
const START: i64 = 10;
const LENGTH: i64 = 300;
const APART: i64 = 20;

/// A shape of its own for each meaning, so that colour does not say it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Ordered,
    Shipped,
    Delivered,
    Confirmed,
    Today,
    Protection,
    Act,
    Open,
    Expect,
    Bank,
}

impl Shape {
    /// Its path, from its place on the axis.
    const fn path(self) -> &'static str {
        match self {
            Self::Ordered => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
            Self::Shipped => "m-4-5v10l8.5-5z",
            Self::Delivered => "m-4.5-4.5h9v9h-9zm0 3h9",
            Self::Confirmed => "m-5 0l3.5 4l6.5-8.5",
            Self::Today => "m0 9v-20m-4.5-5h9l-4.5 5z",
            Self::Protection => "m0 9v-25l-9.5 4.5l9.5 4.5",
            Self::Act => "m0 9v-25h-9v7h9",
            Self::Open => "m0 9v-25l9.5 4.5l-9.5 4.5",
            Self::Expect => "m-4.5-7h9l-9 14h9z",
            Self::Bank => "m-7 6h14m-12 0v-7m5 7v-7m5 7v-7m-12 0l7-6l7 6z",
        }
    }
}

/// Something on the bar.
struct Mark<'a> {
    /// Milliseconds since 1970.
    at: i64,
    shape: Shape,
    /// The key of its name, into which its date is filled.
    name: &'static str,
    date: Option<Argument>,
    /// The limit, where it is one.
    limit: Option<&'a Deadline>,
    place: i64,
}

impl Mark<'_> {
    /// Whether it is this limit. The one that drives the next step is a copy of one in the list.
    fn is_of(&self, limit: &Deadline) -> bool {
        self.limit.is_some_and(|own| (own.subject, own.at) == (limit.subject, limit.at))
    }
}

/// The bar; none where there is nothing to compare.
pub(super) fn timebar(case: &CaseView<'_>) -> Option<Element> {
    let protection = nearest(case, |limit| {
        limit.kind == Kind::Close && matches!(limit.subject, Subject::Delivery | Subject::Window)
    });
    let Headline { deadline: headline, tone } = case.headline();
    let mut marks: Vec<Mark<'_>> = Vec::new();
    for limit in [headline, protection, nearest(case, is_bank)].into_iter().flatten() {
        if !marks.iter().any(|mark| mark.is_of(limit)) {
            add(&mut marks, of_limit(limit, case.at));
        }
    }
    let least = if marks.is_empty() { 2 } else { 1 };
    add_events(&mut marks, case);
    if marks.len() < least {
        return None;
    }
    let now = case.at.now.timestamp_millis();
    add(
        &mut marks,
        Mark { at: now, shape: Shape::Today, name: "bar_today", date: None, limit: None, place: START },
    );

    let broken = place(&mut marks);
    let ends = protection.or(headline.filter(|limit| limit.kind == Kind::Close && !is_bank(limit)));
    let picture = picture(&marks, ends, protection.is_some(), broken);
    let mut legend = element(Tag::Ul).class("legend");
    for mark in &marks {
        legend = legend.child(entry(mark));
    }
    Some(
        element(Tag::Section)
            .class("timebar")
            .id("time")
            .label(Message::new("bar_name"))
            .child(div(tone.class()).child(picture).child(legend)),
    )
}

/// Puts a mark after those at the same time: limits come first, today last. A last day has ended when the next one begins,
/// and what ends now has ended.
fn add<'a>(marks: &mut Vec<Mark<'a>>, mark: Mark<'a>) {
    marks.insert(marks.partition_point(|before| before.at <= mark.at), mark);
}

/// Gives each mark its place, and answers where the axis is broken.
fn place(marks: &mut [Mark<'_>]) -> Option<i64> {
    let times: Vec<i64> = marks.iter().map(|mark| mark.at).collect();
    let Axis { places, broken } = Axis::new(&times, LENGTH, APART);
    for (mark, place) in marks.iter_mut().zip(places) {
        mark.place = START + place;
    }
    broken.map(|place| START + place)
}

/// The axis with its marks. What is left until `ends` is filled, and where that is a protection also what is gone of it: an
/// order is protected from its beginning.
fn picture(marks: &[Mark<'_>], ends: Option<&Deadline>, protects: bool, broken: Option<i64>) -> Element {
    let of = |wanted: &dyn Fn(&Mark<'_>) -> bool| {
        marks.iter().find(|mark| wanted(mark)).map_or(START, |mark| mark.place)
    };
    let today = of(&|mark| mark.shape == Shape::Today);
    let mut drawn = element(Tag::Svg)
        .attribute(Attribute::ViewBox, "0 0 320 38")
        .attribute(Attribute::AriaHidden, "true")
        .child(line("track", START, START + LENGTH, broken));
    if let Some(ends) = ends {
        let end = of(&|mark| mark.is_of(ends));
        if protects {
            drawn = drawn.child(line("gone", of(&|_| true), end.min(today), broken));
        }
        if end > today {
            let class = if is_rule(ends) { "ahead by-rule" } else { "ahead" };
            drawn = drawn.child(line(class, today, end, broken));
        }
    }
    if let Some(place) = broken {
        drawn = drawn.child(path("cut", place - 5, "m0 6l4-12m2 12l4-12"));
    }
    for mark in marks {
        drawn = drawn.child(shape(mark, mark.place));
    }
    drawn
}

/// What happened: ordered, or at least paid; shipped; delivered, or at least confirmed.
fn add_events(marks: &mut Vec<Mark<'_>>, case: &CaseView<'_>) {
    let facts = case.case;
    let mut tell = |time: &Option<Time>, shape, name| {
        let (at, day) = match time {
            Some(Time::Date(day) | Time::DateIn { date: day, .. }) => {
                (When::Day(*day).position(case.at), *day)
            }
            Some(time) => match case.at.instant(time) {
                Some(point) => (point.at, civil(point.at, case.at)),
                None => return false,
            },
            None => return false,
        };
        let date = Some(Argument::Day(day));
        add(marks, Mark { at: at.timestamp_millis(), shape, name, date, limit: None, place: START });
        true
    };
    if !tell(&facts.placed_at, Shape::Ordered, "bar_ordered") {
        tell(&facts.paid_at, Shape::Ordered, "bar_paid");
    }
    tell(&facts.shipped_at, Shape::Shipped, "bar_shipped");
    if !tell(&facts.delivered_scan_at, Shape::Delivered, "bar_delivered") {
        tell(&facts.confirmed_at, Shape::Confirmed, "bar_confirmed");
    }
}

/// The nearest of these limits that is ahead, else the last that has passed.
fn nearest<'a>(case: &CaseView<'a>, wanted: fn(&Deadline) -> bool) -> Option<&'a Deadline> {
    let limits = || case.decision.deadlines.iter().filter(|limit| wanted(limit));
    limits().find(|limit| left(limit.at, case.at) != Left::Passed).or_else(|| limits().next_back())
}

fn is_bank(limit: &Deadline) -> bool {
    limit.subject == Subject::Bank
}

/// Whether it is counted by a rule alone, and not the page's or the user's own.
fn is_rule(limit: &Deadline) -> bool {
    matches!(limit.basis, Basis::Rule { own_length: None, .. })
}

fn of_limit<'a>(limit: &'a Deadline, at: &Moment<'_>) -> Mark<'a> {
    let (shape, key) = match (limit.kind, limit.subject) {
        (Kind::Open, _) => (Shape::Open, "bar_open"),
        (Kind::Expect | Kind::Advise, _) => (Shape::Expect, "bar_expect"),
        (Kind::Close, Subject::Bank) => (Shape::Bank, "bar_bank"),
        (Kind::Close, Subject::Delivery) => (Shape::Protection, "bar_delivery"),
        (Kind::Close, Subject::Window) => (Shape::Protection, "bar_window"),
        (Kind::Close, Subject::FreeReturn) => (Shape::Act, "bar_free_return"),
        (Kind::Close, _) => (Shape::Act, "bar_close"),
    };
    let (ends, shown) = match limit.at {
        When::Instant(instant) => (instant, Argument::moment(instant)),
        // The day itself still counts.
        When::Day(day) => (
            day.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, |next| When::Day(next).position(at)),
            Argument::Day(day),
        ),
    };
    Mark {
        at: ends.timestamp_millis(),
        shape,
        name: key,
        date: Some(shown),
        limit: Some(limit),
        place: START,
    }
}

/// A line on the axis, with room for the break.
fn line(class: &'static str, from: i64, to: i64, broken: Option<i64>) -> Element {
    let path = element(Tag::Path).class(class);
    let drawn = match broken.filter(|place| (from..to).contains(place)) {
        Some(place) => format!("M{from} 22H{}M{} 22H{to}", place - 4, place + 4),
        None => format!("M{from} 22H{to}"),
    };
    path.attribute(Attribute::D, drawn)
}

fn path(class: &'static str, place: i64, shape: &str) -> Element {
    element(Tag::Path).class(class).attribute(Attribute::D, format!("M{place} 22{shape}"))
}

fn shape(mark: &Mark<'_>, place: i64) -> Element {
    let class = match mark.limit {
        None if mark.shape == Shape::Today => "today",
        None => "event",
        Some(limit) if is_rule(limit) => "limit by-rule",
        Some(_) => "limit",
    };
    path(class, place, mark.shape.path())
}

/// A mark in the list: its shape, its name and date, and whether a limit is counted by a rule or entered by the user.
fn entry(mark: &Mark<'_>) -> Element {
    let swatch = element(Tag::Svg)
        .attribute(Attribute::ViewBox, "0 5 20 28")
        .attribute(Attribute::AriaHidden, "true")
        .child(shape(mark, 10));
    let rests_on = mark.limit.and_then(|limit| match limit.basis {
        Basis::Rule { own_length: None, .. } => {
            let key = if limit.is_estimate() { "basis_estimate" } else { "basis_rule" };
            Some(span("mark-rule").child(message(key)))
        }
        Basis::Rule { .. } | Basis::User { .. } => Some(dates::by_user()),
        Basis::Countdown { .. } | Basis::PageDate { .. } | Basis::PagePhrase { .. } => None,
    });
    let name = mark.date.iter().fold(Message::new(mark.name), |name, date| name.with(date.clone()));
    let space = rests_on.is_some().then(|| words(" "));
    element(Tag::Li).child(swatch).child(span("").child(name).children(space).children(rests_on))
}
