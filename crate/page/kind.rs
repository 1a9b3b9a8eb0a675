//! Which kind of page an address leads to.

use serde::{Deserialize, Serialize};

/// The kind of a page, as `read` prints it (formats: `page`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// The list of the buyer's orders.
    OrderList,
    /// One order.
    OrderDetail,
    /// The tracking of one order's parcels.
    Tracking,
    /// The list of returns and disputes.
    DisputeList,
    /// One return or dispute, also the page where one is opened.
    DisputeDetail,
    /// The conversation with a seller.
    Chat,
    /// The listing as it was when the order was placed.
    Snapshot,
    /// A sign-in page.
    Login,
    /// A page of another site.
    NotOurs,
    /// A page of the shop that is none of the above.
    Unknown,
}

impl PageKind {
    /// The name in JSON, in canonical texts, file names and text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrderList => "order_list",
            Self::OrderDetail => "order_detail",
            Self::Tracking => "tracking",
            Self::DisputeList => "dispute_list",
            Self::DisputeDetail => "dispute_detail",
            Self::Chat => "chat",
            Self::Snapshot => "snapshot",
            Self::Login => "login",
            Self::NotOurs => "not_ours",
            Self::Unknown => "unknown",
        }
    }
}
