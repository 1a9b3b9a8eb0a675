//! The listing as it was when the order was placed.

use super::{Order, WarningCode, item, reader::Reader};
use crate::page::{Address, Region};

/// The order that the listing was kept for: the one of the address. What the seller promises there is no promise of the
/// shop and is not read.
pub(super) fn read(page: &Region, address: &Address, reader: &mut Reader) -> Option<Order> {
    let region = page.regions("order").next()?;
    let mut order = Order::new(address.order_id().map(str::to_owned));
    order.store = item::store(region, address, reader);
    order.items = item::items(region, address, reader);
    order.items.retain(|item| item.title.is_some() || item.item_id.is_some());
    if order.order_id.is_none() {
        reader.warn(WarningCode::NoOrderId, "order_id", "");
    }
    (order != Order::new(None)).then_some(order)
}
