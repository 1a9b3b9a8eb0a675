// What pages save, each file in a folder of its own.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { until } from "./chromium.js";

export class Downloads {
  static async open() {
    const downloads = new Downloads();
    downloads.folder = await mkdtemp(path.join(os.tmpdir(), "redress-downloads-"));
    return downloads;
  }

  // The path of the file that `press` makes a page save, once the browser says that it is whole: a while before, a file of this name is
  // there and empty.
  async from(page, press) {
    const to = await mkdtemp(path.join(this.folder, "saved-"));
    const session = await page.createCDPSession();
    const states = new Map();
    let begun = null;
    session.on("Browser.downloadWillBegin", (download) => { begun ??= download; });
    session.on("Browser.downloadProgress", ({ guid, state }) => states.set(guid, state));
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: to, eventsEnabled: true });
    await press();
    await until(() => begun && states.get(begun.guid) === "completed", "a file that is saved whole");
    await session.detach();
    return path.join(to, begun.suggestedFilename);
  }

  // What the button `id` saves: a file with this ending.
  async by(page, id, ending) {
    const file = await this.from(page, () => page.click(`#${id}`));
    assert.equal(path.extname(file), ending);
    return { name: path.basename(file), bytes: await readFile(file) };
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true });
  }
}
