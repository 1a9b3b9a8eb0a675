//! What the collector may let through: the words that the reader knows.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Trick,
    currency::signs,
    phrases::{self, Kind, Label},
    template::longest,
};
use crate::page::{CAPTCHA_TITLES, Plan, Words, plan, plan_name};

/// The plan for the page at an address with the words that the reader knows; `None` where the address is not the shop's.
pub fn plan_of(address: &str) -> Option<Plan> {
    plan(&plan_name(address)?, words())
}

/// The words that the reader knows, as the collector needs them.
pub fn words() -> Words {
    let mut equal: BTreeSet<&str> = CAPTCHA_TITLES.iter().copied().collect();
    let mut label = BTreeSet::new();
    let mut contain = BTreeSet::new();
    let mut dates = BTreeSet::new();
    let mut between = BTreeSet::new();
    let mut tricks: BTreeMap<Trick, BTreeSet<&str>> = BTreeMap::new();
    for language in phrases::languages(None) {
        for kind in [Kind::Status, Kind::Dispute, Kind::Button, Kind::FreeReturn, Kind::Delivered] {
            equal.extend(language.words(kind));
        }
        label.extend(language.entries().map(|(text, of)| format!("{text}\t{}", kind(of))));
        for kind in [Kind::Sentence, Kind::Timer] {
            contain.extend(language.words(kind).filter_map(longest));
        }
        for kind in [Kind::Month, Kind::Weekday, Kind::Unit, Kind::Counted, Kind::Mark] {
            dates.extend(language.words(kind).flat_map(letters));
            // Thai abbreviates with a stop behind each letter; the reader takes them together.
            let thai = |word: &&str| word.chars().all(|sign| matches!(sign, '\u{e00}'..='\u{e7f}'));
            let short = language.words(kind).filter(|word| word.chars().count() <= 4).filter(thai);
            dates.extend(short.flat_map(|word| word.split("").filter(|sign| !sign.is_empty())));
        }
        for kind in [Kind::Filler, Kind::Joiner, Kind::Until] {
            between.extend(language.words(kind).flat_map(letters));
        }
        for (text, trick) in language.entries() {
            tricks.entry(trick).or_default().insert(text);
        }
    }
    dates.extend(["年", "月", "日", "년", "월", "일"]);
    let mut money: BTreeSet<String> =
        signs().flat_map(|sign| letters(sign.text).map(str::to_lowercase)).collect();
    let symbols = signs().flat_map(|sign| sign.text.chars());
    let symbols = symbols.filter(|sign| !sign.is_alphanumeric() && !matches!(sign, ' ' | '.' | ',' | '\''));
    money.extend(symbols.map(String::from));
    Words {
        equal: lines(equal),
        label: lines(label),
        contain: lines(contain),
        dates: lines(dates),
        between: lines(between),
        money: lines(money),
        trick: lines(
            tricks.into_iter().map(|(trick, texts)| {
                std::iter::once(trick.code()).chain(texts).collect::<Vec<_>>().join("\t")
            }),
        ),
    }
}

/// What may follow a label.
const fn kind(label: Label) -> &'static str {
    match label {
        Label::Placed | Label::Paid | Label::Shipped | Label::Completed | Label::Estimate => "dates",
        Label::OrderId => "id",
        Label::Total => "money",
        Label::TrackingNumber => "number",
        Label::Status => "known",
    }
}

/// The runs of letters of a text, as the collector cuts it.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphabetic()).filter(|run| !run.is_empty())
}

fn lines<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for entry in entries {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(entry.as_ref());
    }
    out
}
