//! What a click in the interface asks for.

use serde::{Deserialize, Serialize};

use crate::case::Field;

/// What a click asks for. The drawer hands it on as it is; who draws decides what to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    /// Keep a picture of the page.
    Capture,
    /// Show the overlay whole, or as a pill.
    Collapse {
        /// True = as a pill.
        collapsed: bool,
    },
    /// Put the overlay into the next corner of the window.
    Move,
    /// Show on a list the orders that need the buyer now, or all.
    Filter {
        /// True = those that need the buyer now.
        on: bool,
    },
    /// Take away the line that says what was kept or what failed.
    Dismiss,
    /// Open a page of the shop.
    OpenPage {
        /// Its address: https, on a host of the shop.
        url: String,
    },
    /// Open the dossier of an order.
    OpenDossier {
        /// The order.
        order_id: String,
    },
    /// Open the page that makes a copy of a picture to hand on.
    OpenCopy {
        /// The capture, or the picture among the buyer's own files.
        capture_id: String,
    },
    /// Ask whether a capture shall be deleted.
    AskDelete {
        /// The capture.
        capture_id: String,
    },
    /// Delete a capture, after the question.
    Delete {
        /// The capture.
        capture_id: String,
    },
    /// Leave the question.
    KeepCapture,
    /// Put the value of the form in the place of what the pages say.
    Correct {
        /// The order.
        order_id: String,
        /// What is corrected.
        field: Field,
    },
    /// Take a correction back.
    UndoCorrection {
        /// The order.
        order_id: String,
        /// What was corrected.
        field: Field,
    },
    /// Copy a report of how the pages of an order are read, without what they say.
    CopyReport {
        /// The order.
        order_id: String,
    },
    /// Open the page of a case.
    OpenCase {
        /// The order.
        order_id: String,
        /// The item, where the case is about one of several.
        item: Option<String>,
    },
    /// Open a guide.
    OpenGuide {
        /// Which.
        id: String,
    },
    /// State something that no page shows.
    State {
        /// The order.
        order_id: String,
        /// The item that it is about.
        item: Option<String>,
        /// What it is about: a topic of `crate/case/statement.rs`; of `event` and `limit` the value names which.
        topic: String,
        /// What is stated; of a form, what is written there.
        value: Option<String>,
    },
    /// Take back what was stated then.
    Unstate {
        /// The order.
        order_id: String,
        /// When it was entered, milliseconds since 1970.
        entered_at: i64,
    },
    /// Write the deadlines that are ahead to disk, for a calendar.
    Calendar,
    /// Print the dossier.
    Print,
    /// Write the dossier to disk as an archive.
    Download,
}
