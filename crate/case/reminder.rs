//! When to remind of a limit: so long before it as the user wants, not at night, once for each lead.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::Moment;

/// A limit that is nearer than this after the quiet hours is reminded of before they begin.
const MORNING: TimeDelta = TimeDelta::hours(1);

/// How far a snooze reaches at most.
const SNOOZE: TimeDelta = TimeDelta::hours(4);

/// What the user wants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// How long before a limit, in hours; in any order.
    pub leads: Vec<u32>,
    /// Between which times of the viewer's day no reminder comes, minutes after midnight. It may reach over midnight; two
    /// equal times are no quiet hours.
    pub quiet: Option<(u32, u32)>,
}

/// What is known of the reminders of one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// Since when the limit is known. A lead that had passed by then gives no reminder: whoever learns of a limit sees it.
    pub since: DateTime<Utc>,
    /// The lead of the last reminder, hours.
    pub lead: Option<u32>,
    /// When to remind again, where the user asked for later.
    pub snoozed: Option<DateTime<Utc>>,
}

impl Reminded {
    /// Of a limit that is seen for the first time.
    pub const fn new(since: DateTime<Utc>) -> Self {
        Self { since, lead: None, snoozed: None }
    }

    /// Puts a reminder off: for four hours, but for no more than half of the time that is left.
    pub fn snooze(&mut self, limit: DateTime<Utc>, at: &Moment<'_>) {
        let half = ((limit - at.now) / 2).max(TimeDelta::zero());
        self.snoozed = at.now.checked_add_signed(SNOOZE.min(half));
    }
}

/// What is to be done about a limit now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Whether to remind now.
    pub now: bool,
    /// When to look again.
    pub next: Option<DateTime<Utc>>,
}

/// Whether to remind of a limit now, and when to look again. What is answered with `now` counts as done: `known` says so
/// afterwards. Of several leads that have passed while nobody looked, the shortest is the one reminder.
pub fn remind(limit: DateTime<Utc>, known: &mut Reminded, wishes: &Wishes, at: &Moment<'_>) -> Call {
    let mut next: Option<DateTime<Utc>> = None;
    let mut passed = None;
    for lead in &wishes.leads {
        let Some(planned) = limit.checked_sub_signed(TimeDelta::hours(i64::from(*lead))) else { continue };
        if planned < known.since || known.lead.is_some_and(|last| last <= *lead) {
            continue;
        }
        let planned = wishes.outside_quiet(planned, known.since, limit, at);
        if planned <= at.now {
            passed = Some(passed.map_or(*lead, |other: u32| other.min(*lead)));
        } else {
            next = Some(next.map_or(planned, |other| other.min(planned)));
        }
    }
    let snoozed = known.snoozed.filter(|again| *again <= at.now);
    if passed.is_none() && snoozed.is_none() {
        return Call { now: false, next: next.into_iter().chain(known.snoozed).min() };
    }
    // The machine may have slept through the planned time and woken at night.
    let earliest = wishes.outside_quiet(at.now, at.now, limit, at);
    if earliest > at.now {
        return Call { now: false, next: next.into_iter().chain([earliest]).min() };
    }
    known.lead = passed.or(known.lead);
    known.snoozed = None;
    Call { now: true, next }
}

impl Wishes {
    /// A planned time moved out of the quiet hours: to their end, or where the limit would be too near then, to their
    /// beginning, but not before `earliest`.
    fn outside_quiet(
        &self,
        planned: DateTime<Utc>,
        earliest: DateTime<Utc>,
        limit: DateTime<Utc>,
        at: &Moment<'_>,
    ) -> DateTime<Utc> {
        let Some((begins, ends)) = self.quiet_around(planned, at) else { return planned };
        if ends + MORNING <= limit { ends } else { begins.max(earliest).min(planned) }
    }

    /// Beginning and end of the quiet hours in which an instant lies.
    fn quiet_around(
        &self,
        instant: DateTime<Utc>,
        at: &Moment<'_>,
    ) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let (from, to) = self.quiet?;
        let time = |minutes: u32| NaiveTime::from_num_seconds_from_midnight_opt(minutes.checked_mul(60)?, 0);
        let (from, to) = (time(from)?, time(to)?);
        let today = at.civil(instant);
        // Quiet hours over midnight began on the day before or begin today.
        [today.pred_opt(), Some(today)].into_iter().flatten().find_map(|day| {
            let last = if from < to { day } else { day.succ_opt()? };
            let (begins, ends) = (at.wall(day.and_time(from))?, at.wall(last.and_time(to))?);
            (from != to && (begins..ends).contains(&instant)).then_some((begins, ends))
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, Offset as _, TimeZone as _};
    use proptest::prelude::*;

    use super::*;
    use crate::case::Zones;

    struct Database;

    impl Zones for Database {
        fn offset_at(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
            let zone: chrono_tz::Tz = zone.parse().ok()?;
            Some(zone.offset_from_utc_datetime(&at.naive_utc()).fix())
        }
    }

    fn moment(now: DateTime<Utc>) -> Moment<'static> {
        Moment { now, zone: "Europe/Berlin", zones: &Database }
    }

    fn utc(text: &str) -> DateTime<Utc> {
        format!("2026-{text}:00Z").parse().unwrap()
    }

    fn wishes(quiet: Option<(u32, u32)>) -> Wishes {
        Wishes { leads: vec![120, 48, 24, 2], quiet }
    }

