// Every order of the sample shop in the running extension: what is stored is what the command line collects from the
// page as it stands, and what is read from that is the truth or nothing.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { openShop } from "../site/shop.js";
import { openChromium, patience } from "./chromium.js";
import { buildNative, nativeReading, nativeSnapshot } from "./native.js";
import { storedSnapshot } from "./vault.js";

const zone = "Europe/Warsaw";
const minute = 60_000;

let shop;
let chromium;
let own;
let page;
let folder;

before(async () => {
  await buildNative();
  folder = await mkdtemp(path.join(os.tmpdir(), "redress-truth-"));
  shop = await openShop({ csp: "strict", zone });
  // Wide, so that the overlay does not lie above the arrow of the collapsed rows.
  chromium = await openChromium({ shop, zone, size: { width: 1920, height: 1000 } });
  own = await chromium.ownPage("popup.html");
  page = await chromium.open("https://www.aliexpress.com/");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

// The page as it stands, read natively, once the extension has stored just that. A countdown may move in between.
async function settled(orderId, part) {
  const url = page.url();
  const file = path.join(folder, `${orderId}.html`);
  const deadline = Date.now() + patience;
  for (;;) {
    const now = new Date();
    await writeFile(file, await page.content());
    const stored = await storedSnapshot(own, orderId, part);
    const expected = ofOrder(await nativeSnapshot(file, url));
    if (isDeepStrictEqual(stored, expected)) return { now, ...(await nativeReading(file, { url, now, zone })) };
    if (Date.now() > deadline) assert.deepEqual(stored, expected);
  }
}

// The core stores of a page with one order its language and that order.
function ofOrder({ address, layout, root }) {
  const regions = root.regions.filter(({ name }) => name === "order");
  assert.equal(regions.length, 1);
  return { address, layout, root: { ...root, fields: root.fields.filter(({ name }) => name === "language"), regions } };
}

// The detail page of these orders has the title of another status: the handbook of pages knows no title of their own.
const shownAs = { delivered: "in_transit", refunded: "completed" };

function promised(truth) {
  const { confirm, placed } = truth.windows;
  return [
    ...(confirm ? [{ kind: "return_within", days: confirm, from: "confirmed" }] : []),
    ...(placed ? [{ kind: "open_dispute_within", days: placed, from: "placed" }] : []),
    ...(truth.refund_if_not_delivered_before ? [{ kind: "refund_if_not_delivered_before", date: truth.refund_if_not_delivered_before }] : []),
    ...(truth.free_return_days ? [{ kind: "return_within", days: truth.free_return_days, from: "delivered" }] : []),
  ];
}

function compare({ now, orders: [order], warnings }, truth) {
  for (const fact of ["placed_on", "paid_on", "shipped_on", "completed_on"]) assert.equal(order[fact], truth[fact] ?? null, fact);
  assert.equal(order.can_dispute, truth.can_dispute);
  assert.deepEqual([order.total.minor, order.total.currency], [truth.total.minor, truth.total.currency ?? null]);
  assert.equal(order.items.length, truth.lines);
  const commitments = order.commitments.map(({ text, ...rest }) => rest);
  const isCoupon = ({ kind }) => kind === "coupon_if_delayed";
  assert.deepEqual(commitments.filter((one) => !isCoupon(one)), promised(truth));
  // The page says it in two ways, where it says it.
  const coupons = new Set(commitments.filter(isCoupon).map(({ date }) => date));
  assert.deepEqual([...coupons], truth.coupon_if_delayed_by && coupons.size ? [truth.coupon_if_delayed_by] : []);
  if (truth.coupon_if_delayed_by && truth.refund_if_not_delivered_before) assert.equal(coupons.size, 1);
  if (truth.dispute_status) {
    // The texts of disputes are invented: not to know them is right, to take them for another stage is not.
    assert.ok(["unknown", truth.dispute_status === "refund_processed" ? "refunded" : "in_dispute"].includes(order.status), order.status);
    assert.ok([undefined, "unknown", truth.dispute_status].includes(order.dispute?.stage), order.dispute?.stage);
    if (order.status === "unknown") assert.ok(warnings.some(({ code }) => code === "unknown_status"));
  } else {
    assert.equal(order.status, shownAs[truth.order_status] ?? truth.order_status);
    assert.equal(order.dispute, null);
  }
  if (order.countdown) {
    assert.ok(truth.timer_ends_at, "there is no countdown");
    const away = now.getTime() + order.countdown.ms - Date.parse(truth.timer_ends_at);
    // What the page leaves out makes it end sooner, never later; a second passes between page and clock.
    const leftOut = /minute/.test(order.countdown.text) ? minute : 60 * minute;
    assert.ok(away > -leftOut - 1000 && away < 1000, `“${order.countdown.text}” is ${away} ms off`);
  }
}

test("detail pages: what is stored is what is there, and what is read is true", async (t) => {
  for (const { id, name, truth } of shop.orders) {
    await t.test(name, async () => {
      await page.goto(`https://www.aliexpress.com/p/order/detail.html?orderId=${id}`);
      await page.waitForSelector(".order-price");
      // An unpaid order has no rows behind an arrow.
      if (truth.paid_on) await page.click(".order-detail-order-info .switch-icon");
      const reading = await settled(id, "/p/order/detail.html");
      assert.equal(reading.orders[0].order_id, id);
      compare(reading, truth);
      assert.deepEqual(await page.evaluate(() => window.__violations), []);
    });
  }
  assert.deepEqual(page.problems, []);
});

test("tracking pages: the numbers that the page shows, and no other", async (t) => {
  for (const name of ["delivered", "two_parcels", "hidden_tracking", "completed_open"]) {
    const { id, truth } = shop.orders.find((order) => order.name === name);
    await t.test(name, async () => {
      await page.goto(`https://www.aliexpress.com/p/tracking/index.html?tradeOrderId=${id}`);
      await page.waitForSelector(".tracking-wrap-v2");
      const { orders: [order] } = await settled(id, "/p/tracking/index.html");
      assert.deepEqual(order.tracking_numbers, truth.tracking_numbers);
    });
  }
  assert.deepEqual(page.problems, []);
});
