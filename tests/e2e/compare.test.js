// Comparisons of two captures in real headless Chromium: what differs in text and pictures against known changes, what is refused,
// and that the page stays free meanwhile.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { allow, badgeOf, startWhole } from "./long.js";
import { openListing } from "./listing.js";
import { accessible, openOwn } from "./own-page.js";
import { say, texts } from "./texts.js";
import { vault } from "./vault.js";

const kept = `https://www.aliexpress.com/p/order/snapshot.html?orderId=${SAMPLE_ORDER_ID}&productId=1005000000000001`;
const live = "https://www.aliexpress.com/item/1005000000000001.html?spm=a.b";
const order = "8200000000000055";

let downloads;
let shop;
let chromium;
let own;
let page;

before(async () => {
  downloads = await Downloads.open();
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
  await downloads?.remove();
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
    captured_at: `2026-11-${10 + (given.seq % 16)}T10:29:05.120Z`, zone: "Europe/Warsaw", utc_offset_minutes: 60, url: given.kept,
    title: "Listing", viewport: { width: 800, height: 700 }, device_pixel_ratio: given.ratio, browser: "Chromium", extension_version: "0.1.0",
    media_type: "image/png", bytes: blob.size, sha256: await digestOf(blob), ...given.more,
  };
  await (await import("/store.js")).keep([{ record, picture: blob, entry: { seq: given.seq } }]);
  return record;
}, { id: idOf(id), seq: 100 + id, width, height, boxes, from, by, ratio, order, kept, more });

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

async function open(query, size) {
  page = await openOwn(chromium, `compare.html?${query}`, {
    ...size,
    // A heart that beats as often as the page lets it, and how often it had when something was told.
    first: () => {
      Object.assign(globalThis, { beats: 0, told: [] });
      const beat = () => { globalThis.beats += 1; setTimeout(beat, 0); };
      beat();
      new MutationObserver(() => globalThis.told.push({ beats: globalThis.beats, said: document.querySelector("#said")?.textContent })).observe(document, { subtree: true, childList: true, characterData: true });
    },
  });
  await page.waitForSelector("#choice h2");
}

const compare = async (one, other, more) => {
  await open(new URLSearchParams({ a: one.id, b: other.id }), more);
  await page.waitForSelector("#pictures-found");
};

// By a click in a page that is open. What can be chosen is drawn after the comparison, once the captures are read.
async function comparedBy(selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
  await page.waitForSelector("#pictures-found");
  await page.waitForSelector("#choice h2");
}

const textOf = (selector) => page.$eval(selector, (found) => found.textContent.trim());
const all = (selector) => page.$$eval(selector, (found) => found.map((one) => one.textContent));
const warnings = () => all(".notes .warning");

const saved = (id, ending) => downloads.by(page, id, ending);

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

test("two captures that are the same differ in nothing", async () => {
  const [one, other] = [await keep({ id: 1, text: "price: 1" }), await keep({ id: 2, text: "price: 1" })];
  await compare(one, other);
  assert.equal(await textOf("#text-found"), say("compare_text_same"));
  assert.equal(await textOf("#pictures-found"), say("compare_pictures_same"));
  assert.deepEqual([await all(".place"), await warnings()], [[], []]);
  assert.equal(await page.$("#save-picture"), null);
});

test("without a text in both, only the pictures are compared", async () => {
  await compare(await keep({ id: 3, text: "price: 1" }), await keep({ id: 4 }));
  assert.equal(await textOf("#text-found"), say("compare_text_missing"));
  assert.deepEqual(await all("#changes"), []);
});

test("the earlier capture stands first, with the time and the digest of each", async () => {
  const [early, late] = [await keep({ id: 5 }), await keep({ id: 6 })];
  await compare(late, early);
  const [first, second] = await all(".capture");
  for (const [said, record, side] of [[first, early, "compare_earlier"], [second, late, "compare_later"]]) {
    for (const part of [say(side), record.sha256, record.url, `${record.captured_at.slice(0, 10)} 10:29:05 UTC`]) assert.ok(said.includes(part), part);
  }
});

