// What the user settles, in real headless Chromium: by mouse and by keyboard, kept, followed by other tabs, and never broken by
// a value that is not valid.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openShop } from "../site/shop.js";
import { dist, openChromium, root, until } from "./chromium.js";

const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key, ...filled) => filled.reduce((text, value, at) => text.replaceAll(`$${at + 1}`, value), texts[key].message);
const usual = { reminders: { on: true, leads: [120, 48, 24, 2], quiet: { from: 1320, to: 480 } }, zone: "", currencies: {}, retention: { years: 0, kept: [] } };

let shop;
let chromium;
let page;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

beforeEach(async () => {
  page = await open();
  await page.evaluate(() => chrome.storage.local.remove("settings"));
  await page.reload();
  await page.waitForSelector("#reminders-say p");
});

afterEach(async () => {
  const { problems } = page;
  await page.close();
  assert.deepEqual(problems, []);
});

async function open() {
  const opened = await chromium.ownPage("options.html");
  await opened.waitForSelector("#reminders-say p");
  return opened;
}

const settled = (on = page) => on.evaluate(async () => (await import("/settings.js")).settings());
const changed = (expected, what) => until(async () => JSON.stringify(await settled()) === JSON.stringify(expected), what);
const withReminders = (part) => ({ ...usual, reminders: { ...usual.reminders, ...part } });
const textOf = (selector, on = page) => on.$eval(selector, (found) => found.textContent);
const at = (id) => `[id="${id}"]`;
const focused = () => page.evaluate(() => document.activeElement.id);
const chips = () => page.$$eval(".chips span", (all) => all.map((one) => one.textContent));
const isPressed = (id) => page.$eval(at(id), (button) => button.ariaPressed === "true");

