// Pictures of whole pages and of parts in real headless Chromium: beside the browser's own picture, and where something comes in
// between. A page that was captured is left as it was, and what failed leaves nothing behind.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { dist, openChromium, until } from "./chromium.js";
import { allow, badgeOf, foot, header, openLong, startWhole, untold } from "./long.js";
import { vault } from "./vault.js";

const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key, value = "") => texts[key].message.replace("$1", value);
const orderPage = (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`;

let shop;
let chromium;
let own;
let page;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

afterEach(async () => {
  await page?.close().catch(() => {});
  await (await chromium.worker()).evaluate(() => chrome.storage.session.clear());
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

// Whatever a picture must not change in a page.
const stateOf = (from) => from.evaluate(() => ({
  scroll: [scrollX, scrollY],
  inner: [...document.querySelectorAll("*")].filter((element) => element !== document.scrollingElement).map((element) => element.scrollTop).filter(Boolean),
  styles: [...document.querySelectorAll("*")].filter((element) => !element.localName.startsWith("redress-")).map((element) => element.getAttribute("style")),
  marks: [...document.querySelectorAll("*")].flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("data-redress"))).length,
  focus: document.activeElement?.id ?? null,
  selection: String(getSelection()),
}));

// Captures the page in front from the menu and answers with the records in the order of their parts.
async function wholePage() {
  const known = new Set((await vault(own)).records.map(({ id }) => id));
  await startWhole(chromium);
  // Writing a picture of a hundred million points takes its time.
  const told = await until(() => untold(chromium), "the end of the capture", 60_000);
  assert.ok(told.kept, JSON.stringify(told));
  const records = (await vault(own)).records.filter(({ id }) => !known.has(id));
  return records.sort((a, b) => (a.part ?? "").localeCompare(b.part ?? ""));
}

// The browser's own picture of a part of the page, in pieces that it can make: [left, top, base64].
async function pieces(from, { left = 0, top = 0, width = 1280, height }, ratio = 1) {
  const all = [];
  const most = Math.floor(4000 / ratio);
  for (let down = 0; down < height; down += most) {
    const clip = { x: left, y: top + down, width, height: Math.min(most, height - down) };
    all.push([left, top + down, await from.screenshot({ encoding: "base64", clip, captureBeyondViewport: true })]);
  }
  return all;
}

// What the kept pictures, one below the other, show: their size, the share of pixels that differ from the browser's pieces, and
// how many rows have one of these colours in the middle.
const seen = (ids, parts, ratio, colours = []) => own.evaluate(async (ids, parts, ratio, colours) => {
  const stored = await new Promise((done) => {
    const opening = indexedDB.open("redress");
    opening.onsuccess = async () => {
      const pictures = await Promise.all(ids.map((id) => new Promise((got) => {
        const request = opening.result.transaction("pictures").objectStore("pictures").get(id);
        request.onsuccess = () => got(request.result);
      })));
      opening.result.close();
      done(pictures);
    };
  });
  const kept = await Promise.all(stored.map((blob) => createImageBitmap(blob)));
  const pixels = (width, height, draw) => {
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    draw(context);
    return context.getImageData(0, 0, width, height).data;
  };
  const drawKept = (context, left, top) => {
    let down = -top;
    for (const bitmap of kept) {
      context.drawImage(bitmap, -left, down);
      down += bitmap.height;
    }
  };
  const [width, height] = [kept[0].width, kept.reduce((sum, bitmap) => sum + bitmap.height, 0)];
  let [different, compared] = [0, 0];
  for (const [left, top, base64] of parts) {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const a = pixels(bitmap.width, bitmap.height, (context) => context.drawImage(bitmap, 0, 0));
    const b = pixels(bitmap.width, bitmap.height, (context) => drawKept(context, Math.round(left * ratio), Math.round(top * ratio)));
    compared += bitmap.width * bitmap.height;
    for (let at = 0; at < a.length; at += 4) {
      if ([0, 1, 2].some((channel) => Math.abs(a[at + channel] - b[at + channel]) > 24)) different += 1;
    }
  }
  const counts = colours.map(() => 0);
  for (let top = 0; top < height; top += 1000) {
    const column = pixels(1, Math.min(1000, height - top), (context) => drawKept(context, Math.floor(width * 0.7), top));
    for (let at = 0; at < column.length; at += 4) {
      colours.forEach((colour, index) => { if (colour.every((value, channel) => Math.abs(value - column[at + channel]) < 3)) counts[index] += 1; });
    }
  }
  return { width, height, share: compared ? different / compared : 1, counts };
}, ids, parts, ratio, colours);

async function longPage(ratio, height, parts) {
  page = await openLong(chromium, { height, more: '<div class="foot"></div>' });
  // Without the emulation of the automation: a picture of a tab does not know that one.
  if (ratio > 1) await page.setViewport(null);
  await allow(chromium, page);
  await page.evaluate(() => {
    document.querySelector("#field").focus();
    getSelection().selectAllChildren(document.querySelector("b"));
    document.querySelector("#field").focus();
    scrollTo({ top: 1234, behavior: "instant" });
  });
  await until(() => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(scrollY > 1000)))), "the place");
  const before = await stateOf(page);
  const records = await wholePage();
  assert.deepEqual(await stateOf(page), before);

  assert.ok(records.every(({ mode, trigger, order_id }) => mode === "full_page" && trigger === "context_menu" && !order_id));
  assert.deepEqual(records.map(({ part }) => part ?? null), parts);
  const tiles = records.flatMap((record) => record.tiles);
  assert.equal(new Set(tiles).size, Math.ceil(height / records[0].viewport.height));
  assert.deepEqual(new Set(records.map((record) => record.device_pixel_ratio)), new Set([ratio]));
  assert.ok(tiles.every((digest) => /^[0-9a-f]{64}$/.test(digest)));
  const ids = records.map(({ id }) => id);
  const rows = await seen(ids, [], ratio, [header, foot]);
  assert.deepEqual([rows.width, rows.height], [1280 * ratio, height * ratio]);
  assert.deepEqual(rows.counts, [60 * ratio, 40 * ratio], "header and foot stand there once");
  // The browser's own picture has the foot elsewhere.
  await page.evaluate(() => { document.querySelector(".foot").remove(); scrollTo({ top: 0, behavior: "instant" }); });
  const { share } = await seen(ids, await pieces(page, { height: height - 40 }, ratio), ratio);
  assert.ok(share < 0.001, `${share} of the pixels differ`);
}

test("a page of 10,000 px is the browser's own picture, and is left as it was", () => longPage(1, 10_000, [null]));

test("a browser under load that still shows the place before is asked again", async () => {
  await (await chromium.worker()).evaluate(() => {
    const real = chrome.tabs.captureVisibleTab;
    let [calls, before] = [0, null];
    chrome.tabs.captureVisibleTab = async (...values) => {
      calls += 1;
      if (calls === 3) return before;
      before = await real.apply(chrome.tabs, values);
      return before;
    };
  });
  await longPage(1, 3000, [null]);
});

for (const [ratio, height, parts] of [[2, 10_000, ["1/2", "2/2"]], [3, 3000, [null]]]) {
  test(`with ${ratio} device pixels to one it is too, in ${parts.length} parts`, async (t) => {
    const first = { chromium, own };
    chromium = await openChromium({ shop, args: [`--force-device-scale-factor=${ratio}`] });
    t.after(async () => {
      await chromium.close();
      ({ chromium, own } = first);
    });
    own = await chromium.ownPage("guides.html");
    await longPage(ratio, height, parts);
  });
}

// The automation takes no pictures of a zoomed page of its own: each row of colour has its height.
test("of a page that is zoomed each row is there once, as high as it is shown", async () => {
  page = await openLong(chromium, { height: 3000 });
  await page.setViewport(null);
  await allow(chromium, page);
  const zoom = (factor) => chromium.worker().then((worker) => worker.evaluate(async (factor) => chrome.tabs.setZoom(factor), factor));
  await zoom(1.5);
  try {
    await until(() => page.evaluate(() => devicePixelRatio === 1.5), "the zoom");
    const colours = await page.$$eval("section", (all) => all.map((one) => getComputedStyle(one).backgroundColor.match(/\d+/g).map(Number)));
    const [record, ...more] = await wholePage();
    assert.deepEqual([record.device_pixel_ratio, more], [1.5, []]);
    const { height, counts } = await seen([record.id], [], 1, colours);
    // The window is 853.3 px wide, and says 853.
    assert.ok(Math.abs(height - 4500) < 4500 / 1000, `${height}`);
    // The last band is cut off by the end of the page, the first begins below the header.
    assert.deepEqual(counts.slice(0, -1).filter((rows) => Math.abs(rows - 375) > 1), []);
  } finally {
    await zoom(1);
  }
});

// A page of the shop whose own hanging buttons, and our elements, are taken out of the way of a comparison.
async function shopPage(path, ready) {
  page = await chromium.open(`https://www.aliexpress.com${path}`);
  await page.waitForSelector(ready);
  await page.waitForSelector("redress-overlay");
  await page.waitForNetworkIdle();
  await page.$$eval("#J_xiaomi_dialog, .comet-back-top", (all) => all.forEach((element) => element.remove()));
  await allow(chromium, page);
}

