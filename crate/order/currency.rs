//! The compiled data of `crate/data/currencies.toml`: signs of money.

/// A sign of money, and the currency with its decimals where the sign is sure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) text: &'static str,
    pub(super) currency: Option<(&'static str, u32)>,
}

include!(concat!(env!("OUT_DIR"), "/signs.rs"));

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
