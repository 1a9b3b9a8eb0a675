//! Times left, as pages write them.

use serde::Serialize;

use super::{
    lower::lower,
    phrases::{self, Kind},
    text::{clean, is_letter, is_prefix, is_unspaced, rest_after},
};

/// A time that the page shows as still left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Countdown {
    /// Milliseconds left when the page was read; less than a year and a day.
    pub ms: i64,
    /// The time as the page shows it.
    pub text: String,
}

/// The longest timer the platform has is far shorter; more is a misreading.
const LONGEST_SECONDS: i64 = 367 * 86_400;

/// The time at the start of a text: `5 days 4 hours`, `5d 4h 7m`, `5 days and 4 hours`, `2 days 12:34:56`, `12:34:56`. A
/// lone `12:34` can be hours or minutes and is not read; units must get smaller.
pub(super) fn read_start(text: &str, page: Option<&str>) -> Option<Countdown> {
    let text = clean(text);
    let mut seconds: i64 = 0;
    let mut smallest = i64::MAX;
    let mut rest = text.as_str();
    let mut taken = 0;
    loop {
        // A full stop may end an abbreviation.
        let start = after_joiner(if taken > 0 { rest.strip_prefix('.').unwrap_or(rest) } else { rest }, page);
        if let Some((value, after)) =
            number(start).filter(|(_, after)| after.starts_with(':')).and_then(|_| clock(start))
        {
            // A clock ends the time, after days at most.
            if smallest > 3600 && !is_cut(after) {
                seconds = seconds.checked_add(value)?;
                (smallest, rest) = (1, after);
                taken = text.len() - rest.len();
            }
            break;
        }
        let Some((value, unit, after)) = part(start, page) else { break };
        if unit >= smallest {
            return None;
        }
        seconds = seconds.checked_add(value)?;
        (smallest, rest) = (unit, after);
        taken = text.len() - rest.len();
    }
    let fits = smallest < i64::MAX && seconds <= LONGEST_SECONDS;
    fits.then(|| Countdown { ms: seconds * 1000, text: text.get(..taken).unwrap_or_default().to_owned() })
}

/// A number with its unit, or a word that says both: seconds, seconds of the unit, what follows.
fn part<'a>(text: &'a str, page: Option<&str>) -> Option<(i64, i64, &'a str)> {
    let Some((number, after)) = number(text) else {
        return phrases::counted(page).find_map(|(word, number, unit)| {
            let rest = rest_after(text, word).filter(|rest| !rest.starts_with(is_letter))?;
            Some((number * unit, unit, rest))
        });
    };
    let word_at = after.trim_start();
    let word = word_at.split(|sign: char| !is_letter(sign)).next().unwrap_or_default();
    let (unit, length) = unit(word, page)?;
    let rest = word_at.get(length..)?;
    // The sign of a Hebrew abbreviation.
    let after = rest.strip_prefix(['\'', '׳']).unwrap_or(rest);
    (!is_cut(after)).then_some((number.checked_mul(unit)?, unit, after))
}

/// Whether the page cut off what stands in front of this.
fn is_cut(after: &str) -> bool {
    after.starts_with('…') || after.starts_with("..")
}

/// The unit that a word is, or that it begins with where words are written together, and the length of its name.
fn unit(word: &str, page: Option<&str>) -> Option<(i64, usize)> {
    let whole = phrases::unit(page, &lower(word)).map(|unit| (unit, word.len()));
    whole.or_else(|| {
        let mut ends = word.char_indices().rev().filter(|_| word.starts_with(is_unspaced));
        ends.find_map(|(end, _)| Some((phrases::unit(page, word.get(..end)?)?, end)))
    })
}