// Also what comes to stand there later, such as the card that tells of the capture.
const hideOurs = () => page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("redress-overlay, redress-badge, redress-list { display: none !important; }");
  document.adoptedStyleSheets.push(sheet);
});
const fullHeight = () => page.evaluate(() => document.documentElement.scrollHeight);

for (const [name, path, ready] of [
  ["the order", "/p/order/detail.html?orderId=", ".order-recommend *"],
  ["tracking", "/p/tracking/index.html?tradeOrderId=", "[class*='logistic-info-v2--nodeTitle']"],
]) {
  test(`the page of ${name} is the browser's own picture, without our elements`, async () => {
    const id = orderOf("transit_near_end");
    await shopPage(`${path}${id}`, ready);
    const before = await stateOf(page);
    const [record, ...more] = await wholePage();
    assert.deepEqual(more, []);
    assert.deepEqual(await stateOf(page), before);
    assert.equal(record.order_id, id);
    assert.equal(await page.$eval("redress-overlay", (element) => element.hidden), false);
    await hideOurs();
    const height = await fullHeight();
    const { share, ...size } = await seen([record.id], await pieces(page, { height }), 1);
    assert.deepEqual([size.width, size.height], [1280, height]);
    assert.ok(share < 0.001, `${share} of the pixels differ`);
  });
}

