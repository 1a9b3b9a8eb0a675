// Every order of the sample shop leads to the state and the step that the handbook gives for it (tests/site/steps.json),
// and its overlay says until when, who says so, what to do now and why, and what is missing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, root } from "./chromium.js";
import { standing, visitList, visitOrder } from "./states.js";
import { rawWords } from "./watch.js";

const zone = "Europe/Warsaw";
const read = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const { steps, left_out: leftOut } = read("tests/site/steps.json");
const messages = read("extension/_locales/en/messages.json");
const said = (key) => messages[key].message;

let shop;
let at;

before(async () => {
  shop = await openShop({ csp: "strict", zone });
  const chromium = await openChromium({ shop, zone });
  const own = await chromium.ownPage("popup.html");
  const page = await chromium.open("https://www.aliexpress.com/");
  at = { chromium, page, own };
  await visitList(page, shop.orders.length);
});

after(async () => {
  await at?.chromium.close();
  await shop?.close();
});

test("every order of the shop has its step, or a reason why the pages alone give none", () => {
  const named = [...steps, ...leftOut].map(({ order }) => order);
  assert.deepEqual([...new Set(named)].sort(), shop.orders.map(({ name }) => name).sort());
  for (const { order, why } of [...steps, ...leftOut]) assert.match(why, /^§10 line \d+/, order);
});

// Whether a moment stands in a text as this browser writes it, in the viewer's zone. A civil date has no zone.
const names = (text, moment) => at.own.evaluate((words, when) => {
  const day = /^\d{4}-\d\d-\d\d$/.test(when);
  const part = (options) => new Intl.DateTimeFormat("en-US", { ...options, ...(day && { timeZone: "UTC" }) }).format(new Date(when));
  return [{ month: "short", day: "numeric" }, ...(day ? [] : [{ hour: "numeric", minute: "2-digit" }])].every((options) => words.includes(part(options)));
}, text, moment);

// Until when, and who says so: one of the deadlines, with the page's words or the rule's id and grade.
async function saysUntilWhen({ deadlines, screen: { until, basis } }) {
  if (!basis) {
    assert.equal(until, said("no_deadline"));
    const running = deadlines.filter(({ kind, at: end }) => kind === "close" || Date.parse(end) > Date.now());
    assert.deepEqual(running, [], "a deadline that is not shown");
    return;
  }
  const rule = /Rule (\w+), grade (.+?)\./.exec(basis);
  const isSaid = (deadline) => (rule ? rule[1] === deadline.rule && rule[2] === deadline.grade : deadline.rule === "page");
  const candidates = deadlines.filter(isSaid);
  const shown = await Promise.all(candidates.map((deadline) => names(until, deadline.at)));
  assert.ok(shown.includes(true), `“${until}” (${basis}) is none of ${JSON.stringify(candidates)}`);
  if (rule) assert.ok([said("basis_rule"), said("basis_estimate")].some((mark) => basis.startsWith(mark)), basis);
  else assert.match(basis, new RegExp(`^${said("basis_page")} .{8,} Read `), "the page's words and when they were read");
}

test("state and step are those of the handbook, and the overlay answers the buyer's questions", async (t) => {
  for (const { order: name, state, next, why, pages } of steps) {
    await t.test(`${name}${pages ? ` after ${pages}` : ""}`, async () => {
      const order = shop.orders.find((one) => one.name === name);
      await visitOrder(at, order, pages);
      const answer = await standing(at, order.id);
      assert.deepEqual({ state: answer.state, next: answer.next }, { state, next }, why);
      // Only a look at the conversation tells of a trick.
      assert.equal(answer.flags.includes("seller_trick_seen"), pages?.includes("chat") ?? false);
      const { screen } = answer;
      assert.deepEqual([screen.state, screen.step], [said(`state_${state}`), said(`step_${next}`)]);
      assert.ok(screen.why.startsWith(said(`why_${next}`)), screen.why);
      await saysUntilWhen(answer);
      assert.ok(screen.missing.length > 0 && screen.missing.every((line) => line.length > 5), JSON.stringify(screen.missing));
      for (const line of Object.values(screen).flat()) assert.equal(rawWords(line), null, line);
      assert.deepEqual(await at.page.evaluate(() => window.__violations), []);
    });
  }
  assert.deepEqual(at.page.problems, []);
});
