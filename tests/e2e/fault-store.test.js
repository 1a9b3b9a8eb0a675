// What the database, the clock and an update do to a capture: after each fault the vault holds, nothing is half there, and the user
// was told.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openShop } from "../site/shop.js";
import { capturing, say } from "./capturing.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { allow, badgeOf, openLong, startWhole, untold } from "./long.js";
import { faultOf } from "./sound.js";
import { vault } from "./vault.js";

const run = promisify(execFile);

let downloads;
let shop;
let chromium;
let own;
let at;
let updates = 0;

before(async () => {
  downloads = await Downloads.open();
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  // From a folder of its own, which an update changes.
  await cp(dist, path.join(downloads.folder, "extension"), { recursive: true });
  await openBuyer();
});

async function openBuyer() {
  chromium = await openChromium({ shop, extension: path.join(downloads.folder, "extension") });
  await chromium.closeWelcome();
  own = await chromium.ownPage("guides.html");
  at = capturing(shop, chromium, own);
}

after(async () => {
  await chromium?.close();
  await shop?.close();
  await downloads?.remove();
});

const inWorker = async (work, ...values) => (await chromium.worker()).evaluate(work, ...values);

// One capture from the overlay, and what was said of it.
async function captured(page) {
  const before = await at.countOf();
  await at.press(page, "capture");
  const answer = await at.told(page, before);
  await at.dismiss(page);
  return answer;
}

test("a write for which there is no room, or which the browser aborts, keeps nothing, says so, and the next one is kept", async () => {
  const page = await at.openOrder();
  const before = await vault(own);
  for (const [store, error, words] of [
    ["records", "QuotaExceededError", say("room_none")], ["pictures", "QuotaExceededError", say("room_none")], ["chain", "QuotaExceededError", say("room_none")],
    ["pictures", "abort", null], ["chain", "abort", null], ["chain", "later", null],
  ]) {
    await inWorker((name, kind) => {
      const real = IDBObjectStore.prototype.add;
      IDBObjectStore.prototype.add = function (...values) {
        if (this.name !== name) return real.apply(this, values);
        IDBObjectStore.prototype.add = real;
        if (kind === "QuotaExceededError") throw new DOMException("the browser's own words", kind);
        if (kind === "abort") this.transaction.abort();
        const request = real.apply(this, values);
        if (kind === "later") request.onsuccess = () => this.transaction.abort();
        return request;
      };
    }, store, error);
    const answer = await captured(page);
    assert.equal(answer.kept, false, `${store} ${error}`);
    if (words) assert.ok(answer.words.includes(words), answer.words);
  }
  const { records, chain, pictures } = await vault(own);
  assert.deepEqual({ records, chain, pictures }, { records: before.records, chain: before.chain, pictures: before.pictures });
  assert.equal((await captured(page)).kept, true);
  await page.close();
});

// A capture in a vault that begins anew. The page's order went with the old one, and its overlay with the order, until it is read again.
async function again(page) {
  await at.press(page, "capture");
  await until(async () => (await at.countOf().catch(() => 0)) === 1, "the capture in a new database");
  assert.equal(await faultOf(own), null);
  await page.reload();
  await chromium.overlay(page).waitForText("Next step");
  await allow(chromium, page);
}

test("a database that is closed, deleted or cannot be opened once is opened again", async () => {
  const page = await at.openOrder();
  assert.equal((await captured(page)).kept, true);
  // All that is kept goes, and the connection with it.
  const session = await own.createCDPSession();
  await session.send("Storage.clearDataForOrigin", { origin: new URL(own.url()).origin, storageTypes: "indexeddb" });
  await again(page);
  await own.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.deleteDatabase("redress");
    request.onsuccess = done;
    request.onerror = () => failed(request.error);
  }));
  await again(page);
  // The worker lets go of it when the browser tells it so, and cannot open it for as long as the browser refuses.
  await inWorker(() => {
    const real = IDBFactory.prototype.open;
    globalThis.refused = 0;
    globalThis.allow = () => { IDBFactory.prototype.open = real; };
    IDBFactory.prototype.open = () => { globalThis.refused += 1; throw new DOMException("Internal error.", "UnknownError"); };
  });
  await session.send("Storage.clearDataForOrigin", { origin: new URL(own.url()).origin, storageTypes: "indexeddb" });
  const ask = () => own.evaluate(() => chrome.runtime.sendMessage({ kind: "popup", url: null, search: null }));
  await until(async () => (await ask()) === null && inWorker(() => globalThis.refused), "the refusal");
  await inWorker(() => globalThis.allow());
  assert.ok((await ask()).view);
  await page.close();
});

