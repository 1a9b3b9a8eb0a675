//! Promises and timers in the page's own sentences.

use chrono::NaiveDate;

use super::{
    Commitment, Countdown, Start, WarningCode, countdown,
    date::{self, Reading},
    lower::lower,
    phrases::{self, Kind, Promise},
    reader::Reader,
    template::{Part, parts},
    text::{clean, is_letter, is_prefix, is_unspaced, rest_after, starts_with_ellipsis},
};
use crate::page::{Region, Strategy};

/// The promises of an order, each once. The same promise with two dates is kept twice, but not where nothing bounds the
/// order's part of the page: then one of them may be another order's, and the day on which money comes back counts.
pub(super) fn commitments(region: &Region, reader: &mut Reader) -> Vec<Commitment> {
    let mut found = in_lines(region.values("runs"), reader);
    let days = |found: &[Commitment]| found.iter().filter(|one| one.refund_day().is_some()).count();
    if (region.by.is_weak() || region.by == Strategy::Address) && days(&found) > 1 {
        found.retain(|one| one.refund_day().is_none());
        reader.warn(WarningCode::AmbiguousDate, "commitments", "");
    }
    found
}

/// The promises in lines of text, each once.
pub(super) fn in_lines<'a>(lines: impl Iterator<Item = &'a str>, reader: &mut Reader) -> Vec<Commitment> {
    let page = reader.page;
    let mut found: Vec<Commitment> = Vec::new();
    for clause in lines.flat_map(|line| clauses(&clean(line))) {
        let text = Text::new(&clause);
        for (template, promise) in phrases::languages(page).flat_map(phrases::Language::entries) {
            let holes = text.find(template, page);
            if let Some(commitment) = holes.and_then(|holes| commitment(promise, &holes, &clause, reader))
                && !found.iter().any(|known| known.same_promise(&commitment))
            {
                found.push(commitment);
            }
        }
    }
    found
}

/// The first time left that a known sentence states.
pub(super) fn timer<'a>(mut lines: impl Iterator<Item = &'a str>, page: Option<&str>) -> Option<Countdown> {
    lines.find_map(|line| {
        let text = Text::new(&clean(line));
        let mut timers = phrases::languages(page).flat_map(|language| language.words(Kind::Timer));
        timers.find_map(|template| text.find(template, page).and_then(|holes| holes.countdown))
    })
}

fn commitment(
    (promise, from): (Promise, Start),
    holes: &Holes,
    clause: &str,
    reader: &mut Reader,
) -> Option<Commitment> {
    let text = clause.to_owned();
    let mut day = || match holes.date? {
        Reading::Day(date) => Some(date),
        reading => {
            let nothing = reading == Reading::Absent;
            reader.no_day(if nothing { Reading::Unreadable } else { reading }, clause, "commitments");
            None
        }
    };
    Some(match promise {
        Promise::RefundIfNotDeliveredBefore => Commitment::RefundIfNotDeliveredBefore { date: day()?, text },
        Promise::CouponIfDelayed => Commitment::CouponIfDelayed { date: day()?, text },
        Promise::OpenDisputeWithin => Commitment::OpenDisputeWithin { days: holes.number?, from, text },
        Promise::ReturnWithin => Commitment::ReturnWithin { days: holes.number?, from, text },
    })
}

impl Commitment {
    /// Whether both say the same, in whatever words; the words of a coupon say how much it is.
    fn same_promise(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CouponIfDelayed { .. }, _) => self == other,
            _ => self.key() == other.key(),
        }
    }

    fn refund_day(&self) -> Option<NaiveDate> {
        match self {
            Self::RefundIfNotDeliveredBefore { date, .. } => Some(*date),
            _ => None,
        }
    }

    fn key(&self) -> (u8, Option<NaiveDate>, Option<(u32, Start)>) {
        match self {
            Self::RefundIfNotDeliveredBefore { date, .. } => (0, Some(*date), None),
            Self::CouponIfDelayed { date, .. } => (3, Some(*date), None),
            Self::OpenDisputeWithin { days, from, .. } => (1, None, Some((*days, *from))),
            Self::ReturnWithin { days, from, .. } => (2, None, Some((*days, *from))),
        }
    }
}

