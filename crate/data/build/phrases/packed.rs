//! The wordings of one language as text: one string for each kind, a line for each entry, its meaning in the first sign.

use std::collections::BTreeMap;

use crate::source::{camel, slice};

/// The place of a meaning in the list of its kind's meanings.
pub(super) type Code = u8;
/// Texts with the codes of their meanings.
pub(super) type List = Vec<(Code, String)>;

/// The kinds of entries, in the order of the reader's `Kind`.
pub(super) const KINDS: [&str; 18] = [
    "month",
    "weekday",
    "unit",
    "counted",
    "filler",
    "mark",
    "joiner",
    "until",
    "caution",
    "status",
    "dispute",
    "label",
    "sentence",
    "timer",
    "button",
    "free_return",
    "delivered",
    "trick",
];
/// The sign of code 0; the reader has it too.
const FIRST: u8 = b'0';

pub(super) struct Packed {
    code: String,
    lists: BTreeMap<usize, String>,
}

impl Packed {
    pub(super) fn new(code: &str) -> Self {
        Self { code: code.to_owned(), lists: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, kind: &str, list: List) {
        let place = KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len());
        let line = |(code, text): (Code, String)| format!("{}{text}", char::from(FIRST + code));
        let text = list.into_iter().map(line).collect::<Vec<_>>().join("\n");
        self.lists.insert(place, text);
    }

    pub(super) fn len(&self) -> usize {
        self.lists.len()
    }

    /// The language as text: its code and its lists, each behind a unit separator.
    pub(super) fn text(&self) -> String {
        let lists = self.lists.values().map(String::as_str);
        std::iter::once(self.code.as_str()).chain(lists).collect::<Vec<_>>().join("\u{1f}")
    }
}

/// The meanings of a kind by their codes.
pub(super) fn meanings(name: &str, of: &str, all: &[&str]) -> String {
    format!(
        "static {name}: &[{of}] = {};\n",
        slice(all.iter().map(|value| format!("{of}::{}", camel(value))))
    )
}
