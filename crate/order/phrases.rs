//! The compiled data of `crate/data/phrases` and `crate/data/cldr.toml`: wordings and what they mean.

use std::sync::OnceLock;

use super::{DisputeStage, Start, Status, Trick};

/// The wordings of one language. Texts are lower case with single spaces.
#[derive(Debug)]
pub(super) struct Language {
    /// ISO 639 code.
    code: &'static str,
    /// The entries of each [`Kind`]: the sign of its code, then its words.
    lists: [Vec<&'static str>; 18],
}

/// The kinds of entries, in the order of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names of months.
    Month,
    /// Names of weekdays.
    Weekday,
    /// Units of time.
    Unit,
    /// Units of time that say their number: the Hebrew word for two days.
    Counted,
    /// Words that may stand inside a date.
    Filler,
    /// Words before a month in digits.
    Mark,
    /// Words between the parts of a time left.
    Joiner,
    /// Words between the ends of a range.
    Until,
    /// Words in a button that may lead to a dispute.
    Caution,
    Status,
    Dispute,
    Label,
    Sentence,
    Timer,
    Button,
    FreeReturn,
    Delivered,
    /// What a seller writes who asks for something that ends the buyer's protection.
    Trick,
}

/// What the text after a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Placed,
    Paid,
    Shipped,
    Completed,
    OrderId,
    Estimate,
    Total,
    TrackingNumber,
    Status,
}

/// The kinds of promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    RefundIfNotDeliveredBefore,
    CouponIfDelayed,
    OpenDisputeWithin,
    ReturnWithin,
}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// All languages. In the extension they come from a file beside the core, see [`learn`].
static LANGUAGES: OnceLock<Vec<Language>> = OnceLock::new();

/// The wordings as the build wrote them. The extension's core does not carry them: they are half as large as its code
/// for reading, and the collector needs the same words in a file anyway.
#[cfg(not(target_arch = "wasm32"))]
pub fn compiled() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/phrases.txt"))
}

/// Takes in the wordings that the build wrote, before anything is read. A core that was taught nothing reads nothing
/// but numbers.
pub fn learn(text: String) {
    LANGUAGES.get_or_init(|| unpack(text.leak()));
}

fn all() -> &'static [Language] {
    #[cfg(not(target_arch = "wasm32"))]
    LANGUAGES.get_or_init(|| unpack(compiled()));
    LANGUAGES.get().map_or(&[], Vec::as_slice)
}

fn unpack(text: &'static str) -> Vec<Language> {
    let language = |text: &'static str| {
        let mut parts = text.split('\u{1f}');
        let code = parts.next()?;
        // Split once: every line of every page is compared with them.
        let lists = [(); 18].map(|()| parts.next().unwrap_or_default().lines().collect());
        Some(Language { code, lists })
    };
    text.split('\u{1e}').filter_map(language).collect()
}

/// The sign of code 0; the build has it too.
const FIRST: u8 = b'0';

impl Language {
    /// The entries of a kind with the codes of their meanings.
    fn coded(&self, kind: Kind) -> Entries<'_> {
        Entries(self.lists.get(kind as usize).map(Vec::as_slice).unwrap_or_default())
    }

    /// The words of a kind.
    pub(super) fn words(&self, kind: Kind) -> impl Iterator<Item = &'static str> {
        self.coded(kind).map(|(_, text)| text)
    }

    /// The words of a kind with their meanings.
    pub(super) fn entries<T: Meaning>(&self) -> impl Iterator<Item = (&'static str, T)> {
        self.coded(T::KIND).filter_map(|(code, text)| Some((text, T::of(code)?)))
    }

    /// Whether a word is one of a kind.
    #[inline(never)]
    pub(super) fn has(&self, kind: Kind, word: &str) -> bool {
        self.words(kind).any(|known| known == word)
    }

    /// Whether this is the language of a page; a page that states none counts as English.
    pub(super) fn is_of(&self, page: Option<&str>) -> bool {
        self.code == page.map_or("en", current)
    }
}

/// The entries that are left. A type of its own, so that there is one copy of its code.
struct Entries<'l>(&'l [&'static str]);

impl Iterator for Entries<'_> {
    type Item = (usize, &'static str);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let (line, rest) = self.0.split_first()?;
        self.0 = rest;
        let code = line.bytes().next()?.checked_sub(FIRST)?;
        Some((usize::from(code), line.get(1..)?))
    }
}

/// What an entry can mean.
pub(super) trait Meaning: Sized {
    /// The kind of entries that mean this.
    const KIND: Kind;
    /// The meaning of a code.
    fn of(code: usize) -> Option<Self>;
}

