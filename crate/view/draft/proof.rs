//! What a letter is about, and what stands for it: dates, promises, captures, files.

use super::{
    Argument, DraftCode, Exhibit,
    course::{Course, Events},
    letter::Letter,
};
use crate::{
    case::{Form, Held, Of, Reason, RungName},
    evidence::Record,
};

/// Evidence that is not enclosed because the letter itself holds it.
const IN_THE_LETTER: [&str; 2] = ["new_facts", "timeline"];

impl Letter<'_> {
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
            let Record::Capture(record) = record else { continue };
            self.line("exhibit");
            self.fill(Argument::Number(*exhibit));
            self.text("page_", record.page.code());
            self.fill(Argument::instant(record.captured_at));
        }
        self.end(list);
        let list = self.begin("attachments");
        for Exhibit { exhibit, record, .. } in self.exhibits {
            let Record::Attachment(record) = record else { continue };
            self.line("attachment");
            self.fill(Argument::Number(*exhibit));
            self.text("attachment_", record.what.code());
            self.fill(Argument::instant(record.added_at));
        }
        self.end(list);
    }

    /// What only the buyer can enclose: what they say they have, and in brackets what else is asked for and no capture can
    /// stand for.
    pub(super) fn own_files(&mut self, rung: RungName) {
        let list = self.begin("own_files");
        let case = self.case;
        for evidence in case.ladder.iter().filter(|own| own.name == rung).flat_map(|own| &own.evidence) {
            let asked =
                evidence.held == Held::Missing && !evidence.strengthens && evidence.item.pages.is_empty();
            let name = match evidence.held {
                _ if IN_THE_LETTER.contains(&evidence.item.id) => continue,
                Held::Ticked => "attached",
                _ if asked => "attached_blank",
                _ => continue,
            };
            self.line(name);
            self.text("evidence_", evidence.item.id);
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
