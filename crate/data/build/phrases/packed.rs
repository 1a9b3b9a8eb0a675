//! The wordings of one language as text: one string for each kind, a line for each entry, its meaning in the first sign.

use std::{collections::BTreeMap, fmt::Write as _};

use super::entry::longest;
use crate::source::{camel, slice};

/// The place of a meaning in the list of its kind's meanings.
pub(super) type Code = u8;
/// Texts with the codes of their meanings.
pub(super) type List = Vec<(Code, String)>;

/// The kinds of entries, in the order of the reader's `Kind`.
pub(super) const KINDS: [&str; 17] = [
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

    /// The expression of the reader's `Language`.
    pub(super) fn language(&self) -> String {
        let lists: Vec<_> = self.lists.values().map(|text| format!("{text:?}")).collect();
        format!("Language{{code:{:?},lists:[{}]}}", self.code, lists.join(","))
    }
}

/// The meanings of a kind by their codes.
pub(super) fn meanings(name: &str, of: &str, all: &[&str]) -> String {
    format!(
        "static {name}: &[{of}] = {};\n",
        slice(all.iter().map(|value| format!("{of}::{}", camel(value))))
    )
}

/// The words by which the collector knows the lines that may leave a page. They are cut out of the packed texts, so that
/// the linker keeps one copy of both.
pub(super) fn words(languages: &[Packed]) -> String {
    let mut texts = String::new();
    let mut lists: [BTreeMap<String, String>; 3] = Default::default();
    for language in languages {
        for (place, packed) in &language.lists {
            let list = match KINDS.get(*place) {
                Some(&("status" | "dispute" | "button" | "free_return" | "delivered")) => 0,
                Some(&"label") => 1,
                Some(&("sentence" | "timer")) => 2,
                _ => continue,
            };
            let name = format!("{}_{place}", language.code.to_uppercase());
            let mut used = false;
            let mut at = 0;
            for line in packed.split('\n') {
                let word = line.get(1..).map_or("", |text| longest(text.split(['\u{1}', '\u{2}', '\u{3}'])));
                let from = at + line.find(word).unwrap_or(0).max(1);
                let cut = format!("cut({name},{from},{})", from + word.len());
                if !word.is_empty()
                    && let Some(list) = lists.get_mut(list)
                {
                    list.entry(word.to_owned()).or_insert_with(|| {
                        used = true;
                        cut
                    });
                }
                at += line.len() + 1;
            }
            if used {
                // Writing to a string cannot fail.
                let _ = writeln!(texts, "const {name}: &str = {packed:?};");
            }
        }
    }
    let [equal, start, contain] = lists.map(|list| slice(list.into_values()));
    format!(
        "{texts}const fn cut(text: &'static str, from: usize, to: usize) -> &'static str {{ text.split_at(to).0.split_at(from).1 }}\n\
         pub(crate) static WORDS: Words = Words{{equal:{equal},start:{start},contain:{contain}}};\n"
    )
}
