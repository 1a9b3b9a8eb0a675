// What 5,000 orders cost: deciding all of them anew, badge and popup, which live on summaries, opening the popup, and one
// order's page. The case files are those that the extension itself made of every order of the sample shop, copied under other order ids.
import { vault } from "../e2e/vault.js";
import { CASE_NAMES } from "../site/orders.js";

const shop = "https://www.aliexpress.com/p";
const few = 50;
// So many the popup shows without scrolling far.
const handful = 10;
const many = 5000;
const detailOf = (id) => `${shop}/order/detail.html?orderId=${id}`;
const sampleOf = (index) => String(8200000000000001n + BigInt(index));
// Far from the ids of the sample shop.
export const firstCopy = 8200000000500001;

// The file of one order of each kind, with looks at the list, at the order's page and at its tracking where it has one.
async function samples(chromium, own) {
  const page = await chromium.open(`${shop}/order/index.html?pageSize=100`);
  await page.waitForSelector("redress-badge");
  const ids = CASE_NAMES.map((_, index) => sampleOf(index));
  for (const id of ids) {
    for (const url of [detailOf(id), `${shop}/tracking/index.html?tradeOrderId=${id}`]) {
      await page.goto(url, { waitUntil: "networkidle0" });
    }
  }
  await page.close();
  return (await vault(own)).cases.filter((file) => ids.includes(file.order_id));
}

// Afterwards the vault holds so many cases and no others, all of which wait to be summed up.
export async function fill(own, files, count) {
  await own.evaluate((samples, size, first) => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(["cases", "summaries"], "readwrite");
      const [cases, summaries] = ["cases", "summaries"].map((name) => transaction.objectStore(name));
      cases.clear();
      summaries.clear();
      for (let index = 0; index < size; index += 1) {
        const file = samples[index % samples.length];
        const order_id = String(first + index);
        cases.put(JSON.parse(JSON.stringify(file).replaceAll(file.order_id, order_id)));
        summaries.put({ order_id, due: 0, until: 0 });
      }
      transaction.onerror = () => failed(transaction.error);
      transaction.oncomplete = () => { database.close(); done(); };
    };
  }), files, count, firstCopy);
}

// Milliseconds in a page of our own with the background's core, which was started before: until all cases are decided anew,
// the longest request among them, and then of the badge and of the popup.
export function decided(own) {
  return own.evaluate(async () => {
    const { ask } = await import("./writer.js");
    await ask({ kind: "page_opened", url: "" });
    const timed = async (request) => {
      const start = performance.now();
      const answer = await ask(request);
      return { answer, time: performance.now() - start };
    };
    const turns = [];
    for (let outdated = true; outdated;) {
      const { answer, time } = await timed({ kind: "badge" });
      turns.push(time);
      // The core asks to go on at once while cases are left.
      outdated = answer.next_change_ms !== null && answer.next_change_ms <= 2000 && turns.length < 200;
    }
    const [badge, popup] = [await timed({ kind: "badge" }), await timed({ kind: "popup", url: null })];
    return { all: turns.reduce((sum, time) => sum + time, 0), longest: Math.max(...turns), badge: badge.time, popup: popup.time };
  });
}

// Milliseconds until the worker has answered one of our own pages; null where the browser ended it before.
const answered = (own, request) => own.evaluate(async (asked) => {
  const start = performance.now();
  const answer = await chrome.runtime.sendMessage(asked).catch(() => null);
  return answer && performance.now() - start;
}, request);

async function redraw(chromium, own, repeat) {
  const id = String(firstCopy);
  const request = { kind: "redraw", url: detailOf(id), orders: [id] };
  await answered(own, request);
  const warm = await repeat(() => answered(own, request));
  const cold = await repeat(async () => {
    await chromium.stopWorker();
    return answered(own, request);
  });
  return { cold, warm };
}

// Milliseconds from opening the popup to its orders being drawn. The worker is awake, as it is beside a page of the shop.
async function opened(chromium) {
  const page = await chromium.browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const look = () => {
      if (!window.drawnAt && document.querySelector("#all li")) window.drawnAt = performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`chrome-extension://${chromium.id}/popup.html`);
  await page.waitForFunction(() => window.drawnAt);
  const drawn = await page.evaluate(() => window.drawnAt);
  await page.close();
  return drawn;
}

// The median of several openings after one that fills the browser's caches.
async function opening(chromium, repeat) {
  await opened(chromium);
  return repeat(() => opened(chromium));
}

/** Answers with the case files of which it made copies. */
export async function manyCases(chromium, { repeat, print }) {
  // A page of our own that asks the worker for nothing by itself.
  const own = await chromium.ownPage("dossier.html");
  const files = await samples(chromium, own);
  await fill(own, files, handful);
  await decided(own);
  const quick = await opening(chromium, repeat);

  await fill(own, files, few);
  const smallOne = await redraw(chromium, own, repeat);
  const small = await decided(own);

  await fill(own, files, many);
  const largeOne = await redraw(chromium, own, repeat);
  const large = await decided(own);
  const full = await opening(chromium, repeat);
  await own.close();

  const looks = files.reduce((sum, file) => sum + file.looks.length, 0) / files.length;
  print(`looks in each of ${many} cases`, looks, "looks");
  print(`${many} cases read and decided anew`, large.all, "ms", `${many / few} times ${few} cases`, small.all * (many / few));
  print(`each of ${many} cases read and decided anew`, large.all / many, "ms", `each of ${few}`, small.all / few);
  print("longest of these requests", large.longest, "ms");
  print(`badge with ${many} cases known`, large.badge, "ms", `with ${few}`, small.badge);
  print(`popup with ${many} cases known`, large.popup, "ms", `with ${few}`, small.popup);
  print(`popup opened to drawn with ${many} cases known`, full, "ms", `with ${handful}`, quick);
  print(`one of ${many} cases redrawn, warm worker and way`, largeOne.warm, "ms", `one of ${few}`, smallOne.warm);
  print(`one of ${many} cases redrawn, cold worker and way`, largeOne.cold, "ms", `one of ${few}`, smallOne.cold);
  return files;
}
