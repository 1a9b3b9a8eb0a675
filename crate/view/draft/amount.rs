//! Amounts in figures.

use crate::case::{Facts, Money};

/// Currencies whose smallest unit is not a hundredth (ISO 4217), by the number of decimals. A test compares them with
/// `data/currencies.toml`.
const DECIMALS: [(usize, &str); 3] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// How many decimals a currency of three letters has.
pub(in crate::view) fn decimals(currency: &str) -> usize {
    DECIMALS.iter().find(|(_, codes)| codes.contains(currency)).map_or(2, |(decimals, _)| *decimals)
}

/// An amount, always with the currency's code: `12.83 USD`. None for what is no amount.
pub(super) fn written(money: &Money) -> Option<String> {
    let code = &money.currency;
    if money.minor < 0 || code.len() != 3 || !code.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let decimals = decimals(code);
    let mut text = money.minor.to_string();
    while text.len() <= decimals {
        text.insert(0, '0');
    }
    if decimals > 0 {
        text.insert(text.len().checked_sub(decimals)?, '.');
    }
    Some([&text, " ", code].concat())
}

/// Whether at least as much is offered as was asked for, in the same currency.
pub(super) fn is_met(facts: &Facts) -> bool {
    matches!(
        (&facts.claimed, &facts.offered),
        (Some(claimed), Some(offered))
            if claimed.currency == offered.currency && offered.minor >= claimed.minor
    )
}
