// Figures of the built extension in real headless Chromium, on the sample shop with the strict CSP. Nothing is asserted
// but that nothing is misread: every figure stands beside its limit or beside a peer that was measured in the same run.
// Medians of several repeats.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { makeOrders, openShop } from "../site/shop.js";
import { dist, openChromium, root } from "../e2e/chromium.js";
import { allow, openLong, startWhole, untold } from "../e2e/long.js";
import { manyCaptures } from "./captures.js";
import { idle } from "./idle.js";
import { manyCases } from "./many.js";

const repeats = 5;
const detailOf = (number) => `https://www.aliexpress.com/p/order/detail.html?orderId=${8200000000000000n + BigInt(number)}`;
const detailPage = detailOf(2);
const listPage = (size) => `https://www.aliexpress.com/p/order/index.html?pageSize=${size}`;
const figures = [];
console.log(`load of the machine at the start: ${os.loadavg().map((load) => load.toFixed(1)).join(", ")}`);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function print(name, value, unit, peer, peerValue) {
  const ratio = peerValue ? value / peerValue : null;
  figures.push({ name, value, unit, peer: peer ?? null, peer_value: peerValue ?? null, ratio });
  const shown = (number) => (Number.isInteger(number) ? String(number) : number.toFixed(2));
  const beside = peer ? ` (${peer}: ${shown(peerValue)}${ratio === null ? "" : `, ratio: ${ratio.toFixed(2)}`})` : "";
  console.log(`${name}: ${shown(value)} ${unit}${beside}`);
}

async function repeat(measure) {
  const values = [];
  for (let turn = 0; turn < repeats; turn += 1) values.push(await measure(turn));
  return median(values);
}

// A card of about the overlay's size, drawn by nothing but a content script on the same trigger: the floor of the overlay's time.
async function peerExtension() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "redress-peer-"));
  await writeFile(path.join(folder, "manifest.json"), JSON.stringify({
    manifest_version: 3, name: "peer", version: "1", permissions: ["storage"], background: { service_worker: "worker.js" },
    content_scripts: [{ matches: ["https://*.aliexpress.com/*"], js: ["content.js"], run_at: "document_idle" }],
  }));
  await writeFile(path.join(folder, "worker.js"), "");
  await writeFile(path.join(folder, "content.js"), `
    const draw = () => {
      if (!document.querySelector(".order-block-title")) return;
      observer.disconnect();
      const host = document.createElement("redress-overlay");
      const shadow = host.attachShadow({ mode: "closed" });
      for (let row = 0; row < 60; row += 1) { const line = document.createElement("p"); line.append("a line of the card"); shadow.append(line); }
      document.documentElement.append(host);
    };
    const observer = new MutationObserver(draw);
    observer.observe(document.documentElement, { childList: true, subtree: true });
    draw();`);
  return folder;
}

