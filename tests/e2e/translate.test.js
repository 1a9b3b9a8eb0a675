// The translated conversation in real headless Chromium, in front of the sample shop's conversation. Chromium without a head has no
// models, so a stand-in takes the translator's place; that the popup offers it is shown with the browser's own.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { CHAT } from "../site/words.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { watchRequests } from "./requests.js";
import { vault } from "./vault.js";

const axe = await readFile(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key, ...values) => texts[key].message.replace(/\$(\d)/g, (_, at) => values[at - 1]);

const productPage = "https://www.aliexpress.com/item/1005000000000001.html";

let shop;
let chromium;
let requests;
let order;
let chat;
let tabId;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  requests = await watchRequests(chromium.browser, chromium.id);
  order = shop.orders.find(({ name }) => name === "dispute_wait_buyer");
  chat = await openChat(order.id);
  tabId = await tabIdOf(chat);
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

async function openChat(orderId, shows = ".message-item") {
  const page = await chromium.open(`https://www.aliexpress.com/p/message/index.html?orderId=${orderId}`);
  await page.waitForSelector(shows);
  return page;
}

async function tabIdOf(page) {
  const own = await chromium.ownPage("guides.html");
  const id = await own.evaluate(async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url).id, page.url());
  await own.close();
  return id;
}

// Takes the translator's place in a page. `pairs` and `detector` say what is available, `speaks` which language a text has by what it
// holds. With `held` a model comes, and a message is translated, only when the test lets it go on.
function standIn({ pairs = {}, detector = "available", speaks = {}, held = false, fails = 0 }) {
  const calls = (globalThis.calls = { created: [], translated: [] });
  const waiting = (globalThis.waiting = []);
  const turn = () => (held ? new Promise((go) => waiting.push(go)) : Promise.resolve());
  const state = new Map(Object.entries(pairs));
  let failures = fails;

  async function download(key, monitor) {
    calls.created.push(key);
    if (state.get(key) === "available") return;
    if (!navigator.userActivation.isActive) throw new DOMException("no click", "NotAllowedError");
    const events = new EventTarget();
    monitor(events);
    events.dispatchEvent(Object.assign(new Event("downloadprogress"), { loaded: 0.5, total: 1 }));
    await turn();
    if ((failures -= 1) >= 0) throw new DOMException("no network", "NetworkError");
    state.set(key, "available");
  }

  state.set("detector", detector);
  globalThis.LanguageDetector = {
    availability: async () => state.get("detector"),
    async create({ monitor }) {
      await download("detector", monitor);
      return {
        async detect(text) {
          const found = Object.entries(speaks).find(([part]) => text.includes(part));
          return [...(found ? [{ detectedLanguage: found[1], confidence: 0.9 }] : [{ detectedLanguage: "sw", confidence: 0.2 }]), { detectedLanguage: "und", confidence: 0.1 }];
        },
      };
    },
  };
  globalThis.Translator = {
    availability: async ({ sourceLanguage, targetLanguage }) => (targetLanguage === "en" && state.get(sourceLanguage)) || "unavailable",
    async create({ sourceLanguage, monitor }) {
      await download(sourceLanguage, monitor);
      return {
        async translate(text) {
          calls.translated.push(text);
          await turn();
          if (text.includes("PayPal")) throw new DOMException("too long", "QuotaExceededError");
          return `<b>${sourceLanguage}</b> ${text}`;
        },
      };
    },
  };
}

// The seller writes Spanish and the buyer English, as the stand-in hears it.
const spanish = { speaks: { "Dear friend": "es", PayPal: "es", Hello: "en", "I would": "en" }, pairs: { es: "available" } };

async function open(tab, stand, ...values) {
  const page = await chromium.browser.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  await page.evaluateOnNewDocument(stand, ...values);
  await page.goto(`chrome-extension://${chromium.id}/translate.html?tab=${tab}`);
  await page.waitForSelector("#step");
  return page;
}

const begin = (page) => page.click("#read");
const said = (page) => page.$eval("#said", (line) => line.textContent);
const saidIs = (page, text) => until(async () => (await said(page)) === text, `“${text}”`);
const shown = (page) => page.$$eval(".message", (all) => all.map((one) => ({
  who: one.className, head: one.querySelector("strong").textContent, time: one.querySelector(".when").textContent,
  text: one.querySelector(".original")?.innerText ?? null, below: one.querySelector(".translation p")?.innerText ?? null,
  note: one.querySelector(".soft")?.innerText ?? null,
})));
const goOn = (page) => until(() => page.evaluate(() => {
  const go = globalThis.waiting.shift();
  go?.();
  return Boolean(go);
}), "the next turn");