    const NIGHT: Option<(u32, u32)> = Some((22 * 60, 8 * 60));

    /// Every reminder from `since` to the limit, by an alarm that comes when it is asked for.
    fn all(limit: DateTime<Utc>, since: DateTime<Utc>, wishes: &Wishes) -> Vec<DateTime<Utc>> {
        let mut known = Reminded::new(since);
        let (mut now, mut reminders) = (since, Vec::new());
        for _ in 0..100 {
            let call = remind(limit, &mut known, wishes, &moment(now));
            if call.now {
                reminders.push(now);
            }
            match call.next {
                Some(next) => now = next,
                None => return reminders,
            }
        }
        panic!("it never ends");
    }

    #[test]
    fn each_lead_reminds_once() {
        let limit = utc("09-20T12:00");
        let expected = [utc("09-15T12:00"), utc("09-18T12:00"), utc("09-19T12:00"), utc("09-20T10:00")];
        assert_eq!(all(limit, utc("09-01T00:00"), &wishes(None)), expected);
        // A lead that had passed when the limit became known is none.
        assert_eq!(all(limit, utc("09-19T00:00"), &wishes(None)), expected[2..]);
        assert_eq!(all(limit, utc("09-20T11:00"), &wishes(None)).len(), 0);
        assert_eq!(all(limit, utc("09-01T00:00"), &Wishes::default()).len(), 0);
    }

    #[test]
    fn quiet_hours_put_a_reminder_off_unless_the_limit_would_be_too_near() {
        // 22:00 to 08:00 in Berlin is 20:00 to 06:00 UTC in September.
        let night = wishes(NIGHT);
        let late = utc("09-20T01:00");
        let expected = [utc("09-15T06:00"), utc("09-18T06:00"), utc("09-19T06:00"), utc("09-19T20:00")];
        assert_eq!(all(late, utc("09-01T00:00"), &night), expected);
        // One that becomes known in the night, with the limit before the morning, is not put off.
        assert_eq!(all(late, utc("09-19T22:00"), &night), [utc("09-19T22:00")]);
        // Quiet hours within a day, and none at all.
        let noon = wishes(Some((12 * 60, 13 * 60)));
        assert_eq!(all(utc("09-20T12:30"), utc("09-20T06:00"), &noon), [utc("09-20T11:00")]);
        let none = wishes(Some((600, 600)));
        assert_eq!(all(late, utc("09-19T22:00"), &none), [utc("09-19T23:00")]);
    }

    #[test]
    fn whoever_slept_through_several_is_reminded_once() {
        let limit = utc("09-20T12:00");
        let mut known = Reminded::new(utc("09-01T00:00"));
        let call = remind(limit, &mut known, &wishes(None), &moment(utc("09-19T13:00")));
        assert_eq!(call, Call { now: true, next: Some(utc("09-20T10:00")) });
        assert_eq!(known.lead, Some(24));
        let again = remind(limit, &mut known, &wishes(None), &moment(utc("09-19T13:01")));
        assert!(!again.now);
        // A machine that wakes at night waits for the morning.
        let mut known = Reminded::new(utc("09-01T00:00"));
        let call = remind(limit, &mut known, &wishes(NIGHT), &moment(utc("09-18T23:00")));
        assert_eq!(call, Call { now: false, next: Some(utc("09-19T06:00")) });
    }

    #[test]
    fn a_snooze_reminds_again_and_never_after_the_limit() {
        let limit = utc("09-20T12:00");
        let wishes = wishes(None);
        for (now, again) in [("09-19T12:00", "09-19T16:00"), ("09-20T10:00", "09-20T11:00")] {
            let mut known = Reminded::new(utc("09-01T00:00"));
            assert!(remind(limit, &mut known, &wishes, &moment(utc(now))).now);
            known.snooze(limit, &moment(utc(now)));
            let call = remind(limit, &mut known, &wishes, &moment(utc(now)));
            assert_eq!((call.now, call.next), (false, Some(utc(again))));
            assert!(remind(limit, &mut known, &wishes, &moment(utc(again))).now);
            assert_eq!(known.snoozed, None);
        }
    }

    proptest! {
        #[test]
        fn a_reminder_comes_before_its_limit_and_never_in_the_quiet_hours_without_need(
            since in 0_i64..2_000, ahead in 0_i64..400, from in 0_u32..1440, to in 0_u32..1440,
            leads in proptest::collection::vec(1_u32..300, 0..6),
        ) {
            let since = utc("01-01T00:00") + TimeDelta::hours(since) + TimeDelta::minutes(7);
            let limit = since + TimeDelta::hours(ahead);
            let wishes = Wishes { leads, quiet: Some((from, to)) };
            let reminders = all(limit, since, &wishes);
            let mut distinct = wishes.leads.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert!(reminders.len() <= distinct.len());
            let possible = distinct.iter().any(|lead| limit - TimeDelta::hours((*lead).into()) >= since);
            prop_assert_eq!(possible, !reminders.is_empty());
            for reminder in &reminders {
                prop_assert!(*reminder < limit && *reminder >= since);
                if let Some((begins, ends)) = wishes.quiet_around(*reminder, &moment(*reminder)) {
                    prop_assert!(ends + MORNING > limit, "{begins} {reminder} {ends} {limit}");
                }
            }
        }
    }
}
