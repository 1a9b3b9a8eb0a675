//! The overlay on an order page, and the pill that it collapses to.

use super::{
    Action, Argument, Attribute, CaseView, Element, Icon, Message, Node, Notice, Tag, button, conflicts,
    dates, div, element, facts, icon_button, ladder, message, needs, question, span, timebar, why, words,
};
use crate::case::{EventKind, Field, Next, Reason, Topic};

/// The overlay of an order.
pub fn overlay(case: &CaseView<'_>, notice: Option<&Notice>, collapsed: bool) -> Node {
    if collapsed && notice.is_none() { pill(case).into() } else { card(case, notice).into() }
}

/// The collapsed overlay: the time that is left, and a button to open it.
fn pill(case: &CaseView<'_>) -> Element {
    let headline = case.headline();
    let words = headline
        .deadline
        .map_or_else(|| Message::new(case.state_key()), |deadline| dates::how_long(deadline, case.at));
    element(Tag::Button)
        .class("pill")
        .id("redress-pill")
        .label(Message::new("button_expand").with(Argument::Message(case.state_key())))
        .action(Action::Collapse { collapsed: false })
        .child(Icon::Shield.draw())
        .child(div(headline.tone.class()).child(span("tone").child(words)))
}

fn card(case: &CaseView<'_>, notice: Option<&Notice>) -> Element {
    element(Tag::Article)
        .class("card")
        .id("redress-card")
        .label(Message::new("overlay_name"))
        .child(head(case))
        .children(notice.map(|notice| notice.draw().id("notice")))
        .child(
            div("body")
                .id("body")
                .child(now(case).id("now"))
                .children(timebar::timebar(case))
                .children(warnings(case))
                .children(case.is_drifted().then(|| facts::draw(case)))
                .child(next(case).id("next"))
                .child(missing(case).id("evidence"))
                .child(tell(case).id("tell"))
                .child(block("ladder_title").id("ladder").child(ladder::draw(case.ladder)))
                .children(all_dates(case))
                .children(conflicts::draw(case))
                .children((!case.is_drifted()).then(|| facts::draw(case)))
                .child(element(Tag::P).class("legal").child(message("not_legal_advice"))),
        )
        .child(tools(case).id("tools"))
}

/// What can always be done: capture, and open what is kept.
pub(super) fn tools(case: &CaseView<'_>) -> Element {
    let open = Action::OpenCase { order_id: case.order_id.to_owned(), item: None };
    let open = element(Tag::Button).class("").id("case").action(open);
    let open = open.child(span("").child(message("button_open_case")));
    element(Tag::Footer).class("foot").child(capture_button()).child(open).child(
        element(Tag::Button)
            .class("")
            .id("dossier")
            .action(Action::OpenDossier { order_id: case.order_id.to_owned() })
            .child(
                span("")
                    .child(Message::counted("button_dossier", count(case.records.len() + case.attachments))),
            ),
    )
}

fn head(case: &CaseView<'_>) -> Element {
    element(Tag::Header)
        .class("head")
        .child(Icon::Shield.draw().class("mark"))
        .child(element(Tag::H2).child(words("Redress")))
        .child(span("order").attribute(Attribute::Title, case.order_id).child(short_order(case.order_id)))
        .child(icon_button(Icon::Corner, "button_move", Action::Move).id("move"))
        .child(
            icon_button(Icon::Minus, "button_collapse", Action::Collapse { collapsed: true }).id("collapse"),
        )
}

/// The last digits: enough to tell one's orders apart.
pub(super) fn short_order(order_id: &str) -> Message {
    let digits = order_id.chars().count();
    let last: String = order_id.chars().skip(digits.saturating_sub(6)).collect();
    Message::new("order_short").with(Argument::Words(last))
}

/// State, time left, until when, and on what that rests.
pub(super) fn now(case: &CaseView<'_>) -> Element {
    let headline = case.headline();
    let section = element(Tag::Section).class(headline.tone.now_class()).child(
        div("state")
            .child(headline.tone.icon().draw())
            .child(element(Tag::H3).child(message(case.state_key())))
            .children(case.entered.contains(&Field::Status).then(dates::by_user)),
    );
    let Some(deadline) = headline.deadline else {
        return section.child(element(Tag::P).class("what").child(message("no_deadline")));
    };
    section
        .child(element(Tag::Strong).class("left").child(dates::how_long(deadline, case.at)))
        .child(span("what").child(dates::what_for(deadline)))
        .children(dates::act_by(deadline, case.at))
        .child(dates::until(deadline))
        .child(dates::brief_basis(deadline))
        .children(dates::from_user(case, deadline))
}