test("a clock that is set back is logged as it is, in the order of the chain, and no capture waits for it", async () => {
  const page = await at.openOrder("completed_open");
  await captured(page);
  await inWorker(() => {
    const now = Date.now;
    Date.now = () => now() - 3_600_000;
  });
  for (let each = 0; each < 2; each += 1) assert.equal((await captured(page)).kept, true);
  const { chain } = await vault(own);
  const [first, second] = chain.slice(-3);
  assert.ok(Date.parse(second.at) < Date.parse(first.at) - 3_500_000);
  const dossier = await chromium.ownPage(`dossier.html?order=${at.orderOf("completed_open")}`);
  await dossier.waitForSelector("#download");
  const archive = await downloads.from(dossier, () => dossier.click("#download"));
  const { stdout } = await run(path.join(root, "target/debug/redress"), ["verify", archive]);
  assert.match(stdout, /The dossier holds/);
  assert.match(stdout, /clock/i);
  await dossier.close();
  await page.close();
  await chromium.stopWorker();
});

test("where the browser does not say how much room there is, nothing is missing but that", async () => {
  const page = await at.openOrder();
  await inWorker(() => { navigator.storage.estimate = () => Promise.reject(new TypeError("no estimate")); });
  const answer = await captured(page);
  assert.equal(answer.kept, true);
  assert.ok(!answer.words.includes(say("room_short")));
  for (const file of ["options.html", "backup.html", "popup.html"]) {
    const one = await chromium.browser.newPage();
    await one.evaluateOnNewDocument(() => { navigator.storage.estimate = () => Promise.reject(new TypeError("no estimate")); });
    await one.goto(own.url().replace("guides.html", file));
    await one.waitForSelector(file === "popup.html" ? "#settings:not(:empty)" : "#notice");
    await one.close();
  }
  await page.close();
});

// Puts a newer copy in the place of the one that runs. Our own pages end with it.
async function update() {
  const file = path.join(downloads.folder, "extension/manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...manifest, version: [...manifest.version.split(".").slice(0, 3), updates += 1].join(".") }));
  await chromium.browser.installExtension(path.join(downloads.folder, "extension"));
  own = await until(() => chromium.ownPage("guides.html").catch(() => null), "the new one");
  // The new worker starts when it is asked something.
  await own.evaluate(() => chrome.runtime.sendMessage({ kind: "capture_state" }));
  at = capturing(shop, chromium, own);
  chromium.extension = (await chromium.browser.extensions()).get(chromium.id);
}

// What the old script shows of itself, in its own world.
const shownOf = (page) => until(async () => {
  const [realm] = page.extensionRealms();
  return realm?.evaluate(`(() => {
    const elements = [...document.querySelectorAll("redress-overlay")];
    return { hidden: elements.map((element) => element.hidden), ended: !chrome.runtime?.id };
  })()`).then((state) => state.ended && !state.hidden.includes(true) && state, () => null);
}, "the page as it was");

test("an update during a capture keeps nothing half, leaves the page as it was, and the new version opens the vault", async () => {
  const page = await at.openOrder();
  const before = await vault(own);
  await inWorker(() => {
    chrome.tabs.captureVisibleTab = () => { globalThis.waiting = true; return new Promise(() => {}); };
  });
  await at.press(page, "capture");
  const worker = await chromium.worker();
  await until(() => worker.evaluate(() => globalThis.waiting), "the picture");
  assert.equal(await page.$eval("redress-overlay", (overlay) => overlay.hidden), true);
  await update();
  assert.deepEqual((await shownOf(page)).hidden, [false]);
  await page.close();

  const { records, chain, pictures } = await vault(own);
  assert.deepEqual({ records, chain, pictures }, { records: before.records, chain: before.chain, pictures: before.pictures });
  assert.equal(await faultOf(own), null);
  assert.match(await own.evaluate(() => chrome.runtime.getManifest().version), /\.1$/);
  const next = await at.openOrder();
  assert.equal((await captured(next)).kept, true);
  await next.close();
});

test("an update during the picture of a whole page does so too", async () => {
  // The old worker of the last update stays among the targets of its browser.
  await chromium.close();
  await openBuyer();
  const page = await openLong(chromium, { height: 6000 });
  await allow(chromium, page);
  const before = await vault(own);
  const tabId = await startWhole(chromium);
  await until(async () => {
    assert.equal(await untold(chromium), undefined);
    return /^[2-9]\/\d+$/.test(await badgeOf(chromium, tabId));
  }, "the second picture");
  const marks = () => page.evaluate(() => document.querySelectorAll("[data-redress-pose]").length + scrollY);
  assert.notEqual(await marks(), 0);
  await update();
  await until(async () => (await marks()) === 0, "the page as it was");
  const { records, chain, pictures } = await vault(own);
  assert.deepEqual({ records, chain, pictures }, { records: before.records, chain: before.chain, pictures: before.pictures });
  await page.close();
});