impl Meaning for Status {
    const KIND: Kind = Kind::Status;
    fn of(code: usize) -> Option<Self> {
        STATUSES.get(code).copied()
    }
}

impl Meaning for DisputeStage {
    const KIND: Kind = Kind::Dispute;
    fn of(code: usize) -> Option<Self> {
        STAGES.get(code).copied()
    }
}

impl Meaning for Label {
    const KIND: Kind = Kind::Label;
    fn of(code: usize) -> Option<Self> {
        LABELS.get(code).copied()
    }
}

impl Meaning for (Promise, Start) {
    const KIND: Kind = Kind::Sentence;
    fn of(code: usize) -> Option<Self> {
        Some((*PROMISES.get(code / STARTS.len())?, *STARTS.get(code % STARTS.len())?))
    }
}

impl Meaning for Trick {
    const KIND: Kind = Kind::Trick;
    fn of(code: usize) -> Option<Self> {
        TRICKS.get(code).copied()
    }
}

/// The month of a name, 1 to 12.
pub(super) fn month(page: Option<&str>, word: &str) -> Option<u32> {
    code(page, Kind::Month, word).and_then(|code| u32::try_from(code + 1).ok())
}

/// The weekday of a name, Monday 1 to Sunday 7.
pub(super) fn weekday(page: Option<&str>, word: &str) -> Option<u32> {
    code(page, Kind::Weekday, word).and_then(|code| u32::try_from(code + 1).ok())
}

/// The seconds of a unit of time.
pub(super) fn unit(page: Option<&str>, word: &str) -> Option<i64> {
    // A letter alone means the day here and the minute there.
    let alone = word.chars().nth(1).is_none();
    let own = page.and_then(known).filter(|_| alone);
    let code = match own {
        Some(own) => own.coded(Kind::Unit).find(|(_, text)| *text == word).map(|(code, _)| code),
        None => code(page, Kind::Unit, word),
    };
    SECONDS.get(code?).copied()
}

/// The units of time.
const SECONDS: [i64; 4] = [86_400, 3600, 60, 1];

/// The words of the page's own language that say a length of time, with its number and its unit in seconds.
pub(super) fn counted(page: Option<&str>) -> impl Iterator<Item = (&'static str, i64, i64)> {
    let own = page.and_then(known).into_iter().flat_map(|own| own.coded(Kind::Counted));
    own.filter_map(|(code, text)| {
        // One of each unit, then two of each.
        let number = if code < SECONDS.len() { 1 } else { 2 };
        Some((text, number, *SECONDS.get(code % SECONDS.len())?))
    })
}

/// The languages, that of the page first. Its code may be an old one.
pub(super) fn languages(page: Option<&str>) -> Languages {
    let own = page.and_then(known);
    Languages { first: own, own, others: all().iter() }
}

/// The languages that are left, as [`languages`] has them.
pub(super) struct Languages {
    first: Option<&'static Language>,
    own: Option<&'static Language>,
    others: std::slice::Iter<'static, Language>,
}

impl Iterator for Languages {
    type Item = &'static Language;

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let own = self.own;
        self.first.take().or_else(|| self.others.find(|one| own.is_none_or(|own| own.code != one.code)))
    }
}

/// The wordings of a language, where there are any.
pub(super) fn known(code: &str) -> Option<&'static Language> {
    all().iter().find(|language| language.code == current(code))
}

/// Browsers and Java still write the codes that ISO 639 withdrew in 1989.
fn current(code: &str) -> &str {
    match code {
        "in" => "id",
        "iw" => "he",
        _ => code,
    }
}

/// What a word means: the page's own language decides, else all that know the word must agree. On a page in a language
/// that has no wordings only English counts: `lip` is July in Polish and June in Croatian.
pub(super) fn meaning<T: Meaning>(page: Option<&str>, word: &str) -> Option<T> {
    T::of(code(page, T::KIND, word)?)
}

#[inline(never)]
fn code(page: Option<&str>, kind: Kind, word: &str) -> Option<usize> {
    let find =
        |language: &Language| language.coded(kind).find(|(_, text)| *text == word).map(|(code, _)| code);
    if let Some(page) = page {
        let own = known(page);
        let decides = own.or_else(|| known("en"));
        if let Some(code) = decides.and_then(find) {
            return Some(code);
        }
        own?;
    }
    let mut first = None;
    for code in all().iter().filter_map(find) {
        if *first.get_or_insert(code) != code {
            return None;
        }
    }
    first
}

/// Whether a word is one of a kind in some language.
#[inline(never)]
pub(super) fn any_has(page: Option<&str>, kind: Kind, word: &str) -> bool {
    languages(page).any(|language| language.has(kind, word))
}
