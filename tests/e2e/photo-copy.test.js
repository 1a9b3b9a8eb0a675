// Copies of the user's own photos in real headless Chromium: where there is a way to one, what its caption says, and that nothing
// of what the camera wrote into the original is in it.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";
import { captionOf, drag, looked, openCopy, ready, secret } from "./copying.js";
import { Downloads } from "./downloads.js";
import { accessible } from "./own-page.js";
import { traces, withCamera } from "./photos.js";
import { say } from "./texts.js";
import { vault } from "./vault.js";

const order = "8200000000000043";
// The pictures as they are stored, and where on them the secret colour stands. The camera says of each that it is to be shown a
// quarter turned to the right, which browsers follow but in WebP.
const [wide, high] = [1200, 800];
const stored = { left: 240, top: 160, width: 480, height: 160 };
const turned = { left: high - stored.top - stored.height, top: stored.left, width: stored.height, height: stored.width };
const photos = {
  "label.jpg": { type: "image/jpeg", shown: turned, across: high, down: wide },
  "label.png": { type: "image/png", shown: turned, across: high, down: wide },
  "label.webp": { type: "image/webp", shown: stored, across: wide, down: high },
};
const others = {
  "label.heic": Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"),
  "letter.pdf": Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "latin1"),
  // Large enough to be kept by its digest only.
  "large.jpg": Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(20_000_001)]),
};

let downloads;
let shop;
let chromium;
let own;
let page;
let known;
const records = {};

