//! What the facts mean: state, deadlines with what they rest on, flags, next step, and the ladder of escalation.
//!
//! [`decide`] takes [`Facts`] and a [`Moment`] and is total: whatever the facts, it answers, and what is not known
//! stays unknown. Its rules are data (`data/policy`): [`Rule::all`] has each with source, date and grade.

mod arithmetic;
mod bank;
mod basis;
mod by_state;
mod conflict;
mod correction;
mod deadline;
mod entered;
mod event;
mod facts;
mod file;
mod flags;
mod from_pages;
mod ladder;
mod listing;
mod next;
mod reading;
mod reminder;
mod rule;
mod situation;
mod standing;
mod state;
mod stated;
mod statement;
mod step;
mod time;
mod unite;
mod values;
mod zone;

pub use arithmetic::When;
pub use conflict::{Conflict, Said, Saying, Told};
pub use correction::{Correction, Entry, Field, Refusal, Value};
pub use deadline::{Basis, Deadline, Sighting};
pub use event::EventKind;
pub use facts::{Facts, RuleLength};
pub use file::{CaseFile, History, Look, Seen};
pub use flags::Flag;
pub use ladder::{Applies, Evidence, Held, HeldFact, Item, OwnFile, Rung, RungName, Standing, ladder};
pub use reading::{Form, Of, PhraseStart, Reading};
pub use reminder::{Call, Reminded, Wishes, remind};
#[cfg(not(target_arch = "wasm32"))]
pub use rule::sources;
pub use rule::{
    Age, Clock, Grade, Kind, RULES_AS_OF, RULES_VERSION, Rule, Source, Start, Subject, Unit, learn_sources,
};
pub use state::State;
pub use stated::{EventStanding, StatedEvent};
pub use statement::{Amount, DayOf, Statement, Topic, YesNo};
pub use step::{Because, Next};
pub use time::Time;
pub use values::{BankResult, DisputeStatus, Goods, Money, OrderStatus, Rail, Reason, SellerTrick, Tracking};
pub use zone::{Moment, Point, Zones};

use situation::Situation;

/// What a case's facts mean at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The state.
    pub state: State,
    /// The state without the block of the account; the same as `state` where the account is not blocked.
    pub underlying: State,
    /// Every deadline, in the order of time. One stays listed after it has passed.
    pub deadlines: Vec<Deadline>,
    /// What to do next.
    pub next: Next,
    /// Why.
    pub because: Because,
    /// What is true beside the state; each flag once.
    pub flags: Vec<Flag>,
}

/// State, deadlines, flags and next step of a case (policy sections 9 to 14). Where the facts are those of several items
/// and the case is about one of them, [`Facts::of_case`] comes first.
///
/// A time in a zone that nobody knows, or beyond the calendar's range, is not known.
pub fn decide(facts: &Facts, at: &Moment<'_>) -> Decision {
    let case = Situation::new(facts, *at);
    let (state, underlying) = state::states(&case);
    let deadlines = listing::deadlines(&case, state, underlying);
    let flags = flags::flags(&case, underlying, &deadlines);
    let found =
        next::Found { case: &case, shown: state, state: underlying, deadlines: &deadlines, flags: &flags };
    let (next, because) = found.next();
    Decision { state, underlying, deadlines, next, because, flags }
}
