// Takes pictures of all that a user sees, in several widths, colours, languages and sizes of text, as one sheet for each screen
// in docs/pictures/, and looks at each screen for what is cut off, too wide, or lies over something else.
import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { openShop } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";
import { vault } from "./vault.js";

const folder = path.join(root, "docs/pictures");
const heights = { 360: 740, 768: 1024, 1280: 800 };
const languages = ["en", "de", "ar"];
const schemes = ["light", "dark"];
const limit = 2_000_000;

// Every width, colour, language and size of text at least once, each beside others.
const some = [
  [360, "light", "en", 1], [360, "dark", "ar", 1], [768, "light", "de", 1], [768, "dark", "en", 1],
  [1280, "light", "ar", 1], [1280, "dark", "de", 1], [1280, "light", "en", 2], [768, "dark", "ar", 2], [768, "light", "de", 2],
];
const all = Object.keys(heights).flatMap((width) => schemes.flatMap((scheme) =>
  languages.flatMap((language) => [1, 2].map((zoom) => [Number(width), scheme, language, zoom]))));

// Screens by name: [picture, caption] in the order in which they were taken.
const sheets = new Map();
const found = new Set();
// Nobody asks a page to hold in less (WCAG 1.4.10): what is wrong there is printed and is no failure.
const narrowest = 320;
let failed = false;

// Text twice as large leaves half of the window: that is what the page's zoom does.
async function dress(page, [width, scheme, , zoom]) {
  // Nothing is on its way when the picture is taken.
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  await page.setViewport({ width: Math.round(width / zoom), height: Math.round(heights[width] / zoom), deviceScaleFactor: zoom });
}

async function take(name, page, variant, look) {
  const [width, scheme, language, zoom] = variant;
  const caption = `${width} px, ${scheme}, ${language}, ${zoom * 100} %`;
  for (const fault of (await look()) ?? []) {
    found.add(`${name}, ${caption}: ${fault}`);
    failed ||= width / zoom >= narrowest;
  }
  const picture = await page.screenshot({ encoding: "base64", captureBeyondViewport: false });
  sheets.set(name, [...(sheets.get(name) ?? []), [picture, caption]]);
}

// What is wrong with a screen of ours, in words. Runs inside the page, on the document or on a shadow root: it may use nothing
// from outside of itself.
function faults(whole) {
  const out = [];
  const named = (element) => `${element.localName}${element.id ? `#${element.id}` : ""} “${(element.textContent || element.value || element.ariaLabel || "").trim().slice(0, 40)}”`;
  const page = whole.documentElement;
  if (page && page.scrollWidth > page.clientWidth) out.push(`the page is ${page.scrollWidth} px wide in ${page.clientWidth}`);

  for (const element of whole.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    // What is said to those who hear the page only has no room on purpose.
    if (!element.checkVisibility() || element.clientWidth < 2 || !/hidden|clip/.test(style.overflowX) || style.textOverflow === "ellipsis") continue;
    if (element.scrollWidth > element.clientWidth + 1) out.push(`${named(element)} is cut off: ${element.scrollWidth} px in ${element.clientWidth}`);
  }

  // The part of an element that can be seen and clicked: what scrolls inside the screen hides the rest.
  const seen = (element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let above = element.parentElement; above && above !== document.documentElement; above = above.parentElement) {
      if (getComputedStyle(above).overflowY === "visible") continue;
      const box = above.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return { element, left, top, right, bottom };
  };
  const stays = (element) => element && (/fixed|sticky/.test(getComputedStyle(element).position) || stays(element.parentElement));
  const parts = [...whole.querySelectorAll("button, a[href], input, select, textarea, summary")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !stays(element))
    .map(seen).filter(({ left, top, right, bottom }) => right - left > 1 && bottom - top > 1);
  for (const [place, one] of parts.entries()) {
    for (const other of parts.slice(place + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 1 && down > 1) out.push(`${named(one.element)} and ${named(other.element)} lie over each other`);
    }
  }
  return out;
}

const variantsOf = (variants, language) => variants.filter(([, , its]) => its === language);

async function ownPage(chromium, name, file, ready, language, fits = () => true) {
  const page = await chromium.ownPage(file);
  await page.waitForSelector(ready);
  for (const variant of variantsOf(some, language).filter(fits)) {
    await dress(page, variant);
    await take(name, page, variant, () => page.evaluate(`(${faults})(document)`));
  }
  await page.close();
}

