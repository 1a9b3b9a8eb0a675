// Pages that are not what they should be, in real headless Chromium: the overlay is absent or speaks plainly, nobody's
// console complains, the page stays as it was, and nothing personal leaves it.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { openShop, RECEIVER } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";
import { hearMessages, rawWords, watchWorker, withoutOurs } from "./watch.js";
import { storedSnapshot, vault } from "./vault.js";

const zone = "Europe/Warsaw";
const shopAt = (path) => `https://www.aliexpress.com${path}`;
const orderPage = (id, more = "") => shopAt(`/p/order/detail.html?orderId=${id}${more}`);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let shop;
let chromium;
let own;
let messages;
let complaints;
let page;

before(async () => {
  shop = await openShop({ csp: "strict", zone });
  chromium = await openChromium({ shop, zone });
  own = await chromium.ownPage("popup.html");
  messages = await hearMessages(own);
  complaints = watchWorker(await chromium.worker());
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

beforeEach(async () => { page = await chromium.open("about:blank"); });

afterEach(async () => {
  const { problems } = page;
  await page.close();
  assert.deepEqual(problems, [], "the page's console");
  assert.deepEqual(own.problems, [], "our own page's console");
  assert.deepEqual(complaints, [], "the worker's console");
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

// Opens an address and waits until the page has come to rest: its script adds parts until 1.2 seconds after the load.
async function visit(url, on = page) {
  await on.goto(url, { waitUntil: "load" });
  await on.evaluate(() => new Promise((done) => {
    let rest;
    const again = () => { clearTimeout(rest); rest = setTimeout(done, 800); };
    new MutationObserver(again).observe(document, { childList: true, subtree: true, characterData: true });
    again();
  }));
}

// The text of the overlay, or null; never words of a program.
async function overlayText(on = page) {
  const text = await chromium.overlay(on).text();
  if (text !== null) assert.equal(rawWords(text), null, text);
  return text;
}

const noViolations = async () => assert.deepEqual(await page.evaluate(() => window.__violations ?? []), []);

const strangers = {
  "the start page": shopAt("/"),
  "a product": shopAt("/item/1005000000000001.html"),
  "the messages, of no order": shopAt("/p/message/index.html"),
  "the tracking of no order": shopAt("/p/tracking/index.html"),
  "the tracking of an unknown order": shopAt("/p/tracking/index.html?tradeOrderId=8200000000000999"),
  "a sign-in host": "https://login.aliexpress.com/",
  "a sign-in form in place of the list": shopAt("/p/order/index.html?loggedout=1"),
  "a check for robots in place of the list": shopAt("/p/order/index.html?captcha=1"),
  "an order that is none": orderPage("abc"),
  "an unknown order": orderPage("8200000000000999"),
  "no order": shopAt("/p/order/detail.html"),
  "a sign-in form in place of an order": orderPage("8200000000000005", "&loggedout=1"),
  "a check for robots in place of an order": orderPage("8200000000000005", "&captcha=1"),
};

for (const [name, url] of Object.entries(strangers)) {
  test(`${name}: nothing is shown and nothing is kept`, async () => {
    const mark = await messages.mark();
    await visit(url);
    assert.equal(await overlayText(), null);
    assert.equal(await page.$("redress-overlay, redress-badge"), null);
    assert.deepEqual((await vault(own)).cases, []);
    assert.ok((await messages.since(mark)).length <= 5, "a page that stands still is told of once or twice");
    await noViolations();
  });
}

test("a page that renders late is followed", async () => {
  const id = orderOf("transit_near_end");
  await page.goto(orderPage(id, "&slow=5000"), { waitUntil: "domcontentloaded" });
  await pause(3000);
  assert.equal(await overlayText(), null);
  assert.ok((await chromium.overlay(page).waitForText(id.slice(-6))));
  await until(async () => (await storedSnapshot(own, id, "detail"))?.root.regions[0].regions.length, "the goods of the order");
  await until(() => overlayText(), "the overlay");
  await noViolations();
});

test("half of a page gives no deadline, and an unknown layout the one that its texts state", async () => {
  const id = orderOf("two_stores");
  await visit(orderPage(id, "&half=1"));
  await until(() => overlayText(), "the overlay");
  assert.equal(await chromium.overlay(page).run((shadow) => shadow.querySelectorAll("time").length), 0, "no date is shown");
  await visit(orderPage(id, "&layout=unknown"));
  await until(() => overlayText(), "the overlay");
  // A known order stands there before its page was read.
  assert.ok(await chromium.overlay(page).waitFor((shadow) => shadow.querySelector("#warnings")?.textContent.includes("layout"), "the warning"));
  await noViolations();
});

test("being signed out, a check for robots or half of a list leaves what is known of an order", async () => {
  const id = orderOf("eur");
  await visit(orderPage(id));
  const known = await storedSnapshot(own, id, "detail");
  assert.ok(known);
  for (const url of [orderPage(id, "&loggedout=1"), orderPage(id, "&captcha=1"), shopAt("/p/order/index.html?half=1"), shopAt("/p/order/index.html?loggedout=1")]) {
    await visit(url);
    await overlayText();
    assert.deepEqual(await storedSnapshot(own, id, "detail"), known, url);
  }
});

test("a page that changes fifty times a second causes no storm of messages", async () => {
  await visit(orderPage(orderOf("transit_early")));
  const quiet = await messages.mark();
  const agitate = (seconds, selector) => page.evaluate(async (time, wanted) => {
    const target = wanted ? document.querySelector(wanted) : document.body.appendChild(document.createElement("p"));
    const beat = setInterval(() => { target.textContent = `Refund if no delivery before ${new Date().toISOString()} ${Math.random()}`; }, 20);
    await new Promise((done) => setTimeout(done, time * 1000));
    clearInterval(beat);
    await new Promise((done) => setTimeout(done, 500));
  }, seconds, selector);
  await agitate(3, null);
  assert.deepEqual(await messages.since(quiet), [], "what is not read is not told of");
  const loud = await messages.mark();
  await agitate(3, ".order-wrap h4");
  const told = await messages.since(loud);
  assert.ok(told.length > 1 && told.length <= 25, `${told.length} messages in three seconds`);
  await until(() => overlayText(), "the overlay");
});

test("a hidden tab is left alone until it is looked at again", async () => {
  const id = orderOf("choice");
  await visit(orderPage(id));
  const other = await chromium.open(shopAt("/"));
  await until(() => page.evaluate(() => document.hidden), "a hidden tab");
  const mark = await messages.mark();
  await page.evaluate(() => { document.querySelector(".order-status .order-block-title").textContent = "Completed"; });
  await pause(1000);
  const heard = (await messages.since(mark)).filter(({ snapshot }) => snapshot?.address.includes(id));
  assert.deepEqual(heard, []);
  await page.bringToFront();
  await until(async () => (await messages.since(mark)).some(({ snapshot }) => snapshot?.address.includes(id)), "a look after the return");
  await other.close();
});

test("what a hidden tab is told of stands there when it is looked at again", async () => {
  const url = orderPage(orderOf("choice"));
  await visit(url);
  await until(() => overlayText(), "the overlay");
  const other = await chromium.open(shopAt("/"));
  await until(() => page.evaluate(() => document.hidden), "a hidden tab");
  await (await chromium.worker()).evaluate(async (address) => {
    const [tab] = await chrome.tabs.query({ url: address });
    await chrome.tabs.sendMessage(tab.id, { kind: "shown_again", notice: "copied" });
  }, url);
  await page.bringToFront();
  await chromium.overlay(page).waitForText("The report was copied");
  await other.close();
});

test("two tabs of the same order say the same and keep one case", async () => {
  const id = orderOf("brl");
  const other = await chromium.open("about:blank");
  await visit(orderPage(id), other);
  await page.bringToFront();
  await visit(orderPage(id));
  // As they stand: the card that a click on a pill asks for may come before the words are read, or after.
  const words = (on) => chromium.standing(on).text();
  const first = await words(page);
  assert.ok(first);
  await other.bringToFront();
  await until(async () => (await words(other)) === first, "the same words in the other tab");
  assert.equal((await vault(own)).cases.filter((file) => file.order_id === id).length, 1);
  assert.deepEqual(other.problems, []);
  await other.close();
});

test("the page is what it is without the extension, but for our two elements", async (t) => {
  const plain = await openChromium({ shop, zone, extension: null });
  t.after(() => plain.close());
  const bare = await plain.open("about:blank");
  for (const url of [orderPage(orderOf("transit_near_end")), shopAt("/p/order/index.html"), shopAt(`/p/tracking/index.html?tradeOrderId=${orderOf("two_parcels")}`)]) {
    await visit(url);
    await until(() => page.$("redress-overlay, redress-badge"), "one of our elements");
    await visit(url, bare);
    if (url.includes("/order/")) for (const each of [page, bare]) await each.waitForSelector(".order-recommend");
    const [seen, expected] = [await withoutOurs(page), await withoutOurs(bare)];
    assert.equal(seen.markup, expected.markup, url);
    assert.deepEqual(seen.names, expected.names, "no name of ours in the page's world");
    assert.ok(!(await page.content()).includes("Redress"), "nothing of ours can be read in the page");
  }
});

test("without a policy of the page everything is the same", async (t) => {
  const lax = await openShop({ csp: "none", zone });
  t.after(() => lax.close());
  const other = await openChromium({ shop: lax, zone });
  t.after(() => other.close());
  const open = await other.open(orderPage(orderOf("transit_near_end")));
  await other.overlay(open).waitForText("Refund if no delivery before");
  assert.equal(rawWords(await other.overlay(open).text()), null);
  assert.deepEqual(open.problems, []);
});

test("name, address and telephone are in no message and in no store", async () => {
  const mark = await messages.mark();
  const personal = Object.values(RECEIVER);
  const shown = new Set();
  for (const name of ["two_parcels", "completed_open", "dispute_evidence"]) {
    const id = orderOf(name);
    for (const url of [orderPage(id), orderPage(id, "&layout=unknown"), shopAt(`/p/tracking/index.html?tradeOrderId=${id}`), shopAt(`/p/message/index.html?orderId=${id}`)]) {
      await visit(url);
      await page.evaluate(() => document.querySelectorAll(".switch-icon").forEach((arrow) => arrow.click()));
      await pause(400);
      const text = await page.evaluate(() => document.body.innerText);
      for (const words of personal) if (text.includes(words)) shown.add(words);
      const said = await overlayText();
      for (const words of personal) assert.ok(!said?.includes(words), words);
    }
  }
  assert.deepEqual([...shown].sort(), [...personal].sort(), "the pages do show them");
  const kept = JSON.stringify([await messages.since(mark), await vault(own), await own.evaluate(() => chrome.storage.local.get())]);
  assert.ok(kept.includes(orderOf("two_parcels")));
  for (const words of [...personal, "Sample Street", "Sampletown"]) assert.ok(!kept.includes(words), words);
});
