//! Reminders: once for each lead of each limit, also for limits that time alone brings.

use serde_json::json;

use super::*;
use crate::app::{Remembered, Reminders};

/// The background: what it keeps between two requests.
struct Background {
    buyer: Buyer,
    reminded: Vec<Remembered>,
}

impl Background {
    fn new() -> Self {
        Self { buyer: Buyer::new(), reminded: Vec::new() }
    }

    fn remind_with(&mut self, changes: &Value, now: DateTime<Utc>) -> Reminders {
        // As in the background: what is outdated is made anew with the badge.
        self.buyer.ask(json!({"badge": {}}), now).unwrap();
        let summaries: Vec<_> = self.buyer.app.store.kept().summaries.into_values().collect();
        let mut request =
            json!({"leads": [120, 48, 24, 2], "reminded": self.reminded, "summaries": summaries});
        for (key, value) in changes.as_object().unwrap() {
            request[key] = value.clone();
        }
        let reminders = Reminders::of(&serde_json::from_value(request).unwrap(), &moment(now));
        // As the browser keeps it.
        let kept = serde_json::to_string(&reminders.reminded).unwrap();
        self.reminded = serde_json::from_str(&kept).unwrap();
        reminders
    }

    fn remind(&mut self, now: DateTime<Utc>) -> Vec<String> {
        self.remind_with(&json!({}), now).due.into_iter().map(|due| due.order_id).collect()
    }

    /// A page of an order with this time left, and the request that follows it.
    fn see(&mut self, order_id: &str, left: &str, now: DateTime<Utc>) -> Vec<String> {
        self.buyer.see_protected(order_id, left, now);
        let reminders = self.remind_with(&json!({"seen": true}), now);
        reminders.due.into_iter().map(|due| due.order_id).collect()
    }
}

#[test]
fn each_lead_of_a_limit_reminds_once_however_often_it_is_asked() {
    let mut background = Background::new();
    assert_eq!(background.see(ORDER, "6 days", noon(7)), Vec::<String>::new());
    let mut told = Vec::new();
    for hour in 0..6 * 24 {
        let now = noon(7) + TimeDelta::hours(hour);
        for _ in 0..2 {
            told.extend(background.remind(now).into_iter().map(|_| hour));
        }
    }
    assert_eq!(told, [24, 96, 120, 142]);
}

#[test]
fn the_time_of_the_next_reminder_is_told() {
    let mut background = Background::new();
    background.buyer.see_protected(ORDER, "6 days", noon(7));
    let next = |background: &mut Background, now| background.remind_with(&json!({"seen": true}), now).next_ms;
    assert_eq!(next(&mut background, noon(7)), Some(TimeDelta::hours(24).num_milliseconds()));
    // After the last lead the limit itself: another one may follow it.
    let late = noon(12) + TimeDelta::hours(23);
    assert_eq!(next(&mut background, late), Some(TimeDelta::hours(1).num_milliseconds()));
    assert_eq!(next(&mut Background::new(), noon(7)), None);
}

#[test]
fn a_limit_that_a_page_shows_anew_is_the_same_unless_it_moved() {
    let mut background = Background::new();
    background.see(ORDER, "6 days", noon(7));
    assert_eq!(background.remind(noon(11) + TimeDelta::hours(1)), [ORDER]);
    // A countdown in days is read a little differently each time.
    assert_eq!(background.see(ORDER, "2 days", noon(11) + TimeDelta::hours(2)), Vec::<String>::new());
    assert_eq!(background.remind(noon(11) + TimeDelta::hours(3)), Vec::<String>::new());
    // The seller gave more time: its leads begin anew.
    assert_eq!(background.see(ORDER, "9 days", noon(12)), Vec::<String>::new());
    assert_eq!(background.remind(noon(16)), [ORDER]);
}

#[test]
fn a_limit_that_time_brought_is_told_at_once_and_one_on_the_screen_is_not() {
    let mut background = Background::new();
    background.see(ORDER, "6 hours", noon(7));
    // The protection has run out, and the window to open a dispute is half over.
    let late = noon(7) + TimeDelta::days(12);
    assert_eq!(background.remind(late), [ORDER]);
    assert_eq!(background.remind(late), Vec::<String>::new());
}

#[test]
fn a_reminder_is_put_off_for_its_order_only() {
    let mut background = Background::new();
    background.see(ORDER, "3 days", noon(7));
    background.see(OTHER, "3 days", noon(7));
    let morning = noon(8) + TimeDelta::hours(1);
    assert_eq!(background.remind(morning), [ORDER, OTHER]);
    let answer = background.remind_with(&json!({"later": ORDER}), morning);
    assert_eq!((answer.due.len(), answer.next_ms), (0, Some(TimeDelta::hours(4).num_milliseconds())));
    assert_eq!(background.remind(morning + TimeDelta::hours(4)), [ORDER]);
    assert_eq!(background.remind(morning + TimeDelta::hours(4)), Vec::<String>::new());
}

#[test]
fn nothing_is_told_where_the_user_wants_no_reminders() {
    let mut background = Background::new();
    background.see(ORDER, "3 days", noon(7));
    let none = json!({"leads": []});
    assert_eq!(background.remind_with(&none, noon(9)).due.len(), 0);
    // Switched on again, what passed meanwhile is told once.
    assert_eq!(background.remind(noon(9)), [ORDER]);
}

#[test]
fn a_reminder_says_what_for_how_long_and_what_to_do() {
    let mut background = Background::new();
    background.see(ORDER, "3 days", noon(7));
    let reminders = background.remind_with(&json!({}), noon(8));
    let reminder = serde_json::to_value(&reminders.due[0]).unwrap();
    let two_days = TimeDelta::days(2).num_milliseconds();
    assert_eq!(reminder["title"]["message"], "reminder_title");
    assert_eq!(reminder["title"]["with"][1], json!({"span": two_days}));
    assert_eq!(reminder["text"]["with"][1], json!({"moment": noon(10).timestamp_millis()}));
}
