// The page of a case in real headless Chromium: what no page of the shop shows is stated, counts, and can be taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";
import { Downloads } from "./downloads.js";

const orderPage = `https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`;

let shop;
let chromium;
let shopPage;
let page;

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  shopPage = await chromium.open(orderPage);
  const overlay = chromium.overlay(shopPage);
  await overlay.waitForText("Next step");
  // The days of the order are behind an arrow of the page.
  await (await shopPage.waitForSelector(".order-detail-order-info .switch-icon")).evaluate((arrow) => arrow.click());
  await overlay.waitFor((shadow) => shadow.querySelector("#fact-paid_on .value:not(.none)"), "the day of payment");
  const opened = chromium.opening((target) => target.url().includes("case.html"));
  await overlay.click("#case");
  page = await opened;
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  await page.waitForSelector("#problem");
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

const textOf = (selector) => page.$eval(selector, (found) => found.textContent).catch(() => "");
const waitForText = (selector, words) => until(async () => (await textOf(selector)).includes(words), `“${words}” in ${selector}`);
const choose = (selector, value) => page.select(`${selector} select`, value);

async function write(selector, value) {
  await page.$eval(selector, (input, text) => { input.value = text; }, value);
}

test("the case opens from the overlay, without a message key on it", async () => {
  assert.match(await textOf("h1"), new RegExp(SAMPLE_ORDER_ID));
  const words = await textOf("#view");
  assert.doesNotMatch(words, /\b(case|question|told|evidence|reason|ready|saw|trick|rail|unit)_[a-z]/);
});

test("the complaint decides what to expect, what to ask for, and which evidence is needed", async () => {
  assert.doesNotMatch(await textOf("#evidence"), /ruler/);
  await choose("#ask-reason", "size");
  await waitForText("#expect", "What to ask for:");
  await waitForText("#evidence", "ruler");
  // The overlay of the order's page asks for the same.
  await shopPage.bringToFront();
  await shopPage.reload();
  await chromium.overlay(shopPage).waitForText("ruler");
  await page.bringToFront();
});

test("a page that is not captured opens with one click, and its line is done once it is captured there", async () => {
  const line = "#capture-order_detail";
  const [, done, all] = /^(\d+) of (\d+) captured$/.exec(await textOf("#captures .progress"));
  assert.equal(done, "0");
  assert.match(await textOf(line), /\(missing\)/);
  // Nobody can make up the address of a kept listing.
  assert.match(await textOf("#capture-snapshot"), /from the order page/);
  assert.equal(await page.$("#capture-snapshot button"), null);
  const opening = chromium.opening((found) => found.url() === orderPage && found !== shopPage.target());
  await page.click(`${line} button`);
  const opened = await opening;
  await opened.close();
  const popup = await chromium.clickToolbar(shopPage);
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  await popup.close().catch(() => {});
  await page.bringToFront();
  await waitForText(line, "captured");
  assert.equal(await page.$(`${line} button`), null);
  assert.equal(await textOf("#captures .progress"), `1 of ${all} captured`);
});

test("evidence is ticked by hand, with the keyboard, and the focus stays", async () => {
  const tick = "#rung-dispute [id^='tick-dispute-ruler']";
  await page.$eval("#rung-dispute details", (details) => { details.open = true; });
  await page.focus(tick);
  await page.keyboard.press("Space");
  await until(() => page.$eval(tick, (button) => button.getAttribute("aria-pressed") === "true"), "the tick");
  assert.ok(await page.$eval(tick, (button) => button === document.activeElement));
});

test("what happened moves the case on, and the page of the order shows it", async () => {
  await choose("#tell", "dispute_opened");
  await page.click("#tell button");
  await waitForText("#state", "seller's turn");
  await waitForText("#state", "By rule");
  await choose("#tell", "offer");
  await write("#tell label:nth-of-type(3) input", "1.00 USD");
  await page.click("#tell button");
  await waitForText("#state", "your answer is needed");
  await waitForText("#happened", "The seller made an offer");
  await waitForText("#state", "Check the proposal");
  await shopPage.bringToFront();
  await shopPage.reload();
  await chromium.overlay(shopPage).waitForText("your answer is needed");
  await page.bringToFront();
});

