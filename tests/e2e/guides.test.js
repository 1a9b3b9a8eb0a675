// The page of guides in real headless Chromium: every guide opens, is whole, and can be reached with the keyboard alone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { dist, openChromium, until } from "./chromium.js";
import { watchRequests } from "./requests.js";

const guides = (await readFile(path.join(dist, "guides.json"), "utf8").then(JSON.parse)).groups.flatMap((group) => group.guides);
const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key) => texts[key].message;

let shop;
let chromium;
let requests;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  requests = await watchRequests(chromium.browser, chromium.id);
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const open = async (hash = "") => {
  const page = await chromium.ownPage(`guides.html${hash}`);
  await page.waitForSelector("#view h1");
  return page;
};

const textOf = (page, selector) => page.$eval(selector, (found) => found.textContent);
const title = (page) => textOf(page, "h1");

// Every text on the page as the reader has it, each node on a line of its own.
const lines = (page) => page.evaluate(() => {
  const walk = document.createTreeWalker(document.querySelector("#view"), NodeFilter.SHOW_TEXT);
  const out = [];
  while (walk.nextNode()) out.push(walk.currentNode.data);
  return out;
});

// Where Tab leads from where the focus is, until it leaves the page or comes to an element that it has been on.
async function tabStops(page) {
  const stops = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const id = await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
    if (stops.includes(id) || !(await page.evaluate(() => document.activeElement?.matches("button")))) return stops;
    stops.push(id);
  }
}

test("every guide opens by its address, with its steps, what to have ready and what it rests on", async () => {
  assert.ok(guides.length >= 16);
  const page = await open();
  for (const { id, steps, ready, basis, see = [] } of guides) {
    await page.evaluate((hash) => { location.hash = hash; }, id);
    await page.waitForSelector(`#guide-${id}`);
    assert.equal(await title(page), say(`guide_${id}_title`));
    assert.equal(await page.title(), say(`guide_${id}_title`));
    assert.equal(await textOf(page, ".title p"), say(`guide_${id}_when`));
    const items = (selector) => page.$$eval(selector, (found) => found.map((item) => item.textContent));
    assert.deepEqual(await items(".steps > li"), Array.from({ length: steps }, (_, at) => say(`guide_${id}_step_${at + 1}`)));
    assert.equal((await items(".dots > li")).length, ready);
    const rests = await items(".bases > li");
    assert.equal(rests.length, basis.length);
    for (const [at, { grade, sources }] of basis.entries()) {
      assert.ok(rests[at].includes(say(`guide_${id}_basis_${at + 1}`)), rests[at]);
      assert.ok(rests[at].includes(grade ? `Grade ${grade}` : say("guides_ungraded")), rests[at]);
      for (const source of sources) assert.ok(rests[at].includes(source), rests[at]);
    }
    assert.equal((await page.$$(".to-guide")).length, see.length);
    const all = await lines(page);
    assert.ok(all.includes(say("not_legal_advice")), id);
    assert.ok(all.includes(say("guides_page_first")), id);
    // A text that is missing is drawn as its key.
    assert.deepEqual(all.filter((line) => /^[a-z]+(_[a-z0-9]+)+$|\$\d|undefined/.test(line)), [], id);
  }
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("an address that names no guide shows all of them", async () => {
  for (const hash of ["", "#", "#no_such_guide", "#%"]) {
    const page = await open(hash);
    assert.equal(await title(page), say("guides_title"), hash);
    assert.deepEqual(await page.$$eval(".to-guide", (found) => found.map((button) => button.id)), guides.map(({ id }) => `to-${id}`));
    assert.deepEqual((await lines(page)).filter((line) => /^guides?_/.test(line)), []);
    assert.deepEqual(page.problems, [], hash);
    await page.close();
  }
});

test("the keyboard reaches each guide, opens it and comes back to where it was", async () => {
  const page = await open();
  assert.deepEqual(await tabStops(page), guides.map(({ id }) => `to-${id}`));
  for (const { id } of guides) {
    await page.focus(`#to-${id}`);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`#guide-${id}`);
    // Reading begins at the title, and Tab goes on from there.
    assert.equal(await page.evaluate(() => document.activeElement.textContent), say(`guide_${id}_title`));
    await page.focus("#to-all");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".shelf");
    assert.equal(await page.evaluate(() => document.activeElement.id), `to-${id}`);
  }
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("the browser's own way back leads from guide to guide", async () => {
  const page = await open("#not_received_late");
  await page.click("#to-law_uk");
  await page.waitForSelector("#guide-law_uk");
  await page.goBack();
  await page.waitForSelector("#guide-not_received_late");
  await page.close();
});

test("links are https, say their host, and open in a tab of their own", async () => {
  const page = await open();
  for (const { id, links = [] } of guides) {
    await page.evaluate((hash) => { location.hash = hash; }, id);
    await page.waitForSelector(`#guide-${id}`);
    const ways = await page.$$eval(".way", (found) => found.map((way) => ({ action: JSON.parse(way.dataset.action), role: way.role, host: way.querySelector(".host").textContent })));
    assert.equal(ways.length, links.length, id);
    for (const { action, role, host } of ways) {
      assert.equal(action.do, "open_page");
      assert.equal(role, "link");
      const { protocol, host: real } = new URL(action.url);
      assert.deepEqual([protocol, real], ["https:", host]);
    }
  }
  await page.evaluate(() => { location.hash = "dispute_cannot_open"; });
  await page.waitForSelector("#guide-dispute_cannot_open");
  await page.click(".way");
  const orders = await until(() => chromium.browser.targets().find((target) => target.url() === "https://www.aliexpress.com/p/order/index.html"), "the tab of the orders");
  assert.equal(await title(page), say("guide_dispute_cannot_open_title"), "the guide stays");
  await (await orders.asPage()).close();
  await page.close();
});

test("no guide is wider than a narrow window", async () => {
  const page = await open();
  await page.setViewport({ width: 320, height: 640 });
  for (const hash of ["", ...guides.map(({ id }) => id)]) {
    await page.evaluate((next) => { location.hash = next; }, hash);
    await page.waitForSelector(hash ? `#guide-${hash}` : ".shelf");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, hash);
  }
  await page.close();
});

test("the guides ask nothing of the network themselves", () => {
  assert.deepEqual(requests, []);
});