test("what changed in its place, what is new and what is gone are told with their boxes", async () => {
  const one = await keep({ id: 7, boxes: [[300, 200, 120, 60, "#123456"], [200, 900, 300, 40, "#00aa44"]] });
  // 50 rows more above the row at 600: the box at 900 lies at 950, and is gone.
  const other = await keep({ id: 8, height: 1250, from: 590, by: 50, boxes: [[300, 200, 120, 60, "#654321"], [100, 600, 400, 30, "#aa0000"]] });
  await compare(one, other);
  assert.equal((await all(".place h3")).join(" | "), `1. ${say("compare_changed")} | 2. ${say("compare_only_later")} | 3. ${say("compare_changed")}`);
  const [changed, added, gone] = await places();
  assertBox(changed.before, [300, 200, 120, 60]);
  assertBox(changed.after, [300, 200, 120, 60]);
  assertBox(added.after, [100, 600, 400, 30]);
  assertBox(gone.before, [200, 900, 300, 40]);
  assertBox(gone.after, [200, 950, 300, 40]);
  assert.match(await textOf("#pictures-found"), /They cover at most \d+(\.\d)? % of both/);
});

test("words that moved beside a picture that stays do not mark all of it", async () => {
  // Lines of words at the right, from 160 on 40 rows lower and a new one there; the picture at the left stays.
  const words = (by) => Array.from({ length: 12 }, (_, at) => [500 + at * 5, 80 + at * 40 + (at > 1 ? by : 0), 60 + at * 11, 12, `hsl(${at * 30} 80% 35%)`]);
  const picture = Array.from({ length: 30 }, (_, at) => [20, 60 + at * 20, 300, 20, `hsl(${at * 12} 60% 60%)`]);
  const blank = [0, 0, 800, 1200, "#ffffff"];
  const one = await keep({ id: 9, boxes: [blank, ...picture, ...words(0)] });
  const other = await keep({ id: 10, boxes: [blank, ...picture, ...words(40), [500, 160, 200, 20, "#aa0000"]] });
  await compare(one, other);
  const found = await places();
  assert.deepEqual(found.map(({ kind }) => kind), [say("compare_only_later")]);
  assertBox(found[0].after, [500, 160, 200, 20]);
});

test("empty space and the slightest shade are told as such", async () => {
  await compare(await keep({ id: 11 }), await keep({ id: 12, boxes: [[700, 20, 60, 60, "#fefefe"]] }));
  assert.equal(await textOf("#pictures-found"), say("compare_pictures_alike"));
  await page.close();
  await compare(await keep({ id: 13 }), await keep({ id: 14, height: 1240, from: 590, by: 40 }));
  assert.equal(await textOf("#pictures-found"), say("compare_pictures_alike"));
});

test("a picture of another size is made smaller, and it is said why it may differ", async () => {
  const one = await keep({ id: 15 });
  const other = await keep({ id: 16, width: 1600, height: 2400, ratio: 2, boxes: [[300, 200, 120, 60, "#aa0000"]], viewport: { width: 800, height: 900 } });
  await compare(one, other);
  assert.deepEqual(await warnings(), [say("compare_layout", "800", "1", "800", "2"), say("compare_scaled")]);
  const found = await places();
  assert.ok(found.some(({ after: [x, y, width, height] }) => x <= 300 && y <= 200 && x + width >= 420 && y + height >= 260), JSON.stringify(found));
  assert.match((await saved("save-picture", ".png")).name, /^redress-comparison-snapshot-/);
});

test("different pages, different parts and parts of a page are said to be so", async () => {
  const one = await keep({ id: 17, part: "1/2" });
  await compare(one, await keep({ id: 18, part: "2/2", mode: "region", url: live, page: "unknown" }));
  assert.deepEqual(await warnings(), [say("compare_kept_live"), say("compare_other_part"), say("compare_partial")]);
  await page.close();
  await compare(one, await keep({ id: 19, part: "1/2", url: "https://www.aliexpress.com/item/1005000000000002.html", page: "unknown" }));
  assert.deepEqual(await warnings(), [say("compare_other_page")]);
});

