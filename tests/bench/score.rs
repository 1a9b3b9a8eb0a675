//! A reading beside what a saved page expects: how many of the expected facts are right, wrong or not read.

use serde_json::Value;

/// Numbers of expected facts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Score {
    /// The expected value was read, or nothing where nothing is expected.
    pub(crate) right: u32,
    /// Another value was read, or one where nothing is expected.
    pub(crate) wrong: u32,
    /// Nothing was read where a value is expected.
    pub(crate) unread: u32,
}

impl Score {
    /// Every leaf of `expected` beside the same place of `found`.
    pub(crate) fn of(expected: &Value, found: &Value) -> Self {
        let mut score = Self::default();
        score.add_value("", expected, found);
        score
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.unread += other.unread;
    }

    fn add_value(&mut self, key: &str, expected: &Value, found: &Value) {
        match expected {
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.add_value(key, value, found.get(key).unwrap_or(&Value::Null));
                }
            }
            Value::Array(values) => {
                self.add_list(key, values, found.as_array().map_or(&[], Vec::as_slice));
            }
            _ if same(expected, found) => self.right += 1,
            _ if is_nothing(found) => self.unread += 1,
            _ => self.wrong += 1,
        }
    }

    /// `orders` and `items` are compared one by one, other lists as sets; an empty list means empty.
    fn add_list(&mut self, key: &str, expected: &[Value], found: &[Value]) {
        let in_order = matches!(key, "orders" | "items");
        if expected.is_empty() || in_order {
            self.wrong += u32::try_from(found.len().saturating_sub(expected.len())).unwrap_or(u32::MAX);
        }
        if expected.is_empty() && found.is_empty() {
            self.right += 1;
        }
        for (index, value) in expected.iter().enumerate() {
            if in_order {
                self.add_value("", value, found.get(index).unwrap_or(&Value::Null));
            } else {
                // Of several values the nearest is the one that was meant.
                let near = found.iter().filter(|found| found.get("kind") == value.get("kind"));
                let scores = near.map(|found| Self::of(value, found));
                let none = Self::of(value, &Value::Null);
                self.add(scores.min_by_key(|score| (score.wrong, score.unread)).unwrap_or(none));
            }
        }
    }
}

/// Equal after folding white space.
fn same(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::String(expected), Value::String(found)) => {
            expected.split_whitespace().eq(found.split_whitespace())
        }
        _ => expected == found,
    }
}

/// Whether a value says that nothing was read.
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty() || text == "unknown",
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}
