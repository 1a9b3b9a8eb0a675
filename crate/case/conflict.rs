//! Where the pages of an order contradict each other, or what they said before. Nothing is decided here: both are kept.

use chrono::{DateTime, Utc};

use super::{Field, History, Seen};
use crate::{
    code::codes,
    order::{Commitment, DateSpan, Start},
    page::PageKind,
};

codes! {
    /// What pages can contradict each other in.
    Told {
        /// The day the order was placed.
        PlacedOn = "placed_on",
        /// The day of the payment.
        PaidOn = "paid_on",
        /// The day the parcel was shipped.
        ShippedOn = "shipped_on",
        /// The day of the delivered scan.
        DeliveredOn = "delivered_on",
        /// The day receipt was confirmed.
        CompletedOn = "completed_on",
        /// The day before which a refund is promised where nothing is delivered.
        RefundBefore = "delivery_end",
        /// For how long a dispute can be opened.
        Window = "window_end",
        /// When delivery is expected.
        Estimate = "estimate",
    }
}

/// What a page says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    /// One day, or the days from the first to the last.
    Days(DateSpan),
    /// A number of days from an event.
    Within(u32, Start),
}

/// What one look at a page says, with where and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub saying: Saying,
    /// In the page's words.
    pub words: String,
    /// The kind of page.
    pub page: PageKind,
    /// When it was seen.
    pub at: DateTime<Utc>,
}

/// Two sayings that do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What they are about.
    pub about: Told,
    /// What was said before, or on the other page.
    pub other: Said,
    /// What is said now, or on the page that was seen last.
    pub now: Said,
}

impl Conflict {
    /// Whether one page changed what it says; else two pages disagree now.
    pub fn is_change(&self) -> bool {
        self.now.page == self.other.page
    }
}

impl Told {
    fn said(self, seen: &Seen) -> Option<Said> {
        let order = &seen.order;
        let (saying, words) = match self {
            Self::Estimate => {
                let estimate = order.estimated_delivery.as_ref()?;
                (Saying::Days(estimate.value), &estimate.text)
            }
            Self::RefundBefore | Self::Window => {
                order.commitments.iter().find_map(|commitment| match (self, commitment) {
                    (Self::RefundBefore, Commitment::RefundIfNotDeliveredBefore { date, text }) => {
                        Some((Saying::Days(DateSpan { from: *date, to: *date }), text))
                    }
                    (Self::Window, Commitment::OpenDisputeWithin { days, from, text }) => {
                        Some((Saying::Within(*days, *from), text))
                    }
                    _ => None,
                })?
            }
            Self::PlacedOn | Self::PaidOn | Self::ShippedOn | Self::DeliveredOn | Self::CompletedOn => {
                // They have the names of the fields that can be corrected.
                let field = Field::ALL.iter().find(|field| field.code() == self.code())?;
                let fact = field.day(order)?;
                (Saying::Days(DateSpan { from: fact.value, to: fact.value }), &fact.text)
            }
        };
        Some(Said { saying, words: words.clone(), page: seen.page, at: seen.at })
    }
}

impl History {
    /// Everything that the pages do not agree in, and what they said before; the newest first of each.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for about in Told::ALL {
            let all: Vec<Said> = self.seen.iter().filter_map(|seen| about.said(seen)).collect();
            // The newest saying of each kind of page, with what the same page said before it.
            let mut now: Vec<&Said> = Vec::new();
            let mut last: Vec<&Said> = Vec::new();
            for said in &all {
                let newer = last.iter_mut().find(|newer| newer.page == said.page);
                let Some(newer) = newer else {
                    now.push(said);
                    last.push(said);
                    continue;
                };
                if newer.saying != said.saying {
                    let conflict = Conflict { about: *about, other: said.clone(), now: (*newer).clone() };
                    conflicts.push(conflict);
                }
                *newer = said;
            }
            if let Some((first, others)) = now.split_first() {
                let differ = others.iter().filter(|said| said.saying != first.saying);
                conflicts.extend(differ.map(|said| Conflict {
                    about: *about,
                    other: (*said).clone(),
                    now: (*first).clone(),
                }));
            }
        }
        conflicts
    }
}
