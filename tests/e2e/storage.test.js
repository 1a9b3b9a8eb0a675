// What is kept, how much room it takes, and that what is erased is gone: from every store of the browser, and from its disk.
import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { capturing, say } from "./capturing.js";
import { openChromium, until } from "./chromium.js";
import { vault } from "./vault.js";

let shop;
let chromium;
let own;
let at;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("guides.html");
  at = capturing(shop, chromium, own);
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const inWorker = async (work, ...values) => (await chromium.worker()).evaluate(work, ...values);
const press = (page, id) => page.$eval(`[id="${id}"]`, (button) => button.click());

async function openSettings() {
  const page = await chromium.ownPage("options.html");
  await page.waitForSelector("#ask-erase");
  return page;
}

test("little room is said with the capture, in the popup and in the settings, and the overlay leads there", async () => {
  const page = await at.openOrder();
  for (const [usage, quota, short] of [[81, 100, true], [70e9, 100e9, false], [6e5, 1e6, true]]) {
    await inWorker((room) => { navigator.storage.estimate = async () => room; }, { usage, quota });
    const before = await at.countOf();
    await at.press(page, "capture");
    const { kept, words } = await at.told(page, before);
    assert.equal(kept, true);
    assert.equal(words.includes(say("room_short")), short, `${usage} of ${quota}`);
    if (quota === 1e6) {
      const opened = chromium.opening((target) => target.url().endsWith("/options.html"));
      await at.press(page, "open_settings");
      await (await opened).close();
      await page.bringToFront();
    }
    await at.dismiss(page);
  }
  for (const [file, ready] of [["popup.html", "#settings:not(:empty)"], ["options.html", "#ask-erase"], ["backup.html", "#make-now"]]) {
    const one = await chromium.browser.newPage();
    await one.evaluateOnNewDocument(() => { navigator.storage.estimate = async () => ({ usage: 81, quota: 100 }); });
    await one.goto(own.url().replace("guides.html", file));
    await one.waitForSelector(ready);
    await until(() => one.$eval("body", (body, words) => body.textContent.includes(words), say("room_short")), file);
    await one.close();
  }
  await page.close();
});

// Puts the looks, statements, captures and own files of an order back by so many days; its summary says that it is over.
const age = (days, id, change) => own.evaluate(`new Promise((done, failed) => {
  const opening = indexedDB.open("redress");
  opening.onsuccess = async () => {
    const stores = ["cases", "summaries", "records"];
    const transaction = opening.result.transaction(stores, "readwrite");
    const [cases, summaries, records] = stores.map((name) => transaction.objectStore(name));
    const get = (request) => new Promise((got) => { request.onsuccess = () => got(request.result); });
    const by = ${days} * 24 * 3600 * 1000;
    const file = await get(cases.get("${id}"));
    for (const key of ["looks", "corrections", "statements"]) for (const one of file[key]) one.at = Date.now() - by;
    cases.put(file);
    const when = new Date(Date.now() - by).toISOString();
    for (const record of await get(records.index("order_id").getAll("${id}"))) records.put({ ...record, [record.kind ? "added_at" : "captured_at"]: when });
    const summary = await get(summaries.get("${id}"));
    summaries.put({ ...summary, state: "window_closed", closes: [], first: null, until: Date.now() + 1e9, ...(${JSON.stringify(change)}) });
    transaction.oncomplete = () => { opening.result.close(); done(); };
    transaction.onabort = () => failed(transaction.error);
  };
})`);

const listed = (page) => page.$$eval("[id^='over-']", (rows) => rows.map(({ id }) => id.slice(5)));

test("only orders that are over for long enough are listed, the user's exceptions stay, and nothing goes without the user", async () => {
  const names = ["completed_open", "brl", "transit_early"];
  const ids = names.map((name) => at.orderOf(name));
  for (const name of names) await (await at.openOrder(name)).close();
  // A file of the user's own is something kept of the order too.
  const page = await chromium.ownPage(`case.html?order=${ids[1]}`);
  await page.waitForSelector("#add-note-open");
  await press(page, "add-note-open");
  await page.$eval("#own-note", (field) => { field.value = "Invented note"; });
  await press(page, "add-note-now");
  await until(async () => (await vault(own)).records.some(({ kind, order_id }) => kind && order_id === ids[1]), "the note");
  await page.close();
  const settings = await openSettings();
  const choose = async (years, expected) => {
    await settings.reload();
    await settings.waitForSelector("#ask-erase");
    await press(settings, `years-${years}`);
    await settings.waitForSelector(`#years-${years}[aria-pressed="true"]`);
    await until(async () => JSON.stringify((await listed(settings)).sort()) === JSON.stringify([...expected].sort()), `the list of ${years} years: ${await listed(settings)}`);
  };
  const soon = { first: { subject: "order", kind: "close", at: Date.now() + 1e6 } };
  await age(800, ids[0], {});
  for (const [days, change, years, is] of [
    [400, {}, 1, false], [545, {}, 1, true], [400, { state: "done" }, 1, true], [360, { state: "done" }, 1, false],
    [800, { state: "in_transit" }, 1, false], [800, { state: "unknown" }, 1, false], [800, { until: 0 }, 1, false],
    [800, soon, 1, false], [800, { closes: [soon.first] }, 1, false], [800, {}, 3, false], [1100, {}, 3, true],
  ]) {
    await age(days, ids[1], change);
    await choose(years, [...(years === 1 ? [ids[0]] : []), ...(is ? [ids[1]] : [])]);
  }
  await choose(0, []);
  await age(800, ids[2], {});
  await age(800, ids[1], {});
  await choose(2, ids);

  await press(settings, `keep-${ids[1]}`);
  await settings.waitForSelector(`[id="keep-${ids[1]}"][aria-pressed="true"]`);
  const before = await vault(own);
  await settings.waitForSelector("#ask-over");
  await press(settings, "ask-over");
  assert.equal(await settings.evaluate(() => document.activeElement.id), "no");
  // Read again since it was listed: it stays.
  await age(1, ids[2], {});
  assert.deepEqual((await vault(own)).cases.length, before.cases.length);
  await press(settings, "yes");
  await until(async () => (await settings.$eval("#notice", (notice) => notice.textContent)) === say("settings_deleted"), "the words about it");
  const kept = (await vault(own)).cases.map(({ order_id }) => order_id);
  assert.deepEqual([ids[0], ids[1], ids[2]].map((id) => kept.includes(id)), [false, true, true]);
  assert.deepEqual(await listed(settings), [ids[1]]);
  assert.deepEqual(settings.problems, []);
  await settings.close();
});

