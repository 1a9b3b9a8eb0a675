// A backup, an erased vault, and whether all of it comes back: for the demo.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { until } from "./chromium.js";
import { vault } from "./vault.js";

const told = (page) => until(() => page.$eval("#view", (view) => view.ariaBusy === "false" && document.getElementById("notice").textContent), "the words about it");

// Whether the vault is the same after it was backed up, erased and restored. `verify(archive)` judges a dossier of `order`.
export async function restored(chromium, order, verify) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "redress-restored-"));
  const page = await chromium.ownPage("backup.html");
  const session = await page.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
  const file = async (name) => path.join(folder, await until(async () => (await readdir(folder)).find((one) => name.test(one)), String(name)));
  try {
    // Pages of the shop that stay open would be read anew once everything is erased.
    for (const other of await chromium.browser.pages()) if (other.url().includes("aliexpress")) await other.goto("about:blank");
    const before = await vault(page);
    await page.click("#make-now");
    await told(page);
    const archive = await file(/^redress-vault-.*\.zip$/);

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
    await (await page.waitForSelector("#download")).click();
    const verdict = await verify(await file(new RegExp(`^redress-${order}-.*\\.zip$`)));
    return before.records.length > 0 && erased.records.length === 0 && isDeepStrictEqual(after, before) && verdict.holds;
  } finally {
    await page.close();
    await rm(folder, { recursive: true, force: true });
  }
}
