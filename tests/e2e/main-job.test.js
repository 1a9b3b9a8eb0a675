// The main job as a new user does it: a parcel is lost, so learn the deadline, say it, keep what is asked for, take the dossier
// along. Once with the mouse alone, once with the keyboard alone, each from a fresh installation.
//
// An act is what a person means: a click, or with the keyboard the walk to a place and the key there. At three seconds each:
//   mouse     22 acts, 22 x 3 = 66 s of 120
//   keyboard  19 acts, 19 x 3 = 57 s of 120
// On the way the keyboard presses 153 keys, most of them Tab held down or pressed in a row: at one every three seconds these alone
// would be more than seven minutes. No time is measured: acts and presses are bounded, and printed in each run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { openShop } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { vault } from "./vault.js";

const run = promisify(execFile);
const secondsOfAnAct = 3;
const mostActs = 120 / secondsOfAnAct;
const mostPresses = 200;
const pill = "#redress-pill";
const forward = ["Tab"];
const back = ["Shift", "Tab"];

let shop;
let chromium;
let downloads;
let order;

beforeEach(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop, welcome: true });
  downloads = await Downloads.open();
  order = shop.orders.find(({ name }) => name === "transit_near_end");
});

afterEach(async () => {
  await chromium?.close();
  await shop?.close();
  await downloads?.remove();
});

// --- What both hands share ---

class Hand {
  acts = 0;
  presses = 0;
  pages = 0;

  // The page that opens by what `work` does, once it is drawn.
  async opens(part, work, ready) {
    const known = new Set(chromium.browser.targets());
    const opened = chromium.opening((target) => !known.has(target) && target.url().includes(part));
    await work();
    const page = await opened;
    await page.setViewport({ width: 1280, height: 800 });
    await this.visits(page, ready);
    return page;
  }

  async visits(page, ready) {
    await page.waitForSelector(ready);
    await page.bringToFront();
    this.pages += 1;
  }

  // Back to a tab that is open: a click on it, or the browser's own keys.
  async turnTo(page) {
    await page.bringToFront();
    this.acts += 1;
    this.presses += 1;
  }

  // The card of the overlay, opened where it is a pill. A person waits until it stands still: it goes out of the way of what comes.
  async card(page, keys) {
    const overlay = chromium.standing(page);
    let before;
    const drawn = await until(async () => {
      const [id, place] = (await overlay.run((shadow) => {
        const found = shadow.querySelector("#redress-card, #redress-pill");
        return found && [found.id, JSON.stringify(found.getBoundingClientRect())];
      }).catch(() => null)) ?? [];
      const still = place && place === before;
      before = place;
      return still && id;
    }, "an overlay that stands still");
    const isCard = () => overlay.run((shadow) => Boolean(shadow.querySelector("#redress-card #capture"))).catch(() => false);
    // Where there is room a page that had its time to fill makes it a card by itself, maybe while the way to the pill is walked.
    if (drawn === "redress-pill") await this.press(page, pill, overlay, keys).catch(async (error) => { if (!(await isCard())) throw error; });
    await until(isCard, "the card");
    return overlay;
  }

  async captureInOverlay(page) {
    const overlay = await this.card(page);
    await this.press(page, "#capture", overlay);
    await overlay.waitForText("Capture kept");
  }
}

class Mouse extends Hand {
  name = "mouse";

  async prepare() {}

  // A click; what is out of sight is scrolled to first, which is an act too.
  async press(page, selector, inside) {
    this.acts += 1;
    if (inside) return inside.click(selector);
    const element = await page.waitForSelector(selector);
    if (!(await element.isIntersectingViewport({ threshold: 1 }))) this.acts += 1;
    await element.click();
  }

  // The browser draws the open list outside of the page, where no test can click: the second click is made as it would end.
  async chooseFirst(page, selector) {
    const element = await page.waitForSelector(selector);
    if (!(await element.isIntersectingViewport({ threshold: 1 }))) this.acts += 1;
    this.acts += 2;
    await page.select(selector, await page.$eval(selector, (select) => select.options[1].value));
  }

