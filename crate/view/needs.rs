//! Whether an order needs its buyer now: there is a step to take, or a limit of the buyer's is near.

use crate::{
    case::{Decision, Kind, Moment, Next, State, When},
    view::{
        Tone,
        tone::{Left, left},
    },
};

/// Whether a step is something to do. The others wait, or look again.
pub(crate) const fn is_to_do(next: Next) -> bool {
    !matches!(next, Next::None | Next::Wait | Next::WaitRefund | Next::RecheckPage)
}

/// Whether there is a step for the buyer to take now.
pub(crate) const fn has_step(state: State, next: Next) -> bool {
    // What is left when all is over is an offer. It would keep every old order here for good.
    is_to_do(next) && !matches!(state, State::WindowClosed | State::ClosedFinal)
}

/// Whether this is a limit of the buyer's that is near: within five days. An estimate counts too, because one order too
/// many costs nothing.
pub(crate) fn is_near(kind: Kind, when: When, at: &Moment<'_>) -> bool {
    match (kind, left(when, at)) {
        (Kind::Close, Left::Ahead(left)) => Tone::of_close(left) != Tone::Safe,
        _ => false,
    }
}

/// Whether what was decided needs the buyer now.
pub(crate) fn needs_now(decision: &Decision, at: &Moment<'_>) -> bool {
    has_step(decision.state, decision.next)
        || decision.deadlines.iter().any(|limit| is_near(limit.kind, limit.at, at))
}
