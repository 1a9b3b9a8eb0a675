// Real headless Firefox ESR with the built extension, in front of the sample shop.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { dist, patience, until } from "./chromium.js";

export async function openFirefox({ shop, zone = "Europe/Warsaw", extension = dist }) {
  const profile = await mkdtemp(path.join(os.tmpdir(), "redress-firefox-"));
  const [host, port] = shop.proxy.split(":");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    timeout: patience,
    userDataDir: profile,
    acceptInsecureCerts: true,
    // Wide, so that the card has room beside the shop's page.
    defaultViewport: { width: 1920, height: 1000 },
    env: { ...process.env, TZ: zone },
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": host, "network.proxy.http_port": Number(port),
      "network.proxy.ssl": host, "network.proxy.ssl_port": Number(port),
      "network.stricttransportsecurity.preloadlist": false,
      // Host permissions of an unpacked extension are asked for unless they are granted at install.
      "extensions.originControls.grantByDefault": true,
    },
  });
  const id = await browser.installExtension(extension);
  // The introduction opens by itself, in front. What is opened after it stands before it; the automation can neither look into
  // a page of ours nor close it.
  await until(async () => (await browser.pages()).length > 1, "the introduction");
  return { browser, id, async close() { await browser.close(); await rm(profile, { recursive: true, force: true, maxRetries: 5 }); } };
}

// What the first element `name` holds, its closed shadow root included: { text, shadow } as the browser's own
// automation protocol tells it; null while there is none.
export async function look(page, name) {
  const { result } = await page.browser().connection.send("script.evaluate", {
    expression: `document.querySelector(${JSON.stringify(name)})`,
    target: { context: page.mainFrame()._id },
    awaitPromise: false,
    serializationOptions: { includeShadowTree: "all", maxDomDepth: 12 },
  });
  const shadow = result.result?.value?.shadowRoot;
  if (!shadow) return null;
  const texts = (node) => (node?.value?.nodeType === 3 ? node.value.nodeValue : (node?.value?.children ?? []).map(texts).join(" "));
  return { mode: shadow.value?.mode, text: texts(shadow) };
}
