// Access: axe-core finds nothing on the overlay, the badge and any page of ours, in light, dark, from right to left, and in a
// narrow window.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, root } from "./chromium.js";

const axe = await readFile(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const shop_ = "https://www.aliexpress.com/p";
const orderPage = `${shop_}/order/detail.html?orderId=${SAMPLE_ORDER_ID}`;

const looks = [
  { name: "light" },
  { name: "dark", scheme: "dark" },
  { name: "from right to left", dir: "rtl" },
  { name: "360 px, dark", scheme: "dark", width: 360 },
];

let shop;
let chromium;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  const page = await chromium.open(orderPage);
  await chromium.overlay(page).waitForText("Next step");
  // A case with all that can stand on it.
  for (const [topic, text] of [
    ["reason", "size"], ["event", "dispute_opened"], ["event", "offer"], ["rail.visa", "yes"], ["rail.paypal", "yes"],
    ["is.credit", "yes"], ["country", "GB"], ["trick.close_dispute", "yes"], ["tick.own_photos", "yes"],
    ["length.R14", "5"], ["limit", "buyer_reply 2099-01-01T10:00"],
  ]) await say({ do: "state", order_id: SAMPLE_ORDER_ID, topic, value: text });
  const popup = await chromium.clickToolbar(page);
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  await popup.close().catch(() => {});
  await page.close();
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

async function say(action) {
  const page = await chromium.ownPage("guides.html");
  await page.evaluate((asked) => chrome.runtime.sendMessage({ kind: "act", action: asked }), action);
  await page.close();
}

// What axe finds on a page that was made ready, in every look.
async function judge(page) {
  await page.evaluate(axe);
  const found = [];
  for (const { name, scheme = "light", dir = "ltr", width = 1280 } of looks) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.evaluate((direction) => { document.documentElement.dir = direction; }, dir);
    const violations = await page.evaluate(async () => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      const { violations: all } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
      return all.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
    });
    found.push(...violations.map((violation) => `${name}: ${violation}`));
  }
  return found;
}

for (const [name, file, ready] of [
  ["the popup", "popup.html", "#all .orders"],
  ["the page of a case", `case.html?order=${SAMPLE_ORDER_ID}`, "#letters textarea"],
  ["the dossier", `dossier.html?order=${SAMPLE_ORDER_ID}`, ".exhibit img[src^='blob:']"],
  ["the list of guides", "guides.html", "#view h1"],
  ["a guide", "guides.html#system_busy", "#view ol"],
  ["the settings", "options.html", "#view .orders"],
  ["the introduction", "welcome.html", "#sample"],
  ["the list at the side", "popup.html?panel", "#all .orders"],
  ["the backup", "backup.html", "#make-now"],
  ["trusted time", "timestamp.html", "#check"],
  ["a comparison", `compare.html?order=${SAMPLE_ORDER_ID}`, "#choice h2"],
]) {
  test(name, async () => {
    const page = await chromium.ownPage(file);
    await page.waitForSelector(ready);
    assert.deepEqual(await judge(page), []);
    await page.close();
  });
}

// axe cannot look into a closed shadow root: the same trees are drawn by the same drawer, with the same styles, on a page of
// ours.
test("the overlay, a card's badge and the bar of a list", async () => {
  const page = await chromium.ownPage("dossier.html?order=none");
  await page.waitForSelector("#view *");
  await page.evaluate(async (url, order) => {
    const ask = (request) => chrome.runtime.sendMessage({ kind: "redraw", orders: [order], ...request });
    const { overlay } = await ask({ url });
    const { badges, list } = await ask({ url: "https://www.aliexpress.com/p/order/index.html" });
    document.title = "Redress";
    document.querySelector("main").replaceChildren(...[overlay, badges[0].node, list].map((tree) => {
      const place = document.createElement("div");
      redressDraw.draw(place, tree, { onAction() {} });
      return place;
    }));
  }, orderPage, SAMPLE_ORDER_ID);
  // The overlay lies on a page that has a heading of its own.
  const found = (await judge(page)).filter((violation) => !/page-has-heading-one|heading-order|region:/.test(violation));
  assert.deepEqual(found, []);
  await page.close();
});