test("where only a part of the page scrolls, as a conversation does, the picture has all of it and the frame around it once", async () => {
  const id = orderOf("transit_near_end");
  await shopPage(`/p/message/index.html?fromCode=order&orderId=${id}`, ".message-list > *");
  const list = await page.$eval(".message-list", (element) => {
    for (let copies = 0; copies < 5; copies += 1) for (const each of [...element.children].slice(0, 6)) element.append(each.cloneNode(true));
    for (const outer of [document.documentElement, document.body]) outer.style.cssText = "height: 100vh; overflow: hidden;";
    Object.assign(element.style, { height: "380px", minHeight: "0", overflowY: "auto", boxSizing: "border-box", scrollBehavior: "smooth" });
    for (const each of element.children) each.style.flexShrink = "0";
    element.scrollTo({ top: 120, behavior: "instant" });
    const { left, top, width } = element.getBoundingClientRect();
    return { left: Math.ceil(left), top: Math.ceil(top), width: Math.floor(width), full: element.scrollHeight };
  });
  assert.ok(list.full > 900, `the list is ${list.full} px long`);
  const before = await stateOf(page);
  assert.deepEqual(before.inner, [120]);
  const [record] = await wholePage();
  assert.deepEqual(await stateOf(page), before);
  assert.ok(record.tiles.length >= 3);
  await hideOurs();
  const above = await pieces(page, { height: list.top });
  const below = await page.screenshot({ encoding: "base64", clip: { x: 0, y: list.top + 380, width: 1280, height: 800 - list.top - 380 } });
  await page.$eval(".message-list", (element) => {
    for (const outer of [document.documentElement, document.body]) outer.style.cssText = "";
    element.style.height = "auto";
  });
  const inner = await pieces(page, { ...list, height: list.full });
  const { share, ...size } = await seen([record.id], [...above, ...inner, [0, list.top + list.full, below]], 1);
  assert.deepEqual([size.width, size.height], [1280, 800 + list.full - 380]);
  assert.ok(share < 0.001, `${share} of the pixels differ`);
});

