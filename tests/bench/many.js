// What 5,000 orders cost: the badge, for which every case is read and decided, and one order's page. The case files are
// those that the extension itself made of every order of the sample shop, copied under other order ids.
import { vault } from "../e2e/vault.js";
import { CASE_NAMES } from "../site/orders.js";

const shop = "https://www.aliexpress.com/p";
const few = 50;
const many = 5000;
const detailOf = (id) => `${shop}/order/detail.html?orderId=${id}`;
const sampleOf = (index) => String(8200000000000001n + BigInt(index));
// Far from the ids of the sample shop.
const firstCopy = 8200000000500001;

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

// Afterwards the vault holds so many cases and no others.
async function fill(own, files, count) {
  await own.evaluate((samples, size, first) => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("cases", "readwrite");
      const cases = transaction.objectStore("cases");
      cases.clear();
      for (let index = 0; index < size; index += 1) {
        const file = samples[index % samples.length];
        cases.put(JSON.parse(JSON.stringify(file).replaceAll(file.order_id, String(first + index))));
      }
      transaction.onerror = () => failed(transaction.error);
      transaction.oncomplete = () => { database.close(); done(); };
    };
  }), files, count, firstCopy);
}

// Milliseconds of the badge in a page of our own: with a core that starts for it, and with the same core again.
async function badge(own) {
  await own.reload();
  return own.evaluate(async () => {
    const times = [performance.now()];
    const { ask } = await import("./core.js");
    for (let run = 0; run < 2; run += 1) {
      await ask({ kind: "badge" });
      times.push(performance.now());
    }
    return { cold: times[1] - times[0], warm: times[2] - times[1] };
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

export async function manyCases(chromium, { repeat, print }) {
  // A page of our own that asks the worker for nothing by itself.
  const own = await chromium.ownPage("dossier.html");
  const files = await samples(chromium, own);
  await fill(own, files, few);
  const smallOne = await redraw(chromium, own, repeat);
  const small = {
    cold: await repeat(async () => (await badge(own)).cold),
    warm: await repeat(async () => (await badge(own)).warm),
  };

  // Each of these takes many times as long as a turn of the others: they are measured once.
  await fill(own, files, many);
  const largeOne = await redraw(chromium, own, repeat);
  const large = await badge(own);
  // No such capture is there to delete: what the worker does is the badge, as after every page.
  const inWorker = await answered(own, { kind: "delete", capture_id: crypto.randomUUID() });
  await own.close();

  const looks = files.reduce((sum, file) => sum + file.looks.length, 0) / files.length;
  print(`looks in each of ${many} cases`, looks, "looks");
  print(`badge of ${many} cases, warm core`, large.warm, "ms", `${many / few} times ${few} cases`, small.warm * (many / few));
  print(`badge of ${many} cases, cold core`, large.cold, "ms", "warm core", large.warm);
  print(`badge, each of ${many} cases, warm core`, large.warm / many, "ms", `each of ${few}`, small.warm / few);
  print(`badge, each of ${few} cases, cold core`, small.cold / few, "ms", "warm core", small.warm / few);
  // Chromium ends a worker that does not answer it for half a minute or more: then there is no badge.
  print(`badge of ${many} cases in the worker, ended before`, Number(inWorker === null), "times");
  if (inWorker !== null) print(`badge of ${many} cases in the worker and way`, inWorker, "ms", "warm core", large.warm);
  print(`one of ${many} cases redrawn, warm worker and way`, largeOne.warm, "ms", `one of ${few}`, smallOne.warm);
  print(`one of ${many} cases redrawn, cold worker and way`, largeOne.cold, "ms", `one of ${few}`, smallOne.cold);
}
