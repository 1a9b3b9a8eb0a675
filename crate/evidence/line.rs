//! A line of the user's own words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ValueError;

/// The most characters of a line.
const MOST: usize = 500;

/// Words on one line: 1 to 500 characters, none of which controls a screen or turns the direction of writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OneLine(String);

fn is_control(one: char) -> bool {
    one.is_control()
        || matches!(one, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl OneLine {
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

impl TryFrom<String> for OneLine {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        if (1..=MOST).contains(&text.chars().count()) && !text.contains(is_control) {
            Ok(Self(text))
        } else {
            Err(ValueError::Line)
        }
    }
}

impl From<OneLine> for String {
    fn from(line: OneLine) -> Self {
        line.0
    }
}

impl fmt::Display for OneLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_line_can_hold_is_refused() {
        for text in ["", "a\nb", "a\u{1b}[2J", "a\u{202e}gpj", &"a".repeat(501)] {
            assert_eq!(OneLine::try_from(text.to_owned()), Err(ValueError::Line), "{text:?}");
        }
        assert_eq!(OneLine::try_from("фото 1 é".to_owned()).unwrap().as_str(), "фото 1 é");
    }

    #[test]
    fn any_words_are_made_to_fit() {
        for (text, line) in [
            ("  IMG 1 ", Some("IMG 1")),
            ("a\nb", Some("a\u{fffd}b")),
            ("a\u{202e}gpj", Some("a\u{fffd}gpj")),
            (" \n ", None),
        ] {
            assert_eq!(OneLine::of(text).as_ref().map(OneLine::as_str), line, "{text:?}");
        }
        assert_eq!(OneLine::of(&"a".repeat(501)).unwrap().as_str().len(), 500);
    }
}
