//! The ladder of escalation and the evidence for each rung.

use super::{Attribute, Element, Icon, Tag, div, element, message, span};
use crate::case::{Evidence, Held, Rung, Standing};

/// The rungs, each with its standing; the current one with its evidence.
pub(super) fn draw(rungs: &[Rung]) -> Element {
    element(Tag::Ol).class("ladder").children(rungs.iter().map(rung))
}

fn rung(rung: &Rung) -> Element {
    let current = rung.standing == Standing::Current;
    let dot = span("dot").attribute(Attribute::AriaHidden, "true").children(match rung.standing {
        Standing::Done => Some(Icon::Check.draw()),
        Standing::Current | Standing::Ahead | Standing::NotOpen => None,
    });
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
    let line = element(Tag::Li).class(class(rung.standing)).child(dot).child(said);
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
    element(Tag::Ul).class("ticks").children(items.into_iter().map(|evidence| {
        let (class, icon, mark) = match evidence.held {
            Held::Capture(_) | Held::Fact(_) => ("held", Icon::Check, "evidence_held"),
            Held::Missing | Held::NotApplicable => ("missing", Icon::Missing, "evidence_missing"),
        };
        element(Tag::Li)
            .class(class)
            .child(icon.draw())
            .child(span("").child(message(format!("evidence_{}", evidence.item.id))))
            .child(span("spoken").child(message(mark)))
    }))
}
