//! A day in words that a person picked out of a page, or entered.

use chrono::NaiveDate;

use super::{
    Money, WarningCode,
    currency::signs,
    date::{self, Reading},
    money,
    text::clean,
};

/// The one day that a text names, by the same rules as on a page. A text that names two days, or a day without its
/// year, is ambiguous.
pub fn day(text: &str, language: Option<&str>) -> Result<NaiveDate, WarningCode> {
    let text = clean(text);
    let read = |text: &str| match date::read(text, language) {
        Reading::Day(day) => Some(day),
        _ => None,
    };
    let first = match date::read(&text, language) {
        Reading::Day(day) => day,
        Reading::NoYear(_) | Reading::Ambiguous => return Err(WarningCode::AmbiguousDate),
        Reading::Unreadable | Reading::Absent => return Err(WarningCode::UnreadableDate),
    };
    let ends = date::read_range(&text, language);
    let mut later = text.match_indices(' ').filter_map(|(space, _)| read(text.get(space..)?));
    if ends.0 != ends.1 || later.any(|day| day != first) {
        return Err(WarningCode::AmbiguousDate);
    }
    Ok(first)
}

/// The first amount in a text that a person entered, by the same rules as on a page.
pub fn amount(text: &str) -> Option<Money> {
    money::read(text)
}

/// An amount as [`amount`] reads it: with the currency's own decimals, and its code behind it. Where the number is none,
/// it stays as it is.
pub fn written(minor: &str, currency: &str) -> String {
    let decimals = signs().find_map(|sign| sign.currency.filter(|(code, _)| *code == currency));
    let decimals = decimals.map_or(0, |(_, decimals)| decimals as usize);
    let digits = format!("{minor:0>width$}", width = decimals + 1);
    match digits.len().checked_sub(decimals).and_then(|at| digits.split_at_checked(at)) {
        Some((whole, part)) if !part.is_empty() => format!("{whole}.{part} {currency}"),
        _ => format!("{minor} {currency}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_is_read_and_two_are_not() {
        let september = NaiveDate::from_ymd_opt(2026, 9, 4);
        for (text, expected) in [
            ("Sep 4, 2026", september.ok_or(WarningCode::UnreadableDate)),
            ("2026-09-04", september.ok_or(WarningCode::UnreadableDate)),
            (" Refund if no delivery before\u{a0}4 Sep, 2026 ", september.ok_or(WarningCode::UnreadableDate)),
            ("Fri, Sep 4, 2026 18:39", september.ok_or(WarningCode::UnreadableDate)),
            ("Sep 4, 2026 (Sep 4, 2026)", september.ok_or(WarningCode::UnreadableDate)),
            ("Sep 4, 2026 or Sep 9, 2026", Err(WarningCode::AmbiguousDate)),
            ("Sep 4 - 9, 2026", Err(WarningCode::AmbiguousDate)),
            ("03/04/2026", Err(WarningCode::AmbiguousDate)),
            ("Sep 4", Err(WarningCode::AmbiguousDate)),
            ("Feb 30, 2026", Err(WarningCode::UnreadableDate)),
            ("2109-09-04", Err(WarningCode::UnreadableDate)),
            ("soon", Err(WarningCode::UnreadableDate)),
            ("", Err(WarningCode::UnreadableDate)),
        ] {
            assert_eq!(day(text, Some("en")), expected, "{text}");
        }
    }
}
