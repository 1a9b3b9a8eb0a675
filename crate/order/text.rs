//! Texts of a page in the form in which they are compared and shown.

use super::{
    lower::{lower, lower_sign},
    phrases::{self, Label},
};

/// Without marks of writing direction and zero width, with single spaces and plain digits.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| !is_invisible(*sign)) {
        if sign.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(plain_digit(sign));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// [`clean`] in lower case: the form of the phrase data.
pub(super) fn fold(text: &str) -> String {
    lower(&clean(text))
}

/// What follows a label, and the label's meaning: the longest known label that begins the text and ends in a colon or
/// the end, in the page's own language also in a space. `Date` is a label in English and a part of others in French.
pub(super) fn labelled<'a>(text: &'a str, page: Option<&str>) -> Option<(Label, &'a str)> {
    phrases::languages(page)
        .flat_map(|language| language.entries().map(|(label, of)| (language.is_of(page), label, of)))
        .filter_map(|(own, label, of)| {
            let rest = rest_after(text, label)?;
            let ends =
                rest.is_empty() || rest.trim_start().starts_with(COLONS) || (own && rest.starts_with(' '));
            ends.then(|| (label.len(), of, rest.trim_start_matches([' ', ':', '：'])))
        })
        .max_by_key(|(length, ..)| *length)
        .map(|(_, of, rest)| (of, rest))
}

/// The text after a phrase that begins it, without the colon between.
pub(super) fn after<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let rest = rest_after(text, phrase)?;
    let ends = rest.is_empty() || rest.starts_with(' ') || rest.starts_with(COLONS);
    ends.then(|| rest.trim_start_matches([' ', ':', '：']))
}

const COLONS: [char; 2] = [':', '：'];

/// The text after a phrase in lower case that begins it, in whatever case.
pub(super) fn rest_after<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut expected = phrase;
    let mut rest = text.chars();
    while !expected.is_empty() {
        for low in lower_sign(rest.next()?) {
            expected = expected.strip_prefix(low)?;
        }
    }
    Some(rest.as_str())
}

/// Whether the page cut something off.
pub(super) fn is_cut(text: &str) -> bool {
    text.contains('…') || text.contains("..")
}

/// Whether a text goes on with the dots that stand for what was cut off.
pub(super) fn starts_with_ellipsis(text: &[char]) -> bool {
    text.starts_with(&['…']) || text.starts_with(&['.', '.'])
}

/// A letter or a mark on one. Tones of Thai are no letters by themselves.
pub(super) fn is_letter(sign: char) -> bool {
    sign.is_alphabetic() || matches!(sign, '\u{300}'..='\u{36f}' | '\u{e47}'..='\u{e4e}')
}

/// A letter of Hebrew or Arabic, which write small words together with the next.
pub(super) fn is_prefix(sign: char) -> bool {
    matches!(sign, '\u{590}'..='\u{6ff}')
}

/// Scripts without spaces between words.
pub(super) fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{e01}'..='\u{e4e}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// The first run of digits with a length in the range, standing alone.
pub(super) fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<&str> {
    text.split(|sign: char| !sign.is_ascii_digit()).find(|run| lengths.contains(&run.len()))
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Digits of other scripts, as Arabic and full-width pages show them.
fn plain_digit(sign: char) -> char {
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0xe50, 0xff10];
    let code = u32::from(sign);
    let digit = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned() {
        assert_eq!(clean(" \u{200f}US\u{a0}\n $12\u{200b}.83 "), "US $12.83");
        assert_eq!(clean("٢٠٢٦ ２０"), "2026 20");
    }

    #[test]
    fn the_longest_label_counts() {
        assert_eq!(
            labelled("Estimated delivery date: Aug 3, 2026", None),
            Some((Label::Estimate, "Aug 3, 2026"))
        );
        assert_eq!(labelled("ORDER DATE Aug 3", None), Some((Label::Placed, "Aug 3")));
        assert_eq!(labelled("Dated Aug 3", None), None);
        assert_eq!(labelled("Date de paiement : 3 août", Some("fr")).map(|(of, _)| of), Some(Label::Paid));
        assert_eq!(labelled("Date de naissance : 3 août", Some("fr")), None);
        assert_eq!(labelled("Date: Aug 3", Some("fr")), Some((Label::Placed, "Aug 3")));
        assert_eq!(labelled("Subtotal: 3", None), None);
    }

    #[test]
    fn letters_that_grow_in_lower_case_are_the_same() {
        assert_eq!(after("İptal: 3", "i\u{307}ptal"), Some("3"));
        assert_eq!(after("İ", "i"), None);
    }

    #[test]
    fn digits_stand_alone() {
        assert_eq!(digits("No 12 8200000000000001Copy", 15..=19), Some("8200000000000001"));
        assert_eq!(digits("82000000000000010000", 15..=19), None);
    }
}