async function shopPages(chromium, order, language) {
  const list = await chromium.open("https://www.aliexpress.com/p/order/index.html");
  await until(async () => (await list.$$("redress-badge")).length === 10, "ten badges");
  for (const variant of variantsOf(some, language)) {
    await dress(list, variant);
    await list.bringToFront();
    await take("list", list, variant, () => chromium.list(list).run(faults));
  }
  await list.close();

  const page = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${order}`);
  await page.waitForSelector(".order-recommend *");
  const standing = chromium.standing(page);
  for (const variant of variantsOf(some, language)) {
    await dress(page, variant);
    await standing.waitFor((shadow) => shadow.querySelector("#redress-pill, #redress-card"));
    await take("pill", page, variant, () => standing.run(faults));
  }
  for (const variant of variantsOf(all, language)) {
    await dress(page, variant);
    await chromium.overlay(page).waitFor((shadow) => {
      const card = shadow.querySelector("#redress-card");
      card?.querySelector("#body")?.scrollTo(0, 0);
      return card;
    });
    await take("overlay", page, variant, () => standing.run(faults));
  }
  await page.close();
}

// A case with an answer and two pictures, so that no screen is empty. Answers with the ids of the pictures.
async function fill(chromium, order) {
  const page = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${order}`);
  await page.waitForSelector("redress-overlay");
  await page.waitForSelector(".order-recommend *");
  const popup = await chromium.clickToolbar(page);
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  // What has changed since stands in the other picture.
  await page.evaluate(() => scrollBy({ top: 60, behavior: "instant" }));
  const [tab_id] = await popup.evaluate(async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true })).map(({ id }) => id));
  await popup.evaluate((tab_id) => chrome.runtime.sendMessage({ kind: "capture", trigger: "popup", tab_id }), tab_id);
  const ids = (await vault(popup)).records.map(({ id }) => id);
  await popup.evaluate((order_id) => chrome.runtime.sendMessage({ kind: "act", action: { do: "state", order_id, item: null, topic: "reason", value: "not_received" } }), order);
  await popup.close().catch(() => {});
  await page.close();
  return ids;
}

// The pictures side by side, each under its name, as one small picture.
async function writeSheet(chromium, name, pictures) {
  const page = await chromium.browser.newPage();
  await page.setViewport({ width: 1360, height: 800 });
  await page.setContent(`<style>
    body { margin: 12px; display: flex; flex-wrap: wrap; gap: 12px; font: 12px sans-serif; background: #ccc; }
    figure { margin: 0; } img { display: block; height: ${pictures.length > some.length ? 280 : 360}px; }
  </style>${pictures.map(([picture, caption]) => `<figure><figcaption>${caption}</figcaption><img src="data:image/png;base64,${picture}"></figure>`).join("")}`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: "jpeg", quality: 50, fullPage: true });
  await page.close();
}

const shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
const order = shop.orders.find(({ name }) => name === "transit_near_end").id;
let chromium;
try {
  for (const language of languages) {
    chromium = await openChromium({ shop, language: language === "en" ? "en-US" : language });
    await shopPages(chromium, order, language);
    const [one, other] = await fill(chromium, order);
    // The browser gives the popup the width that it asks for; at the side of the window it has less.
    const narrow = ([width, , , zoom]) => width / zoom < 384;
    await ownPage(chromium, "popup", "popup.html", "#all li", language, (variant) => !narrow(variant));
    await ownPage(chromium, "popup", "popup.html?panel", "#all li", language, narrow);
    await ownPage(chromium, "case", `case.html?order=${order}`, "#letters textarea", language);
    await ownPage(chromium, "dossier", `dossier.html?order=${order}`, ".exhibit img[src^='blob:']", language);
    await ownPage(chromium, "copy", `copy.html?capture=${one}`, "#file button", language);
    await ownPage(chromium, "comparison", `compare.html?${new URLSearchParams({ a: one, b: other })}`, "#pictures-found", language);
    await ownPage(chromium, "time-stamps", "timestamp.html", "#check", language);
    await ownPage(chromium, "backup", "backup.html", "#make-now", language);
    await ownPage(chromium, "settings", "options.html", "#ask-erase", language);
    await ownPage(chromium, "introduction", "welcome.html", "#sample", language);
    await ownPage(chromium, "guides", "guides.html#system_busy", "#view ol", language);
    await chromium.close();
  }
  chromium = await openChromium({ shop, extension: null });
  await mkdir(folder, { recursive: true });
  for (const [name, pictures] of sheets) await writeSheet(chromium, name, pictures);
} finally {
  await chromium?.close().catch(() => {});
  await shop.close();
}
const sizes = await Promise.all((await readdir(folder)).map(async (file) => (await stat(path.join(folder, file))).size));
const whole = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${sizes.length} sheets in docs/pictures/, ${whole} bytes (limit ${limit})`);
console.log(found.size ? [...found].sort().join("\n") : "Nothing is cut off, too wide, or lies over something else.");
if (failed || whole > limit) process.exitCode = 1;
