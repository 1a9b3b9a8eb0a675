// The languages of the interface: each catalogue is whole, and overlay, popup and case are drawn in it, from right to left
// where it runs so, with no text cut off in a narrow window.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, root } from "./chromium.js";

const folder = path.join(root, "extension/_locales");
const locales = (await readdir(folder)).sort();
const catalogues = new Map(await Promise.all(locales.map(async (locale) =>
  [locale, JSON.parse(await readFile(path.join(folder, locale, "messages.json"), "utf8"))])));
const english = catalogues.get("en");
const forms = ["zero", "one", "two", "few", "many", "other"];
const counted = Object.keys(english).filter((key) => key.endsWith("_one")).map((key) => key.slice(0, -"_one".length));
const stemOf = (key) => counted.find((stem) => forms.some((form) => key === `${stem}_${form}`));
const places = (text) => [...new Set(text.match(/\$\d/g) ?? [])].sort().join(" ");
const tagOf = (locale) => locale.replaceAll("_", "-");

let shop;
before(async () => { shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" }); });
after(() => shop?.close());

test("twelve languages are there", () => {
  assert.deepEqual(locales, ["ar", "de", "en", "es", "fr", "he", "it", "ko", "pl", "pt_BR", "ru", "tr"]);
});

for (const [locale, catalogue] of catalogues) {
  test(`${locale}: plural forms, places and lengths are right`, () => {
    const categories = new Intl.PluralRules(tagOf(locale)).resolvedOptions().pluralCategories;
    for (const stem of counted) {
      for (const form of categories) assert.ok(catalogue[`${stem}_${form}`], `${stem}_${form}`);
    }
    for (const [key, { message }] of Object.entries(catalogue)) {
      const stem = stemOf(key);
      if (stem) assert.ok(categories.includes(key.slice(stem.length + 1)), `${key} is no form of the language`);
      const wanted = places(english[stem ? `${stem}_other` : key]?.message ?? assert.fail(`${key} is not in English`));
      // One thing, or two, needs no number.
      if (stem && !key.endsWith("_other")) assert.ok(places(message).split(" ").every((place) => wanted.includes(place)), key);
      else assert.equal(places(message), wanted, key);
      assert.ok(message && message === message.trim() && !/[!¡！<>]/.test(message), key);
    }
    assert.ok(catalogue.extension_name.message.length <= 75 && catalogue.extension_description.message.length <= 132);
    assert.equal(catalogue.catalogue_language.message, tagOf(locale));
  });

  test(`${locale}: the screens speak it`, async () => {
    const chromium = await openChromium({ shop, language: tagOf(locale) });
    try {
      const say = (key) => catalogue[key].message;
      const page = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
      const overlay = chromium.overlay(page);
      await overlay.waitForText(say("next_title"));
      const direction = ["ar", "he"].includes(locale) ? "rtl" : "ltr";
      assert.equal(await overlay.run((shadow) => getComputedStyle(shadow.querySelector(".card")).direction), direction);
      await judge(locale, await overlay.run(wide), await overlay.text());
      for (const [file, ready] of [["popup.html", "#all"], [`case.html?order=${SAMPLE_ORDER_ID}`, "#letters textarea"],
        [`dossier.html?order=${SAMPLE_ORDER_ID}`, "#timeline"], ["guides.html#system_busy", "#view ol"], ["options.html", "#ask-erase"],
        ["welcome.html", "#sample"], ["backup.html", "#make-now"], ["timestamp.html", "#check"], ["compare.html", "#choice h2"]]) {
        const own = await chromium.ownPage(file);
        // The popup has a width of its own.
        await own.setViewport({ width: file === "popup.html" ? 384 : 360, height: 800 });
        await own.waitForSelector(ready);
        assert.equal(await own.evaluate(() => document.documentElement.dir), direction);
        const found = await own.evaluate(`(${wide})(document)`);
        await judge(`${locale}, ${file}`, found, await own.$eval("body", (body) => body.innerText));
        await own.close();
      }
    } finally {
      await chromium.close();
    }
  });
}

// The elements whose text is wider than they are, and are not meant to be cut; and whether the whole is too wide.
function wide(whole) {
  const box = whole.querySelector(".card") ?? whole.documentElement;
  const leaves = [...whole.querySelectorAll("p, h1, h2, h3, li, button, summary, strong, label > span, td, th")];
  const cut = leaves.filter((element) => element.clientWidth && element.scrollWidth > element.clientWidth + 1 &&
    getComputedStyle(element).textOverflow !== "ellipsis");
  const out = cut.map((element) => `${element.tagName} ${element.textContent.slice(0, 60)}`);
  if (box.scrollWidth > box.clientWidth + 1) out.push(`the whole: ${box.scrollWidth} of ${box.clientWidth}`);
  return out;
}

async function judge(where, tooWide, text) {
  assert.deepEqual(tooWide, [], where);
  // A key that is shown as it is.
  assert.doesNotMatch(text, /\b(case|question|told|evidence|reason|ready|saw|trick|rail|unit|limit|what|why|step|state|due|draft|guide|page|fact)_[a-z]/, where);
}
