//! What is kept of an order: what its pages said, and what the user corrected.

use std::cell::OnceCell;

use chrono::{DateTime, NaiveDate, Utc, serde::ts_milliseconds};
use serde::{Deserialize, Serialize};

use super::{Correction, Statement};
use crate::{
    order::{self, Commitment, DateSpan, Fact, Order, Trick, WarningCode},
    page::{PageKind, PageSnapshot},
};

/// The most looks that are kept of one kind of page.
pub(super) const MOST_LOOKS: usize = 12;

/// Everything that was seen of one order, as it is stored. It is read anew each time, so that a better reader also
/// understands what was seen before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The order.
    pub order_id: String,
    /// The looks, newest first: of each kind of page the last one, the first one, and those between them that said
    /// something else than the next.
    pub looks: Vec<Look>,
    /// What the user corrected, at most once for each field.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// What the user stated that no page shows, in the order of entering.
    #[serde(default)]
    pub statements: Vec<Statement>,
}

/// One look at a page: the texts of this order, and when they were there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// When; stored in milliseconds since 1970.
    #[serde(with = "ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// The viewer's day then, which bounds the years that a page leaves out; stored as the day's number.
    #[serde(with = "day_number")]
    pub today: NaiveDate,
    /// When the countdown was first seen in this visit: a countdown that stands still in an open page must not start
    /// anew with every look. Never later than `at`.
    #[serde(with = "ts_milliseconds")]
    pub countdown_at: DateTime<Utc>,
    /// When the document was loaded, milliseconds since 1970: the same for every look at one open page.
    pub visit: i64,
    /// The texts of this order.
    pub snapshot: PageSnapshot,
    /// What they say, once it was read.
    #[serde(skip)]
    said: SeenOnce,
}

/// What a look says, read at most once. It is no part of the look: two looks are the same where their texts are.
#[derive(Debug, Clone, Default)]
struct SeenOnce(OnceCell<Option<Seen>>);

impl PartialEq for SeenOnce {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Days as numbers, day 1 being 1 January of the year 1: reading dates from text would add 12 KB to the core.
mod day_number {
    use chrono::{Datelike, NaiveDate};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's own signature")]
    pub(super) fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i32(day.num_days_from_ce())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let number = i32::deserialize(from)?;
        NaiveDate::from_num_days_from_ce_opt(number).ok_or_else(|| D::Error::custom("a day out of range"))
    }
}

/// What a look says.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The kind of page.
    pub page: PageKind,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// When the page was opened, as far as that is known; not after it was read.
    pub opened: DateTime<Utc>,
    /// When its countdown was first seen.
    pub countdown_at: DateTime<Utc>,
    /// The page's address.
    pub url: String,
    /// What it said of the order.
    pub order: Order,
    /// What the reader warned of, each once.
    pub warnings: Vec<WarningCode>,
    /// The keys of the reading that were found only by their words or their place.
    pub weak: Vec<&'static str>,
    /// Whether this is the newest look at its kind of page: only such a look says how things stand now.
    pub latest: bool,
}

/// Everything that the pages of one order said.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The order.
    pub order_id: String,
    /// What each kind of page said, newest first.
    pub seen: Vec<Seen>,
    /// What the user corrected.
    pub corrections: Vec<Correction>,
    /// What the user stated.
    pub statements: Vec<Statement>,
}

impl Look {
    /// A look at a page that was opened at `visit`.
    pub fn new(at: DateTime<Utc>, today: NaiveDate, visit: i64, snapshot: PageSnapshot) -> Self {
        Self { at, today, countdown_at: at, visit, snapshot, said: SeenOnce::default() }
    }

    /// Takes the regions of another look at the same page in.
    pub fn join(&mut self, other: Self) {
        self.snapshot.root.regions.extend(other.snapshot.root.regions);
        self.said = SeenOnce::default();
    }

    /// What was seen; `None` where the texts name no order.
    pub fn read(&self) -> Option<&Seen> {
        self.said.0.get_or_init(|| self.read_anew()).as_ref()
    }

    fn read_anew(&self) -> Option<Seen> {
        let reading = order::read(&self.snapshot, self.at, self.today);
        let order = reading.orders.into_iter().next()?;
        let mut warnings = Vec::new();
        let mut weak = Vec::new();
        for warning in &reading.warnings {
            if !warnings.contains(&warning.code) {
                warnings.push(warning.code);
            }
            if warning.code == WarningCode::LayoutChanged {
                weak.push(warning.field);
            }
        }
        Some(Seen {
            page: reading.page,
            at: self.at,
            opened: DateTime::from_timestamp_millis(self.visit).map_or(self.at, |opened| opened.min(self.at)),
            countdown_at: self.countdown_at,
            url: self.snapshot.address.clone(),
            order,
            warnings,
            weak,
            latest: false,
        })
    }
}