// All that the stores of the extension's origin hold, as one text with each Blob's digest.
const everywhere = (page) => page.evaluate(async () => {
  const hex = async (blob) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { const opening = indexedDB.open(name); opening.onsuccess = () => done(opening.result); });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((done) => { const request = database.transaction(store).objectStore(store).getAll(); request.onsuccess = () => done(request.result); });
      for (const one of all) found.push(`${name}/${store}`, one instanceof Blob ? await hex(one) : JSON.stringify(one));
    }
    database.close();
  }
  for (const area of ["local", "session", "sync"]) found.push(JSON.stringify(await chrome.storage[area].get()));
  found.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
  for (const name of await caches.keys()) found.push(name, ...(await (await caches.open(name)).keys()).map(({ url }) => url));
  for await (const name of (await navigator.storage.getDirectory()).keys()) found.push(name);
  found.push(JSON.stringify(await chrome.alarms.getAll()), JSON.stringify(await chrome.notifications.getAll()));
  return found.join("\n");
});

// The files below a folder that hold one of these byte strings.
async function holding(folder, needles) {
  const found = [];
  // Where a folder goes while it is listed, all are listed again.
  const entries = await until(() => readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  }), "the files");
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    for (const [name, needle] of Object.entries(needles)) if (bytes.includes(needle)) found.push(`${name}: ${path.relative(folder, file)}`);
  }
  return found;
}

test("what is erased is in no store, and its pictures are in no file of the profile", async (t) => {
  const profile = await mkdtemp(path.join(os.tmpdir(), "redress-erased-"));
  t.after(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  const first = { chromium, own, at };
  chromium = await openChromium({ shop, profile });
  t.after(() => ({ chromium, own, at } = first));
  own = await chromium.ownPage("guides.html");
  at = capturing(shop, chromium, own);
  const pages = [];
  for (const name of ["choice", "brl"]) {
    const page = await at.openOrder(name);
    await at.press(page, "capture");
    await at.told(page, pages.length);
    pages.push(page);
  }
  const order = at.orderOf("brl");
  await own.evaluate((id) => {
    localStorage.setItem(`draft/${id}/chat/en`, "a letter");
    chrome.notifications.create(id, { type: "basic", iconUrl: "icons/redress-128.png", title: "A reminder", message: "of an order" });
  }, order);
  const { records, cases } = await vault(own);
  const record = records.find(({ order_id }) => order_id === order);
  const read = (id) => own.evaluate(async (capture) => {
    const { picture } = await import(chrome.runtime.getURL("store.js"));
    return Array.from(new Uint8Array(await (await picture(capture)).arrayBuffer()).slice(2000, 2064));
  }, id);
  const pictures = await Promise.all(records.map(async ({ id }) => Buffer.from(await read(id))));
  const title = JSON.stringify(cases.find(({ order_id }) => order_id === order)).match(/"item_title":"([^"]+)"|"title":\["?([^"\]]+)/)?.slice(1).find(Boolean);
  assert.match(await everywhere(own), new RegExp(record.sha256));
  assert.notDeepEqual(await holding(profile, { picture: pictures[0] }), [], "the picture lies in a file while it is kept");

  for (const page of pages) await page.close();
  const settings = await openSettings();
  await press(settings, `ask-${order}`);
  await press(settings, "yes");
  await until(async () => (await settings.$eval("#notice", (notice) => notice.textContent)) === say("settings_deleted"), "the deletion");
  const rest = await everywhere(own);
  // The log keeps that there was a capture and the digest of its record, nothing of what it shows.
  for (const gone of [record.sha256, order, ...(title ? [title] : [])]) assert.ok(!rest.includes(gone), gone);
  assert.ok(rest.includes(record.id));

  await press(settings, "ask-erase");
  await press(settings, "yes");
  await until(async () => (await settings.$eval("#notice", (notice) => notice.textContent)) === say("settings_erased"), "the end of all");
  const nothing = await everywhere(own);
  for (const gone of [...records.flatMap(({ id, sha256 }) => [id, sha256]), ...cases.map(({ order_id }) => order_id)]) assert.ok(!nothing.includes(gone), gone);
  await chromium.browser.close();
  const onDisk = () => holding(profile, { first: pictures[0], second: pictures[1], order: Buffer.from(order) });
  t.diagnostic(`after the browser was closed: ${(await onDisk()).join("; ")}`);
  // Chromium deletes the files of erased Blobs when it opens the database next, at the latest.
  chromium = await openChromium({ shop, profile });
  const popup = await chromium.ownPage("popup.html");
  await popup.waitForSelector("#view > *");
  await until(async () => !(await onDisk()).some((found) => /^(first|second)/.test(found)), "the end of the pictures");
  await chromium.browser.close();
  t.diagnostic(`after it was opened once more: ${(await onDisk()).join("; ")}`);
});