/// A line cut at its list marks and full stops. The shop leaves out the space after a full stop; a stop after the short
/// name of a month ends nothing.
fn clauses(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut clause = String::new();
    let mut rest = line.chars().peekable();
    while let Some(sign) = rest.next() {
        match sign {
            '·' | '•' | '|' | '。' | '؟' => out.push(std::mem::take(&mut clause)),
            '.' | '?' | '!' => {
                let word = clause.rsplit(|sign: char| !is_letter(sign)).next().unwrap_or_default();
                let is_name = date::is_name(word);
                clause.push(sign);
                let ahead: String = rest.clone().skip_while(|sign| *sign == ' ').take(20).collect();
                // A day with its full stop in front of the month: `4. September`.
                let next = ahead.split(|sign: char| !is_letter(sign)).next().unwrap_or_default();
                let ends = next.starts_with(char::is_uppercase) && !date::is_name(next);
                if !is_name && ends {
                    out.push(std::mem::take(&mut clause));
                }
            }
            _ => clause.push(sign),
        }
    }
    out.push(clause);
    out.into_iter().map(|clause| clause.trim().to_owned()).filter(|clause| !clause.is_empty()).collect()
}

/// What stood in the holes of a template.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Holes {
    date: Option<Reading>,
    number: Option<u32>,
    countdown: Option<Countdown>,
}

/// A text in which templates are looked for.
struct Text {
    chars: Vec<char>,
    folded: String,
}

impl Text {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), folded: lower(text) }
    }

    /// Looks for a template anywhere in the text where it begins at the start of a word. Scripts without spaces have no
    /// such starts, Hebrew and Arabic write small words together with the next.
    fn find(&self, template: &'static str, page: Option<&str>) -> Option<Holes> {
        let fixed = |part| matches!(part, Part::Fixed(text) if !self.folded.contains(text));
        if parts(template).any(fixed) {
            return None;
        }
        (0..self.chars.len()).find_map(|at| {
            let before = self.chars.get(..at)?;
            let inside = before
                .last()
                .is_some_and(|sign| sign.is_alphanumeric() && !is_unspaced(*sign) && !is_prefix(*sign));
            // A date that the page cut off in front.
            let cut = before.ends_with(&['…']) || before.ends_with(&['.', '.']);
            if inside || cut { None } else { matches(template, self.chars.get(at..)?, page) }
        })
    }
}

