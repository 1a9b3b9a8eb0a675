//! Rows of a label and its value: dates, numbers, totals.

use chrono::NaiveDate;

use super::{
    Fact, Money,
    date::{self, Reading},
    money,
    phrases::Label,
    reader::Reader,
    text::{clean, labelled},
};
use crate::page::{Region, Strategy};

/// The labelled rows of a region, the most trusted first.
pub(super) struct Rows {
    rows: Vec<Row>,
}

struct Row {
    label: Label,
    value: String,
    by: Strategy,
}

impl Rows {
    /// The rows of the given fields whose label is known.
    pub(super) fn of(region: &Region, names: &[&str], page: Option<&str>) -> Self {
        let mut rows = Vec::new();
        for entry in names.iter().flat_map(|name| region.entries(name)) {
            for text in &entry.values {
                let text = clean(text);
                if let Some((label, value)) = labelled(&text, page) {
                    rows.push(Row { label, value: value.to_owned(), by: entry.by });
                }
            }
        }
        Self { rows }
    }

    /// Whether any row has one of these labels.
    pub(super) fn has(&self, labels: &[Label]) -> bool {
        self.rows.iter().any(|row| labels.contains(&row.label))
    }

    /// The values of a label with the way they were found.
    pub(super) fn values(&self, label: Label) -> impl Iterator<Item = (&str, Strategy)> {
        self.rows.iter().filter(move |row| row.label == label).map(|row| (row.value.as_str(), row.by))
    }

    /// The day of a label. In a row that was found by its words alone the value must begin with the date.
    pub(super) fn day(
        &self,
        label: Label,
        reader: &mut Reader,
        field: &'static str,
    ) -> Option<Fact<NaiveDate>> {
        for (value, by) in self.values(label) {
            if by == Strategy::Words && !begins_with_date(value, reader.page) {
                continue;
            }
            let day = reader.day(value, by, field);
            if day.is_some() {
                reader.note(by, field);
            }
            return day;
        }
        None
    }

    /// The amount of the total. The value must begin with it: `Total parcial` is another row.
    pub(super) fn total(&self, reader: &mut Reader) -> Option<Money> {
        let (total, by) = self.values(Label::Total).find_map(|(value, by)| {
            let total = money::read(value)?;
            value.starts_with(&total.text).then_some((total, by))
        })?;
        reader.note(by, "total");
        Some(total)
    }
}

/// Whether a value begins with a date, with the mark of one that was cut, or with digits that may be one in a form that is not known.
pub(super) fn begins_with_date(value: &str, page: Option<&str>) -> bool {
    value.starts_with(|sign: char| sign.is_ascii_digit() || sign == '#')
        || !matches!(date::read_start(value, page).0, Reading::Unreadable | Reading::Absent)
}

/// The days of rows whose labels are not known: placed, paid, shipped, completed stand in this order. Only a full set of
/// four days that follow each other leaves no doubt.
pub(super) fn by_place(region: &Region, page: Option<&str>) -> Option<[Fact<NaiveDate>; 4]> {
    let entry = region.entries("row").next()?;
    let days: Vec<Fact<NaiveDate>> = entry
        .values
        .iter()
        .filter_map(|text| match date::read(text, page) {
            Reading::Day(value) => Some(Fact { value, text: clean(text), by: Strategy::Place }),
            _ => None,
        })
        .collect();
    let days: [Fact<NaiveDate>; 4] = days.try_into().ok()?;
    days.is_sorted_by_key(|day| day.value).then_some(days)
}
