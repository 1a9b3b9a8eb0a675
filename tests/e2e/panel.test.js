// The list of orders at the side of the window, in real headless Chromium: it follows the tab in front, and what is read.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";

const orderPage = (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`;

let shop;
let chromium;
let panel;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

afterEach(async () => {
  if (!panel) return;
  assert.deepEqual(panel.problems ?? [], []);
  await panel.close().catch(() => {});
  panel = null;
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;
const front = () => panel.$eval("#front", (section) => section.textContent);
const rows = () => panel.$$eval("#all li", (all) => all.map((one) => one.id));
const shows = (id) => until(async () => (await front()).includes(`…${id.slice(-6)}`), `the order ${id} in front`);

async function openPanel() {
  panel = await chromium.ownPage("popup.html?panel");
  await panel.waitForSelector("#front");
  return panel;
}

test("it follows the tab in front and its address, and what is read there, and stays open", async () => {
  const [first, second] = [orderOf("choice"), orderOf("transit_early")];
  const page = await chromium.open("about:blank");
  await openPanel();
  await page.bringToFront();
  assert.deepEqual(await rows(), []);
  // The order is known only once its page is read: no event of a tab says that.
  await page.goto(orderPage(first));
  await shows(first);
  await page.goto(orderPage(second));
  await shows(second);
  await until(async () => (await rows()).includes(`order-${first}`), "the other order in the list");
  const other = await chromium.open(orderPage(first));
  await other.bringToFront();
  await shows(first);
  await page.bringToFront();
  await shows(second);
  await other.close();

  const before = chromium.browser.targets().length;
  await panel.$eval(`[id="order-${first}"] button`, (row) => row.click());
  await until(() => chromium.browser.targets().length > before, "the order's page");
  await shows(first);
  assert.equal(panel.isClosed(), false);
  for (const each of await chromium.browser.pages()) if (each !== panel && each.url().includes("aliexpress")) await each.close();
});

test("what it was told stays until another page is in front", async () => {
  const id = orderOf("completed_open");
  const page = await chromium.open(orderPage(id));
  await openPanel();
  await page.bringToFront();
  await shows(id);
  // One that has just loaded whole counts as another page in front.
  await until(() => panel.evaluate(async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0].status === "complete"), "the whole page");
  // No click on the toolbar allowed a picture.
  await panel.$eval("#capture", (button) => button.click());
  await panel.waitForSelector("#notice");
  await page.evaluate(() => { document.querySelector(".order-status .order-block-title").textContent = "Awaiting delivery"; });
  await until(async () => (await front()).includes("On its way"), "what was read anew");
  assert.ok(await panel.$("#notice"));
  await page.goto(orderPage(orderOf("choice")));
  await until(async () => !(await panel.$("#notice")), "the notice to go");
  await page.close();
});

test("it draws itself anew when the time that is left changes", async () => {
  panel = await chromium.open("about:blank");
  await panel.evaluateOnNewDocument(() => {
    globalThis.waits = [];
    const { setTimeout: real } = globalThis;
    globalThis.setTimeout = (work, wait) => {
      globalThis.waits.push(wait);
      globalThis.due = work;
      return real(work, wait);
    };
  });
  await panel.goto(`chrome-extension://${chromium.id}/popup.html?panel`);
  await until(async () => (await panel.evaluate(() => globalThis.waits.length)) > 0, "a time to draw anew");
  const [wait] = await panel.evaluate(() => globalThis.waits);
  assert.ok(wait > 0 && wait < 2 ** 31, `${wait} ms`);
  await panel.evaluate(() => globalThis.due());
  await until(async () => (await panel.evaluate(() => globalThis.waits.length)) > 1, "the next time");
});

test("it is as wide as its place and needs no second scroll bar", async () => {
  await openPanel();
  for (const width of [280, 320, 480]) {
    await panel.setViewport({ width, height: 700 });
    assert.equal(await panel.evaluate(() => document.documentElement.scrollWidth), width);
  }
  assert.equal(await panel.$eval("#side", (button) => button.hidden), true);
  assert.ok(await panel.$eval(".orders", (list) => list.scrollHeight <= list.clientHeight));
});

test("the popup opens it at the side", async () => {
  const page = await chromium.open(orderPage(orderOf("choice")));
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#side:not([hidden])");
  const opened = chromium.opening((target) => target.url().endsWith("/popup.html?panel"));
  // It closes with the click, before the browser has said that the click is over.
  await popup.click("#side").catch((error) => assert.match(String(error), /Target closed/));
  panel = await opened;
  await panel.waitForSelector("#all .orders");
  await until(() => popup.isClosed(), "the popup to give way");
  await shows(orderOf("choice"));
  await page.close();
});
