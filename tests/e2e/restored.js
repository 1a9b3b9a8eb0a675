// A backup, an erased vault, and whether all of it comes back: for the demo.
import { isDeepStrictEqual } from "node:util";
import { until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { vault } from "./vault.js";

const told = (page) => until(() => page.$eval("#view", (view) => view.ariaBusy === "false" && document.getElementById("notice").textContent), "the words about it");

// Whether the vault is the same after it was backed up, erased and restored. `verify(archive)` judges a dossier of `order`.
export async function restored(chromium, order, verify) {
  const downloads = await Downloads.open();
  const page = await chromium.ownPage("backup.html");
  try {
    // Pages of the shop that stay open would be read anew once everything is erased.
    for (const other of await chromium.browser.pages()) if (other.url().includes("aliexpress")) await other.goto("about:blank");
    const before = await vault(page);
    await page.waitForSelector("#make-now");
    const archive = await downloads.from(page, () => page.click("#make-now"));
    await told(page);

    await page.evaluate(() => chrome.runtime.sendMessage({ kind: "erase" }));
    const erased = await vault(page);
    await page.reload();
    await page.waitForSelector("#check-now");
    await (await page.$("#file")).uploadFile(archive);
    await page.click("#check-now");
    await page.waitForSelector("#ask-replace");
    await page.click("#ask-replace");
    await page.click("#yes");
    await told(page);

    const after = await vault(page);
    await page.goto(page.url().replace("backup.html", `dossier.html?order=${order}`));
    await page.waitForSelector("#download");
    const verdict = await verify(await downloads.from(page, () => page.click("#download")));
    return before.records.length > 0 && erased.records.length === 0 && isDeepStrictEqual(after, before) && verdict.holds;
  } finally {
    await page.close();
    await downloads.remove();
  }
}
