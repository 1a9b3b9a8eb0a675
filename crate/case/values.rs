//! The values that facts of a case take (policy section 11).

use serde::{Deserialize, Serialize};

use crate::code::codes;

codes! {
    /// The order's status, as `read` gives it.
    OrderStatus {
        /// Waiting for payment.
        Unpaid = "unpaid",
        /// Paid, waiting to be shipped.
        ToShip = "to_ship",
        /// On its way.
        InTransit = "in_transit",
        /// Delivered, receipt not confirmed.
        Delivered = "delivered",
        /// Receipt confirmed, or the delivery timer ended.
        Completed = "completed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Closed because a time ran out.
        Expired = "expired",
        /// A dispute is open.
        InDispute = "in_dispute",
        /// Refunded.
        Refunded = "refunded",
        /// Read, but not understood.
        Unknown = "unknown",
    }
}

codes! {
    /// The stage of a dispute. No stage at all means that none was opened.
    DisputeStatus {
        /// The seller has to answer.
        WaitSeller = "wait_seller",
        /// The buyer has to answer a proposal.
        WaitBuyer = "wait_buyer",
        /// AliExpress has stepped in.
        Mediation = "mediation",
        /// AliExpress asks the buyer for evidence.
        EvidenceRequested = "evidence_requested",
        /// AliExpress proposes a decision.
        DecisionProposed = "decision_proposed",
        /// The goods are to be sent back.
        ReturnApproved = "return_approved",
        /// The goods were sent back.
        ReturnSent = "return_sent",
        /// The refund was processed.
        RefundProcessed = "refund_processed",
        /// Closed with nothing, or with less than claimed.
        DecidedAgainst = "decided_against",
        /// The one appeal was sent.
        AppealPending = "appeal_pending",
        /// Withdrawn by the buyer.
        Withdrawn = "withdrawn",
        /// Closed for good.
        Closed = "closed",
        /// Read, but not understood.
        Unknown = "unknown",
    }
}

codes! {
    /// What tracking shows.
    Tracking {
        /// Normal updates.
        Moving = "moving",
        /// The number is not found.
        NotFound = "not_found",
        /// Going back to the sender.
        Returned = "returned",
        /// Delivered to another place.
        OtherPlace = "other_place",
    }
}

codes! {
    /// The complaint (policy section 3).
    Reason {
        /// Not received, no movement.
        NotReceived = "not_received",
        /// Marked as delivered, not here.
        MarkedDelivered = "marked_delivered",
        /// Delivered to another town.
        DeliveredElsewhere = "delivered_elsewhere",
        /// No valid tracking.
        NoTracking = "no_tracking",
        /// Held by customs.
        CustomsHeld = "customs_held",
        /// Went back to the sender.
        ReturnedToSender = "returned_to_sender",
        /// Damaged on the way.
        Damaged = "damaged",
        /// Does not work.
        Defective = "defective",
        /// Wrong item, colour or variant.
        WrongItem = "wrong_item",
        /// Wrong size.
        Size = "size",
        /// Not as described.
        NotAsDescribed = "not_as_described",
        /// Poor quality.
        Quality = "quality",
        /// Pieces or parts missing.
        MissingParts = "missing_parts",
        /// Nothing in the parcel.
        EmptyParcel = "empty_parcel",
        /// A fake.
        Counterfeit = "counterfeit",
        /// Another shipping method, or an extra fee.
        OtherShipping = "other_shipping",
    }
}

impl Reason {
    /// Whether the complaint is that nothing came. Every other reason is *not as described*.
    pub const fn is_not_received(self) -> bool {
        matches!(
            self,
            Self::NotReceived
                | Self::MarkedDelivered
                | Self::DeliveredElsewhere
                | Self::NoTracking
                | Self::CustomsHeld
                | Self::ReturnedToSender
        )
    }
}

codes! {
    /// The kind of goods (policy 1.18: all but the first are excluded from parts of the protection).
    Goods {
        /// Nothing special.
        Ordinary = "ordinary",
        /// Made to order.
        Custom = "custom",
        /// Digital or virtual.
        Digital = "digital",
        /// Perishable.
        Perishable = "perishable",
        /// Hygiene goods.
        Hygiene = "hygiene",
        /// Opened media.
        OpenedMedia = "opened_media",
    }
}

codes! {
    /// What a seller tries (policy section 7, row by row).
    SellerTrick {
        /// Asks to close the dispute.
        CloseDispute = "close_dispute",
        /// Asks to accept nothing or little.
        AcceptLow = "accept_low",
        /// Offers payment outside AliExpress.
        OffPlatform = "off_platform",
        /// Asks to wait longer.
        WaitLonger = "wait_longer",
        /// Asks to confirm receipt.
        ConfirmReceipt = "confirm_receipt",
        /// Asks for more processing time.
        ExtendProcessing = "extend_processing",
        /// Wants the goods back at the buyer's cost.
        ReturnAtBuyerCost = "return_at_buyer_cost",
        /// Tracking shows a delivery elsewhere.
        TrackingElsewhere = "tracking_elsewhere",
        /// Asks to choose a change of mind as reason.
        ChangeOfMind = "change_of_mind",
    }
}

codes! {
    /// How the payment was made. PayPal with a card behind it is both.
    Rail {
        /// A Visa card.
        Visa = "visa",
        /// A Mastercard.
        Mastercard = "mastercard",
        /// An American Express card.
        Amex = "amex",
        /// PayPal.
        Paypal = "paypal",
        /// Klarna.
        Klarna = "klarna",
    }
}

impl Rail {
    /// Whether it is a payment card.
    pub const fn is_card(self) -> bool {
        matches!(self, Self::Visa | Self::Mastercard | Self::Amex)
    }
}

codes! {
    /// How the claim at the bank ended.
    BankResult {
        /// The money is back.
        Won = "won",
        /// The claim was refused for good.
        Lost = "lost",
    }
}

/// An amount of money in the currency's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Number of smallest units (cents, pence; whole units where the currency has none smaller).
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: String,
}
