// Every saved page of tests/pages in the real browser: the extension's collector, with the plan that the running
// extension gives, takes from the browser's own parse what the command line takes from the same bytes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";
import { buildNative, nativeSnapshot } from "./native.js";

const folder = path.join(root, "tests/pages");
const slugs = readdirSync(folder).sort();

let shop;
let chromium;
let own;

before(async () => {
  await buildNative();
  shop = await openShop();
  chromium = await openChromium({ shop });
  own = await chromium.ownPage("popup.html");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

// A tab that shows `html` at `url`. The policy lets nothing run and nothing load; scripting itself stays on, as with a
// buyer, so that `noscript` is parsed in the same way.
async function openSaved(html, url) {
  const page = await chromium.browser.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url() !== url || !request.isNavigationRequest()) return request.abort();
    return request.respond({ status: 200, contentType: "text/html; charset=utf-8", headers: { "content-security-policy": "default-src 'none'" }, body: html });
  });
  await page.goto(url, { waitUntil: "domcontentloaded" });
  return page;
}

// Runs the collector where the extension runs it: in its own world of that page.
async function collected(page, plan) {
  const realm = await until(() => page.extensionRealms()[0], "the content script");
  return realm.evaluate(`redressCollect(${JSON.stringify(plan)}, document, location)`);
}

test("there are saved pages", () => assert.ok(slugs.length > 40, `${slugs.length} directories`));

for (const slug of slugs) {
  test(`${slug}: browser and command line collect the same`, async () => {
    const file = path.join(folder, slug, "page.html");
    const { url } = JSON.parse(readFileSync(path.join(folder, slug, "case.json"), "utf8"));
    const { plan } = await own.evaluate((asked) => chrome.runtime.sendMessage({ kind: "page_opened", url: asked }), url);
    const expected = await nativeSnapshot(file, url);
    const page = await openSaved(readFileSync(file), url);
    try {
      if (plan) {
        assert.deepEqual(await collected(page, plan), expected);
        return;
      }
      assert.deepEqual(expected.root, { name: "page", by: "address", fields: [], regions: [] });
      assert.deepEqual(page.extensionRealms(), [], "no script of ours on a page that is not the shop's");
    } finally {
      await page.close();
    }
  });
}

test("the comparison can fail", async () => {
  const url = "https://www.aliexpress.com/p/order/index.html";
  const { plan } = await own.evaluate((asked) => chrome.runtime.sendMessage({ kind: "page_opened", url: asked }), url);
  const file = path.join(folder, "list-cards/page.html");
  const html = readFileSync(file, "utf8");
  const page = await openSaved(html.replaceAll("8200000000000001", "8200000000000091"), url);
  assert.notDeepEqual(await collected(page, plan), await nativeSnapshot(file, url));
  await page.close();
});
