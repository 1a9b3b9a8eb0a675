// Copies of captures in real headless Chromium: what is in the saved files pixel by pixel, what their captions say, and that
// the vault stays as it was.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, afterEach, before, test } from "node:test";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { openShop } from "../site/shop.js";
import { openChromium } from "./chromium.js";
import { captionOf, drag, looked, openCopy, ready, secret } from "./copying.js";
import { Downloads } from "./downloads.js";
import { accessible } from "./own-page.js";
import { say } from "./texts.js";
import { vault } from "./vault.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const secretAt = { left: 300, top: 120, width: 200, height: 60 };

let downloads;
let shop;
let chromium;
let own;
let page;
const records = {};

before(async () => {
  downloads = await Downloads.open();
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
  records.usual = await keep({ id: "01", width: 1000, height: 700 });
  records.long = await keep({ id: "02", width: 800, height: 12_000, mode: "full_page" });
  records.narrow = await keep({ id: "03", width: 360, height: 500, url: `https://www.aliexpress.com/p/order/detail.html?orderId=8200000000000001&x=${"abc".repeat(400)}` });
  records.changed = await keep({ id: "04", width: 40, height: 40, sha256: "0".repeat(64) });
  records.other = await keep({ id: "06", width: 1000, height: 700, colour: [20, 220, 40] });
  records.sharp = await keep({ id: "05", width: 1800, height: 1200, device_pixel_ratio: 2 });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
  await downloads?.remove();
});

afterEach(async () => {
  const problems = page?.problems ?? [];
  await page?.close();
  page = null;
  assert.deepEqual(problems, []);
});

// A capture in the vault: stripes in colours that change with the place, with the secret colour on them.
const keep = ({ id, width, height, colour: under = secret, ...more }) => own.evaluate(async (given, colour, spot) => {
  const context = new OffscreenCanvas(given.width, given.height).getContext("2d", { alpha: false });
  for (let top = 0; top < given.height; top += 10) {
    for (let left = 0; left < given.width; left += 50) {
      context.fillStyle = `rgb(${(left / 5) % 200} ${(top / 10) % 250} 230)`;
      context.fillRect(left, top, 50, 10);
    }
  }
  context.fillStyle = `rgb(${colour.join(" ")})`;
  context.fillRect(spot.left, spot.top, spot.width, spot.height);
  const blob = await context.canvas.convertToBlob();
  const { digestOf } = await import("/camera.js");
  const record = {
    id: `00000000-0000-4000-8000-0000000000${given.id}`, order_id: "8200000000000001", page: "order_detail", mode: "viewport", trigger: "popup",
    captured_at: "2026-11-23T10:29:05.120Z", zone: "Europe/Warsaw", utc_offset_minutes: 60, url: "https://www.aliexpress.com/p/order/detail.html?orderId=8200000000000001",
    title: "Order", viewport: { width: given.width, height: given.height }, device_pixel_ratio: 1, browser: "Chromium", extension_version: "0.1.0",
    media_type: "image/png", bytes: blob.size, sha256: await digestOf(blob), ...given.more,
  };
  await (await import("/store.js")).keep([{ record, picture: blob, entry: { seq: Number(given.id) } }]);
  return record;
}, { id, width, height, more }, under, secretAt);

const open = async (record, size) => { page = await openCopy(chromium, record, size); };
const saved = (id, ending) => downloads.by(page, id, ending);
const textOf = (selector) => page.$eval(selector, (found) => found.textContent);
const covers = () => page.$$eval(".covered", (all) => all.map((one) => one.getAttribute("aria-label")));

test("above the caption each pixel is the original's, and the caption says all", async () => {
  await open(records.usual);
  const { name, bytes } = await saved("save", ".png");
  assert.equal(name, "redress-copy-order_detail-20261123T102905Z.png");
  const found = await looked(page, bytes, "image/png", records.usual, { compare: 700 });
  assert.deepEqual([found.width, found.differ], [1000, 0]);
  assert.ok(found.height > 700 + 6 * 15, "a band lies below the picture");
  assert.equal(found.secrets, secretAt.width * secretAt.height, "the colour that later must be gone is seen where it is");
  const lines = await captionOf(page);
  const said = lines.map(({ text }) => text).join(" ");
  for (const part of ["2026-11-23 10:29:05 UTC", "2026-11-23 11:29:05 UTC+01:00 Europe/Warsaw", records.usual.url, "8200000000000001", records.usual.sha256, say("copy_caption_by", "0.1.0")]) {
    assert.ok(said.includes(part), part);
  }
  assert.match(lines.find(({ text }) => text === records.usual.sha256).font, /mono/);
  assert.ok(lines.every(({ from, to, y, width, height }) => from >= 0 && to <= width && y >= 700 && y + 15 <= height), "nothing is cut");
});

