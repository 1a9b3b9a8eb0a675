//! What is kept of an order: what its pages said when they were last seen.

use chrono::{DateTime, NaiveDate, Utc, serde::ts_milliseconds};
use serde::{Deserialize, Serialize};

use crate::{
    order::{self, Order, WarningCode},
    page::{PageKind, PageSnapshot},
};

/// Everything that was seen of one order, as it is stored. It is read anew each time, so that a better reader also
/// understands what was seen before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The order.
    pub order_id: String,
    /// The last look at each kind of page, newest first.
    pub looks: Vec<Look>,
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
    /// When its countdown was first seen.
    pub countdown_at: DateTime<Utc>,
    /// The page's address.
    pub url: String,
    /// What it said of the order.
    pub order: Order,
    /// What the reader warned of, each once.
    pub warnings: Vec<WarningCode>,
}

/// Everything that the pages of one order said.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The order.
    pub order_id: String,
    /// What each kind of page said, newest first.
    pub seen: Vec<Seen>,
}

impl Look {
    /// What was seen; `None` where the texts name no order.
    pub fn read(&self) -> Option<Seen> {
        let reading = order::read(&self.snapshot, self.at, self.today);
        let order = reading.orders.into_iter().next()?;
        let mut warnings = Vec::new();
        for warning in &reading.warnings {
            if !warnings.contains(&warning.code) {
                warnings.push(warning.code);
            }
        }
        Some(Seen {
            page: reading.page,
            at: self.at,
            countdown_at: self.countdown_at,
            url: self.snapshot.address.clone(),
            order,
            warnings,
        })
    }
}

impl CaseFile {
    /// The file of an order that was not seen before.
    pub fn new(order_id: String) -> Self {
        Self { order_id, looks: Vec::new() }
    }

    /// Takes a new look in, in place of the last one at the same kind of page.
    pub fn take(&mut self, mut look: Look) {
        let Some(new) = look.read() else { return };
        let same_page = |older: &Look| older.read().is_some_and(|older| older.page == new.page);
        if let Some(place) = self.looks.iter().position(same_page) {
            let older = self.looks.remove(place);
            let countdown = older.read().and_then(|older| older.order.countdown);
            if older.visit == look.visit && countdown == new.order.countdown {
                look.countdown_at = older.countdown_at.min(look.at);
            }
        }
        self.looks.insert(0, look);
    }

    /// What the pages said.
    pub fn read(&self) -> History {
        History { order_id: self.order_id.clone(), seen: self.looks.iter().filter_map(Look::read).collect() }
    }
}

impl History {
    /// The newest value that `pick` finds, with the page that it comes from.
    pub fn newest<T>(&self, pick: impl Fn(&Order) -> Option<T>) -> Option<(T, &Seen)> {
        self.seen.iter().find_map(|seen| pick(&seen.order).map(|value| (value, seen)))
    }

    /// The address at which a kind of page was last seen.
    pub fn url_of(&self, page: PageKind) -> Option<&str> {
        self.seen.iter().find(|seen| seen.page == page).map(|seen| seen.url.as_str())
    }
}
