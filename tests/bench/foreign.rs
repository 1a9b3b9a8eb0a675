//! Blocks that are not the page's own, and must not change what is read from it.

use serde_json::{Value, json};

/// The number of the order in [`ORDER`].
pub(crate) const ORDER_ID: &str = "8200000000000977";

/// The card of another order below parents that have nothing to do with orders.
pub(crate) const ORDER: &str = r#"<section class="history--4Gt"><h3>Seen lately</h3><div class="panel--2x"><div class="order-item">
<div class="order-item-header"><div class="order-item-header-status" data-pl="order_item_header_status"><span class="order-item-header-status-text">Canceled</span></div>
<div class="order-item-header-right"><div class="order-item-header-right-info" data-pl="order_item_header_info"><div>Date: Mar 3, 2025</div><div>Ref. Number: 8200000000000977</div></div>
<a data-pl="order_item_header_detail" href="//www.aliexpress.com/p/order/detail.html?orderId=8200000000000977"><span>Order details</span></a></div></div>
<div class="order-item-content"><div class="order-item-content-opt"><div class="order-item-content-opt-price"><span class="order-item-content-opt-price-total" data-pl="order_item_content_price_total">Total:<div class="es--wrap--1Hlfkoj">US $977.00</div></span></div></div></div>
</div></div></section>"#;

/// What stands on that card. A list shows it as an order of its own; the page of one order shows it as something else.
pub(crate) fn order() -> Value {
    json!({
        "order_id": ORDER_ID,
        "status": "cancelled",
        "status_text": "Canceled",
        "placed_on": "2025-03-03",
        "total": {"minor": 97_700, "currency": "USD", "text": "US $977.00"},
    })
}

pub(crate) const RECOMMENDATION: &str = r#"<div class="feed--7Yx"><h2>More to love</h2>
<div class="card--1a"><a href="//www.aliexpress.com/item/1005000000009801.html"><div class="item-title" title="Foreign goods 1">Foreign goods 1</div><div class="es--wrap--2p8eS4Q">US $98.01</div></a><a href="//www.aliexpress.com/store/1100000098">Foreign Store</a><span>Delivery: Nov. 26 - Dec. 01</span></div>
<div class="card--1a"><a href="//www.aliexpress.com/item/1005000000009802.html"><div class="item-title" title="Foreign goods 2">Foreign goods 2</div><div class="es--wrap--2p8eS4Q">US $98.02</div></a><span>Free shipping over US $10.00</span></div></div>"#;

pub(crate) const DIALOG: &str = r#"<div class="comet-modal-wrap" role="dialog" aria-modal="true"><div class="comet-modal-body"><h4>Have you received your package?</h4>
<p>Refund if no delivery before Jan 1, 2027</p><p>Total: US $555.55</p><p>Estimated delivery date: Dec 24, 2026</p><button class="comet-btn"><span>Yes</span></button><button class="comet-btn"><span>No</span></button></div></div>"#;

pub(crate) const ADVERTISEMENT: &str = r#"<aside class="promo--5Zz"><a href="//www.aliexpress.com/gcp/sale"><b>Autumn sale</b><p>Sep 28, 2026 - Oct 4, 2026</p><p>Save US $44.00 on orders over US $444.00</p>
<p>Sale ends in 05:12:33</p><p>Coupon valid before Oct 9, 2026</p><p>Order within 3 days to get it by Oct 11, 2026</p></a></aside>"#;
