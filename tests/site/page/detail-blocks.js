// The blocks of the detail page, in page order.

import { NBSP, background, button, charPrice, el, passingName, rich, tagged } from "./dom.js";
import { ask, countdown } from "./frame.js";

export function statusBlock(status, { sampleTimer, curTime, sampleKind }) {
  return el("div", { class: "order-status order-block" }, el("div", { class: "order-status-content" },
    el("div", { class: "order-block-title" }, status.title),
    el("div", { class: passingName(sampleKind, "reminder") }, status.reminder),
    sampleTimer && countdown(sampleTimer, curTime, passingName(sampleKind, "timer")),
    el("div", { class: "order-status-btns" }, status.buttonVOList.map((data, place) => button(data, "order-status-btn", place === 0)))));
}

/** The commitment of the shop. Its class names are unknown, so they differ from one kind of order to the next. */
export function serviceBlocks(answer) {
  const name = (role) => passingName(answer.global.sampleKind, role);
  const bars = tagged(answer, "detail_service_progress_bar").map(({ title, text, nodes, currentNode }) =>
    el("section", { class: name("bar") }, el("h4", {}, title), el("p", {}, text),
      el("ol", {}, nodes.map((node, place) => el("li", { "aria-current": place <= currentNode ? "step" : undefined }, el("b", {}, node.text), el("i", {}, node.time))))));
  const services = tagged(answer, "detail_order_services").map(({ title, data }) =>
    el("section", { class: name("services") }, el("h4", {}, title), data.map((service) =>
      el("div", { class: name("service") }, el("b", {}, service.title), el("p", {}, service.content)))));
  return [...bars, ...services];
}

/** Address and order facts. Rows behind the arrow are not there before it was clicked. */
export function infoBlock(info) {
  const row = (label, value, pl, ...more) => el("div", { class: "info-row" }, el("span", { "data-pl": pl }, `${label}:${NBSP}`), value, ...more);
  const { addressVO: to } = info;
  const hidden = [["payTimeTitle", "payTime"], ["orderShipTimeTile", "orderShipTime"], ["orderEndTimeTile", "orderEndTime"]]
    .filter(([, value]) => info[value]).map(([title, value]) => row(info[title], info[value]));
  const content = el("div", { class: "order-detail-info-content" },
    row(info.orderIdTitle, String(info.tradeOrderId), "order_detail_gray_id", " ", el("span", { class: "order-detail-copy" }, "Copy")),
    row(info.orderCreatTimeTile, info.orderCreatTime, "order_detail_gray_date"),
    info.paymentMethod && row(info.paymentMethodTitle, info.paymentMethod, "order_detail_gray_payment"));
  if (hidden.length > 0) content.append(arrow((open, icon) => (open ? icon.before(...hidden) : hidden.forEach((each) => each.remove()))));
  return el("div", { class: "order-detail-info" },
    el("div", { class: "order-detail-info-item" }, el("div", { class: "order-detail-info-content" },
      el("div", { class: "contact-info", "data-pl": "contact_info" }, `${to.name} ${to.phone}`),
      el("div", { "data-pl": "contact_info_address" }, `${to.street}, ${to.town}`))),
    el("div", { class: "order-detail-info-item order-detail-order-info" }, content));
}

export function productBlock({ sellerVO, productVOList }) {
  return el("div", { class: "order-detail-item" },
    el("div", { class: "order-detail-item-store" }, el("a", { href: sellerVO.storeUrl }, el("span", { class: "store-name" }, sellerVO.sellerName)),
      el("a", { class: "order-detail-contact", href: sellerVO.connectUrl }, "Contact seller")),
    productVOList.map((line) => el("div", { class: "order-detail-item-content-wrap" }, product(line), track(line.etaAndTrack, sellerVO))));
}

function product(line) {
  const operate = (data) => {
    const made = button(data, "order-detail-btn", false);
    if (data.type === "OPEN_DISPUTE") made.addEventListener("click", () => ask(data.extMap));
    return made;
  };
  return el("div", { class: "order-detail-item-content" },
    el("a", { class: "order-detail-item-content-img", href: line.itemDetailUrl, style: background(line.itemImgUrl) }),
    el("div", { class: "order-detail-item-content-info" },
      el("div", { class: "item-title" }, el("a", { href: line.itemDetailUrl }, line.itemTitle)),
      line.skuAttrs.length > 0 && el("div", { class: "item-sku-attr" }, line.skuAttrs.map(({ text }) => text).join(", ")),
      el("div", { class: "item-price" }, charPrice(line.itemPriceText), el("span", { class: "item-price-quantity" }, `x${line.quantity}`)),
      line.itemTags.length > 0 && el("div", { class: "item-tags" }, line.itemTags.map(({ richText }) => el("span", { class: "order-item-tag" }, rich(richText))))),
    el("div", { class: "order-detail-item-content-operate" }, line.buttonVOS.map(operate)),
    el("div", { class: "order-detail-item-snapshot" }, el("a", { href: line.snapshotUrl }, "Snapshot")));
}

function track({ expectDeliveryDateTitle, trackTitle, trackDesc }, { connectUrl }) {
  if (!expectDeliveryDateTitle && !trackTitle) return undefined;
  const id = new URL(connectUrl).searchParams.get("orderId");
  return el("div", { class: "order-detail-item-track" }, el("a", { href: `//www.aliexpress.com/p/tracking/index.html?_addShare=no&_login=yes&tradeOrderId=${id}` },
    expectDeliveryDateTitle && el("div", { class: "order-detail-item-track-eta-text" }, expectDeliveryDateTitle),
    trackTitle && el("div", { class: "order-detail-item-track-info-title" }, trackTitle),
    trackDesc && el("div", { class: "order-detail-item-track-info-desc" }, trackDesc)));
}

export function priceBlock({ priceDetails, totalPrice }) {
  const row = ({ title, value }) => el("div", { class: "order-price-item" },
    el("span", { class: "left-col", "data-pl": "order_price_item_title" }, title),
    el("span", { class: "right-col" }, el("span", { "data-pl": "order_price_item_value" }, value)));
  const hidden = priceDetails.filter(({ hide }) => hide).map(row);
  const total = el("div", { class: "order-price-item bold-font" },
    el("span", { class: "left-col", "data-pl": "order_price_item_title" }, totalPrice.title),
    el("div", { class: "right-col" }, el("div", { class: "rightPriceClass" }, charPrice(totalPrice.value))));
  return el("div", { class: "order-price" }, priceDetails.filter(({ hide }) => !hide).map(row), total,
    arrow((open) => (open ? total.before(...hidden) : hidden.forEach((each) => each.remove()))));
}

function arrow(turn) {
  const icon = el("span", { class: "comet-icon comet-icon-arrowdown switch-icon", role: "button", "aria-label": "More", on: { click: () => {
    const open = icon.classList.toggle("comet-icon-arrowup");
    icon.classList.toggle("comet-icon-arrowdown", !open);
    turn(open, icon);
  } } });
  return icon;
}