/// What to do next, why, and where.
pub(super) fn next(case: &CaseView<'_>) -> Element {
    let step = case.decision.next.code();
    block("next_title")
        .child(element(Tag::P).class("step").child(message(format!("step_{step}"))))
        .child(why::why(case.decision))
        .child(ready(case.decision.next))
        .children(
            case.link.map(|link| {
                div("row").child(button("", link.label, Action::OpenPage { url: link.url.clone() }))
            }),
        )
        .children(own_page(case).map(|(label, action)| div("row").child(button("", label, action))))
}

/// What to have ready for a step; where nothing is to be done, what to watch.
fn ready(next: Next) -> Element {
    let lead = needs::is_to_do(next).then(|| element(Tag::Strong).child(message("next_ready")));
    let space = lead.is_some().then(|| words(" "));
    let what = message(format!("ready_{}", next.code()));
    element(Tag::P).class("ready").children(lead).children(space).child(what)
}

/// Our own page that helps with the step.
fn own_page(case: &CaseView<'_>) -> Option<(&'static str, Action)> {
    let order_id = case.order_id.to_owned();
    let guide = |id: &str| Some(("button_open_guide", Action::OpenGuide { id: id.to_owned() }));
    match case.decision.next {
        Next::PrepareBank | Next::FileBank | Next::EscalatePaypal => {
            Some(("button_payment", Action::OpenCase { order_id, item: case.item.map(str::to_owned) }))
        }
        Next::AppealAccount => guide("account_reactivation"),
        Next::SupportTicket => guide("customer_service"),
        _ => None,
    }
}

/// What is missing for the rung the case stands on.
fn missing(case: &CaseView<'_>) -> Element {
    let missing = ladder::missing(case.ladder);
    let list = if missing.is_empty() {
        element(Tag::P).class("why").child(message("evidence_complete"))
    } else {
        ladder::ticks(missing)
    };
    block("evidence_title").child(list)
}

pub(super) fn capture_button() -> Element {
    element(Tag::Button)
        .class("primary")
        .id("capture")
        .action(Action::Capture)
        .child(Icon::Camera.draw())
        .child(span("").child(message("button_capture")))
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn warnings(case: &CaseView<'_>) -> Option<Element> {
    let keys: Vec<_> = case.warning_keys();
    (!keys.is_empty()).then(|| {
        element(Tag::Section).class("block").id("warnings").child(
            element(Tag::Ul).class("warnings").children(
                keys.into_iter().map(|key| {
                    element(Tag::Li).child(Icon::Alert.draw()).child(span("").child(message(key)))
                }),
            ),
        )
    })
}

/// The two questions that change most: what is wrong, and what happened since. The page of the case has all.
fn tell(case: &CaseView<'_>) -> Element {
    let reason = question::choice_of(
        case,
        Topic::Reason,
        Reason::ALL.iter().map(|reason| (reason.code(), format!("reason_{}", reason.code()))),
        "question_none",
    );
    let fitting = EventKind::ALL.iter().filter(|kind| kind.fits(case.decision.underlying));
    let events = fitting.map(|kind| (kind.code(), format!("told_{}", kind.code())));
    let event = question::select(events, None, "question_event_none").attribute(Attribute::Required, "");
    let said = case.case.reason.map(|reason| {
        element(Tag::P)
            .class("why")
            .child(message(format!("reason_{}", reason.code())))
            .child(dates::by_user())
    });
    block("case_problem")
        .children(said)
        .child(
            div("row")
                .child(question::closed("question_reason", case.state("reason", None), reason))
                .child(question::closed("question_event", case.state("event", None), event)),
        )
        .children(case.parts.iter().filter_map(|part| {
            let decision = part.decision.as_ref()?;
            let open =
                Action::OpenCase { order_id: case.order_id.to_owned(), item: Some(part.item_id.clone()) };
            let state = message(format!("state_{}", decision.state.code()));
            let title = part.title.clone().unwrap_or_else(|| part.item_id.clone());
            let name = span("")
                .attribute(Attribute::Dir, "auto")
                .child(words(title))
                .child(words(": "))
                .child(state);
            Some(div("row").child(element(Tag::Button).class("quiet").action(open).child(name)))
        }))
}

fn all_dates(case: &CaseView<'_>) -> Option<Element> {
    let deadlines = &case.decision.deadlines;
    (!deadlines.is_empty()).then(|| {
        element(Tag::Section).class("block").id("dates").child(
            element(Tag::Details)
                .child(element(Tag::Summary).child(Message::counted("all_dates", count(deadlines.len()))))
                .child(dates::list(case)),
        )
    })
}

fn block(title: &'static str) -> Element {
    element(Tag::Section).class("block").child(element(Tag::H3).child(message(title)))
}
