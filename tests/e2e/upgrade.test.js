// A vault that an earlier version wrote opens, whole: it is summed up, shown, continued, made a dossier of, backed up and restored.
// So does a backup of that time.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { downloadZip } from "client-zip";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { schemas, writeEarlier } from "./earlier.js";
import { buildNative } from "./native.js";
import { restored } from "./restored.js";
import { vault } from "./vault.js";

const run = promisify(execFile);
const row = `#order-${SAMPLE_ORDER_ID}`;
const today = Number(/^const version = (\d+);$/m.exec(await readFile(path.join(dist, "store.js"), "utf8"))[1]);

let shop;
let chromium;
let kept;

// Reads rows of a store in a page of ours that does not open the database itself.
const rowOf = (page, store, key) => page.evaluate((name, id) => new Promise((done) => {
  const opening = indexedDB.open("redress");
  opening.onsuccess = () => {
    const { result: database } = opening;
    const asking = database.transaction(name).objectStore(name).get(id);
    asking.onsuccess = () => {
      database.close();
      done({ version: database.version, row: asking.result });
    };
  };
}), store, key);

before(async () => {
  await buildNative();
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  const shopPage = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
  await chromium.overlay(shopPage).waitForText("Next step");
  await shopPage.close();
  const page = await chromium.ownPage("guides.html");
  kept = {
    file: await until(async () => (await rowOf(page, "cases", SAMPLE_ORDER_ID)).row, "the case"),
    summary: await until(async () => (await rowOf(page, "summaries", SAMPLE_ORDER_ID)).row, "its summary"),
  };
  await page.close();
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const verify = (file) => run(path.join(root, "target/debug/redress"), ["verify", file]).then(() => ({ holds: true }), ({ stdout }) => assert.fail(stdout));

// The vault of a schema, which nobody has opened yet.
async function earlier(schema) {
  for (const page of await chromium.browser.pages()) if (page.url().startsWith("chrome-extension:")) await page.goto("about:blank");
  await chromium.stopWorker();
  const page = await chromium.ownPage("guides.html");
  const written = await writeEarlier(page, schema, kept);
  return { page, ...written };
}

async function capture() {
  const page = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
  await chromium.overlay(page).waitForText("Next step");
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#capture");
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  await popup.close().catch(() => {});
  await page.close();
}

for (const schema of schemas) {
  test(`schema ${schema.version}`, async () => {
    const { page, records, entries } = await earlier(schema);
    const popup = await chromium.ownPage("popup.html");
    await popup.waitForSelector(row);
    assert.match(await popup.$eval(row, (found) => found.textContent), /You can open a dispute/);
    await popup.close();
    const summary = await rowOf(page, "summaries", SAMPLE_ORDER_ID);
    assert.equal(summary.version, today);
    assert.ok(summary.row.until > Date.now(), "an outdated summary gave way to another one");

    const opened = await vault(page);
    assert.deepEqual(opened.records, records);
    assert.deepEqual(opened.chain, entries);
    for (const { id, sha256 } of records) assert.equal(opened.pictures.find((picture) => picture.id === id)?.sha256, sha256);

    await capture();
    const continued = await vault(page);
    assert.deepEqual(continued.chain.slice(0, -1), entries);
    assert.equal(continued.chain.at(-1).prev, entries.at(-1).hash);
    assert.ok(continued.chain.at(-1).signature, "what comes now is signed");
    const told = await page.evaluate(async () => (await import("./store.js")).overview());
    const bytes = continued.records.reduce((sum, record) => sum + record.bytes, 0);
    assert.deepEqual(told.map(({ order_id, captures, bytes: all }) => [order_id, captures, all]), [[SAMPLE_ORDER_ID, records.length + 1, bytes]]);
    assert.ok(await restored(chromium, SAMPLE_ORDER_ID, verify), "dossier and backup hold, and all comes back");
    await page.close();
  });
}

// The form that backups have had from the first one on, here of a vault from before there were keys.
test("a backup of the first form", async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "redress-earlier-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { page, records, entries } = await earlier(schemas[0]);
  const pictures = await page.evaluate(async (ids) => {
    const { picture } = await import("./store.js");
    return Promise.all(ids.map(async (id) => Array.from(new Uint8Array(await (await picture(id)).arrayBuffer()))));
  }, records.map(({ id }) => id));
  const document = {
    format: "redress-vault", format_version: 1, extension_version: "0.1.0", created_at: "2026-11-26T06:00:00.000Z",
    cases: [kept.file], records, chain: entries, chains: [], keys: [], settled: {}, letters: {},
  };
  const files = [
    ["README.txt", Buffer.from("A backup of that time.\n")], ["vault.json", Buffer.from(JSON.stringify(document))],
    ...records.map(({ id }, at) => [`pictures/${id}.png`, Buffer.from(pictures[at])]),
  ];
  const sums = files.map(([name, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`).join("");
  const archive = downloadZip([...files, ["SHA256SUMS", Buffer.from(sums)]].map(([name, input]) => ({ name, input })));
  const file = path.join(folder, "backup.zip");
  await writeFile(file, Buffer.from(await archive.arrayBuffer()));

  await page.evaluate(() => chrome.runtime.sendMessage({ kind: "erase" }));
  assert.deepEqual((await vault(page)).records, []);
  const backup = await chromium.ownPage("backup.html");
  await backup.waitForSelector("#check-now");
  await (await backup.$("#file")).uploadFile(file);
  await backup.$eval("#check-now", (button) => button.click());
  await backup.waitForSelector("#ask-replace");
  await backup.$eval("#ask-replace", (button) => button.click());
  await backup.$eval("#yes", (button) => button.click());
  const restoredVault = await until(async () => {
    const now = await vault(page);
    return now.records.length === records.length && now;
  }, "what was backed up");
  assert.deepEqual([restoredVault.records, restoredVault.chain], [records, entries]);
  await backup.close();
  await page.close();
});
