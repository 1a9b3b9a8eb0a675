//! The popup: this order first, then all orders by deadline.

use super::{
    Action, Argument, Attribute, CaseView, Element, Icon, Message, Node, Notice, Tag, badge, button,
    capture_button, count, div, element, has_step, message, overlay, span, tone::next_change, words,
};
use crate::case::{Kind, Moment, Next, State, When};

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

/// An order in the popup's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The order.
    pub order_id: String,
    /// The first item's title.
    pub name: Option<String>,
    /// The order's own page.
    pub url: String,
    /// The state.
    pub state: State,
    /// The next step.
    pub next: Next,
    /// Whether it needs the buyer now.
    pub needs: bool,
    /// The limit that is shown first.
    pub limit: Option<(Kind, When)>,
}

/// In how many milliseconds what is shown of an order changes by itself.
pub fn next_change_of(row: &Row, at: &Moment<'_>) -> Option<i64> {
    match row.limit {
        Some((_, When::Instant(until))) => next_change(until, at.now).map(|left| left.num_milliseconds()),
        _ => None,
    }
}

/// The popup's list.
#[derive(Debug, Clone, Copy)]
pub struct Orders<'a> {
    /// Its orders, nearest deadline first.
    pub rows: &'a [Row],
    /// How many there are in all, or how many were found.
    pub all: u32,
    /// Whether something is searched for. Else they are those beside the one in front.
    pub searched: bool,
}

/// The popup.
pub fn popup(front: Front<'_>, orders: Orders<'_>, notice: Option<&Notice>, at: &Moment<'_>) -> Node {
    div("popup")
        .child(
            element(Tag::Header)
                .class("bar")
                .child(Icon::Shield.draw())
                .child(element(Tag::H1).child(words("Redress"))),
        )
        .children(notice.map(|notice| notice.draw().id("notice")))
        .child(in_front(front).id("front"))
        .child(all(orders, at).id("all"))
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
            .child(element(Tag::H2).class("spoken").child(overlay::short_order(case.order_id)))
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

fn all(orders: Orders<'_>, at: &Moment<'_>) -> Element {
    let Orders { rows, all, searched } = orders;
    let section = element(Tag::Section);
    if rows.is_empty() && !searched {
        return section.child(element(Tag::P).class("empty").child(message("popup_no_orders")));
    }
    let shown = count(rows.len());
    let more = (all > shown).then(|| {
        element(Tag::P).class("empty").child(Message::new("popup_first").with(Argument::Number(shown)))
    });
    let heading = match (searched, all) {
        (true, 0) => Message::new("popup_found_none"),
        (true, found) => Message::counted("popup_found", found),
        (false, all) => Message::counted("popup_all", all),
    };
    let needing = count(rows.iter().filter(|row| row.needs).count());
    let needing = (needing > 0)
        .then(|| element(Tag::P).class("needing").child(Message::counted("popup_need", needing)));
    // Its value is not drawn: it stays what the user types.
    let field = element(Tag::Input).id("search").attribute(Attribute::Type, "search");
    section
        .child(
            div("block")
                .child(
                    element(Tag::Label)
                        .class("search")
                        .child(span("").child(message("settings_search")))
                        .child(field),
                )
                .child(element(Tag::H2).attribute(Attribute::AriaLive, "polite").child(heading))
                .children(needing),
        )
        .child(element(Tag::Ul).class("orders").children(rows.iter().map(|row| draw_row(row, at))))
        .children(more)
}

fn draw_row(row: &Row, at: &Moment<'_>) -> Element {
    let step = has_step(row.state, row.next).then(|| span("sub").child(badge::step(row.next)));
    element(Tag::Li).id(format!("order-{}", row.order_id)).child(
        element(Tag::Button)
            .action(Action::OpenPage { url: row.url.clone() })
            .child(match &row.name {
                Some(name) => span("name").attribute(Attribute::Dir, "auto").child(words(name.clone())),
                None => span("name").child(overlay::short_order(&row.order_id)),
            })
            .child(
                div("")
                    .attribute(Attribute::Role, "note")
                    .child(badge::mark(row.state, row.next, row.limit, at)),
            )
            .child(
                span("sub")
                    .child(overlay::short_order(&row.order_id))
                    .child(words(" · "))
                    .child(message(format!("state_{}", row.state.code()))),
            )
            .children(step),
    )
}
