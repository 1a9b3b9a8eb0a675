//! The ladder of escalation and the evidence for each rung.

use super::{
    Argument, Attribute, CaseView, Element, Icon, Message, Tag, div, element, message, question, span,
};
use crate::{
    case::{Evidence, Held, Rung, Standing, Topic},
    page::PageKind,
};

/// The rungs, each with its standing; the current one with its evidence.
pub(super) fn draw(rungs: &[Rung]) -> Element {
    element(Tag::Ol).class("ladder").children(rungs.iter().map(rung))
}

/// The rungs with all of their evidence: what no capture holds can be ticked by hand.
pub(super) fn draw_whole(case: &CaseView<'_>) -> Element {
    element(Tag::Ol).class("ladder").children(case.ladder.iter().map(|rung| {
        let name = rung.name.code();
        let evidence = rung.evidence.iter().filter(|evidence| evidence.held != Held::NotApplicable);
        let evidence = evidence.map(|evidence| {
            let key = format!("evidence_{}", evidence.item.id);
            let line = match evidence.held {
                Held::Capture(page) => tick(evidence).children(by_capture(case, page)),
                Held::Fact(_) | Held::File(_) => tick(evidence),
                Held::Ticked | Held::Missing | Held::NotApplicable => element(Tag::Li).child(
                    question::toggle(case, Topic::Tick(evidence.item), key)
                        .id(format!("tick-{name}-{}", evidence.item.id)),
                ),
            };
            line.children(evidence.strengthens.then(|| span("note").child(message("evidence_strengthens"))))
        });
        let list = element(Tag::Details)
            .child(element(Tag::Summary).child(message("evidence_of_rung")))
            .child(element(Tag::Ul).class("ticks").children(evidence));
        let list =
            if rung.standing == Standing::Current { list.attribute(Attribute::Open, "") } else { list };
        element(Tag::Li).class(class(rung.standing)).id(format!("rung-{name}")).child(dot(rung)).child(
            div("")
                .child(element(Tag::P).class("name").child(message(format!("rung_{name}"))))
                .child(
                    element(Tag::P).class("say").child(message(format!("standing_{}", rung.standing.code()))),
                )
                .child(list),
        )
    }))
}

/// The last capture that holds an item.
fn by_capture(case: &CaseView<'_>, page: PageKind) -> Option<Element> {
    let record = case.records.iter().rfind(|record| record.page == page)?;
    let said = Message::new("evidence_by_capture")
        .with(Argument::Message(format!("page_{}", page.code())))
        .with(Argument::moment(record.captured_at));
    Some(span("note").child(said))
}

fn dot(rung: &Rung) -> Element {
    span("dot").attribute(Attribute::AriaHidden, "true").children(match rung.standing {
        Standing::Done => Some(Icon::Check.draw()),
        Standing::Current | Standing::Ahead | Standing::NotOpen => None,
    })
}

fn rung(rung: &Rung) -> Element {
    let current = rung.standing == Standing::Current;
    let said = div("")
        .child(element(Tag::P).class("name").child(message(format!("rung_{}", rung.name.code()))))
        .child(element(Tag::P).class("say").child(message(format!("standing_{}", rung.standing.code()))));
    let said = if current {
        said.child(ticks(
            rung.evidence
                .iter()
                .filter(|evidence| !evidence.strengthens && evidence.held != Held::NotApplicable),
        ))
    } else {
        said
    };
    let line = element(Tag::Li).class(class(rung.standing)).child(dot(rung)).child(said);
    if current { line.attribute(Attribute::AriaCurrent, "step") } else { line }
}

const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "rung done",
        Standing::Current => "rung current",
        Standing::Ahead => "rung ahead",
        Standing::NotOpen => "rung not-open",
    }
}

/// What is asked for on the current rung and not held.
pub(super) fn missing(rungs: &[Rung]) -> Vec<&Evidence> {
    rungs
        .iter()
        .filter(|rung| rung.standing == Standing::Current)
        .flat_map(|rung| &rung.evidence)
        .filter(|evidence| evidence.held == Held::Missing && !evidence.strengthens)
        .collect()
}

/// Items of evidence, held or missing; the mark is read out too.
pub(super) fn ticks<'a>(items: impl IntoIterator<Item = &'a Evidence>) -> Element {
    element(Tag::Ul).class("ticks").children(items.into_iter().map(tick))
}

fn tick(evidence: &Evidence) -> Element {
    let (class, icon, mark) = match evidence.held {
        Held::Capture(_) | Held::Fact(_) | Held::File(_) => ("held", Icon::Check, "evidence_held"),
        Held::Ticked => ("held", Icon::Check, "evidence_ticked"),
        Held::Missing | Held::NotApplicable => ("missing", Icon::Missing, "evidence_missing"),
    };
    element(Tag::Li)
        .class(class)
        .child(icon.draw())
        .child(span("").child(message(format!("evidence_{}", evidence.item.id))))
        .child(span("spoken").child(message(mark)))
}
