//! The cards of the order list.

use chrono::NaiveDate;

use super::{
    Fact, Order, WarningCode,
    date::{self, Reading},
    item, money,
    phrases::Label,
    reader::Reader,
    rows::Rows,
    state,
    text::{clean, digits},
    tracking,
};
use crate::page::{Address, PageKind, Region};

/// The orders of the list, each once.
pub(super) fn read(page: &Region, address: &Address, reader: &mut Reader) -> Vec<Order> {
    let mut orders: Vec<Order> = Vec::new();
    for region in page.regions("order") {
        let order = card(region, address, reader);
        if order == Order::new(None) {
            continue;
        }
        let seen = order.order_id.is_some() && orders.iter().any(|known| known.order_id == order.order_id);
        if !seen {
            reader.note(region.by, "orders");
            if order.order_id.is_none() {
                reader.warn(
                    WarningCode::NoOrderId,
                    "order_id",
                    order.status_text.as_deref().unwrap_or_default(),
                );
            }
            orders.push(order);
        }
    }
    // A link to an order that no card holds: the page has cards of a form that is not known.
    for link in page.values("order_links") {
        let id = order_id(link, address);
        if id.is_some() && orders.iter().all(|order| order.order_id != id) {
            reader.warn(WarningCode::LayoutChanged, "orders", id.as_deref().unwrap_or_default());
        }
    }
    orders
}

fn card(region: &Region, address: &Address, reader: &mut Reader) -> Order {
    let rows = Rows::of(region, &["header_row", "runs"], reader.page);
    let by_link =
        reader.pick(region, "order_link", "order_id", |link| order_id(link, address)).map(|(id, _)| id);
    let by_number =
        || region.values("order_number").find_map(|text| digits(text, 10..=22).map(str::to_owned));
    let mut order = Order::new(by_link.or_else(by_number).or_else(|| id_in_rows(region, &rows)));
    (order.status, order.status_text) = state::status(region, reader);
    order.placed_on = placed(region, &rows, reader);
    order.store = item::store(region, address, reader);
    order.total = match reader.pick(region, "total", "total", money::read) {
        Some((total, _)) => Some(total),
        None => rows.total(reader),
    };
    order.items = item::items(region, address, reader);
    order.countdown = super::countdown_of(region, reader.page);
    let anchor = order.placed_on.as_ref().map(|day| day.value);
    order.estimated_delivery = tracking::estimate(region, &rows, anchor, reader);
    let buttons: Vec<String> =
        region.values("button").chain(region.values("line_state")).map(clean).collect();
    order.dispute = state::dispute(region, order.status_text.as_deref(), &buttons, reader);
    // A card shows few of an order's buttons: that one is not there says nothing.
    order.can_dispute = state::can_dispute(region, &buttons, reader).filter(|can| *can);
    order.free_returns = state::free_returns(region.values("tag"), reader.page);
    order
}

/// The id in a link to the order's own page or its tracking. Chat and item links hold other numbers.
pub(super) fn order_id(link: &str, address: &Address) -> Option<String> {
    let link = address.resolve(link)?;
    matches!(link.kind(), PageKind::OrderDetail | PageKind::Tracking)
        .then(|| link.order_id())
        .flatten()
        .map(str::to_owned)
}

fn id_in_rows(region: &Region, rows: &Rows) -> Option<String> {
    let mut labelled = rows.values(Label::OrderId).map(|(value, _)| value);
    let id = labelled.find_map(|text| digits(text, 10..=22)).map(str::to_owned);
    let unlabelled =
        || region.values("header_row").map(clean).find_map(|text| digits(&text, 15..=19).map(str::to_owned));
    id.or_else(unlabelled)
}

/// The day the order was placed: the row with the label, else the row that is no number. The label changes more often
/// than the place.
fn placed(region: &Region, rows: &Rows, reader: &mut Reader) -> Option<Fact<NaiveDate>> {
    if rows.has(&[Label::Placed]) {
        return rows.day(Label::Placed, reader, "placed_on");
    }
    let entry = region.entries("header_row").next()?;
    let dated = |text: &&String| {
        digits(&clean(text), 10..=22).is_none() && date::read(text, reader.page) != Reading::Absent
    };
    let text = entry.values.iter().find(dated)?;
    reader.day(text, entry.by, "placed_on")
}
