//! What may leave a page: the allow list of the collector, for each kind of field.

use std::collections::{BTreeMap, BTreeSet};

use redress::page::Plan;
use serde::Deserialize;

/// What a field may hold (`crate/data/sites/README.md`).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Keep {
    Code,
    Count,
    Dates,
    Id,
    /// After a label only: a line that is known.
    Known,
    Link,
    Mark,
    Money,
    Number,
    Pieces,
    Row,
    Runs,
    Trick,
    Words,
}

/// The plan's lists, ready for looking up.
pub(super) struct Known<'a> {
    equal: BTreeSet<&'a str>,
    label: BTreeMap<&'a str, Keep>,
    contain: Vec<&'a str>,
    dates: BTreeSet<&'a str>,
    between: BTreeSet<&'a str>,
    money: BTreeSet<&'a str>,
    /// The code of a trick and its words.
    tricks: Vec<(&'a str, Vec<&'a str>)>,
    inline: BTreeSet<&'a str>,
    parameters: BTreeSet<&'a str>,
}

/// What may stand between a label and its value.
const MARKS: [char; 3] = [' ', ':', '：'];
/// What may follow a known line.
const STOPS: [char; 6] = [' ', '.', ':', '!', '…', '。'];
/// The most characters of a label.
const LONGEST_LABEL: usize = 60;

impl<'a> Known<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let words = &plan.words;
        let label = words.label.lines().filter_map(|line| {
            let (label, kind) = line.split_once('\t')?;
            Some((label, serde_json::from_value(kind.into()).ok()?))
        });
        Self {
            equal: words.equal.lines().collect(),
            label: label.collect(),
            contain: words.contain.lines().filter(|key| !key.is_empty()).collect(),
            dates: words.dates.lines().collect(),
            between: words.between.lines().collect(),
            money: words.money.lines().collect(),
            tricks: words.trick.lines().filter_map(trick).collect(),
            inline: plan.inline.split(' ').collect(),
            parameters: plan.parameters.split(' ').collect(),
        }
    }

    pub(super) fn is_inline(&self, name: &str) -> bool {
        self.inline.contains(name)
    }

    /// Whether a line may leave the page whole.
    pub(super) fn is_line(&self, line: &str) -> bool {
        let low = line.to_lowercase();
        self.equal.contains(low.trim_end_matches(STOPS)) || self.contain.iter().any(|key| low.contains(key))
    }

    /// Whether a line is a label and nothing else.
    pub(super) fn is_label(&self, line: &str) -> bool {
        self.label(line).is_some_and(|(_, rest, _)| rest.trim_start_matches(MARKS).is_empty())
    }

    pub(super) fn has_label(&self, line: &str) -> bool {
        self.label(line).is_some()
    }

    /// What of a text may leave the page; empty = nothing.
    pub(super) fn keep(&self, keep: Keep, text: &str) -> String {
        match keep {
            Keep::Words => text.to_owned(),
            Keep::Code => code(text),
            Keep::Mark => "yes".to_owned(),
            Keep::Dates => self.dates(text, 0),
            Keep::Money => self.money(text),
            Keep::Id => marked(text, id(text)),
            Keep::Known => {
                if self.is_line(text) {
                    text.to_owned()
                } else {
                    String::new()
                }
            }
            Keep::Number => marked(text, numbers(text)),
            Keep::Count => count(text),
            Keep::Pieces => pieces(text),
            Keep::Link => self.link(text),
            Keep::Row => self.row(text),
            Keep::Runs | Keep::Trick => String::new(),
        }
    }

    /// The codes of the tricks that a message holds, and nothing of its words.
    pub(super) fn tricks(&self, text: &str) -> Vec<String> {
        let low = text.to_lowercase();
        let held = self.tricks.iter().filter(|(_, words)| words.iter().any(|words| low.contains(words)));
        held.map(|(code, _)| (*code).to_owned()).collect()
    }

    /// The longest known label that begins a text and ends there, in a space or a colon; what follows; its kind.
    fn label<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str, Keep)> {
        let ends = text.char_indices().map(|(at, sign)| (at, MARKS.contains(&sign)));
        let ends = ends.chain([(text.len(), true)]);
        // As in JavaScript, a length is a number of UTF-16 units.
        let mut found = None;
        for (end, _) in ends.skip(1).filter(|(_, ends)| *ends) {
            let Some((label, rest)) = text.split_at_checked(end) else { continue };
            if label.encode_utf16().count() > LONGEST_LABEL {
                break;
            }
            if let Some(keep) = self.label.get(label.to_lowercase().as_str()) {
                found = Some((label, rest, *keep));
            }
        }
        found
    }

    fn row(&self, text: &str) -> String {
        let Some((label, rest, keep)) = self.label(text) else {
            let dates = self.dates(text, 0);
            if !dates.is_empty() {
                return dates;
            }
            let id = runs_of_digits(text, 16..=19);
            return if id.is_empty() && !is_cut(text) { shape(text) } else { marked(text, id) };
        };
        let value = rest.trim_start_matches(MARKS);
        let marks = rest.strip_suffix(value).unwrap_or_default();
        let kept = match keep {
            Keep::Dates => self.dates(value, 2),
            _ => self.keep(keep, value),
        };
        let kept = marked(value, kept);
        if kept.is_empty() { kept } else { format!("{label}{marks}{kept}") }
    }

    /// A text with a date or a time. One in words that are not known passes where at most `unknown` of them stand beside
    /// its numbers: what stands there is then told from nothing, and the user is warned.
    fn dates(&self, text: &str, unknown: usize) -> String {
        if self.is_line(text) {
            return text.to_owned();
        }
        let masked = mask(text, &self.dates, &self.between, in_date);
        let signs: Vec<char> = masked.text.chars().filter(|sign| *sign != ' ').collect();
        let numeric = signs.windows(3).any(|three| match three {
            [first, between, last] => {
                first.is_numeric() && matches!(between, '-' | '/' | '.' | ':') && last.is_numeric()
            }
            _ => false,
        });
        let fits = numeric || masked.words || masked.unknown <= unknown;
        if masked.numbers && fits { masked.text } else { String::new() }
    }

    /// Numbers beside a sign of money only.
    fn money(&self, text: &str) -> String {
        let masked: Vec<char> = mask(text, &self.money, &BTreeSet::new(), |_| true).text.chars().collect();
        let is_sign = |sign: Option<&char>| {
            sign.is_some_and(|sign| {
                sign.is_alphabetic() || self.money.contains(sign.encode_utf8(&mut [0; 4]) as &str)
            })
        };
        let (mut out, mut amounts, mut at) = (String::new(), 0, 0);
        while let Some(sign) = masked.get(at) {
            if !sign.is_numeric() {
                out.push(*sign);
                at += 1;
                continue;
            }
            let end = number_end(&masked, at);
            let before = masked.iter().take(at).rfind(|sign| !matches!(sign, '.' | ' '));
            let mut rest = masked.iter().skip(end);
            // What a number follows is the sign of the next amount.
            let near: Vec<&char> = rest.clone().take(7).take_while(|sign| **sign != '*').collect();
            let of_next = near.iter().position(|sign| sign.is_numeric()).is_some_and(|at| at > 0);
            let after = rest.find(|sign| **sign != ' ').filter(|_| !of_next);
            if is_sign(before) || is_sign(after) {
                amounts += 1;
                out.extend(masked.iter().take(end).skip(at));
            } else {
                out.push('*');
            }
            at = end;
        }
        if amounts > 0 { out } else { String::new() }
    }

    /// A link without the parameters that are not known.
    fn link(&self, text: &str) -> String {
        let text = text.split('#').next().unwrap_or_default();
        let mut parts = text.split('?');
        let (path, query) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '-');
        let known = |pair: &&str| {
            pair.split_once('=').is_some_and(|(name, value)| {
                self.parameters.contains(name) && (1..=60).contains(&value.len()) && value.chars().all(plain)
            })
        };
        let kept: Vec<&str> = query.split('&').filter(known).collect();
        if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
    }
}

