//! The time rules as data: `data/policy/rules.toml`, checked and compiled in.

use std::sync::OnceLock;

use crate::code::codes;

/// The compiled rules, one static per clock, and the margins.
pub(super) mod clock {
    include!(concat!(env!("OUT_DIR"), "/policy_rules.rs"));
}

codes! {
    /// What a deadline means.
    Kind {
        /// The latest moment to act.
        Close = "close",
        /// The earliest moment.
        Open = "open",
        /// The other side's limit.
        Expect = "expect",
        /// A hint only, never listed.
        Advise = "advise",
    }
}

codes! {
    /// The unit of a rule's length.
    Unit {
        /// Days of instants.
        D = "d",
        /// Hours elapsed.
        H = "h",
        /// Business days, no holidays known.
        Bd = "bd",
        /// Calendar days.
        Cd = "cd",
        /// Years.
        Y = "y",
    }
}

codes! {
    /// How far a figure is to be trusted.
    Grade {
        /// Primary text: AliExpress, a network, a regulator, a payment firm, or this order's own page.
        A = "A",
        /// Primary text through good mirrors.
        AMinus = "A-",
        /// Between A and B.
        AOrB = "A/B",
        /// A mirror of primary text, or several guides that agree.
        B = "B",
        /// Several weak sources that agree on the existence.
        CPlus = "C+",
        /// One guide or comment, or what a user typed.
        C = "C",
        /// Inference, or not found.
        D = "D",
    }
}

codes! {
    /// How old the source of a rule is.
    Age {
        /// 2024 to 2026.
        Current = "current",
        /// 2018 to 2023.
        Aged = "aged",
        /// 2017 or older.
        Stale = "stale",
        /// Without a date.
        Undated = "undated",
    }
}

codes! {
    /// The event that a rule counts from.
    Start {
        /// `placed_at`.
        Placed = "placed",
        /// `paid_at`.
        Paid = "paid",
        /// `shipped_at`.
        Shipped = "shipped",
        /// `last_tracking_at`.
        LastTracking = "last_tracking",
        /// `delivered_scan_at`.
        DeliveredScan = "delivered_scan",
        /// `confirmed_at`.
        Confirmed = "confirmed",
        /// A usable reading of the delivery timer.
        DeliveryEnd = "delivery_end",
        /// `timer_ended_at`, or a reading of the delivery timer where it counts as that end.
        TimerEnd = "timer_end",
        /// `cancel_requested_at`.
        CancelRequested = "cancel_requested",
        /// `dispute_opened_at`.
        DisputeOpened = "dispute_opened",
        /// `dispute_modified_at`.
        DisputeModified = "dispute_modified",
        /// `proposal_at`.
        Proposal = "proposal",
        /// `stepped_in_at`.
        SteppedIn = "stepped_in",
        /// `evidence_requested_at`.
        EvidenceRequested = "evidence_requested",
        /// `return_approved_at`.
        ReturnApproved = "return_approved",
        /// `label_at`.
        Label = "label",
        /// `dispute_closed_at`.
        DisputeClosed = "dispute_closed",
        /// `appeal_sent_at`.
        AppealSent = "appeal_sent",
        /// `refund_processed_on`.
        RefundProcessed = "refund_processed",
        /// `account_appeal_on`.
        AccountAppeal = "account_appeal",
        /// `promised_on`.
        Promised = "promised",
        /// `received_on`.
        Received = "received",
        /// `transaction_on`.
        Transaction = "transaction",
        /// `processed_on`.
        Processed = "processed",
        /// `statement_on`.
        Statement = "statement",
        /// `paid_on`.
        PaidOn = "paid_on",
        /// `return_sent_on`.
        ReturnSent = "return_sent",
        /// `breach_on`.
        Breach = "breach",
        /// `paypal_case_on`.
        PaypalCase = "paypal_case",
        /// `klarna_reported_on`.
        KlarnaReported = "klarna_reported",
    }
}

