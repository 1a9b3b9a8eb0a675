//! The ladder of escalation and the evidence it needs: `data/policy/ladder.toml`, and what of it is held.

use super::{Decision, Facts, Reason, State, standing::standing};
use crate::code::codes;
use crate::page::PageKind;

codes! {
    /// A rung of the ladder. The bank stands beside the other four.
    RungName {
        /// Chat with the seller.
        SellerChat = "seller_chat",
        /// A dispute.
        Dispute = "dispute",
        /// AliExpress' mediation.
        Mediation = "mediation",
        /// Support ticket or appeal.
        Support = "support",
        /// Card issuer, PayPal or Klarna.
        Bank = "bank",
    }
}

codes! {
    /// Where a case stands to a rung.
    Standing {
        /// Behind the case.
        Done = "done",
        /// Where the case is now.
        Current = "current",
        /// It can be taken later, or already.
        Ahead = "ahead",
        /// It cannot be taken: not yet, no longer, or not in this case.
        NotOpen = "not_open",
    }
}

codes! {
    /// Where an item of evidence applies.
    Applies {
        /// Everywhere.
        Always = "always",
        /// Once the parcel was shipped.
        Shipped = "shipped",
        /// Once a dispute was opened.
        Dispute = "dispute",
        /// Once a return was agreed.
        Returned = "returned",
        /// Once a support ticket was opened.
        Ticket = "ticket",
    }
}

codes! {
    /// A fact that stands for a capture.
    HeldFact {
        /// Listing and promise were captured.
        ListingSaved = "listing_saved",
    }
}

codes! {
    /// A file of the buyer's own that holds an item of evidence, whatever it shows.
    OwnFile {
        /// A photo.
        Photo = "photo",
        /// A carrier's statement.
        CarrierStatement = "carrier_statement",
    }
}

/// An item of evidence, from the data file.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub id: &'static str,
    /// The pages a capture of which holds it. Empty: the buyer's own file, which no capture can stand for.
    pub pages: &'static [PageKind],
    /// The fact that holds it.
    pub fact: Option<HeldFact>,
    /// The kind of attachment that holds it.
    pub file: Option<OwnFile>,
    /// Where it applies.
    pub when: Applies,
}

impl Item {
    /// The item of this name.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        ITEMS.iter().copied().find(|item| item.id == id)
    }
}

/// Whether an item is held, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// By a capture of this kind of page.
    Capture(PageKind),
    /// By a fact of the case.
    Fact(HeldFact),
    /// By a file of the buyer's own that the vault knows.
    File(OwnFile),
    /// By the buyer's own word.
    Ticked,
    /// Not held, as far as captures and facts say.
    Missing,
    /// Not needed in this case as it stands.
    NotApplicable,
}

/// An item of evidence in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The item.
    pub item: &'static Item,
    /// It helps, but is not asked for.
    pub strengthens: bool,
    /// Whether it is held.
    pub held: Held,
}

/// A rung of the ladder in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Which.
    pub name: RungName,
    /// Where the case stands to it.
    pub standing: Standing,
    /// What it needs: its own items, then those of the complaint.
    pub evidence: Vec<Evidence>,
}

impl Rung {
    /// The items that are asked for, apply, and are not held.
    pub fn missing(&self) -> impl Iterator<Item = &'static Item> {
        self.evidence
            .iter()
            .filter(|item| item.held == Held::Missing && !item.strengthens)
            .map(|item| item.item)
    }
}

struct RungData {
    name: RungName,
    needs: &'static [&'static Item],
    reason_rows: bool,
}

struct ReasonRow {
    must: &'static [&'static Item],
    strengthens: &'static [&'static Item],
}

include!(concat!(env!("OUT_DIR"), "/policy_ladder.rs"));

/// The four rungs and the bank, with what is held of their evidence. `captured` are the kinds of the pages of
/// which the case holds a capture, `files` the kinds of its attachments, `ticked` the items that the buyer holds.
pub fn ladder(
    facts: &Facts,
    decision: &Decision,
    captured: &[PageKind],
    files: &[OwnFile],
    ticked: &[&'static Item],
) -> Vec<Rung> {
    let row = facts.reason.map(reason_row);
    let rung = |data: &RungData| {
        let row = row.filter(|_| data.reason_rows);
        let (must, strengthens) = row.map_or((&[][..], &[][..]), |row| (row.must, row.strengthens));
        let required = data.needs.iter().chain(must.iter().filter(|item| !data.needs.contains(item)));
        let helpful = strengthens.iter().filter(|item| !data.needs.contains(item));
        let evidence = |item: &'static Item, strengthens| Evidence {
            item,
            strengthens,
            held: held(item, facts, decision, captured, files, ticked),
        };
        Rung {
            name: data.name,
            standing: standing(data.name, facts, decision),
            evidence: required
                .map(|item| evidence(item, false))
                .chain(helpful.map(|item| evidence(item, true)))
                .collect(),
        }
    };
    RUNGS.iter().map(|data| rung(data)).collect()
}

fn held(
    item: &'static Item,
    facts: &Facts,
    decision: &Decision,
    captured: &[PageKind],
    files: &[OwnFile],
    ticked: &[&'static Item],
) -> Held {
    if let Some(page) = item.pages.iter().find(|page| captured.contains(page)) {
        return Held::Capture(*page);
    }
    if let Some(file) = item.file.filter(|file| files.contains(file)) {
        return Held::File(file);
    }
    match item.fact {
        _ if ticked.contains(&item) => Held::Ticked,
        Some(fact @ HeldFact::ListingSaved) if facts.listing_saved == Some(true) => Held::Fact(fact),
        _ if applies(item.when, facts, decision.underlying) => Held::Missing,
        _ => Held::NotApplicable,
    }
}

fn applies(when: Applies, facts: &Facts, state: State) -> bool {
    match when {
        Applies::Always => true,
        Applies::Shipped => {
            !matches!(state, State::Unpaid | State::AwaitShip | State::CancelRequested | State::Cancelled)
        }
        Applies::Dispute => facts.dispute_status.is_some() || facts.dispute_opened_at.is_some(),
        Applies::Returned => {
            facts.return_approved_at.is_some()
                || facts.return_sent_on.is_some()
                || matches!(state, State::ReturnApproved | State::ReturnSent)
        }
        Applies::Ticket => facts.support_ticket_at.is_some(),
    }
}
