//! What a click in the interface asks for.

use serde::{Deserialize, Serialize};

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
    /// Print the dossier.
    Print,
    /// Write the dossier to disk as an archive.
    Download,
}