  // A tab that our button was never clicked in is captured from the popup, by two clicks.
  async capture(page) {
    const popup = await chromium.clickToolbar(page);
    this.acts += 1;
    await this.press(popup, "#capture");
    await popup.waitForSelector("#notice img[src^='blob:']");
    // The popup tells the page too, after itself.
    await chromium.standing(page).waitForText("Capture kept");
    await popup.close().catch(() => {});
    await page.bringToFront();
  }
}

class Keyboard extends Hand {
  name = "keyboard";
  stops = 0;

  // No test can press the browser's own shortcut. The permission that the settings offer lets the overlay's button do the same; asking
  // for it is no part of the job and is not counted, but it is done with the keyboard.
  async prepare() {
    const extensions = await chromium.browser.newPage();
    await extensions.goto("chrome://extensions");
    await extensions.evaluate((id) => chrome.developerPrivate.addHostPermission(id, "<all_urls>"), chromium.id);
    await extensions.close();
    const settings = await chromium.ownPage("options.html");
    await settings.bringToFront();
    await this.press(settings, "#capture-anywhere");
    await settings.waitForSelector("#capture-anywhere[aria-pressed=true]");
    await settings.close();
    this.acts = this.presses = 0;
  }

  async key(page, ...keys) {
    this.presses += 1;
    for (const one of keys.slice(0, -1)) await page.keyboard.down(one);
    await page.keyboard.press(keys.at(-1));
    for (const one of keys.slice(0, -1)) await page.keyboard.up(one);
  }

  // Where the focus is: whether it is the one that `selector` finds, and how its outline looks where it is ours.
  async focus(page, selector, inside) {
    const look = `((root, own) => {
      const active = root?.activeElement;
      if (!active || active === document.body) return null;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(active);
      // On the button inside of a day or an hour the browser draws a ring of its own.
      const inner = /^(date|time)/.test(active.type) && !active.matches(":focus-visible");
      const visible = inner || outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && !/, 0\\)$/.test(outlineColor);
      const { width, height } = active.getBoundingClientRect();
      return { found: active.matches(${JSON.stringify(selector)}), ours: own, visible: visible && width > 0 && height > 0, what: active.outerHTML.slice(0, 160) };
    })`;
    if (page.url().startsWith("chrome-extension:")) return page.evaluate(`${look}(document, true)`);
    const [realm] = page.extensionRealms();
    const ours = await realm.evaluate(`(() => {
      const host = document.activeElement;
      return host?.localName.startsWith("redress-") ? ${look}(chrome.dom.openOrClosedShadowRoot(host), true) : null;
    })()`);
    // Ours and the shop's are not told apart by the selector alone.
    if (ours || inside) return ours;
    return page.evaluate(`${look}(document, false)`);
  }

  // Goes with Tab to what `selector` finds. Each stop at something of ours can be seen.
  async walk(page, selector, inside, keys = forward) {
    for (let step = 0; step < 150; step += 1) {
      const focus = await this.focus(page, selector, inside);
      if (focus?.ours) {
        this.stops += 1;
        assert.ok(focus.visible, `the focus cannot be seen on ${focus.what}`);
      }
      if (focus?.found) return;
      await this.key(page, ...keys);
    }
    assert.fail(`Tab does not reach ${selector} on ${page.url()}`);
  }

  async press(page, selector, inside, keys) {
    this.acts += 1;
    if (!inside) await page.waitForSelector(selector);
    await this.walk(page, selector, inside, keys);
    await this.key(page, "Enter");
  }

  async chooseFirst(page, selector) {
    this.acts += 1;
    await page.waitForSelector(selector);
    await this.walk(page, selector);
    await this.key(page, "ArrowDown");
  }

  capture(page) {
    return this.captureInOverlay(page);
  }
}

// --- The job ---

