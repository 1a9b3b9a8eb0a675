//! The page of one order.

use super::{
    Order, Store, WarningCode, dispute, item, money,
    phrases::Label,
    reader::Reader,
    rows::{self, Rows},
    sentence, state,
    text::{clean, digits},
    tracking,
};
use crate::page::{Address, Region};

/// The order of the page, where the page shows anything of it.
pub(super) fn read(page: &Region, address: &Address, reader: &mut Reader) -> Option<Order> {
    let region = page.regions("order").next()?;
    let rows = Rows::of(region, &["row", "price_row", "runs"], reader.page);
    let empty = Order::new(None);
    let mut order = Order::new(None);
    (order.status, order.status_text) = state::status(region, reader);
    order.line_ids = dispute::line_ids(region, address);
    read_days(region, &rows, &mut order, reader);
    order.total = total(region, &rows, reader);
    let buttons = read_parcels(region, address, &mut order, reader);
    order.estimated_delivery =
        tracking::estimate(region, &rows, order.placed_on.as_ref().map(|day| day.value), reader);
    order.tracking_numbers = tracking::numbers(region, &rows);
    order.commitments = sentence::commitments(region, reader);
    order.countdown = super::countdown_of(region, reader.page);
    order.dispute = state::dispute(region, order.status_text.as_deref(), &buttons, reader);
    order.can_dispute = state::can_dispute(region, &buttons, reader);
    let tags = region
        .regions("parcel")
        .flat_map(|parcel| parcel.regions("item"))
        .flat_map(|item| item.values("tag"));
    order.free_returns = state::free_returns(tags.chain(region.values("runs")), reader.page);
    if order == empty {
        return None;
    }
    reader.note(region.by, "orders");
    order.order_id = order_id(region, &rows, address, reader);
    Some(order)
}

/// The id of the address. Where the page itself shows another one, the page has moved on within the window: what was
/// read belongs to the page's own number. Where that one is cut, nobody can tell.
fn order_id(region: &Region, rows: &Rows, address: &Address, reader: &mut Reader) -> Option<String> {
    let shown = region.values("id_row").chain(rows.values(Label::OrderId).map(|(value, _)| value));
    let shown = shown.map(clean).find_map(|text| digits(&text, 14..=19).map(str::to_owned));
    let has_row = region.values("id_row").next().is_some() || rows.has(&[Label::OrderId]);
    let is_cut = shown.is_none() && has_row;
    let stated = address.order_id().filter(|_| !is_cut).map(str::to_owned);
    match (&stated, &shown) {
        (None, None) => reader.warn(WarningCode::NoOrderId, "order_id", ""),
        (Some(stated), Some(shown)) if stated != shown => {
            reader.warn(WarningCode::OrderIdDiffers, "order_id", shown);
        }
        _ => {}
    }
    shown.or(stated)
}

fn read_days(region: &Region, rows: &Rows, order: &mut Order, reader: &mut Reader) {
    let placed_row = region.entries("placed_row").next();
    let placed_text = placed_row.and_then(|entry| entry.values.first().map(|text| (text, entry.by)));
    order.placed_on = match placed_text {
        Some((text, by)) => reader.day(text, by, "placed_on"),
        None => rows.day(Label::Placed, reader, "placed_on"),
    };
    let labels = [Label::Paid, Label::Shipped, Label::Completed];
    let paid_row = region.entries("paid_row").next();
    if let Some((text, by)) = paid_row.and_then(|entry| Some((entry.values.first()?, entry.by))) {
        order.paid_on = reader.day(text, by, "paid_on");
    } else if rows.has(&labels) {
        order.paid_on = rows.day(Label::Paid, reader, "paid_on");
        order.shipped_on = rows.day(Label::Shipped, reader, "shipped_on");
        order.completed_on = rows.day(Label::Completed, reader, "completed_on");
    } else if let Some([placed, paid, shipped, completed]) = rows::by_place(region, reader.page)
        && order.placed_on.as_ref().is_none_or(|known| known.value == placed.value)
    {
        for (day, field) in [(&paid, "paid_on"), (&shipped, "shipped_on"), (&completed, "completed_on")] {
            reader.note(day.by, field);
        }
        order.placed_on = order.placed_on.take().or(Some(placed));
        (order.paid_on, order.shipped_on, order.completed_on) = (Some(paid), Some(shipped), Some(completed));
    }
}

/// The total: the row in bold (the last one, where several are), else the row with the label.
fn total(region: &Region, rows: &Rows, reader: &mut Reader) -> Option<super::Money> {
    let found = region.entries("total").find_map(|entry| {
        let total = entry.values.iter().rev().find_map(|text| money::read(text))?;
        Some((total, entry.by))
    });
    match found {
        Some((total, by)) => {
            reader.note(by, "total");
            Some(total)
        }
        None => rows.total(reader),
    }
}

/// Reads items and stores, and gives the words of the items' buttons.
fn read_parcels(region: &Region, address: &Address, order: &mut Order, reader: &mut Reader) -> Vec<String> {
    let mut stores = Vec::new();
    let mut buttons = Vec::new();
    for parcel in region.regions("parcel") {
        let mut items = item::items(parcel, address, reader);
        // Where only its place says what a parcel is, a store without goods of the order may be anybody's.
        let sure = !(parcel.by.is_weak() || region.by.is_weak()) || !items.is_empty();
        let store = item::store(parcel, address, reader).filter(|_| sure);
        for item in &mut items {
            item.store.clone_from(&store);
        }
        order.items.append(&mut items);
        if let Some(store) = store
            && !stores.iter().any(|known: &Store| *known == store || known.is_page_of(&store))
        {
            stores.push(store);
        }
        buttons.extend(parcel.regions("item").flat_map(|item| item.values("button")).map(clean));
    }
    if stores.len() > 1 {
        reader.warn(WarningCode::SeveralStores, "store", "");
    } else {
        order.store = stores.pop();
        for item in &mut order.items {
            item.store = None;
        }
    }
    buttons.retain(|text| !text.is_empty());
    buttons
}