before(async () => {
  downloads = await Downloads.open();
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage(`case.html?order=${order}`);
  await own.waitForSelector("#add-files-open");
  const bytes = { ...others, "clear.png": await made("image/png", true) };
  for (const [name, { type }] of Object.entries(photos)) bytes[name] = withCamera[type](await made(type), 6);
  await own.$eval("#own-outside", (toggle) => toggle.click());
  const files = await Promise.all(Object.entries(bytes).map(async ([name, content]) => {
    const file = path.join(downloads.folder, name);
    await writeFile(file, content);
    return file;
  }));
  await (await own.$("#own-files")).uploadFile(...files);
  await own.$eval("#add-files-now", (button) => button.click());
  await until(async () => {
    known = await vault(own);
    return known.records.length === files.length;
  }, "the files in the vault");
  for (const record of known.records) records[record.name] = record;
  for (const name of Object.keys(photos)) for (const trace of traces.slice(3)) assert.ok(bytes[name].includes(trace), `${name} holds what must not be handed on`);
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

// A picture without any data of a camera: stripes with the secret colour on them; or a black line on nothing.
const made = async (type, clear = false) => Buffer.from(await own.evaluate(async (given) => {
  const context = new OffscreenCanvas(given.wide, given.high).getContext("2d", { alpha: given.clear });
  if (!given.clear) {
    for (let left = 0; left < given.wide; left += 40) {
      context.fillStyle = `rgb(${(left / 6) % 200} 120 230)`;
      context.fillRect(left, 0, 40, given.high);
    }
    context.fillStyle = `rgb(${given.secret.join(" ")})`;
    context.fillRect(given.spot.left, given.spot.top, given.spot.width, given.spot.height);
  } else {
    context.fillRect(100, 100, 300, 20);
  }
  const bytes = new Uint8Array(await (await context.canvas.convertToBlob({ type: given.type, quality: 0.95 })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}, { type, clear, wide, high, secret, spot: stored }), "base64");

const saved = (id, ending) => downloads.by(page, id, ending);

// Of what a picture consists that a canvas writes: chunks, or the markers of segments. APP2 is its colours, which are always sRGB.
const parts = { "image/png": ["IHDR", "sRGB", "IDAT", "IEND"], "image/jpeg": ["e0", "e2", "db", "c0", "c4"] };

// The markers of a JPEG up to its scan.
function markersOf(bytes) {
  const found = [];
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) found.push(bytes[at + 1].toString(16));
  return found;
}

function chunksOf(bytes) {
  const found = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) found.push(bytes.toString("latin1", at + 4, at + 8));
  return found;
}

for (const [name, { type, shown, across, down }] of Object.entries(photos)) {
  test(`${name}: the copy is as it is shown, covered where it shall be, and holds nothing that the camera wrote`, async () => {
    const record = records[name];
    page = await openCopy(chromium, record);
    await drag(page, shown);
    for (const [form, ending] of [["image/jpeg", ".jpg"], ["image/png", ".png"]]) {
      await page.select("#type", form);
      await ready(page);
      const { name: file, bytes } = await saved("save", ending);
      assert.match(file, /^redress-copy-photo-\d{8}T\d{6}Z\.(jpg|png)$/);
      // The form of a photo lets the colours beside an edge shine over it, by one of its blocks of 16 pixels.
      const [x, y] = [shown.left + 16, shown.top + 16];
      const found = await looked(page, bytes, form, record, { box: { left: x, top: y, width: shown.width - 32, height: shown.height - 32 } });
      assert.deepEqual([found.width, found.notBlack, found.secrets], [across, 0, 0], `${type} as ${form}`);
      assert.ok(found.height > down, "a band lies below the picture");
      for (const trace of traces) assert.ok(!bytes.includes(trace), `${trace.toString("latin1")} as ${form}`);
      const beside = (form === "image/png" ? chunksOf : markersOf)(bytes).filter((part) => !parts[form].includes(part));
      assert.deepEqual(beside, [], "nothing but the picture");
    }
    assert.deepEqual(await vault(own), known, "the original stays as it was");
  });
}

test("uncovered, the secret is in the copy where it is shown", async () => {
  page = await openCopy(chromium, records["label.jpg"]);
  assert.equal(await page.$eval("#type", ({ value }) => value), "image/jpeg", "the form of a photo is offered first");
  const { bytes } = await saved("save", ".jpg");
  const found = await looked(page, bytes, "image/jpeg", records["label.jpg"], {});
  assert.ok(found.secrets > turned.width * turned.height * 0.9, `${found.secrets}`);
});

test("the caption says what is true of a file that was added, and the list the same with each part", async () => {
  const record = records["label.jpg"];
  page = await openCopy(chromium, record);
  const lines = await captionOf(page, "copy_caption_name");
  const said = lines.map(({ text }) => text);
  const added = record.added_at.slice(0, 19).replace("T", " ");
  for (const part of [say("copy_caption_name"), "label.jpg", say("copy_caption_added"), `${added} UTC`, order, record.sha256, say("copy_caption_own", record.extension_version)]) {
    assert.ok(said.join(" ").includes(part), `${part} in ${said}`);
  }
  for (const part of ["https:", say("copy_caption_utc"), say("copy_caption_address"), "undefined", "NaN"]) assert.ok(!said.join(" ").includes(part), part);
  assert.ok(lines.every(({ from, to, y, width, height }) => from >= 0 && to <= width && y >= wide && y + 15 <= height), "nothing is cut");
  await drag(page, turned);
  const text = (await saved("save-list", ".txt")).bytes.toString();
  const [, left, top, width, height] = /: (\d+) from the left, (\d+) from the top, (\d+) wide, (\d+) high/.exec(text).map(Number);
  assert.ok(left <= turned.left && top <= turned.top && left + width >= turned.left + turned.width && top + height >= turned.top + turned.height, text);
  assert.ok(left > turned.left - 8 && top > turned.top - 8, "in pixels of the picture as it is shown");
  const stem = `photo-${record.added_at.replace(/\.\d+/, "").replaceAll(/[-:]/g, "")}`;
  for (const part of [say("copy_list_original", `${stem}.jpg`, record.bytes), "label.jpg", record.sha256, `redress-copy-${stem}.jpg`]) assert.ok(text.includes(part), `${part} in\n${text}`);
});

test("what is transparent is white in the copy, not as if it were covered", async () => {
  page = await openCopy(chromium, records["clear.png"]);
  await page.click("#caption");
  await ready(page);
  const { bytes } = await saved("save", ".png");
  const found = await looked(page, bytes, "image/png", records["clear.png"], { box: { left: 0, top: 0, width: wide, height: high } });
  assert.deepEqual([found.width, found.height, found.notBlack], [wide, high, wide * high - 300 * 20]);
});

test("a way to the copy stands where the file is shown and its picture is kept, and nowhere else", async () => {
  const names = [...Object.keys(photos), "clear.png"].sort();
  const offered = (from, kind) => from.evaluate((wanted) => [...document.querySelectorAll("[data-action]")].map((one) => JSON.parse(one.dataset.action)).filter((action) => action.do === wanted), kind);
  const named = (ids) => ids.map((id) => Object.values(records).find((record) => record.id === id).name).sort();
  assert.deepEqual(named((await offered(own, "copy")).map(({ id }) => id)), names);
  page = await chromium.ownPage(`dossier.html?order=${order}`);
  await page.waitForSelector("#exhibits .exhibit");
  assert.deepEqual(named((await offered(page, "open_copy")).map(({ capture_id: id }) => id)), names);
  const { id } = records["label.webp"];
  for (const [from, button] of [[own, `[id="copy-${id}"]`], [page, `[id="buttons-${id}"] [data-action*="open_copy"]`]]) {
    const opened = chromium.opening((target) => target.url().endsWith(`copy.html?capture=${id}`));
    await from.$eval(button, (one) => one.click());
    await (await opened).close();
  }
});

for (const name of Object.keys(others)) {
  test(`${name}: by hand there is one clear sentence and no copy`, async () => {
    page = await chromium.ownPage(`copy.html?capture=${records[name].id}`);
    await page.waitForSelector("#said p");
    assert.equal(await page.$eval("#said", (part) => part.textContent), say("copy_unknown"));
    assert.equal(await page.$("#save, .covered"), null);
  });
}

test("axe finds nothing on the page of a photo's copy, and nothing sticks out", async () => {
  page = await openCopy(chromium, records["label.jpg"]);
  await drag(page, turned);
  await accessible(page);
});