impl CaseFile {
    /// The file of an order that was not seen before.
    pub fn new(order_id: String) -> Self {
        Self { order_id, looks: Vec::new(), corrections: Vec::new(), statements: Vec::new() }
    }

    /// Takes a new look in. Older looks at the same kind of page stay where they said something else.
    pub fn take(&mut self, mut look: Look) {
        let Some(new) = look.read() else { return };
        let said = Stated::by(&new.order);
        let (mut repeats, mut place, mut kept) = (true, 0, Vec::new());
        let mut countdown_at = look.countdown_at;
        self.looks.retain(|known| {
            let older = known.read().filter(|older| older.page == new.page);
            if let Some(older) = older {
                let same_visit = known.visit == look.visit;
                if same_visit && older.order.countdown == new.order.countdown {
                    countdown_at = countdown_at.min(known.countdown_at);
                }
                let stated = Stated::by(&older.order);
                // A page that is still being drawn says a part first: only the whole of it is kept.
                repeats = repeats && (stated == said || (same_visit && stated.is_part_of(&said)));
                if repeats {
                    return false;
                }
                kept.push(place);
            }
            place += 1;
            true
        });
        // The oldest look stays: it is the first sighting.
        if kept.len() >= MOST_LOOKS
            && let Some(second_oldest) = kept.iter().rev().nth(1)
        {
            self.looks.remove(*second_oldest);
        }
        look.countdown_at = countdown_at;
        self.looks.insert(0, look);
    }

    /// What the pages said.
    pub fn read(&self) -> History {
        let mut kinds = Vec::new();
        // When a countdown was first seen may have become known after the look was read.
        let read = |look: &Look| Some(Seen { countdown_at: look.countdown_at, ..look.read()?.clone() });
        let mut seen: Vec<Seen> = self.looks.iter().filter_map(read).collect();
        for look in &mut seen {
            look.latest = !kinds.contains(&look.page);
            kinds.push(look.page);
        }
        History {
            order_id: self.order_id.clone(),
            seen,
            corrections: self.corrections.clone(),
            statements: self.statements.clone(),
        }
    }
}

/// What a look must differ in to be another one. A countdown ticks, and goods that come to light later are no change.
#[derive(PartialEq)]
struct Stated<'a> {
    days: [Option<NaiveDate>; 6],
    estimate: Option<DateSpan>,
    words: [Option<&'a String>; 3],
    commitments: &'a [Commitment],
    tracking_numbers: &'a [String],
    tricks: &'a [Trick],
}

impl<'a> Stated<'a> {
    fn by(order: &'a Order) -> Self {
        let day = |fact: &Option<Fact<NaiveDate>>| fact.as_ref().map(|fact| fact.value);
        Self {
            days: [
                day(&order.placed_on),
                day(&order.paid_on),
                day(&order.shipped_on),
                day(&order.completed_on),
                day(&order.delivered_on),
                day(&order.last_tracking_on),
            ],
            estimate: order.estimated_delivery.as_ref().map(|fact| fact.value),
            words: [
                order.status_text.as_ref(),
                order.dispute.as_ref().map(|dispute| &dispute.text),
                order.total.as_ref().map(|total| &total.text),
            ],
            commitments: &order.commitments,
            tracking_numbers: &order.tracking_numbers,
            tricks: order.chat.as_ref().map_or(&[], |chat| &chat.tricks),
        }
    }

    /// Whether the other says all of this and perhaps more.
    fn is_part_of(&self, other: &Self) -> bool {
        fn fits<T: PartialEq>(mine: &[Option<T>], other: &[Option<T>]) -> bool {
            mine.iter().zip(other).all(|(mine, other)| mine.is_none() || mine == other)
        }
        fits(&self.days, &other.days)
            && fits(&[self.estimate], &[other.estimate])
            && fits(&self.words, &other.words)
            && self.commitments.iter().all(|mine| other.commitments.contains(mine))
            && self.tracking_numbers.iter().all(|mine| other.tracking_numbers.contains(mine))
            && self.tricks.iter().all(|mine| other.tricks.contains(mine))
    }
}

impl History {
    /// What the newest look at each kind of page says, newest first.
    pub fn now(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|seen| seen.latest)
    }

    /// The newest value that `pick` finds in what pages say now, with the page that it comes from.
    pub fn newest<T>(&self, pick: impl Fn(&Order) -> Option<T>) -> Option<(T, &Seen)> {
        self.now().find_map(|seen| pick(&seen.order).map(|value| (value, seen)))
    }

    /// The same in every look: for what cannot change, such as the goods.
    pub fn ever<T>(&self, pick: impl Fn(&Order) -> Option<T>) -> Option<(T, &Seen)> {
        self.seen.iter().find_map(|seen| pick(&seen.order).map(|value| (value, seen)))
    }

    /// The address at which a kind of page was last seen.
    pub fn url_of(&self, page: PageKind) -> Option<&str> {
        self.seen.iter().find(|seen| seen.page == page).map(|seen| seen.url.as_str())
    }
}
