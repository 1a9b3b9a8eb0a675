//! How near the nearest deadline is, and what of it is shown first.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Icon;
use crate::case::{Because, Deadline, Decision, Kind, Moment, State, Subject, When};

/// The meaning of a moment; a class of `redress.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Over, or nothing is running.
    Closed,
    /// Not known.
    Unknown,
    /// Time enough.
    Safe,
    /// Within five days.
    Soon,
    /// Within 48 hours (policy time rule 8).
    Urgent,
}

/// Policy time rule 8: a close within 48 hours beats everything.
const URGENT: TimeDelta = TimeDelta::hours(48);
/// The first reminder of policy time rule 6.
const SOON: TimeDelta = TimeDelta::days(5);

impl Tone {
    /// Its class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Unknown => "unknown",
            Self::Safe => "safe",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
        }
    }

    /// Its class on the block that says how things stand.
    pub(super) const fn now_class(self) -> &'static str {
        match self {
            Self::Closed => "now closed",
            Self::Unknown => "now unknown",
            Self::Safe => "now safe",
            Self::Soon => "now soon",
            Self::Urgent => "now urgent",
        }
    }

    /// Its class on a badge.
    pub(super) const fn badge_class(self) -> &'static str {
        match self {
            Self::Closed => "badge closed",
            Self::Unknown => "badge unknown",
            Self::Safe => "badge safe",
            Self::Soon => "badge soon",
            Self::Urgent => "badge urgent",
        }
    }

    /// Its icon, so that colour does not say it alone.
    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Closed => Icon::Done,
            Self::Unknown => Icon::Question,
            Self::Safe | Self::Soon => Icon::Clock,
            Self::Urgent => Icon::Alert,
        }
    }

    /// How near a close is that is still this far ahead.
    pub(crate) fn of_close(left: TimeDelta) -> Self {
        if left <= URGENT {
            Self::Urgent
        } else if left <= SOON {
            Self::Soon
        } else {
            Self::Safe
        }
    }

    /// The toolbar badge's colour: white text has a contrast of at least 4.5 on each.
    pub(crate) const fn badge_color(self) -> &'static str {
        match self {
            Self::Closed | Self::Unknown => "#55615f",
            Self::Safe => "#146c43",
            Self::Soon => "#8a5300",
            Self::Urgent => "#b3261e",
        }
    }
}

/// How long it is until a deadline, or that it has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Left {
    /// It has passed.
    Passed,
    /// This long; for a civil date whole days, today = zero.
    Ahead(TimeDelta),
}

/// How long it is until `when`.
pub(crate) fn left(when: When, at: &Moment<'_>) -> Left {
    match when {
        When::Instant(instant) if instant <= at.now => Left::Passed,
        When::Instant(instant) => Left::Ahead(instant - at.now),
        // The day itself still counts (policy time rule 7).
        When::Day(day) if day < today(at) => Left::Passed,
        When::Day(day) => Left::Ahead(day - today(at)),
    }
}

/// The viewer's civil date.
pub(crate) fn today(at: &Moment<'_>) -> NaiveDate {
    civil(at.now, at)
}

/// The viewer's civil date at an instant.
pub(super) fn civil(instant: DateTime<Utc>, at: &Moment<'_>) -> NaiveDate {
    let offset = at.zones.offset_at(at.zone, instant);
    offset.map_or(instant.date_naive(), |offset| instant.with_timezone(&offset).date_naive())
}

/// What is shown first of a case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Headline<'a> {
    /// The deadline; none where nothing runs.
    pub(crate) deadline: Option<&'a Deadline>,
    /// Its meaning.
    pub(crate) tone: Tone,
}

impl<'a> Headline<'a> {
    /// The deadline that drives the next step where one does; else the nearest close ahead of the platform's, else the
    /// nearest of its others, else the bank's, else the last close that has passed, else the last that has.
    pub(crate) fn of(decision: &'a Decision, at: &Moment<'_>) -> Self {
        let ahead = |deadline: &&Deadline| left(deadline.at, at) != Left::Passed;
        let nearest = |kind: fn(&Deadline) -> bool| {
            decision
                .deadlines
                .iter()
                .filter(ahead)
                .filter(|deadline| kind(deadline))
                .min_by_key(|deadline| left(deadline.at, at))
        };
        let deadline = driver(&decision.because)
            .filter(ahead)
            .or_else(|| nearest(|deadline| deadline.kind == Kind::Close && !is_bank(deadline)))
            .or_else(|| nearest(|deadline| !is_bank(deadline)))
            .or_else(|| nearest(|deadline| deadline.kind == Kind::Close))
            .or_else(|| nearest(|_| true))
            .or_else(|| decision.deadlines.iter().rfind(|deadline| deadline.kind == Kind::Close))
            .or_else(|| decision.deadlines.last());
        let limit = deadline.map(|deadline| (deadline.kind, deadline.at));
        Self { deadline, tone: tone(decision.state, limit, at) }
    }
}

/// The deadline that drives the next step.
fn driver(because: &Because) -> Option<&Deadline> {
    match because {
        Because::Urgent(deadline)
        | Because::Before(deadline)
        | Because::Passed(deadline)
        | Because::NotBefore(deadline)
        | Because::BankSafeDate(deadline) => Some(deadline),
        _ => None,
    }
}

fn is_bank(deadline: &Deadline) -> bool {
    matches!(deadline.subject, Subject::Bank | Subject::BankOpen | Subject::BankAnswer | Subject::Withdrawal)
}

pub(super) fn tone(state: State, limit: Option<(Kind, When)>, at: &Moment<'_>) -> Tone {
    let Some((kind, when)) = limit else {
        return match state {
            State::Unknown => Tone::Unknown,
            State::Done | State::Lost | State::Cancelled | State::WindowClosed | State::ClosedFinal => {
                Tone::Closed
            }
            _ => Tone::Safe,
        };
    };
    match (kind, left(when, at)) {
        (Kind::Close, Left::Passed) => Tone::Closed,
        (Kind::Close, Left::Ahead(left)) => Tone::of_close(left),
        _ => Tone::Safe,
    }
}

/// In how long the words for `until` change: by the hour while days are shown, else by the minute.
pub(crate) fn next_change(until: DateTime<Utc>, now: DateTime<Utc>) -> Option<TimeDelta> {
    let left = until - now;
    if left <= TimeDelta::zero() {
        return None;
    }
    let step = if left >= TimeDelta::days(2) { TimeDelta::hours(1) } else { TimeDelta::minutes(1) };
    let rest = left.num_milliseconds() % step.num_milliseconds();
    // One millisecond past the change, so that the new words are due when the timer fires.
    Some(TimeDelta::milliseconds(rest + 1))
}
