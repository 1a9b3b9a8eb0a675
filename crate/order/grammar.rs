//! How dates are put together from words, numbers and signs.

mod range;

use super::{
    date::Partial,
    phrases::{self, Kind as Words},
    token::{Kind, Token, is_han, tokens},
};

/// Signs between the parts of a date.
const COMMAS: [char; 3] = [',', '،', '、'];
/// Signs of an abbreviation: the full stop, in Hebrew the geresh.
const STOPS: [char; 2] = ['.', '׳'];
/// The years of the Buddhist era that stand for 2010 to 2099. No other year of a page lies there.
const BUDDHIST: std::ops::RangeInclusive<u32> = 2553..=2642;

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

    /// A date at the start, or behind a small word as Hebrew writes it: `ה-5 בנובמבר 2026`.
    pub(super) fn at_start(&self) -> Option<Found> {
        self.date(match self.skip_fillers(0) {
            0 => 0,
            at => self.skip_signs(at, &['-']),
        })
    }

    /// The number of characters of the text up to the end of a date.
    pub(super) fn length(&self, found: Found) -> usize {
        found.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.end)
    }

    pub(super) fn has_number(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token.kind, Kind::Number { .. } | Kind::Cut))
    }

    fn date(&self, at: usize) -> Option<Found> {
        // A sign of Han or Hangul in front may belong to anything.
        let lead = self.weekday(at).filter(|_| !self.is_han(at)).and_then(|weekday| {
            let start = self.skip_signs(at + 1, &['|', ',', '،', '.', '(', ')']);
            Some((weekday, self.bare(start)?))
        });
        if let Some((weekday, found)) = lead {
            return Some(found.on(weekday));
        }
        let found = self.bare(at)?;
        Some(match self.weekday_behind(found) {
            Some((weekday, next)) => Found { next, ..found }.on(weekday),
            None => found,
        })
    }

    fn bare(&self, at: usize) -> Option<Found> {
        self.numeric(at).or_else(|| self.month_day(at)).or_else(|| self.day_month(at))
    }

    /// `2026年7月15日(水)`, `2026년 7월 15일 수요일`, `15 Temmuz 2026 Çarşamba`: a weekday behind a date and what follows.
    fn weekday_behind(&self, found: Found) -> Option<(u32, usize)> {
        let open = self.sign(found.next).is_some_and(|sign| matches!(sign, '(' | '（'));
        let at = found.next + usize::from(open);
        let weekday = self.weekday(at)?;
        let next = if self.is_word(at + 1, &["曜", "요"]) { at + 3 } else { at + 1 };
        if open {
            return self.sign(next).filter(|sign| matches!(sign, ')' | '）')).map(|_| (weekday, next + 1));
        }
        let sure =
            if self.is_han(at) { next > at + 1 } else { found.date.is_ok_and(|date| date.year.is_some()) };
        sure.then_some((weekday, next))
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
            // `2026. 7. 15.`: the Korean form ends in a full stop.
            (4, 1..=2, 1..=2) => {
                let stop = between == '.' && self.sign(at + 5) == Some('.');
                let date = Ok(self.ymd(first, second, third));
                Some(Found { date, next: at + 5 + usize::from(stop) })
            }
            (1..=2, 1..=2, 4) if first > 12 || first == second => found(Ok(self.ymd(third, second, first))),
            (1..=2, 1..=2, 4) if second > 12 => found(Ok(self.ymd(third, first, second))),
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
        let month = self.name(at)?;
        let day_at = self.skip_signs(at + 1, &STOPS);
        let day = self.day(day_at)?;
        let next = self.skip_fillers(day_at + 1);
        let after = self.skip_signs(next, &[',', '،', '.']);
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
        Some(Found { date: if self.is_unclear(after) { Err(Unclear) } else { Ok(date) }, next })
    }

    /// `15 Jul 2026`, `15 de julio de 2026`, `15 tháng 7, 2026`, `28 Jul.`.
    fn day_month(&self, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        let month_at = self.skip_fillers(self.skip_signs(at + 1, &['.', '-']));
        let (month, behind) = self.month(month_at)?;
        let next = self.skip_signs(behind, &STOPS);
        let after = self.skip_fillers(self.skip_signs(next, &[',', '،', '-']));
        let date = Partial { year: None, month: Some(month), day, weekday: None };
        if let Some(year) = self.year(after) {
            return Some(Found { date: Ok(Partial { year: Some(year), ..date }), next: after + 1 });
        }
        match self.month_day(month_at) {
            // `12 Jan 5 2018`: the number in front is no day.
            Some(Found { date: Ok(Partial { year: Some(_), .. }), .. }) => None,
            // `5 Sep 26`: a day in front, or behind, or a year.
            Some(_) => Some(Found { date: Err(Unclear), next: after + 1 }),
            None => {
                let after = self.skip_fillers(self.skip_signs(next, &COMMAS));
                Some(Found {
                    date: if self.is_unclear(after) { Err(Unclear) } else { Ok(date) },
                    next: behind,
                })
            }
        }
    }

    /// Whether what follows a date without a year may be its year: a number that is the day of nothing, or one that the
    /// page cut off.
    fn is_unclear(&self, after: usize) -> bool {
        let alone = || self.month(self.skip_fillers(after + 1)).is_none();
        self.kind(after) == Some(&Kind::Cut) || (self.day(after).is_some() && alone())
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
        if digits == 4 { i32::try_from(self.common_era(value)).ok() } else { None }
    }

    fn common_era(&self, year: u32) -> u32 {
        if self.page == Some("th") && BUDDHIST.contains(&year) { year - 543 } else { year }
    }

    fn ymd(&self, year: u32, month: u32, day: u32) -> Partial {
        let year = i32::try_from(self.common_era(year)).ok();
        Partial { year, month: Some(month), day, weekday: None }
    }

    /// The name of a month.
    fn name(&self, at: usize) -> Option<u32> {
        phrases::month(self.page, self.word(at)?)
    }

    /// A month and what follows it: its name, or a number with the word for it in front.
    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let named = self.name(at).map(|month| (month, at + 1));
        named.or_else(|| {
            let (month, digits) = self.number(at + 1)?;
            let fits = digits <= 2 && (1..=12).contains(&month) && self.is_of(at, Words::Mark);
            fits.then_some((month, at + 2))
        })
    }

    fn weekday(&self, at: usize) -> Option<u32> {
        phrases::weekday(self.page, self.word(at)?)
    }

    fn is_han(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.ends_with(is_han))
    }

    /// Whether a word is one of a kind in some language.
    fn is_of(&self, at: usize, kind: Words) -> bool {
        self.word(at).is_some_and(|word| phrases::any_has(self.page, kind, word))
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    fn skip_signs(&self, at: usize, signs: &[char]) -> usize {
        let skipped = self.tokens.iter().skip(at);
        at + skipped
            .take_while(|token| matches!(token.kind, Kind::Sign(sign) if signs.contains(&sign)))
            .count()
    }

    fn skip_fillers(&self, mut at: usize) -> usize {
        while self.is_of(at, Words::Filler) {
            at = self.skip_signs(at + 1, &STOPS);
        }
        at
    }
}

impl Found {
    fn on(self, weekday: u32) -> Self {
        Self { date: self.date.map(|date| Partial { weekday: Some(weekday), ..date }), ..self }
    }
}