// Begins a capture of an invented page, and answers when its second picture is being taken.
async function begun({ height = 4000, ...rest } = {}) {
  page = await openLong(chromium, { height, ...rest });
  await allow(chromium, page);
  const before = { vault: await vault(own), page: await stateOf(page) };
  const tabId = await startWhole(chromium);
  await until(async () => {
    assert.equal(await untold(chromium), undefined);
    return /^[2-9]\/\d+$/.test(await badgeOf(chromium, tabId));
  }, "the second picture");
  return { tabId, before };
}

// It ended with this reason, and nothing of it is kept.
async function failed(before, reason) {
  const told = await until(() => untold(chromium), "the end of the capture");
  assert.deepEqual(told, { failed: reason });
  const { records, chain, pictures } = await vault(own);
  assert.deepEqual({ records, chain, pictures }, { records: before.vault.records, chain: before.vault.chain, pictures: before.vault.pictures });
}

async function restored({ tabId, before }) {
  await until(async () => (await stateOf(page)).marks === 0, "the page as it was");
  assert.deepEqual(await stateOf(page), before.page);
  assert.doesNotMatch(await badgeOf(chromium, tabId), /\//);
}

test("a tab that is closed on the way", async () => {
  const { before } = await begun();
  await page.close();
  await failed(before, say("capture_refused_closed"));
  // A new popup tells it once.
  page = await openLong(chromium, { height: 900 });
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#notice");
  assert.ok((await popup.$eval("#notice", (notice) => notice.textContent)).includes(say("capture_refused_closed")));
  assert.equal(await untold(chromium), undefined);
  await popup.close().catch(() => {});
});

test("a navigation on the way", async () => {
  const { before } = await begun();
  await page.goto("https://www.aliexpress.com/item/1005000000000001.html", { waitUntil: "domcontentloaded" });
  await failed(before, say("capture_refused_left"));
});

test("another tab that comes to the front, for however short a time", async () => {
  const start = await begun();
  await own.bringToFront();
  await page.bringToFront();
  await failed(start.before, say("capture_refused_hidden"));
  await restored(start);
});

test("Escape on the page", async () => {
  const start = await begun();
  await page.keyboard.press("Escape");
  await failed(start.before, say("capture_refused_cancelled"));
  await restored(start);
});

test("the worker that is ended: the page restores itself, and the next worker tells it", async () => {
  const start = await begun();
  await chromium.stopWorker();
  await failed(start.before, say("capture_refused_lost"));
  await restored(start);
});

test("a page that goes on growing, and one that is too long", async () => {
  page = await openLong(chromium, { height: 2000 });
  await page.evaluate(() => {
    document.querySelector("main").style.height = "auto";
    setInterval(() => document.querySelector("main").append(document.createElement("section")), 300);
  });
  await allow(chromium, page);
  const before = { vault: await vault(own) };
  await startWhole(chromium);
  await failed(before, say("capture_refused_moved"));
  await page.close();

  await (await chromium.worker()).evaluate(() => chrome.storage.session.clear());
  page = await openLong(chromium, { height: 81_000 });
  await allow(chromium, page);
  await startWhole(chromium);
  await failed(before, say("capture_refused_long", "100"));
});

// Lets the browser refuse so many pictures for its quota.
const refuse = async (times) => (await chromium.worker()).evaluate((count) => {
  const real = chrome.tabs.captureVisibleTab;
  let left = count;
  chrome.tabs.captureVisibleTab = (...values) => {
    if (!left) chrome.tabs.captureVisibleTab = real;
    else left -= 1;
    return chrome.tabs.captureVisibleTab === real ? real.apply(chrome.tabs, values) : Promise.reject(new Error("This request exceeds the MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND quota."));
  };
}, times);

test("a picture that the browser refuses for its quota is tried three times more", async () => {
  page = await openLong(chromium, { height: 1500 });
  await allow(chromium, page);
  await refuse(3);
  const [record] = await wholePage();
  assert.equal(record.tiles.length, 2);
  await (await chromium.worker()).evaluate(() => chrome.storage.session.clear());
  const before = { vault: await vault(own) };
  await refuse(4);
  await startWhole(chromium);
  await failed(before, "This request exceeds the MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND quota.");
});

test("the popup shows how far it is, refuses a second one, and cancels", async () => {
  page = await openLong(chromium, { height: 6000 });
  const before = { vault: await vault(own), page: await stateOf(page) };
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#more:not([hidden])");
  await popup.click("#whole");
  // The second one is soon over where the popup is slow to draw.
  await popup.waitForFunction(() => /^Picture [2-9] of 8$/.test(document.querySelector("#progress").textContent), { polling: "mutation" });
  assert.deepEqual(await popup.$$eval("#more > :not([hidden], :empty)", (all) => all.map(({ id }) => id)), ["progress", "cancel"]);
  const second = await popup.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return chrome.runtime.sendMessage({ kind: "capture", trigger: "popup", tab_id: tab.id });
  });
  assert.deepEqual(second, { notice: { failed: say("capture_refused_busy") } });
  await popup.click("#cancel");
  await popup.waitForSelector("#notice");
  assert.ok((await popup.$eval("#notice", (notice) => notice.textContent)).includes(say("capture_refused_cancelled")));
  assert.deepEqual(await popup.$$eval("#more > :not([hidden], :empty)", (all) => all.map(({ id }) => id)), ["whole", "part"]);
  assert.deepEqual((await vault(own)).records, before.vault.records);
  assert.deepEqual(await stateOf(page), before.page);
  await popup.close().catch(() => {});
});