fn trick(line: &str) -> Option<(&str, Vec<&str>)> {
    let mut parts = line.split('\t');
    Some((parts.next()?, parts.collect()))
}

/// A text whose unknown words and long numbers became `*`.
struct Masked {
    text: String,
    words: bool,
    numbers: bool,
    unknown: usize,
}

#[derive(PartialEq)]
enum Class {
    Letters,
    Digits,
    Signs,
}

fn class(sign: char) -> Class {
    match sign {
        _ if sign.is_alphabetic() => Class::Letters,
        _ if sign.is_numeric() => Class::Digits,
        _ => Class::Signs,
    }
}

/// A day, a month, a part of a time, or a year, which begins with 20, or with 25 in Thailand. The last four bits of a digit
/// are its value in the scripts that the shop uses.
fn in_date(digits: &[char]) -> bool {
    let values: Vec<u32> = digits.iter().map(|digit| u32::from(*digit) & 15).collect();
    matches!(values[..], [_] | [_, _] | [2, 0 | 5, _, _])
}

/// `words` count as words, those `between` only pass.
fn mask(text: &str, words: &BTreeSet<&str>, between: &BTreeSet<&str>, fits: fn(&[char]) -> bool) -> Masked {
    let mut masked = Masked { text: String::new(), words: false, numbers: false, unknown: 0 };
    let signs: Vec<char> = text.chars().collect();
    for run in signs.chunk_by(|one, other| class(*one) == class(*other)) {
        let text: String = run.iter().collect();
        match run.first().map(|first| class(*first)) {
            Some(Class::Letters) if words.contains(text.to_lowercase().as_str()) => masked.words = true,
            Some(Class::Letters) if between.contains(text.to_lowercase().as_str()) => {}
            Some(Class::Digits) if fits(run) => masked.numbers = true,
            Some(Class::Signs) | None => {}
            _ => {
                masked.unknown += 1;
                masked.text.push('*');
                continue;
            }
        }
        masked.text.push_str(&text);
    }
    masked
}

