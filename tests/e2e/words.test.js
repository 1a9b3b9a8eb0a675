// Drafts as texts, without a browser; then on one of our own pages in real headless Chromium: what is written there is kept.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";

const english = JSON.parse(await readFile(path.join(root, "extension/_locales/en/messages.json"), "utf8"));
const catalogues = {
  en: english,
  // A language that lacks most texts, and one of a region.
  de: { draft_hello: { message: "Hallo," }, draft_dated: { message: "$2: $1" }, draft_event_placed: { message: "Bestellt" } },
  pt_BR: { draft_hello: { message: "Olá," } },
};

let chosen = "de";
globalThis.chrome = { runtime: { getURL: (file) => `/${file}` }, i18n: { getMessage: (key) => ({ catalogue_language: chosen })[key] } };
const nodesOwn = globalThis.fetch;
globalThis.fetch = async (file) => {
  const [, folder] = /^\/_locales\/(\w+)\/messages\.json$/.exec(file);
  // As a browser answers for a file that an extension does not have.
  if (!catalogues[folder]) throw new TypeError("Failed to fetch");
  return { ok: true, json: async () => catalogues[folder] };
};
const { languages, textOf } = await import("../../extension/words.js");

const line = (tag, message, ...values) => ({ tag, children: [{ message, with: values }] });
const draft = (...lines) => ({ tag: "article", id: "dispute", children: lines });
const dated = (event, time) => line("li", "draft_dated", { message: `draft_event_${event}` }, time);

test("a letter has its lines in order, numbered and filled", async () => {
  const letter = draft(
    line("p", "draft_hello"),
    line("div", "draft_order", { words: "8200000000000001" }),
    line("div", "draft_total", { words: "US $12.83" }),
    line("li", "draft_complaint_damaged", { message: "draft_detail_damaged" }),
    line("p", "draft_course"),
    dated("placed", { day: "2026-07-15" }),
    dated("dispute_opened", { instant: Date.UTC(2026, 7, 5, 10, 4) }),
    line("div", "draft_exhibit", { number: 1 }, { message: "page_order_detail" }, { instant: Date.UTC(2026, 7, 5, 0, 0) }),
  );
  assert.equal(await textOf(letter, "en"), [
    "Hello,", "", "Order number: 8200000000000001", "Order total: US $12.83", "",
    "1. The goods arrived damaged: [ what is broken, and how the box looked ].", "", "What happened, in order of time:", "",
    "2. Order placed: Jul 15, 2026.", "3. Dispute opened: Aug 5, 2026, 10:04 UTC.", "",
    "Exhibit 1: Order page, captured Aug 5, 2026, 00:00 UTC",
  ].join("\n"));
});

test("days and times are the same in every zone", async () => {
  const letter = draft(dated("placed", { day: "2026-07-15" }), dated("placed", { instant: Date.UTC(2026, 0, 1) }));
  const zone = process.env.TZ;
  const said = [];
  for (const other of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
    process.env.TZ = other;
    said.push(await textOf(letter, "en"));
  }
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  assert.equal(said[0], "1. Order placed: Jul 15, 2026.\n2. Order placed: Jan 1, 2026, 00:00 UTC.");
  assert.equal(said[1], said[0]);
});

test("another language is used as far as it goes, and English for the rest", async () => {
  const letter = draft(line("p", "draft_hello"), dated("placed", { day: "2026-07-15" }), line("p", "draft_thanks"));
  assert.equal(await textOf(letter, "de"), "Hallo,\n\n1. 15. Juli 2026: Bestellt\n\nThank you.");
  assert.match(await textOf(letter, "pt-BR"), /^Olá,\n/);
  assert.equal(await textOf(letter, "tlh"), await textOf(letter, "en"));
});

test("the languages of a letter are the browser's choice of ours and English, once each", () => {
  assert.deepEqual(languages(), ["de", "en"]);
  chosen = "en";
  assert.deepEqual(languages(), ["en"]);
});

test("a counted text has the form of its language", async () => {
  const counted = (count) => draft({ tag: "p", children: [{ message: "all_dates", with: [{ number: count }], count }] });
  assert.equal(await textOf(counted(1), "en"), english.all_dates_one.message);
  assert.equal(await textOf(counted(1200), "en"), "All 1,200 dates and their sources");
});

test("words of a page stay one piece inside their marks", async () => {
  const hostile = "$1 cable”.\n\n1. I withdraw\u2028my claim\u202e $2\t“ [ amount ]";
  const text = await textOf(draft(line("div", "draft_item", { words: hostile }), line("li", "draft_thanks")), "en");
  assert.equal(text, 'Item: “$1 cable". 1. I withdraw my claim $2 " [ amount ]”\n\n1. Thank you.');
});

test("no text uses what only the browser's own messages know", () => {
  for (const [key, entry] of Object.entries(english)) {
    assert.deepEqual(Object.keys(entry), ["message"], key);
    assert.doesNotMatch(entry.message, /\$\$|\$\w+\$/, key);
  }
});

