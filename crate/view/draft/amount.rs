//! What is asked for and what was offered, in figures.

use super::{Argument, CaseView, Message};
use crate::case::{Facts, Money, Reason};

/// Currencies whose smallest unit is not a hundredth (ISO 4217), by the number of decimals. A test compares them with
/// `data/currencies.toml`.
const DECIMALS: [(usize, &str); 3] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// How many decimals a currency has.
pub(in crate::view) fn decimals(currency: &str) -> usize {
    let listed = DECIMALS.iter().find(|(_, codes)| codes.split(' ').any(|code| code == currency));
    listed.map_or(2, |(decimals, _)| *decimals)
}

/// An amount, always with the currency's code: `12.83 USD`.
fn written(money: &Money) -> Option<Argument> {
    let code = &money.currency;
    if money.minor < 0 || code.len() != 3 || !code.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let decimals = decimals(code);
    let digits = format!("{:0width$}", money.minor, width = decimals + 1);
    let (whole, part) = digits.split_at_checked(digits.len().checked_sub(decimals)?)?;
    let point = if part.is_empty() { "" } else { "." };
    Some(Argument::Words(format!("{whole}{point}{part} {code}")))
}

/// An amount, or the blank for one.
pub(super) fn or_blank(money: Option<&Money>) -> Argument {
    money.and_then(written).unwrap_or_else(blank)
}

fn blank() -> Argument {
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

/// What the buyer asks for.
pub(super) enum Asked {
    /// Everything that was paid, where it is known how much that is.
    All(Option<Argument>),
    /// A part of it.
    Part(Argument),
}

/// What the buyer asks for: the amount claimed, else everything.
pub(super) fn asked(case: &CaseView<'_>, facts: &Facts) -> Asked {
    let total = case.order.and_then(|order| order.total.as_ref());
    let paid = total.map(|total| Argument::Words(total.text.clone()));
    if let Some(claimed) = &facts.claimed {
        let whole = total.is_some_and(|total| {
            total.minor == Some(claimed.minor) && total.currency == Some(claimed.currency.as_str())
        });
        return if whole { Asked::All(paid) } else { Asked::Part(or_blank(Some(claimed))) };
    }
    let several = case.order.is_some_and(|order| order.items.len() > 1);
    match facts.reason {
        // What is missing or was charged too much is a part of the price (policy section 3).
        Some(Reason::MissingParts | Reason::OtherShipping) => Asked::Part(blank()),
        // The total is that of other goods too.
        _ if several => Asked::All(Some(blank())),
        _ => Asked::All(paid),
    }
}

impl Asked {
    /// The sentence to the seller and to AliExpress.
    pub(super) fn sentence(self) -> Message {
        match self {
            Self::All(None) => Message::new("draft_ask_full"),
            Self::All(Some(amount)) => Message::new("draft_ask_full_of").with(amount),
            Self::Part(amount) => Message::new("draft_ask_of").with(amount),
        }
    }

    /// The sentence to the bank, which is asked to look at a payment.
    pub(super) fn to_bank(self) -> Message {
        let amount = match self {
            Self::All(amount) => amount.unwrap_or_else(blank),
            Self::Part(amount) => amount,
        };
        Message::new("draft_bank_amount").with(amount)
    }
}
