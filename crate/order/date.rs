//! Civil dates as pages write them. What can be read in two ways is not read.

use chrono::{Datelike, NaiveDate};

use super::{phrases, text::clean};

/// What a text says about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A whole date.
    Day(NaiveDate),
    /// A date whose year is left out.
    NoYear(Partial),
    /// Day and month, or the year, can be read in two ways.
    Ambiguous,
    /// Something stands there, but no date that is known.
    Unreadable,
    /// Nothing stands there.
    Absent,
}

/// A date whose year, or in a range whose month, is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: u32,
    /// Monday 1 to Sunday 7.
    pub(super) weekday: Option<u32>,
}

/// The years a page can be about: the shop opened in 2010; a far year is a misreading.
const YEARS: std::ops::RangeInclusive<i32> = 2010..=2099;

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

/// The first date in a text.
pub(super) fn read(text: &str, page: Option<&str>) -> Reading {
    let text = clean(text);
    let tokens = tokens(&text);
    let reader = Reader { tokens: &tokens, page };
    match (0..tokens.len()).find_map(|at| reader.date(at)) {
        Some(found) => found.reading(),
        None if tokens.iter().any(|token| matches!(token.kind, Kind::Number { .. })) => Reading::Unreadable,
        None => Reading::Absent,
    }
}

/// A date at the very beginning of a text, and how many of its characters it takes.
pub(super) fn read_start(text: &str, page: Option<&str>) -> (Reading, usize) {
    let tokens = tokens(text);
    match (Reader { tokens: &tokens, page }).date(0) {
        Some(found) => (found.reading(), tokens.get(found.next.wrapping_sub(1)).map_or(0, |token| token.end)),
        None => (Reading::Unreadable, 0),
    }
}

/// The first range of dates in a text; one date is a range of one day. What the ends leave out they share:
/// `Sep 21 - 26`, `24 - 26 Sep 2026`, `Dec 28 - Jan 3, 2027`.
pub(super) fn read_range(text: &str, page: Option<&str>) -> (Reading, Reading) {
    let text = clean(text);
    let tokens = tokens(&text);
    let reader = Reader { tokens: &tokens, page };
    let both = (0..tokens.len()).find_map(|at| reader.range(at));
    let Some((first, second)) = both else {
        let one = read(&text, page);
        return (one, one);
    };
    let (Ok(mut first), Ok(mut second)) = (first, second) else {
        return (Reading::Ambiguous, Reading::Ambiguous);
    };
    first.month = first.month.or(second.month);
    second.month = second.month.or(first.month);
    if first.year.is_none() {
        first.year = second.year.map(|year| year - i32::from(first.month > second.month));
    } else if second.year.is_none() {
        second.year = first.year.map(|year| year + i32::from(first.month > second.month));
    }
    (first.reading(), second.reading())
}

impl Partial {
    /// The date in a year.
    pub(super) fn in_year(self, year: i32) -> Option<NaiveDate> {
        let day = NaiveDate::from_ymd_opt(year, self.month?, self.day)?;
        let fits = self.weekday.is_none_or(|weekday| weekday == day.weekday().number_from_monday());
        fits.then_some(day)
    }

    fn reading(self) -> Reading {
        let (Some(month), year) = (self.month, self.year) else { return Reading::Unreadable };
        match year {
            // 2024 is a leap year: any day that exists in some year exists in it.
            None if NaiveDate::from_ymd_opt(2024, month, self.day).is_none() => Reading::Unreadable,
            None => Reading::NoYear(self),
            Some(year) if !YEARS.contains(&year) => Reading::Unreadable,
            Some(year) => {
                NaiveDate::from_ymd_opt(year, month, self.day).map_or(Reading::Unreadable, Reading::Day)
            }
        }
    }
}

/// A date in the tokens: `Err` where it is ambiguous.
#[derive(Debug, Clone, Copy)]
struct Found {
    date: Result<Partial, ()>,
    /// The first token after it.
    next: usize,
}

