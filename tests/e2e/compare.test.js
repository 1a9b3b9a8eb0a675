// Comparisons of two captures in real headless Chromium: what differs in text and pictures against known changes, what is refused,
// and that the page stays free meanwhile.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { allow, badgeOf, startWhole } from "./long.js";
import { openListing } from "./listing.js";
import { vault } from "./vault.js";

const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const axe = await readFile(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const say = (key, ...filled) => filled.reduce((text, value, at) => text.replaceAll(`$${at + 1}`, value), texts[key].message);
const kept = `https://www.aliexpress.com/p/order/snapshot.html?orderId=${SAMPLE_ORDER_ID}&productId=1005000000000001`;
const live = "https://www.aliexpress.com/item/1005000000000001.html?spm=a.b";
const order = "8200000000000055";

let folder;
let shop;
let chromium;
let own;
let page;
let numbered = 0;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "redress-compare-"));
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  const problems = page?.problems ?? [];
  await page?.close();
  page = null;
  assert.deepEqual(problems, []);
});

const idOf = (number) => `00000000-0000-4000-8000-0000000001${String(number).padStart(2, "0")}`;

// A capture in the vault: rows of words that each have their own place and colour; on them boxes as [left, top, width, height, colour].
// `from` moves all rows below it down by `by`.
const keep = ({ id, width = 800, height = 1200, boxes = [], from = height, by = 0, ratio = 1, ...more }) => own.evaluate(async (given) => {
  const canvas = new OffscreenCanvas(given.width, given.height);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, given.width, given.height);
  context.scale(given.ratio, given.ratio);
  const put = (text, y) => { context.fillStyle = `hsl(${(y * 7) % 360} 70% 30%)`; context.fillText(text, 20 + (y % 90), y < given.from ? y : y + given.by); };
  for (let y = 20; y < given.height / given.ratio; y += 40) put(`Row ${y} of an invented page, number ${y * 37}`, y);
  for (const [left, top, wide, high, colour] of given.boxes) {
    context.fillStyle = colour;
    context.fillRect(left, top, wide, high);
  }
  const blob = await canvas.convertToBlob();
  const { digestOf } = await import("/camera.js");
  const record = {
    id: given.id, order_id: given.order, page: "snapshot", mode: "full_page", trigger: "popup",
    captured_at: `2026-11-${10 + (given.seq % 15)}T10:29:05.120Z`, zone: "Europe/Warsaw", utc_offset_minutes: 60, url: given.kept,
    title: "Listing", viewport: { width: 800, height: 700 }, device_pixel_ratio: given.ratio, browser: "Chromium", extension_version: "0.1.0",
    media_type: "image/png", bytes: blob.size, sha256: await digestOf(blob), ...given.more,
  };
  await (await import("/store.js")).keep(record, blob, { seq: given.seq });
  return record;
}, { id: idOf(id), seq: id, width, height, boxes, from, by, ratio, order, kept, more });

// Gives a kept record a text, as a capture of this extension will have.
const putText = (id, text) => own.evaluate((given) => new Promise((done, failed) => {
  const opening = indexedDB.open("redress");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("records", "readwrite");
    const records = transaction.objectStore("records");
    const found = records.get(given.id);
    found.onsuccess = () => records.put({ ...found.result, text: given.text });
    transaction.oncomplete = () => { opening.result.close(); done(); };
    transaction.onerror = () => failed(transaction.error);
  };
}), { id, text });

async function open(query, { width = 1280 } = {}) {
  page = await chromium.browser.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  await page.setViewport({ width, height: 900 });
  // A heart that beats as often as the page lets it; and how often it did when the progress was told first and last.
  await page.evaluateOnNewDocument(() => {
    Object.assign(globalThis, { beats: 0, told: [] });
    const beat = () => { globalThis.beats += 1; setTimeout(beat, 0); };
    beat();
    new MutationObserver(() => globalThis.told.push(globalThis.beats)).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(`chrome-extension://${chromium.id}/compare.html?${query}`);
  await page.waitForSelector("#choice h2");
}

const compare = async (one, other, more) => {
  await open(new URLSearchParams({ a: one.id, b: other.id }), more);
  await page.waitForSelector("#pictures-found");
};

const textOf = (selector) => page.$eval(selector, (found) => found.textContent.trim());
const all = (selector) => page.$$eval(selector, (found) => found.map((one) => one.textContent));
const warnings = () => all(".notes .warning");

async function saved(id, ending) {
  const to = path.join(folder, String((numbered += 1)));
  await mkdir(to);
  const session = await page.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: to });
  await page.click(`#${id}`);
  const name = await until(async () => (await readdir(to)).find((file) => file.endsWith(ending)), `a file that ends in ${ending}`);
  return { name, bytes: await readFile(path.join(to, name)) };
}

