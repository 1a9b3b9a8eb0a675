//! Civil dates as pages write them. What can be read in two ways is not read.

use chrono::{Datelike, NaiveDate};

use super::{
    grammar::{Grammar, Unclear},
    lower::lower,
    phrases::{self, Kind},
    text::clean,
};

/// What a text says about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A whole date.
    Day(NaiveDate),
    /// A date whose year is left out.
    NoYear(Partial),
    /// Day and month, or the year, can be read in two ways.
    Ambiguous,
    /// Something stands there, but no date that is known.
    Unreadable,
    /// Nothing stands there.
    Absent,
}

/// A date whose year, or in a range whose month, is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: u32,
    /// Monday 1 to Sunday 7.
    pub(super) weekday: Option<u32>,
}

/// The years a page can be about: the shop opened in 2010; a far year is a misreading.
const YEARS: std::ops::RangeInclusive<i32> = 2010..=2099;

/// The first date in a text.
pub(super) fn read(text: &str, page: Option<&str>) -> Reading {
    let grammar = Grammar::new(&clean(text), page);
    match grammar.first() {
        Some(found) => reading(found.date),
        // The collector writes `#` for a number of which it may say no more.
        None if grammar.has_number() || text.contains('#') => Reading::Unreadable,
        None => Reading::Absent,
    }
}

/// A date at the very beginning of a text, and how many of its characters it takes.
pub(super) fn read_start(text: &str, page: Option<&str>) -> (Reading, usize) {
    let grammar = Grammar::new(text, page);
    let found = grammar.at_start();
    found.map_or((Reading::Unreadable, 0), |found| (reading(found.date), grammar.length(found)))
}

/// The first range of dates in a text; one date is a range of one day. What the ends leave out they share:
/// `Sep 21 - 26`, `24 - 26 Sep 2026`, `Dec 28 - Jan 3, 2027`.
pub(super) fn read_range(text: &str, page: Option<&str>) -> (Reading, Reading) {
    let both = Grammar::new(&clean(text), page).first_range();
    let Some((first, second)) = both else {
        let one = read(text, page);
        return (one, one);
    };
    let (Ok(mut first), Ok(mut second)) = (first, second) else {
        return (Reading::Ambiguous, Reading::Ambiguous);
    };
    first.month = first.month.or(second.month);
    second.month = second.month.or(first.month);
    if first.year.is_none() {
        first.year = second.year.map(|year| year - i32::from(first.month > second.month));
    } else if second.year.is_none() {
        second.year = first.year.map(|year| year + i32::from(first.month > second.month));
    }
    (first.reading(), second.reading())
}

fn reading(date: Result<Partial, Unclear>) -> Reading {
    date.map_or(Reading::Ambiguous, Partial::reading)
}

impl Partial {
    /// The date in a year.
    pub(super) fn in_year(self, year: i32) -> Option<NaiveDate> {
        let day = NaiveDate::from_ymd_opt(year, self.month?, self.day)?;
        let fits = self.weekday.is_none_or(|weekday| weekday == day.weekday().number_from_monday());
        fits.then_some(day)
    }

    fn reading(self) -> Reading {
        let (Some(month), year) = (self.month, self.year) else { return Reading::Unreadable };
        match year {
            // 2024 is a leap year: any day that exists in some year exists in it.
            None if NaiveDate::from_ymd_opt(2024, month, self.day).is_none() => Reading::Unreadable,
            None => Reading::NoYear(self),
            Some(year) if !YEARS.contains(&year) => Reading::Unreadable,
            // A weekday that does not fit says that something was misread.
            Some(year) => self.in_year(year).map_or(Reading::Unreadable, Reading::Day),
        }
    }
}