test("the band of a narrow picture with a long address holds every letter", async () => {
  await open(records.narrow);
  const lines = await captionOf(page);
  assert.ok(lines.map(({ text }) => text).join("").includes(records.narrow.url));
  assert.ok(lines.map(({ text }) => text).join("").includes(records.narrow.sha256));
  assert.ok(lines.every(({ from, to, y, width, height }) => from >= 0 && to <= width && y + 15 <= height));
});

test("type is as large as the picture's scale asks for", async () => {
  await open(records.sharp);
  assert.ok((await captionOf(page)).every(({ font }) => font.startsWith("30px")));
});

test("without a caption the copy has the original's size", async () => {
  await open(records.usual);
  await page.click("#caption");
  await ready(page);
  const found = await looked(page, (await saved("save", ".png")).bytes, "image/png", records.usual, { compare: 700 });
  assert.deepEqual([found.width, found.height, found.differ], [1000, 700, 0]);
});

test("what is covered is black and nowhere in the file; the vault stays as it was", async () => {
  const known = await vault(own);
  await open(records.usual);
  await drag(page, secretAt);
  assert.deepEqual(await covers(), [say("copy_covered_part", 1, 1)]);
  const { name, bytes } = await saved("save", ".png");
  const list = await saved("save-list", ".txt");
  const text = list.bytes.toString();
  const [, left, top, width, height] = /: (\d+) from the left, (\d+) from the top, (\d+) wide, (\d+) high/.exec(text).map(Number);
  assert.ok(left <= secretAt.left && top <= secretAt.top && left + width >= 500 && top + height >= 180, text);
  const found = await looked(page, bytes, "image/png", records.usual, { box: { left, top, width, height }, compare: 700 });
  assert.deepEqual([found.differ, found.notBlack, found.secrets], [0, 0, 0]);
  for (const part of [records.usual.sha256, `${records.usual.bytes} bytes`, sha256(bytes), `${name}, ${bytes.length} bytes`, say("copy_covered_one"), "order_detail-20261123T102905Z.png"]) {
    assert.ok(text.includes(part), `${part} in\n${text}`);
  }
  assert.ok((await captionOf(page)).some(({ text: line }) => line === say("copy_covered_one")));
  assert.deepEqual(await vault(own), known);
});

test("as JPEG nothing is left of what is covered", async () => {
  await open(records.usual);
  await drag(page, secretAt);
  await page.select("#type", "image/jpeg");
  await ready(page);
  const { bytes } = await saved("save", ".jpg");
  assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  // The form itself lets the colours beside an edge shine over it, by one of its blocks of 16 pixels.
  const inner = { left: secretAt.left + 16, top: secretAt.top + 16, width: secretAt.width - 32, height: secretAt.height - 32 };
  const found = await looked(page, bytes, "image/jpeg", records.usual, { box: inner });
  assert.deepEqual([found.secrets, found.notBlack], [0, 0]);
});

test("two pictures that differ only under a part have the same copy, byte for byte, at every size and in both forms", async () => {
  await open(records.usual);
  for (const type of ["image/png", "image/jpeg"]) {
    for (const longest of [0, 900, 617, 333]) {
      const digests = await page.evaluate(async (ids, form, limit, spot) => {
        const [{ filesOf, planOf }, { digestOf }, { picture }] = await Promise.all(["copy-picture", "camera", "store"].map((name) => import(`/${name}.js`)));
        return Promise.all(ids.map(async (id) => {
          const bitmap = await createImageBitmap(await picture(id), { colorSpaceConversion: "none" });
          const plan = planOf({ width: bitmap.width, height: bitmap.height, ratio: 1, longest: limit, highest: 0, rows: () => [] });
          const [{ blob }] = await filesOf(bitmap, plan, [spot], form, false);
          return digestOf(blob);
        }));
      }, [records.usual.id, records.other.id], type, longest, secretAt);
      assert.equal(digests[0], digests[1], `${type}, ${longest}`);
    }
  }
});