test("a part of the page is chosen with the mouse or the keyboard, and Escape chooses nothing", async () => {
  page = await openLong(chromium, { height: 3000 });
  const known = (await vault(own)).records.length;
  const choose = async (how) => {
    const popup = await chromium.clickToolbar(page);
    await popup.waitForSelector("#more:not([hidden])");
    // It closes by itself, at times before the click is answered.
    await popup.$eval("#part", (button) => button.click()).catch(() => {});
    await page.waitForSelector("redress-region");
    await popup.close().catch(() => {});
    await page.bringToFront();
    await how();
    await until(async () => !(await page.$("redress-region")), "the end of the choice");
  };
  await choose(() => page.keyboard.press("Escape"));
  await choose(async () => {
    await page.mouse.move(100, 50);
    await page.mouse.down();
    await page.mouse.move(300, 200, { steps: 3 });
    await page.mouse.move(420, 250);
    await page.mouse.up();
  });
  const records = await until(async () => {
    const all = (await vault(own)).records;
    return all.length > known && all;
  }, "the picture");
  assert.equal(records.length, known + 1, "Escape left nothing");
  const record = records.find(({ mode }) => mode === "region");
  assert.equal(record.tiles.length, 1);
  assert.notEqual(record.tiles[0], record.sha256);
  const clip = await page.screenshot({ encoding: "base64", clip: { x: 100, y: 50, width: 320, height: 200 } });
  const { share, width, height } = await seen([record.id], [[0, 0, clip]], 1);
  assert.deepEqual([width, height], [320, 200]);
  assert.ok(share < 0.001, `${share} of the pixels differ`);

  await choose(async () => {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.up("Shift");
    await page.keyboard.press("Enter");
  });
  const { pictures, ...last } = await until(async () => {
    const all = await vault(own);
    return all.records.length === known + 2 && all;
  }, "the second picture");
  const other = last.records.find(({ id, mode }) => mode === "region" && id !== record.id);
  assert.ok(pictures.some(({ id, sha256 }) => id === other.id && sha256 === other.sha256));
  const shown = await seen([other.id], [], 1);
  assert.deepEqual([shown.width, shown.height], [640, 390]);
});
