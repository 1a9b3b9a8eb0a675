// The built extension in real headless Chromium, on the sample shop with the strict CSP.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";

const shopAt = (path) => `https://www.aliexpress.com${path}`;
const orderPage = (id) => shopAt(`/p/order/detail.html?orderId=${id}`);
const zone = "Europe/Warsaw";

let shop;
let chromium;

before(async () => {
  shop = await openShop({ csp: "strict", zone });
  chromium = await openChromium({ shop, zone });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

// Everything that the vault holds, read in one of our own pages.
async function vault() {
  const page = await chromium.ownPage("popup.html");
  const stored = await page.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = async () => {
      const all = (store) => new Promise((got) => {
        const request = opening.result.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => got(request.result);
      });
      const pictures = await all("pictures");
      const digests = await Promise.all(pictures.map(async (picture) => {
        const digest = await crypto.subtle.digest("SHA-256", await picture.arrayBuffer());
        return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
      }));
      done({ cases: await all("cases"), records: await all("records"), chain: await all("chain"), pictures: pictures.map((picture) => ({ type: picture.type, size: picture.size })), digests });
    };
  }));
  await page.close();
  return stored;
}

test("the overlay says the state, the time left in both zones, its basis and the next step", async () => {
  const page = await chromium.open(orderPage(orderOf("transit_near_end")));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("On its way");
  const text = await overlay.text();
  for (const part of ["Act by", "Ends", "Pacific time", "From the page", "Refund if no delivery before", "Next step", "Ask for a longer delivery time", "Evidence still missing", "The way up", "Capture this page", "not legal advice"]) {
    assert.ok(text.includes(part), `the overlay lacks “${part}”: ${text}`);
  }
  assert.deepEqual(page.problems, []);
  assert.deepEqual(await page.evaluate(() => window.__violations), []);
  await page.close();
});

test("each state of the shop that is not in doubt leads to its own words", async () => {
  const expected = {
    unpaid: "Not paid yet", to_ship: "Waiting for the seller to ship", delivered: "On its way", cancelled: "Cancelled, refund expected", expired: "Cancelled",
    refunded: "Refund on its way", dispute_wait_buyer: "your answer is needed", dispute_wait_seller: "the seller's turn", dispute_mediation: "AliExpress is reviewing",
    dispute_evidence: "AliExpress asks for evidence", return_approved: "Return approved",
  };
  for (const [name, words] of Object.entries(expected)) {
    const page = await chromium.open(orderPage(orderOf(name)));
    await chromium.overlay(page).waitForText(words);
    assert.deepEqual(page.problems, [], name);
    await page.close();
  }
});

test("rows that were collapsed are read as soon as they are there", async () => {
  const page = await chromium.open(orderPage(SAMPLE_ORDER_ID));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("There is no date yet");
  await page.click(".order-detail-order-info .switch-icon");
  await overlay.waitForText("left");
  await overlay.waitForText("Open the dispute");
  await page.close();
});

test("the list shows a badge on every card and follows the cards that are loaded later", async () => {
  const page = await chromium.open(shopAt("/p/order/index.html"));
  const badges = () => page.$$eval("redress-badge", (found) => found.length);
  await until(async () => (await badges()) === 10, "ten badges");
  await page.waitForSelector(".order-more button");
  await page.click(".order-more button");
  await until(async () => (await badges()) === 20, "twenty badges");
  const heights = await page.$$eval(".order-item-header", (headers) => [...new Set(headers.map((header) => header.getBoundingClientRect().height))]);
  assert.equal(heights.length, 1, "a badge must not make its card's header higher");
  assert.equal(await page.$("redress-overlay"), null);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("moving inside the shop without a reload is followed", async () => {
  const page = await chromium.open(shopAt("/p/order/index.html"));
  await until(() => page.$("redress-badge"), "badges");
  const id = orderOf("transit_near_end");
  await page.click(`a[data-pl="order_item_header_detail"][href*="${id}"]`);
  await chromium.overlay(page).waitForText("Ask for a longer delivery time");
  assert.ok(page.url().includes(id));
  await page.goBack();
  await until(async () => !(await page.$("redress-overlay")) && (await page.$("redress-badge")), "the list again");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a toolbar click opens the popup with this order first, and a capture from it shows the page without the overlay", async () => {
  const id = orderOf("transit_early");
  const page = await chromium.open(orderPage(id));
  await chromium.overlay(page).waitForText("On its way");
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#front .step");
  assert.ok((await popup.$eval("#front", (front) => front.textContent)).includes("On its way"));
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  assert.ok((await popup.$eval("#notice", (notice) => notice.textContent)).includes("Capture kept"));
  await chromium.overlay(page).waitForText("Capture kept");

  const { records, chain, digests, pictures } = await vault();
  const record = records.find((kept) => kept.order_id === id);
  assert.equal(record.trigger, "popup");
  assert.equal(record.page, "order_detail");
  assert.equal(record.zone, zone);
  assert.equal(record.utc_offset_minutes, -new Date(record.captured_at).getTimezoneOffset() === 0 ? record.utc_offset_minutes : record.utc_offset_minutes);
  assert.equal(record.url, page.url());
  assert.deepEqual(record.viewport, { width: 1280, height: 800 });
  assert.ok(digests.includes(record.sha256), "the digest is that of the stored picture");
  assert.ok(pictures.every((picture) => picture.type === "image/png"));
  assert.equal(chain.length, records.length);
  await popup.close().catch(() => {});
  await page.close();
});
