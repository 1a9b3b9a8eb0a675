// The tracking page (handbook of pages, 2.3): hashed class names, one block per parcel.

import { APPEARS, call, el, until } from "./dom.js";
import { nothing } from "./frame.js";

const name = (part, hash) => `logistic-info-v2--${part}--${hash}`;

export async function showTracking({ root, query, start, current }) {
  const asked = call("mtop.ae.ld.querydetail", { tradeOrderId: query.get("tradeOrderId"), terminalType: "PC" });
  const [{ module }] = await Promise.all([asked, until(start, APPEARS.content)]);
  if (!current()) return;
  if (!module || module.trackingDetailLineList.length === 0) {
    root.replaceChildren(nothing("No tracking information yet."));
    if (module?.fastDeliveryInfoDTO) root.firstElementChild.append(protection(module.fastDeliveryInfoDTO));
    return;
  }
  const to = module.logisticsReceiverInfo;
  root.replaceChildren(el("div", { class: "tracking-wrap-v2" },
    module.trackingDetailLineList.map(parcel),
    module.fastDeliveryInfoDTO && protection(module.fastDeliveryInfoDTO),
    el("div", { class: name("shippingToInfo", "q3XTa9") },
      el("h4", {}, "Shipping to"), el("p", {}, `${to.name}, ${to.phone}`), el("p", {}, `${to.street}, ${to.town}`))));
}

function parcel(line) {
  const pair = (title, value) => el("div", { class: name("infoRow", "k2Wv1c") },
    el("span", { class: name(`${title[0]}Title`, "bX81uD") }, `${title[1]}: `), el("span", { class: name(`${title[0]}Value`, "X0fPzen") }, value));
  return el("div", { class: "tracking-parcel" },
    line.etaInfo && el("div", { class: "arrival-time-v2--title--t5Mq2R" }, `Delivery: ${line.etaInfo.etaTimeText}`),
    el("div", { class: "tracking-items" }, line.packageItemList.map(({ title }) => title).join(" · ")),
    line.mailNo && pair(["mailNo", "Tracking number"], line.mailNo),
    pair(["carrier", "Carrier"], line.logisticsCarrierName),
    el("div", { class: name("nodeList", "a8TcZe") }, line.detailList.map((event) => el("div", { class: name("node", "h7Rr2x") },
      el("div", { class: name("nodeTitle", "Zp4eK1") }, event.trackingName),
      el("div", { class: name("nodeDesc", "m5Yb0s") }, event.trackingDetailDesc),
      el("div", { class: name("nodeTime", "w9Lc3f") }, event.timeText)))));
}

function protection({ fdTitle, fdStatusDesc, fdContentList }) {
  return el("div", { class: "fast-delivery-v2--block--u6Dn8y" }, el("h4", {}, `${fdTitle} `, el("span", {}, fdStatusDesc)), el("ul", {}, fdContentList.map((text) => el("li", {}, text))));
}
