//! Amounts of money as pages write them.

use serde::Serialize;

use super::{
    currency::{Sign, meant, signs},
    text::{clean, starts_with_ellipsis},
};

/// An amount with the words it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Money {
    /// The amount in the currency's smallest unit, at most 2^53; `None` where the text can mean several amounts.
    pub minor: Option<i64>,
    /// ISO 4217 code; `None` where the sign belongs to several currencies, as `$` does.
    pub currency: Option<&'static str>,
    /// The amount as the page shows it.
    pub text: String,
}

/// The largest amount that a JavaScript number holds exactly.
const LARGEST: i64 = 1 << 53;

/// The first amount in a text: a number that stands next to a sign or code of money.
pub(super) fn read(text: &str) -> Option<Money> {
    let text = clean(text);
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(sign) = chars.get(at) {
        if !sign.is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = number_end(&chars, at);
        if !is_cut(&chars, at, end)
            && let Some(money) = amount(&chars, at, end)
        {
            return Some(money);
        }
        at = end;
    }
    None
}

/// The end of the number that starts at `at`: digits, and separators that a digit follows.
fn number_end(chars: &[char], at: usize) -> usize {
    let mut end = at;
    while let Some(sign) = chars.get(end) {
        let next = chars.get(end + 1).is_some_and(char::is_ascii_digit);
        // A space groups thousands only: three digits follow.
        let group = || {
            let three = chars.get(end + 1..end + 4).is_some_and(|next| next.iter().all(char::is_ascii_digit));
            three && !chars.get(end + 4).is_some_and(char::is_ascii_digit)
        };
        let goes_on = match sign {
            '.' | ',' | '\'' | '’' | '٫' | '٬' => next,
            ' ' => group(),
            _ => sign.is_ascii_digit(),
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the page cut the number off: dots touch it, or the sign after it.
fn is_cut(chars: &[char], start: usize, end: usize) -> bool {
    let dots = |at: usize| chars.get(at..).is_some_and(starts_with_ellipsis);
    let before = chars.get(..start).unwrap_or_default();
    dots(end) || dots(end + 1) || before.ends_with(&['…']) || before.ends_with(&['.', '.'])
}

fn amount(chars: &[char], start: usize, end: usize) -> Option<Money> {
    let before = sign_before(chars, start);
    let after = sign_after(chars, end);
    let (from, to) = (before.map_or(start, |(_, at)| at), after.map_or(end, |(_, at)| at));
    let certain = |side: Option<(Sign, usize)>| side.and_then(|(sign, _)| sign.currency);
    let currency = match (certain(before), certain(after)) {
        (Some(one), Some(other)) if one.0 != other.0 => return None,
        (one, other) => one.or(other),
    };
    // A sure sign beside a shared one says which it is; only then does the user's word count.
    let own = |side: Option<(Sign, usize)>| side.and_then(|(sign, _)| meant(sign.text));
    let currency = currency.or_else(|| own(before).or_else(|| own(after)));
    // A sure sign in front needs none behind, and the other way round; `$10.200 CLP` has both.
    let (from, to) = match (before.is_some(), after.is_some()) {
        (false, false) => return None,
        (true, true) if certain(before).is_some() && certain(after).is_none() => (from, end),
        _ => (from, to),
    };
    let number: String = chars.get(start..end)?.iter().collect();
    let negative =
        from.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|sign| matches!(sign, '-' | '−'));
    let minor = minor(&number, currency.map(|(_, decimals)| decimals));
    Some(Money {
        minor: minor.map(|minor| if negative { -minor } else { minor }),
        currency: currency.map(|(code, _)| code),
        text: chars.get(if negative { from - 1 } else { from }..to)?.iter().collect(),
    })
}

/// The sign that ends right before the number, with one space between at most, and where it starts.
fn sign_before(chars: &[char], start: usize) -> Option<(Sign, usize)> {
    let end = match start.checked_sub(1).and_then(|at| chars.get(at)) {
        Some(' ') => start - 1,
        _ => start,
    };
    signs().find_map(|sign| {
        let from = end.checked_sub(sign.text.chars().count())?;
        let same = chars.get(from..end)?.iter().copied().eq(sign.text.chars());
        let open = sign.text.starts_with(char::is_alphabetic)
            && from.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|sign| sign.is_alphabetic());
        (same && !open).then_some((sign, from))
    })
}

/// The sign that begins right after the number, with one space between at most, and where it ends.
fn sign_after(chars: &[char], end: usize) -> Option<(Sign, usize)> {
    let start = if chars.get(end) == Some(&' ') { end + 1 } else { end };
    signs().find_map(|sign| {
        let to = start + sign.text.chars().count();
        let same = chars.get(start..to)?.iter().copied().eq(sign.text.chars());
        let open = sign.text.ends_with(char::is_alphabetic)
            && chars.get(to).is_some_and(|next| next.is_alphabetic());
        // `US $3 $4`: what a digit follows is the sign of the next amount.
        let next = chars.get(to..).and_then(|rest| rest.iter().find(|sign| **sign != ' '));
        let of_next = next.is_some_and(char::is_ascii_digit);
        (same && !open && !of_next).then_some((sign, to))
    })
}

/// The amount in the smallest unit, where the separators leave one reading.
///
/// Without a currency its decimals are unknown: then only an amount with two decimals is sure, because no currency
/// without decimals writes them.
fn minor(number: &str, decimals: Option<u32>) -> Option<i64> {
    let is_separator = |sign: &char| !sign.is_ascii_digit();
    let separators: Vec<char> = number.chars().filter(is_separator).collect();
    let groups: Vec<&str> = number.split(|sign: char| !sign.is_ascii_digit()).collect();
    let (last_group, head) = groups.split_last()?;
    let (last, others) = match separators.split_last() {
        None => {
            let decimals = decimals?;
            return scale(number, "", decimals);
        }
        Some((last, others)) => (*last, others),
    };
    let one_kind = others.iter().all(|sign| *sign == last);
    let grouped = |groups: &[&str]| {
        groups.first().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))
            && groups.iter().skip(1).all(|group| group.len() == 3)
    };
    let indian = |groups: &[&str]| {
        groups.split_last().is_some_and(|(last, rest)| {
            last.len() == 3
                && rest.first().is_some_and(|first| (1..=2).contains(&first.len()) && !first.starts_with('0'))
                && rest.iter().skip(1).all(|group| group.len() == 2)
        })
    };
    let whole = |groups: &[&str]| groups.len() == 1 || grouped(groups) || indian(groups);
    let can_be_decimal = matches!(last, '.' | ',' | '٫') && (others.is_empty() || !one_kind);
    let same_before = others.windows(2).all(|pair| pair.first() == pair.last());
    if can_be_decimal && same_before && whole(head) {
        let length = u32::try_from(last_group.len()).ok()?;
        let fits = match decimals {
            None => length == 2,
            Some(0) => !others.is_empty() && last_group.bytes().all(|byte| byte == b'0'),
            // `1,234` of a currency with three decimals: thousands or thousandths.
            Some(3) if length == 3 && others.is_empty() => last != ',' || !grouped(&groups),
            Some(decimals) => (1..=decimals).contains(&length),
        };
        if fits {
            let fraction = if decimals == Some(0) { "" } else { last_group };
            return scale(&head.concat(), fraction, decimals.unwrap_or(2));
        }
    }
    let sure_group =
        one_kind && (decimals != Some(3) || separators.len() > 1 || matches!(last, ' ' | '\'' | '’' | '٬'));
    if sure_group && (grouped(&groups) || indian(&groups)) {
        return scale(&groups.concat(), "", decimals?);
    }
    None
}

