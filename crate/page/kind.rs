//! Which kind of page an address leads to.

use crate::code::codes;

codes! {
    /// The kind of a page, as `read` prints it (formats: `page`).
    PageKind {
        /// The list of the buyer's orders.
        OrderList = "order_list",
        /// One order.
        OrderDetail = "order_detail",
        /// The tracking of one order's parcels.
        Tracking = "tracking",
        /// The list of returns and disputes.
        DisputeList = "dispute_list",
        /// One return or dispute, also the page where one is opened.
        DisputeDetail = "dispute_detail",
        /// The conversation with a seller.
        Chat = "chat",
        /// The listing as it was when the order was placed.
        Snapshot = "snapshot",
        /// A sign-in page.
        Login = "login",
        /// A page of another site.
        NotOurs = "not_ours",
        /// A page of the shop that is none of the above.
        Unknown = "unknown",
    }
}