/// What follows the words and signs in front of a part: `noch 5 Tage und 4 Stunden`.
fn after_joiner<'a>(text: &'a str, page: Option<&str>) -> &'a str {
    const BETWEEN: [char; 5] = [' ', ',', '،', '、', '&'];
    let start = text.trim_start_matches(BETWEEN);
    let joined = |word: &'static str| {
        rest_after(start, word).filter(|rest| !rest.starts_with(is_letter) || word.starts_with(is_prefix))
    };
    let mut joiners = phrases::languages(page).flat_map(|language| language.words(Kind::Joiner));
    joiners.find_map(joined).map_or(start, |rest| rest.trim_start_matches([' ', '-']))
}

/// The time of a text that holds nothing else.
pub(super) fn read(text: &str, page: Option<&str>) -> Option<Countdown> {
    let whole = clean(text);
    read_start(&whole, page).filter(|found| found.text == whole.trim_end_matches('.'))
}

/// A time left in milliseconds, as an attribute holds it.
pub(super) fn read_milliseconds(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|ms| (0..=LONGEST_SECONDS * 1000).contains(ms))
}

fn number(text: &str) -> Option<(i64, &str)> {
    let after = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = text.strip_suffix(after)?;
    if digits.len() > 6 { None } else { Some((digits.parse().ok()?, after)) }
}

/// `hh:mm:ss`.
fn clock(text: &str) -> Option<(i64, &str)> {
    let (hours, rest) = number(text)?;
    let (minutes, rest) = number(rest.strip_prefix(':')?)?;
    let (seconds, rest) = number(rest.strip_prefix(':')?)?;
    let fits = minutes < 60 && seconds < 60 && !rest.starts_with(':');
    fits.then_some((hours.checked_mul(3600)? + minutes * 60 + seconds, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_of_pages_are_read() {
        for (text, seconds) in [
            ("5 days 4 hours", 446_400),
            ("5d 4h 7m", 446_820),
            ("5 Days, 4 hours and 7 minutes", 446_820),
            ("12:34:56", 45296),
            ("2 days 12:34:56", 218_096),
            ("100:00:00", 360_000),
            ("23h", 82800),
        ] {
            let found = read(text, Some("en")).map(|found| found.ms);
            assert_eq!(found, Some(seconds * 1000), "{text}");
        }
        for text in [
            "",
            "12:34",
            "12:34:76",
            "4 hours 5 days",
            "5 days ago",
            "5",
            "5 parcels",
            "900 days",
            "5 hours 12:34:56",
            "5 days 4 ho…",
            "5 day…",
            "…5 days",
            "...5 days",
            "1.5 days",
            "12:34:56…",
            "5…",
        ] {
            assert_eq!(read(text, Some("en")), None, "{text}");
        }
        for (language, text, seconds) in [
            ("de", "noch 5 Tage 4 Stunden", Some(446_400)),
            ("vi", "còn 5 ngày 4 giờ", Some(446_400)),
            ("de", "5 Tage und 4 Std.", Some(446_400)),
            ("ru", "5 дней 4 часа", Some(446_400)),
            ("ru", "5 дн 4 ч", Some(446_400)),
            ("ko", "5일 4시간", Some(446_400)),
            ("ja", "5日4時間", Some(446_400)),
            ("ja", "5日と4時間", Some(446_400)),
            ("vi", "5 ngày 4 giờ", Some(446_400)),
            ("ar", "يومان و٤ ساعات", Some(187_200)),
            ("he", "יומיים ו-4 שעות", Some(187_200)),
            ("th", "5 วันและ4 ชั่วโมง", Some(446_400)),
            // One letter means a minute in Turkish and a day elsewhere.
            ("tr", "5d 4h", None),
            ("tr", "5 gün 4 saat", Some(446_400)),
        ] {
            let found = read(text, Some(language)).map(|found| found.ms / 1000);
            assert_eq!(found, seconds, "{text}");
        }
        let start = read_start("5 days 4 hours 8 parcels", Some("en")).map(|found| found.text);
        assert_eq!(start.as_deref(), Some("5 days 4 hours"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*", near in "([0-9]{1,9} ?(d|days|h|m|:|s)? ?){0,5}") {
            let _ = (read(&text, None), read_start(&near, None));
        }
    }
}
