//! Which pages hold the evidence of a case, which of them are captured, and the way to the others.

use super::{
    Action, Argument, CaseView, Element, Icon, Message, Tag, div, dossier::sheet, element, message, span,
};
use crate::{case::Held, page::PageKind};

/// The section, where a page can hold anything. `pages` are the pages whose address is known.
pub(super) fn draw(case: &CaseView<'_>, pages: &[(PageKind, String)]) -> Option<Element> {
    let wanted = wanted(case);
    let captured = wanted.iter().filter(|page| captured(case, **page).is_some()).count();
    let number = |count: usize| Argument::Number(u32::try_from(count).unwrap_or(u32::MAX));
    let progress = Message::new("captures_progress").with(number(captured)).with(number(wanted.len()));
    (!wanted.is_empty()).then(|| {
        sheet("case_captures").id("captures").child(
            div("pad")
                .child(element(Tag::P).class("progress").child(progress))
                .child(element(Tag::P).class("why").child(message("captures_how")))
                .child(
                    element(Tag::Ul)
                        .class("ticks")
                        .children(wanted.into_iter().map(|page| line(case, page, pages))),
                ),
        )
    })
}

/// The pages by which evidence can be held, those of what is asked for first. Evidence that a capture holds needs no
/// other page.
fn wanted(case: &CaseView<'_>) -> Vec<PageKind> {
    let mut wanted = Vec::new();
    for strengthens in [false, true] {
        for own in case.ladder.iter().flat_map(|rung| &rung.evidence) {
            for page in own.item.pages {
                let is_needed = match own.held {
                    Held::Capture(by) => by == *page,
                    Held::Fact(_) | Held::File(_) | Held::Ticked | Held::Missing => true,
                    Held::NotApplicable => false,
                };
                if own.strengthens == strengthens && is_needed && !wanted.contains(page) {
                    wanted.push(*page);
                }
            }
        }
    }
    wanted
}

/// When the page was captured last.
fn captured(case: &CaseView<'_>, page: PageKind) -> Option<Argument> {
    let record = case.records.iter().rfind(|record| record.page == page)?;
    Some(Argument::moment(record.captured_at))
}

fn line(case: &CaseView<'_>, page: PageKind, pages: &[(PageKind, String)]) -> Element {
    let name = format!("page_{}", page.code());
    let line = element(Tag::Li).id(format!("capture-{}", page.code()));
    if let Some(when) = captured(case, page) {
        let said = Message::new("evidence_by_capture").with(Argument::Message(name)).with(when);
        return line
            .class("held")
            .child(Icon::Check.draw())
            .child(span("").child(said))
            .child(span("spoken").child(message("evidence_held")));
    }
    let line = line
        .class("missing")
        .child(Icon::Missing.draw())
        .child(span("").child(message(name.clone())))
        .child(span("spoken").child(message("evidence_missing")));
    match pages.iter().find(|(known, _)| *known == page) {
        Some((_, url)) => line.child(
            element(Tag::Button)
                .action(Action::OpenPage { url: url.clone() })
                .label(Message::new("button_open_page_name").with(Argument::Message(name)))
                .child(span("").child(message("button_open_page"))),
        ),
        None => line.child(span("note").child(message("captures_from_order"))),
    }
}
