//! The facts of a case (policy section 11). What is absent is not known.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    BankResult, DisputeStatus, Goods, Moment, Money, OrderStatus, Rail, Reading, Reason, SellerTrick, Time,
    Tracking, reading::Form,
};

macro_rules! facts {
    (times { $($(#[$time_doc:meta])* $time:ident,)* } others { $($(#[$doc:meta])* $name:ident: $kind:ty,)* }) => {
        /// Everything known about one case. Keys that are not listed are ignored on reading.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Facts {
            $($(#[$time_doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $time: Option<Time>,)*
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $name: Option<$kind>,)*
        }

        impl Facts {
            /// These facts where known, else the others.
            fn or(self, other: Self) -> Self {
                Self { $($time: self.$time.or(other.$time),)* $($name: self.$name.or(other.$name),)* }
            }

            /// The stated times, without those of readings and items.
            fn times(&self) -> impl Iterator<Item = &Time> {
                [$(&self.$time),*].into_iter().flatten()
            }
        }
    };
}

facts! {
    times {
        /// Order placed.
        placed_at,
        /// Payment verified.
        paid_at,
        /// Parcel shipped.
        shipped_at,
        /// Last tracking event.
        last_tracking_at,
        /// The carrier's delivered scan.
        delivered_scan_at,
        /// Receipt confirmed, by the buyer or automatically.
        confirmed_at,
        /// The delivery timer ran out without confirmation.
        timer_ended_at,
        /// The buyer asked to cancel before shipping.
        cancel_requested_at,
        /// The delivery time was extended.
        extension_granted_at,
        /// Dispute opened.
        dispute_opened_at,
        /// Last change of the request by the buyer.
        dispute_modified_at,
        /// A proposal of the seller or a decision of AliExpress was shown to the buyer.
        proposal_at,
        /// AliExpress stepped in.
        stepped_in_at,
        /// AliExpress asked for evidence.
        evidence_requested_at,
        /// Return approved.
        return_approved_at,
        /// Free label issued.
        label_at,
        /// Dispute closed against the buyer.
        dispute_closed_at,
        /// Appeal sent.
        appeal_sent_at,
        /// Support ticket opened.
        support_ticket_at,
    }
    others {
        /// The order's status.
        order_status: OrderStatus,
        /// Its wording on the page. Never used for a decision.
        status_text: String,
        /// Stage of the dispute; none opened where absent.
        dispute_status: DisputeStatus,
        /// Whether the page shows the button to open a dispute.
        can_dispute: bool,
        /// Promised delivery time in days.
        promised_days: u32,
        /// What tracking shows.
        tracking: Tracking,
        /// Page readings and user entries.
        readings: Vec<Reading>,
        /// The complaint.
        reason: Reason,
        /// The item carries free return; while a return is approved: it is free.
        free_return: bool,
        /// Kind of goods.
        goods: Goods,
        /// Listing and promise are captured.
        listing_saved: bool,
        /// What the seller tried.
        seller_tricks: Vec<SellerTrick>,
        /// Amount claimed.
        claimed: Money,
        /// Amount proposed.
        offered: Money,
        /// AliExpress marked the refund processed.
        refund_processed_on: NaiveDate,
        /// The one appeal was decided and lost.
        appeal_used: bool,
        /// Money is back.
        refund_arrived: bool,
        /// In an entry of `items`: which item it is.
        item_id: String,
        /// Several items or parcels, each with facts of its own that replace the order's.
        items: Vec<Facts>,
        /// The item that the case is about.
        case_item: String,
        /// The account is blocked.
        account_blocked: bool,
        /// Appeal for reactivation sent.
        account_appeal_on: NaiveDate,
        /// How the payment was made.
        rails: Vec<Rail>,
        /// ISO 3166 country of the card's issuer.
        card_country: String,
        /// Lengths of rules that the user changed.
        rule_lengths: Vec<RuleLength>,
        /// Whether it is a credit card.
        credit: bool,
        /// Card transaction.
        transaction_on: NaiveDate,
        /// Processing or settlement.
        processed_on: NaiveDate,
        /// First statement showing the charge sent.
        statement_on: NaiveDate,
        /// Payment by PayPal.
        paid_on: NaiveDate,
        /// Latest promised delivery.
        promised_on: NaiveDate,
        /// Goods received.
        received_on: NaiveDate,
        /// Goods sent back.
        return_sent_on: NaiveDate,
        /// Breach of contract (UK section 75).
        breach_on: NaiveDate,
        /// Price of the single item without postage.
        item_price: Money,
        /// The buyer is an EU consumer.
        eu_consumer: bool,
        /// PayPal case opened.
        paypal_case_on: NaiveDate,
        /// PayPal case escalated.
        paypal_escalated_on: NaiveDate,
        /// Problem reported to Klarna.
        klarna_reported_on: NaiveDate,
        /// The buyer has gone over to the bank.
        bank_chosen: bool,
        /// Card claim filed.
        bank_filed_on: NaiveDate,
        /// Its end.
        bank_result: BankResult,
    }
}

/// Another length for a rule: what the user's own page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLength {
    /// The clock, by its name: `R12`, or `R18_LABEL` where a rule has several.
    pub clock: String,
    /// How many of the clock's units.
    pub length: i32,
}

impl Facts {
    /// The facts of the case's own item, for [`super::decide`]: what is known of the item, else what is known of the order.
    /// Facts of other items are never used.
    #[must_use]
    pub fn of_case(&self) -> Self {
        let own = self.case_item.as_ref().and_then(|wanted| {
            self.items.iter().flatten().find(|item| item.item_id.as_ref() == Some(wanted))
        });
        // The order says which items there are; an entry cannot change that.
        let order = self.clone();
        match own {
            Some(own) => Self { items: None, case_item: None, ..own.clone() }.or(order),
            None => order,
        }
    }

    /// The name of a zone in these facts, or of the viewer's, that nobody knows.
    ///
    /// [`super::decide`] treats a time in such a zone as not known.
    pub fn unknown_zone(&self, at: &Moment<'_>) -> Option<String> {
        let until = |reading: &Reading| match &reading.form {
            Form::Until(time) | Form::User(time) => Some(time.clone()),
            Form::Countdown(_) | Form::Phrase { .. } => None,
        };
        let entered: Vec<Time> = self.readings.iter().flatten().filter_map(until).collect();
        let own = at.unknown_zone(self.times().chain(&entered)).map(str::to_owned);
        own.or_else(|| self.items.iter().flatten().find_map(|item| item.unknown_zone(at)))
    }

    pub(super) fn has_rail(&self, wanted: impl Fn(Rail) -> bool) -> bool {
        self.rails.iter().flatten().any(|rail| wanted(*rail))
    }

    pub(super) fn saw_trick(&self, trick: SellerTrick) -> bool {
        self.seller_tricks.iter().flatten().any(|seen| *seen == trick)
    }
}
