// The same build in real headless Firefox ESR: it loads, and draws the overlay on a page with the strict CSP.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openShop } from "../site/shop.js";
import { patience, until } from "./chromium.js";
import { look, openFirefox } from "./firefox.js";

test("Firefox loads the extension and draws the overlay", async () => {
  const shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  const firefox = await openFirefox({ shop });
  try {
    const { id } = shop.orders.find((order) => order.name === "transit_near_end");
    const page = await firefox.browser.newPage();
    page.setDefaultTimeout(patience);
    await page.goto(`https://www.aliexpress.com/p/order/detail.html?orderId=${id}`, { waitUntil: "domcontentloaded" });
    const overlay = await until(async () => {
      const found = await look(page, "redress-overlay").catch(() => null);
      return found?.text.includes("Ask for a longer delivery time") && found;
    }, "the overlay in Firefox");
    assert.equal(overlay.mode, "closed");
    for (const part of ["On its way", "Act by", "Pacific time", "Refund if no delivery before"]) assert.ok(overlay.text.includes(part), overlay.text);
    assert.deepEqual(await page.evaluate(() => window.__violations), []);
  } finally {
    await firefox.close();
    await shop.close();
  }
});
