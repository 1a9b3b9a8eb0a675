// Reminders in real Chromium: notifications of the browser, its alarms, and a worker that goes in between.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";

const orders = [SAMPLE_ORDER_ID, "8200000000000002", "8200000000000003", "8200000000000010"];

let shop;
let chromium;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

beforeEach(async () => {
  await see(SAMPLE_ORDER_ID);
  await clear();
});

// Opens an order with its rows, and waits until its limits are known.
async function see(orderId) {
  const page = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${orderId}`);
  await (await page.waitForSelector(".order-detail-order-info .switch-icon")).evaluate((arrow) => arrow.click());
  await until(async () => (await remembered()).some(({ order_id }) => order_id === orderId), `a limit of ${orderId}`);
  await page.close();
}

const inWorker = async (run, ...values) => (await chromium.worker()).evaluate(run, ...values);
const shown = () => inWorker(async () => Object.keys(await chrome.notifications.getAll()));
// With the key in a list: `longKnown` waits for the background's own question.
const remembered = () => inWorker(async () => (await chrome.storage.local.get(["reminded"])).reminded ?? []);
const alarm = () => inWorker(async () => (await chrome.alarms.get("reminders"))?.scheduledTime ?? null);
const clear = () => inWorker(async () => {
  for (const id of Object.keys(await chrome.notifications.getAll())) await chrome.notifications.clear(id);
});

// As if each limit had been known for long, and the longest lead had passed while nobody looked. The settings may be the same
// as before, which is no change that the background hears of. It finds the limits so when it asks next what it remembers: it may still
// be at what a page said a moment ago, and would write that over what is written beside it.
async function longKnown(changes = {}) {
  const limits = await remembered();
  const hours = Math.max(...limits.map(({ at }) => Math.ceil((at - Date.now()) / 3_600_000)));
  await inWorker(async (reminders) => {
    const { local } = chrome.storage;
    await local.set({ settings: { reminders } });
    const real = local.get;
    local.get = async (...asked) => {
      const found = await real.apply(local, asked);
      if (asked[0] !== "reminded") return found;
      local.get = real;
      return { reminded: found.reminded.map((limit) => ({ ...limit, since: 0, lead: null, snoozed: null })) };
    };
  }, { on: true, leads: [Math.min(1440, hours + 1)], quiet: null, ...changes });
}

const rings = () => inWorker(() => chrome.alarms.onAlarm.dispatch({ name: "reminders" }));

test("a limit on the page in front gives no reminder, but an alarm", async () => {
  assert.deepEqual(await shown(), []);
  const next = await until(alarm, "an alarm");
  assert.ok(next > Date.now());
});

test("a limit whose lead has passed is a notification, once; a click opens the order", async () => {
  await longKnown();
  await rings();
  await until(async () => (await shown()).includes(SAMPLE_ORDER_ID), "the notification");
  await until(async () => (await remembered()).every(({ lead }) => lead !== null), "that it was noted");
  await clear();
  // Each look of the background ends with the alarm.
  await inWorker(() => chrome.alarms.clear("reminders"));
  await rings();
  await until(alarm, "an alarm");
  assert.deepEqual(await shown(), []);
  const opened = chromium.opening((target) => target.url().includes(`orderId=${SAMPLE_ORDER_ID}`));
  await inWorker((id) => chrome.notifications.onClicked.dispatch(id), SAMPLE_ORDER_ID);
  await (await opened).close();
});

test("later is some hours later, and the reminder comes again", async () => {
  await longKnown();
  await rings();
  await until(async () => (await shown()).includes(SAMPLE_ORDER_ID), "the notification");
  await until(async () => (await remembered()).every(({ lead }) => lead !== null), "that it was noted");
  await inWorker((id) => chrome.notifications.onButtonClicked.dispatch(id, 1), SAMPLE_ORDER_ID);
  const again = await until(async () => (await remembered()).find(({ snoozed }) => snoozed)?.snoozed, "the snooze");
  assert.deepEqual(await shown(), []);
  assert.ok(again > Date.now() && again <= Date.now() + 4 * 3_600_000);
  await until(async () => (await alarm()) <= again + 1000, "the alarm for it");
  // The time has come.
  await inWorker(async () => {
    const { reminded } = await chrome.storage.local.get("reminded");
    await chrome.storage.local.set({ reminded: reminded.map((limit) => ({ ...limit, snoozed: limit.snoozed && Date.now() - 1 })) });
  });
  await rings();
  await until(async () => (await shown()).includes(SAMPLE_ORDER_ID), "the second notification");
  await clear();
});

test("no reminder where they are switched off", async () => {
  await longKnown({ on: false });
  await rings();
  await until(async () => (await remembered()).every(({ lead }) => lead === null), "that it was looked at");
  assert.ok((await until(alarm, "an alarm")) > Date.now());
  assert.deepEqual(await shown(), []);
});

test("a worker that starts anew puts a lost alarm back and makes up for what was missed", async () => {
  await longKnown({ on: false });
  await inWorker(() => chrome.alarms.clear("reminders"));
  const limits = (await remembered()).map((limit) => ({ ...limit, since: 0, lead: null }));
  await inWorker((kept) => chrome.storage.local.set({ reminded: kept }), limits);
  const own = await chromium.ownPage("guides.html");
  await chromium.stopWorker();
  await own.evaluate(async () => {
    const { settings } = await chrome.storage.local.get("settings");
    await chrome.storage.local.set({ settings: { reminders: { ...settings.reminders, on: true } } });
  });
  await own.evaluate(() => chrome.runtime.sendMessage({ kind: "popup", url: null }));
  await until(async () => (await shown()).includes(SAMPLE_ORDER_ID), "the notification");
  assert.ok((await until(alarm, "an alarm")) > Date.now());
  await own.close();
  await clear();
});

test("many at once are one notification", async () => {
  for (const orderId of orders) await see(orderId);
  await longKnown();
  await rings();
  await until(async () => (await shown()).includes("several"), "one notification for all");
  assert.deepEqual(await shown(), ["several"]);
  const opened = chromium.opening((target) => target.url().endsWith("popup.html?panel"));
  await inWorker(() => chrome.notifications.onClicked.dispatch("several"));
  await (await opened).close();
});
