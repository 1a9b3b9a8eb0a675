// The data behind the pages, in the envelopes of the real answers (handbook of pages, section 3).

import { RECOMMENDED } from "./goods.js";
import { eventTime, money } from "./text.js";
import { CHAT } from "./words.js";

const DAY_MS = 86_400_000;
const TABS = [
  { code: "all", title: "View all" }, { code: "unpaid", title: "To pay" }, { code: "processing", title: "Processing" },
  { code: "shipped", title: "Processed" }, { code: "completed", title: "Completed" },
];
const IN_TAB = { unpaid: ["unpaid"], processing: ["to_ship"], shipped: ["in_transit", "delivered"], completed: ["completed", "refunded"] };

const APIS = {
  "mtop.aliexpress.trade.buyer.order.list": orderList,
  "mtop.aliexpress.trade.buyer.order.detail": orderDetail,
  "mtop.ae.ld.querydetail": tracking,
  "mtop.aliexpress.buyer.reverse.queryreverseorderpagelistforbuyer": returnsList,
  "mtop.aliexpress.buyer.reverse.reverseorderlinerenderforbuyer": returnDetail,
  "mtop.sample.recommend": () => ({ products: RECOMMENDED.map((product) => ({ ...product, priceText: money(product.price, "USD") })) }),
  "mtop.sample.chat": chat,
};

/** `{ ret, data }` of one call; an unknown api fails in the way the real gateway does. */
export function apiAnswer(shop, api, asked) {
  if (!Object.hasOwn(APIS, api)) return { ret: ["FAIL_SYS_API_NOT_FOUNDED::no such api"], data: {} };
  return { ret: ["SUCCESS::the call succeeded"], data: APIS[api](shop, asked) };
}

function orderList(shop, asked) {
  const wanted = shop.orders.filter((order) => !IN_TAB[asked.statusTab] || IN_TAB[asked.statusTab].includes(order.truth.order_status));
  const pageSize = Number(asked.pageSize) || shop.pageSize;
  const pageIndex = Math.max(1, Number(asked.pageIndex) || 1);
  const shown = wanted.slice((pageIndex - 1) * pageSize, pageIndex * pageSize);
  const orders = shown.map(({ id, list }) => [`pc_om_list_order_${id}`, { tag: "pc_om_list_order", id, fields: list }]);
  return {
    data: {
      pc_om_list_header_1: { tag: "pc_om_list_header", fields: { pageTitle: "Orders", statusTabList: TABS, tailStatusTab: { code: "recycle", title: "Deleted orders" } } },
      pc_om_list_body_1: { tag: "pc_om_list_body", fields: { hasMore: pageIndex * pageSize < wanted.length, hasMoreText: "View orders", pageIndex, pageSize } },
      ...Object.fromEntries(orders),
    },
    hierarchy: { structure: { pc_om_list_body_1: orders.map(([key]) => key) } },
    global: { curTime: shop.clock() },
  };
}

function orderDetail(shop, asked) {
  const order = shop.orders.find(({ id }) => id === String(asked.tradeOrderId));
  const parts = (order?.detail ?? []).map(({ tag, fields }, place) => [`${tag}_${place + 1}`, { tag, fields }]);
  return {
    data: Object.fromEntries(parts),
    hierarchy: { structure: { detail_page_1: parts.map(([key]) => key) } },
    global: { curTime: shop.clock(), ...(order?.timer && { sampleTimer: order.timer }), sampleKind: order?.name },
  };
}

function tracking(shop, asked) {
  const order = shop.orders.find(({ id }) => id === String(asked.tradeOrderId));
  return { module: order?.tracking ?? null, global: { sampleKind: order?.name } };
}

const disputed = (shop) => shop.orders.filter(({ truth }) => truth.dispute_status);

function returnsList(shop) {
  const items = disputed(shop).map((order) => ({ shopName: order.list.storeName, reverseOrderLines: [reverseLine(order)] }));
  return { module: { total: items.length, pageNum: 1, pages: 0, items } };
}

function returnDetail(shop, asked) {
  const order = disputed(shop).find(({ list }) => list.orderLines.some(({ orderLineId }) => orderLineId === String(asked.tradeOrderLineId)));
  if (!order) return { module: null };
  const block = order.detail[0].fields;
  return {
    module: {
      ...reverseLine(order), reverseDetailStatusText: block.title, reminder: block.reminder, applyReason: { reasonName: order.truth.order_status === "completed" ? "Item does not work" : "Package not received" },
      reachSolution: { solutionTypeText: "Refund", refundMoney: disputeAmount(order) },
    },
    global: { curTime: shop.clock(), ...(order.timer && { sampleTimer: order.timer }), sampleKind: order.name },
  };
}

/** Dispute ids are invented like the rest: they start far away from order and line ids. */
function reverseLine(order) {
  const [line] = order.list.orderLines;
  return {
    tradeOrderId: order.id, tradeOrderLineId: line.orderLineId, reverseOrderLineId: String(BigInt(line.orderLineId) + 50000n), reverseType: "RETURN",
    gmtCreateFormat: `${order.truth.dispute_opened_on} 10:20:30`, statusText: order.detail[0].fields.title,
    aeItemDTO: { itemTitle: line.itemTitle, itemId: line.productId, itemCount: line.quantity, itemImgUrl: line.itemImgUrl },
    buttonDTOList: [{ type: "refund_details", detailUrl: `/p/refund-amount/detail.html?pha_manifest=refund-amount&tradeOrderLineId=${line.orderLineId}` }],
  };
}

function disputeAmount({ list }) {
  return list.exposeInfo?.itemList[0].detailList[0].amount;
}

function chat(shop, asked) {
  const order = shop.orders.find(({ id }) => id === String(asked.orderId));
  if (!order) return { store: null, messages: [] };
  const [line] = order.list.orderLines;
  const when = (days) => eventTime(shop.clock() + days * DAY_MS, shop.zone);
  const messages = (CHAT[order.name] ?? CHAT[order.truth.dispute_status ? "dispute" : "other"]).map(({ from, at, text }) => ({ from, text, timeText: when(at) }));
  return { store: order.list.storeName, order: { id: order.id, title: line.itemTitle, image: line.itemImgUrl }, messages };
}
