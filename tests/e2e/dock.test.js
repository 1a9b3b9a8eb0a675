// What it is like to use the overlay on a page of the shop: what stands there for good covers no button, what the user opened closes again,
// and nothing of ours moves the page or holds it up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import "../../extension/place.js";
import { makeOrders, openShop } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";

const { card, spot } = globalThis.redressPlace;
const zone = "Europe/Warsaw";
const list = "https://www.aliexpress.com/p/order/index.html";
const detail = (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`;
const wide = { width: 1920, height: 1000 };

let shop;
let chromium;

before(async () => {
  shop = await openShop({ csp: "strict", zone, orders: makeOrders(new Date(), { count: 100, zone }) });
  chromium = await openChromium({ shop, zone });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

async function openAt(url, size) {
  const page = await chromium.browser.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  await page.setViewport(size);
  await page.goto(url, { waitUntil: "domcontentloaded" });
  return page;
}

const form = (page) => chromium.standing(page).run((shadow) => shadow.querySelector(".card") ? "card" : shadow.querySelector(".pill") ? "pill" : null);
const becomes = (page, wanted) => until(async () => (await form(page).catch(() => null)) === wanted, `the overlay to be a ${wanted}`);
const focused = (page) => chromium.standing(page).run((shadow) => shadow.activeElement?.id ?? null);

// --- Where it may stand: the pure part ---

const view = { width: 1280, height: 800 };
const rect = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });

test("the card stands in its corner, as high as what can be clicked lets it", () => {
  assert.deepEqual(card(view, [], "bottom-right"), { corner: "bottom-right", edge: 16, width: 356, height: 600, left: 908, top: 184 });
  assert.equal(card(view, [rect(1000, 300, 90, 40)], "bottom-right").height, 800 - 16 - 340 - 4);
  assert.equal(card(view, [rect(1000, 500, 90, 40)], "top-right").height, 500 - 16 - 4);
  // What is below its edge, or beside it, does not count.
  assert.equal(card(view, [rect(1000, 790, 90, 10), rect(500, 300, 400, 400)], "bottom-right").height, 600);
});

test("where a corner has too little room another one is taken, and none where there is none", () => {
  const button = rect(1000, 600, 90, 40);
  assert.equal(card(view, [button], "bottom-right").corner, "bottom-left");
  assert.equal(card(view, [button, rect(100, 600, 90, 40)], "bottom-right").corner, "top-left");
  assert.equal(card(view, [rect(0, 300, 1280, 200)], "bottom-right").height, 284 - 4);
  assert.equal(card(view, [rect(0, 200, 1280, 400)], "bottom-right"), null);
  assert.equal(card({ width: 640, height: 270 }, [], "bottom-right"), null);
  assert.equal(card({ width: 360, height: 740 }, [], "bottom-left").width, 344);
});

test("the pill stands along the edges, else anywhere, else where it hides least", () => {
  const size = { width: 150, height: 36 };
  const at = (taken, corner = "bottom-right") => { const { left, top } = spot(view, taken, size, corner); return [left, top]; };
  assert.deepEqual(at([]), [1114, 748]);
  assert.deepEqual(at([], "top-left"), [16, 16]);
  const [left, top] = at([rect(1200, 740, 60, 60)]);
  assert.ok(left === 1114 || top === 748, "at an edge");
  assert.ok(left + 150 + 4 <= 1200 || top + 36 + 4 <= 740, "and beside the button");
  // A frame of buttons around the window: inside it.
  const frame = [rect(0, 0, 1280, 60), rect(0, 740, 1280, 60), rect(0, 0, 60, 800), rect(1220, 0, 60, 800)];
  const inside = at(frame);
  assert.ok(inside[0] >= 60 && inside[0] + 150 <= 1220 && inside[1] >= 60 && inside[1] + 36 <= 740, String(inside));
  // Buttons everywhere: between their centres.
  const grid = Array.from({ length: 64 }, (_, index) => rect((index % 8) * 160, Math.floor(index / 8) * 100, 160, 100));
  const [x, y] = at(grid);
  const hidden = grid.filter((one) => (one.left + one.right) / 2 > x && (one.left + one.right) / 2 < x + 150 && (one.top + one.bottom) / 2 > y && (one.top + one.bottom) / 2 < y + 36);
  assert.deepEqual(hidden, []);
});

// --- On the shop's pages ---

// What can be clicked, has its centre in the window, and lies under one of our hosts there; and how many there are at all.
const covered = (page) => page.evaluate(() => {
  const out = [];
  let all = 0;
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, [role=button], .switch-icon, .comet-back-top, #J_xiaomi_dialog, .comet-tabs-nav-item")) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (!width || !height || x < 0 || y < 0 || x >= document.documentElement.clientWidth || y >= innerHeight) continue;
    all += 1;
    const there = document.elementFromPoint(x, y);
    if (there?.localName.startsWith("redress-") && there.localName !== "redress-badge") out.push(`${there.localName} over ${element.className || element.localName} “${element.textContent.slice(0, 20)}”`);
  }
  return { out, all };
});

for (const [width, height] of [[1280, 800], [1024, 700], [768, 1024], [360, 740], [640, 400], [1920, 1000]]) {
  test(`${width}x${height}: what stands for good covers no button`, async () => {
    for (const name of ["transit_near_end", "window_36h", "dispute_wait_buyer", "unpaid"]) {
      const page = await openAt(detail(orderOf(name)), { width, height });
      await page.waitForSelector(".order-recommend *");
      await until(() => form(page), "the overlay");
      for (const part of [0, 0.12, 0.5, 1]) {
        await page.evaluate((share) => scrollTo(0, share * (document.documentElement.scrollHeight - innerHeight)), part);
        // It settles when the page has come to rest.
        let last;
        await until(async () => { last = await covered(page); return last.out.length === 0; }, "a free place").catch(() => {});
        assert.deepEqual(last.out, [], `${name}, scrolled to ${part}`);
        assert.ok(last.all > 3, "there are buttons to cover");
      }
      assert.deepEqual(page.problems, []);
      await page.close();
    }
  });
}

test("the card stands for good where the window has room, and becomes a pill where it has not", async () => {
  const page = await openAt(detail(orderOf("transit_near_end")), wide);
  await page.waitForSelector(".order-recommend *");
  await becomes(page, "card");
  await page.setViewport({ width: 1280, height: 800 });
  await becomes(page, "pill");
  await page.setViewport(wide);
  await becomes(page, "card");
  await page.close();
});

test("the pill opens the card over the page; Escape, a click beside it and its own button close it", async () => {
  const page = await openAt(detail(orderOf("transit_near_end")), { width: 1280, height: 800 });
  await page.waitForSelector(".order-recommend *");
  await becomes(page, "pill");
  const overlay = chromium.standing(page);
  await overlay.click(".pill");
  await becomes(page, "card");
  await until(async () => (await focused(page)) === "collapse", "the focus in the card");
  await page.keyboard.press("Escape");
  await becomes(page, "pill");
  await until(async () => (await focused(page)) === "redress-pill", "the focus on the pill");
  await page.keyboard.press("Enter");
  await becomes(page, "card");
  await until(async () => (await focused(page)) === "collapse", "the focus in the card");
  await page.mouse.click(300, 150);
  await becomes(page, "pill");
  await overlay.click(".pill");
  await overlay.click("#collapse");
  await becomes(page, "pill");
  // To look at it once is no choice for other windows.
  await page.setViewport(wide);
  await becomes(page, "card");
  await page.close();
});

test("what the user chose is remembered for each host", async () => {
  const id = orderOf("transit_near_end");
  const page = await openAt(detail(id), wide);
  const overlay = chromium.standing(page);
  await page.waitForSelector(".order-recommend *");
  await becomes(page, "card");
  await overlay.click("#collapse");
  await becomes(page, "pill");
  await page.reload({ waitUntil: "domcontentloaded" });
  await becomes(page, "pill");
  const other = await openAt(detail(id).replace("www.aliexpress.com", "www.aliexpress.us"), wide);
  await becomes(other, "card");
  await other.close();
  await page.bringToFront();
  await overlay.click(".pill");
  await becomes(page, "card");
  await page.reload({ waitUntil: "domcontentloaded" });
  await becomes(page, "card");
  const { place } = await (await chromium.worker()).evaluate(() => chrome.storage.local.get("place"));
  assert.deepEqual(Object.keys(place), ["www.aliexpress.com"]);
  await page.close();
});

// The sum of all layout shifts of a page until it holds all of its own and of ours.
async function shifts(browser, url, ready) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.evaluateOnNewDocument(() => {
    window.shifts = [];
    new PerformanceObserver((entries) => window.shifts.push(...entries.getEntries().map(({ value }) => value))).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url, { waitUntil: "networkidle0" });
  await page.waitForFunction(ready);
  // What was drawn last is measured with the next frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))));
  const all = await page.evaluate(() => window.shifts);
  await page.close();
  return all.reduce((sum, value) => sum + value, 0);
}

test("nothing of ours moves the shop's page", async () => {
  const bare = await openChromium({ shop, zone, extension: null });
  try {
    for (const [url, ours, theirs] of [
      [detail(orderOf("window_36h")), "document.querySelector('redress-overlay')", "document.querySelector('.order-recommend')"],
      [list, "document.querySelectorAll('redress-badge').length === 10", "document.querySelectorAll('.order-item').length === 10"],
    ]) {
      const without = await shifts(bare.browser, url, theirs);
      const withUs = await shifts(chromium.browser, url, `${ours} && ${theirs}`);
      assert.ok(withUs <= without + 0.0005, `${url}: ${withUs}, without the extension ${without}`);
    }
  } finally {
    await bare.close();
  }
});

// Work is counted, not timed: how many cards are read in one task, whatever the machine does beside it.
test("a list of 100 is read in slices that give the page its turn, and the slices say the same as one reading", async () => {
  const page = await openAt(`${list}?pageSize=100`, { width: 1280, height: 800 });
  await until(async () => (await page.$$("redress-badge")).length === 100, "a badge on each card");
  const [realm] = page.extensionRealms();
  const { steps, same } = await realm.evaluate(`(async () => {
    const { plan } = await chrome.runtime.sendMessage({ kind: "page_opened", url: location.href });
    const sliced = redressSteps(plan, document, location);
    let steps = 0;
    let step;
    for (;;) {
      step = sliced.next();
      if (step.done) break;
      steps += 1;
      await scheduler.yield();
    }
    return { steps, same: JSON.stringify(step.value) === JSON.stringify(redressCollect(plan, document, location)) };
  })()`);
  assert.ok(steps >= 100, `${steps} steps`);
  assert.ok(same);
  await page.close();
});

test("no task reads more than ten cards of a list", async () => {
  const page = await openAt(`${list}?pageSize=100`, { width: 1280, height: 800 });
  await until(async () => (await page.$$("redress-badge")).length === 100, "a badge on each card");
  const [realm] = page.extensionRealms();
  await realm.evaluate(`(() => {
    const [steps, yielded] = [redressSteps, scheduler.yield.bind(scheduler)];
    globalThis.tasks = [];
    let cards = 0;
    const end = () => { tasks.push(cards); cards = 0; };
    globalThis.redressSteps = function* (...page) {
      const inner = steps(...page);
      for (let step = inner.next(); ; step = inner.next()) {
        if (step.done) { end(); return step.value; }
        cards += 1;
        yield;
      }
    };
    scheduler.yield = () => { end(); return yielded(); };
  })()`);
  await page.$eval(".order-item-header-status-text", (status) => status.append(" "));
  const tasks = await until(async () => {
    const all = await realm.evaluate("tasks");
    return all.reduce((sum, cards) => sum + cards, 0) >= 100 && all;
  }, "a look at all cards");
  assert.ok(tasks.every((cards) => cards <= 10), String(tasks));
  await page.close();
});

test("what is asked while a list is read does not take the place of what the list then says", async () => {
  const page = await openAt(list, { width: 1280, height: 800 });
  await until(async () => (await page.$$("redress-badge")).length === 10, "ten badges");
  const [realm] = page.extensionRealms();
  await realm.evaluate(`(() => {
    const yielded = scheduler.yield.bind(scheduler);
    scheduler.yield = () => new Promise((done) => {
      globalThis.goOn = () => { scheduler.yield = yielded; done(); };
    });
  })()`);
  await page.$eval(".order-more button", (button) => button.click());
  await until(() => realm.evaluate("Boolean(globalThis.goOn)"), "half a reading");
  const bar = chromium.list(page);
  await bar.click("#filter");
  await bar.waitFor((shadow) => shadow.querySelector("#filter[aria-pressed='true']"), "the pressed button");
  await realm.evaluate("goOn()");
  await until(async () => (await page.$$("redress-badge")).length === 20, "twenty badges");
  await page.close();
});

test("the list's bar leaves only the orders that need their buyer, also of those that come later, until it is told otherwise", async () => {
  const page = await openAt(list, { width: 1280, height: 800 });
  const bar = chromium.list(page);
  await until(async () => (await page.$$("redress-badge")).length === 10, "ten badges");
  await bar.waitFor((shadow) => shadow.querySelector("#filter"), "the bar");
  const cards = () => page.$$eval(".order-item", (all) => all.map((card) => getComputedStyle(card).display !== "none"));
  assert.deepEqual((await covered(page)).out, []);
  assert.ok((await cards()).every(Boolean));
  await bar.click("#filter");
  await until(async () => (await cards()).includes(false), "cards to be hidden");
  await bar.waitFor((shadow) => shadow.querySelector("#filter[aria-pressed='true']"), "the pressed button");
  assert.ok((await cards()).includes(true), "what needs the buyer stays");
  await page.$eval(".order-more button", (button) => button.click());
  await until(async () => (await page.$$("redress-badge")).length === 20, "twenty badges");
  const shown = await cards();
  assert.equal(shown.length, 20);
  await until(async () => (await cards()).slice(10).includes(false), "later cards to be hidden");
  // A capture shows the list as the shop does.
  const worker = await chromium.worker();
  const pose = (hidden) => worker.evaluate(async (posed) => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    await chrome.tabs.sendMessage(tab.id, { kind: "pose", hidden: posed });
  }, hidden);
  await page.bringToFront();
  await pose(true);
  assert.ok((await cards()).every(Boolean));
  await pose(false);
  assert.ok((await cards()).includes(false));
  await bar.click("#filter");
  await until(async () => (await cards()).every(Boolean), "all cards again");
  assert.equal(await page.$(".order-item[style]"), null, "no style of ours is left");
  // On another page of the shop nothing is hidden any more.
  await bar.click("#filter");
  await until(async () => (await cards()).includes(false), "cards to be hidden");
  await page.$eval(`.order-item:not([style]) a[data-pl="order_item_header_detail"]`, (link) => link.click());
  await until(() => page.$("redress-overlay"), "the order's overlay");
  assert.equal(await page.$("redress-list"), null);
  await page.goBack();
  await until(async () => (await page.$$("redress-badge")).length === 10, "the list again");
  assert.ok((await cards()).every(Boolean));
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("after an update the page says so once, and the button loads it anew", async () => {
  const own = await openChromium({ shop, zone });
  try {
    const page = await own.open(detail(orderOf("transit_near_end")));
    await page.waitForSelector(".order-recommend *");
    await own.standing(page).waitFor((shadow) => shadow.querySelector(".pill, .card"), "the overlay");
    const [realm] = page.extensionRealms();
    const ask = (what) => realm.evaluate(`(() => {
      const element = document.querySelector("redress-overlay");
      globalThis.ours ??= chrome.dom.openOrClosedShadowRoot(element);
      return (${what})(globalThis.ours);
    })()`);
    await ask(() => null);
    await (await own.worker()).evaluate(() => chrome.runtime.reload()).catch(() => {});
    await until(() => realm.evaluate("!chrome.runtime?.id"), "the end of the old extension");
    // The page changes, as it does all the time.
    await page.evaluate(() => document.querySelector(".order-block-title").append(" "));
    await until(async () => (await ask((shadow) => shadow.textContent)) === "Redress was updated. Reload this page to go on.Reload", "the notice");
    await page.evaluate(() => document.querySelector(".order-block-title").append(" "));
    assert.equal((await page.$$("redress-overlay")).length, 1);
    assert.equal(await ask((shadow) => shadow.querySelectorAll("button").length), 1);
    const left = page.waitForNavigation({ waitUntil: "domcontentloaded" });
    await ask((shadow) => shadow.querySelector("button").focus());
    await page.keyboard.press("Enter");
    await left;
    assert.deepEqual(page.problems, []);
  } finally {
    await own.close();
  }
});