// The places as the report tells them: what, and in which box of which picture as [left, top, width, height].
async function places() {
  const report = (await saved("save", ".txt")).bytes.toString();
  const found = [];
  for (const line of report.slice(report.indexOf(texts.compare_places_one.message.slice(0, 20))).split("\n")) {
    const [, kind] = /^\d+\. (.*)$/.exec(line) ?? [];
    const box = /^ {3}(.*): (\d+) from the left, (\d+) from the top, (\d+) wide, (\d+) high/.exec(line);
    if (kind) found.push({ kind });
    if (box) found.at(-1)[box[1] === say("compare_earlier") ? "before" : "after"] = box.slice(2).map(Number);
  }
  return found;
}

// A box is where it must be, give or take a square in which pixels are gathered.
function assertBox(found, [left, top, width, height]) {
  const [x, y, wide, high] = found ?? [];
  const message = `${found} for ${[left, top, width, height]}`;
  assert.ok(x <= left && y <= top && x + wide >= left + width && y + high >= top + height, message);
  assert.ok(x > left - 8 && y > top - 8 && x + wide < left + width + 8 && y + high < top + height + 8, message);
}

test("a kept listing, captured again after it changed", async () => {
  const capture = async (version) => {
    const listing = await openListing(chromium, kept, version);
    await allow(chromium, listing);
    const known = (await vault(own)).records.length;
    const tab = await startWhole(chromium);
    await until(async () => (await vault(own)).records.length > known, "the capture");
    await until(async () => !/…|\//.test(await badgeOf(chromium, tab)), "the end of the capture");
    await listing.close();
    return (await vault(own)).records.sort((a, b) => a.captured_at.localeCompare(b.captured_at)).at(-1);
  };
  const [first, second] = [await capture({ price: "US $12.99", promise: "Free return within 15 days" }), await capture({ price: "US $15.49", promise: "No returns", banner: true })];
  assert.deepEqual([first.page, first.order_id], ["snapshot", SAMPLE_ORDER_ID]);
  await putText(first.id, "title: Sample cable, 2 m\nprice: US $12.99\npromise: Free return within 15 days\nstore: Sample Store");
  await putText(second.id, "title: Sample cable, 2 m\nprice: US $15.49\npromise: No returns\nstore: Sample Store\nnote: Sold out soon");
  await compare(second, first);
  assert.equal(await textOf("#text-found"), say("compare_text_lines_other", 3));
  assert.deepEqual(await all("#changes del"), ["12.99", "promise: Free return within 15 days"]);
  assert.deepEqual(await all("#changes ins"), ["15.49", "promise: No returns", "note: Sold out soon"]);
  assert.deepEqual(await all("#changes details li"), ["title: Sample cable, 2 m", "store: Sample Store"]);
  const found = await places();
  assert.deepEqual(found.map(({ kind }) => kind), ["Changed", "Only in the later capture", "Changed"]);
  const [price, banner, promise] = found;
  assert.ok(price.before[1] >= 200 && price.before[1] + price.before[3] <= 260 && price.after[1] === price.before[1], JSON.stringify(price));
  assertBox(banner.after, [100, 420, 500, 80]);
  assert.equal(banner.before, undefined);
  // What stands below the banner has moved, and did not change for that.
  assert.equal(promise.after[1] - promise.before[1], 120);
  assert.ok(promise.before[1] >= 900 && promise.before[1] + promise.before[3] <= 960, JSON.stringify(promise));
  assert.deepEqual(await warnings(), []);
});
