//! The next step and its cause.

use super::{Deadline, Of, SellerTrick, situation::Situation};
use crate::code::codes;

codes! {
    /// What to do next.
    Next {
        /// Nothing to do.
        None = "none",
        /// The other side's turn; keep capturing.
        Wait = "wait",
        /// Save listing, promise and checkout.
        CaptureListing = "capture_listing",
        /// Open the page and read it again.
        RecheckPage = "recheck_page",
        /// Write to the seller.
        ContactSeller = "contact_seller",
        /// Ask for a longer delivery time.
        AskExtension = "ask_extension",
        /// Inspect and film; do not confirm.
        InspectGoods = "inspect_goods",
        /// File now.
        OpenDispute = "open_dispute",
        /// Strengthen the dispute.
        AddEvidence = "add_evidence",
        /// Check amount, currency and return, then answer.
        ReplyToProposal = "reply_to_proposal",
        /// Upload what AliExpress asked for.
        UploadRequestedEvidence = "upload_requested_evidence",
        /// Ship tracked and enter the number.
        ShipReturn = "ship_return",
        /// Ask in the dispute for the state of the case.
        Nudge = "nudge",
        /// The refund is on its way.
        WaitRefund = "wait_refund",
        /// Ask AliExpress for the ARN and take it to the bank.
        AskArn = "ask_arn",
        /// The one appeal, with new facts.
        Appeal = "appeal",
        /// Appeal for account reactivation.
        AppealAccount = "appeal_account",
        /// Support, with order and dispute number.
        SupportTicket = "support_ticket",
        /// Assemble the bank pack.
        PrepareBank = "prepare_bank",
        /// Go to the bank, card firm, PayPal or Klarna now.
        FileBank = "file_bank",
        /// Escalate the PayPal case.
        EscalatePaypal = "escalate_paypal",
        /// Warn: do not close the dispute.
        DoNotCancel = "do_not_cancel",
        /// Warn: do not confirm receipt.
        DoNotConfirm = "do_not_confirm",
    }
}

/// Why this step, with the deadline that drives it where one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// A close is at most 48 hours away.
    Urgent(Deadline),
    /// A limit is still ahead, and the step belongs before it.
    Before(Deadline),
    /// A limit has passed.
    Passed(Deadline),
    /// The step can be taken from then on only.
    NotBefore(Deadline),
    /// The bank's safe date is here.
    BankSafeDate(Deadline),
    /// A reading of this is too old, or an event overtook it.
    StaleReading(Of),
    /// The seller tried this.
    Trick(SellerTrick),
    /// The account is blocked.
    AccountBlocked,
    /// No complaint is chosen yet.
    NoReasonYet,
    /// The page shows no button to open a dispute.
    NoButton,
    /// There is nothing that a date could be counted from.
    NothingToCountFrom,
    /// The state alone says so.
    Stage,
}

impl Because {
    /// A limit as a cause, ahead or passed.
    pub(super) fn of_limit(case: &Situation<'_>, limit: &Deadline) -> Self {
        if limit.at.has_passed(&case.at) { Self::Passed(limit.clone()) } else { Self::Before(limit.clone()) }
    }
}

/// A step and its cause.
pub(super) type Step = (Next, Because);
