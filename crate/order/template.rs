//! Templates of sentences: fixed words with holes for what varies.

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Fixed(&'static str),
    /// A date.
    Date,
    /// A whole number.
    N,
    /// A time left.
    Countdown,
}

/// The pieces of a template in which a control character stands for each hole, as the build writes them.
pub(super) fn parts(template: &'static str) -> Parts {
    Parts(template)
}

/// The pieces that are left.
pub(super) struct Parts(&'static str);

impl Iterator for Parts {
    type Item = Part;

    #[inline(never)]
    fn next(&mut self) -> Option<Part> {
        let end = self.0.find(|sign: char| sign < ' ').unwrap_or(self.0.len());
        let (piece, rest) = self.0.split_at_checked(end.max(1))?;
        self.0 = rest;
        Some(match piece {
            "\u{1}" => Part::Date,
            "\u{2}" => Part::N,
            "\u{3}" => Part::Countdown,
            fixed => Part::Fixed(fixed),
        })
    }
}

/// The longest fixed piece of a template: a line that may leave the page holds it.
pub(super) fn longest(template: &'static str) -> Option<&'static str> {
    let fixed = parts(template).filter_map(|part| match part {
        Part::Fixed(text) => Some(text.trim()),
        Part::Date | Part::N | Part::Countdown => None,
    });
    fixed.max_by_key(|text| text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_cut_at_its_holes() {
        let found: Vec<_> = parts("\u{1}までに \u{2}日\u{3}").collect();
        let expected = [Part::Date, Part::Fixed("までに "), Part::N, Part::Fixed("日"), Part::Countdown];
        assert_eq!(found, expected);
        assert_eq!(parts("").next(), None);
    }
}
