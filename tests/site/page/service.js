// The pages around an order: returns, refund detail, chat, snapshot, product. Where the handbook knows a class name it is used, the rest is invented.

import { APPEARS, background, call, charPrice, el, passingName, tagged, until } from "./dom.js";
import { countdown, nothing } from "./frame.js";

/** Returns and disputes (handbook 2.4). */
export async function showReturns({ root, start, current }) {
  const asked = call("mtop.aliexpress.buyer.reverse.queryReverseOrderPageListForBuyer", { reverseStatus: 1 });
  const [{ module }] = await Promise.all([asked, until(start, APPEARS.content)]);
  if (!current()) return;
  const part = (name, ...children) => el("div", { class: `orderItem--${name}--v3xQ` }, ...children);
  const action = (text, href) => el("div", {}, el("a", { class: "comet-btn", href }, text));
  const card = ({ shopName, reverseOrderLines: [line] }) => part("orderItem",
    part("orderStore", shopName), part("orderSKUId", `Order ID: ${line.tradeOrderId}`),
    el("div", { class: "returns-img", style: background(line.aeItemDTO.itemImgUrl) }), part("orderSKUTitle", line.aeItemDTO.itemTitle),
    part("orderStatusDesc", `${line.statusText} ${line.gmtCreateFormat.slice(0, 10)}`),
    part("orderStatusAction", action("View details", line.buttonDTOList[0].detailUrl),
      action("Contact seller", `//www.aliexpress.com/p/message/index.html?fromCode=order&orderId=${line.tradeOrderId}`)));
  const turn = (name, text, disabled) => el("button", { class: `next-pagination-item ${name}`, disabled }, text);
  root.replaceChildren(el("div", { class: "returns-list" }, el("h1", { class: "order-title" }, "Returns/refunds"), module.items.map(card),
    el("div", { class: "next-pagination" }, turn("next-prev", "‹", true), turn("next-current", "1", false), turn("next-next", "›", true))));
}

/** The detail of one dispute. Only the class of the amount is known. */
export async function showRefund({ root, query, start, current }) {
  const asked = call("mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer", { tradeOrderLineId: query.get("tradeOrderLineId") });
  const [{ module, global }] = await Promise.all([asked, until(start, APPEARS.content)]);
  if (!current()) return;
  if (!module) return root.replaceChildren(nothing("This request does not exist or was removed."));
  const name = (role) => passingName(global.sampleKind, role);
  const pair = (label, value) => [el("dt", {}, label), el("dd", {}, value)];
  root.replaceChildren(el("div", { class: "order-wrap" }, el("div", { class: "order-block" },
    el("h2", { class: name("refund-status") }, module.reverseDetailStatusText), el("p", { class: name("refund-text") }, module.reminder),
    global.sampleTimer && countdown(global.sampleTimer, global.curTime, name("refund-timer")),
    module.reachSolution.refundMoney && el("div", { class: "newReverseRefundInfo--amount--p2Kd" }, charPrice(module.reachSolution.refundMoney)),
    el("dl", {}, pair("Reason", module.applyReason.reasonName), pair("Solution", module.reachSolution.solutionTypeText),
      pair("Order ID", module.tradeOrderId), pair("Opened", module.gmtCreateFormat)))));
}

/** The first step of a return or dispute. */
export async function showStart({ root, start, current }) {
  await until(start, APPEARS.content);
  if (!current()) return;
  const choices = ["I have not received the package", "The item is damaged or does not work", "The item differs from its description", "I no longer need the item"];
  root.replaceChildren(el("div", { class: "order-wrap" }, el("div", { class: "order-block reverse-start" },
    el("h2", {}, "Return/refund"), el("p", {}, "What is the problem?"),
    choices.map((text) => el("label", {}, el("input", { type: "radio", name: "reason" }), text)),
    el("button", { class: "comet-btn comet-btn-primary", type: "button" }, "Next"))));
}

export async function showChat({ root, query, start, current }) {
  const [{ store, order, messages }] = await Promise.all([call("mtop.sample.chat", { orderId: query.get("orderId") }), until(start, APPEARS.content)]);
  if (!current()) return;
  if (!store) return root.replaceChildren(nothing("No messages."));
  const name = (role) => passingName("chat", role);
  root.replaceChildren(el("div", { class: `chat ${name("window")}` },
    el("div", { class: name("title") }, store),
    el("a", { class: name("order"), href: `/p/order/detail.html?orderId=${order.id}` },
      el("i", { style: background(order.image) }), el("span", {}, order.title)),
    // The names by which the layout of conversations guesses who wrote.
    el("div", { class: "message-list" }, messages.map(({ from, text, timeText }) =>
      el("div", { class: `message-item message-item-${from === "seller" ? "left" : "right"}`, "data-from": from },
        el("time", { class: "message-time" }, timeText), el("p", {}, text)))),
    el("textarea", { placeholder: "Write a message", "aria-label": "Message" })));
}

export async function showSnapshot({ root, query, start, current }) {
  const [answer] = await Promise.all([call("mtop.aliexpress.trade.buyer.order.detail", { tradeOrderId: query.get("orderId") }), until(start, APPEARS.content)]);
  if (!current()) return;
  const lines = tagged(answer, "detail_product_block").flatMap(({ productVOList }) => productVOList);
  const line = lines.find(({ productId }) => productId === query.get("productId"));
  const note = "Snapshot of the product when the order was placed.";
  root.replaceChildren(line ? productPage(line.itemTitle, line.itemPriceText, line.itemImgUrl, note) : nothing("No snapshot."));
}

/** A product page: no page of an order, whatever its texts say. */
export async function showItem({ root, start, current }) {
  await until(start, APPEARS.content);
  const note = "Delivery: Sep. 26 - Oct. 01 · Free returns within 90 days · Refund if items damaged";
  if (current()) root.replaceChildren(productPage("Product of the sample shop", "US $12.83", "/kf/bag_0001_220x220.svg", note));
}

export async function showMissing({ root }) {
  root.replaceChildren(nothing("Sorry, this page does not exist."));
}

function productPage(title, price, image, note) {
  return el("div", { class: "product-page" }, el("div", { class: "product-img", style: background(image) }),
    el("div", {}, el("h1", {}, title), el("div", { class: "product-price" }, charPrice(price)), el("p", {}, note),
      el("p", {}, "A plain description of the product: material, size, weight and what is in the box."),
      el("button", { class: "comet-btn comet-btn-primary", type: "button" }, "Add to cart")));
}
