//! Dates, times left and amounts as CLDR writes them (`tests/dates/vectors.json`, made by `crate/data/phrases/cldr.js`):
//! nothing is read wrong, and what is not read has a reason.

use chrono::NaiveDate;
use serde_json::Value;

use super::{countdown, date, date::Reading, money, text::clean};

fn vectors(kind: &str) -> Vec<Vec<Value>> {
    let all: Value = serde_json::from_str(include_str!("../../tests/dates/vectors.json")).unwrap();
    all[kind].as_array().unwrap().iter().map(|row| row.as_array().unwrap().clone()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Numbers only, of which two can be the month, or a year of two digits.
fn is_ambiguous(text: &str) -> bool {
    let text = clean(text);
    // A weekday does not say which number is the month.
    let text = text.split_once(", ").map_or(text.as_str(), |(_, date)| date);
    let numbers: Vec<&str> =
        text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let month = |run: &&&str| run.len() <= 2 && (1..=12).contains(&run.parse::<u32>().unwrap());
    !text.chars().any(char::is_alphabetic)
        && numbers
            .chunks(3)
            .any(|date| date.iter().filter(month).count() > 1 || date.iter().all(|run| run.len() < 4))
}

fn check<T: PartialEq + std::fmt::Debug>(
    found: &T,
    expected: &T,
    unread: bool,
    row: &[Value],
    out: &mut Vec<String>,
) {
    if found != expected && !unread {
        out.push(format!("{row:?}: {found:?}"));
    }
}

#[test]
fn dates_are_read() {
    let mut out = Vec::new();
    let mut unread = 0;
    for row in vectors("dates") {
        let day = |value: &Value| Reading::Day(text(value).parse::<NaiveDate>().unwrap());
        let (page, written) = (Some(text(&row[0])), text(&row[1]));
        let found = date::read_range(written, page);
        let expected = (day(&row[2]), day(row.get(3).unwrap_or(&row[2])));
        let no_day = |reading| !matches!(reading, Reading::Day(_) | Reading::NoYear(_));
        let allowed = no_day(found.0) && no_day(found.1) && is_ambiguous(written);
        unread += usize::from(allowed);
        check(&found, &expected, allowed, &row, &mut out);
    }
    assert!(out.is_empty(), "{} wrong:\n{}", out.len(), out.join("\n"));
    assert!(unread <= 50, "{unread} dates are not read");
}

#[test]
fn times_left_are_read() {
    let mut out = Vec::new();
    for row in vectors("countdowns") {
        let found = countdown::read(text(&row[1]), Some(text(&row[0]))).map(|found| found.ms / 1000);
        // Arabic writes a day as the unit alone. On a page that may be the caption of a number that stands elsewhere.
        let bare = text(&row[1]).starts_with("يوم ");
        check(&found, &row[2].as_i64(), found.is_none() && bare, &row, &mut out);
    }
    assert!(out.is_empty(), "{} wrong:\n{}", out.len(), out.join("\n"));
}

#[test]
fn amounts_are_read() {
    let mut out = Vec::new();
    let mut unread = 0;
    for row in vectors("amounts") {
        let found = money::read(text(&row[1]));
        let expected = (row[2].as_i64(), row[3].as_str());
        let found = found.map(|found| (found.minor, found.currency));
        // A sign of several currencies leaves the currency open, and without its decimals the amount too.
        let shared = ["$", "¥", "￥"].iter().any(|sign| {
            let rest = text(&row[1]).split_once(sign);
            rest.is_some_and(|(before, after)| !(before.to_owned() + after).contains(char::is_alphabetic))
        });
        let minor = |minor: Option<i64>| minor.is_none() || minor == expected.0;
        // `12,840` of a currency with three decimals: thousands or thousandths.
        let thousand = found == Some((None, Some("KWD"))) && text(&row[1]).contains(',');
        let open = thousand || (shared && found.is_some_and(|found| found.1.is_none() && minor(found.0)));
        unread += usize::from(open);
        check(&found, &Some(expected), open, &row, &mut out);
    }
    assert!(unread <= 211, "{unread} amounts are not sure");
    assert!(out.is_empty(), "{} wrong:\n{}", out.len(), out.join("\n"));
}
