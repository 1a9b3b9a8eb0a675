// What comes in between a capture: after each fault the vault holds, nothing is half there, the page is its owner's again, and
// the user was told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { capturing, orderPage, say } from "./capturing.js";
import { openChromium, until } from "./chromium.js";
import { endAt, haltAt } from "./halting.js";
import { faultOf } from "./sound.js";
import { vault } from "./vault.js";

let shop;
let chromium;
let own;
let orderOf, openOrder, countOf, noticeOf, press, dismiss, told, isOver;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
  ({ orderOf, openOrder, countOf, noticeOf, press, dismiss, told, isOver } = capturing(shop, chromium, own));
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

test("the worker that is ended at every step of a capture", async (t) => {
  const page = await openOrder();
  const ends = [];
  t.after(() => t.diagnostic(ends.join("; ")));
  // Twice: the first time the key is made on the way.
  for (let [but, rounds] = [[], 0]; rounds < 2;) {
    const before = await countOf();
    await haltAt(chromium, { but });
    await press(page, "capture");
    // The steps after the notice are some too.
    const name = await endAt(chromium, async () => (await noticeOf(page)) && isOver());
    const { kept, words } = await told(page, before);
    ends.push(`${name ?? "the end"}: ${kept ? "kept" : "not kept"}`);
    if (!kept) assert.ok(words.includes(say("capture_refused_lost")), words);
    await until(isOver, "the note to go");
    await dismiss(page);
    if (name) but.push(name);
    else [but, rounds] = [[], rounds + 1];
  }
  assert.ok(ends.includes("after generateKey 1: not kept"), "before the key is there");
  assert.ok(ends.includes("amid chain 1: not kept"), "in the middle of the write");
  assert.ok(ends.includes("before estimate 1: kept"), "after the write");
  assert.ok(ends.includes("before sendMessage 2: kept"), "before the page is asked to show our elements again");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a capture by the keyboard that is cut off wakes the next worker by an alarm, and the page is told", async () => {
  const page = await openOrder();
  const before = await countOf();
  await haltAt(chromium, { only: "before get 1" });
  await (await chromium.worker()).evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.commands.onCommand.dispatch("capture", tab);
  });
  // Looked at before the end: whatever starts the next worker takes the alarm away.
  const alarm = await until(() => own.evaluate(() => chrome.alarms.get("taking")), "the alarm");
  await endAt(chromium, () => false);
  assert.equal(alarm.periodInMinutes, 0.5);
  // Half a minute is long: the same alarm, sooner.
  await own.evaluate(() => chrome.alarms.create("taking", { when: Date.now() }));
  const { kept, words } = await told(page, before);
  assert.equal(kept, false);
  assert.ok(words.includes(say("capture_refused_lost")));
  await page.close();
});

test("the popup tells of a worker that was ended in its capture", async () => {
  const page = await openOrder();
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#capture");
  const before = await countOf();
  await haltAt(chromium, { only: "before get 1" });
  await popup.$eval("#capture", (button) => { setTimeout(() => button.click()); });
  await endAt(chromium, () => false);
  await popup.waitForSelector("#notice");
  assert.ok((await popup.$eval("#notice", (notice) => notice.textContent)).includes(say("capture_refused_lost")));
  await told(page, before);
  await popup.close().catch(() => {});
  await page.close();
});

test("two captures at once are both kept, without our elements in either", async () => {
  const page = await openOrder();
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#capture");
  const { records } = await vault(own);
  // What each picture sees of us.
  await (await chromium.worker()).evaluate(() => {
    const real = chrome.tabs.captureVisibleTab;
    globalThis.shown = [];
    chrome.tabs.captureVisibleTab = async (...values) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const look = () => chrome.scripting.executeScript({ target: { tabId: tab.id }, func: () => document.querySelector("redress-overlay").hidden }).then(([answer]) => answer.result);
      globalThis.shown.push(await look());
      const picture = await real.apply(chrome.tabs, values);
      globalThis.shown.push(await look());
      return picture;
    };
  });
  const asked = { kind: "capture", trigger: "popup" };
  const answers = await popup.evaluate(async (message) => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return Promise.all([1, 2].map(() => chrome.runtime.sendMessage({ ...message, tab_id: tab.id })));
  }, asked);
  assert.ok(answers.every(({ notice }) => notice.kept), JSON.stringify(answers));
  assert.deepEqual(await (await chromium.worker()).evaluate(() => globalThis.shown), [true, true, true, true]);
  assert.equal(await countOf(), records.length + 2);
  assert.equal(await faultOf(own), null);
  await popup.close().catch(() => {});
  await page.close();
  await chromium.stopWorker();
});

// Lets something happen between the pose of a page and its picture.
const amidPicture = async (work) => {
  const worker = await chromium.worker();
  await worker.evaluate(() => {
    const real = chrome.tabs.captureVisibleTab;
    globalThis.waiting = false;
    chrome.tabs.captureVisibleTab = async (...values) => {
      globalThis.waiting = true;
      await new Promise((done) => { globalThis.goOn = done; });
      chrome.tabs.captureVisibleTab = real;
      return real.apply(chrome.tabs, values);
    };
    chrome.tabs.query({ active: true, lastFocusedWindow: true }).then(([tab]) => chrome.commands.onCommand.dispatch("capture", tab));
  });
  await until(() => worker.evaluate(() => globalThis.waiting), "the picture");
  await work();
  await worker.evaluate(() => globalThis.goOn());
  await until(isOver, "the end of the capture");
};

test("a tab that is closed, left or behind another one when its picture is taken gives none", async () => {
  const before = await vault(own);
  const closed = await openOrder();
  await amidPicture(() => closed.close());
  const left = await openOrder();
  await amidPicture(() => left.goto(orderPage(orderOf("brl")), { waitUntil: "domcontentloaded" }));
  const hidden = await openOrder();
  await amidPicture(async () => { await own.bringToFront(); await hidden.bringToFront(); });
  const { words } = await told(hidden, before.records.length);
  assert.ok(words.includes(say("capture_refused_hidden")), words);
  const { records, chain, pictures } = await vault(own);
  assert.deepEqual({ records, chain, pictures }, { records: before.records, chain: before.chain, pictures: before.pictures });
  for (const page of [left, hidden]) await page.close();
});
