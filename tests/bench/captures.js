// What 20,000 captures cost: opening the popup and the settings, the pages of an order that has twenty of them, and keeping one
// more. Beside it stand the same figures of a vault with those twenty captures and no others. Records, entries and signatures are
// made by the extension's own modules; the pictures are small. Both vaults are open in browsers of their own, and are measured in turn.

import { decided, fill, firstCopy } from "./many.js";

const few = 20;
const many = 20_000;
// So many orders hold captures in the large vault. Their cases are in the small one too.
const orders = many / few;
// So many captures are written in one transaction.
const batch = 1000;

// Fills a vault that has no captures with so many for each of these orders.
function fillCaptures(own, { first, orders: count, each }) {
  return own.evaluate(async (ids, captures, size) => {
    const [keeper, { ownKey, signed }, { digestOf }, { openDB }] = await Promise.all(["keeper", "signing", "camera", "idb"].map((name) => import(`./${name}.js`)));
    const key = await ownKey();
    const database = await openDB("redress");
    const canvas = new OffscreenCanvas(64, 40);
    canvas.getContext("2d").fillRect(8, 8, 30, 20);
    const picture = await canvas.convertToBlob({ type: "image/png" });
    const draftOf = (order, blob) => ({
      trigger: "overlay", mode: "viewport", url: `https://www.aliexpress.com/p/order/detail.html?orderId=${order}`, title: "Order details",
      width: 1280, height: 800, device_pixel_ratio: 1, orders: [order], browser: navigator.userAgent, extension_version: "0.1.0",
      bytes: blob.size, media_type: blob.type,
    });
    let head = null;
    let made = [];
    const write = async () => {
      const transaction = database.transaction(["records", "pictures", "chain"], "readwrite");
      for (const [record, blob, entry] of made) {
        transaction.objectStore("records").add(record);
        transaction.objectStore("pictures").add(blob, record.id);
        transaction.objectStore("chain").add(entry);
      }
      made = [];
      await transaction.done;
    };
    // Turn by turn, as orders come: the captures of one lie far apart in the log.
    for (let turn = 0; turn < captures; turn += 1) {
      for (const order of ids) {
        // What stands behind its end is no part of a picture, and makes each another one.
        const blob = new Blob([picture, `${order} ${turn}`], { type: picture.type });
        const { record, entry } = await keeper.keep(draftOf(order, blob), await digestOf(blob), head, key.id);
        head = await signed(entry, key);
        made.push([record, blob, head]);
        if (made.length === size) await write();
      }
    }
    await write();
    const { count } = await import("./tallies.js");
    const counting = database.transaction(["records", "tallies"], "readwrite");
    await count(counting);
    await counting.done;
    database.close();
  }, Array.from({ length: count }, (_, index) => String(first + index)), each, batch);
}

// Milliseconds from opening a page of ours to `selector` being there.
async function opened(chromium, file, selector) {
  const page = await chromium.browser.newPage();
  await page.evaluateOnNewDocument((wanted) => {
    const look = () => {
      if (!window.drawnAt && document.querySelector(wanted)) window.drawnAt = performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  }, selector);
  await page.goto(`chrome-extension://${chromium.id}/${file}`);
  await page.waitForFunction(() => window.drawnAt);
  const drawn = await page.evaluate(() => window.drawnAt);
  await page.close();
  return drawn;
}

// Milliseconds of one call of `work` in a page of ours, with modules of the extension.
const called = (own, work, ...values) => own.evaluate(`(async () => {
  const start = performance.now();
  await (${work})(...${JSON.stringify(values)});
  return performance.now() - start;
})()`);

// Keeps a capture of an order that had none: picture, record and signed entry, without the camera.
const append = async (order) => {
  const [{ keepCapture }, { digestOf }] = await Promise.all([import("./vault.js"), import("./camera.js")]);
  const blob = new Blob([new Uint8Array(300_000).fill(7), String(Math.random())], { type: "image/png" });
  await keepCapture([{ draft: {
    trigger: "overlay", mode: "viewport", url: `https://www.aliexpress.com/p/order/detail.html?orderId=${order}`, title: "Order details",
    width: 1280, height: 800, device_pixel_ratio: 1, orders: [order], browser: navigator.userAgent, extension_version: "0.1.0",
    bytes: blob.size, media_type: blob.type,
  }, picture: blob, sha256: await digestOf(blob) }]);
};

const archive = async (order) => {
  const { archiveOf, packed } = await import("./archive.js");
  const { files } = await archiveOf(order);
  await packed(files);
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

// Each with how often it is measured. What reads the whole log by its nature stands last.
const measures = [
  ["popup opened to drawn", 9, ({ chromium }) => opened(chromium, "popup.html", "#all li")],
  ["page of a case with 20 captures", 7, ({ chromium, order }) => opened(chromium, `case.html?order=${order}`, "#view > *")],
  ["list of an order's 20 captures", 7, ({ chromium, order }) => opened(chromium, `dossier.html?order=${order}`, "#view > *")],
  ["settings with what is kept of each order", 7, ({ chromium }) => opened(chromium, "options.html", "#ask-erase")],
  ["a capture kept, without the camera", 41, ({ own, fresh }) => called(own, append, fresh)],
  ["a dossier made, which reads the whole log", 3, ({ own, order }) => called(own, archive, order)],
];

// A browser of its own with the cases of 1,000 orders and captures of so many of them.
async function vaultOf(open, files, holding) {
  const chromium = await open();
  // A page of our own that asks the worker for nothing by itself.
  const own = await chromium.ownPage("guides.html");
  await fill(own, files, orders);
  await decided(own);
  await fillCaptures(own, { first: firstCopy, orders: holding, each: few });
  return { chromium, own, order: String(firstCopy), fresh: String(firstCopy - 1) };
}

/** `open()` gives a browser with the extension; `files` are case files that are copied under other order ids. */
export async function manyCaptures(open, files, print) {
  const vaults = [];
  try {
    for (const holding of [1, orders]) vaults.push(await vaultOf(open, files, holding));
    for (const [name, times, measure] of measures) {
      const found = [[], []];
      // In turn, so that both have the same load beside them; the first turn fills caches and starts cores.
      for (let turn = 0; turn <= times; turn += 1) {
        for (const [at, one] of vaults.entries()) {
          const time = await measure(one);
          if (turn > 0) found[at].push(time);
        }
      }
      const [small, large] = found.map(median);
      print(`${name}, ${many} captures in the vault`, large, "ms", `${few} captures`, small);
    }
  } finally {
    for (const { chromium } of vaults) await chromium.close();
  }
}
