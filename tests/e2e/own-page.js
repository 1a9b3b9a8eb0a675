// What tests of our own pages do to a page that is open: they note what goes wrong in it and look at it in all the ways in which it is
// shown.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { patience, root } from "./chromium.js";

const axe = await readFile(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");

// Opens a page of ours; `first` runs in it before any script of its own.
export async function openOwn(chromium, file, { width = 1280, height = 900, first }) {
  const page = await chromium.browser.newPage();
  page.setDefaultTimeout(patience);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  await page.setViewport({ width, height });
  await page.evaluateOnNewDocument(first);
  await page.goto(`chrome-extension://${chromium.id}/${file}`);
  return page;
}

// Whether axe finds nothing in the page, in light, dark, from right to left and at 360 px, and whether nothing sticks out.
export async function accessible(page) {
  await page.evaluate(axe);
  for (const [scheme, dir, width] of [["light", "ltr", 1280], ["dark", "ltr", 768], ["light", "rtl", 1280], ["dark", "rtl", 360]]) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const found = await page.evaluate(async (direction) => {
      document.documentElement.dir = direction;
      const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    }, dir);
    assert.deepEqual(found, [], `${scheme} ${dir} ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `nothing sticks out at ${width} px`);
  }
}
