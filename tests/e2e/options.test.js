// The settings in real headless Chromium: a pause reads and shows nothing, what is deleted is gone from every store and leaves
// a chain that holds, and all of it can be done with the keyboard alone.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { openShop } from "../site/shop.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { watchRequests } from "./requests.js";
import { hearMessages } from "./watch.js";

const run = promisify(execFile);
const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key) => texts[key].message;
const orderPage = (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${id}`;
const empty = { cases: [], summaries: [], records: [], pictures: [], chain: [] };

let shop;
let chromium;
let requests;
let settings;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  requests = await watchRequests(chromium.browser, chromium.id);
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

beforeEach(async () => { settings = await open(); });

afterEach(async () => {
  const { problems } = settings;
  await settings.close();
  assert.deepEqual(problems, []);
});

async function open() {
  const page = await chromium.ownPage("options.html");
  await page.waitForSelector("#ask-erase, #no");
  return page;
}

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;
const textOf = (page, selector) => page.$eval(selector, (found) => found.textContent);
const focused = (page) => page.evaluate(() => document.activeElement.id);

// Does something with the stores of the vault in a page of ours; `work` gets them by name and a way to wait for an answer.
const inVault = (page, work, ...values) => page.evaluate(`new Promise((done, failed) => {
  const opening = indexedDB.open("redress");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = async () => {
    const names = ["cases", "summaries", "records", "pictures", "chain"];
    const transaction = opening.result.transaction(names, "readwrite");
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const answer = (request) => new Promise((got) => { request.onsuccess = () => got(request.result); });
    const result = await (${work})(stores, answer, ...${JSON.stringify(values)});
    transaction.oncomplete = () => { opening.result.close(); done(result); };
  };
})`);

// The keys in every store; of the chain what happened to which capture.
const kept = (page) => inVault(page, async (stores, answer) => {
  const entries = await answer(stores.chain.getAll());
  const keys = await Promise.all(["cases", "summaries", "records", "pictures"].map(async (name) => [name, await answer(stores[name].getAllKeys())]));
  return { ...Object.fromEntries(keys), chain: entries.map(({ event }) => [event.kind, event.capture_id]) };
});

const addSummaries = (page, summaries) => inVault(page, (stores, _, all) => {
  for (const each of all) stores.summaries.put({ due: 1e15, until: 1e15, ...each });
}, summaries);

// Opens an order and captures it; its page stays open.
async function captured(id) {
  const page = await chromium.open(orderPage(id));
  await chromium.overlay(page).waitForText(id.slice(-6));
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#capture");
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  await popup.close().catch(() => {});
  return page;
}

async function reload(page) {
  await page.bringToFront();
  await page.reload();
  await page.waitForSelector("#ask-erase");
}

// Goes on with Tab until the focus is on what has this id.
async function tabTo(page, id) {
  for (let step = 0; step < 200; step += 1) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not reach ${id}`);
}

const press = (page, id) => page.$eval(`[id="${id}"]`, (button) => button.click());
const pressed = (page) => page.$$eval(".pauses button", (all) => all.filter((one) => one.ariaPressed === "true").map((one) => one.id));

test("a pause reads nothing and shows nothing, also in a page that is open; its end brings all back", async () => {
  const open = await chromium.open(orderPage(orderOf("choice")));
  await chromium.overlay(open).waitForText("Next step");
  const before = await kept(settings);
  await settings.bringToFront();
  await press(settings, "pause-aliexpress.com");
  await until(async () => (await pressed(settings)).join() === "pause-aliexpress.com", "the pause");

  const own = await chromium.ownPage("guides.html");
  const messages = await hearMessages(own);
  const mark = await messages.mark();
  const id = orderOf("transit_near_end");
  const page = await chromium.open(orderPage(id));
  await page.waitForSelector(".order-detail-order-info .info-row");
  await until(async () => (await messages.since(mark)).some(({ kind }) => kind === "page_opened"), "the page to ask");
  // What was open asks again as soon as it changes, and loses its overlay.
  await open.bringToFront();
  await open.evaluate(() => { document.querySelector(".order-status .order-block-title").textContent = "Completed"; });
  await until(async () => !(await open.$("redress-overlay")), "the overlay to go");
  assert.equal(await page.$("redress-overlay, redress-badge"), null);
  assert.ok((await messages.since(mark)).every(({ kind, snapshot }) => kind !== "page_seen" || !snapshot.address.includes(id)), "the new page sends nothing");
  assert.deepEqual(await kept(settings), before);

  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#paused:not(:empty)");
  assert.equal(await textOf(popup, "#paused"), say("settings_paused_on").replace("$1", "aliexpress.com"));
  assert.ok(!(await textOf(popup, "#view")).includes(id.slice(-6)));
  await popup.close().catch(() => {});

  await settings.bringToFront();
  await press(settings, "pause-aliexpress.com");
  await until(async () => !(await pressed(settings)).length, "the end of the pause");
  await page.bringToFront();
  await page.reload({ waitUntil: "domcontentloaded" });
  await chromium.overlay(page).waitForText("Next step");
  for (const each of [open, page, own]) await each.close();
});

