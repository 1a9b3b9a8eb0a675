//! Reminders of the limits of all orders: which are due now, and when the next one is.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::summary::{Limit, Summary};
use crate::{
    case::{Call, Moment, Reminded, Subject, When, Wishes, remind},
    view::{Argument, Message},
};

/// A limit that moves by less is the same limit.
const SAME: TimeDelta = TimeDelta::hours(12);

/// What the background keeps of the reminders of one limit, between two requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The order.
    pub order_id: String,
    /// The order's own page.
    pub url: String,
    /// What the limit is for.
    pub subject: Subject,
    /// The limit, milliseconds since 1970.
    pub at: i64,
    /// Since when it is known, milliseconds since 1970.
    pub since: i64,
    /// The lead of the last reminder, hours.
    #[serde(default)]
    pub lead: Option<u32>,
    /// When to remind again, milliseconds since 1970.
    #[serde(default)]
    pub snoozed: Option<i64>,
}

/// What reminders depend on.
#[derive(Debug, Deserialize)]
pub struct Reminding {
    /// Summaries of the orders whose limits are nearest.
    pub summaries: Vec<Summary>,
    /// How many hours before a limit, in any order.
    pub leads: Vec<u32>,
    /// Between which times of the viewer's day no reminder comes: two numbers of minutes, or none.
    #[serde(default)]
    pub quiet: Vec<u32>,
    /// What the last answer said to keep.
    pub reminded: Vec<Remembered>,
    /// The order whose reminder is put off.
    #[serde(default)]
    pub later: Option<String>,
    /// Whether the user has just seen a page: what is new then is no news.
    #[serde(default)]
    pub seen: bool,
}

/// The answer: what to show now, what to keep, and when to ask again.
#[derive(Debug, Serialize)]
pub struct Reminders {
    /// At most one for each order, the nearest limit first.
    pub due: Vec<Reminder>,
    /// To be kept once the reminders are shown.
    pub reminded: Vec<Remembered>,
    /// In how many milliseconds to ask again.
    pub next_ms: Option<i64>,
}

/// One reminder.
#[derive(Debug, Serialize)]
pub struct Reminder {
    /// The order.
    pub order_id: String,
    /// What the time is left for, and how much.
    pub title: Message,
    /// The next step, until when, and of which order.
    pub text: Message,
}

impl Reminders {
    /// The reminders of what is asked.
    pub fn of(asked: &Reminding, at: &Moment<'_>) -> Self {
        // Whoever has a page of the order open sees a new limit; one that time alone brought is news.
        let since = if asked.seen { at.now } else { DateTime::UNIX_EPOCH };
        let quiet = match *asked.quiet {
            [from, to] => Some((from, to)),
            _ => None,
        };
        let wishes = Wishes { leads: asked.leads.clone(), quiet };
        let (mut due, mut reminded, mut next) = (Vec::new(), Vec::new(), None::<DateTime<Utc>>);
        for own in &asked.summaries {
            for limit in own.closes.iter().filter(|limit| limit.ends(at) > at.now) {
                let Some(moment) = DateTime::from_timestamp_millis(limit.at) else { continue };
                let known = asked.reminded.iter().find(|known| known.is_of(own, limit));
                let mut state = known.map_or(Reminded::new(since), Remembered::read);
                if asked.later.as_ref() == Some(&own.order_id) && state.lead.is_some() {
                    state.snooze(moment, at);
                }
                let Call { now, next: again } = remind(moment, &mut state, &wishes, at);
                next = next.into_iter().chain(again).chain([limit.ends(at)]).min();
                let is_first = !due.iter().any(|(_, other): &(_, Reminder)| other.order_id == own.order_id);
                if now && is_first {
                    due.push((limit.at, Reminder::of(own, limit, at)));
                }
                reminded.push(Remembered::of(own, limit, state));
            }
        }
        due.sort_by_key(|(limit, _)| *limit);
        Self {
            due: due.into_iter().map(|(_, reminder)| reminder).collect(),
            reminded,
            next_ms: next.map(|next| (next - at.now).max(TimeDelta::zero()).num_milliseconds()),
        }
    }
}

impl Reminder {
    fn of(own: &Summary, limit: &Limit, at: &Moment<'_>) -> Self {
        let left = DateTime::from_timestamp_millis(limit.at).map_or(TimeDelta::zero(), |end| end - at.now);
        let (left, until) = match limit.when() {
            Some(When::Day(day)) if left <= TimeDelta::zero() => {
                (Argument::Message("left_today".to_owned()), Argument::Day(day))
            }
            Some(When::Day(day)) => (Argument::Span(left.num_milliseconds()), Argument::Day(day)),
            _ => (Argument::Span(left.num_milliseconds().max(0)), Argument::Moment(limit.at)),
        };
        let step = own.next.map_or("none", |next| next.code());
        Self {
            order_id: own.order_id.clone(),
            title: Message::new("reminder_title")
                .with(Argument::Message(format!("what_{}", limit.subject.code())))
                .with(left),
            text: Message::new("reminder_text")
                .with(Argument::Message(format!("step_{step}")))
                .with(until)
                .with(Argument::Words(own.name.clone().unwrap_or_else(|| own.order_id.clone()))),
        }
    }
}

impl Remembered {
    /// Whether this is the limit. One that is read again from a countdown moves by some hours at most.
    fn is_of(&self, own: &Summary, limit: &Limit) -> bool {
        self.order_id == own.order_id
            && self.subject == limit.subject
            && self.at.abs_diff(limit.at) < SAME.num_milliseconds().unsigned_abs()
    }

    fn of(own: &Summary, limit: &Limit, state: Reminded) -> Self {
        Self {
            order_id: own.order_id.clone(),
            url: own.url.clone(),
            subject: limit.subject,
            at: limit.at,
            since: state.since.timestamp_millis(),
            lead: state.lead,
            snoozed: state.snoozed.map(|again| again.timestamp_millis()),
        }
    }

    fn read(&self) -> Reminded {
        Reminded {
            since: DateTime::from_timestamp_millis(self.since).unwrap_or_default(),
            lead: self.lead,
            snoozed: self.snoozed.and_then(DateTime::from_timestamp_millis),
        }
    }
}
