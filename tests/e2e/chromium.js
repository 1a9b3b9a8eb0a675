// Real headless Chromium with the built extension, in front of the sample shop.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const dist = path.join(root, "dist");

// What is waited for comes at once on a quiet machine, in milliseconds; a loaded one takes its time.
export const patience = 60_000;

export const flags = (proxy) => [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-features=Translate,OptimizationHints,MediaRouter",
  "--ignore-certificate-errors", `--proxy-server=http://${proxy}`,
];

export async function openChromium({ shop, headless = true, profile, zone = "Europe/Warsaw", language = "en-US", args = [], extension = dist, welcome = false, size = { width: 1280, height: 800 } }) {
  const own = profile ?? (await mkdtemp(path.join(os.tmpdir(), "redress-profile-")));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless,
    timeout: patience,
    pipe: true,
    enableExtensions: true,
    userDataDir: own,
    defaultViewport: headless ? size : null,
    acceptInsecureCerts: true,
    env: { ...process.env, TZ: zone, LANGUAGE: language.replace("-", "_") },
    args: [...flags(shop.proxy), `--lang=${language}`, `--window-size=${size.width},${size.height}`, ...args],
  });
  const opened = new Chromium(browser, own, !profile);
  if (extension) await opened.install(extension);
  if (extension === dist && !welcome) await opened.closeWelcome();
  return opened;
}

class Chromium {
  constructor(browser, profile, temporary) {
    Object.assign(this, { browser, profile, temporary });
  }

  async install(folder) {
    this.id = await this.browser.installExtension(folder);
    this.extension = (await this.browser.extensions()).get(this.id);
    await this.worker();
  }

  // The introduction opens by itself after the installation, in front of all that a test looks at.
  async closeWelcome() {
    await (await this.opening((found) => found.url() === `chrome-extension://${this.id}/welcome.html`)).close();
  }

  // One that is just starting can be there before the browser's interfaces are, and one that is ending can still be there.
  async worker() {
    return until(async () => {
      const target = await this.browser.waitForTarget((found) => found.type() === "service_worker" && found.url().includes(this.id), { timeout: patience });
      const worker = await target.worker().catch(() => null);
      return (await worker?.evaluate(() => Boolean(globalThis.chrome?.storage)).catch(() => false)) && worker;
    }, "a worker that is ready");
  }

  // Ends the worker as the browser does when it is idle. A further debugging session would keep it alive.
  async stopWorker() {
    const target = this.browser.targets().find((found) => found.type() === "service_worker" && found.url().includes(this.id));
    if (!target) return;
    // The session goes first: a worker that starts again while the old one is still looked at is the same target to the automation,
    // with a session that is dead.
    const { client } = await target.worker();
    const connection = client.connection();
    await client.detach();
    await connection.send("Target.closeTarget", { targetId: target._targetId });
    await until(() => !this.browser.targets().includes(target), "the end of the worker");
  }

  async open(url) {
    const page = await this.browser.newPage();
    page.setDefaultTimeout(patience);
    page.problems = [];
    page.on("pageerror", (error) => page.problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
    await page.goto(url, { waitUntil: "domcontentloaded" });
    return page;
  }

  // The page that opens by itself, or by what is done meanwhile; the first that `wanted` takes.
  async opening(wanted) {
    const target = await this.browser.waitForTarget(wanted, { timeout: patience });
    const page = await target.asPage();
    page.setDefaultTimeout(patience);
    return page;
  }

  // The overlay's card: where it is a pill, the pill is clicked first, and again after a page has moved on.
  overlay(page) {
    return new Card(page, "redress-overlay");
  }

  // The overlay as it stands, card or pill.
  standing(page) {
    return new Inside(page, "redress-overlay");
  }

  list(page) {
    return new Inside(page, "redress-list");
  }

  badge(page, index = 0) {
    return new Inside(page, "redress-badge", index);
  }

  // A click on the toolbar's button: grants activeTab and opens the popup.
  async clickToolbar(page) {
    await page.bringToFront();
    const opened = this.opening((target) => target.url() === `chrome-extension://${this.id}/popup.html`);
    await page.triggerExtensionAction(this.extension);
    const popup = await opened;
    await popup.waitForSelector("#view > *");
    return popup;
  }

  ownPage(file) {
    return this.open(`chrome-extension://${this.id}/${file}`);
  }

  async close() {
    await this.browser.close();
    if (this.temporary) await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

// What is in one of our closed shadow roots, looked at from the content script's own world.
class Inside {
  constructor(page, host, index = 0) {
    Object.assign(this, { page, host, index });
  }

  // Runs `read(root, element, ...values)` in the content script's world; null while there is no such element.
  async run(read, ...values) {
    const [realm] = this.page.extensionRealms();
    if (!realm) return null;
    // As an expression: the extension's own policy forbids making functions from text.
    return realm.evaluate(`(() => {
      const element = document.querySelectorAll(${JSON.stringify(this.host)})[${this.index}];
      const shadow = element && chrome.dom.openOrClosedShadowRoot(element);
      return shadow ? (${read})(shadow, element, ...${JSON.stringify(values)}) : null;
    })()`);
  }

  text() {
    return this.run((shadow) => shadow.textContent);
  }

  async waitFor(read, what = String(read), ...values) {
    const deadline = Date.now() + patience;
    let last;
    for (;;) {
      last = await this.run(read, ...values).catch(() => null);
      if (last) return last;
      if (Date.now() > deadline) throw new Error(`waited for ${what} in ${this.host}; it holds: ${await this.text().catch(() => null)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  waitForText(part) {
    return this.waitFor((shadow, _, wanted) => shadow.textContent.includes(wanted), `“${part}”`, part);
  }

  // A real click with the mouse in the middle of what `selector` finds; again where that moved away before the mouse was there.
  async click(selector) {
    await until(async () => {
      const box = await this.waitFor((shadow, _, wanted) => {
        const found = shadow.querySelector(wanted);
        if (!found) return null;
        found.scrollIntoView({ block: "nearest" });
        const { x, y, width, height } = found.getBoundingClientRect();
        if (!width) return null;
        globalThis.redressClicked = false;
        shadow.addEventListener("click", (event) => {
          globalThis.redressClicked = event.composedPath().some((node) => node.matches?.(wanted));
        }, { capture: true, once: true });
        return { x: x + width / 2, y: y + height / 2 };
      }, selector, selector);
      await this.page.mouse.click(box.x, box.y);
      // A page that was left by it has nothing to tell any more.
      const [realm] = this.page.extensionRealms();
      return (await realm?.evaluate("globalThis.redressClicked").catch(() => null)) !== false;
    }, `a click on ${selector}`);
  }
}

class Card extends Inside {
  async run(read, ...values) {
    await super.run((shadow) => shadow.querySelector("#redress-pill")?.click());
    return super.run(read, ...values);
  }
}

// Waits until `look()` gives something true and returns it.
export async function until(look, what, most = patience) {
  const deadline = Date.now() + most;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
