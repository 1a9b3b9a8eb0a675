//! The compiled data of `crate/data/currencies.toml`: signs of money.

use std::cell::RefCell;

thread_local! {
    /// What the user says that a shared sign means: the sign, the currency and its decimals.
    static MEANT: RefCell<Vec<(String, (&'static str, u32))>> = const { RefCell::new(Vec::new()) };
}

/// A sign of money, and the currency with its decimals where the sign is sure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) text: &'static str,
    pub(super) currency: Option<(&'static str, u32)>,
}

include!(concat!(env!("OUT_DIR"), "/signs.rs"));

/// Takes in what shared signs mean to the user, a line `sign=CODE` for each. A sign that is not named stays unknown, and so
/// does one whose currency is.
pub fn settle_signs(text: &str) {
    let meant = text.lines().filter_map(|line| {
        let (sign, code) = line.split_once('=')?;
        let known = signs().filter_map(|sign| sign.currency).find(|(known, _)| *known == code)?;
        Some((sign.to_owned(), known))
    });
    let meant = meant.collect();
    MEANT.set(meant);
}

/// What a sign means to the user.
pub(super) fn meant(text: &str) -> Option<(&'static str, u32)> {
    MEANT.with_borrow(|meant| meant.iter().find(|(sign, _)| sign == text).map(|(_, currency)| *currency))
}

/// Signs of money, the longest first.
pub(super) fn signs() -> impl Iterator<Item = Sign> {
    SIGNS.split('\n').filter_map(|line| {
        if let Some(text) = line.strip_prefix('-') {
            return Some(Sign { text, currency: None });
        }
        let decimals = line.chars().next()?.to_digit(10)?;
        Some(Sign { text: line.get(4..)?, currency: Some((line.get(1..4)?, decimals)) })
    })
}