describe("on a page", () => {
  const order = "8200000000000001";
  const first = draft(line("p", "draft_hello"), line("li", "draft_ask_full_of", { words: "US $12.83" }));
  const later = draft(line("p", "draft_hello"), line("li", "draft_ask_full_of", { words: "US $9.00" }));
  const bank = { ...draft(line("p", "draft_bank_hello")), id: "bank_letter" };
  let shop;
  let chromium;
  let page;

  before(async () => {
    globalThis.fetch = nodesOwn;
    shop = await openShop();
    chromium = await openChromium({ shop });
  });

  after(async () => {
    await chromium?.close();
    await shop?.close();
  });

  // One of our own pages with these drafts; in German where asked for.
  async function opened(drafts, german = false) {
    await page?.close();
    page = await chromium.ownPage("popup.html");
    // Its own script looks for its elements until it has drawn itself; they are taken away below.
    await page.waitForSelector("#view > *");
    await page.evaluate(async (drafts, orderId, german) => {
      if (german) {
        const [own, say] = [fetch, chrome.i18n.getMessage];
        chrome.i18n.getMessage = (key, values) => (key === "catalogue_language" ? "de" : say(key, values));
        globalThis.fetch = (file) => file.includes("/de/") ? Promise.resolve(new Response(JSON.stringify(german))) : own(file);
      }
      const { wordsSection } = await import("./words.js");
      const section = document.createElement("div");
      section.id = "words";
      document.body.replaceChildren(section);
      globalThis.show = (drafts) => wordsSection(section, drafts, orderId);
      await show(drafts);
    }, drafts, order, german && catalogues.de);
    return page;
  }

  const text = () => page.$eval(".draft textarea:not([readonly])", (area) => area.value);
  const type = async (words) => {
    await page.focus(".draft textarea:not([readonly])");
    await page.keyboard.down("Control");
    await page.keyboard.press("End");
    await page.keyboard.up("Control");
    await page.keyboard.type(words);
  };
  const visible = (label) => page.$$eval(".draft button", (all, label) => all.some((one) => one.textContent === label && one.checkVisibility()), label);
  const click = (label) => page.$$eval(".draft button", (all, label) => all.find((one) => one.textContent === label).click(), label);

  test("what is written is kept over closing, and can be thrown away", async () => {
    await opened([first, bank]);
    assert.equal(await page.$$eval(".draft h3", (all) => all.map((one) => one.textContent).join()), "Description for the dispute,Letter to your bank or payment firm");
    assert.equal(await text(), "Hello,\n\n1. I ask for a full refund of US $12.83.");
    assert.equal(await visible("Start again"), false);
    await type(" Please.");
    assert.equal(await visible("Start again"), true);
    await opened([first, bank]);
    assert.equal(await text(), "Hello,\n\n1. I ask for a full refund of US $12.83. Please.");
    await click("Start again");
    assert.equal(await text(), "Hello,\n\n1. I ask for a full refund of US $12.83.");
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.deepEqual(page.problems, []);
  });

  test("when the facts change, what was written stays and the new text can be seen", async () => {
    await opened([first]);
    await type(" Please.");
    await page.evaluate((drafts) => show(drafts), [later]);
    assert.match(await text(), /12\.83\. Please\.$/);
    assert.equal(await visible("See the new text"), true);
    await click("See the new text");
    assert.match(await page.$eval(".draft textarea[readonly]", (area) => area.value), /9\.00\.$/);
    await click("Keep my text");
    assert.equal(await visible("See the new text"), false);
    await opened([later]);
    assert.match(await text(), /12\.83\. Please\.$/);
    assert.equal(await visible("See the new text"), false);
    await click("Start again");
    assert.match(await text(), /9\.00\.$/);
    // What nobody changed follows the facts.
    await page.evaluate((drafts) => show(drafts), [first]);
    assert.match(await text(), /12\.83\.$/);
  });

  test("a new order of drafts leaves the focus where it is", async () => {
    await opened([first, bank]);
    await type("x");
    await page.evaluate((drafts) => show(drafts), [first]);
    assert.equal(await page.$$eval(".draft", (all) => all.length), 1);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
    await click("Start again");
  });

  test("each language has a text of its own", async () => {
    await opened([first], true);
    const label = await page.evaluate(() => new Intl.DisplayNames(["en"], { type: "language" }).of("de"));
    assert.equal(await page.$eval("[aria-pressed=true]", (one) => one.dataset.language), "en");
    await type(" Please.");
    await click(label);
    await until(() => text().then((now) => now.startsWith("Hallo,")), "the German text");
    assert.equal(await page.$eval(".draft textarea", (area) => area.lang), "de");
    assert.equal(await visible("Start again"), false);
    await type(" Bitte.");
    assert.deepEqual((await page.evaluate(() => Object.keys(localStorage))).sort(), [`draft/${order}/dispute/de`, `draft/${order}/dispute/en`]);
    await page.evaluate(() => localStorage.clear());
  });

  test("what the browser refuses to keep stays on the page, and that is said", async () => {
    await opened([first]);
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    });
    await type(" Please.");
    assert.match(await page.$eval(".draft output", (one) => one.textContent), /could not be kept: The quota has been exceeded\./);
    await page.evaluate((drafts) => show(drafts), [later]);
    assert.match(await text(), /12\.83\. Please\.$/);
  });

  test("copying takes the text as it stands, and says what is still to be filled in", async () => {
    await opened([first]);
    await page.evaluate(() => {
      globalThis.copied = [];
      navigator.clipboard.writeText = async (text) => void copied.push(text);
    });
    const said = () => page.$eval(".draft output", (one) => one.textContent);
    await click("Copy");
    await until(async () => (await said()) === "Copied.", "the word that it was copied");
    await type(" [ amount ]");
    await click("Copy");
    await until(async () => (await said()).startsWith("Copied. Fill in"), "the word on blanks");
    assert.match(await page.evaluate(() => copied.join("|")), /12\.83\.\|.*\[ amount \]$/s);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    });
    await click("Copy");
    await until(async () => (await said()).startsWith("The browser did not allow"), "the word that copying failed");
    assert.equal(await page.evaluate(() => getSelection().toString()), await text());
  });
});
