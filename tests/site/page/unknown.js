// The facts of an order in a layout that no reader knows: other markup, older labels, no anchors.

import { el, tagged } from "./dom.js";

export function unknownLayout(answer) {
  const [status] = tagged(answer, "detail_order_status_block");
  const [info] = tagged(answer, "detail_simple_order_info_component");
  const [price] = tagged(answer, "detail_order_price_block");
  const products = tagged(answer, "detail_product_block");
  const services = tagged(answer, "detail_order_services").flatMap(({ data }) => data);
  const pair = (label, value) => value && [el("dt", { class: "x1q9" }, label), el("dd", { class: "x7mz" }, value)];
  return el("main", { class: "x0wrap" },
    el("section", { class: "x4ka" }, el("h2", { class: "x2hh" }, status.title), el("p", { class: "x8pp" }, status.reminder)),
    services.map(({ title, content }) => el("section", { class: "x4ka" }, el("h3", {}, title), el("p", { class: "x8pp" }, content))),
    el("section", { class: "x4ka" }, el("dl", { class: "x5dl" },
      pair("Order ID", String(info.tradeOrderId)), pair("Order date", info.orderCreatTime), pair("Payment date", info.payTime),
      pair("Shipped on", info.orderShipTime), pair("Order completed on", info.orderEndTime), pair("Total", price.totalPrice.value))),
    el("section", { class: "x4ka" }, el("h3", {}, "Delivery address"), el("p", {}, `${info.addressVO.name}, ${info.addressVO.street}, ${info.addressVO.town}, ${info.addressVO.phone}`)),
    products.map(({ sellerVO, productVOList }) => el("section", { class: "x4ka" }, el("h3", {}, sellerVO.sellerName),
      productVOList.map((line) => el("article", { class: "x6it" }, el("a", { href: line.itemDetailUrl }, line.itemTitle), el("p", {}, `${line.itemPriceText} x${line.quantity}`))))));
}
