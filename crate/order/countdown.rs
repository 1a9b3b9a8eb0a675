//! Times left, as pages write them.

use serde::Serialize;

use super::{phrases, text::clean};

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

/// The time at the start of a text: `5 days 4 hours`, `5d 4h 7m`, `2 days 12:34:56`, `12:34:56`. A lone `12:34` can be
/// hours or minutes and is not read; units must get smaller.
pub(super) fn read_start(text: &str, page: Option<&str>) -> Option<Countdown> {
    let text = clean(text);
    let mut seconds: i64 = 0;
    let mut smallest = i64::MAX;
    let mut rest = text.as_str();
    let mut taken = 0;
    loop {
        let start = rest.trim_start_matches([' ', ',', '&']);
        let start = phrase_and(start);
        let Some((number, after)) = number(start) else { break };
        if after.starts_with(':') {
            // A clock ends the time, after days at most.
            let clock = clock(start).filter(|_| smallest > 3600);
            if let Some((value, after)) = clock {
                seconds = seconds.checked_add(value)?;
                (smallest, rest) = (1, after);
                taken = text.len() - rest.len();
            }
            break;
        }
        let word_at = after.trim_start();
        let word = word_at.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
        let Some(unit) = phrases::meaning(page, |language| language.units, &word.to_lowercase()) else {
            break;
        };
        if unit >= smallest {
            return None;
        }
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        smallest = unit;
        rest = word_at.strip_prefix(word)?;
        taken = text.len() - rest.len();
    }
    let fits = smallest < i64::MAX && seconds <= LONGEST_SECONDS;
    fits.then(|| Countdown { ms: seconds * 1000, text: text.get(..taken).unwrap_or_default().to_owned() })
}

/// The time of a text that holds nothing else.
pub(super) fn read(text: &str, page: Option<&str>) -> Option<Countdown> {
    let whole = clean(text);
    read_start(&whole, page).filter(|found| found.text == whole)
}

/// A time left in milliseconds, as an attribute holds it.
pub(super) fn read_milliseconds(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|ms| (0..=LONGEST_SECONDS * 1000).contains(ms))
}

fn phrase_and(text: &str) -> &str {
    text.strip_prefix("and ").unwrap_or(text)
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
        ] {
            assert_eq!(read(text, Some("en")), None, "{text}");
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