async function tabTo(id) {
  for (let step = 0; step < 100; step += 1) {
    if ((await focused()) === id) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not reach ${id}`);
}

async function addLead(count, unit) {
  await page.select("#lead-unit", unit);
  await page.type("#lead", count);
  await page.click("#add-lead");
}

test("without a choice the defaults count, and a sentence says what they mean", async () => {
  assert.deepEqual(await settled(), usual);
  assert.deepEqual(await page.evaluate(() => chrome.storage.local.get("settings")), {});
  const plan = await textOf("#reminders-say");
  assert.equal(plan.replaceAll(" ", " "), `${say("settings_reminders_say", "5 days, 2 days, 24 hours, and 2 hours")} ${say("settings_reminders_quiet", "10:00 PM", "8:00 AM")}`);
  assert.ok((await textOf("#zone-say")).startsWith(say("settings_zone_computer", "Europe/Warsaw").split("$2")[0]));
});

test("what is kept and not valid counts as the default, each part for itself, and the page works", async () => {
  const mine = { on: false, leads: [72, 1], quiet: null };
  for (const [kept, expected] of [
    [null, usual], ["settings", usual], [7, usual], [[], usual], [{ reminders: null, zone: null, currencies: null }, usual],
    [{ reminders: mine, zone: "Asia/Tokyo", currencies: { $: "CAD" }, more: 1 }, { ...usual, reminders: mine, zone: "Asia/Tokyo", currencies: { $: "CAD" } }],
    [{ retention: { years: 2, kept: ["8200000000000001"], more: 1 } }, { ...usual, retention: { years: 2, kept: ["8200000000000001"] } }],
    [{ retention: { years: 9, kept: ["no number"] } }, usual],
    [{ reminders: { ...mine, leads: [24, 48] } }, withReminders({ ...mine, leads: usual.reminders.leads })],
    ...[[0], [1441], [1.5], ["24"], [24, 24], [9, 8, 7, 6, 5, 4, 3, 2, 1], "24", { 0: 24 }].map((leads) => [{ reminders: { leads } }, usual]),
    [{ reminders: { leads: [] } }, withReminders({ leads: [] })],
    ...[{}, "22:00", { from: 1320 }, { from: -1, to: 5 }, { from: 5, to: 1440 }, { from: 60, to: 60 }].map((quiet) => [{ reminders: { quiet } }, usual]),
    ...["Mars/Olympus", "+02:00", 5, ["UTC"]].map((zone) => [{ zone }, usual]),
    [{ currencies: { $: "EUR", kr: "SEK", "€": "EUR", Rs: 5 } }, { ...usual, currencies: { kr: "SEK" } }],
  ]) {
    await page.evaluate((value) => chrome.storage.local.set({ settings: value }), kept);
    assert.deepEqual(await settled(), expected, JSON.stringify(kept));
  }
  await page.evaluate(() => chrome.storage.local.set({ settings: { reminders: { leads: "x", quiet: 5 }, zone: "Mars/Olympus" } }));
  await page.reload();
  await page.waitForSelector(".chips li");
  assert.deepEqual(await chips(), ["5 days", "2 days", "24 hours", "2 hours"]);
  await page.click(at("unlead-24"));
  await changed(withReminders({ leads: [120, 48, 2] }), "a change on top of it");
});

test("a part that is changed to what is not valid stays as it was, and two changes at once both count", async () => {
  const change = (...parts) => page.evaluate(async (all) => {
    const { changeSettings } = await import("/settings.js");
    await Promise.all(all.map((part) => changeSettings(part)));
  }, parts);
  await change({ zone: "Asia/Tokyo" }, { currencies: { $: "USD" } }, { reminders: { leads: [3] } }, { reminders: { on: false } });
  const expected = { ...usual, reminders: { ...usual.reminders, on: false, leads: [3] }, zone: "Asia/Tokyo", currencies: { $: "USD" } };
  assert.deepEqual(await settled(), expected);
  await change({ zone: "Nowhere/None" }, { reminders: { leads: [5000] } }, { reminders: { quiet: 7 } }, { currencies: { kr: "USD" } });
  assert.deepEqual(await settled(), expected);
});

test("times before a limit are added in order, removed, and kept within their limits", async () => {
  await addLead("3", "d");
  await changed(withReminders({ leads: [120, 72, 48, 24, 2] }), "three days");
  // Drawn too: what is new can move the form.
  await page.waitForSelector(at("unlead-72"));
  assert.equal(await page.$eval("#lead", (field) => field.value), "");
  for (const [count, unit] of [["61", "d"], ["0", "h"], ["1441", "h"], ["-5", "h"]]) {
    await addLead(count, unit);
    // The words can be those of the refusal before; the focus comes back to the field with each.
    await until(async () => (await focused()) === "lead" && (await textOf("#lead-problem")) === say("settings_lead_limits"), `a refusal of ${count} ${unit}`);
    await page.$eval("#lead", (field) => { field.value = ""; });
  }
  assert.deepEqual((await settled()).reminders.leads, [120, 72, 48, 24, 2]);
  await addLead("2", "d");
  await until(async () => (await textOf("#lead-problem")) === "", "the refusal to go");
  assert.deepEqual((await settled()).reminders.leads, [120, 72, 48, 24, 2], "the same time twice is once");
  for (const count of ["6", "7", "8"]) {
    await addLead(count, "h");
    await page.waitForSelector(at(`unlead-${count}`));
  }
  await until(async () => !(await page.$("#lead")), "no room for more");
  assert.ok((await textOf("#view")).includes(say("settings_leads_full", "8")));
  // The field goes with the first draw of the change, the focus comes with the last one.
  await until(async () => (await focused()) === "unlead-8", "the focus on what was added");
  for (const hours of [120, 72, 48, 24, 8, 7, 6, 2]) await page.click(at(`unlead-${hours}`)).then(() => until(async () => !(await page.$(at(`unlead-${hours}`))), `${hours} to go`));
  assert.deepEqual((await settled()).reminders.leads, []);
  assert.equal(await textOf("#reminders-say"), say("settings_reminders_none"));
});

test("reminders are switched off and on, and quiet hours have two times that differ", async () => {
  await page.click("#reminders");
  await changed(withReminders({ on: false }), "no reminders");
  await until(async () => (await textOf("#reminders-say")) === say("settings_reminders_off"), "the words about it");
  assert.equal(await page.$(".chips"), null);
  await page.click("#reminders");
  await page.waitForSelector("#quiet-from");
  const setTime = (id, value) => page.$eval(at(id), (field, to) => { field.value = to; field.dispatchEvent(new Event("change", { bubbles: true })); }, value);
  await setTime("quiet-to", "06:45");
  await changed(withReminders({ quiet: { from: 1320, to: 405 } }), "another end");
  await until(async () => (await textOf("#reminders-say")).includes("6:45"), "the words about it");
  for (const wrong of ["22:00", ""]) {
    await setTime("quiet-to", wrong);
    // The words about the first one still stand there with the second, and the draw of the change before sets the time back too.
    await until(async () => (await page.$eval("#quiet-to", (field) => field.value)) === "06:45" && (await textOf("#quiet-problem")) === say("settings_quiet_differ"), "the time before, and why");
  }
  await page.click("#quiet");
  await changed(withReminders({ quiet: null }), "no quiet hours");
  await until(async () => (await page.$("#quiet-from")) === null, "the fields to go");
  await page.click("#quiet");
  await changed(usual, "the usual quiet hours");
});

test("the keyboard does all of it, and the focus stays where the hand is", async () => {
  await tabTo("reminders");
  await page.keyboard.press("Space");
  await until(async () => !(await isPressed("reminders")), "off");
  assert.equal(await focused(), "reminders");
  await page.keyboard.press("Space");
  await page.waitForSelector(".chips li");
  await tabTo("unlead-48");
  await page.keyboard.press("Enter");
  await until(async () => (await focused()) === "unlead-24", "the focus on the next one");
  await tabTo("lead");
  await page.keyboard.type("12");
  await tabTo("lead-unit");
  await page.keyboard.press("ArrowDown");
  await tabTo("lead");
  await page.keyboard.press("Enter");
  await changed(withReminders({ leads: [120, 24, 12, 2] }), "twelve hours");
  assert.equal(await focused(), "lead");
  await tabTo("quiet-from");
  await page.keyboard.type("1130PM");
  await changed({ ...usual, reminders: { on: true, leads: [120, 24, 12, 2], quiet: { from: 1410, to: 480 } } }, "half past eleven");
  await tabTo("zone-search");
  await page.keyboard.type("tokyo");
  await tabTo("zone-Asia/Tokyo");
  await page.keyboard.press("Enter");
  await until(async () => (await settled()).zone === "Asia/Tokyo", "the zone");
  await until(async () => (await focused()) === "zone-search", "the focus on the search");
  await tabTo("sign-kr");
  await page.keyboard.press("ArrowDown");
  await until(async () => (await settled()).currencies.kr === "DKK", "the krone");
  assert.equal(await focused(), "sign-kr");
  await page.reload();
  await page.waitForSelector(".chips li");
  assert.deepEqual(await chips(), ["5 days", "24 hours", "12 hours", "2 hours"]);
  assert.equal(await page.$eval("#sign-kr", (select) => select.value), "DKK");
  assert.equal(await page.$eval("#quiet-from", (field) => field.value), "23:30");
});

test("another zone is found by its city, and this computer's is one click back", async () => {
  await page.type("#zone-search", "new york");
  await page.waitForSelector(at("zone-America/New_York"));
  assert.equal(await textOf("#zones-found"), say("settings_zones_found", "1"));
  await page.click(at("zone-America/New_York"));
  await changed({ ...usual, zone: "America/New_York" }, "the zone");
  await until(async () => (await textOf("#zone-say")).startsWith(say("settings_zone_own", "America/New York").split("$2")[0]), "the words about it");
  assert.equal(await page.$(".choices"), null);
  await page.type("#zone-search", "america");
  await until(async () => (await page.$$(".choices li")).length === 8, "the first eight");
  assert.match(await textOf("#zones-found"), /^The first 8 of 1\d\d zones/);
  await page.type("#zone-search", "x");
  await until(async () => (await textOf("#zones-found")) === say("settings_zones_found", "0"), "none");
  await page.click("#zone-here");
  await changed(usual, "this computer's zone");
  await until(() => isPressed("zone-here"), "the button to say so");
});

test("a sign means a currency only where it is chosen; the signs are those of the data", async () => {
  const data = await readFile(path.join(root, "crate/data/currencies.toml"), "utf8");
  const quoted = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, word]) => word);
  const list = await page.evaluate(async () => (await import("/settings.js")).sharedSigns);
  assert.deepEqual(list.flatMap(({ signs }) => signs).sort(), quoted(/^shared = .*$/m.exec(data)[0]).sort());
  const codes = quoted(/^\[decimals\]$[^]*?^\[/m.exec(data)[0]);
  assert.deepEqual(list.flatMap(({ of }) => of).filter((code) => !codes.includes(code)), []);

  const other = await open();
  await page.bringToFront();
  await page.select(at("sign-$"), "USD");
  await page.select(at("sign-¥"), "JPY");
  await changed({ ...usual, currencies: { $: "USD", "¥": "JPY", "￥": "JPY" } }, "two signs");
  await until(async () => (await other.$eval(at("sign-$"), (select) => select.value)) === "USD", "the other tab to follow");
  await page.select(at("sign-¥"), "");
  await changed({ ...usual, currencies: { $: "USD" } }, "one of them unknown again");
  assert.deepEqual(other.problems, []);
  await other.close();
});

test("where the browser keeps notifications back, a line says so", async () => {
  assert.ok(!(await textOf("#view")).includes(say("settings_reminders_muted")));
  await page.evaluateOnNewDocument(() => { chrome.notifications.getPermissionLevel = async () => "denied"; });
  await page.reload();
  await page.waitForSelector(".chips li");
  assert.ok((await textOf("#view")).includes(say("settings_reminders_muted")));
  await page.click("#reminders");
  await until(async () => !(await textOf("#view")).includes(say("settings_reminders_muted")), "the line to go");
});

test("the permission for captures is given by a click or a key, seen, taken back, and a refusal is told", async () => {
  const allowed = () => page.evaluate(() => chrome.permissions.contains({ origins: ["<all_urls>"] }));
  const shown = async (on) => {
    await until(async () => (await isPressed("capture-anywhere")) === on, `a button that says ${on}`);
    assert.ok((await textOf("#view")).includes(say(on ? "settings_capture_allowed" : "settings_capture_click")));
    assert.equal(await allowed(), on);
  };
  await shown(false);
  await page.evaluate(() => {
    globalThis.asks = chrome.permissions.request;
    chrome.permissions.request = async () => false;
  });
  await page.click("#capture-anywhere");
  await until(async () => (await textOf("#notice")) === say("notice_not_done"), "the words about it");
  await shown(false);
  // No test can answer the browser's question: its own page of extensions says beforehand that it need not ask.
  const extensions = await chromium.browser.newPage();
  await extensions.goto("chrome://extensions");
  await extensions.evaluate((id) => chrome.developerPrivate.addHostPermission(id, "<all_urls>"), chromium.id);
  await extensions.close();
  await page.bringToFront();
  await page.evaluate(() => { chrome.permissions.request = globalThis.asks; });
  await page.click("#capture-anywhere");
  await shown(true);
  assert.equal(await textOf("#notice"), "");
  // Taken away elsewhere, as the browser's own settings do it: the page follows.
  const worker = await chromium.worker();
  await worker.evaluate(() => chrome.permissions.remove({ origins: ["<all_urls>"] }));
  await shown(false);
  await page.focus("#capture-anywhere");
  await page.keyboard.press("Enter");
  await shown(true);
  await page.keyboard.press("Enter");
  await shown(false);
});

test("the introduction can be seen again", async () => {
  await page.click("#introduction");
  const opened = await chromium.opening((target) => target.url().endsWith("/welcome.html"));
  await opened.close();
});
