// A page whose layout has changed, in real headless Chromium: what was read is shown with its sources, can be corrected by
// keyboard and by selecting, taken back, and reported without the page's texts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";
import { rawWords, watchWorker } from "./watch.js";
import { vault } from "./vault.js";

const zone = "Europe/Warsaw";
const orderPage = (id, more = "") => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}${more}`;

let shop;
let chromium;
let own;
let complaints;

before(async () => {
  shop = await openShop({ csp: "strict", zone });
  chromium = await openChromium({ shop, zone });
  own = await chromium.ownPage("popup.html");
  complaints = watchWorker(await chromium.worker());
});

after(async () => {
  await chromium?.close();
  await shop?.close();
  assert.deepEqual(complaints, [], "the worker's console");
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;
const fileOf = async (id) => (await vault(own)).cases.find((file) => file.order_id === id);

// Opens an order's page in an unknown layout; its overlay shows what was read.
async function drifted(name) {
  const id = orderOf(name);
  const page = await chromium.open(orderPage(id, "&layout=unknown"));
  const overlay = chromium.overlay(page);
  await overlay.waitFor((shadow) => shadow.querySelector("#facts-open details[open] #fact-status"));
  await page.bringToFront();
  return { id, page, overlay };
}

const row = (overlay, name) => overlay.run((shadow, _, wanted) => shadow.querySelector(`#fact-${wanted}`)?.textContent, name);
const focused = (overlay) => overlay.run((shadow) => {
  const at = shadow.activeElement;
  return at && `${at.closest("li")?.id} ${at.nodeName}`;
});
// Puts the keyboard where a person who tabs would come to.
const focusCorrect = (overlay, name) => overlay.run((shadow, _, wanted) => shadow.querySelector(`#fact-${wanted} .correct > summary`).focus(), name);

test("a changed layout is said, and what was read is listed with its words and how it was found", async () => {
  const { page, overlay } = await drifted("transit_near_end");
  const text = await overlay.text();
  assert.match(text, /The page's layout has changed/);
  assert.equal(rawWords(text), null, text);
  const status = await row(overlay, "status");
  assert.match(status, /On its way/);
  assert.match(status, /Order page, by the words beside it/);
  const end = await row(overlay, "delivery_end");
  assert.match(end, /Refund if no delivery before.*Order page, by its own words/);
  // A user who closes the list is not overruled by the next drawing.
  await overlay.click("#facts-open summary");
  await page.evaluate(() => document.body.append(document.createElement("i"), "Refund if items damaged"));
  await new Promise((done) => setTimeout(done, 600));
  assert.equal(await overlay.run((shadow) => shadow.querySelector("#facts-open details").open), false);
  assert.deepEqual(page.problems, []);
  assert.deepEqual(await page.evaluate(() => window.__violations ?? []), []);
  await page.close();
});

test("a known layout keeps the list closed", async () => {
  const page = await chromium.open(orderPage(orderOf("transit_early")));
  const overlay = chromium.overlay(page);
  await overlay.waitFor((shadow) => shadow.querySelector("#facts details"));
  await overlay.waitForText("On its way");
  await until(() => overlay.run((shadow) => shadow.querySelector("#facts details") && !shadow.querySelector("#facts details").open), "a closed list");
  await page.close();
});

test("a date is corrected by keyboard, the deadline rests on it, and Undo restores the page's", async () => {
  const { id, page, overlay } = await drifted("transit_near_end");
  const now = () => overlay.run((shadow) => shadow.querySelector("#now").textContent);
  const stated = await now();
  assert.match(stated, /From the page/);

  // Escape leaves everything and gives the focus back.
  await focusCorrect(overlay, "delivery_end");
  await page.keyboard.press("Enter");
  await until(async () => (await focused(overlay)) === "fact-delivery_end INPUT", "the focus in the form");
  await page.keyboard.press("Escape");
  await until(async () => (await focused(overlay)) === "fact-delivery_end SUMMARY", "the focus back");
  assert.equal((await fileOf(id)).corrections.length, 0);

  await page.keyboard.press("Enter");
  await until(async () => (await focused(overlay)) === "fact-delivery_end INPUT", "the focus in the form");
  const year = new Date().getFullYear() + 1;
  await page.keyboard.type("0211");
  await page.keyboard.type(String(year));
  // What is half typed survives that the page changes and the overlay is drawn anew.
  await page.evaluate(() => document.body.append(document.createElement("i"), "Refund if package lost"));
  await new Promise((done) => setTimeout(done, 600));
  assert.equal(await overlay.run((shadow) => shadow.activeElement.value), `${year}-02-11`);
  await page.keyboard.press("Enter");
  await overlay.waitForText("Your entry counts now");
  assert.equal(await focused(overlay), "fact-delivery_end SUMMARY");
  const corrected = await now();
  assert.match(corrected, /Entered by you/);
  assert.match(corrected, new RegExp(`${year}`));
  assert.match(await row(overlay, "delivery_end"), /Entered by you/);
  assert.deepEqual((await fileOf(id)).corrections.map(({ field, value, words }) => ({ field, value, words })), [{ field: "delivery_end", value: `${year}-02-11`, words: null }]);

  await overlay.click("#undo-delivery_end");
  await overlay.waitForText("Your entry is gone");
  // How long is left, and when the page was last read, go on meanwhile.
  const lasting = (text) => text.replace(/\d+ (minute|hour|second)s?|Read [^.]+\./g, "");
  assert.equal(lasting(await now()), lasting(stated));
  assert.deepEqual((await fileOf(id)).corrections, []);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a day that cannot be is refused in a sentence", async () => {
  const { id, page, overlay } = await drifted("transit_early");
  await focusCorrect(overlay, "placed_on");
  await page.keyboard.press("Enter");
  await until(async () => (await focused(overlay)) === "fact-placed_on INPUT", "the focus in the form");
  await page.keyboard.type(`0101${new Date().getFullYear() + 2}`);
  await page.keyboard.press("Enter");
  await overlay.waitForText("This day has not come yet");
  assert.deepEqual((await fileOf(id)).corrections, []);
  await page.close();
});

test("the status is chosen from a list", async () => {
  const { id, page, overlay } = await drifted("transit_early");
  await focusCorrect(overlay, "status");
  await page.keyboard.press("Enter");
  await until(async () => (await focused(overlay)) === "fact-status SELECT", "the focus in the form");
  await page.keyboard.type("Compl");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await overlay.waitForText("Your entry counts now");
  assert.equal((await fileOf(id)).corrections[0].value, "completed");
  assert.match(await row(overlay, "status"), /Completed.*Entered by you/);
  await overlay.click("#undo-status");
  await overlay.waitForText("Your entry is gone");
  await page.close();
});

test("a selected text is used from the context menu; one that is no day changes nothing", async () => {
  const { id, page, overlay } = await drifted("transit_near_end");
  const worker = await chromium.worker();
  // The browser's own menu cannot be opened headless; the listener gets what it would give it.
  const choose = (menuItemId, selectionText) => worker.evaluate(async (info) => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.contextMenus.onClicked.dispatch({ ...info, pageUrl: tab.url }, tab);
  }, { menuItemId, selectionText });
  await page.bringToFront();
  await choose("shipped_on", "03/04/2026");
  await overlay.waitForText("This can be read as more than one day");
  assert.deepEqual((await fileOf(id)).corrections, []);
  // A day between the order's and today, whenever this runs.
  const [year, month, day] = shop.orders.find((order) => order.id === id).truth.shipped_on.split("-").map(Number);
  const named = new Intl.DateTimeFormat("en", { month: "short" }).format(new Date(year, month - 1, day));
  await choose("shipped_on", `on ${day} ${named}, ${year}`);
  await overlay.waitForText("Your entry counts now");
  const [correction] = (await fileOf(id)).corrections;
  assert.equal(correction.field, "shipped_on");
  assert.equal(correction.words, `on ${day} ${named}, ${year}`);
  assert.match(await row(overlay, "shipped_on"), /Entered by you/);
  await overlay.click("#undo-shipped_on");
  await overlay.waitForText("Your entry is gone");
  await page.close();
});

