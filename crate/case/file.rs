//! What is kept of an order: what its pages said when they were last seen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{order::{Order, WarningCode}, page::PageKind};

/// Everything that was read of one order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The order.
    pub order_id: String,
    /// The last look at each kind of page, newest first.
    pub seen: Vec<Look>,
}

/// One look at a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The kind of page.
    pub page: PageKind,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// When the countdown was first seen in this visit: a countdown that stands still in an open page must not
    /// start anew with every look. Never later than `at`.
    pub countdown_at: DateTime<Utc>,
    /// When the document was loaded, milliseconds since 1970.
    pub visit: i64,
    /// The page's address.
    pub url: String,
    /// What it said of the order.
    pub order: Order,
    /// Codes of what the reader warned of.
    pub warnings: Vec<WarningCode>,
}

impl CaseFile {
    /// The file of an order that was not seen before.
    pub fn new(order_id: String) -> Self {
        Self { order_id, seen: Vec::new() }
    }

    /// Takes a new look in, in place of the last one at the same kind of page.
    pub fn take(&mut self, mut seen: Look) {
        if let Some(place) = self.seen.iter().position(|older| older.page == seen.page) {
            let older = self.seen.remove(place);
            if older.visit == seen.visit && older.order.countdown == seen.order.countdown {
                seen.countdown_at = older.countdown_at.min(seen.at);
            }
        }
        self.seen.insert(0, seen);
    }

    /// The newest value that `pick` finds, with the look that it comes from.
    pub fn newest<T>(&self, pick: impl Fn(&Order) -> Option<T>) -> Option<(T, &Look)> {
        self.seen.iter().find_map(|seen| pick(&seen.order).map(|value| (value, seen)))
    }

    /// The address at which a kind of page was last seen.
    pub fn url_of(&self, page: PageKind) -> Option<&str> {
        self.seen.iter().find(|seen| seen.page == page).map(|seen| seen.url.as_str())
    }
}
