// A vault that an earlier version wrote opens, whole, and is summed up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium } from "./chromium.js";

let shop;
let chromium;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

// Runs in a page of ours that does not open the database itself.
const database = (page, run, ...values) => page.evaluate(`(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another page holds the database"));
  });
  return (${run})(done, ...${JSON.stringify(values)});
})()`);

test("the first schema, without summaries", async () => {
  const shopPage = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
  await chromium.overlay(shopPage).waitForText("Next step");
  await shopPage.close();
  const page = await chromium.ownPage("guides.html");
  const file = await database(page, async (done, order) => {
    const opened = await done(indexedDB.open("redress"));
    const kept = await done(opened.transaction("cases").objectStore("cases").get(order));
    opened.close();
    return kept;
  }, SAMPLE_ORDER_ID);
  await chromium.stopWorker();
  // As version 1 made it, with a case file that has none of the later keys.
  const { corrections, statements, ...first } = file;
  assert.deepEqual([corrections, statements], [[], []]);
  await database(page, async (done, kept) => {
    await done(indexedDB.deleteDatabase("redress"));
    const opening = indexedDB.open("redress", 1);
    opening.onupgradeneeded = () => {
      const made = opening.result;
      made.createObjectStore("cases", { keyPath: "order_id" }).put(kept);
      made.createObjectStore("records", { keyPath: "id" }).createIndex("order_id", "order_id");
      made.createObjectStore("pictures");
      made.createObjectStore("chain", { keyPath: "seq" });
    };
    (await done(opening)).close();
  }, first);
  const popup = await chromium.ownPage("popup.html");
  const row = `#order-${SAMPLE_ORDER_ID}`;
  await popup.waitForSelector(row);
  assert.match(await popup.$eval(row, (found) => found.textContent), /You can open a dispute/);
  const summary = await database(page, async (done, order) => {
    const opened = await done(indexedDB.open("redress"));
    const kept = await done(opened.transaction("summaries").objectStore("summaries").get(order));
    opened.close();
    return { version: opened.version, kept };
  }, SAMPLE_ORDER_ID);
  assert.equal(summary.version, 6);
  assert.ok(summary.kept.until > Date.now(), "the stub gave way to a summary");
});
