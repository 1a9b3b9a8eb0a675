//! The deadlines of a case for the user's calendar. Texts stay keys here; `extension/calendar.js` writes the file.

use chrono::TimeDelta;
use serde::Serialize;

use super::{Argument, CaseView, Message, Node, dates, div, words};
use crate::{
    case::{Deadline, Kind, Moment, When},
    view::tone::{Left, left},
};

/// How long before a close the user is reminded, beside the moment to act by (policy time rule 6).
const REMINDERS: [TimeDelta; 3] = [TimeDelta::days(5), TimeDelta::days(2), TimeDelta::hours(24)];

/// On a civil date the reminder comes at this time of the morning: midnight wakes people or is missed.
const MORNING: TimeDelta = TimeDelta::hours(9);

/// So many signs of a title fit into a line of a calendar.
const TITLE_SIGNS: usize = 60;

/// One deadline that is ahead, as an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarEvent {
    /// Unique in the user's calendar.
    pub uid: String,
    /// When the deadline is: an instant or a civil date.
    pub start: Argument,
    /// What ends, of which order; then marks and the first item's title.
    pub summary: Vec<Node>,
    /// Its children are the lines that the page of the case has of it, then the order's address.
    pub description: Node,
    /// The order's address.
    pub url: String,
    /// When to remind, in milliseconds before the start, each once. On a civil date from its 00:00.
    pub alarms_ms: Vec<i64>,
}

/// The deadlines that are ahead. Only a close reminds: what opens or is expected costs nothing when missed.
pub fn calendar(case: &CaseView<'_>) -> Vec<CalendarEvent> {
    let deadlines = &case.decision.deadlines;
    let ahead = deadlines.iter().enumerate().filter(|(_, deadline)| is_ahead(deadline, case.at));
    ahead
        .map(|(place, deadline)| {
            let same = deadlines.iter().take(place).filter(|other| other.subject == deadline.subject).count();
            event(case, deadline, same)
        })
        .collect()
}

/// Whether there is anything to put into a calendar.
pub(super) fn has_events(case: &CaseView<'_>) -> bool {
    case.decision.deadlines.iter().any(|deadline| is_ahead(deadline, case.at))
}

fn is_ahead(deadline: &Deadline, at: &Moment<'_>) -> bool {
    left(deadline.at, at) != Left::Passed
}

/// `same` = how many deadlines of the same subject stand before this one.
fn event(case: &CaseView<'_>, deadline: &Deadline, same: usize) -> CalendarEvent {
    let item = case.item.map(|item| format!("-{item}")).unwrap_or_default();
    // Without the rule: when the page takes a rule's place, the file read in anew must replace the older date.
    let uid = format!("{}{item}-{}-{same}@redress", case.order_id, deadline.subject.code());
    let order_id = case.order_id;
    let digits = order_id.char_indices().nth_back(3).and_then(|(from, _)| order_id.get(from..));
    let summary = Message::new("calendar_summary")
        .with(Argument::Message(format!("limit_{}", deadline.subject.code())))
        .with(Argument::Words(digits.unwrap_or(order_id).to_owned()));
    let estimate = deadline.is_estimate().then(|| Message::new("basis_estimate").into());
    let summary = [summary.into()].into_iter().chain(estimate).chain(title(case).map(words));
    CalendarEvent {
        uid,
        start: dates::viewer(deadline.at),
        summary: summary.collect(),
        description: dates::with_lines(div(""), case, deadline, false).child(words(case.order_url)).into(),
        url: case.order_url.to_owned(),
        alarms_ms: alarms(deadline, case.at),
    }
}

/// The title of the item that the case is about, or of the first.
fn title(case: &CaseView<'_>) -> Option<String> {
    let own = case.parts.iter().find(|part| case.item == Some(part.item_id.as_str()));
    let title = own.and_then(|part| part.title.clone()).or_else(|| case.name())?;
    match title.char_indices().nth(TITLE_SIGNS) {
        Some((end, _)) => Some(format!("{}…", title.get(..end)?.trim_end())),
        None => Some(title),
    }
}

fn alarms(deadline: &Deadline, at: &Moment<'_>) -> Vec<i64> {
    if deadline.kind != Kind::Close {
        return Vec::new();
    }
    let start = deadline.at.position(at);
    let morning = match deadline.at {
        When::Instant(_) => TimeDelta::zero(),
        When::Day(_) => MORNING,
    };
    let margin = deadline.act_by.map(|safe| start.signed_duration_since(safe.position(at)));
    margin
        .filter(|margin| !REMINDERS.contains(margin))
        .into_iter()
        .chain(REMINDERS)
        .map(|before| before - morning)
        .filter(|before| start.checked_sub_signed(*before).is_some_and(|rings| rings > at.now))
        .map(|before| before.num_milliseconds())
        .collect()
}
