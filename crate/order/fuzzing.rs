//! Doors to the private parsers, for tests that feed them anything. What they answer is not looked at.

use chrono::NaiveDate;

use super::{countdown, date, money, reader::Reader, sentence};

/// Reads a date in every way.
pub fn date(text: &str, page: Option<&str>) {
    let _ = (date::read(text, page), date::read_start(text, page), date::read_range(text, page));
}

/// Reads an amount of money.
pub fn money(text: &str) {
    let _ = money::read(text);
}

/// Reads a time left, as words and as milliseconds.
pub fn countdown(text: &str, page: Option<&str>) {
    let _ = (countdown::read(text, page), countdown::read_start(text, page));
    let _ = countdown::read_milliseconds(text);
}

/// Reads promises and timers in lines of text.
pub fn sentence(text: &str, page: Option<&str>) {
    let mut reader = Reader::new(NaiveDate::MIN, page);
    let _ = (sentence::in_lines(text.lines(), &mut reader), sentence::timer(text.lines(), page));
}
