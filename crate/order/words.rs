//! What the collector may let through: the words that the reader knows.

use std::collections::BTreeSet;

use super::phrases::{self, Label};
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
    for language in phrases::languages(None) {
        equal.extend(language.statuses.iter().map(|(text, _)| *text));
        equal.extend(language.disputes.iter().map(|(text, _)| *text));
        equal.extend(language.buttons.iter().chain(language.free_returns).chain(language.delivered));
        label.extend(language.labels.iter().map(|(text, of)| format!("{text}\t{}", kind(*of))));
        let templates = language.sentences.iter().map(|sentence| sentence.parts);
        contain.extend(templates.chain(language.timers.iter().copied()).filter_map(phrases::longest));
        let names = language.months.iter().chain(language.weekdays).map(|(name, _)| *name);
        let units = language.units.iter().map(|(name, _)| *name);
        for text in names.chain(units).chain(language.fillers.iter().chain(language.until).copied()) {
            dates.extend(letters(text));
        }
    }
    dates.extend(["年", "月", "日", "년", "월", "일"]);
    let money: BTreeSet<String> =
        phrases::SIGNS.iter().flat_map(|sign| letters(sign.text).map(str::to_lowercase)).collect();
    Words {
        equal: lines(equal),
        label: lines(label),
        contain: lines(contain),
        dates: lines(dates),
        money: lines(money),
    }
}

/// What may follow a label.
const fn kind(label: Label) -> &'static str {
    match label {
        Label::Placed | Label::Paid | Label::Shipped | Label::Completed | Label::Estimate => "dates",
        Label::OrderId => "id",
        Label::Total => "money",
        Label::TrackingNumber => "number",
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
