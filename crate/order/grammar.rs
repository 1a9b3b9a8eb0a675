//! How dates are put together from words, numbers and signs.

use super::{date::Partial, phrases};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Number { value: u32, digits: usize },
    Word(String),
    Sign(char),
}

#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    /// Number of characters of the text up to the token's end.
    end: usize,
}

/// A date that can be read in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclear;

/// A date in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) date: Result<Partial, Unclear>,
    /// The first token after it.
    next: usize,
}

/// The two ends of a range of dates.
type Ends = (Result<Partial, Unclear>, Result<Partial, Unclear>);

/// A text in its tokens.
pub(super) struct Grammar<'a> {
    tokens: Vec<Token>,
    page: Option<&'a str>,
}

impl<'a> Grammar<'a> {
    pub(super) fn new(text: &str, page: Option<&'a str>) -> Self {
        Self { tokens: tokens(text), page }
    }

    pub(super) fn first(&self) -> Option<Found> {
        (0..self.tokens.len()).find_map(|at| self.date(at))
    }

    pub(super) fn at_start(&self) -> Option<Found> {
        self.date(0)
    }

    pub(super) fn first_range(&self) -> Option<Ends> {
        (0..self.tokens.len()).find_map(|at| self.range(at))
    }

    /// The number of characters of the text up to the end of a date.
    pub(super) fn length(&self, found: Found) -> usize {
        found.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.end)
    }

    pub(super) fn has_number(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token.kind, Kind::Number { .. }))
    }

    fn date(&self, at: usize) -> Option<Found> {
        let (weekday, start) = match self.weekday(at) {
            Some(weekday) => (Some(weekday), self.skip_signs(at + 1, &['|', ',', '.', '('])),
            None => (None, at),
        };
        let mut found =
            self.numeric(start).or_else(|| self.month_day(start)).or_else(|| self.day_month(start))?;
        found.date = found.date.map(|date| Partial { weekday, ..date });
        Some(found)
    }

    /// `2026-07-15`, `2026년 7월 15일`, `7月15日`, `15/07/2026`.
    fn numeric(&self, at: usize) -> Option<Found> {
        let (first, digits) = self.number(at)?;
        if self.is_word(at + 1, &["년", "年", "월", "月"]) {
            return self.marked(at);
        }
        let between = self.sign(at + 1).filter(|sign| matches!(sign, '-' | '/' | '.'))?;
        let (second, second_digits) = self.number(at + 2)?;
        if self.sign(at + 3) != Some(between) {
            return None;
        }
        let (third, third_digits) = self.number(at + 4)?;
        let found = |date| Some(Found { date, next: at + 5 });
        match (digits, second_digits, third_digits) {
            (4, 1..=2, 1..=2) => found(Ok(ymd(first, second, third))),
            (1..=2, 1..=2, 4) if first > 12 || first == second => found(Ok(ymd(third, second, first))),
            (1..=2, 1..=2, 4) if second > 12 => found(Ok(ymd(third, first, second))),
            (1..=2, 1..=2, 2 | 4) => found(Err(Unclear)),
            _ => None,
        }
    }

    fn marked(&self, at: usize) -> Option<Found> {
        let has_year = self.is_word(at + 1, &["년", "年"]);
        let year = has_year.then(|| self.number(at)).flatten().map(|(year, _)| year);
        let at = if has_year { at + 2 } else { at };
        let (month, _) = self.number(at)?;
        let (day, _) = self.number(at + 2)?;
        let marks = self.is_word(at + 1, &["월", "月"]) && self.is_word(at + 3, &["일", "日"]);
        let year = year.and_then(|year| i32::try_from(year).ok());
        let date = Partial { year, month: Some(month), day, weekday: None };
        marks.then_some(Found { date: Ok(date), next: at + 4 })
    }

    /// `Jul 15, 2026`, `Jul. 28`.
    fn month_day(&self, at: usize) -> Option<Found> {
        let month = self.month(at)?;
        let day_at = self.skip_signs(at + 1, &['.']);
        let day = self.day(day_at)?;
        let next = self.skip_fillers(day_at + 1);
        let after = self.skip_signs(next, &[',', '.']);
        if let Some(year) =
            self.year(after).or_else(|| self.year(after + 1).filter(|_| self.sign(after) == Some('-')))
        {
            let next = after + 1 + usize::from(self.sign(after) == Some('-'));
            return Some(Found {
                date: Ok(Partial { year: Some(year), month: Some(month), day, weekday: None }),
                next,
            });
        }
        let date = Partial { year: None, month: Some(month), day, weekday: None };
        // `Sep 4, 26`: a day or a year?
        let unclear = self.day(after).is_some() && self.month(self.skip_fillers(after + 1)).is_none();
        Some(Found { date: if unclear { Err(Unclear) } else { Ok(date) }, next })
    }

    /// `15 Jul 2026`, `15 de julio de 2026`, `28 Jul.`.
    fn day_month(&self, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        let month_at = self.skip_fillers(self.skip_signs(at + 1, &['.', '-', 'º', 'ª']));
        let month = self.month(month_at)?;
        let next = self.skip_signs(month_at + 1, &['.']);
        let after = self.skip_fillers(self.skip_signs(next, &[',', '-']));
        if let Some(year) = self.year(after) {
            let date = Partial { year: Some(year), month: Some(month), day, weekday: None };
            return Some(Found { date: Ok(date), next: after + 1 });
        }
        match self.month_day(month_at) {
            // `12 Jan 5 2018`: the number in front is no day.
            Some(Found { date: Ok(Partial { year: Some(_), .. }), .. }) => None,
            // `5 Sep 26`: a day in front, or behind, or a year.
            Some(_) => Some(Found { date: Err(Unclear), next: after + 1 }),
            None => Some(Found {
                date: Ok(Partial { year: None, month: Some(month), day, weekday: None }),
                next: month_at + 1,
            }),
        }
    }

    fn range(&self, at: usize) -> Option<Ends> {
        let first = self.date(at).or_else(|| {
            let date = Partial { year: None, month: None, day: self.day(at)?, weekday: None };
            Some(Found { date: Ok(date), next: at + 1 })
        })?;
        let dash_at = self.skip_signs(first.next, &['.']);
        let dash = self.sign(dash_at).is_some_and(|sign| matches!(sign, '-' | '–' | '—' | '~' | '～'));
        if !dash && !self.is_until(dash_at) {
            return None;
        }
        let second = self.date(dash_at + 1).or_else(|| {
            let day = self.day(dash_at + 1)?;
            let year_at = self.skip_signs(dash_at + 2, &[',']);
            let date = Partial { year: self.year(year_at), month: None, day, weekday: None };
            Some(Found { date: Ok(date), next: year_at })
        })?;
        let months = [first.date, second.date].iter().any(|date| date.is_ok_and(|date| date.month.is_some()));
        (months || first.date.is_err() || second.date.is_err()).then_some((first.date, second.date))
    }

    fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.kind(at)? {
            Kind::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Sign(sign) => Some(*sign),
            _ => None,
        }
    }

    /// A number that can be a day of a month and is no part of a time of day.
    fn day(&self, at: usize) -> Option<u32> {
        let (value, digits) = self.number(at)?;
        (digits <= 2 && (1..=31).contains(&value) && !self.is_time(at)).then_some(value)
    }

    /// Whether a number is a part of `18:39`; the colon of a label is something else.
    fn is_time(&self, at: usize) -> bool {
        let clock = |first: usize| {
            self.number(first).is_some()
                && self.sign(first + 1) == Some(':')
                && self.number(first + 2).is_some()
        };
        clock(at) || at.checked_sub(2).is_some_and(clock)
    }

    fn year(&self, at: usize) -> Option<i32> {
        let (value, digits) = self.number(at)?;
        if digits == 4 { i32::try_from(value).ok() } else { None }
    }

    fn month(&self, at: usize) -> Option<u32> {
        phrases::meaning(self.page, |language| language.months, self.word(at)?)
    }

    fn weekday(&self, at: usize) -> Option<u32> {
        phrases::meaning(self.page, |language| language.weekdays, self.word(at)?)
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    fn is_until(&self, at: usize) -> bool {
        self.word(at)
            .is_some_and(|word| phrases::languages(self.page).any(|language| language.until.contains(&word)))
    }

    fn skip_signs(&self, at: usize, signs: &[char]) -> usize {
        let skipped = self.tokens.iter().skip(at);
        at + skipped
            .take_while(|token| matches!(token.kind, Kind::Sign(sign) if signs.contains(&sign)))
            .count()
    }

    fn skip_fillers(&self, at: usize) -> usize {
        let filler =
            |word: &String| phrases::languages(self.page).any(|one| one.fillers.contains(&word.as_str()));
        let skipped = self.tokens.iter().skip(at);
        at + skipped.take_while(|token| matches!(&token.kind, Kind::Word(word) if filler(word))).count()
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Partial {
    Partial { year: i32::try_from(year).ok(), month: Some(month), day, weekday: None }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut joined = false;
    for (index, sign) in text.chars().enumerate() {
        let end = index + 1;
        let last = out.last_mut().filter(|_| joined);
        joined = true;
        match (sign, last) {
            (_, Some(Token { kind: Kind::Number { value, digits }, end: last_end }))
                if sign.is_ascii_digit() =>
            {
                *value = value.saturating_mul(10).saturating_add(sign.to_digit(10).unwrap_or(0));
                *digits += 1;
                *last_end = end;
            }
            (_, Some(Token { kind: Kind::Word(word), end: last_end }))
                if sign.is_alphabetic() && !is_han(sign) && !word.ends_with(is_han) =>
            {
                word.extend(sign.to_lowercase());
                *last_end = end;
            }
            _ if sign.is_ascii_digit() => {
                out.push(Token {
                    kind: Kind::Number { value: sign.to_digit(10).unwrap_or(0), digits: 1 },
                    end,
                });
            }
            _ if sign.is_alphabetic() => {
                out.push(Token { kind: Kind::Word(sign.to_lowercase().collect()), end });
            }
            _ if sign.is_whitespace() => joined = false,
            _ => out.push(Token { kind: Kind::Sign(sign), end }),
        }
    }
    out
}

/// Scripts without spaces between words: each character is a word.
fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}
