//! Letters that the user can send: to the seller, to AliExpress, to the bank. They are only written, never sent.
//!
//! A draft says what is known of the case and leaves out what is not. Where a person must fill something in, there is a
//! blank in square brackets. `extension/words.js` makes text of a draft, in the language of the interface and in English.

mod amount;
mod claim;
mod course;
mod letter;
mod proof;

use super::{Argument, CaseView, Message, Node, Tag, element};
use crate::{
    case::{Facts, Next, State},
    code::codes,
    evidence::Exhibit,
};
#[cfg(test)]
pub(super) use amount::decimals;
use letter::Letter;

codes! {
    /// What is written, and to whom.
    DraftCode {
        /// To the seller, in the chat.
        SellerChat = "seller_chat",
        /// The description when a dispute is opened.
        Dispute = "dispute",
        /// The answer to a proposal of the seller or of AliExpress.
        CounterOffer = "counter_offer",
        /// A note beside evidence that is uploaded.
        EvidenceNote = "evidence_note",
        /// The one appeal against a decision.
        Appeal = "appeal",
        /// To AliExpress' support.
        SupportTicket = "support_ticket",
        /// To the card issuer, PayPal or Klarna.
        BankLetter = "bank_letter",
    }
}

/// A letter, line by line. It leaves the core as a [`Node`], because another form would be 2 KB of code: an `article` whose
/// id is the code.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it is.
    pub code: DraftCode,
    /// Its lines.
    pub lines: Vec<DraftLine>,
}

/// A line of a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftLine {
    /// How it stands there.
    pub kind: LineKind,
    /// What it says.
    pub text: Message,
}

/// How a line stands in its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Alone: `p`.
    Paragraph,
    /// With a number: `li`. Points are numbered through the whole letter.
    Point,
    /// In a list that has no numbers, or its own, such as an exhibit: `div`.
    Line,
}

impl From<Draft> for Node {
    fn from(draft: Draft) -> Self {
        let mut letter = element(Tag::Article).id(draft.code.code());
        for DraftLine { kind, text } in draft.lines {
            let tag = match kind {
                LineKind::Paragraph => Tag::P,
                LineKind::Point => Tag::Li,
                LineKind::Line => Tag::Div,
            };
            letter = letter.child(element(tag).child(text));
        }
        letter.into()
    }
}

/// The letters that fit a case, the one for the next step first. `exhibits` are numbered as in the dossier.
pub fn drafts(case: &CaseView<'_>, facts: &Facts, exhibits: &[Exhibit]) -> Vec<Draft> {
    let decision = case.decision;
    let first = of_step(decision.next);
    let mut drafts: Vec<Draft> = Vec::new();
    for code in first.as_slice().iter().chain(of_state(decision.underlying)) {
        if drafts.iter().all(|draft| draft.code != *code) {
            drafts.push(Draft { code: *code, lines: Letter::write(*code, case, facts, exhibits) });
        }
    }
    drafts
}

/// The letter that a step needs.
const fn of_step(next: Next) -> Option<DraftCode> {
    Some(match next {
        Next::ContactSeller
        | Next::AskExtension
        | Next::ShipReturn
        | Next::DoNotCancel
        | Next::DoNotConfirm => DraftCode::SellerChat,
        Next::OpenDispute => DraftCode::Dispute,
        Next::ReplyToProposal => DraftCode::CounterOffer,
        Next::AddEvidence | Next::UploadRequestedEvidence => DraftCode::EvidenceNote,
        Next::Appeal => DraftCode::Appeal,
        Next::Nudge | Next::AskArn | Next::AppealAccount | Next::SupportTicket => DraftCode::SupportTicket,
        Next::PrepareBank | Next::FileBank | Next::EscalatePaypal => DraftCode::BankLetter,
        Next::None
        | Next::Wait
        | Next::CaptureListing
        | Next::RecheckPage
        | Next::InspectGoods
        | Next::WaitRefund => return None,
    })
}

/// The letters that make sense in a state, the likeliest first.
const fn of_state(state: State) -> &'static [DraftCode] {
    use DraftCode::{Appeal, BankLetter, CounterOffer, Dispute, EvidenceNote, SellerChat, SupportTicket};
    match state {
        State::Unpaid | State::Cancelled | State::Done | State::Lost => &[],
        State::AwaitShip | State::CancelRequested => &[SellerChat, SupportTicket],
        State::InTransit => &[SellerChat, Dispute, SupportTicket, BankLetter],
        State::Stalled | State::DeliveredUnconfirmed | State::WindowOpen | State::CancelledByBuyer => {
            &[Dispute, SellerChat, EvidenceNote, SupportTicket, BankLetter]
        }
        State::DisputeWaitSeller => &[EvidenceNote, SellerChat, SupportTicket, BankLetter],
        State::DisputeWaitBuyer | State::DisputeDecision => {
            &[CounterOffer, EvidenceNote, SellerChat, SupportTicket, BankLetter]
        }
        State::Mediation | State::MediationEvidence => &[EvidenceNote, SupportTicket, SellerChat, BankLetter],
        State::ReturnApproved | State::ReturnSent => &[SellerChat, SupportTicket, EvidenceNote, BankLetter],
        State::DecidedAgainst => &[Appeal, SupportTicket, BankLetter, EvidenceNote],
        State::AppealPending | State::CancelledRefund | State::RefundSent => &[SupportTicket, BankLetter],
        State::WindowClosed | State::ClosedFinal | State::Support => {
            &[SupportTicket, BankLetter, SellerChat, EvidenceNote]
        }
        State::Bank | State::BankOpen => &[BankLetter, SupportTicket, EvidenceNote],
        // What the page says was not understood: the letters that ask.
        State::Unknown | State::AccountBlocked => &[SellerChat, SupportTicket, BankLetter],
    }
}