impl Found {
    fn reading(self) -> Reading {
        self.date.map_or(Reading::Ambiguous, Partial::reading)
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    page: Option<&'a str>,
}

impl Reader<'_> {
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
            (1..=2, 1..=2, 2 | 4) => found(Err(())),
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
        Some(Found { date: if unclear { Err(()) } else { Ok(date) }, next })
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
            Some(_) => Some(Found { date: Err(()), next: after + 1 }),
            None => Some(Found {
                date: Ok(Partial { year: None, month: Some(month), day, weekday: None }),
                next: month_at + 1,
            }),
        }
    }

    fn range(&self, at: usize) -> Option<(Result<Partial, ()>, Result<Partial, ()>)> {
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

/// Whether a word is the name of a month or a weekday in some language: a full stop after it ends no sentence.
pub(super) fn is_name(word: &str) -> bool {
    let word = word.to_lowercase();
    phrases::languages(None)
        .any(|language| language.months.iter().chain(language.weekdays).any(|(name, _)| *name == word))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Reading {
        Reading::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    fn no_year(month: u32, day: u32, weekday: Option<u32>) -> Reading {
        Reading::NoYear(Partial { year: None, month: Some(month), day, weekday })
    }

    #[test]
    fn dates_of_pages_are_read() {
        for (text, expected) in [
            ("Jul 15, 2026", day(2026, 7, 15)),
            ("Date: Sep\u{a0}1, 2026", day(2026, 9, 1)),
            ("15 Jul, 2026", day(2026, 7, 15)),
            ("Order placed on: 6 Sep, 2026", day(2026, 9, 6)),
            ("on:2026-09-06", day(2026, 9, 6)),
            ("06:12 Jan. 05 2018", day(2018, 1, 5)),
            ("September 4th, 2026", day(2026, 9, 4)),
            ("4th of September 2026", day(2026, 9, 4)),
            ("2026-03-05 10:20:30", day(2026, 3, 5)),
            ("2026년 5월 21일", day(2026, 5, 21)),
            ("2026年5月21日", day(2026, 5, 21)),
            ("Tue, Jul 28, 2026 18:39", day(2026, 7, 28)),
            ("14-Jan-2025", day(2025, 1, 14)),
            ("13/04/2026", day(2026, 4, 13)),
            ("04/13/2026", day(2026, 4, 13)),
            ("04/04/2026", day(2026, 4, 4)),
            ("2026.7.5", day(2026, 7, 5)),
            ("Tue | Jul. 28 18:39", no_year(7, 28, Some(2))),
            ("28 Jul 18:39", no_year(7, 28, None)),
            ("7월 15일", no_year(7, 15, None)),
            ("03/04/2026", Reading::Ambiguous),
            ("03.04.26", Reading::Ambiguous),
            ("13/04/26", Reading::Ambiguous),
            ("28 Jul 26", Reading::Ambiguous),
            ("Sep 4, 26", Reading::Ambiguous),
            ("Feb 30, 2026", Reading::Unreadable),
            ("Feb 30", Reading::Unreadable),
            ("14 zzz, 2025", Reading::Unreadable),
            ("Jul 15, 1926", Reading::Unreadable),
            ("soon, 2026", Reading::Unreadable),
            ("8200000000000001", Reading::Unreadable),
            ("", Reading::Absent),
            ("—", Reading::Absent),
        ] {
            assert_eq!(read(text, Some("en")), expected, "{text}");
        }
    }

    #[test]
    fn ranges_share_what_they_leave_out() {
        for (text, from, to) in [
            ("Sep 21 - 26", no_year(9, 21, None), no_year(9, 26, None)),
            ("Delivery: Apr. 24 - May. 14", no_year(4, 24, None), no_year(5, 14, None)),
            ("Aug 3 – Aug 10, 2026", day(2026, 8, 3), day(2026, 8, 10)),
            ("Dec 28 - Jan 3, 2027", day(2026, 12, 28), day(2027, 1, 3)),
            ("Dec 28, 2026 - Jan 3", day(2026, 12, 28), day(2027, 1, 3)),
            ("24 - 26 Sep 2026", day(2026, 9, 24), day(2026, 9, 26)),
            ("Sep 24 - 26, 2026", day(2026, 9, 24), day(2026, 9, 26)),
            ("Estimated delivery date: Aug 3, 2026", day(2026, 8, 3), day(2026, 8, 3)),
            ("2-5 days", Reading::Unreadable, Reading::Unreadable),
            ("03/04/2026 - 13/04/2026", Reading::Ambiguous, Reading::Ambiguous),
        ] {
            assert_eq!(read_range(text, Some("en")), (from, to), "{text}");
        }
    }

    #[test]
    fn a_date_at_the_start_says_how_long_it_is() {
        assert_eq!(read_start("Sep 4, 2026 · Refund", None), (day(2026, 9, 4), 11));
        assert_eq!(read_start("by Sep 4, 2026", None).0, Reading::Unreadable);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*", near in "[0-9 ,.:/|-]{0,12}(Jan|mai|월|일|de|th|Sun)?[0-9 ,.:/|-]{0,12}") {
            let _ = (read(&text, None), read_range(&text, Some("en")), read_start(&text, None));
            let _ = (read(&near, None), read_range(&near, Some("en")), read_start(&near, None));
        }

        #[test]
        fn a_written_date_is_read_back(number in 734_000_i32..=766_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(number).unwrap();
            for form in ["%b %-d, %Y", "%-d %B, %Y", "%H:%M %b. %d %Y", "%Y-%m-%d", "%Y년 %-m월 %-d일", "%a, %b %-d, %Y", "Until %-d. %B %Y!"] {
                let text = date.and_hms_opt(6, 12, 0).unwrap().format(form).to_string();
                prop_assert_eq!(read(&text, Some("en")), Reading::Day(date), "{}", text);
            }
        }
    }
}