async function mainJob(hand) {
  await hand.prepare();
  const welcome = await chromium.opening((target) => target.url().endsWith("/welcome.html"));
  await welcome.setViewport({ width: 1280, height: 800 });
  await hand.visits(welcome, "#orders");
  const shopPage = await hand.opens("/p/order/index.html", () => hand.press(welcome, "#orders"), "redress-badge");

  await hand.press(shopPage, `a[data-pl="order_item_header_detail"][href*="${order.id}"]`);
  await hand.visits(shopPage, "redress-overlay");
  // The last of the page's blocks.
  await shopPage.waitForSelector(".order-recommend *");
  // The page moved on without loading, so the keyboard stands where the list's link was, below our overlay.
  const overlay = await hand.card(shopPage, back);
  await overlay.waitForText("Act by");
  const text = await overlay.text();
  const [, month, day] = order.truth.refund_if_not_delivered_before.split("-").map(Number);
  const deadline = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric" }).format(new Date(2026, month - 1, day));
  assert.match(text, new RegExp(`Act by .*Ends \\w+, ${deadline}, .*From the page`, "s"));

  const casePage = await hand.opens("/case.html", () => hand.press(shopPage, "#case", overlay), "#problem");
  await hand.chooseFirst(casePage, "#ask-reason select");
  await casePage.waitForSelector("#expect");
  const listed = await casePage.$$eval("#captures li.missing", (lines) => lines.map(({ id }) => id));
  assert.deepEqual(listed.toSorted(), ["capture-chat", "capture-order_detail", "capture-snapshot", "capture-tracking"]);

  const orderPage = await hand.opens("/p/order/detail.html", () => hand.press(casePage, "#capture-order_detail button"), "redress-overlay");
  await hand.capture(orderPage);
  await hand.press(orderPage, ".order-detail-item-snapshot a");
  await until(() => orderPage.url().includes("/snapshot.html"), "the listing as it was");
  await hand.visits(orderPage, "redress-overlay");
  await hand.captureInOverlay(orderPage);

  let last;
  for (const [kind, address, before] of [["chat", "/p/message/", "snapshot"], ["tracking", "/p/tracking/", "chat"]]) {
    await hand.turnTo(casePage);
    // It draws itself anew when it is looked at again: what is pressed must not move meanwhile.
    await until(async () => !(await casePage.$(`#capture-${before}.missing`)), "the page to say what was captured");
    last = await hand.opens(address, () => hand.press(casePage, `#capture-${kind} button`), "redress-overlay");
    await hand.capture(last);
  }

  const lastCard = await hand.card(last);
  const dossier = await hand.opens("/dossier.html", () => hand.press(last, "#dossier", lastCard), "#download");
  const archive = await downloads.from(dossier, () => hand.press(dossier, "#download"));

  const { stdout } = await run(path.join(root, "target/debug/redress"), ["verify", archive]);
  assert.match(stdout, /The dossier holds/);
  const { cases, records } = await vault(dossier);
  assert.deepEqual(records.map(({ page }) => page).toSorted(), ["chat", "order_detail", "snapshot", "tracking"]);
  assert.ok(records.every(({ order_id }) => order_id === order.id));
  assert.ok(JSON.stringify(cases.find(({ order_id }) => order_id === order.id)).includes("not_received"));
  await casePage.bringToFront();
  await until(async () => (await casePage.$$("#captures li.missing")).length === 0, "a list with nothing missing");
}

function report(t, { name, acts, presses, pages, stops }) {
  t.diagnostic(`${name}: ${acts} acts on ${pages} pages, ${acts * secondsOfAnAct} s at one every ${secondsOfAnAct} s`);
  if (name === "keyboard") t.diagnostic(`${name}: ${presses} key presses, ${stops} stops at something of ours, each with a visible focus`);
  assert.ok(acts <= mostActs, `${acts} acts are more than ${mostActs}`);
  assert.ok(presses <= mostPresses, `${presses} key presses are more than ${mostPresses}`);
}

for (const Kind of [Mouse, Keyboard]) {
  test(`from a fresh installation to the dossier: ${Kind.name.toLowerCase()}`, async (t) => {
    const hand = new Kind();
    await mainJob(hand);
    report(t, hand);
  });
}
