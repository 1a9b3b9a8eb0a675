// What 20,000 captures cost: opening the popup and the settings, the pages of an order that has twenty of them, and keeping one
// more. Beside it stand the same figures of a vault with those twenty captures and no others. Records, entries and signatures are
// made by the extension's own modules; the pictures are small.

const few = 20;
const many = 20_000;
// So many orders hold captures in the large vault. Their cases are in the small one too.
const orders = many / few;
// So many captures are written in one transaction.
const batch = 1000;

const idOf = (first, index) => String(first + index);

// Empties the vault of captures and fills it with so many for each of these orders.
export function fillCaptures(own, { first, orders: count, each }) {
  return own.evaluate(async (ids, captures, size) => {
    const [keeper, { ownKey, signed }, { digestOf }, { openDB }] = await Promise.all(["keeper", "signing", "camera", "idb"].map((name) => import(`./${name}.js`)));
    const key = await ownKey();
    const database = await openDB("redress");
    const stores = ["records", "pictures", "chain", "tallies"].filter((name) => database.objectStoreNames.contains(name));
    const emptying = database.transaction(stores, "readwrite");
    for (const name of stores) emptying.objectStore(name).clear();
    await emptying.done;
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
    database.close();
  }, Array.from({ length: count }, (_, index) => idOf(first, index)), each, batch);
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

// Milliseconds of what a page of ours does with modules of the extension, many times in one page.
const called = (own, repeats, work, ...values) => own.evaluate(`(async () => {
  const times = [];
  for (let turn = 0; turn <= ${repeats}; turn += 1) {
    const start = performance.now();
    await (${work})(...${JSON.stringify(values)});
    times.push(performance.now() - start);
  }
  // The first one starts the core.
  return times.slice(1).sort((a, b) => a - b)[${Math.floor(repeats / 2)}];
})()`);

// Keeps a capture of another order that has none yet: picture, record and signed entry, without the camera.
const append = async (order) => {
  const [{ keepCapture }, { digestOf }] = await Promise.all([import("./vault.js"), import("./camera.js")]);
  const blob = new Blob([new Uint8Array(300_000).fill(7), String(Math.random())], { type: "image/png" });
  await keepCapture({
    trigger: "overlay", mode: "viewport", url: `https://www.aliexpress.com/p/order/detail.html?orderId=${order}`, title: "Order details",
    width: 1280, height: 800, device_pixel_ratio: 1, orders: [order], browser: navigator.userAgent, extension_version: "0.1.0",
    bytes: blob.size, media_type: blob.type,
  }, blob, await digestOf(blob));
};

const archive = async (order) => {
  const { archiveOf, packed } = await import("./archive.js");
  const { files } = await archiveOf(order);
  await packed(files);
};

async function figures(chromium, own, first, repeat) {
  const order = String(first);
  const page = (file, selector) => async () => {
    await opened(chromium, file, selector);
    return repeat(() => opened(chromium, file, selector));
  };
  const measures = {
    "popup opened to drawn": page("popup.html", "#all li"),
    "page of a case with 20 captures": page(`case.html?order=${order}`, "#view > *"),
    "list of the 20 captures of an order": page(`dossier.html?order=${order}`, "#view > *"),
    "settings with what is kept": page("options.html", "#ask-erase"),
    "a capture kept, without the camera": () => called(own, 15, append, String(first - 1)),
    "a dossier made, which reads the whole log": () => called(own, 1, archive, order),
  };
  const found = {};
  for (const [name, measure] of Object.entries(measures)) found[name] = await measure();
  return found;
}

// `first` is the number of the first of 1,000 orders whose cases are kept.
export async function manyCaptures(chromium, { first, repeat, print }) {
  // A page of our own that asks the worker for nothing by itself.
  const own = await chromium.ownPage("guides.html");
  await fillCaptures(own, { first, orders: 1, each: few });
  const small = await figures(chromium, own, first, repeat);
  await fillCaptures(own, { first, orders, each: few });
  const large = await figures(chromium, own, first, repeat);
  await own.close();
  for (const [name, time] of Object.entries(large)) print(`${name}, ${many} captures in the vault`, time, "ms", `${few} captures`, small[name]);
}
