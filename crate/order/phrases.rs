//! The compiled data of `crate/data/phrases`: wordings and what they mean.

use super::{DisputeStage, Start, Status};

/// The wordings of one language. Texts are lower case with single spaces.
#[derive(Debug)]
pub(super) struct Language {
    /// ISO 639 code.
    pub(super) code: &'static str,
    /// Names of months, 1 to 12.
    pub(super) months: &'static [(&'static str, u32)],
    /// Names of weekdays, Monday 1 to Sunday 7.
    pub(super) weekdays: &'static [(&'static str, u32)],
    pub(super) fillers: &'static [&'static str],
    pub(super) until: &'static [&'static str],
    pub(super) caution: &'static [&'static str],
    /// Names of units of time and their seconds.
    pub(super) units: &'static [(&'static str, i64)],
    pub(super) statuses: &'static [(&'static str, Status)],
    pub(super) disputes: &'static [(&'static str, DisputeStage)],
    pub(super) labels: &'static [(&'static str, Label)],
    pub(super) sentences: &'static [Sentence],
    pub(super) timers: &'static [&'static [Part]],
    pub(super) buttons: &'static [&'static str],
    pub(super) free_returns: &'static [&'static str],
    pub(super) delivered: &'static [&'static str],
}

/// What the text after a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Placed,
    Paid,
    Shipped,
    Completed,
    OrderId,
    Estimate,
    Total,
    TrackingNumber,
}

/// A promise in words.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) parts: &'static [Part],
    pub(super) promise: Promise,
    /// For promises that count days.
    pub(super) from: Option<Start>,
}

/// The kinds of promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    RefundIfNotDeliveredBefore,
    OpenDisputeWithin,
    ReturnWithin,
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Fixed(&'static str),
    /// A date.
    Date,
    /// A whole number.
    N,
    /// A time left.
    Countdown,
}

/// A sign of money, and the currency with its decimals where the sign is sure.
#[derive(Debug)]
pub(super) struct Sign {
    pub(super) text: &'static str,
    pub(super) currency: Option<(&'static str, u32)>,
}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// The languages, that of the page first. Its code may be `en`, `en-US` or `en_US`.
pub(super) fn languages(page: Option<&str>) -> impl Iterator<Item = &'static Language> {
    let own = page.and_then(known);
    own.into_iter().chain(LANGUAGES.iter().filter(move |one| own.is_none_or(|own| own.code != one.code)))
}

/// The longest fixed piece of a template: a line that may leave the page holds it.
pub(super) fn longest(parts: &'static [Part]) -> Option<&'static str> {
    let fixed = parts.iter().filter_map(|part| match part {
        Part::Fixed(text) => Some(*text),
        Part::Date | Part::N | Part::Countdown => None,
    });
    fixed.max_by_key(|text| text.chars().count())
}

/// The wordings of a language, where there are any.
pub(super) fn known(code: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.code == code)
}

/// What a word means in a list of all languages: the page's own decides, else all that know it must agree.
pub(super) fn meaning<T: Copy + PartialEq + 'static>(
    page: Option<&str>,
    list: impl Fn(&'static Language) -> &'static [(&'static str, T)],
    word: &str,
) -> Option<T> {
    let find = |language| list(language).iter().find(|(text, _)| *text == word).map(|(_, meaning)| *meaning);
    if let Some(meaning) = page.and_then(known).and_then(find) {
        return Some(meaning);
    }
    let mut all = LANGUAGES.iter().filter_map(find);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
