//! A SHA-256 digest as a type of its own.

use std::{
    fmt::{self, Write as _},
    str::FromStr,
};

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::ValueError;

/// A SHA-256 digest; written as exactly 64 lower-case hexadecimal digits, and read from nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// What stands in the place of a predecessor where there is none: 64 zeros.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`. Pictures are digested by the browser, which is faster, and arrive as text.
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// A digest that was computed elsewhere.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sha256({self})")
    }
}

impl FromStr for Sha256 {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(ValueError::Digest);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = hex_digit(*high)? << 4 | hex_digit(*low)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Sha256 {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Sha256> for String {
    fn from(digest: Sha256) -> Self {
        let mut text = Self::with_capacity(64);
        // Writing into a String cannot fail.
        let _ = write!(text, "{digest}");
        text
    }
}

fn hex_digit(digit: u8) -> Result<u8, ValueError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(ValueError::Digest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-2, appendix B.1.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn digests_as_the_standard_says() {
        assert_eq!(Sha256::of("abc").to_string(), ABC);
        assert_eq!(ABC.parse(), Ok(Sha256::of("abc")));
    }

    #[test]
    fn reads_only_64_lower_case_digits() {
        let upper = ABC.to_uppercase();
        let plus = format!("+{}", ABC.split_at(1).1);
        for text in ["", "ba78", &upper, &plus, &format!("{ABC}0"), &format!("{ABC}00"), &"é".repeat(32)] {
            assert_eq!(text.parse::<Sha256>(), Err(ValueError::Digest), "{text}");
        }
    }
}
