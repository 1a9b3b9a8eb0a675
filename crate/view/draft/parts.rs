//! The parts of a letter that depend on the case.

use super::{
    Argument, DraftCode, Exhibit, LineKind, Next, State, amount,
    course::{self, Course, Events},
    letter::Letter,
};
use crate::{
    case::{DisputeStatus, Form, Held, Of, Reason, RungName},
    page::PageKind,
};

/// Evidence that is not enclosed because the letter itself holds it.
const IN_THE_LETTER: [&str; 2] = ["new_facts", "timeline"];

impl Letter<'_> {
    pub(super) fn is_disputed(&self) -> bool {
        self.facts.dispute_status.is_some() || self.facts.dispute_opened_at.is_some()
    }

    pub(super) fn about(&mut self) {
        self.line("order");
        self.words(self.case.order_id);
        let Some(order) = self.case.order else { return };
        let item = match order.items.as_slice() {
            [only] => Some(only),
            several => {
                let own = self.facts.case_item.as_ref();
                several.iter().find(|item| own.is_some() && item.item_id.as_ref() == own)
            }
        };
        match item.and_then(|item| item.title.as_deref()) {
            Some(title) => {
                self.line("item");
                self.words(title);
            }
            None if order.items.len() > 1 => self.line("item_blank"),
            None => {}
        }
        // The seller knows the rest.
        if !matches!(self.code, DraftCode::SellerChat | DraftCode::CounterOffer) {
            let store = order.store.as_ref().and_then(|store| store.name.as_ref());
            let total = order.total.as_ref().map(|total| &total.text);
            for (name, words) in [("store", store), ("total", total)] {
                if let Some(words) = words {
                    self.line(name);
                    self.words(words);
                }
            }
        }
        for number in &order.tracking_numbers {
            self.line("tracking");
            self.words(number);
        }
    }

    /// The complaint as one sentence. How the goods fall short only the buyer can say.
    pub(super) fn complaint(&mut self) {
        let Some(reason) = self.facts.reason else {
            let of_a_parcel = self.code == DraftCode::SellerChat && self.question().is_some();
            if !of_a_parcel && self.code != DraftCode::SupportTicket {
                self.point("complaint_blank");
            }
            return;
        };
        self.add(LineKind::Point, "complaint_", reason.code());
        if !reason.is_not_received() {
            self.text("draft_detail_", reason.code());
        }
    }

    /// Asks for the money; the bank is asked about a payment. Where support is asked for something else, that comes first.
    pub(super) fn ask(&mut self) {
        let other = matches!(self.support(), "blocked" | "cancelled" | "refund" | "return");
        let founded = self.facts.reason.is_some() || self.is_disputed();
        if self.code == DraftCode::SupportTicket && (other || !founded) {
            return;
        }
        let (name, amount) = amount::asked(self.case, self.facts);
        let to_bank = self.code == DraftCode::BankLetter;
        self.point(if to_bank { "bank_amount" } else { name });
        if let Some(amount) = amount.or_else(|| to_bank.then(amount::blank)) {
            self.fill(amount);
        }
    }

    /// What the seller is asked while a parcel is on its way, in either direction.
    fn question(&self) -> Option<&'static str> {
        let decision = self.case.decision;
        Some(match decision.underlying {
            State::AwaitShip => "seller_ship",
            State::CancelRequested => "seller_cancel",
            State::InTransit | State::Stalled if decision.next == Next::AskExtension => "seller_extend",
            State::InTransit | State::Stalled => "seller_parcel",
            State::ReturnApproved | State::ReturnSent => "seller_return",
            _ => return None,
        })
    }

    pub(super) fn ask_seller(&mut self) {
        match self.question() {
            Some(question) => self.point(question),
            None => self.ask(),
        }
    }

    /// What support is asked, by the state.
    pub(super) fn support(&self) -> &'static str {
        let decision = self.case.decision;
        match decision.underlying {
            _ if decision.state == State::AccountBlocked => "blocked",
            State::RefundSent => "refund",
            State::CancelledRefund => "cancelled",
            State::ReturnApproved | State::ReturnSent => "return",
            State::DisputeWaitSeller => "seller",
            State::DisputeWaitBuyer
            | State::DisputeDecision
            | State::Mediation
            | State::MediationEvidence
            | State::AppealPending => "status",
            State::DecidedAgainst | State::ClosedFinal => "decision",
            State::WindowClosed => "window",
            _ => "order",
        }
    }

    pub(super) fn proposal(&mut self) {
        let time = self.facts.proposal_at.as_ref();
        match time.and_then(|time| Some((time, self.case.at.instant(time)?))) {
            Some((time, point)) => {
                self.say("proposal_of");
                self.fill(course::shown(time, point.at));
            }
            None => self.say("proposal"),
        }
    }

    pub(super) fn figures(&mut self) {
        self.point("figures");
        self.fill(amount::or_blank(self.facts.offered.as_ref()));
        self.fill(amount::or_blank(self.facts.claimed.as_ref()));
    }

    /// What is said to what the seller tried.
    pub(super) fn answers(&mut self) {
        for trick in self.facts.seller_tricks.iter().flatten() {
            self.add(LineKind::Point, "answer_", trick.code());
        }
    }

    pub(super) fn contacted(&mut self) {
        self.point(if self.is_disputed() {
            "contacted_dispute"
        } else if self.exhibits.iter().any(|exhibit| exhibit.record.page == PageKind::Chat) {
            "contacted_chat"
        } else {
            "contacted_blank"
        });
        let refused = Some(DisputeStatus::DecidedAgainst) == self.facts.dispute_status;
        if refused || Some(DisputeStatus::AppealPending) == self.facts.dispute_status {
            self.point("refused");
        }
    }

    pub(super) fn course(&mut self, events: Events) {
        let course = Course::of(self.facts, events, self.case.at);
        if events != Events::Parcel && !course.is_empty() {
            self.say("course");
        }
        for (_, name, shown) in course {
            self.point("dated");
            self.text("draft_event_", name);
            self.fill(shown);
        }
    }

    /// What the pages promise in their own words, as far as it bears on the complaint.
    pub(super) fn promises(&mut self) {
        let not_received = self.facts.reason.map(Reason::is_not_received);
        let list = self.begin("promises");
        let estimate = self.case.order.and_then(|order| order.estimated_delivery.as_ref());
        if let (Some(estimate), None | Some(true)) = (estimate, not_received) {
            self.point("estimate");
            self.words(&estimate.text);
        }
        for reading in self.facts.readings.iter().flatten() {
            let bears = match reading.of {
                Of::Delivery => not_received != Some(false),
                Of::FreeReturn => not_received != Some(true),
                _ => true,
            };
            let stated = matches!(reading.form, Form::Until(_) | Form::Phrase { .. });
            if let (true, true, Some(text), Some(page)) = (bears, stated, &reading.text, reading.page) {
                self.point("promise");
                self.words(text);
                self.text("page_", page.code());
                self.fill(Argument::instant(reading.observed_at));
            }
        }
        self.end(list);
    }

    pub(super) fn exhibits(&mut self) {
        let list = self.begin("exhibits");
        for Exhibit { exhibit, record, .. } in self.exhibits {
            self.line("exhibit");
            self.fill(Argument::Number(*exhibit));
            self.text("page_", record.page.code());
            self.fill(Argument::instant(record.captured_at));
        }
        self.end(list);
    }

    /// What only the buyer can enclose: no capture can stand for it.
    pub(super) fn own_files(&mut self, rung: RungName) {
        let list = self.begin("own_files");
        let case = self.case;
        for evidence in case.ladder.iter().filter(|own| own.name == rung).flat_map(|own| &own.evidence) {
            let own = evidence.item.pages.is_empty() && !IN_THE_LETTER.contains(&evidence.item.id);
            if own && evidence.held == Held::Missing && !evidence.strengthens {
                self.line("attached");
                self.text("evidence_", evidence.item.id);
            }
        }
        self.end(list);
    }

    /// Begins a list with its heading.
    fn begin(&mut self, heading: &str) -> usize {
        self.say(heading);
        self.lines.len()
    }

    /// Ends a list: without anything in it, it needs no heading.
    fn end(&mut self, heading: usize) {
        if self.lines.len() == heading {
            self.lines.pop();
        }
    }
}
