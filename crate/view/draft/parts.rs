//! The parts of a letter that depend on the case.

use super::{
    Argument, DraftCode, Message, Next, State, amount, count,
    course::{self, Events},
    letter::Letter,
    plain, worded,
};
use crate::{
    case::{DisputeStatus, Form, Held, Of, RungName},
    page::PageKind,
};

/// Evidence that is not enclosed because the letter itself holds it.
const IN_THE_LETTER: [&str; 2] = ["new_facts", "timeline"];

fn key(key: impl Into<String>) -> Argument {
    Argument::Message(key.into())
}

impl Letter<'_> {
    pub(super) fn is_disputed(&self) -> bool {
        self.facts.dispute_status.is_some() || self.facts.dispute_opened_at.is_some()
    }

    pub(super) fn about(&mut self) {
        self.line(worded("draft_order", self.case.order_id));
        let Some(order) = self.case.order else { return };
        let own = |id: &Option<String>| id.is_some() && *id == self.facts.case_item;
        let items = &order.items;
        let item = match items.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|item| own(&item.item_id)),
        };
        match item.and_then(|item| item.title.as_deref()) {
            Some(title) => self.line(worded("draft_item", title)),
            None if items.len() > 1 => self.line(plain("draft_item_blank")),
            None => {}
        }
        // The seller knows both.
        let to_seller = matches!(self.code, DraftCode::SellerChat | DraftCode::CounterOffer);
        for (key, words) in [("draft_store", self.case.store()), ("draft_total", self.case.total())] {
            if let Some(words) = words.filter(|_| !to_seller) {
                self.line(worded(key, &words));
            }
        }
        let numbers = &order.tracking_numbers;
        if !numbers.is_empty() {
            let words = Argument::Words(numbers.join(", "));
            self.line(Message::counted("draft_tracking", count(numbers.len())).with(words));
        }
    }

    /// The complaint as one sentence. How the goods fall short only the buyer can say.
    pub(super) fn complaint(&mut self) {
        let Some(reason) = self.facts.reason else {
            let of_a_parcel = self.code == DraftCode::SellerChat && self.question().is_some();
            if !of_a_parcel && self.code != DraftCode::SupportTicket {
                self.point(plain("draft_complaint_blank"));
            }
            return;
        };
        let code = reason.code();
        let said = plain(format!("draft_complaint_{code}"));
        let detail = (!reason.is_not_received()).then(|| key(format!("draft_detail_{code}")));
        self.point(detail.into_iter().fold(said, Message::with));
    }

    /// Whether it is asked for money: where support is asked for something else, that comes first.
    pub(super) fn asks(&self) -> bool {
        let for_money = !matches!(self.support(), "blocked" | "cancelled" | "refund" | "return");
        self.code != DraftCode::SupportTicket
            || (for_money && (self.facts.reason.is_some() || self.is_disputed()))
    }

    /// What the seller is asked while a parcel is on its way, in either direction.
    fn question(&self) -> Option<&'static str> {
        let decision = self.case.decision;
        Some(match decision.underlying {
            State::AwaitShip => "draft_seller_ship",
            State::CancelRequested => "draft_seller_cancel",
            State::InTransit | State::Stalled if decision.next == Next::AskExtension => "draft_seller_extend",
            State::InTransit | State::Stalled => "draft_seller_parcel",
            State::ReturnApproved | State::ReturnSent => "draft_seller_return",
            _ => return None,
        })
    }

    pub(super) fn ask_seller(&mut self) {
        let asked = self.question().map(plain);
        self.point(asked.unwrap_or_else(|| amount::asked(self.case, self.facts).sentence()));
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
        let on = self.facts.proposal_at.as_ref().and_then(|time| course::shown(time, self.case.at));
        self.say(match on {
            Some(on) => Message::new("draft_proposal_of").with(on),
            None => plain("draft_proposal"),
        });
    }

    pub(super) fn figures(&mut self) {
        let [offered, claimed] =
            [&self.facts.offered, &self.facts.claimed].map(|money| amount::or_blank(money.as_ref()));
        self.point(Message::new("draft_figures").with(offered).with(claimed));
    }

    pub(super) fn contacted(&mut self) {
        self.point(plain(if self.is_disputed() {
            "draft_contacted_dispute"
        } else if self.exhibits.iter().any(|exhibit| exhibit.record.page == PageKind::Chat) {
            "draft_contacted_chat"
        } else {
            "draft_contacted_blank"
        }));
        let refused = [DisputeStatus::DecidedAgainst, DisputeStatus::AppealPending];
        if self.facts.dispute_status.is_some_and(|status| refused.contains(&status)) {
            self.point(plain("draft_refused"));
        }
    }

    pub(super) fn course(&mut self, events: Events) {
        let points = course::points(self.facts, events, self.case.at);
        // In a short message they need no heading.
        let heading = (!matches!(events, Events::Parcel)).then(|| plain("draft_course"));
        self.list(heading, points, Self::point);
    }

    /// What the pages promise in their own words, as far as it bears on the complaint.
    pub(super) fn promises(&mut self) {
        let not_received = self.facts.reason.map(|reason| reason.is_not_received());
        let estimate = self.case.order.and_then(|order| order.estimated_delivery.as_ref());
        let estimate = estimate.filter(|_| not_received != Some(false));
        let mut points: Vec<Message> =
            estimate.map(|estimate| worded("draft_estimate", &estimate.text)).into_iter().collect();
        for reading in self.facts.readings.iter().flatten() {
            let bears = match reading.of {
                Of::Delivery => not_received != Some(false),
                Of::FreeReturn => not_received != Some(true),
                _ => true,
            };
            let stated = matches!(reading.form, Form::Until(_) | Form::Phrase { .. });
            if let (true, true, Some(text), Some(page)) = (bears, stated, &reading.text, reading.page) {
                let page = key(format!("page_{}", page.code()));
                let read = Argument::instant(reading.observed_at);
                points.push(worded("draft_promise", text).with(page).with(read));
            }
        }
        self.list(Some(plain("draft_promises")), points, Self::point);
    }

    pub(super) fn exhibits(&mut self) {
        let shown = self.exhibits.iter().filter(|exhibit| exhibit.record.page != PageKind::Login);
        let lines: Vec<Message> = shown
            .map(|exhibit| {
                Message::new("draft_exhibit")
                    .with(Argument::Number(exhibit.exhibit))
                    .with(key(format!("page_{}", exhibit.record.page.code())))
                    .with(Argument::instant(exhibit.record.captured_at))
            })
            .collect();
        self.list(Some(Message::counted("draft_exhibits", count(lines.len()))), lines, Self::line);
    }

    /// What only the buyer can enclose: no capture can stand for it.
    pub(super) fn own_files(&mut self, rung: RungName) {
        let rung = self.case.ladder.iter().find(|own| own.name == rung);
        let files = rung.into_iter().flat_map(|rung| &rung.evidence).filter(|evidence| {
            let own = evidence.item.pages.is_empty() && !IN_THE_LETTER.contains(&evidence.item.id);
            own && evidence.held == Held::Missing && !evidence.strengthens
        });
        let lines: Vec<Message> = files
            .map(|evidence| {
                Message::new("draft_attached").with(key(format!("evidence_{}", evidence.item.id)))
            })
            .collect();
        self.list(Some(plain("draft_own_files")), lines, Self::line);
    }

    /// A list below its heading, where there is something to list.
    fn list(&mut self, heading: Option<Message>, list: Vec<Message>, add: fn(&mut Self, Message)) {
        if list.is_empty() {
            return;
        }
        heading.into_iter().for_each(|heading| self.say(heading));
        list.into_iter().for_each(|message| add(self, message));
    }
}
