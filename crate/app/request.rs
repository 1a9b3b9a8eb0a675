//! What the shop's pages and the popup ask of the background's core, and what it answers.

use serde::{Deserialize, Serialize};

use crate::{
    app::written::Written,
    case::Field,
    page::{PageSnapshot, PlanName},
    view::{Node, Notice},
};

/// A request. It carries all that is needed: the worker may have been gone since the last one.
///
/// Written as one object with the request's name in snake case under `kind`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Written")]
pub enum Request {
    /// A page was opened: what shall be collected there?
    PageOpened {
        /// Its address.
        url: String,
    },
    /// This was collected on a page.
    PageSeen {
        /// What was collected.
        snapshot: PageSnapshot,
        /// When the document was loaded, milliseconds since 1970: the same for every look at one open page.
        visit: i64,
        /// Whether the overlay is a pill.
        collapsed: bool,
        /// What to tell the user.
        notice: Option<Notice>,
    },
    /// Draw anew what is known; nothing was read.
    Redraw {
        /// The page's address.
        url: String,
        /// The orders on the page, as the last answer listed them.
        orders: Vec<Option<String>>,
        /// Whether the overlay is a pill.
        collapsed: bool,
        /// What to tell the user.
        notice: Option<Notice>,
    },
    /// Draw the popup.
    Popup {
        /// The address of the tab in front, where it may be known.
        url: Option<String>,
        /// What to tell the user.
        notice: Option<Notice>,
    },
    /// Put the user's value in the place of what the pages say.
    Correct(Correcting),
    /// Take a correction back.
    UndoCorrection(Correcting),
    /// Put a text that was selected on a page in the place of what the pages say. The page's address names the order.
    UseSelection(Correcting),
    /// Keep what the user states of an order.
    State(Stating),
    /// Take back what was stated then.
    Unstate {
        /// The order.
        order_id: String,
        /// When it was entered, milliseconds since 1970.
        entered_at: i64,
    },
    /// How the pages of an order are read, for a report of a fault.
    Report {
        /// The order.
        order_id: String,
        /// The page in front.
        url: String,
        /// The extension's version.
        extension_version: String,
    },
    /// What the toolbar's badge shows.
    Badge,
}

/// What a correction is about.
#[derive(Debug)]
pub struct Correcting {
    /// The order.
    pub order_id: String,
    /// What is corrected.
    pub field: Field,
    /// `YYYY-MM-DD`, the code of a status, or the text that was selected.
    pub text: String,
    /// The page on which it was entered.
    pub url: String,
}

/// What the user states.
#[derive(Debug)]
pub struct Stating {
    /// The order.
    pub order_id: String,
    /// The item that it is about.
    pub item: Option<String>,
    /// What it is about, as [`crate::case::CaseFile::state`] takes it.
    pub topic: String,
    /// What is stated; empty = an answer is taken back.
    pub text: String,
}

/// The answer to a request.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// To `page_opened`.
    Opened {
        /// Which of the extension's plans says what to collect; `null` where there is nothing for us.
        plan: Option<PlanName>,
    },
    /// To `page_seen` and `redraw`.
    Shown(Shown),
    /// To `popup`.
    Screen(Screen),
    /// To `report`.
    Report {
        /// Plain text.
        report: String,
    },
    /// To `correct`, `undo_correction`, `use_selection`, `state` and `unstate`.
    Told {
        /// What to tell the user.
        notice: Notice,
    },
    /// To `badge`.
    Badge(Badge),
}

/// What stands on a page of the shop.
#[derive(Debug, Default, Serialize)]
pub struct Shown {
    /// The overlay; `null` = none on this page.
    pub overlay: Option<Node>,
    /// The badges on the cards of a list.
    pub badges: Vec<CardBadge>,
    /// The orders on the page, one for each card; `null` where a card's order is not known.
    pub orders: Vec<Option<String>>,
    /// In how many milliseconds what is shown changes by itself.
    pub next_change_ms: Option<i64>,
}

/// A badge on a card.
#[derive(Debug, Serialize)]
pub struct CardBadge {
    /// Which card: its place among the page's orders.
    pub root: usize,
    /// The badge.
    pub node: Node,
}

/// A page of ours.
#[derive(Debug, Serialize)]
pub struct Screen {
    /// The document's title.
    pub title: String,
    /// What is on it.
    pub view: Node,
    /// Letters to copy, on the page of a case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<Node>,
    /// In how many milliseconds what is shown changes by itself.
    pub next_change_ms: Option<i64>,
}

/// The toolbar's badge: the nearest deadline of all orders.
#[derive(Debug, Serialize)]
pub struct Badge {
    /// At most four characters; empty = nothing is due.
    pub text: String,
    /// The background, a CSS colour.
    pub color: &'static str,
    /// In how many milliseconds it changes by itself.
    pub next_change_ms: Option<i64>,
}
