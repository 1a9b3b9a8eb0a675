// The orders of the sample shop in the shapes of the real answers (handbook of pages, section 3), dated relative to `now`.

import { CASES } from "./cases.js";
import { GOODS } from "./goods.js";
import { detailComponents } from "./order-detail.js";
import { buttonsOf, chatUrl, detailUrl, lineFields, statusTitle, storeName, storeUrl } from "./order-parts.js";
import { civilDate, formatPriceInfo, money, pageDate } from "./text.js";
import { trackingOf } from "./tracking.js";
import { DISPUTE, INVENTED } from "./words.js";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_ORDER = 8200000000000001n;
const FIRST_LINE = 8200000000020001n;
// No source says after how long the button appears; ten days after shipping is what guides report (rules 1.8).
const DISPUTE_AFTER_SHIPPING_DAYS = 10;

/** The order of the product pictures: completed, with several days of its window left. */
export const SAMPLE_ORDER_ID = orderIdAt(CASES.findIndex(({ name }) => name === "completed_open"));

/** The names that `makeOrders` gives its orders and `setState` takes. */
export const CASE_NAMES = CASES.map(({ name }) => name);

/**
 * Orders as the shop holds them, in the order of the list (what is urgent first: ten make the first picture). `now` is a Date, `zone` the IANA zone of the page's dates; `count` repeats or cuts
 * the cases. Each is `{ id, name, about, truth, list, detail, tracking, timer }`: `list` has the fields of pc_om_list_order,
 * `detail` the detail_* components in page order, `tracking` the module of querydetail. `truth` says in plain values
 * what the pages show, for tests: civil dates, amounts in the smallest unit, windows in days.
 */
export function makeOrders(now, { count = CASES.length, zone = "UTC" } = {}) {
  return Array.from({ length: count }, (_, index) => makeOrder(CASES[index % CASES.length], index, now, zone));
}

/** The order at `index` (0 is the first) in the state of the case `name`, with its own goods; undefined for a name that is none. */
export function makeOrderNamed(name, index, now, zone) {
  const found = CASES.find((candidate) => candidate.name === name);
  const { goods, store, secondStore, currency, coupon } = CASES[index % CASES.length];
  return found && makeOrder({ ...found, goods, store, secondStore, currency, coupon }, index, now, zone);
}

/** The place of an order id among the cases. */
export function indexOfOrder(id) {
  return Number(BigInt(id) - FIRST_ORDER);
}

function orderIdAt(index) {
  return String(FIRST_ORDER + BigInt(index));
}

function makeOrder(spec, index, now, zone) {
  const context = contextOf(spec, index, now, zone);
  const tracking = trackingOf(context);
  return {
    id: context.id, name: spec.name, about: spec.about, truth: truthOf(context, tracking),
    list: listFields(context), detail: detailComponents(context, tracking), tracking, timer: context.timer,
  };
}

/** Everything that several of the shapes need, computed once. */
function contextOf(spec, index, now, zone) {
  const after = (days) => new Date(now.getTime() + days * DAY_MS);
  const at = Object.fromEntries(Object.entries(spec.at).map(([name, days]) => [name, after(days)]));
  const currency = spec.currency ?? "USD";
  const id = orderIdAt(index);
  const lines = spec.goods.map(([good, quantity, price], place) => {
    const [picture, title, sku, usual] = GOODS[good];
    return {
      id: String(FIRST_LINE + BigInt(index * 10 + place)), product: String(1005000000000001 + Object.keys(GOODS).indexOf(good)),
      picture, title, sku, quantity, price: price ?? usual, store: place > 0 && spec.secondStore ? spec.secondStore : spec.store,
    };
  });
  const subtotal = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const total = subtotal - (spec.coupon ?? 0);
  const dispute = spec.dispute && DISPUTE[spec.dispute];
  const disputeAmount = dispute ? Math.round(total * dispute.amount) : undefined;
  // A dispute stands in the way of another one until it is withdrawn (rules 2.17).
  const canDispute = (!spec.dispute || spec.dispute === "withdrawn") && !spec.closed && (spec.status === "completed" || spec.status === "delivered"
    || (spec.status === "in_transit" && spec.at.shipped < -DISPUTE_AFTER_SHIPPING_DAYS));
  const context = { spec, id, at, after, zone, now, currency, lines, subtotal, total, dispute, disputeAmount, canDispute };
  return { ...context, date: (instant) => pageDate(instant, zone), timer: timerOf(context) };
}