// Milliseconds to the drawn overlay being attached: from the status title being in the page, and from the beginning of the
// navigation, as a reader waits. Each time another order: one that is known is drawn before its page is ready.
async function readyToOverlay(chromium, number, before = async () => {}) {
  const page = await chromium.browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const look = () => {
      if (!window.readyAt && document.querySelector(".order-block-title")) window.readyAt = performance.now();
      if (!window.drawnAt && document.querySelector("redress-overlay")) window.drawnAt = performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  await before();
  await page.goto(detailOf(number), { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => window.readyAt && window.drawnAt);
  const [ready, drawn] = await page.evaluate(() => [window.readyAt, window.drawnAt]);
  await page.close();
  return { ready: Math.max(0, drawn - ready), start: drawn };
}

// The medians of both.
async function overlayTimes(measure) {
  const times = [];
  await repeat(async (turn) => times.push(await measure(turn)));
  return { ready: median(times.map(({ ready }) => ready)), start: median(times.map(({ start }) => start)) };
}

// All main-thread tasks of a page in milliseconds, from loading until 3 s after it; the browser's own counter.
async function mainThread(chromium, url) {
  const page = await chromium.browser.newPage();
  await page.goto(url, { waitUntil: "networkidle0" });
  await sleep(3000);
  const { TaskDuration } = await page.metrics();
  await page.close();
  return TaskDuration * 1000;
}

// How many tasks of a page took longer than 50 ms, from its beginning until 3 s after it was loaded: whoever clicks then waits.
async function longTasks(chromium, url) {
  const page = await chromium.browser.newPage();
  await page.evaluateOnNewDocument(() => {
    window.longTasks = 0;
    new PerformanceObserver((list) => { window.longTasks += list.getEntries().length; }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(url, { waitUntil: "networkidle0" });
  await sleep(3000);
  const count = await page.evaluate(() => window.longTasks);
  await page.close();
  return count;
}

// Of the order page and of lists: how long the main thread is busy, and how often for long.
async function threads(chromium) {
  const of = (measure, url) => repeat(() => measure(chromium, url));
  return {
    detail: await of(mainThread, detailPage), list: await of(mainThread, listPage(100)),
    detailLong: await of(longTasks, detailPage), listLong: await of(longTasks, listPage(100)),
  };
}

async function sizes() {
  for (const name of ["writer", "viewer", "keeper"]) {
    const core = await readFile(path.join(dist, `core/${name}_bg.wasm`));
    print(`core of the ${name}, raw`, core.length, "bytes", "limit", 450 * 1024);
    print(`core of the ${name}, gzip`, gzipSync(core, { level: 9 }).length, "bytes", "limit", 200 * 1024);
  }
  const manifest = JSON.parse(await readFile(path.join(dist, "manifest.json"), "utf8"));
  const scripts = await Promise.all(manifest.content_scripts[0].js.map((file) => stat(path.join(dist, file))));
  print("content scripts", scripts.reduce((sum, file) => sum + file.size, 0), "bytes", "limit", 20 * 1024);
  const files = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  print("files of the extension", files.length, "files");
}

// The facts that the reader gets right on saved and on damaged pages: its own lines, and its figures among ours.
async function reading() {
  const bench = spawn("cargo", ["bench", "--locked", "--quiet", "--bench", "reader"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(bench, "exit");
  let text = "";
  for await (const piece of bench.stdout.setEncoding("utf8")) text += piece;
  const [status] = await ended;
  console.log(text);
  for (const [, name, value, unit] of text.matchAll(/^([^:\n]+): ([\d.]+) (\w+)$/gm)) {
    figures.push({ name, value: Number(value), unit, peer: null, peer_value: null, ratio: null });
  }
  return status;
}

// Waits until no more badges come: a list may have more orders than are read.
async function badged(page, size) {
  const options = { timeout: 180_000, polling: 500 };
  await page.waitForFunction((count) => document.querySelectorAll(".order-item").length >= count, options, size);
  await page.waitForFunction(() => {
    const now = document.querySelectorAll("redress-badge").length;
    const same = now > 0 && now === window.badgesBefore;
    window.badgesBefore = now;
    return same;
  }, options);
}

async function collecting(chromium, size) {
  const page = await chromium.open(listPage(size));
  await badged(page, size);
  const [realm] = page.extensionRealms();
  const times = await realm.evaluate(`(async () => {
    const { plan } = await chrome.runtime.sendMessage({ kind: "page_opened", url: location.href });
    const runs = [];
    for (let run = 0; run < ${repeats}; run += 1) {
      const start = performance.now();
      const snapshot = redressCollect(plan, document, location);
      const collected = performance.now();
      await chrome.runtime.sendMessage({ kind: "page_seen", snapshot, visit: run });
      const orders = snapshot.root.regions.filter(({ name }) => name === "order").length;
      runs.push([collected - start, performance.now() - collected, orders]);
    }
    return runs;
  })()`);
  await page.close();
  return { collect: median(times.map(([collect]) => collect)), answer: median(times.map(([, answer]) => answer)), orders: times[0][2] };
}

async function capturing(chromium) {
  const page = await chromium.open(detailPage);
  await chromium.overlay(page).waitForText("Act by");
  await (await chromium.clickToolbar(page)).close().catch(() => {});
  await page.bringToFront();
  const [realm] = page.extensionRealms();
  const worker = await chromium.worker();
  const [stored, bare] = [[], []];
  // In turn, so that both have the same load beside them. The quota of two pictures a second is not what is measured.
  for (let turn = 0; turn <= 4 * repeats; turn += 1) {
    await sleep(1100);
    stored.push(await realm.evaluate(`(async () => {
      const start = performance.now();
      const { notice } = await chrome.runtime.sendMessage({ kind: "capture", trigger: "overlay" });
      if (!notice.kept) throw new Error(JSON.stringify(notice));
      return performance.now() - start;
    })()`));
    await sleep(1100);
    bare.push(await worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const start = performance.now();
      await chrome.tabs.captureVisibleTab(tab.windowId, { format: "png" });
      return performance.now() - start;
    }));
  }
  print("click to capture stored", median(stored.slice(1)), "ms", "bare captureVisibleTab", median(bare.slice(1)));
  await page.close();
}

// A page of 10,000 px at 1280 x 800, from the wish to the kept picture. The browser allows two pictures a second.
async function capturingWhole(chromium) {
  const page = await openLong(chromium);
  await allow(chromium, page);
  const session = async (work) => (await chromium.worker()).evaluate(work);
  const values = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await session(() => chrome.storage.session.clear());
    const start = performance.now();
    await startWhole(chromium);
    while (!(await untold(chromium))) await sleep(10);
    values.push(performance.now() - start);
    const { kept } = await untold(chromium);
    if (!kept) throw new Error("the whole page was not captured");
  }
  print("a whole page of 13 screens captured and stored", median(values), "ms", "the browser's quota", 12 * 500);
  console.log(`load of the machine meanwhile: ${os.loadavg()[0].toFixed(1)}`);
  await page.close();
}

const zone = "Europe/Warsaw";
const readRight = await reading();
const shop = await openShop({ csp: "strict", zone, orders: makeOrders(new Date(), { count: 1000, zone }) });
const peer = await peerExtension();
let chromium = await openChromium({ shop, zone });
try {
  console.log(`machine: ${os.cpus().length} cores, ${os.cpus()[0].model}; ${await chromium.browser.version()}; medians of ${repeats}`);
  await sizes();
  await readyToOverlay(chromium, 10);
  const warm = await overlayTimes((turn) => readyToOverlay(chromium, 11 + turn));
  const cold = await overlayTimes((turn) => readyToOverlay(chromium, 21 + turn, () => chromium.stopWorker()));
  const small = await collecting(chromium, 10);
  const large = await collecting(chromium, 100);
  const huge = await collecting(chromium, 1000);
  await capturing(chromium);
  await capturingWhole(chromium);
  const withUs = await threads(chromium);
  const idleWithUs = await idle(chromium, detailPage, (page) => page.waitForSelector("redress-overlay"));
  // Last: it writes over what is stored.
  const files = await manyCases(chromium, { repeat, print });
  await chromium.close();
  await manyCaptures(() => openChromium({ shop, zone }), files, print);

  chromium = await openChromium({ shop, zone, extension: null });
  const without = await threads(chromium);
  const idleWithout = await idle(chromium, detailPage, (page) => page.waitForSelector(".order-block-title"));
  await chromium.close();

  chromium = await openChromium({ shop, zone, extension: peer });
  await readyToOverlay(chromium, 10);
  const drawn = await overlayTimes((turn) => readyToOverlay(chromium, 11 + turn));

  print("page ready to overlay drawn, warm worker", warm.ready, "ms", "static card", drawn.ready);
  print("page ready to overlay drawn, cold worker", cold.ready, "ms", "static card", drawn.ready);
  print("navigation to overlay drawn, warm worker", warm.start, "ms", "static card", drawn.start);
  print("navigation to overlay drawn, cold worker", cold.start, "ms", "static card", drawn.start);
  print("collecting a list of 10, main thread", small.collect, "ms");
  print("collecting a list of 100, main thread", large.collect, "ms", "ten lists of 10", small.collect * 10);
  print("collecting a list of 1000, main thread", huge.collect, "ms", "ten lists of 100", large.collect * 10);
  print("answer for a list of 10, worker and way", small.answer, "ms");
  print("answer for a list of 100, worker and way", large.answer, "ms", "ten lists of 10", small.answer * 10);
  print("answer for a list of 1000, worker and way", huge.answer, "ms", "ten lists of 100", large.answer * 10);
  print("orders collected of a list of 1000", huge.orders, "orders");
  print("main thread of the order page", withUs.detail, "ms", "without the extension", without.detail);
  print("main thread of a list of 100", withUs.list, "ms", "without the extension", without.list);
  print("long tasks on the order page", withUs.detailLong, "tasks", "without the extension", without.detailLong);
  print("long tasks on a list of 100", withUs.listLong, "tasks", "without the extension", without.listLong);
  print("processor's time of an order page in a minute at rest", idleWithUs, "ms", "without the extension", idleWithout);
  print("of these by the extension", idleWithUs - idleWithout, "ms");
  await mkdir(path.join(root, "target"), { recursive: true });
  await writeFile(path.join(root, "target/bench.json"), `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await chromium.close().catch(() => {});
  await shop.close();
  await rm(peer, { recursive: true, force: true });
}
process.exitCode = readRight;