test("an answer that cannot be taken is refused in one sentence, and nothing is lost", async () => {
  const before = await textOf("#happened");
  await choose("#tell", "stepped_in");
  await write("#tell input[type='date']", "2099-01-01");
  await page.click("#tell button");
  await waitForText("#notice", "This day has not come yet");
  assert.equal(await textOf("#happened ul"), await page.evaluate((text) => text.slice(0, document.querySelector("#happened ul").textContent.length), before.replace(/^What happened/, "")));
  await page.click("#notice .icon-only");
  await until(async () => !(await page.$("#notice")), "the message to go");
});

test("the way of payment makes the bank's clocks run, with rule and grade", async () => {
  await page.click("#set-rail-paypal");
  await page.waitForSelector("#ask-day_paid_on");
  // The page's own day of payment is suggested and counts only once it is saved.
  assert.match(await textOf("#ask-day_paid_on"), /counts once you save it/);
  assert.doesNotMatch(await textOf("#dates"), /B07/);
  await page.click("#ask-day_paid_on button");
  await waitForText("#dates", "B07");
  assert.match(await textOf("#dates"), /It counts from this day: the payment/);
});

test("a rule gets another length, marked as the user's, and back", async () => {
  const length = "#length-R14 input";
  await page.waitForSelector(length);
  await write(length, "5");
  await page.click("#length-R14 button");
  await waitForText("#dates", "Rule R14 says 2");
  await page.click("#length-R14 ~ .quiet");
  await until(async () => !(await textOf("#dates")).includes("Rule R14 says"), "the rule's own length");
});

test("the calendar holds every deadline that is ahead, with its alarms and its basis", async (t) => {
  const downloads = await Downloads.open();
  t.after(() => downloads.remove());
  const { name, bytes } = await downloads.by(page, "to-calendar", ".ics");
  assert.equal(name, `redress-${SAMPLE_ORDER_ID}.ics`);
  const file = bytes.toString();
  const events = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents("vevent");
  assert.ok(events.length >= 2, file);
  assert.equal(events.length, (await page.$$("#dates li.ahead")).length);
  assert.equal(new Set(events.map((event) => event.getFirstPropertyValue("uid"))).size, events.length);

  const answer = await page.evaluate(async (order) => (await import("/viewer.js")).ask({ kind: "calendar", order_id: order }), SAMPLE_ORDER_ID);
  const onPage = (await textOf("#dates")).replace(/\s/g, "");
  for (const [place, event] of events.entries()) {
    const { start, alarms_ms: alarms } = answer.events[place];
    const at = event.getFirstPropertyValue("dtstart");
    if (start.day) assert.equal(at.toString(), start.day);
    else assert.equal(at.toJSDate().getTime(), Math.floor(start.instant / 1000) * 1000);
    const rings = event.getAllSubcomponents("valarm").map((alarm) => -alarm.getFirstPropertyValue("trigger").toSeconds());
    assert.deepEqual(rings, alarms.map((before) => Math.ceil(before / 60_000) * 60));
    const said = event.getFirstPropertyValue("summary");
    const [, title = ""] = /^Ends: .+? · order …0001(?: · Estimate)?(?: · (.+?)…?)?$/.exec(said) ?? assert.fail(said);
    // The head of the page has the title too, where the order's page was drawn in full when it was read.
    assert.ok((await textOf("header.title p")).startsWith(title), said);
    const lines = event.getFirstPropertyValue("description").split("\n");
    assert.equal(lines.pop(), event.getFirstPropertyValue("url"));
    assert.ok(lines.length >= 2);
    for (const line of lines) assert.ok(onPage.includes(line.replace(/\s/g, "")), line);
  }
  assert.ok(events.some((event) => event.getAllSubcomponents("valarm").length > 0), file);
});

test("a trick that was seen is answered with what to do instead", async () => {
  await page.click("#set-trick-close_dispute");
  await waitForText("#state .warnings", "through AliExpress");
});

test("everything is still there after the page was closed, and what was told can be taken back", async () => {
  await page.reload();
  await waitForText("#happened", "The seller made an offer");
  const undo = () => page.$$("#happened .quiet");
  for (let left = (await undo()).length; left > 0; left -= 1) {
    await (await undo())[0].click();
    await until(async () => (await undo()).length === left - 1, "one event less");
  }
  await until(async () => !(await textOf("#state")).includes("your answer is needed"), "the state that the page shows");
  assert.deepEqual(page.problems, []);
});
