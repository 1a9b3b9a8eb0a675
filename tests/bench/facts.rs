//! The facts of a reading, each by the name of its field, and whether a page still shows one beside a known label.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use redress::page::Words;
use serde_json::{Value, json};

use crate::score::is_nothing;

/// One value of one field of an order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    /// Such as `total` or `items.title`.
    pub(crate) field: String,
    pub(crate) value: Value,
    /// The page's words, where the reading gives them.
    pub(crate) text: Option<String>,
}

/// All that is known of an order.
pub(crate) fn of_order(order: &Value) -> Vec<Fact> {
    let mut facts = Vec::new();
    gather("", order, &mut facts);
    facts
}

fn gather(field: &str, value: &Value, out: &mut Vec<Fact>) {
    let text = value.get("text").and_then(Value::as_str).map(str::to_owned);
    let mut push = |field: String, value: Value| out.push(Fact { field, value, text: text.clone() });
    match value {
        _ if is_nothing(value) => {}
        Value::Array(values) => values.iter().for_each(|value| gather(field, value, out)),
        Value::Object(fields) => {
            // An amount, a range and a promise are one fact each; its words are no part of it.
            if fields.contains_key("minor") {
                if !value["minor"].is_null() {
                    push(field.to_owned(), json!([value["minor"], value["currency"]]));
                }
            } else if fields.contains_key("from") && fields.contains_key("to") {
                push(field.to_owned(), value.clone());
            } else if let Some(kind) = value["kind"].as_str() {
                let rest = [&value["date"], &value["days"], &value["from"]];
                push(format!("{field}.{kind}"), json!(rest));
            } else if fields.contains_key("text") {
                let own = fields.iter().filter(|(key, value)| *key != "text" && !is_nothing(value));
                own.for_each(|(key, value)| push(format!("{field}.{key}"), value.clone()));
            } else {
                let dot = if field.is_empty() { "" } else { "." };
                fields.iter().for_each(|(key, value)| gather(&format!("{field}{dot}{key}"), value, out));
            }
        }
        _ => push(field.to_owned(), value.clone()),
    }
}

/// The words of a plan, ready for looking up.
pub(crate) struct Known {
    equal: BTreeSet<String>,
    label: Vec<String>,
    contain: Vec<String>,
}

impl Known {
    pub(crate) fn of(words: &Words) -> Self {
        let label = words.label.lines().filter_map(|line| line.split_once('\t'));
        Self {
            equal: words.equal.lines().map(str::to_owned).collect(),
            label: label.map(|(label, _)| label.to_owned()).collect(),
            contain: words.contain.lines().map(str::to_owned).collect(),
        }
    }

    fn labels(&self, line: &str) -> bool {
        let low = line.to_lowercase();
        self.label.iter().any(|label| is_labelled(&low, label))
    }

    /// Whether a line is a known label and nothing else.
    pub(crate) fn is_label(&self, line: &str) -> bool {
        let low = line.to_lowercase();
        self.label.iter().any(|label| label == low.trim_end_matches([' ', ':', '：']))
    }

    fn knows(&self, line: &str) -> bool {
        let low = line.to_lowercase();
        self.equal.contains(&low) || self.contain.iter().any(|word| low.contains(word))
    }
}

impl Fact {
    /// The lines of a page that show this fact beside a label that is known, or in words that are known as a whole.
    pub(crate) fn lines<'a>(&self, lines: &'a [String], known: &Known) -> Vec<&'a str> {
        let shown = |line: &&String| match self.field.as_str() {
            "placed_on" | "paid_on" | "shipped_on" | "completed_on" => {
                shows_day(line, &self.value) && known.labels(line)
            }
            "estimated_delivery" => {
                let ends = [&self.value["from"], &self.value["to"]];
                ends.iter().all(|end| shows_day(line, end)) && known.labels(line)
            }
            "order_id" | "tracking_numbers" => shows(line, self.value.as_str()) && known.labels(line),
            "total" => shows(line, self.text.as_deref()) && known.labels(line),
            "status_text" => Some(line.as_str()) == self.value.as_str() && known.knows(line),
            field if field.starts_with("commitments") || field.starts_with("countdown") => {
                shows(line, self.text.as_deref()) && known.knows(line)
            }
            _ => false,
        };
        lines.iter().filter(shown).map(String::as_str).collect()
    }
}

/// Whether a line is a label and what belongs to it.
fn is_labelled(line: &str, label: &str) -> bool {
    line.strip_prefix(label).is_some_and(|rest| rest.starts_with([' ', ':', '：']))
}

fn shows(line: &str, text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty() && line.contains(text))
}

/// Whether the numbers of a day stand in a line: its day, and its year where the line has one.
fn shows_day(line: &str, day: &Value) -> bool {
    let Some(day) = day.as_str().and_then(|day| day.parse::<NaiveDate>().ok()) else { return false };
    let numbers: Vec<u32> =
        line.split(|sign: char| !sign.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect();
    let year = |number: &u32| (2010..2100).contains(number);
    let years_fit = numbers.iter().filter(|number| year(number)).all(|number| *number == day.year_ce().1);
    years_fit && numbers.contains(&day.day())
}

/// How often each line stands on a page.
pub(crate) fn counted(lines: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for line in lines {
        *counts.entry(line.as_str()).or_default() += 1;
    }
    counts
}
