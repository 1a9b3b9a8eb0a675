//! A text cut into the words, numbers and signs of dates.

use super::{
    lower::lower_sign,
    text::{is_letter, starts_with_ellipsis},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Number {
        value: u32,
        digits: usize,
    },
    /// In lower case, without the full stops inside it.
    Word(String),
    Sign(char),
    /// Dots that stand for what was cut off, or a word or number that touches them: nobody knows how it went on.
    Cut,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Number of characters of the text up to the token's start.
    start: usize,
    /// Number of characters of the text up to the token's end.
    pub(super) end: usize,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Token> = Vec::new();
    for (start, sign) in chars.iter().copied().enumerate() {
        let end = start + 1;
        let rest = chars.get(start..).unwrap_or_default();
        match (sign, out.last_mut().filter(|last| last.end == start)) {
            (_, Some(Token { kind: Kind::Number { value, digits }, end: last_end, .. }))
                if sign.is_ascii_digit() =>
            {
                *value = value.saturating_mul(10).saturating_add(sign.to_digit(10).unwrap_or(0));
                *digits += 1;
                *last_end = end;
            }
            (_, Some(Token { kind: Kind::Word(word), end: last_end, .. }))
                if is_letter(sign) && !is_han(sign) && !word.ends_with(is_han) =>
            {
                word.extend(lower_sign(sign));
                *last_end = end;
            }
            // Thai abbreviations have full stops inside.
            ('.', Some(Token { kind: Kind::Word(word), end: last_end, .. }))
                if word.ends_with(is_thai) && chars.get(end).copied().is_some_and(is_thai) =>
            {
                *last_end = end;
            }
            ('.', Some(Token { kind: Kind::Cut, end: last_end, .. })) => *last_end = end,
            _ if sign.is_ascii_digit() => {
                let value = sign.to_digit(10).unwrap_or(0);
                out.push(Token { kind: Kind::Number { value, digits: 1 }, start, end });
            }
            _ if is_letter(sign) => {
                out.push(Token { kind: Kind::Word(lower_sign(sign).collect()), start, end });
            }
            _ if sign.is_whitespace() => {}
            _ if starts_with_ellipsis(rest) => out.push(Token { kind: Kind::Cut, start, end }),
            _ => out.push(Token { kind: Kind::Sign(sign), start, end }),
        }
    }
    cut(&mut out);
    out
}

/// Marks what touches the dots.
fn cut(tokens: &mut [Token]) {
    let dots: Vec<(usize, usize)> =
        tokens.iter().filter(|token| token.kind == Kind::Cut).map(|token| (token.start, token.end)).collect();
    for token in tokens {
        if dots.iter().any(|(start, end)| token.end == *start || token.start == *end) {
            token.kind = Kind::Cut;
        }
    }
}

/// Scripts without spaces between words: each character is a word.
pub(super) fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn is_thai(sign: char) -> bool {
    matches!(sign, '\u{e01}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn what_touches_dots_is_cut() {
        let sep = Kind::Word("sep".to_owned());
        assert_eq!(kinds("Sep 1…"), [sep.clone(), Kind::Cut, Kind::Cut]);
        assert_eq!(kinds("Sep 1..."), [sep.clone(), Kind::Cut, Kind::Cut]);
        assert_eq!(kinds("…1 Sep"), [Kind::Cut, Kind::Cut, sep.clone()]);
        assert_eq!(kinds("1. Sep"), [Kind::Number { value: 1, digits: 1 }, Kind::Sign('.'), sep]);
    }

    #[test]
    fn a_thai_abbreviation_is_one_word() {
        assert_eq!(
            kinds("ก.ค. 2569"),
            [Kind::Word("กค".to_owned()), Kind::Sign('.'), Kind::Number { value: 2569, digits: 4 }]
        );
        assert_eq!(kinds("วันที่"), [Kind::Word("วันที่".to_owned())]);
    }
}