/** A countdown of the page, or undefined: `{ label, endsAt }`, `endsAt` in milliseconds. */
function timerOf({ spec, dispute, now }) {
  const ends = (hours) => now.getTime() + hours * HOUR_MS;
  if (spec.payHours) return { label: INVENTED.unpaidTimer, endsAt: ends(spec.payHours) };
  if (spec.cancelHours) return { label: INVENTED.cancelTimer, endsAt: ends(spec.cancelHours) };
  if (dispute?.hours) return { label: dispute.timer, endsAt: ends(dispute.hours) };
  return undefined;
}

function truthOf({ spec, at, after, zone, currency, lines, total, dispute, canDispute, disputeAmount, timer }, tracking) {
  const civil = (instant) => instant && civilDate(instant, zone);
  const day = (days) => (days === undefined ? undefined : civil(after(days)));
  return {
    order_status: spec.status, dispute_status: spec.dispute, can_dispute: canDispute,
    placed_on: civil(at.placed), paid_on: civil(at.paid), shipped_on: civil(at.shipped), completed_on: civil(at.completed),
    refund_if_not_delivered_before: day(spec.promise?.refund), coupon_if_delayed_by: day(spec.promise?.coupon),
    free_return_days: spec.promise?.freeReturn, windows: spec.windows ?? {},
    total: { minor: total, currency: currency === "BARE" ? undefined : currency }, dispute_amount: disputeAmount, dispute_opened_on: day(dispute?.opened),
    timer_ends_at: timer && new Date(timer.endsAt).toISOString(), lines: lines.length,
    tracking_numbers: (tracking?.trackingDetailLineList ?? []).flatMap(({ mailNo }) => mailNo ?? []),
  };
}

function listFields(context) {
  const { spec, id, at, date, currency, lines, total } = context;
  return {
    orderId: id, orderDateTitle: "Date", orderDateText: date(at.placed), statusTitle: "Status", statusText: statusTitle(context),
    orderDetailText: "Order details", orderDetailUrl: detailUrl(id),
    totalPriceTitle: "Total", totalPriceText: money(total, currency), formatPriceInfo: formatPriceInfo(total, currency),
    currencyCode: currency === "BARE" ? "USD" : currency, baseCurrency: "CNY",
    storeName: storeName(spec.store), storePageUrl: storeUrl(spec.store), sellerConnectUrl: chatUrl(id),
    ...(spec.choice && { shopIcon: "/kf/choice_272x80.svg" }),
    hiddenOrderId: false, orderLineSize: lines.length, moreItemText: "items",
    orderLines: lines.map((line) => lineFields(line, context)), buttons: buttonsOf(context),
    ...exposeOf(context), utParams: { args: { orderId: id, ...orderStatusNumber(spec) } },
  };
}

/** Only two numbers are known (handbook 3.1); the others are left out rather than made up. */
function orderStatusNumber({ status }) {
  const number = { in_transit: "8", delivered: "8", completed: "9", refunded: "9" }[status];
  return number ? { orderStatus: number } : {};
}

function exposeOf({ spec, dispute, disputeAmount, total, currency }) {
  const title = spec.expose ?? dispute?.title;
  if (!title) return {};
  const amount = spec.expose ? total : disputeAmount;
  return { exposeInfo: { itemList: [{ detailList: [{ title, ...(amount > 0 && { amount: money(amount, currency) }) }] }] } };
}