/// That something with a number stands there, and nothing of it: words as `*`, numbers as `#`.
fn shape(text: &str) -> String {
    if !text.contains(char::is_numeric) {
        return String::new();
    }
    let signs: Vec<char> = text.chars().collect();
    let runs = signs.chunk_by(|one, other| class(*one) == class(*other)).take(40);
    runs.map(|run| match run.first().map(|first| class(*first)) {
        Some(Class::Letters) => "*",
        Some(Class::Digits) => "#",
        _ => " ",
    })
    .collect::<String>()
    .trim()
    .to_owned()
}

/// The end of the number that starts at `start`, with its separators; a space parts groups of three.
fn number_end(signs: &[char], start: usize) -> usize {
    let digits = |from: usize| signs.iter().skip(from).take_while(|sign| sign.is_numeric()).count();
    let mut end = start + digits(start);
    loop {
        let next = digits(end + 1);
        match signs.get(end) {
            Some('.' | ',' | '\'' | '’' | '٫' | '٬') if next > 0 => end += 1 + next,
            Some(' ') if next == 3 => end += 4,
            _ => return end,
        }
    }
}

/// One word of plain letters, digits, hyphens and underscores.
fn code(text: &str) -> String {
    let fits = (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if fits { text.to_owned() } else { String::new() }
}

fn is_cut(text: &str) -> bool {
    text.contains('…') || text.contains("..")
}

/// `#` where nothing of a text that was cut may be kept: something stands there, and it is not known.
fn marked(text: &str, kept: String) -> String {
    if kept.is_empty() && is_cut(text) { "#".to_owned() } else { kept }
}

/// Without the words that the dots of a cut touch: half a number is another number.
fn uncut(text: &str) -> String {
    let marked = text.replace('…', "..");
    let mut parts: Vec<&str> = marked.split("..").collect();
    let in_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    let last = parts.len() - 1;
    for (place, part) in parts.iter_mut().enumerate() {
        if place > 0 {
            *part = part.trim_start_matches(in_word);
        }
        if place < last {
            *part = part.trim_end_matches(' ').trim_end_matches(in_word);
        }
    }
    parts.join(" ")
}

/// The first number, which may stand in groups: aliexpress.ru writes the ids of orders so. Groups are joined before the
/// mark of a cut is looked for, as it touches the last one only.
fn id(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    let parts = |at: usize| signs.get(at) == Some(&' ') && at > 0 && is_digit(at - 1) && is_digit(at + 1);
    let joined: String = (0..signs.len()).filter(|at| !parts(*at)).filter_map(|at| signs.get(at)).collect();
    let whole = uncut(&joined);
    let digits: String =
        whole.chars().skip_while(|sign| !sign.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if (10..=22).contains(&digits.len()) { digits } else { String::new() }
}

fn runs_of_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> String {
    let text = uncut(text);
    let runs = text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| lengths.contains(&run.len()));
    runs.collect::<Vec<_>>().join(" ")
}

/// Numbers of parcels.
fn numbers(text: &str) -> String {
    let text = uncut(text);
    let runs = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').filter(|run| {
        (8..=40).contains(&run.len())
            && run.bytes().all(|byte| !byte.is_ascii_lowercase())
            && run.bytes().filter(u8::is_ascii_digit).count() > 3
    });
    runs.collect::<Vec<_>>().join(" ")
}

/// The number after the last multiplication sign, as `x2`.
fn count(text: &str) -> String {
    let Some((before, after)) = text.rsplit_once(['x', 'X', '×']) else { return String::new() };
    let rest = after.trim();
    let fits = (1..=5).contains(&rest.chars().count()) && rest.chars().all(char::is_numeric);
    if fits && !before.ends_with(char::is_alphabetic) { format!("x{rest}") } else { String::new() }
}

/// The number that begins a text, as `x2`.
fn pieces(text: &str) -> String {
    let after = text.trim_start_matches(char::is_numeric);
    let number = text.strip_suffix(after).unwrap_or_default();
    let fits = (1..=5).contains(&number.chars().count()) && !after.starts_with(['.', ',']);
    if fits { format!("x{number}") } else { String::new() }
}