test("a pause of one host leaves the others, and one of all is one step", async () => {
  await press(settings, "pause-aliexpress.ru");
  await until(async () => (await pressed(settings)).join() === "pause-aliexpress.ru", "the pause of one");
  const page = await chromium.open(orderPage(orderOf("choice")));
  await chromium.overlay(page).waitForText("Next step");
  await page.close();
  const other = await open();
  assert.deepEqual(await pressed(other), ["pause-aliexpress.ru"]);
  await press(other, "pause-all");
  // The other tab follows by itself.
  for (const each of [other, settings]) await until(async () => (await pressed(each)).length === 4, "the pause of all");
  await press(settings, "pause-all");
  for (const each of [other, settings]) await until(async () => !(await pressed(each)).length, "the end of the pause");
  await other.close();
});

test("an order that is deleted is gone from every store, and the dossier of another one holds", async (t) => {
  const [gone, stays] = [orderOf("transit_early"), orderOf("completed_open")];
  for (const id of [gone, stays]) await (await captured(id)).close();
  await settings.evaluate((order, other) => {
    for (const id of [order, `${order}/1005000000000001`, other]) localStorage.setItem(`draft/${id}/chat/en`, "{}");
  }, gone, stays);
  const before = await kept(settings);
  const [lost] = await inVault(settings, (stores, answer, id) => answer(stores.records.index("order_id").getAllKeys(id)), gone);
  assert.ok(lost && before.pictures.includes(lost));
  await reload(settings);
  assert.match(await textOf(settings, `[id="order-${gone}"]`), /Captures: 1 \(\d/);

  await press(settings, `ask-${gone}`);
  assert.equal(await textOf(settings, ".ask p"), say("settings_ask_order"));
  await press(settings, "no");
  assert.deepEqual(await kept(settings), before, "the question alone deletes nothing");
  await press(settings, `ask-${gone}`);
  await press(settings, "yes");
  await until(async () => (await textOf(settings, "#notice")) === say("settings_deleted"), "the words about it");

  const without = (list, one) => list.filter((each) => each !== one);
  assert.deepEqual(await kept(settings), {
    cases: without(before.cases, gone), summaries: without(before.summaries, gone),
    records: without(before.records, lost), pictures: without(before.pictures, lost),
    chain: [...before.chain, ["deleted", lost]],
  });
  assert.equal(await settings.$(`[id="order-${gone}"]`), null);
  assert.deepEqual(await settings.evaluate(() => Object.keys(localStorage)), [`draft/${stays}/chat/en`]);

  const downloads = await Downloads.open();
  t.after(() => downloads.remove());
  const dossier = await chromium.ownPage(`dossier.html?order=${stays}`);
  await dossier.waitForSelector(".exhibit img[src^='blob:']");
  const archive = await downloads.from(dossier, () => dossier.$eval("#download", (button) => button.click()));
  const { stdout } = await run(path.join(root, "target/debug/redress"), ["verify", archive]);
  assert.match(stdout, /The dossier holds/);
  await dossier.close();
});

test("an order that two tabs delete is deleted once, and the other tab follows", async () => {
  const id = orderOf("brl");
  await (await captured(id)).close();
  await reload(settings);
  const other = await open();
  for (const page of [settings, other]) await press(page, `ask-${id}`);
  for (const page of [settings, other]) await press(page, "yes");
  for (const page of [settings, other]) {
    await page.bringToFront();
    await until(async () => (await textOf(page, "#notice")) === say("settings_deleted"), "the words about it");
    assert.equal(await page.$(`[id="order-${id}"]`), null);
  }
  const { chain, cases } = await kept(settings);
  assert.ok(!cases.includes(id));
  const deleted = chain.filter(([kind]) => kind === "deleted").map(([, capture]) => capture);
  assert.equal(new Set(deleted).size, deleted.length, "one tombstone for each");
  await other.close();
});

test("captures without an order have a line of their own", async () => {
  const before = await kept(settings);
  const id = await settings.evaluate(async () => {
    const [{ keepCapture }, { digestOf }] = await Promise.all(["vault", "camera"].map((name) => import(`./${name}.js`)));
    const blob = new Blob(["a picture"], { type: "image/png" });
    const { capture_id } = await keepCapture([{ draft: {
      trigger: "popup", mode: "viewport", url: "https://www.aliexpress.com/item/1005000000000001.html", title: "A page of no order", width: 8, height: 8,
      device_pixel_ratio: 1, orders: [], browser: "a browser", extension_version: "0.1.0", bytes: blob.size, media_type: blob.type,
    }, picture: blob, sha256: await digestOf(blob) }]);
    return capture_id;
  });
  await reload(settings);
  assert.ok((await textOf(settings, "#order-unfiled")).includes(say("settings_unfiled")));
  await press(settings, "ask-unfiled");
  assert.equal(await textOf(settings, ".ask p"), say("settings_ask_unfiled"));
  await press(settings, "yes");
  await until(async () => !(await settings.$("#order-unfiled")), "the line to go");
  const { records, cases, chain } = await kept(settings);
  assert.ok(!records.includes(id));
  assert.deepEqual(cases, before.cases);
  assert.deepEqual(chain.at(-1), ["deleted", id]);
});

test("a hundred orders are shown, the greatest number first, and the search finds every one; hostile titles stay text", async () => {
  const hostile = '<img src=x onerror="document.title=1"> </li>';
  const number = (at) => `82000000000001${String(at).padStart(2, "0")}`;
  const many = Array.from({ length: 100 }, (_, at) => ({ order_id: number(at), name: `Sample lamp ${at}` }));
  await addSummaries(settings, [...many, { order_id: "8200000000000000", name: hostile }]);
  await reload(settings);
  const rows = () => settings.$$eval(".orders li", (items) => items.map((item) => item.id));
  const shown = await rows();
  assert.equal(shown.length, 100);
  assert.deepEqual(shown, many.map(({ order_id }) => `order-${order_id}`).reverse());
  assert.match(await textOf(settings, "#view"), /The first 100 of 10\d are shown/);

  await settings.type("#search", "ONERROR");
  assert.deepEqual(await rows(), ["order-8200000000000000"]);
  assert.equal(await textOf(settings, ".orders .name"), hostile);
  assert.equal(await settings.$("#view img"), null);
  await settings.$eval("#search", (field) => { field.value = ""; });
  await settings.type("#search", number(42));
  assert.deepEqual(await rows(), [`order-${number(42)}`]);
  await settings.type("#search", "x");
  assert.deepEqual(await rows(), []);
  assert.ok((await textOf(settings, "#view")).includes(say("settings_none")));
  await settings.setViewport({ width: 320, height: 700 });
  await settings.$eval("#search", (field) => { field.value = ""; field.dispatchEvent(new Event("input", { bubbles: true })); });
  assert.equal(await settings.evaluate(() => document.documentElement.scrollWidth), 320);
  await inVault(settings, (stores, _, ids) => { for (const id of ids) stores.summaries.delete(id); }, ["8200000000000000", ...many.map(({ order_id }) => order_id)]);
});

test("the keyboard reaches, asks, keeps and deletes, and the focus is never lost", async () => {
  const id = "8200000000000101";
  await addSummaries(settings, [{ order_id: id, name: "Sample lamp" }]);
  await reload(settings);
  await tabTo(settings, "pause-all");
  await settings.keyboard.press("Space");
  await until(async () => (await pressed(settings)).length === 4, "the pause");
  assert.equal(await focused(settings), "pause-all");
  await settings.keyboard.press("Space");
  await until(async () => !(await pressed(settings)).length, "its end");
  await tabTo(settings, `ask-${id}`);
  await settings.keyboard.press("Enter");
  assert.equal(await focused(settings), "no", "the safe answer has the focus");
  await settings.keyboard.press("Enter");
  assert.equal(await focused(settings), `ask-${id}`);
  await settings.keyboard.press("Enter");
  await settings.keyboard.press("Escape");
  assert.equal(await focused(settings), `ask-${id}`);
  await settings.keyboard.press("Enter");
  await settings.keyboard.down("Shift");
  await settings.keyboard.press("Tab");
  await settings.keyboard.up("Shift");
  assert.equal(await focused(settings), "yes");
  await settings.keyboard.press("Enter");
  await until(async () => (await focused(settings)) === "notice", "the focus on the words about it");
  assert.equal(await settings.$(`[id="order-${id}"]`), null);
  await tabTo(settings, "ask-erase");
  await settings.keyboard.press("Enter");
  assert.equal(await focused(settings), "no");
  await settings.keyboard.press("Escape");
  assert.equal(await focused(settings), "ask-erase");
});

test("the popup leads to the settings", async () => {
  const popup = await chromium.ownPage("popup.html");
  await popup.waitForSelector("#settings:not(:empty)");
  const before = chromium.browser.targets().filter((target) => target.url().endsWith("/options.html")).length;
  assert.equal(before, 1);
  await settings.goto("about:blank");
  await popup.$eval("#settings", (button) => { setTimeout(() => button.click()); });
  const opened = await chromium.opening((target) => target.url().endsWith("/options.html"));
  await opened.close();
});

test("a page of the shop can neither pause nor delete", async () => {
  const page = await chromium.open(orderPage(orderOf("choice")));
  await chromium.overlay(page).waitForText("Next step");
  const before = await kept(settings);
  const [realm] = page.extensionRealms();
  for (const message of [{ kind: "erase" }, { kind: "forget", order_id: orderOf("choice") }, { kind: "pause", hosts: ["aliexpress.com"], paused: true }]) {
    const answer = realm.evaluate(`Promise.race([chrome.runtime.sendMessage(${JSON.stringify(message)}).catch(() => null), chrome.runtime.sendMessage({ kind: "redraw", url: location.href, orders: [], collapsed: false }).then(() => "nobody")])`);
    assert.ok([null, undefined, "nobody"].includes(await answer), message.kind);
  }
  await page.close();
  assert.deepEqual(await kept(settings), before);
  assert.deepEqual(await pressed(settings), []);
});

test("after everything is erased nothing is left, other pages of ours go on, and the extension works as new", async () => {
  const id = orderOf("transit_near_end");
  await (await captured(id)).close();
  const other = await open();
  const dossier = await chromium.ownPage(`dossier.html?order=${id}`);
  await dossier.waitForSelector(".exhibit");
  await settings.bringToFront();
  await settings.evaluate(() => {
    localStorage.setItem("draft/8200000000000001/chat/en", "{}");
    return chrome.storage.local.set({ place: { corner: "top-left", collapsed: true }, paused: ["aliexpress.ru"] });
  });
  await press(settings, "ask-erase");
  assert.equal(await textOf(settings, ".ask p"), say("settings_ask_erase"));
  await press(settings, "yes");
  await until(async () => (await textOf(settings, "#notice")) === say("settings_erased"), "the words about it");
  assert.equal(await focused(settings), "notice");
  assert.deepEqual(await kept(settings), empty);
  assert.deepEqual(await settings.evaluate(() => chrome.storage.local.get()), {});
  assert.equal(await settings.evaluate(() => localStorage.length), 0);
  assert.deepEqual(await settings.evaluate(() => chrome.alarms.getAll()), []);
  assert.equal(await settings.evaluate(() => chrome.action.getBadgeText({})), "");
  assert.deepEqual(await pressed(settings), []);

  await other.bringToFront();
  await until(async () => (await textOf(other, "#view")).includes(say("settings_none")), "the other tab to follow");
  await dossier.reload();
  await until(async () => (await textOf(dossier, "#view")).includes(say("dossier_unknown")), "a dossier of nothing");
  await (await captured(id)).close();
  const { cases, records, chain } = await kept(settings);
  assert.deepEqual(cases, [id]);
  assert.equal(records.length, 1);
  assert.deepEqual(chain, [["captured", records[0]]], "the chain begins anew");
  for (const page of [other, dossier]) {
    assert.deepEqual(page.problems, []);
    await page.close();
  }
});

test("the settings ask nothing of the network", () => {
  assert.deepEqual(requests, []);
});
