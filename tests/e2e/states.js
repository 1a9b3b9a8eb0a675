// What the running extension makes of the orders of the sample shop: what it answers, and what stands on its overlay.
import { isDeepStrictEqual } from "node:util";
import { until } from "./chromium.js";
import { vault } from "./vault.js";

const shopAt = (path) => `https://www.aliexpress.com${path}`;
const pages = {
  detail: { path: "/p/order/detail.html", query: "orderId=", drawn: ".order-price" },
  tracking: { path: "/p/tracking/index.html", query: "tradeOrderId=", drawn: ".tracking-wrap-v2" },
  chat: { path: "/p/message/index.html", query: "fromCode=order&orderId=", drawn: ".chat" },
};

// Looks at the list of orders down to its last card: some things of an order stand only there.
export async function visitList(page, count) {
  await page.bringToFront();
  await page.goto(shopAt("/p/order/index.html"));
  const badges = async () => (await page.$$("redress-badge")).length;
  for (let shown = 10; shown < count; shown += 10) {
    await until(async () => (await badges()) === shown, `${shown} badges on the list`);
    await page.$eval(".order-more button", (more) => more.click());
  }
  await until(async () => (await badges()) === count, `${count} badges on the list`);
}

// Opens the pages of an order as a buyer does, the order's own page last, and waits until all of each is stored.
export async function visitOrder({ page, own }, { id, truth, tracking }, more = []) {
  const parcels = tracking?.trackingDetailLineList.length > 0;
  for (const kind of [...more, ...(parcels ? ["tracking"] : []), "detail"]) {
    const { path, query, drawn } = pages[kind];
    await page.goto(shopAt(`${path}?${query}${id}`));
    await page.waitForSelector(drawn);
    // By script, because the overlay may lie over the arrow. An unpaid order has no rows behind one.
    if (kind === "detail" && truth.paid_on) await page.$eval(".order-detail-order-info .switch-icon", (arrow) => arrow.click());
    await stored({ page, own }, id, path);
  }
}

// Waits until the extension has stored what its own collector takes from the page as it stands.
async function stored({ page, own }, orderId, path) {
  const { plan } = await own.evaluate((url) => chrome.runtime.sendMessage({ kind: "page_opened", url }), page.url());
  await until(async () => {
    const [realm] = page.extensionRealms();
    const there = await realm?.evaluate(`redressCollect(${JSON.stringify(plan)}, document, location)`);
    const { cases } = await vault(own);
    const looks = cases.find((file) => file.order_id === orderId)?.looks ?? [];
    const kept = looks.map((look) => look.snapshot).find(({ address }) => address.includes(path));
    return there && kept && isDeepStrictEqual(kept.root.regions, there.root.regions.filter(({ name }) => name === "order"));
  }, `all of ${path} of ${orderId} in the store`);
}

// State, deadlines, next step and flags of an order, as the extension's core writes them into a dossier.
async function answered(own, orderId) {
  const { state, next, deadlines, flags } = await own.evaluate(async (order) => {
    const { archiveOf } = await import("/archive.js");
    const { files } = await archiveOf(order);
    return JSON.parse(files.find(({ path }) => path === "case.json").content.text).case;
  }, orderId);
  return { order_id: orderId, state, next, deadlines, flags };
}

// The whole text of the overlay, and of it how things stand, what to do and why, until when, who says so, what is missing.
const said = (overlay) => overlay.run((shadow) => {
  // Between a mark and its sentence there is room on the screen, and no space in the text.
  const words = (element) => [...element.childNodes].map((node) => node.textContent.trim()).filter(Boolean).join(" ");
  const texts = (selector) => [...shadow.querySelectorAll(selector)].map(words);
  return {
    text: shadow.textContent,
    screen: {
      state: texts("#now .state h3").join(" "),
      step: texts("#next .step").join(" "),
      why: texts("#next .why").join(" "),
      until: texts("#now > :is(.left, .what, .act, .until)").join(" · "),
      basis: texts("#now > .basis").join(" · "),
      missing: texts("#evidence .missing > :not(.spoken, svg), #evidence .why"),
    },
  };
});

// The whole text that the overlay of an order should have now, drawn in a page of the extension's.
const drawn = (own, url, orderId) => own.evaluate(async (asked) => {
  const { overlay } = await chrome.runtime.sendMessage({ kind: "redraw", ...asked, notice: null });
  const place = document.createElement("div");
  redressDraw.draw(place, overlay, { onAction() {} });
  return place.textContent;
}, { url, orders: [orderId] });

// What the extension answers of an order, once its overlay on the open page says all of it.
export async function standing({ chromium, page, own }, orderId) {
  const overlay = chromium.overlay(page);
  return until(async () => {
    const [answer, expected] = [await answered(own, orderId), await drawn(own, page.url(), orderId)];
    const shown = await said(overlay);
    return shown?.text === expected && { ...answer, screen: shown.screen };
  }, `the overlay of ${orderId} to say what the extension answers`);
}

// Takes a picture of the overlay alone.
export async function portrait(chromium, page, path) {
  const clip = await chromium.overlay(page).waitFor((shadow) => {
    const { x, y, width, height } = shadow.querySelector("#redress-card").getBoundingClientRect();
    return { x, y, width, height };
  });
  await page.screenshot({ path, clip, captureBeyondViewport: false });
}
