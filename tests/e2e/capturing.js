// Captures from the overlay, and what is true after each of them whatever came in between.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { dist, until } from "./chromium.js";
import { allow } from "./long.js";
import { faultOf } from "./sound.js";
import { vault } from "./vault.js";

const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
export const say = (key) => texts[key].message;
export const orderPage = (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`;

// In a browser, with a page of ours that reads the vault.
export function capturing(shop, chromium, own) {
  const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

  // The page of an order whose picture the browser allows.
  async function openOrder(name = "choice") {
    const page = await chromium.open(orderPage(orderOf(name)));
    await chromium.overlay(page).waitForText("Next step");
    await allow(chromium, page);
    return page;
  }

  const countOf = async () => (await vault(own)).records.length;
  const noticeOf = (page) => chromium.standing(page).run((shadow) => shadow.querySelector("#notice")?.textContent ?? null);
  const press = (page, action) => chromium.overlay(page).click(`[data-action*='"${action}"']`);

  async function dismiss(page) {
    await press(page, "dismiss");
    await until(async () => (await noticeOf(page)) === null, "the notice to go");
  }

  // What the overlay says of the capture, once it stands there again, and whether that is so.
  async function told(page, before) {
    const words = await until(() => noticeOf(page), "the notice");
    assert.equal(await page.$$eval("redress-overlay", ([overlay]) => overlay.hidden), false, "our elements are back");
    const kept = words.includes(say("notice_kept"));
    assert.ok(kept || words.includes(say("notice_failed")), words);
    assert.equal(await countOf(), before + (kept ? 1 : 0), words);
    assert.equal(await faultOf(own), null);
    return { kept, words };
  }

  // Nothing is noted of a capture any more. Whoever was told before the worker ended wakes no other one; else an alarm does, after half
  // a minute.
  const isOver = () => own.evaluate(async () => Boolean(await chrome.runtime.sendMessage({ kind: "popup", url: null, search: null })) && !(await chrome.storage.session.get("taking")).taking && !(await chrome.alarms.get("taking")));

  return { orderOf, openOrder, countOf, noticeOf, press, dismiss, told, isOver };
}