test("the longest side holds with the caption, and the size that is shown is that of the file", async () => {
  await open(records.sharp);
  await drag(page, { left: 301, top: 121, width: 199, height: 59 });
  await page.select("#longest", "1200");
  await ready(page);
  const shown = await page.$eval(".shown .soft", (line) => line.textContent);
  const { bytes } = await saved("save", ".png");
  const found = await looked(page, bytes, "image/png", records.sharp, {});
  assert.ok(Math.max(found.width, found.height) <= 1200 && Math.max(found.width, found.height) > 1100, JSON.stringify(found));
  assert.equal(found.secrets, 0, "what is made smaller takes nothing from under a part");
  const kilobytes = new Intl.NumberFormat("en", { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 }).format(bytes.length / 1000);
  assert.equal(shown, say("copy_result", found.width.toLocaleString("en"), found.height.toLocaleString("en"), kilobytes));
});

test("a long picture goes into parts that leave nothing out, each with its caption", async () => {
  await open(records.long, { width: 900 });
  await drag(page, secretAt);
  await page.select("#highest", "4000");
  await ready(page);
  const { bytes } = await saved("save", ".zip");
  const entries = await new ZipReader(new BlobReader(new Blob([bytes]))).getEntries();
  const names = entries.map(({ filename }) => filename);
  const pictures = entries.filter(({ filename }) => filename.endsWith(".png"));
  assert.ok(pictures.length >= 3 && pictures[0].filename.endsWith(`-1of${pictures.length}.png`), names.join());
  assert.ok(names.some((name) => name.endsWith(".txt")));
  const each = Math.ceil(12_000 / pictures.length);
  for (const [at, entry] of pictures.entries()) {
    const content = Buffer.from(await entry.getData(new Uint8ArrayWriter()));
    const high = Math.min(each, 12_000 - at * each);
    const box = at === 0 ? { left: 290, top: 110, width: 220, height: 80 } : undefined;
    const found = await looked(page, content, "image/png", records.long, { box, from: at * each, compare: high });
    assert.deepEqual([found.width, found.differ, found.secrets], [800, 0, 0], entry.filename);
    assert.ok(found.height <= 4000 && found.height > high, entry.filename);
  }
  const said = await page.evaluate(() => globalThis.drawn.map(({ text }) => text));
  for (let at = 1; at <= pictures.length; at += 1) assert.ok(said.includes(say("copy_part", at, pictures.length)));
});

test("by keyboard: added, moved, sized, taken away, and back", async () => {
  await open(records.usual);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.id);
  const place = () => page.$eval(".covered:focus", ({ style }) => [style.left, style.top, style.width, style.height].map(parseFloat));
  for (let step = 0; (await focused()) !== "add"; step += 1) {
    assert.ok(step < 10);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  assert.equal(await focused(), say("copy_covered_part", 1, 1));
  const first = await place();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const moved = await place();
  assert.deepEqual(moved.map((value, at) => Math.round((value - first[at]) * [10, 7, 10, 7][at])), [8, 8, 0, 0]);
  await page.keyboard.down("Shift");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.up("Shift");
  assert.deepEqual((await place()).map((value, at) => Math.round((value - moved[at]) * [10, 7, 10, 7][at])), [0, 0, -8, 8]);
  await page.focus("#add");
  await page.keyboard.press("Enter");
  assert.deepEqual(await covers(), [say("copy_covered_part", 1, 2), say("copy_covered_part", 2, 2)]);
  await page.keyboard.down("Shift");
  await page.keyboard.press("Tab");
  await page.keyboard.up("Shift");
  assert.equal(await focused(), say("copy_covered_part", 1, 2));
  await page.keyboard.press("Delete");
  assert.equal(await focused(), say("copy_covered_part", 1, 1));
  await page.keyboard.down("Control");
  await page.keyboard.press("z");
  await page.keyboard.up("Control");
  assert.equal((await covers()).length, 2);
  assert.equal(await textOf("#covered"), say("copy_covered_other", 2));
  await page.focus("#undo");
  for (let step = 0; step < 10; step += 1) await page.keyboard.press("Enter");
  assert.deepEqual(await covers(), []);
  await ready(page);
  assert.ok(!(await captionOf(page)).some(({ text }) => text.includes("covered")));
});

