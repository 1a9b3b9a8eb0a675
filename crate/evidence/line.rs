//! A line of the user's own words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ValueError;

/// Words on one line: 1 to `MOST` characters, none of which controls a screen or turns the direction of writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OneLine<const MOST: usize>(String);

fn is_control(one: char) -> bool {
    one.is_control()
        || matches!(one, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl<const MOST: usize> OneLine<MOST> {
    /// These words with the replacement character in the place of what no line can hold, cut where they are too long. None
    /// where nothing is said.
    pub fn of(text: &str) -> Option<Self> {
        let plain =
            text.trim().chars().map(|one| if is_control(one) { char::REPLACEMENT_CHARACTER } else { one });
        Self::try_from(plain.take(MOST).collect::<String>()).ok()
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> TryFrom<String> for OneLine<MOST> {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        if (1..=MOST).contains(&text.chars().count()) && !text.contains(is_control) {
            Ok(Self(text))
        } else {
            Err(ValueError::Line)
        }
    }
}

impl<const MOST: usize> From<OneLine<MOST>> for String {
    fn from(line: OneLine<MOST>) -> Self {
        line.0
    }
}

impl<const MOST: usize> fmt::Display for OneLine<MOST> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Line = OneLine<8>;

    #[test]
    fn what_no_line_can_hold_is_refused() {
        for text in ["", "a\nb", "a\u{1b}[2J", "a\u{202e}gpj", "123456789"] {
            assert_eq!(Line::try_from(text.to_owned()), Err(ValueError::Line), "{text:?}");
        }
        assert_eq!(Line::try_from("фото 1 é".to_owned()).unwrap().as_str(), "фото 1 é");
    }

    #[test]
    fn any_words_are_made_to_fit() {
        for (text, line) in [
            ("  IMG 1 ", Some("IMG 1")),
            ("a\nb", Some("a\u{fffd}b")),
            ("a\u{202e}gpj", Some("a\u{fffd}gpj")),
            ("123456789", Some("12345678")),
            (" \n ", None),
        ] {
            assert_eq!(Line::of(text).as_ref().map(OneLine::as_str), line, "{text:?}");
        }
    }
}