/// Without marks of writing direction and zero width; white space as JavaScript's `\s` has it becomes one space.
pub(super) fn fold(text: &str) -> String {
    let visible: String = text.chars().filter(|sign| !is_invisible(*sign)).collect();
    let is_space = |sign: char| sign.is_whitespace() && sign != '\u{85}';
    visible.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use redress::order::plan_of;

    use super::*;

    #[test]
    fn a_trick_leaves_its_code_and_nothing_of_its_words() {
        let plan = plan_of("https://www.aliexpress.com/p/message/index.html").unwrap();
        let known = Known::of(&plan);
        let mut phrases = 0;
        for (code, words) in &known.tricks {
            for words in words {
                phrases += 1;
                assert_eq!(known.tricks(&format!("Dear friend, {words}. Thank you")), [*code], "{words}");
            }
        }
        assert!(phrases > 100, "{phrases}");
        assert_eq!(known.tricks("Please CLOSE the Dispute on WhatsApp"), ["close_dispute", "off_platform"]);
        for message in ["", "Dear friend, thank you for your order", "Please do not close the dispute"] {
            assert_eq!(known.tricks(message), [] as [&str; 0], "{message}");
        }
    }

    #[test]
    fn only_what_a_field_may_hold_is_kept() {
        let plan = plan_of("https://www.aliexpress.com/p/order/detail.html").unwrap();
        let known = Known::of(&plan);
        for (keep, text, kept) in [
            (Keep::Row, "Ref. Number: 8200000000000001 Copy", "Ref. Number: 8200000000000001"),
            (Keep::Row, "Order placed on: Jul 15, 2026", "Order placed on: Jul 15, 2026"),
            (
                Keep::Row,
                "Order placed on: Jul 15, 2026 by Name Surname",
                "Order placed on: Jul 15, 2026 * * *",
            ),
            (Keep::Row, "Delivery address: 5 Somewhere Street 12345", ""),
            (Keep::Row, "Delivery: to Name Surname Junior, Street 5", ""),
            (Keep::Row, "Paid on: 14 Xyz, 2026", "Paid on: 14 *, 2026"),
            (Keep::Row, "Unknown label: Jul 15, 2026", "* *: Jul 15, 2026"),
            (Keep::Row, "Unknown label: 2026-07-15", "* *: 2026-07-15"),
            (Keep::Row, "Unknown label: 8200000000000001", "8200000000000001"),
            (Keep::Row, "Phone: 00000 000 000", "* # # #"),
            (Keep::Row, "Name: Surname", ""),
            (Keep::Row, "Total: US $25.66 for Name Surname", "Total: US $25.66 * * *"),
            (Keep::Money, "Street 17, 90317 City, US $3.20 00000 555", "* *, * *, US $3.20 *"),
            (Keep::Money, "1 129,40 zł x2", "1 129,40 zł **"),
            (Keep::Money, "Card 1112 US $3.20", "* * US $3.20"),
            (Keep::Money, "Rs.500", "Rs.500"),
            (Keep::Id, "17 Street, 00000 555 0123", ""),
            (Keep::Row, "Tracking number: LP00000000000001Copy", ""),
            (Keep::Row, "Tracking number: LP00000000000001 Copy", "Tracking number: LP00000000000001"),
            (Keep::Dates, "Tue | Jul. 28 18:39", "Tue | Jul. 28 18:39"),
            (Keep::Dates, "Name Surname", ""),
            (Keep::Dates, "Street 5", ""),
            (Keep::Money, "R$132,74 Name", "R$132,74 *"),
            (Keep::Money, "Name", ""),
            (Keep::Count, "US $12.83 x2", "x2"),
            (Keep::Count, "box2", ""),
            (Keep::Id, "No 82 0000 0000 0000 01 of 12", "8200000000000001"),
            (Keep::Id, "No 82 0000 0000 0000 …", "#"),
            (Keep::Id, "820000000000...", "#"),
            (Keep::Id, "…000000000001 and 8200000000000001", "8200000000000001"),
            (Keep::Number, "LP0000000000…", "#"),
            (Keep::Row, "Estimated delivery date: Au…", "Estimated delivery date: #"),
            (Keep::Row, "Estimated deliv…", "#"),
            (Keep::Row, "Ref. Number: 82000000000000…", "Ref. Number: #"),
            (Keep::Row, "Unknown label: 8200000000000000…", "#"),
            (Keep::Code, "WAIT_BUYER_CONFIRM_GOODS", "WAIT_BUYER_CONFIRM_GOODS"),
            (Keep::Code, "two words", ""),
            (
                Keep::Link,
                "//www.aliexpress.com/p/order/detail.html?spm=a.b&orderId=8200000000000001&name=Name#x",
                "//www.aliexpress.com/p/order/detail.html?orderId=8200000000000001",
            ),
        ] {
            assert_eq!(known.keep(keep, text), kept, "{keep:?} of {text}");
        }
    }
}
