// The order list (handbook of pages, 2.1).

import { APPEARS, background, button, call, charPrice, el, rich, tagged, until } from "./dom.js";
import { recommendations } from "./frame.js";

const NARROW = matchMedia("(max-width: 600px)");

/** Fills the root with the list; `?pageSize=N` loads N at once, `?half=1` stays half, `?newtab=1` leaves the links alone. */
export async function showList({ root, query, start, go, current }) {
  const wish = { renderType: "init", clientPlatform: "pc", _lang: "en_US", ...(query.has("pageSize") && { pageSize: query.get("pageSize") }) };
  const half = query.has("half");
  const state = { tab: "all", page: 0 };
  const group = el("div", { class: "comet-checkbox-group" });
  const tabs = el("div", { class: "comet-tabs-nav" });
  const content = el("div", { class: "order-content", "data-spm": "order_list_main" }, group);
  const toDetail = (address) => (event) => {
    if (query.has("newtab") || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const url = new URL(address, location.href);
    go(url.pathname + url.search);
  };

  const load = async () => {
    const tab = state.tab;
    const answer = await call("mtop.aliexpress.trade.buyer.order.list", { ...wish, statusTab: tab, pageIndex: ++state.page }, { post: state.page > 1 });
    if (!current() || tab !== state.tab) return;
    for (const key of answer.hierarchy.structure.pc_om_list_body_1) group.append(card(answer.data[key].fields, { toDetail, half }));
    const [body] = tagged(answer, "pc_om_list_body");
    content.querySelector(".order-more")?.remove();
    if (body.hasMore && !half) content.append(more(body.hasMoreText, load));
    return answer;
  };
  const choose = (code) => () => {
    Object.assign(state, { tab: code, page: 0 });
    for (const item of tabs.children) item.classList.toggle("comet-tabs-nav-item-active", item.dataset.code === code);
    group.replaceChildren();
    return load();
  };

  await until(start, APPEARS.frame);
  if (!current()) return;
  const header = el("div", { class: "order-header" }, el("h1", { class: "order-title" }, "Orders"), tabs, tools());
  root.replaceChildren(el("div", { class: "order-wrap" }, header, content));
  group.append(...Array.from({ length: 3 }, () => el("div", { class: "order-skeleton" })));
  await until(start, APPEARS.content);
  if (!current()) return;
  const answer = await load();
  if (!answer) return;
  for (const empty of group.querySelectorAll(".order-skeleton")) empty.remove();
  const [{ statusTabList, tailStatusTab }] = tagged(answer, "pc_om_list_header");
  tabs.append(...[...statusTabList, tailStatusTab].map(({ code, title }) =>
    el("div", { class: tabClass(code === state.tab), "data-code": code, on: { click: choose(code) } }, title)));
  if (half) return;
  await until(start, APPEARS.late);
  const block = await recommendations();
  if (current()) root.firstElementChild.append(block);
}

const tabClass = (active) => `comet-tabs-nav-item${active ? " comet-tabs-nav-item-active" : ""}`;

function tools() {
  return el("div", { class: "order-tools" },
    el("input", { class: "order-search", placeholder: "Order ID, product or store name", "aria-label": "Search orders" }),
    el("select", { class: "order-time", "aria-label": "Time" }, ["All / Last year", "Last 30 days", "Last 90 days"].map((text) => el("option", {}, text))));
}

function more(text, load) {
  const click = () => {
    press.disabled = true;
    load();
  };
  const press = el("button", { class: "comet-btn comet-btn-large comet-btn-borderless", type: "button", on: { click } }, el("span", {}, text));
  return el("div", { class: "order-more", "data-pl": "order_more" }, press);
}

/** One order. On a phone the card itself is the link, so nothing inside it may be one. */
function card(order, { toDetail, half }) {
  const narrow = NARROW.matches;
  const link = (attributes, ...children) => narrow ? el("span", { ...attributes, href: undefined, target: undefined }, ...children) : el("a", attributes, ...children);
  const status = el("div", { class: "order-item-header-status", "data-pl": "order_item_header_status" }, el("span", { class: "order-item-header-status-text" }, order.statusText));
  if (half) return el("div", { class: "order-item" }, el("div", { class: "order-item-header" }, status));
  const address = order.orderDetailUrl.replace(/^https:/, "");
  const open = toDetail(address);
  const parts = [
    el("div", { class: "order-item-header" }, status,
      el("div", { class: "order-item-header-right" },
        el("div", { class: "order-item-header-right-info", "data-pl": "order_item_header_info" },
          el("div", {}, `${order.orderDateTitle}: ${order.orderDateText}`),
          el("div", {}, `Ref. Number: ${order.orderId} `, el("span", { class: "order-item-header-right-copy" }, "Copy"))),
        !narrow && el("span", { class: "order-item-header-line" }),
        !narrow && el("a", { "data-pl": "order_item_header_detail", target: "_blank", href: address, on: { click: open } },
          el("span", {}, order.orderDetailText), el("span", { class: "comet-icon comet-icon-arrowright" })))),
    el("div", { class: "order-item-store" },
      order.shopIcon && el("img", { class: "order-item-store-icon", src: order.shopIcon, alt: "" }),
      // The trailing space of the class is the real one.
      el("span", { class: "order-item-store-name ", "data-pl": "order_item_store_name" },
        link({ href: order.storePageUrl, target: "_blank" }, el("span", {}, order.storeName)))),
    el("div", { class: "order-item-content" }, order.orderLines.length > 1 ? pictures(order, link) : single(order.orderLines[0], link), side(order)),
    order.exposeInfo && expose(order.exposeInfo),
  ];
  return narrow
    ? el("a", { class: "order-item order-item-mobile", href: address, on: { click: open } }, parts)
    : el("div", { class: "order-item" }, parts);
}

/** Several items: the list shows only their pictures. */
function pictures({ orderLines, moreItemText }, link) {
  return el("div", { class: "order-item-content-body" },
    el("div", { class: "order-item-content-img-list" }, orderLines.map((line) =>
      link({ href: line.itemDetailUrl }, el("div", { class: "order-item-content-img", style: background(line.itemImgUrl) })))),
    el("div", { class: "order-item-content-more" }, `${orderLines.length} ${moreItemText}`));
}

function single(line, link) {
  return el("div", { class: "order-item-content-body" },
    link({ href: line.itemDetailUrl }, el("div", { class: "order-item-content-img", style: background(line.itemImgUrl) })),
    el("div", { class: "order-item-content-info" },
      el("div", { class: "order-item-content-info-name", "data-pl": "order_item_content_info_name" },
        link({ href: line.itemDetailUrl }, el("span", { title: line.itemTitle }, short(line.itemTitle)))),
      line.skuAttrs.length > 0 && el("div", { class: "order-item-content-info-sku", "data-pl": "order_item_content_info_sku" }, line.skuAttrs.map(({ text }) => text).join(", ")),
      el("div", { class: "order-item-content-info-number" }, charPrice(line.itemPriceText), el("span", { class: "order-item-content-info-number-quantity" }, `x${line.quantity}`)),
      line.itemTags.length > 0 && el("div", { class: "order-item-content-info-tag" }, line.itemTags.map(({ richText }) => el("span", { class: "order-item-tag" }, rich(richText))))));
}

function side(order) {
  const press = (data, place) => {
    const primary = place === 0 && data.type !== "REPURCHASE";
    const made = button(NARROW.matches ? { text: data.text } : data, "order-item-btn", primary);
    if (data.type === "TRACKING") hover(made, order);
    return made;
  };
  return el("div", { class: "order-item-content-opt" },
    el("div", { class: "order-item-content-opt-price" },
      el("span", { class: "order-item-content-opt-price-total", "data-pl": "order_item_content_price_total" }, `${order.totalPriceTitle}:`, charPrice(order.totalPriceText))),
    el("div", { class: "order-item-btns-wrap" }, el("div", { class: "order-item-btns" }, order.buttons.map(press))));
}

/** The popover over the track button: the only place of the list where the tracking number shows. */
function hover(target, order) {
  let popover;
  target.addEventListener("mouseenter", async () => {
    const { module } = await call("mtop.ae.ld.querydetail", { tradeOrderId: order.orderId, terminalType: "PC" });
    const number = module?.trackingDetailLineList[0]?.mailNo;
    if (!number || popover || !target.matches(":hover")) return;
    const [event] = module.trackingDetailLineList[0].detailList;
    popover = el("div", { class: "comet-popover-wrap" },
      el("div", { class: "order-track-popover-title tracking-number-title" }, el("p", {}, event.trackingDetailDesc), el("p", {}, "Tracking number: ", el("span", {}, number))));
    const { left, bottom } = target.getBoundingClientRect();
    Object.assign(popover.style, { left: `${left + scrollX}px`, top: `${bottom + scrollY + 6}px` });
    document.body.append(popover);
  });
  target.addEventListener("mouseleave", () => {
    popover?.remove();
    popover = undefined;
  });
}

function expose({ itemList }) {
  return el("div", { class: "order-item-bottom-action" }, el("div", { class: "expose-info" }, itemList.flatMap(({ detailList }) => detailList).map(({ title, amount }) =>
    el("div", { class: "expose-info-item-title" }, amount ? `${title} ` : title, amount && el("span", {}, amount)))));
}

const short = (title) => (title.length > 64 ? `${title.slice(0, 61)}...` : title);
