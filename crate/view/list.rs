//! The bar on a list of orders: how many there are, how many need their buyer now, and the way to those alone.

use super::{Action, Attribute, Icon, Message, Node, Tag, element, message, span};

/// The bar of a list of `orders`, of which `needing` need the buyer now. `filter` says whether only those are shown.
pub fn list_bar(orders: u32, needing: u32, filter: bool) -> Node {
    // Where none is needed the button would empty the list, but what it hides can always be shown again.
    let need = if needing > 0 || filter {
        element(Tag::Button)
            .class("toggle")
            .id("filter")
            .action(Action::Filter { on: !filter })
            .attribute(Attribute::AriaPressed, if filter { "true" } else { "false" })
            .child(Icon::Check.draw())
            .child(span("").child(Message::counted("list_need", needing)))
    } else {
        element(Tag::Strong).child(message("list_need_none"))
    };
    element(Tag::Section)
        .class("list-bar")
        .id("redress-list")
        .label(Message::new("list_name"))
        .child(Icon::Shield.draw().class("mark"))
        .child(
            element(Tag::P)
                .class("many")
                .attribute(Attribute::Role, "status")
                .child(Message::counted("list_orders", orders)),
        )
        .child(need)
        .into()
}
