//! Ranges of dates: `Sep 21 - 26`, `24.04. – 14.05.2026`, `2026年7月15日～20日`.

use super::{Found, Grammar, Partial, STOPS, Unclear, Words};
use crate::order::token::Kind;

/// The two ends of a range of dates.
type Ends = (Result<Partial, Unclear>, Result<Partial, Unclear>);

impl Grammar<'_> {
    pub(in crate::order) fn first_range(&self) -> Option<Ends> {
        (0..self.tokens.len()).find_map(|at| self.range(at))
    }

    fn range(&self, at: usize) -> Option<Ends> {
        let first = self.date(at).or_else(|| self.pair(at)).or_else(|| {
            let date = Partial { year: None, month: None, day: self.day(at)?, weekday: None };
            Some(Found { date: Ok(date), next: at + 1 })
        })?;
        let dash_at = self.skip_fillers(self.skip_signs(first.next, &STOPS));
        let dash = self.sign(dash_at).is_some_and(|sign| matches!(sign, '-' | '–' | '—' | '~' | '～' | '〜'));
        if !dash && !self.is_of(dash_at, Words::Until) {
            return None;
        }
        if self.kind(dash_at + 1) == Some(&Kind::Cut) {
            return Some((first.date, Err(Unclear)));
        }
        let second = self.date(dash_at + 1).or_else(|| {
            let day = self.day(dash_at + 1)?;
            let marked = self.is_word(dash_at + 2, &["일", "日"]);
            let year_at = self.skip_signs(dash_at + 2 + usize::from(marked), &[',']);
            let date = Partial { year: self.year(year_at), month: None, day, weekday: None };
            Some(Found { date: Ok(date), next: year_at })
        })?;
        let months = [first.date, second.date].iter().any(|date| date.is_ok_and(|date| date.month.is_some()));
        (months || first.date.is_err() || second.date.is_err()).then_some((first.date, second.date))
    }

    /// `24.04.` in front of a date with a year.
    fn pair(&self, at: usize) -> Option<Found> {
        let (first, _) = self.number(at)?;
        let (second, _) = self.number(at + 2).filter(|_| self.sign(at + 1) == Some('.'))?;
        let date = match (first, second) {
            (13..=31, 1..=12) => Ok(Partial { year: None, month: Some(second), day: first, weekday: None }),
            (1..=12, 1..=31) => Err(Unclear),
            _ => return None,
        };
        Some(Found { date, next: at + 3 })
    }
}
