//! The popup: this order first, then all orders by deadline.

use super::{
    Action, CaseView, Element, Icon, Message, Node, Notice, Tag, badge, button, capture_button, count, div,
    element, message, overlay, span, words,
};

/// What the tab in front shows.
#[derive(Debug, Clone, Copy)]
pub enum Front<'a> {
    /// An order that is known.
    Order(&'a CaseView<'a>),
    /// A page of the shop without an order that is known.
    Shop,
    /// Another site.
    Elsewhere,
}

/// The popup. `others` are all orders but the one in front, nearest deadline first.
pub fn popup(front: Front<'_>, others: &[CaseView<'_>], notice: Option<&Notice>) -> Node {
    div("popup")
        .child(
            element(Tag::Header)
                .class("bar")
                .child(Icon::Shield.draw())
                .child(element(Tag::H1).child(words("Redress"))),
        )
        .children(notice.map(|notice| notice.draw().id("notice")))
        .child(in_front(front).id("front"))
        .child(all(others).id("all"))
        .child(div("block").id("guides").child(button(
            "quiet",
            "button_guides",
            Action::OpenGuide { id: String::new() },
        )))
        .into()
}

fn in_front(front: Front<'_>) -> Element {
    match front {
        Front::Order(case) => element(Tag::Section)
            .child(overlay::now(case))
            .child(overlay::tools(case))
            .child(overlay::next(case)),
        Front::Shop => element(Tag::Section)
            .class("block")
            .child(element(Tag::P).class("why").child(message("popup_no_order")))
            .child(div("row").child(capture_button())),
        Front::Elsewhere => element(Tag::Section)
            .class("block")
            .child(element(Tag::P).class("why").child(message("popup_elsewhere"))),
    }
}

fn all(others: &[CaseView<'_>]) -> Element {
    let section = element(Tag::Section);
    if others.is_empty() {
        return section.child(element(Tag::P).class("empty").child(message("popup_no_orders")));
    }
    section
        .child(div("block").child(element(Tag::H3).child(Message::counted("popup_all", count(others.len())))))
        .child(element(Tag::Ul).class("orders").children(others.iter().map(row)))
}

fn row(case: &CaseView<'_>) -> Element {
    element(Tag::Li).id(format!("order-{}", case.order_id)).child(
        element(Tag::Button)
            .action(Action::OpenPage { url: case.order_url.to_owned() })
            .child(match case.name() {
                Some(name) => span("name").attribute(super::Attribute::Dir, "auto").child(words(name)),
                None => span("name").child(overlay::short_order(case.order_id)),
            })
            .child(badge::draw(case))
            .child(
                span("sub")
                    .child(overlay::short_order(case.order_id))
                    .child(words(" · "))
                    .child(message(case.state_key())),
            ),
    )
}
