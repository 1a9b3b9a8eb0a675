//! All that the screens need to know of one case.

use crate::{
    case::{
        Conflict, Decision, Facts, Field, Flag, Moment, Next, Rung, Start, State, StatedEvent, Statement,
        Topic,
    },
    evidence::CaptureRecord,
    order::{Order, WarningCode},
    view::{Headline, ReadFact},
};

/// One case as the screens show it.
#[derive(Clone, Copy)]
pub struct CaseView<'a> {
    /// The order.
    pub order_id: &'a str,
    /// What was read of it last; none where only captures are known.
    pub order: Option<&'a Order>,
    /// Codes of what the reader warned of, each once.
    pub warnings: &'a [WarningCode],
    /// What was read, fact by fact.
    pub facts: &'a [ReadFact],
    /// Where the pages contradict each other, or what they said before.
    pub conflicts: &'a [Conflict],
    /// The fields in which the user's own value stands.
    pub entered: &'a [Field],
    /// The events whose time is known from the user.
    pub from_user: &'a [Start],
    /// The facts of the case, as they were decided on.
    pub case: &'a Facts,
    /// What the user stated of the order, or of the item that this is about.
    pub statements: &'a [(Topic, Statement)],
    /// The events that the user told.
    pub events: &'a [StatedEvent],
    /// The item that this is about; none = the whole order.
    pub item: Option<&'a str>,
    /// The items of an order that has several, with what was decided of those that have a case of their own.
    pub parts: &'a [Part],
    /// State, deadlines, next step.
    pub decision: &'a Decision,
    /// The ladder with its evidence.
    pub ladder: &'a [Rung],
    /// The captures of this order.
    pub records: &'a [CaptureRecord],
    /// How many files of the buyer's own it has.
    pub attachments: usize,
    /// Where the next step is done, unless the user is there already.
    pub link: Option<&'a Link>,
    /// The order's own page.
    pub order_url: &'a str,
    /// Now, and the viewer's zone.
    pub at: &'a Moment<'a>,
}

/// An item of an order that has several.
#[derive(Debug, Clone)]
pub struct Part {
    /// The item.
    pub item_id: String,
    /// Its title.
    pub title: Option<String>,
    /// What was decided of it, where the user stated something of it alone.
    pub decision: Option<Decision>,
}

/// A page of the shop where a step is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The key of its label.
    pub label: &'static str,
    /// Its address.
    pub url: String,
}

impl std::fmt::Debug for CaseView<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CaseView").field("order_id", &self.order_id).finish_non_exhaustive()
    }
}

/// Flags that are a warning on screen. The others show in the dates or in the next step.
const WARNINGS: [Flag; 12] = [
    Flag::CancelIsFinal,
    Flag::ClosePassed,
    Flag::ExcludedGoods,
    Flag::OfferBelowClaim,
    Flag::MultiParcel,
    Flag::Overdue,
    Flag::StaleReading,
    Flag::TwoRails,
    Flag::BankSafeDateNear,
    Flag::BankSafeDateReached,
    Flag::BankDeadlinePassed,
    Flag::BankCautiousPassed,
];

impl<'a> CaseView<'a> {
    /// What is shown first.
    pub(crate) fn headline(&self) -> Headline<'a> {
        Headline::of(self.decision, self.at)
    }

    /// The text key of the state.
    pub(super) fn state_key(&self) -> String {
        format!("state_{}", self.decision.state.code())
    }

    /// The text keys of what the user must know beside the next step.
    pub(super) fn warning_keys(&self) -> Vec<String> {
        let flags = WARNINGS.iter().filter(|flag| self.decision.flags.contains(flag));
        let flags = flags.map(|flag| format!("flag_{}", flag.code()));
        let read = self.warnings.iter().map(|code| format!("warning_{}", code.code()));
        let tricks = self.case.seller_tricks.iter().flatten().map(|trick| format!("trick_{}", trick.code()));
        // Where the button to confirm is near; what the next step says already is not said twice.
        let near = matches!(self.decision.underlying, State::Stalled | State::DeliveredUnconfirmed);
        let confirm =
            (near && self.decision.next != Next::DoNotConfirm).then(|| "warning_do_not_confirm".to_owned());
        read.chain(flags).chain(tricks).chain(confirm).collect()
    }

    /// Whether the page that was seen last has another layout than the known one.
    pub(super) fn is_drifted(&self) -> bool {
        self.warnings.contains(&WarningCode::LayoutChanged)
    }

    /// The first item's title.
    pub(crate) fn name(&self) -> Option<String> {
        self.order?.items.iter().find_map(|item| item.title.clone())
    }

    /// The store's name.
    pub(super) fn store(&self) -> Option<String> {
        self.order?.store.as_ref()?.name.clone()
    }

    /// The order's total, in the page's own words.
    pub(super) fn total(&self) -> Option<String> {
        Some(self.order?.total.as_ref()?.text.clone())
    }
}
