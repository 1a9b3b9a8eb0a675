//! The plain text over which digests are taken. Its rules stand in the documentation of [`super`].

use std::fmt::{Display, Write as _};

use super::Sha256;

/// A canonical text that grows line by line.
pub(super) struct CanonicalText(String);

impl CanonicalText {
    /// Starts a text of this kind, version 1.
    pub(super) fn new(kind: &str) -> Self {
        Self(String::new()).line(kind, 1)
    }

    /// Adds a field.
    pub(super) fn line(mut self, key: &str, value: impl Display) -> Self {
        self.0.push_str(key);
        self.0.push('=');
        // Writing into a String cannot fail.
        let _ = write!(Escaped(&mut self.0), "{value}");
        self.0.push('\n');
        self
    }

    /// Adds a field that may have no value, and then has no line.
    pub(super) fn optional(self, key: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.line(key, value),
            None => self,
        }
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    pub(super) fn digest(self) -> Sha256 {
        Sha256::of(self.0)
    }
}

/// Keeps a value on its line.
struct Escaped<'a>(&'a mut String);

impl std::fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for character in text.chars() {
            match character {
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                other => self.0.push(other),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_on_its_line() {
        let text = CanonicalText::new("sample").line("a", "x\ny\\n\rz=é").line("b", "").into_string();
        assert_eq!(text, "sample=1\na=x\\ny\\\\n\\rz=é\nb=\n");
    }

    #[test]
    fn no_value_and_an_empty_value_differ() {
        let none = CanonicalText::new("sample").optional("a", None::<&str>).digest();
        let empty = CanonicalText::new("sample").optional("a", Some("")).digest();
        assert_ne!(none, empty);
    }

    proptest::proptest! {
        #[test]
        fn two_values_never_share_a_text(a in "[a\\\\\n\r=]{0,6}", b in "[a\\\\\n\r=]{0,6}") {
            let text = |value: &str| CanonicalText::new("sample").line("a", value).into_string();
            proptest::prop_assert_eq!(a == b, text(&a) == text(&b));
            proptest::prop_assert_eq!(text(&a).lines().count(), 2);
        }
    }
}
