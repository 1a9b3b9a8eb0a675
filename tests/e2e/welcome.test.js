// The introduction in real headless Chromium: it opens once, is a sample that never looks old, and leads on.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { rawWords } from "./watch.js";

const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key) => texts[key].message;

let shop;
let chromium;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop, welcome: true });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const introductions = () => chromium.browser.targets().filter((target) => target.url().endsWith("/welcome.html"));
const hourIn = (zone) => (moment) => new Intl.DateTimeFormat("en-US", { timeZone: zone, hour: "numeric", hourCycle: "h23" }).format(moment);

async function open() {
  const page = await chromium.ownPage("welcome.html");
  await page.waitForSelector("#sample");
  return page;
}

test("it opens once after the installation, in front, and not after an update", async () => {
  const page = await chromium.opening((target) => target.url().endsWith("/welcome.html"));
  await page.waitForSelector("#sample");
  assert.equal(await page.evaluate(() => document.visibilityState), "visible");
  await page.close();
  // Loading it again from the same folder is an update for the browser. Its answers come in turn, and the badge, behind which
  // the introduction would open, is asked for first.
  await chromium.browser.installExtension(dist);
  for (let turn = 0; turn < 3; turn += 1) {
    const own = await chromium.ownPage("guides.html");
    await until(() => own.evaluate(() => chrome.runtime.sendMessage({ kind: "popup", url: null, notice: null }).catch(() => null)), "the new worker's answer");
    await own.close();
  }
  assert.deepEqual(introductions(), []);
});

test("it says the three things, and its sample is marked as one", async () => {
  const page = await open();
  const text = await page.$eval("body", (body) => body.innerText);
  for (const key of ["title", "intro", "time_title", "time", "step_title", "step", "evidence_title", "evidence", "sample", "pin"]) assert.ok(text.includes(say(`welcome_${key}`)), key);
  assert.ok(text.includes(say("settings_privacy")) && text.includes(say("not_legal_advice")));
  assert.equal(rawWords(text), null);
  assert.equal(await page.title(), say("welcome_title"));
  assert.equal(await page.$eval("#sample", (card) => card.inert), true, "nothing in the sample can be pressed");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("the sample's parts are those of the overlay", async () => {
  const [sample, overlay, sheet] = await Promise.all(["extension/sample.js", "crate/view/overlay.rs", "extension/css/redress.css"]
    .map((file) => readFile(path.join(root, file), "utf8")));
  const looks = [...sample.matchAll(/node\("[a-z0-9]+", "([a-z -]+)"/g)].flatMap(([, look]) => look.split(" ")).filter((look) => look !== "no");
  assert.ok(looks.length > 20, `${looks.length} looks`);
  for (const look of new Set(looks)) assert.ok(sheet.includes(`.${look}`), `${look} has no style`);
  for (const look of ["card", "head", "body", "foot", "state", "left", "what", "step"]) assert.ok(overlay.includes(`"${look}"`) && looks.includes(look), look);
});

test("the sample's limit is a midnight of the shop's, six to seven days ahead, whatever the day", async () => {
  const page = await open();
  const days = [Date.now(), ...["2026-03-05T08:30:00Z", "2026-03-08T09:59:00Z", "2026-10-30T23:00:00Z", "2026-12-31T23:59:00Z", "2028-02-25T12:00:00Z"].map(Date.parse)];
  for (const now of days) {
    const { ends, quoted } = await page.evaluate(async (moment) => {
      const { sampleCard } = await import("/sample.js");
      const tree = JSON.stringify(sampleCard(moment));
      return { ends: Number(/"pacific_instant":(\d+)/.exec(tree)[1]), quoted: /Refund if no delivery before ([^"]+)"/.exec(tree)[1] };
    }, now);
    assert.equal(hourIn("America/Los_Angeles")(ends), "00");
    assert.equal(quoted, new Intl.DateTimeFormat("en-US", { timeZone: "America/Los_Angeles", dateStyle: "medium" }).format(ends));
    const left = (ends - now) / 86_400_000;
    assert.ok(left > 5.9 && left <= 7, `${left} days`);
  }
  await page.close();
});

test("its buttons lead to the orders, the settings and the guides, also by keyboard", async () => {
  const page = await open();
  for (const [id, address] of [["orders", "https://www.aliexpress.com/p/order/index.html"], ["settings", "/options.html"], ["guides", "/guides.html"]]) {
    await page.bringToFront();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
    const opened = chromium.opening((target) => target.url().endsWith(address));
    await page.keyboard.press("Enter");
    await (await opened).close();
  }
  await page.close();
});

test("it says the shortcut that the browser has, or that there is none", async () => {
  const page = await open();
  const keys = await page.evaluate(async () => (await chrome.commands.getAll()).find(({ name }) => name === "capture").shortcut);
  const hint = (shown) => (shown ? say("welcome_shortcut").replace("$1", shown) : say("welcome_no_shortcut"));
  assert.ok((await page.$eval(".hints", (list) => list.textContent)).includes(hint(keys)));
  const other = keys ? "" : "Alt+Shift+C";
  await page.evaluateOnNewDocument((shown) => { chrome.commands.getAll = async () => [{ name: "capture", shortcut: shown }]; }, other);
  await page.reload();
  await page.waitForSelector("#sample");
  assert.ok((await page.$eval(".hints", (list) => list.textContent)).includes(hint(other)));
  await page.close();
});

test("nothing is wider than a small window, and nothing moves", async () => {
  const page = await open();
  for (const width of [320, 360, 768, 1280]) {
    await page.setViewport({ width, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  }
  assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
  await page.close();
});
