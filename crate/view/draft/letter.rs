//! What stands in each letter, part by part. A part of which nothing is known leaves no trace.

use super::{CaseView, DraftCode, DraftLine, Exhibit, Facts, Message, amount, course::Events, plain};
use crate::case::RungName;

/// A part of a letter.
#[derive(Clone, Copy)]
enum Part {
    /// A paragraph.
    Say(&'static str),
    /// A line.
    Line(&'static str),
    /// A point.
    Point(&'static str),
    /// Order, goods, seller, total, parcels.
    About,
    /// What is wrong.
    Complaint,
    /// What the buyer asks for.
    Ask,
    /// The amount that the bank is asked about.
    AskBank,
    /// What the seller is asked about a parcel.
    AskSeller,
    /// What support is asked.
    AskSupport,
    /// The proposal that is answered.
    Proposal,
    /// The proposal and the claim in figures.
    Figures,
    /// What is said to what the seller tried.
    Answers,
    /// That the merchant was contacted, and how it ended.
    Contacted,
    /// What happened, with its dates.
    Course(Events),
    /// What the page promised.
    Promises,
    /// The captures.
    Exhibits,
    /// That the pictures are kept, where there are any.
    Originals,
    /// The buyer's own files that a rung asks for.
    OwnFiles(RungName),
}

/// The parts of a letter. `met`: the proposal is all that was asked for.
const fn parts(code: DraftCode, met: bool) -> &'static [Part] {
    use Part::{
        About, Answers, Ask, AskBank, AskSeller, AskSupport, Complaint, Contacted, Course, Exhibits, Figures,
        Line, Originals, OwnFiles, Point, Promises, Proposal, Say,
    };
    match code {
        DraftCode::SellerChat => &[
            Say("draft_hello"),
            About,
            Complaint,
            Course(Events::Parcel),
            Answers,
            AskSeller,
            Say("draft_seller_close"),
        ],
        DraftCode::Dispute => &[
            About,
            Complaint,
            Ask,
            Course(Events::Shop),
            Promises,
            Exhibits,
            OwnFiles(RungName::Dispute),
            Say("draft_thanks"),
        ],
        DraftCode::CounterOffer if met => &[
            Say("draft_hello"),
            About,
            Proposal,
            Say("draft_before_accepting"),
            Figures,
            Point("draft_confirm_way"),
            Point("draft_confirm_return"),
            Say("draft_thanks"),
        ],
        DraftCode::CounterOffer => &[
            Say("draft_hello"),
            About,
            Proposal,
            Say("draft_declined"),
            Figures,
            Complaint,
            Answers,
            Ask,
            Exhibits,
            Say("draft_thanks"),
        ],
        DraftCode::EvidenceNote => &[
            Say("draft_evidence"),
            About,
            Complaint,
            Promises,
            Exhibits,
            OwnFiles(RungName::Dispute),
            Originals,
        ],
        DraftCode::Appeal => &[
            Say("draft_appeal"),
            About,
            Line("draft_dispute_number"),
            Point("draft_new_fact"),
            Complaint,
            Ask,
            Course(Events::Shop),
            Promises,
            Exhibits,
            OwnFiles(RungName::Support),
            Say("draft_thanks"),
        ],
        DraftCode::SupportTicket => &[
            Say("draft_hello"),
            About,
            Line("draft_dispute_number"),
            AskSupport,
            Complaint,
            Ask,
            Course(Events::Shop),
            Promises,
            Exhibits,
            Say("draft_support_close"),
        ],
        DraftCode::BankLetter => &[
            Line("draft_blank_bank"),
            Line("draft_blank_reference"),
            Say("draft_bank_hello"),
            Say("draft_bank_ask"),
            Line("draft_merchant"),
            About,
            Complaint,
            AskBank,
            Contacted,
            Course(Events::All),
            Promises,
            Exhibits,
            OwnFiles(RungName::Bank),
            Say("draft_bank_close"),
            Line("draft_blank_name"),
        ],
    }
}

/// A letter while it is written.
pub(super) struct Letter<'a> {
    pub(super) code: DraftCode,
    pub(super) case: &'a CaseView<'a>,
    pub(super) facts: &'a Facts,
    pub(super) exhibits: &'a [Exhibit],
    lines: Vec<DraftLine>,
}

impl Letter<'_> {
    /// The lines of a letter.
    pub(super) fn write(
        code: DraftCode,
        case: &CaseView<'_>,
        facts: &Facts,
        exhibits: &[Exhibit],
    ) -> Vec<DraftLine> {
        let mut letter = Letter { code, case, facts, exhibits, lines: Vec::new() };
        for part in parts(code, amount::is_met(facts)) {
            letter.part(*part);
        }
        letter.lines
    }

    fn part(&mut self, part: Part) {
        match part {
            Part::Say(key) => self.say(plain(key)),
            Part::Line("draft_dispute_number") if !self.is_disputed() => {}
            Part::Line(key) => self.line(plain(key)),
            Part::Point(key) => self.point(plain(key)),
            Part::About => self.about(),
            Part::Complaint => self.complaint(),
            Part::Ask if self.asks() => self.point(amount::asked(self.case, self.facts).sentence()),
            Part::Ask => {}
            Part::AskBank => self.point(amount::asked(self.case, self.facts).to_bank()),
            Part::AskSeller => self.ask_seller(),
            Part::AskSupport => self.point(plain(format!("draft_support_{}", self.support()))),
            Part::Proposal => self.proposal(),
            Part::Figures => self.figures(),
            Part::Answers => {
                for trick in self.facts.seller_tricks.iter().flatten() {
                    self.point(plain(format!("draft_answer_{}", trick.code())));
                }
            }
            Part::Contacted => self.contacted(),
            Part::Course(events) => self.course(events),
            Part::Promises => self.promises(),
            Part::Exhibits => self.exhibits(),
            Part::Originals if self.exhibits.is_empty() => self.say(plain("draft_thanks")),
            Part::Originals => self.say(plain("draft_originals")),
            Part::OwnFiles(rung) => self.own_files(rung),
        }
    }

    pub(super) fn say(&mut self, message: Message) {
        self.lines.push(DraftLine::Paragraph(message));
    }

    pub(super) fn point(&mut self, message: Message) {
        self.lines.push(DraftLine::Point(message));
    }

    pub(super) fn line(&mut self, message: Message) {
        self.lines.push(DraftLine::Line(message));
    }
}