codes! {
    /// What a deadline limits.
    Subject {
        /// The buyer's payment.
        Pay = "pay",
        /// Shipping by the seller.
        Ship = "ship",
        /// The seller's answer to a cancellation.
        Cancel = "cancel",
        /// From when a dispute can be opened.
        OpenFrom = "open_from",
        /// The end of the delivery or protection timer.
        Delivery = "delivery",
        /// The next tracking event.
        Tracking = "tracking",
        /// Automatic confirmation after a delivered scan.
        AutoConfirm = "auto_confirm",
        /// The end of the window to open a dispute.
        Window = "window",
        /// The end of free return.
        FreeReturn = "free_return",
        /// The seller's answer in the dispute.
        SellerReply = "seller_reply",
        /// AliExpress stepping in.
        StepIn = "step_in",
        /// The buyer's answer to a proposal.
        BuyerReply = "buyer_reply",
        /// Evidence that AliExpress asked for.
        Evidence = "evidence",
        /// The end of mediation.
        Mediation = "mediation",
        /// Sending the goods back.
        ReturnShip = "return_ship",
        /// The seller's receipt of the return.
        SellerReceive = "seller_receive",
        /// The buyer's appeal.
        Appeal = "appeal",
        /// The answer to the appeal.
        AppealAnswer = "appeal_answer",
        /// The arrival of the refund.
        Refund = "refund",
        /// The reactivation of the account.
        Reactivation = "reactivation",
        /// A claim at the bank, the card firm or PayPal.
        Bank = "bank",
        /// From when a claim at the bank can be made.
        BankOpen = "bank_open",
        /// The time that Klarna gives the seller.
        BankAnswer = "bank_answer",
        /// The withdrawal of an EU consumer, which is no bank limit.
        Withdrawal = "withdrawal",
    }
}

/// A rule with where it comes from.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `R..` of the platform, `B..` of banks and payment firms, `W..` of the state machine.
    pub id: &'static str,
    /// How far to trust it.
    pub grade: Grade,
    /// How old the source is.
    pub age: Age,
    /// Whether its date is an estimate and must be labelled as one.
    pub estimate: bool,
}

/// Where the number of a rule comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Source {
    /// The source, in a few words.
    pub text: &'static str,
    /// The day it was read, `YYYY-MM-DD`.
    pub read: &'static str,
    /// Other values that sources give; empty where they agree.
    pub reported: &'static str,
}

/// The id of each rule with its source. In the extension they come from a file beside the core, see [`learn_sources`].
static SOURCES: OnceLock<Vec<(&'static str, Source)>> = OnceLock::new();

/// The sources as the build wrote them: 9 KB that the extension's core does not carry.
#[cfg(not(target_arch = "wasm32"))]
pub fn sources() -> &'static str {
    clock::SOURCES
}

/// Takes in the sources that the build wrote.
pub fn learn_sources(text: String) {
    SOURCES.get_or_init(|| unpack(text.leak()));
}

fn unpack(text: &'static str) -> Vec<(&'static str, Source)> {
    let source = |line: &'static str| {
        let mut parts = line.split('\t');
        let id = parts.next()?;
        let [text, read, reported] = [(); 3].map(|()| parts.next().unwrap_or_default());
        Some((id, Source { text, read, reported }))
    };
    text.lines().filter_map(source).collect()
}

impl Rule {
    /// Every rule, in the order of the data file.
    pub fn all() -> &'static [&'static Self] {
        &clock::ALL
    }

    /// Where its number comes from.
    pub fn source(&self) -> Source {
        #[cfg(not(target_arch = "wasm32"))]
        SOURCES.get_or_init(|| unpack(clock::SOURCES));
        let all = SOURCES.get().into_iter().flatten();
        all.copied().find(|(id, _)| *id == self.id).map(|(_, source)| source).unwrap_or_default()
    }
}

/// One length of a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Clock {
    /// Its name: the rule's id, and where the rule has several clocks, which of them (`R18_LABEL`).
    pub name: &'static str,
    /// The rule it belongs to.
    pub rule: &'static Rule,
    /// What it limits.
    pub limits: Subject,
    /// The events it may run from; the first known one counts.
    pub starts: &'static [Start],
    /// How many units; negative where it ends before the event.
    pub length: i32,
    /// The unit.
    pub unit: Unit,
    /// What the end means.
    pub kind: Kind,
}

/// The version of the set of rules.
pub const RULES_VERSION: u32 = clock::VERSION;

/// The day on which it was last changed, `YYYY-MM-DD`.
pub const RULES_AS_OF: &str = clock::AS_OF;

impl Clock {
    /// The clock of this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        clock::CLOCKS.iter().copied().find(|clock| clock.name == name)
    }
}
