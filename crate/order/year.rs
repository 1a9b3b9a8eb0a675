//! The year of a date that leaves it out, where only one year is possible.

use chrono::{Datelike, Days, NaiveDate};

use super::date::Partial;

/// A weekday returns to the same day of the year after five years at the earliest.
const WEEKDAY_REPEATS: i32 = 5;

/// The only day of a past event that the text can mean: not after `latest` and not before `earliest`. Without that, the weekday must decide; without both nothing is known.
pub(super) fn of_event(
    partial: Partial,
    earliest: Option<NaiveDate>,
    latest: NaiveDate,
) -> Option<NaiveDate> {
    let floor = latest
        .with_year(latest.year() - WEEKDAY_REPEATS)
        .or_else(|| latest.checked_sub_days(Days::new(1826)))?;
    let earliest = match (earliest, partial.weekday) {
        (Some(earliest), _) => earliest.max(floor),
        (None, Some(_)) => floor,
        (None, None) => return None,
    };
    only(partial, earliest, latest)
}

/// The only day of an expected delivery that the text can mean, given a day of the order before it: less than a year
/// later.
pub(super) fn of_estimate(partial: Partial, anchor: Option<NaiveDate>) -> Option<NaiveDate> {
    let anchor = anchor?;
    only(partial, anchor, anchor.checked_add_days(Days::new(330))?)
}

fn only(partial: Partial, earliest: NaiveDate, latest: NaiveDate) -> Option<NaiveDate> {
    let mut days = (earliest.year()..=latest.year())
        .filter_map(|year| partial.in_year(year))
        .filter(|day| (earliest..=latest).contains(day));
    let day = days.next()?;
    days.next().is_none().then_some(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn partial(month: u32, day: u32, weekday: Option<u32>) -> Partial {
        Partial { year: None, month: Some(month), day, weekday }
    }

    #[test]
    fn the_weekday_decides() {
        let today = day(2026, 9, 7);
        assert_eq!(of_event(partial(7, 28, Some(2)), None, today), Some(day(2026, 7, 28)));
        assert_eq!(of_event(partial(7, 28, Some(1)), None, today), Some(day(2025, 7, 28)));
        assert_eq!(of_event(partial(7, 28, None), None, today), None);
        assert_eq!(of_event(partial(7, 28, None), Some(day(2026, 7, 15)), today), Some(day(2026, 7, 28)));
        assert_eq!(of_event(partial(7, 28, None), Some(day(2025, 7, 15)), today), None);
        // No Thursday falls on this day in the last five years.
        assert_eq!(of_event(partial(7, 28, Some(6)), Some(day(2026, 1, 1)), today), None);
    }

    #[test]
    fn an_estimate_follows_its_anchor() {
        assert_eq!(of_estimate(partial(1, 3, None), Some(day(2026, 12, 1))), Some(day(2027, 1, 3)));
        assert_eq!(of_estimate(partial(1, 3, None), None), None);
        assert_eq!(of_estimate(partial(11, 30, None), Some(day(2026, 12, 1))), None);
    }

    proptest! {
        #[test]
        fn a_past_day_with_its_weekday_is_found_or_unknown(number in 736_000_i32..=766_000, back in 0_u64..1700) {
            let today = NaiveDate::from_num_days_from_ce_opt(number).unwrap();
            let event = today - Days::new(back);
            let text = partial(event.month(), event.day(), Some(event.weekday().number_from_monday()));
            let found = of_event(text, None, today);
            prop_assert!(found.is_none() || found == Some(event));
        }
    }
}
