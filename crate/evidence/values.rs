//! Small validated values of a capture record.

use std::fmt;

use chrono::{FixedOffset, Offset as _};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// A value outside its range; the message names what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// See [`CaptureId`].
    #[error("a capture id is 1 to 64 letters, digits, hyphens or underscores")]
    CaptureId,
    /// See [`super::Sha256`].
    #[error("a digest is 64 lower-case hexadecimal digits")]
    Digest,
    /// See [`super::OneLine`].
    #[error("words are too long, or hold what no line can hold")]
    Line,
    /// See [`Part`].
    #[error("a part is written as its number and how many there are, such as 2/3")]
    Part,
    /// See [`PixelRatio`].
    #[error("a device pixel ratio lies between 0.01 and 100")]
    PixelRatio,
    /// See [`Signature`].
    #[error("a signature is 128 lower-case hexadecimal digits")]
    Signature,
    /// See [`UtcOffset`].
    #[error("an offset from UTC is less than 24 hours")]
    UtcOffset,
}

/// The id of a capture or an attachment: 1 to 64 ASCII letters, digits, hyphens or underscores.
///
/// It should be random (a UUID): it also keeps the [`super::ChainEvent`]'s order tag from being guessed wholesale.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaptureId(String);

impl CaptureId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CaptureId {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text))
        } else {
            Err(ValueError::CaptureId)
        }
    }
}

impl From<CaptureId> for String {
    fn from(id: CaptureId) -> Self {
        id.0
    }
}

impl fmt::Display for CaptureId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Device pixels per CSS pixel (`window.devicePixelRatio`), 0.01 to 100.
///
/// In this range Rust and JavaScript write the same shortest decimal, without an exponent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct PixelRatio(f64);

impl TryFrom<f64> for PixelRatio {
    type Error = ValueError;

    fn try_from(ratio: f64) -> Result<Self, ValueError> {
        if (0.01..=100.0).contains(&ratio) { Ok(Self(ratio)) } else { Err(ValueError::PixelRatio) }
    }
}

impl From<PixelRatio> for f64 {
    fn from(ratio: PixelRatio) -> Self {
        ratio.0
    }
}

impl fmt::Display for PixelRatio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// A part of something that is kept in several, `2/3`: the number of the part, from 1, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Part {
    number: u32,
    of: u32,
}

impl TryFrom<String> for Part {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        let (number, of) = text.split_once('/').ok_or(ValueError::Part)?;
        let read = |text: &str| text.parse::<u32>().map_err(|_| ValueError::Part);
        let part = Self { number: read(number)?, of: read(of)? };
        // One way of writing only: `02/3` would have another digest.
        let is_part = part.number >= 1 && part.number <= part.of && part.to_string() == text;
        if is_part { Ok(part) } else { Err(ValueError::Part) }
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.number, self.of)
    }
}

/// An ECDSA signature on P-256 with SHA-256, as the browser gives it: r and s, 32 bytes each, written as 128 lower-case
/// hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signature(String);

impl Signature {
    /// r and s.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let (pairs, _) = self.0.as_bytes().as_chunks::<2>();
        let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        pairs.iter().map(byte).collect()
    }
}

impl TryFrom<String> for Signature {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 128 && text.bytes().all(is_digit) {
            Ok(Self(text))
        } else {
            Err(ValueError::Signature)
        }
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        signature.0
    }
}

/// How far local time is ahead of UTC, in minutes, east positive: the negative of `Date.getTimezoneOffset()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct UtcOffset(FixedOffset);

impl UtcOffset {
    /// The same as chrono's type.
    pub fn fixed(self) -> FixedOffset {
        self.0
    }
}

impl TryFrom<i32> for UtcOffset {
    type Error = ValueError;

    fn try_from(minutes: i32) -> Result<Self, ValueError> {
        let seconds = minutes.checked_mul(60).ok_or(ValueError::UtcOffset)?;
        FixedOffset::east_opt(seconds).map(Self).ok_or(ValueError::UtcOffset)
    }
}

impl From<UtcOffset> for i32 {
    fn from(offset: UtcOffset) -> Self {
        offset.0.fix().local_minus_utc() / 60
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", i32::from(*self))
    }
}

/// Reads a whole number that JavaScript can hold exactly: 0 to 2^53 - 1.
pub(super) fn safe_integer<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    const LARGEST: u64 = (1 << 53) - 1;
    let number = u64::deserialize(input)?;
    if number <= LARGEST { Ok(number) } else { Err(D::Error::custom("a number is larger than 2^53 - 1")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_their_range_are_refused() {
        for id in ["", "a b", "../a", "é", &"a".repeat(65)] {
            assert_eq!(CaptureId::try_from(id.to_owned()), Err(ValueError::CaptureId), "{id}");
        }
        for ratio in [0.0, -1.0, 101.0, f64::NAN, f64::INFINITY] {
            assert_eq!(PixelRatio::try_from(ratio), Err(ValueError::PixelRatio), "{ratio}");
        }
        for minutes in [1440, -1440, i32::MIN, i32::MAX] {
            assert_eq!(UtcOffset::try_from(minutes), Err(ValueError::UtcOffset), "{minutes}");
        }
    }

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (ratio, text) in
            [(1.0, "1"), (1.25, "1.25"), (1.100_000_023_841_858, "1.100000023841858"), (0.01, "0.01")]
        {
            assert_eq!(PixelRatio::try_from(ratio).unwrap().to_string(), text);
        }
        assert_eq!(UtcOffset::try_from(-210).unwrap().to_string(), "-210");
    }
}
