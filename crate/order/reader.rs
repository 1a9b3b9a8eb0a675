//! What all parts of a reading share: the day, the language, the warnings.

use chrono::NaiveDate;

use super::{
    DateSpan, Fact, Warning, WarningCode,
    date::{self, Reading},
    text::{clean, is_cut},
    year,
};
use crate::page::{Region, Strategy};

/// The state of one reading.
pub(super) struct Reader<'a> {
    /// The last day that a past event can have.
    pub(super) last_day: NaiveDate,
    /// The page's language, where its wordings are known or not.
    pub(super) page: Option<&'a str>,
    /// What was collected so far, each once.
    pub(super) warnings: Vec<Warning>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(last_day: NaiveDate, page: Option<&'a str>) -> Self {
        Self { last_day, page, warnings: Vec::new() }
    }

    pub(super) fn warn(&mut self, code: WarningCode, field: &'static str, text: &str) {
        let warning = Warning { code, field, text: clean(text).chars().take(300).collect() };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Notes that a fact was found in a way that an unchanged page does not need.
    pub(super) fn note(&mut self, by: Strategy, field: &'static str) {
        if by.is_weak() {
            self.warn(WarningCode::LayoutChanged, field, "");
        }
    }

    /// The first value of a field from which something can be read, the most trusted way first.
    pub(super) fn pick<T>(
        &mut self,
        region: &Region,
        name: &str,
        field: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, Strategy)> {
        let mut all =
            region.entries(name).flat_map(|entry| entry.values.iter().map(move |value| (value, entry.by)));
        let found = all.find_map(|(value, by)| Some((read(value)?, by)))?;
        self.note(found.1, field);
        Some(found)
    }

    /// A day in a text. What is no certain day gives a warning; an empty text gives nothing.
    pub(super) fn day(&mut self, text: &str, by: Strategy, field: &'static str) -> Option<Fact<NaiveDate>> {
        match date::read(text, self.page) {
            Reading::Day(value) => Some(Fact { value, text: clean(text), by }),
            reading => {
                self.no_day(reading, text, field);
                None
            }
        }
    }

    /// A range of days in a text; `anchor` is a day of the order before it, for a year that is left out.
    pub(super) fn span(
        &mut self,
        text: &str,
        by: Strategy,
        anchor: Option<NaiveDate>,
    ) -> Option<Fact<DateSpan>> {
        let field = "estimated_delivery";
        let ends = date::read_range(text, self.page);
        let day = |reading| match reading {
            Reading::Day(day) => Some(day),
            Reading::NoYear(partial) => year::of_estimate(partial, anchor),
            _ => None,
        };
        if is_cut(text) {
            self.warn(WarningCode::UnreadableDate, field, text);
            return None;
        }
        match (day(ends.0), day(ends.1)) {
            (Some(from), Some(to)) if from <= to => {
                Some(Fact { value: DateSpan { from, to }, text: clean(text), by })
            }
            (Some(_), Some(_)) => {
                self.warn(WarningCode::AmbiguousDate, field, text);
                None
            }
            (from, _) => {
                self.no_day(if from.is_none() { ends.0 } else { ends.1 }, text, field);
                None
            }
        }
    }

    /// Says why a text gave no day.
    pub(super) fn no_day(&mut self, reading: Reading, text: &str, field: &'static str) {
        match reading {
            Reading::Ambiguous | Reading::NoYear(_) => self.warn(WarningCode::AmbiguousDate, field, text),
            Reading::Unreadable => self.warn(WarningCode::UnreadableDate, field, text),
            Reading::Absent | Reading::Day(_) => {}
        }
    }
}