test("the report is copied on the click and holds none of the page's texts", async () => {
  const { id, page, overlay } = await drifted("transit_near_end");
  await chromium.browser.defaultBrowserContext().overridePermissions("https://www.aliexpress.com", ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
  await overlay.click("#report");
  await overlay.waitForText("The report was copied");
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(report, /^Redress \d+\.\d+\.\d+\nlayout: current\npage: order_detail\npath: \/p\/order\/detail\.html\nlanguage: en\n/);
  assert.match(report, /warning: layout_changed status/);
  const stored = JSON.stringify((await fileOf(id)).looks[0].snapshot.root.regions);
  const words = [...stored.matchAll(/"values":\[(.*?)\]/g)].flatMap(([, list]) => list.match(/[A-Z][a-z]{3,}|\d{4,}/g) ?? []);
  assert.ok(words.length > 10);
  for (const word of [id, ...words]) assert.ok(!report.includes(word), `${word} in ${report}`);
  await page.close();
});

test("where copying is refused, the report is shown to be copied by hand", async () => {
  const { page, overlay } = await drifted("transit_near_end");
  await overlay.run(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("refused")); });
  await overlay.click("#report");
  const text = await overlay.waitFor((shadow) => shadow.querySelector("#notice textarea[readonly]")?.value);
  assert.match(text, /^Redress /);
  await page.close();
});

test("what a page said before stays, beside what it says now, on the page and in the dossier", async () => {
  const id = orderOf("brl");
  const page = await chromium.open(orderPage(id));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("Refund if no delivery before");
  await page.waitForFunction(() => document.querySelector(".order-recommend *"));
  // The shop puts the promised day off.
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector(".order-wrap, #root"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/(Refund if no delivery before )\w+ \d+, (\d+)/, (_, words, year) => `${words}Dec 31, ${Number(year) + 1}`);
  });
  const said = await overlay.waitFor((shadow) => shadow.querySelector("#conflicts li")?.textContent);
  assert.match(said, /^End of protection: .+, now .*Dec 31, \d{4}, seen /);
  await overlay.run((shadow) => shadow.querySelector("#conflicts details").setAttribute("open", ""));
  const dossier = await chromium.ownPage(`dossier.html?order=${id}`);
  await dossier.waitForSelector("#timeline");
  assert.match(await dossier.$eval("#timeline", (timeline) => timeline.textContent), /End of protection: .+, now .*Dec 31/);
  if (process.env.SHOTS) {
    await overlay.run((shadow) => shadow.querySelector("#conflicts").scrollIntoView());
    await page.bringToFront();
    await page.screenshot({ path: "/tmp/shot-conflict.png" });
    await dossier.bringToFront();
    await dossier.screenshot({ path: "/tmp/shot-dossier.png", fullPage: true });
  }
  await dossier.close();
  await page.close();
});

test("on a page that runs from right to left our own words run as our language does", async () => {
  const { page, overlay } = await drifted("transit_near_end");
  await page.evaluate(() => { document.documentElement.dir = "rtl"; });
  const direction = await overlay.run((shadow) => getComputedStyle(shadow.querySelector("#redress-card")).direction);
  assert.equal(direction, "ltr");
  await page.close();
});