test("a picture that is not what was captured is compared with nothing", async () => {
  const [one, other] = [await keep({ id: 20 }), await keep({ id: 21, sha256: "0".repeat(64) })];
  await open(new URLSearchParams({ a: one.id, b: other.id }));
  assert.equal(await textOf("#said"), say("compare_refused"));
  assert.deepEqual(await all(".capture, .place, .scroller, #save"), []);
});

test("a picture that cannot be read is told", async () => {
  const bad = await own.evaluate(async (given) => {
    const blob = new Blob(["no picture"], { type: "image/png" });
    const { digestOf } = await import("/camera.js");
    const { keep: put, record } = await import("/store.js");
    const made = { ...(await record(given.like)), id: given.id, sha256: await digestOf(blob), bytes: blob.size };
    await put([{ record: made, picture: blob, entry: { seq: 900 } }]);
    return made;
  }, { like: idOf(20), id: idOf(90) });
  await open(new URLSearchParams({ a: idOf(20), b: bad.id }));
  assert.equal(await textOf("#said"), say("compare_failed"));
});

for (const [name, query] of [
  ["an unknown id", `a=${idOf(1)}&b=${idOf(98)}`],
  ["a broken id", `a=${encodeURIComponent("<b>'\"\u0000%")}&b=2`],
]) {
  test(`${name}: one clear sentence, and what can be compared`, async () => {
    await open(`${query}&order=${order}`);
    assert.equal(await textOf("#said"), say("compare_unknown"));
    assert.ok(await page.$("#compare-now"));
  });
}

test("without two ids there is the choice, and nothing else", async () => {
  await open(`order=${order}`);
  assert.deepEqual([await textOf("#said"), await all(".capture")], ["", []]);
  await page.close();
  await open("order=8200000000000077");
  // Of the order nothing is kept, and nothing without an order.
  assert.equal(await textOf("#choice p"), say("compare_none"));
});

test("a long page keeps the page free", async () => {
  const boxes = Array.from({ length: 20 }, (_, at) => [100, 300 + at * 400, 900, 200, `hsl(${at * 18} 60% 60%)`]);
  const one = await keep({ id: 22, width: 1280, height: 10_000, boxes });
  const other = await keep({ id: 23, width: 1280, height: 10_000, boxes: [...boxes.slice(0, -1), [100, 7900, 900, 200, "#000000"]], from: 5000, by: 13 });
  await compare(one, other);
  const told = await page.evaluate(() => globalThis.told);
  const [begun, done] = ["30", "80"].map((part) => told.find(({ said }) => said === say("compare_working", part)).beats);
  assert.ok(done - begun > 10, `the page's heart beat ${done - begun} times`);
  assert.ok((await all(".place")).length > 0);
});

