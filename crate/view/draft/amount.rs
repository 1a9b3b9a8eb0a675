//! What is asked for and what was offered, in figures.

use super::{Argument, CaseView};
use crate::case::{Facts, Money, Reason};

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

/// An amount, always with the currency's code: `12.83 USD`.
fn written(money: &Money) -> Option<String> {
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

/// An amount, or the blank for one.
#[inline(never)]
pub(super) fn or_blank(money: Option<&Money>) -> Argument {
    money.and_then(written).map_or_else(blank, Argument::Words)
}

/// The blank for an amount.
pub(super) fn blank() -> Argument {
    Argument::Message("draft_blank_amount".to_owned())
}

/// Whether at least as much is offered as was asked for, in the same currency.
pub(super) fn is_met(facts: &Facts) -> bool {
    matches!(
        (&facts.claimed, &facts.offered),
        (Some(claimed), Some(offered))
            if claimed.currency == offered.currency && offered.minor >= claimed.minor
    )
}

/// What the buyer asks for: the amount claimed, else everything. The name of the sentence, and the amount, where one is
/// known or must be filled in.
pub(super) fn asked(case: &CaseView<'_>, facts: &Facts) -> (&'static str, Option<Argument>) {
    // What is missing or was charged too much is a part of the price (policy section 3).
    let part = matches!(facts.reason, Some(Reason::MissingParts | Reason::OtherShipping));
    let order = case.order;
    if facts.claimed.is_some() || part {
        return ("ask_of", Some(or_blank(facts.claimed.as_ref())));
    }
    // The total of several goods is that of others too.
    if order.is_some_and(|order| order.items.len() > 1) {
        return ("ask_full_of", Some(blank()));
    }
    match order.and_then(|order| order.total.as_ref()) {
        Some(total) => ("ask_full_of", Some(Argument::Words(total.text.clone()))),
        None => ("ask_full", None),
    }
}
