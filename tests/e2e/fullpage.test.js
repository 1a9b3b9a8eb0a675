// Pictures of whole pages and of parts in real headless Chromium: beside the browser's own picture, and where something comes in
// between. A page that was captured is left as it was, and what failed leaves nothing behind.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { dist, openChromium, until } from "./chromium.js";
import { allow, badgeOf, foot, header, openLong, startWhole, untold } from "./long.js";
import { vault } from "./vault.js";

const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key, value = "") => texts[key].message.replace("$1", value);
const orderPage = (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`;

let shop;
let chromium;
let own;
let page;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

afterEach(async () => {
  await page?.close().catch(() => {});
  await (await chromium.worker()).evaluate(() => chrome.storage.session.clear());
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

// Whatever a picture must not change in a page.
const stateOf = (from) => from.evaluate(() => ({
  scroll: [scrollX, scrollY],
  inner: [...document.querySelectorAll("*")].filter((element) => element !== document.scrollingElement).map((element) => element.scrollTop).filter(Boolean),
  styles: [...document.querySelectorAll("*")].filter((element) => !element.localName.startsWith("redress-")).map((element) => element.getAttribute("style")),
  marks: [...document.querySelectorAll("*")].flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("data-redress"))).length,
  focus: document.activeElement?.id ?? null,
  selection: String(getSelection()),
}));

// Captures the page in front from the menu and answers with the records in the order of their parts.
async function wholePage() {
  const known = new Set((await vault(own)).records.map(({ id }) => id));
  await startWhole(chromium);
  const told = await until(() => untold(chromium), "the end of the capture");
  assert.ok(told.kept, JSON.stringify(told));
  const records = (await vault(own)).records.filter(({ id }) => !known.has(id));
  return records.sort((a, b) => (a.part ?? "").localeCompare(b.part ?? ""));
}

// The browser's own picture of the page, in pieces that it can make: [top, base64].
async function pieces(from, height, ratio = 1) {
  const all = [];
  const most = 4000 / ratio;
  for (let top = 0; top < height; top += most) {
    const clip = { x: 0, y: top, width: 1280, height: Math.min(most, height - top) };
    all.push([top, await from.screenshot({ encoding: "base64", clip, captureBeyondViewport: true })]);
  }
  return all;
}

// What the kept pictures, one below the other, show: their size, the share of pixels that differ from the browser's pieces, and
// how many rows have one of these colours in the middle.
const seen = (ids, parts, ratio, colours = []) => own.evaluate(async (ids, parts, ratio, colours) => {
  const stored = await new Promise((done) => {
    const opening = indexedDB.open("redress");
    opening.onsuccess = async () => {
      const pictures = await Promise.all(ids.map((id) => new Promise((got) => {
        const request = opening.result.transaction("pictures").objectStore("pictures").get(id);
        request.onsuccess = () => got(request.result);
      })));
      opening.result.close();
      done(pictures);
    };
  });
  const kept = await Promise.all(stored.map((blob) => createImageBitmap(blob)));
  const pixels = (width, height, draw) => {
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    draw(context);
    return context.getImageData(0, 0, width, height).data;
  };
  const drawKept = (context, top) => {
    let down = -top;
    for (const bitmap of kept) {
      context.drawImage(bitmap, 0, down);
      down += bitmap.height;
    }
  };
  const [width, height] = [kept[0].width, kept.reduce((sum, bitmap) => sum + bitmap.height, 0)];
  let [different, compared] = [0, 0];
  for (const [top, base64] of parts) {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const a = pixels(bitmap.width, bitmap.height, (context) => context.drawImage(bitmap, 0, 0));
    const b = pixels(bitmap.width, bitmap.height, (context) => drawKept(context, Math.round(top * ratio)));
    compared += bitmap.width * bitmap.height;
    for (let at = 0; at < a.length; at += 4) {
      if ([0, 1, 2].some((channel) => Math.abs(a[at + channel] - b[at + channel]) > 24)) different += 1;
    }
  }
  const counts = colours.map(() => 0);
  for (let top = 0; top < height; top += 1000) {
    const column = pixels(1, Math.min(1000, height - top), (context) => { context.translate(-Math.floor(width * 0.7), 0); drawKept(context, top); });
    for (let at = 0; at < column.length; at += 4) {
      colours.forEach((colour, index) => { if (colour.every((value, channel) => Math.abs(value - column[at + channel]) < 3)) counts[index] += 1; });
    }
  }
  return { width, height, share: compared ? different / compared : 1, counts };
}, ids, parts, ratio, colours);

for (const ratio of [1, 2]) {
  test(`a page of 10,000 px is the browser's own picture at ${ratio} device pixels, and is left as it was`, async () => {
    page = await openLong(chromium, { more: '<div class="foot"></div>' });
    await page.setViewport({ width: 1280, height: 800, deviceScaleFactor: ratio });
    await allow(chromium, page);
    await page.evaluate(() => {
      document.querySelector("#field").focus();
      getSelection().selectAllChildren(document.querySelector("b"));
      document.querySelector("#field").focus();
      scrollTo({ top: 1234, behavior: "instant" });
    });
    await until(() => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(scrollY > 1000)))), "the place");
    const before = await stateOf(page);
    const records = await wholePage();
    assert.deepEqual(await stateOf(page), before);

    assert.ok(records.every(({ mode, trigger, order_id }) => mode === "full_page" && trigger === "context_menu" && !order_id));
    assert.deepEqual(records.map(({ part }) => part ?? null), ratio === 1 ? [null] : ["1/2", "2/2"]);
    const tiles = records.flatMap((record) => record.tiles);
    assert.equal(new Set(tiles).size, 13);
    assert.ok(tiles.every((digest) => /^[0-9a-f]{64}$/.test(digest)));
    const ids = records.map(({ id }) => id);
    const rows = await seen(ids, [], ratio, [header, foot]);
    assert.deepEqual([rows.width, rows.height], [1280 * ratio, 10_000 * ratio]);
    assert.deepEqual(rows.counts, [60 * ratio, 40 * ratio], "header and foot stand there once");
    // The browser's own picture has the foot elsewhere.
    await page.evaluate(() => { document.querySelector(".foot").remove(); scrollTo({ top: 0, behavior: "instant" }); });
    const { share } = await seen(ids, await pieces(page, 9960, ratio), ratio);
    assert.ok(share < 0.001, `${share} of the pixels differ`);
  });
}