fn scale(whole: &str, fraction: &str, decimals: u32) -> Option<i64> {
    let missing = usize::try_from(decimals).ok()?.checked_sub(fraction.len())?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(missing));
    digits.parse().ok().filter(|minor| *minor <= LARGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_shared_sign_means_what_the_user_says_and_nothing_else_changes() {
        let currency = |text| super::read(text).and_then(|money: Money| money.currency);
        let amount_of = |text| super::read(text).and_then(|money: Money| money.minor);
        assert_eq!((currency("$12.83"), currency("100 kr")), (None, None));
        crate::order::settle_signs("$=CAD\n¥=JPY\nkr=XXX\n€=USD\nnonsense");
        assert_eq!((currency("$12.83"), amount_of("$12.83")), (Some("CAD"), Some(1283)));
        assert_eq!((currency("¥1,234"), amount_of("¥1,234")), (Some("JPY"), Some(1234)));
        // A currency that is not known, signs that are sure, and a sure sign beside a shared one.
        assert_eq!((currency("100 kr"), currency("12,34 €")), (None, Some("EUR")));
        assert_eq!((currency("US $12.83"), currency("$10.200 CLP")), (Some("USD"), Some("CLP")));
        crate::order::settle_signs("");
        assert_eq!(currency("$12.83"), None);
    }

    #[test]
    fn amounts_of_pages_are_read() {
        for (text, minor, currency, shown) in [
            ("US $12.83", Some(1283), Some("USD"), "US $12.83"),
            ("Total:R$132,74", Some(13274), Some("BRL"), "R$132,74"),
            ("R$61.20", Some(6120), Some("BRL"), "R$61.20"),
            ("€12,34", Some(1234), Some("EUR"), "€12,34"),
            ("12,34\u{a0}€", Some(1234), Some("EUR"), "12,34 €"),
            ("1.234,56 €", Some(123_456), Some("EUR"), "1.234,56 €"),
            ("US $1,234.56 x2", Some(123_456), Some("USD"), "US $1,234.56"),
            ("₩12,340", Some(12340), Some("KRW"), "₩12,340"),
            ("₩1,012,340", Some(1_012_340), Some("KRW"), "₩1,012,340"),
            ("₩12,34", None, Some("KRW"), "₩12,34"),
            ("129,40zł", Some(12940), Some("PLN"), "129,40zł"),
            ("1 129,40 zł", Some(112_940), Some("PLN"), "1 129,40 zł"),
            ("CLP 12,340", Some(12340), Some("CLP"), "CLP 12,340"),
            ("$10.200 CLP", Some(10200), Some("CLP"), "$10.200 CLP"),
            ("JPY 1,234", Some(1234), Some("JPY"), "JPY 1,234"),
            ("12 340 Ft", Some(1_234_000), Some("HUF"), "12 340 Ft"),
            ("₹1,23,456.50", Some(12_345_650), Some("INR"), "₹1,23,456.50"),
            ("CHF 1'234.50", Some(123_450), Some("CHF"), "CHF 1'234.50"),
            ("KWD 1.234", Some(1234), Some("KWD"), "KWD 1.234"),
            ("KWD 1,234", None, Some("KWD"), "KWD 1,234"),
            ("KWD 1234,567", Some(1_234_567), Some("KWD"), "KWD 1234,567"),
            ("KWD 12", Some(12000), Some("KWD"), "KWD 12"),
            ("US $5", Some(500), Some("USD"), "US $5"),
            ("US $0.5", Some(50), Some("USD"), "US $0.5"),
            ("€0.123", None, Some("EUR"), "€0.123"),
            ("$12.83", Some(1283), None, "$12.83"),
            ("$12", None, None, "$12"),
            ("$10.200", None, None, "$10.200"),
            ("¥1,234", None, None, "¥1,234"),
            ("AU $12.83", Some(1283), Some("AUD"), "AU $12.83"),
            ("-R$5,00", Some(-500), Some("BRL"), "-R$5,00"),
            ("US $3.10 US $5.00", Some(310), Some("USD"), "US $3.10"),
            ("2 items, US $3.10", Some(310), Some("USD"), "US $3.10"),
            ("US $12.345.67", None, Some("USD"), "US $12.345.67"),
            ("\u{200f}US\u{a0}$\u{200e}12.83", Some(1283), Some("USD"), "US $12.83"),
            ("12,34 $US", Some(1234), Some("USD"), "12,34 $US"),
            ("‏١٬٢٣٤٫٥٦ US$", Some(123_456), Some("USD"), "1٬234٫56 US$"),
            ("… US $5.00", Some(500), Some("USD"), "US $5.00"),
            ("US $99999999999999999999", None, Some("USD"), "US $99999999999999999999"),
        ] {
            let expected = Money { minor, currency, text: shown.to_owned() };
            assert_eq!(read(text), Some(expected), "{text}");
        }
        for text in
            ["", "12.83", "US $12.8…", "US $12...", "US $12.…", "…2.83 €", "x2", "Free shipping", "FOCUS 12"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*", near in "[-US$€R CLPzł0-9.,' ]{0,24}") {
            let _ = (read(&text), read(&near));
        }

        #[test]
        fn a_written_amount_is_read_back(minor in 0_i64..10_000_000_000) {
            let (whole, cents) = (minor / 100, minor % 100);
            let mut grouped = whole.to_string();
            let mut at = grouped.len();
            while at > 3 {
                at -= 3;
                grouped.insert(at, ',');
            }
            let european = grouped.replace(',', ".");
            for (text, code) in [
                (format!("US ${whole}.{cents:02}"), "USD"),
                (format!("US ${grouped}.{cents:02}"), "USD"),
                (format!("R${european},{cents:02}"), "BRL"),
                (format!("{european},{cents:02} €"), "EUR"),
            ] {
                let money = read(&text).unwrap();
                prop_assert_eq!((money.minor, money.currency), (Some(minor), Some(code)), "{}", text);
            }
            let won = read(&format!("₩{grouped}")).unwrap();
            prop_assert_eq!(won.minor, Some(whole));
        }
    }
}
