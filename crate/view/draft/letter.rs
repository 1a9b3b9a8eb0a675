//! What stands in each letter, part by part. A part of which nothing is known leaves no trace.

use super::{
    Argument, CaseView, DraftCode, DraftLine, Exhibit, Facts, LineKind, Message, amount, course::Events,
};
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
    /// The blank for the dispute's number, where there is a dispute.
    DisputeNumber,
    /// What is wrong.
    Complaint,
    /// The money that the buyer asks for.
    Ask,
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
        About, Answers, Ask, AskSeller, AskSupport, Complaint, Contacted, Course, DisputeNumber, Exhibits,
        Figures, Line, Originals, OwnFiles, Point, Promises, Proposal, Say,
    };
    match code {
        DraftCode::SellerChat => {
            &[Say("hello"), About, Complaint, Course(Events::Parcel), Answers, AskSeller, Say("seller_close")]
        }
        DraftCode::Dispute => &[
            About,
            Complaint,
            Ask,
            Course(Events::Shop),
            Promises,
            Exhibits,
            OwnFiles(RungName::Dispute),
            Say("thanks"),
        ],
        DraftCode::CounterOffer if met => &[
            Say("hello"),
            About,
            Proposal,
            Say("before_accepting"),
            Figures,
            Point("confirm_way"),
            Point("confirm_return"),
            Say("thanks"),
        ],
        DraftCode::CounterOffer => &[
            Say("hello"),
            About,
            Proposal,
            Say("declined"),
            Figures,
            Complaint,
            Answers,
            Ask,
            Exhibits,
            Say("thanks"),
        ],
        DraftCode::EvidenceNote => {
            &[Say("evidence"), About, Complaint, Promises, Exhibits, OwnFiles(RungName::Dispute), Originals]
        }
        DraftCode::Appeal => &[
            Say("appeal"),
            About,
            DisputeNumber,
            Point("new_fact"),
            Complaint,
            Ask,
            Course(Events::Shop),
            Promises,
            Exhibits,
            OwnFiles(RungName::Support),
            Say("thanks"),
        ],
        DraftCode::SupportTicket => &[
            Say("hello"),
            About,
            DisputeNumber,
            AskSupport,
            Complaint,
            Ask,
            Course(Events::Shop),
            Promises,
            Exhibits,
            Say("support_close"),
        ],
        DraftCode::BankLetter => &[
            Line("blank_bank"),
            Line("blank_reference"),
            Say("bank_hello"),
            Say("bank_ask"),
            Line("merchant"),
            About,
            Complaint,
            Ask,
            Contacted,
            Course(Events::All),
            Promises,
            Exhibits,
            OwnFiles(RungName::Bank),
            Say("bank_close"),
            Line("blank_name"),
        ],
    }
}

/// A letter while it is written.
pub(super) struct Letter<'a> {
    pub(super) code: DraftCode,
    pub(super) case: &'a CaseView<'a>,
    pub(super) facts: &'a Facts,
    pub(super) exhibits: &'a [Exhibit],
    pub(super) lines: Vec<DraftLine>,
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
            Part::Say(name) => self.say(name),
            Part::DisputeNumber if self.is_disputed() => self.line("dispute_number"),
            Part::DisputeNumber => {}
            Part::Line(name) => self.line(name),
            Part::Point(name) => self.point(name),
            Part::About => self.about(),
            Part::Complaint => self.complaint(),
            Part::Ask => self.ask(),
            Part::AskSeller => self.ask_seller(),
            Part::AskSupport => self.add(LineKind::Point, "support_", self.support()),
            Part::Proposal => self.proposal(),
            Part::Figures => self.figures(),
            Part::Answers => self.answers(),
            Part::Contacted => self.contacted(),
            Part::Course(events) => self.course(events),
            Part::Promises => self.promises(),
            Part::Exhibits => self.exhibits(),
            Part::Originals if self.exhibits.is_empty() => self.say("thanks"),
            Part::Originals => self.say("originals"),
            Part::OwnFiles(rung) => self.own_files(rung),
        }
    }

    /// Adds a paragraph. Names of texts stand here without `draft_`, with which each key begins.
    pub(super) fn say(&mut self, name: &str) {
        self.add(LineKind::Paragraph, "", name);
    }

    /// Adds a point.
    pub(super) fn point(&mut self, name: &str) {
        self.add(LineKind::Point, "", name);
    }

    /// Adds a line.
    pub(super) fn line(&mut self, name: &str) {
        self.add(LineKind::Line, "", name);
    }

    /// Adds a line whose name has two parts. Not inlined, as all that fills: letters are made of little else.
    #[inline(never)]
    pub(super) fn add(&mut self, kind: LineKind, group: &str, name: &str) {
        self.lines.push(DraftLine { kind, text: Message::new(["draft_", group, name].concat()) });
    }

    /// Fills the next place of the line that was added last.
    #[inline(never)]
    pub(super) fn fill(&mut self, argument: Argument) {
        if let Some(DraftLine { kind, text }) = self.lines.pop() {
            self.lines.push(DraftLine { kind, text: text.with(argument) });
        }
    }

    /// Fills it with words of a page.
    #[inline(never)]
    pub(super) fn words(&mut self, words: &str) {
        self.fill(Argument::Words(words.to_owned()));
    }

    /// Fills it with another text, whose key has two parts.
    #[inline(never)]
    pub(super) fn text(&mut self, group: &str, name: &str) {
        self.fill(Argument::Message([group, name].concat()));
    }
}