/// Whether a word is the name of a month or a weekday in some language: a full stop after it ends no sentence.
pub(super) fn is_name(word: &str) -> bool {
    let word = lower(word);
    [Kind::Month, Kind::Weekday].into_iter().any(|kind| phrases::any_has(None, kind, &word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Reading {
        Reading::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    fn no_year(month: u32, day: u32, weekday: Option<u32>) -> Reading {
        Reading::NoYear(Partial { year: None, month: Some(month), day, weekday })
    }

    #[test]
    fn dates_of_pages_are_read() {
        for (text, expected) in [
            ("Jul 15, 2026", day(2026, 7, 15)),
            ("Date: Sep\u{a0}1, 2026", day(2026, 9, 1)),
            ("15 Jul, 2026", day(2026, 7, 15)),
            ("Order placed on: 6 Sep, 2026", day(2026, 9, 6)),
            ("on:2026-09-06", day(2026, 9, 6)),
            ("06:12 Jan. 05 2018", day(2018, 1, 5)),
            ("September 4th, 2026", day(2026, 9, 4)),
            ("4th of September 2026", day(2026, 9, 4)),
            ("2026-03-05 10:20:30", day(2026, 3, 5)),
            ("2026년 5월 21일", day(2026, 5, 21)),
            ("2026年5月21日", day(2026, 5, 21)),
            ("Tue, Jul 28, 2026 18:39", day(2026, 7, 28)),
            ("14-Jan-2025", day(2025, 1, 14)),
            ("13/04/2026", day(2026, 4, 13)),
            ("04/13/2026", day(2026, 4, 13)),
            ("04/04/2026", day(2026, 4, 4)),
            ("2026.7.5", day(2026, 7, 5)),
            ("Tue | Jul. 28 18:39", no_year(7, 28, Some(2))),
            ("28 Jul 18:39", no_year(7, 28, None)),
            ("7월 15일", no_year(7, 15, None)),
            ("Sep 14, 20…", Reading::Ambiguous),
            ("Sep 14, 20...", Reading::Ambiguous),
            ("Sep 14, 2026…", Reading::Ambiguous),
            ("Sep 14, …", Reading::Ambiguous),
            ("Sep 1…", Reading::Unreadable),
            ("14 Sep 202…", Reading::Ambiguous),
            ("14 Se…", Reading::Unreadable),
            ("…4 Sep 2026", Reading::Unreadable),
            ("2026-09-0…", Reading::Unreadable),
            ("03/04/2026", Reading::Ambiguous),
            ("03.04.26", Reading::Ambiguous),
            ("13/04/26", Reading::Ambiguous),
            ("28 Jul 26", Reading::Ambiguous),
            ("Sep 4, 26", Reading::Ambiguous),
            ("Feb 30, 2026", Reading::Unreadable),
            ("Feb 30", Reading::Unreadable),
            ("Mon, Jul 28, 2026", Reading::Unreadable),
            ("14 zzz, 2025", Reading::Unreadable),
            ("Jul 15, 1926", Reading::Unreadable),
            ("soon, 2026", Reading::Unreadable),
            ("8200000000000001", Reading::Unreadable),
            ("", Reading::Absent),
            ("—", Reading::Absent),
        ] {
            assert_eq!(read(text, Some("en")), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_the_language_of_the_page() {
        for (page, text, expected) in [
            ("es", "14 ene, 2025", day(2025, 1, 14)),
            ("es", "10 jul, 2019", day(2019, 7, 10)),
            ("es", "15 de julio de 2026", day(2026, 7, 15)),
            ("es", "mar 3, 2026", day(2026, 3, 3)),
            ("pt", "24 nov, 2023", day(2023, 11, 24)),
            ("pt", "15 de jul. de 2026", day(2026, 7, 15)),
            ("pt", "1º de julho de 2026", day(2026, 7, 1)),
            ("fr", "1er juillet 2026", day(2026, 7, 1)),
            ("de", "15. Juli 2026", day(2026, 7, 15)),
            ("de", "am 4. Jän. 2026", day(2026, 1, 4)),
            ("pl", "21 lut 2026", day(2026, 2, 21)),
            ("pl", "4 lis 2026", day(2026, 11, 4)),
            ("ru", "15 июл. 2026 г.", day(2026, 7, 15)),
            ("ru", "12 марта", no_year(3, 12, None)),
            ("uk", "15 лип. 2026 р.", day(2026, 7, 15)),
            ("tr", "15 Temmuz 2026 Çarşamba", day(2026, 7, 15)),
            ("tr", "15 Temmuz 2026 Salı", Reading::Unreadable),
            ("ko", "2026년 7월 15일 (수)", day(2026, 7, 15)),
            ("ko", "2026년 7월 15일 목요일", Reading::Unreadable),
            ("ko", "2026. 7. 15.", day(2026, 7, 15)),
            ("ko", "26. 7. 15.", Reading::Ambiguous),
            // A sign that is a weekday elsewhere says nothing in front of a date.
            ("ko", "3일 7월 15일", no_year(7, 15, None)),
            ("ja", "2026年7月15日(水)までに", day(2026, 7, 15)),
            ("ja", "令和8年7月15日", Reading::Unreadable),
            ("ar", "الأربعاء، ١٥ يوليو ٢٠٢٦", day(2026, 7, 15)),
            ("ar", "١٥\u{200f}/٠٧\u{200f}/٢٠٢٦", day(2026, 7, 15)),
            ("ar", "١٥ محرم ١٤٤٨", Reading::Unreadable),
            ("he", "15 ביולי 2026", day(2026, 7, 15)),
            ("he", "1 בינו׳ 2026", day(2026, 1, 1)),
            ("th", "15 ก.ค. 2569", day(2026, 7, 15)),
            ("th", "15ก.ค.2569", day(2026, 7, 15)),
            ("th", "วันพุธที่ 15 กรกฎาคม พ.ศ. 2569", day(2026, 7, 15)),
            ("th", "15/7/2569", day(2026, 7, 15)),
            ("en", "15 ก.ค. 2569", Reading::Unreadable),
            ("vi", "15 tháng 7, 2026", day(2026, 7, 15)),
            ("vi", "ngày 15 tháng 7 năm 2026", day(2026, 7, 15)),
            ("vi", "15 thg 7, 26", Reading::Ambiguous),
            ("vi", "15 thg 13, 2026", Reading::Unreadable),
            ("id", "15 Juli 2026", day(2026, 7, 15)),
            ("pl", "15 lip 2026", day(2026, 7, 15)),
            ("es", "15 lip 2026", day(2026, 7, 15)),
            ("hr", "15. lip 2026.", Reading::Unreadable),
            ("hr", "Jul 15, 2026", day(2026, 7, 15)),
        ] {
            assert_eq!(read(text, Some(page)), expected, "{text}");
        }
    }

    #[test]
    fn ranges_share_what_they_leave_out() {
        for (text, from, to) in [
            ("Sep 21 - 26", no_year(9, 21, None), no_year(9, 26, None)),
            ("Delivery: Apr. 24 - May. 14", no_year(4, 24, None), no_year(5, 14, None)),
            ("Aug 3 – Aug 10, 2026", day(2026, 8, 3), day(2026, 8, 10)),
            ("Dec 28 - Jan 3, 2027", day(2026, 12, 28), day(2027, 1, 3)),
            ("Dec 28, 2026 - Jan 3", day(2026, 12, 28), day(2027, 1, 3)),
            ("24 - 26 Sep 2026", day(2026, 9, 24), day(2026, 9, 26)),
            ("Sep 24 - 26, 2026", day(2026, 9, 24), day(2026, 9, 26)),
            ("Estimated delivery date: Aug 3, 2026", day(2026, 8, 3), day(2026, 8, 3)),
            ("24.04. – 14.05.2026", day(2026, 4, 24), day(2026, 5, 14)),
            ("04.05. – 14.05.2026", Reading::Ambiguous, Reading::Ambiguous),
            ("2026年7月28日～8月3日", day(2026, 7, 28), day(2026, 8, 3)),
            ("2026年7月15日～20日", day(2026, 7, 15), day(2026, 7, 20)),
            ("21 Sep - 26", no_year(9, 21, None), no_year(9, 26, None)),
            ("Sep 21 - 2…", Reading::Ambiguous, Reading::Ambiguous),
            ("2-5 days", Reading::Unreadable, Reading::Unreadable),
            ("03/04/2026 - 13/04/2026", Reading::Ambiguous, Reading::Ambiguous),
        ] {
            assert_eq!(read_range(text, Some("en")), (from, to), "{text}");
        }
    }

    #[test]
    fn a_date_at_the_start_says_how_long_it_is() {
        assert_eq!(read_start("Sep 4, 2026 · Refund", None), (day(2026, 9, 4), 11));
        assert_eq!(read_start("ה-5 בנובמבר 2026 או", Some("he")), (day(2026, 11, 5), 16));
        assert_eq!(read_start("by Sep 4, 2026", None).0, Reading::Unreadable);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*", near in "[0-9 ,.:/|-]{0,12}(Jan|mai|월|일|年|de|th|Sun|ก.ค.|tháng|ביולי|…|\\.\\.)?[0-9 ,.:/|-]{0,12}") {
            let _ = (read(&text, None), read_range(&text, Some("en")), read_start(&text, None));
            let _ = (read(&near, None), read_range(&near, Some("en")), read_start(&near, None));
        }

        #[test]
        fn a_written_date_is_read_back(number in 734_000_i32..=766_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(number).unwrap();
            for form in ["%b %-d, %Y", "%-d %B, %Y", "%H:%M %b. %d %Y", "%Y-%m-%d", "%Y년 %-m월 %-d일", "%a, %b %-d, %Y", "Until %-d. %B %Y!"] {
                let text = date.and_hms_opt(6, 12, 0).unwrap().format(form).to_string();
                prop_assert_eq!(read(&text, Some("en")), Reading::Day(date), "{}", text);
            }
        }
    }
}