test("the popup offers it on a conversation only, and nothing is read before a click", async () => {
  const popup = await chromium.clickToolbar(chat);
  await popup.waitForSelector("#translate:not([hidden])");
  const opened = chromium.opening((target) => target.url().includes("/translate.html"));
  await popup.click("#translate");
  const page = await opened;
  await page.waitForSelector("#read");
  assert.ok(page.url().endsWith(`?tab=${tabId}`), page.url());
  const all = await page.$eval("body", (body) => body.innerText);
  for (const key of ["title", "how", "browser", "model", "begin"]) assert.ok(all.includes(say(`translate_${key}`)), key);
  assert.deepEqual(await shown(page), []);
  await page.close();

  const product = await chromium.open(productPage);
  const elsewhere = await chromium.clickToolbar(product);
  // Answers come in turn: this one comes after the popup's own.
  assert.equal(await elsewhere.evaluate(async (url) => (await import("/translate-reading.js")).isConversation(url), product.url()), false);
  assert.equal(await elsewhere.$eval("#translate", (button) => button.hidden), true);
  await elsewhere.close().catch(() => {});
  await product.close();
});

test("a translation stands under what was written, and nothing else of the page does", async () => {
  const page = await open(tabId, standIn, spanish);
  await begin(page);
  await saidIs(page, say("translate_done", 2, 5));
  const messages = await shown(page);
  assert.deepEqual(messages.map(({ text }) => text), CHAT.dispute.map(({ text }) => text));
  assert.deepEqual(messages.map(({ head }) => head), CHAT.dispute.map(({ from }) => say(`translate_by_${from}`)));
  const times = await chat.$$eval(".message-time", (all) => all.map((one) => one.textContent));
  assert.deepEqual(messages.map(({ time }) => time), times);
  for (const [at, { from, text }] of CHAT.dispute.entries()) {
    const failed = text.includes("PayPal");
    assert.equal(messages[at].below, from === "seller" && !failed ? `<b>es</b> ${text}` : null, "markup stays text");
    assert.equal(messages[at].note, failed ? say("translate_failed") : from === "buyer" ? say("translate_same") : null);
  }
  const all = await page.$eval("body", (body) => body.innerText);
  assert.ok(all.includes(say("translate_no_evidence")));
  assert.ok((await chat.$eval("body", (body) => body.innerText)).includes(order.list.storeName));
  assert.ok(!all.includes(order.list.storeName), "the store's name");
  assert.ok(!all.includes(say("translate_incomplete")));
  assert.equal(await page.$$eval(".translation .mark-rule", (marks) => marks.length), 2);
  assert.deepEqual(await page.$$eval(".translation p, .seller .original", (all) => [...new Set(all.map((one) => `${one.className} ${one.lang} ${one.dir}`))].sort()), [" en auto", "original es auto"]);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("nothing is kept and nothing is asked of the network", async () => {
  const own = await chromium.ownPage("guides.html");
  const kept = JSON.stringify([await vault(own), await own.evaluate(async () => [await chrome.storage.local.get(), await chrome.storage.session.get(), { ...localStorage }])]);
  assert.ok(kept.includes("8200000000000"), "the order is kept");
  for (const { text } of CHAT.dispute) assert.ok(!kept.includes(text.slice(0, 20)), text);
  assert.deepEqual(requests, []);
  await own.close();
});

test("of a saved page the messages are read and nothing beside them", async () => {
  const saved = await chromium.open(`https://www.aliexpress.com/p/message/index.html?orderId=${order.id}&saved=1`);
  const id = await tabIdOf(saved);
  await saved.setContent(await readFile(path.join(root, "tests/pages/chat-messages/page.html"), "utf8"), { waitUntil: "domcontentloaded" });
  const page = await open(id, standIn, { speaks: { Marker: "es" }, pairs: { es: "available" } });
  await begin(page);
  await saidIs(page, say("translate_done", 4, 5));
  assert.deepEqual((await shown(page)).map(({ head, time, text }) => [head, time, text]), [
    ["You", "Aug 30, 2026 09:12", "Chat Text Marker 1: where is my parcel"],
    ["Seller", "Aug 31, 2026 03:40", "Chat Text Marker 2: please wait, Refund if no delivery before Dec 24, 2026"],
    ["You", "Sep 2, 2026 21:05", "Chat Text Marker 3"],
    ["You", "Sep 2, 2026 21:06", null],
    ["Seller", "Sep 5, 2026 14:03", "Chat Text Marker 5\ndo not open dispute 8200000000000998"],
  ]);
  const all = await page.$eval("body", (body) => body.innerText);
  for (const other of ["Marker draft", "Other Store", "Marker other", "Buyer Name", "City Marker"]) assert.ok(!all.includes(other), other);
  await page.close();
  await saved.close();
});

test("what cannot be told apart is said: a picture, a stranger among the messages, an unknown writer", async () => {
  const page = await open(tabId, standIn, spanish);
  await chat.evaluate(() => {
    const list = document.querySelector(".message-list");
    globalThis.before = [...list.children];
    const add = (look, ...inner) => {
      const one = document.createElement("div");
      one.className = look;
      one.append(...inner);
      list.append(one);
    };
    const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    add("message-item message-item-left", document.createElement("img"));
    add("message-item", line("p", "Dear friend, first line"), line("p", "second line"), line("textarea", "never this"));
    add("bubble", line("p", "not among the messages"));
  });
  await begin(page);
  await saidIs(page, say("translate_done", 3, 7));
  await chat.evaluate(() => document.querySelector(".message-list").replaceChildren(...globalThis.before));
  const [picture, unknown] = (await shown(page)).slice(-2);
  assert.deepEqual([picture.text, picture.note], [null, say("translate_no_words")]);
  assert.deepEqual([unknown.head, unknown.text], [say("translate_by_unknown"), "Dear friend, first line\nsecond line"]);
  assert.ok((await page.$eval("body", (body) => body.innerText)).includes(say("translate_incomplete")));
  await page.close();
});

test("a model is downloaded after a click only, its progress is said, and a failure can be tried again", async () => {
  const page = await open(tabId, standIn, { ...spanish, pairs: { es: "downloadable" }, held: true, fails: 1 });
  await begin(page);
  const needed = say("translate_download_pair", "Spanish");
  await saidIs(page, needed);
  assert.deepEqual(await page.evaluate(() => globalThis.calls.created), ["detector"]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "download");
  await page.keyboard.press("Enter");
  await saidIs(page, say("translate_downloading", "50%"));
  await goOn(page);
  await saidIs(page, `${say("translate_download_failed")} ${needed}`);
  await page.click("#download");
  await saidIs(page, say("translate_downloading", "50%"));
  await goOn(page);
  for (const number of [1, 2, 3]) {
    await saidIs(page, say("translate_working", number, 3));
    await goOn(page);
  }
  await saidIs(page, say("translate_done", 2, 5));
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a language that is not recognised is chosen, with the keyboard too", async () => {
  const page = await open(tabId, standIn, { speaks: { Hello: "en", "I would": "en" }, pairs: { es: "available" } });
  await begin(page);
  await saidIs(page, `${say("translate_done", 0, 5)} ${say("translate_unknown")}`);
  const names = await page.$$eval("#language option", (all) => all.map((one) => one.textContent));
  assert.ok(names.includes("Spanish") && names.includes("Chinese") && !names.includes("English"), names.join());
  assert.deepEqual(await page.evaluate(() => [document.activeElement.id, document.activeElement.value]), ["language", "zh"]);
  await page.keyboard.type("Spanish");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await saidIs(page, say("translate_done", 2, 5));
  assert.equal(await page.$("#choice"), null);
  await page.close();
});

test("a pair that the browser does not have is said", async () => {
  const page = await open(tabId, standIn, { ...spanish, pairs: {} });
  await begin(page);
  await saidIs(page, `${say("translate_done", 0, 5)} ${say("translate_no_pair", "Spanish", "English")}`);
  await page.close();
});

test("without a recogniser the language is chosen, and one that must be downloaded waits for a click", async () => {
  const without = await open(tabId, standIn, { ...spanish, detector: "unavailable" });
  await begin(without);
  await saidIs(without, say("translate_unknown"));
  await without.close();
  const page = await open(tabId, standIn, { ...spanish, detector: "downloadable" });
  await begin(page);
  await saidIs(page, say("translate_download_detector"));
  await page.click("#download");
  await saidIs(page, say("translate_done", 2, 5));
  await page.close();
});

test("without a translator it says so and offers nothing", async () => {
  const page = await open(tabId, () => { delete globalThis.Translator; });
  assert.equal(await said(page), say("translate_absent"));
  assert.deepEqual(await page.$$("#view button"), []);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a tab that is gone, shows something else or has no messages", async () => {
  const product = await chromium.open(productPage);
  const elsewhere = await tabIdOf(product);
  for (const tab of ["", "x", "2147483647", String(elsewhere)]) {
    const page = await open(tab, standIn, spanish);
    await begin(page);
    await saidIs(page, say("translate_gone"));
    await page.close();
  }
  await product.close();
  const empty = await openChat("8200000000009999", "#root");
  const page = await open(await tabIdOf(empty), standIn, spanish);
  await begin(page);
  await saidIs(page, say("translate_none"));
  assert.ok(await page.$("#read"), "it can be tried again");
  await page.close();
  await empty.close();
});

test("axe finds nothing and nothing is too wide, in every step and look", async () => {
  const steps = [
    ["start", spanish, null, null],
    ["download", { ...spanish, pairs: { es: "downloadable" } }, begin, say("translate_download_pair", "Spanish")],
    ["choice", { pairs: {} }, begin, say("translate_unknown")],
    ["done", spanish, begin, say("translate_done", 2, 5)],
  ];
  for (const [name, stand, go, ends] of steps) {
    const page = await open(tabId, standIn, stand);
    await go?.(page);
    if (ends) await saidIs(page, ends);
    await page.evaluate(axe);
    for (const [scheme, dir, width] of [["light", "ltr", 1280], ["dark", "ltr", 360], ["light", "rtl", 768], ["dark", "rtl", 320]]) {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const violations = await page.evaluate(async (direction) => {
        document.documentElement.dir = direction;
        const { violations: all } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        return all.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
      }, dir);
      assert.deepEqual(violations, [], `${name}, ${scheme}, ${dir}, ${width}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${name}, ${width}`);
    }
    await page.close();
  }
});
