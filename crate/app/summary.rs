//! What badge, popup and reminders need of a case: kept beside its file, so that thousands of cases need not be read for it.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    app::screen::{Prepared, nearest},
    case::{Deadline, Kind, Moment, Next, RULES_VERSION, State, Subject, When},
    view::Row,
};

/// A summary of a case that changes with time is made anew after this.
const FRESH: TimeDelta = TimeDelta::hours(24);

/// One of a case in which nothing runs is made anew after this.
const SETTLED: TimeDelta = TimeDelta::days(30);

/// What is shown of a case where many are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The order.
    pub order_id: String,
    /// The first item's title.
    #[serde(default)]
    pub name: Option<String>,
    /// The order's own page.
    #[serde(default)]
    pub url: String,
    /// The state; none in the stub of a case that was kept before there were summaries.
    #[serde(default)]
    pub state: Option<State>,
    /// The next step.
    #[serde(default)]
    pub next: Option<Next>,
    /// The limit that is shown first.
    #[serde(default)]
    pub first: Option<Limit>,
    /// The limits of the buyer's that are more than estimates, the nearest first, also those that have passed.
    #[serde(default)]
    pub closes: Vec<Limit>,
    /// Its place among all: what the buyer must do first comes first. Sorts as a number.
    #[serde(default)]
    pub due: f64,
    /// When the nearest of `closes` that is ahead will have passed, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close: Option<i64>,
    /// From when on it must be made anew, milliseconds since 1970; 0 = at once.
    #[serde(default)]
    pub until: i64,
    /// The version of the rules that it was made by.
    #[serde(default)]
    pub rules: u32,
}

/// A limit of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// What it limits.
    pub subject: Subject,
    /// What it means.
    pub kind: Kind,
    /// When it is, milliseconds since 1970; of a civil day its beginning in the viewer's zone.
    pub at: i64,
    /// The civil day, as the number of days from the year 1, where it is one. The day itself still counts.
    #[serde(default)]
    pub day: Option<i32>,
    /// Until when to act, milliseconds since 1970.
    #[serde(default)]
    pub act_by: Option<i64>,
}

impl Limit {
    fn of(deadline: &Deadline, at: &Moment<'_>) -> Self {
        let day = match deadline.at {
            When::Day(day) => Some(day.num_days_from_ce()),
            When::Instant(_) => None,
        };
        Self {
            subject: deadline.subject,
            kind: deadline.kind,
            at: deadline.at.position(at).timestamp_millis(),
            day,
            act_by: deadline.act_by.map(|safe| safe.position(at).timestamp_millis()),
        }
    }

    /// When it is.
    pub fn when(&self) -> Option<When> {
        match self.day {
            Some(day) => NaiveDate::from_num_days_from_ce_opt(day).map(When::Day),
            None => DateTime::from_timestamp_millis(self.at).map(When::Instant),
        }
    }
}

impl Summary {
    /// The summary of a case.
    pub(super) fn of(prepared: &Prepared, at: &Moment<'_>) -> Self {
        let view = prepared.view(None, at);
        let is_own = |deadline: &&Deadline| deadline.kind == Kind::Close && !deadline.is_estimate();
        let limits = || prepared.decisions().flat_map(|decision| &decision.deadlines);
        let mut closes: Vec<Limit> =
            limits().filter(is_own).map(|deadline| Limit::of(deadline, at)).collect();
        closes.sort_by_key(|limit| limit.at);
        let (rank, place) = nearest(prepared, at);
        let ahead = |deadline: &&Deadline| !deadline.at.has_passed(at);
        let next = limits().filter(ahead).map(|deadline| ends(deadline.at, at)).min();
        let fresh = if limits().next().is_some() { FRESH } else { SETTLED };
        let until = at.now + fresh;
        Self {
            order_id: view.order_id.to_owned(),
            name: view.name(),
            url: view.order_url.to_owned(),
            state: Some(view.decision.state),
            next: Some(view.decision.next),
            first: view.headline().deadline.map(|deadline| Limit::of(deadline, at)),
            close: closes.iter().map(|limit| limit.ends(at)).filter(|end| *end > at.now).min().map(millis),
            closes,
            due: f64::from(rank) * RANK + milliseconds(place),
            until: next.map_or(until, |next| next.min(until)).timestamp_millis(),
            rules: RULES_VERSION,
        }
    }

    /// Its row in a list; none of a stub.
    pub(super) fn row(&self) -> Option<Row> {
        Some(Row {
            order_id: self.order_id.clone(),
            name: self.name.clone(),
            url: self.url.clone(),
            state: self.state?,
            next: self.next?,
            limit: self.first.as_ref().and_then(|first| Some((first.kind, first.when()?))),
        })
    }

    /// Whether it must be made anew.
    pub(super) fn is_outdated(&self, at: &Moment<'_>) -> bool {
        self.until <= at.now.timestamp_millis() || self.rules != RULES_VERSION
    }
}

impl Limit {
    /// When it has passed: a civil day when it is over.
    pub(super) fn ends(&self, at: &Moment<'_>) -> DateTime<Utc> {
        self.when().map_or(DateTime::<Utc>::MAX_UTC, |when| ends(when, at))
    }
}

/// When a limit has passed: an instant when it is reached, a civil day with the next one.
fn ends(when: When, at: &Moment<'_>) -> DateTime<Utc> {
    match when {
        When::Day(day) => {
            day.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, |next| When::Day(next).position(at))
        }
        When::Instant(at) => at,
    }
}

/// More milliseconds than any time has: what is of another rank comes after all of the rank before it.
const RANK: f64 = 1e15;

fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

fn milliseconds(at: DateTime<Utc>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a date in use stay below 2^53")]
    let place = millis(at) as f64;
    place.min(RANK - 1.0)
}