fn matches(template: &'static str, mut rest: &[char], page: Option<&str>) -> Option<Holes> {
    let mut holes = Holes::default();
    for part in parts(template) {
        let hole = !matches!(part, Part::Fixed(_));
        while let Some((sign, after)) = rest.split_first()
            && (*sign == ' ' || (hole && matches!(sign, ':' | '：')))
        {
            rest = after;
        }
        let text = |most: usize| rest.iter().take(most).collect::<String>();
        let taken = match part {
            Part::Fixed(fixed) => {
                let text = text(fixed.chars().count());
                text.chars().count() - rest_after(&text, fixed.trim_start())?.chars().count()
            }
            Part::N => {
                let digits: String = rest.iter().take_while(|sign| sign.is_ascii_digit()).collect();
                let cut = rest.get(digits.len()..).is_some_and(starts_with_ellipsis);
                holes.number = Some(digits.parse().ok().filter(|days| !cut && (1..=400).contains(days))?);
                digits.len()
            }
            Part::Date => {
                let (reading, taken) = date::read_start(&text(60), page);
                holes.date = Some(reading);
                taken
            }
            Part::Countdown => {
                let found = countdown::read_start(&text(80), page)?;
                let taken = found.text.chars().count();
                holes.countdown = Some(found);
                taken
            }
        };
        rest = rest.get(taken..)?;
    }
    Some(holes)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        order::WarningCode,
        page::{Field, Strategy},
    };

    fn read(line: &str) -> (Vec<Commitment>, Vec<WarningCode>) {
        let mut reader = Reader::new(DateTime::UNIX_EPOCH.date_naive(), Some("en"));
        let found = in_lines(std::iter::once(line), &mut reader);
        (found, reader.warnings.into_iter().map(|warning| warning.code).collect())
    }

    fn before(year: i32, month: u32, day: u32, text: &str) -> Commitment {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        Commitment::RefundIfNotDeliveredBefore { date, text: text.to_owned() }
    }

    #[test]
    fn two_days_of_a_refund_are_kept_in_the_orders_own_part_only() {
        for (by, expected) in [(Strategy::Class, 2), (Strategy::Place, 0), (Strategy::Address, 0)] {
            let lines =
                ["Refund if no delivery before Sep 4, 2026", "Refund if no delivery before Sep 9, 2026"];
            let values = lines.map(str::to_owned).to_vec();
            let fields = vec![Field { name: "runs".to_owned(), by: Strategy::Words, values }];
            let region = Region { name: "order".to_owned(), by, fields, regions: Vec::new() };
            let mut reader = Reader::new(NaiveDate::MIN, Some("en"));
            assert_eq!(commitments(&region, &mut reader).len(), expected);
            assert_eq!(reader.warnings.is_empty(), expected == 2);
        }
    }

    #[test]
    fn a_list_of_promises_is_cut_at_its_marks() {
        let line = "Apply for R$5 coupon code if delayed by Aug 3, 2026 · Refund if no delivery before Sep\u{a0}4, 2026 · Refund if items damaged";
        let date = NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
        let text = "Apply for R$5 coupon code if delayed by Aug 3, 2026".to_owned();
        let coupon = Commitment::CouponIfDelayed { date, text };
        let refund = before(2026, 9, 4, "Refund if no delivery before Sep 4, 2026");
        assert_eq!(read(line), (vec![coupon, refund], vec![]));
    }

    #[test]
    fn sentences_without_a_space_between_are_told_apart() {
        let line = "Order complete.If there are any problems, you can apply for a return/refund within 7 days of confirming receipt.If the item you received is defective or not as described, you can open a dispute within 90 days after order was placed.";
        let (found, warnings) = read(line);
        assert_eq!(warnings, []);
        assert_eq!(found, [
            Commitment::ReturnWithin {
                days: 7,
                from: Start::Confirmed,
                text: "If there are any problems, you can apply for a return/refund within 7 days of confirming receipt.".to_owned(),
            },
            Commitment::OpenDisputeWithin {
                days: 90,
                from: Start::Placed,
                text: "If the item you received is defective or not as described, you can open a dispute within 90 days after order was placed.".to_owned(),
            },
        ]);
    }

    #[test]
    fn a_stop_after_a_month_ends_nothing() {
        let line = "REFUND if no delivery before 4 Sep. 2026. Refund if package lost";
        assert_eq!(read(line).0, [before(2026, 9, 4, "REFUND if no delivery before 4 Sep. 2026.")]);
    }

    #[test]
    fn what_is_no_sure_promise_is_none() {
        for (line, warnings) in [
            ("Refund if no delivery before 03/04/2026", vec![WarningCode::AmbiguousDate]),
            ("Refund if no delivery before Sep 4", vec![WarningCode::AmbiguousDate]),
            ("Refund if no delivery before next week", vec![WarningCode::UnreadableDate]),
            ("open a dispute within 0 days after order was placed", vec![]),
            ("open a dispute within 90 days after you like", vec![]),
            ("Refund if items damaged", vec![]),
        ] {
            assert_eq!(read(line), (vec![], warnings), "{line}");
        }
    }

    #[test]
    fn a_date_in_front_is_read_whole_or_not_at_all() {
        let read = |line: &str| {
            let mut reader = Reader::new(DateTime::UNIX_EPOCH.date_naive(), Some("ko"));
            in_lines(std::iter::once(line), &mut reader)
        };
        let whole = "2026. 9. 14.까지 배송되지 않으면 환불";
        assert_eq!(read(whole), [before(2026, 9, 14, whole)]);
        for line in ["…14 Sep 2026까지 배송되지 않으면 환불", "...2026년 9월 4일까지 배송되지 않으면 환불"]
        {
            assert_eq!(read(line), [], "{line}");
        }
    }

    #[test]
    fn timers_are_known_by_their_words() {
        let text = |line| timer(std::iter::once(line), Some("en")).map(|found| found.text);
        assert_eq!(text("Your order will be closed in: 67 days 3 hours"), Some("67 days 3 hours".to_owned()));
        assert_eq!(text("Buyer Protection ends in 5 days 4 hours."), Some("5 days 4 hours".to_owned()));
        assert_eq!(text("Time left: 12:34:56"), Some("12:34:56".to_owned()));
        assert_eq!(text("Sale ends in 3 hours"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*", tail in "\\PC{0,20}") {
            let _ = read(&text);
            let _ = read(&format!("Refund if no delivery before {tail}"));
            let _ = read(&format!("Send it back within {tail} days after delivery"));
        }
    }
}