test("one side scrolls the other to the rows that belong to it", async () => {
  const one = await keep({ id: 24, height: 6000 });
  const other = await keep({ id: 25, height: 6100, from: 990, by: 100, boxes: [[20, 1000, 700, 60, "#aa0000"]] });
  await compare(one, other);
  await page.waitForFunction(() => [...document.querySelectorAll(".scroller img")].length === 2 && [...document.querySelectorAll(".scroller img")].every(({ complete }) => complete));
  const scrolled = (from, row) => page.evaluate(async ([side, top]) => {
    const both = [...document.querySelectorAll(".scroller")];
    const scales = both.map((scroller) => scroller.querySelector("img").clientHeight / scroller.querySelector("img").height);
    both[side].scrollTop = top * scales[side];
    for (let frame = 0; frame < 3; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    return both.map((scroller, at) => Math.round(scroller.scrollTop / scales[at]));
  }, [from, row]);
  const near = (found, wanted) => assert.ok(found.every((row, at) => Math.abs(row - wanted[at]) <= 4), `${found} for ${wanted}`);
  near(await scrolled(0, 500), [500, 500]);
  near(await scrolled(0, 2000), [2000, 2100]);
  near(await scrolled(1, 3100), [3000, 3100]);
  assert.equal((await all(".mark")).length, 2);
});

test("the report says all that the page says, and the vault stays as it was", async () => {
  const one = await keep({ id: 26, text: "title: A\nprice: US $12.99" });
  const other = await keep({ id: 27, text: "title: A\nprice: US $15.49", boxes: [[300, 200, 120, 60, "#123456"]] });
  const known = await vault(own);
  await compare(one, other);
  const { name, bytes } = await saved("save", ".txt");
  assert.match(name, /^redress-comparison-snapshot-2026112\dT102905Z-2026112\dT102905Z\.txt$/);
  for (const part of [one.sha256, other.sha256, "− price: US $12.99\n+ price: US $15.49", say("compare_text_lines_one"), say("compare_places_one"), `1. ${say("compare_changed")}`]) {
    assert.ok(bytes.toString().includes(part), `${part} in\n${bytes}`);
  }
  assert.doesNotMatch(bytes.toString(), /seller (changed|did)|fraud/i);
  const { bytes: picture } = await saved("save-picture", ".png");
  assert.deepEqual([...picture.subarray(1, 4)], [...Buffer.from("PNG")]);
  assert.deepEqual(await vault(own), known);
});

test("of an order the captures of one page are offered first, then the kept and the live listing", async () => {
  const id = "8200000000000056";
  const address = kept.replace(SAMPLE_ORDER_ID, id);
  const times = (day) => `2026-10-${day}T08:00:00.000Z`;
  await keep({ id: 30, order_id: id, captured_at: times("01"), page: "order_detail", url: `https://www.aliexpress.com/p/order/detail.html?orderId=${id}` });
  const first = await keep({ id: 31, order_id: id, captured_at: times("02"), url: address });
  const second = await keep({ id: 32, order_id: id, captured_at: times("03"), url: `${address}&spm=x.y` });
  await keep({ id: 33, order_id: id, captured_at: times("04"), url: kept });
  const there = await keep({ id: 34, order_id: null, captured_at: times("05"), url: live, page: "unknown" });
  await open(`order=${id}`);
  const offered = await page.$$eval(".pairs button", (found) => found.map((one) => JSON.parse(one.dataset.action).ids));
  assert.deepEqual(offered.slice(0, 2), [[first.id, second.id], [first.id, there.id]]);
  await comparedBy("#pair-0");
  assert.deepEqual([new URL(page.url()).searchParams.get("a"), new URL(page.url()).searchParams.get("b")], [first.id, second.id]);
  // By hand, any two.
  await page.select("#first", idOf(30));
  await page.select("#second", there.id);
  await comparedBy("#compare-now");
  assert.ok((await warnings()).includes(say("compare_other_page")));
  // Not one with itself.
  await page.select("#second", idOf(30));
  await page.click("#compare-now");
  await page.waitForFunction((told) => document.querySelector("#said").textContent === told, {}, say("compare_none"));
});

// The entries of these records are no log that a dossier could be numbered by.
const clearLog = () => own.evaluate(async () => {
  const database = await (await import("/idb.js")).openDB("redress");
  await database.clear("chain");
  database.close();
});

// A note of the user's own in the vault.
const keepOwn = (id, orderId) => own.evaluate(async (given) => {
  const blob = new Blob(["Nobody came."], { type: "text/plain" });
  const record = {
    kind: "attachment", id: given.id, order_id: given.order, what: "note", added_at: "2026-11-20T10:29:05.120Z", zone: "Europe/Warsaw", utc_offset_minutes: 60,
    media_type: "text/plain", bytes: blob.size, sha256: await (await import("/camera.js")).digestOf(blob), kept: "copy", extension_version: "0.1.0",
  };
  await (await import("/store.js")).keep([{ record, picture: blob, entry: { seq: given.seq } }]);
  return record;
}, { id: idOf(id), order: orderId, seq: 100 + id });

test("in a dossier a button compares a capture with the one before it of the same page, the first with the next", async () => {
  const id = "8200000000000057";
  const detail = (part) => ({ order_id: id, page: "order_detail", url: `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`, ...part });
  const third = await keep({ id: 52, ...detail({ captured_at: "2026-10-03T08:00:00.000Z" }) });
  const first = await keep({ id: 50, ...detail({ captured_at: "2026-10-01T08:00:00.000Z" }) });
  const second = await keep({ id: 51, ...detail({ captured_at: "2026-10-02T08:00:00.000Z" }) });
  // Another page, another part, and another order's: nothing to compare with.
  await keep({ id: 53, order_id: id, url: kept.replace(SAMPLE_ORDER_ID, id) });
  await keep({ id: 54, ...detail({ captured_at: "2026-10-04T08:00:00.000Z", part: "1/2" }) });
  await keep({ id: 55, ...detail({ order_id: "8200000000000058" }) });
  await keepOwn(56, id);
  await clearLog();
  page = await chromium.ownPage(`dossier.html?order=${id}`);
  await page.waitForSelector("#exhibits .exhibit");
  const pairs = () => page.$$eval("#exhibits [data-action]", (all) => all.map((one) => JSON.parse(one.dataset.action)).filter((action) => action.do === "compare").map(({ asked }) => [asked.b, asked.a, asked.order]));
  const wanted = [[first.id, second.id, id], [second.id, first.id, id], [third.id, second.id, id]];
  assert.deepEqual((await pairs()).sort(), wanted);
  assert.equal((await all("#exhibits .exhibit")).length, 6);
  const button = `[id="compare-${third.id}"]`;
  assert.equal(await textOf(button), say("compare_start"));
  const opened = chromium.opening((target) => target.url().includes("compare.html?a="));
  await page.$eval(button, (one) => one.click());
  const comparison = await opened;
  await comparison.waitForSelector("#pictures-found");
  assert.deepEqual(await comparison.$$eval(".capture", (found) => found.map((one) => /\d{4}-\d\d-\d\d/.exec(one.textContent)[0])), ["2026-10-02", "2026-10-03"]);
  // What is no capture is offered nowhere.
  assert.equal(await comparison.$$eval("#first option", (options) => options.some(({ value, textContent }) => !textContent || value.endsWith("156"))), false);
  await comparison.close();
  // While a question is asked in its place, and after that.
  await page.$eval(`[id="buttons-${third.id}"] [data-action*="ask_delete"]`, (one) => one.click());
  await page.waitForSelector("#ask");
  assert.deepEqual((await pairs()).sort(), wanted.slice(0, 2));
  await page.$eval("#ask [data-action*='keep_capture']", (one) => one.click());
  await page.waitForSelector(button);
});

test("a file of the user's own is no capture to compare", async () => {
  const { id } = await keepOwn(60, "8200000000000059");
  await clearLog();
  page = await chromium.ownPage("dossier.html?order=8200000000000059");
  await page.waitForSelector(`[id="exhibit-${id}"]`);
  await page.waitForFunction(() => document.querySelector(".own-text").textContent === "Nobody came.");
  assert.equal(await page.$("#compare-captures"), null);
  await page.close();
  await open(new URLSearchParams({ a: id, b: idOf(50) }));
  assert.equal(await textOf("#said"), say("compare_unknown"));
});

test("the dossier and the page of a case lead here", async () => {
  await clearLog();
  for (const file of ["dossier.html", "case.html"]) {
    page = await chromium.ownPage(`${file}?order=${SAMPLE_ORDER_ID}`);
    await page.waitForSelector("#compare-captures");
    const opened = chromium.opening((target) => target.url().endsWith(`compare.html?order=${SAMPLE_ORDER_ID}`));
    // By script: the user's own files and the pictures above it come later and move it.
    await page.$eval("#compare-captures", (button) => button.click());
    await (await opened).close();
    if (file === "dossier.html") await page.close();
  }
});

test("axe finds nothing, in light, dark, from right to left and at 360 px", async () => {
  const one = await keep({ id: 40, text: "title: A\nprice: US $12.99\nnote: gone" });
  const other = await keep({ id: 41, text: "title: A\nprice: US $15.49", mode: "region", boxes: [[300, 200, 120, 60, "#123456"]], viewport: { width: 900, height: 700 } });
  await compare(one, other);
  await accessible(page);
});