test("a part is moved, sized and kept within the picture by the mouse", async () => {
  await open(records.usual);
  await drag(page, secretAt);
  const middle = async (selector) => page.$eval(selector, (found) => { const { x, y, width, height } = found.getBoundingClientRect(); return [x + width / 2, y + height / 2]; });
  const box = () => page.$eval(".covered", ({ style }) => [style.left, style.top, style.width, style.height].map(parseFloat));
  const pull = async (selector, across, down) => {
    const [x, y] = await middle(selector);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + across, y + down, { steps: 3 });
    await page.mouse.up();
  };
  const first = await box();
  await pull(".covered", 50, 30);
  const moved = await box();
  assert.ok(moved[0] > first[0] && moved[1] > first[1] && moved[2] === first[2]);
  await pull(".corner", 40, 20);
  const sized = await box();
  assert.ok(sized[0] === moved[0] && sized[2] > moved[2] && sized[3] > moved[3]);
  await pull(".covered", 3000, 0);
  const [left, , width] = await box();
  assert.ok(Math.abs(left + width - 100) < 0.01);
  assert.equal((await covers()).length, 1);
});

test("by touch: a drag covers, and the button takes away", async () => {
  await open(records.usual);
  await page.$eval("#stage", (stage) => stage.scrollIntoView({ block: "start" }));
  const { x, y } = await page.$eval("#stage img", (image) => image.getBoundingClientRect().toJSON());
  const finger = await page.touchscreen.touchStart(x + 100, y + 100);
  await finger.move(x + 180, y + 130);
  await finger.move(x + 260, y + 160);
  await finger.end();
  await page.waitForSelector(".covered:focus");
  assert.deepEqual(await covers(), [say("copy_covered_part", 1, 1)]);
  await page.click("#remove");
  assert.deepEqual(await covers(), []);
});

test("from right to left the caption begins at the right, and all of it is in the band", async () => {
  await open(records.narrow);
  for (const width of [360, 1000]) {
    const { lines, height } = await page.evaluate(async (record, wide) => {
      const { drawBand, layout, rowsOf } = await import("/copy-caption.js");
      const band = layout(rowsOf(record, 2, 1, 3), wide, 15);
      globalThis.drawn.length = 0;
      drawBand(new OffscreenCanvas(wide, band.height).getContext("2d"), band, 0, wide, true);
      return { lines: globalThis.drawn, height: band.height };
    }, records.narrow, width);
    assert.ok(lines.every(({ from, to, y }) => from >= 0 && to <= width && y >= 0 && y + 15 <= height));
    assert.equal(lines.find(({ text }) => text === say("copy_caption_order")).to, width - 15);
    const said = lines.map(({ text }) => text);
    for (const text of [say("copy_part", 1, 3), say("copy_covered_other", 2)]) assert.ok(said.includes(text), text);
  }
});

for (const [name, id, key] of [
  ["no id", "", "copy_unknown"],
  ["an unknown id", "00000000-0000-4000-8000-000000000099", "copy_unknown"],
  ["a broken id", encodeURIComponent("<b>'\"\u0000%"), "copy_unknown"],
  ["a huge id", "9".repeat(100_000), "copy_unknown"],
  ["a picture that is not what was captured", "00000000-0000-4000-8000-000000000004", "copy_changed"],
]) {
  test(`${name}: one clear sentence`, async () => {
    page = await chromium.ownPage(`copy.html?capture=${id}`);
    await page.waitForSelector("#said p");
    assert.equal(await textOf("#said"), say(key));
    assert.equal(await page.$("#save, .covered"), null);
  });
}

test("axe finds nothing, in light, dark, from right to left and at 360 px", async () => {
  await open(records.usual);
  await drag(page, secretAt);
  await accessible(page);
});
