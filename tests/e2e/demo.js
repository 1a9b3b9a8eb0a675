// The demo: the extension on a sample order of the sample shop. With --headless --out DIR it does the whole job alone.
import { execFile } from "node:child_process";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { startWhole, untold } from "./long.js";
import { watchRequests } from "./requests.js";
import { restored } from "./restored.js";
import { portrait, standing, visitList, visitOrder } from "./states.js";

const run = promisify(execFile);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const listPage = "https://www.aliexpress.com/p/order/index.html";
const orderPage = `https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`;
const trackingPage = `https://www.aliexpress.com/p/tracking/index.html?tradeOrderId=${SAMPLE_ORDER_ID}`;
const chatPage = `https://www.aliexpress.com/p/message/index.html?fromCode=order&orderId=${SAMPLE_ORDER_ID}`;

let options;
try {
  options = parseArgs({ options: { headless: { type: "boolean" }, out: { type: "string" } } }).values;
} catch (error) {
  fail(`${error.message} (known: --headless --out DIR)`);
}
if (Boolean(options.headless) !== Boolean(options.out)) fail("--headless and --out DIR belong together");

const shop = await openShop({ csp: "strict", zone });
try {
  await (options.headless ? alone(path.resolve(options.out)) : withPerson());
} finally {
  await shop.close();
}

function fail(line) {
  console.error(`demo: ${line}`);
  process.exit(2);
}

async function withPerson() {
  const chromium = await openChromium({ shop, zone, headless: false }).catch((error) => {
    fail(`no browser window could be opened (${error.message.split("\n")[0]}); without a screen use --headless --out DIR`);
  });
  const page = await chromium.open(orderPage);
  console.log(`The sample order is open. All sample orders: ${listPage}`);
  console.log("Close the browser to end the demo.");
  await page.bringToFront();
  await new Promise((done) => chromium.browser.once("disconnected", done));
  await rm(chromium.profile, { recursive: true, force: true, maxRetries: 5 });
}

async function alone(out) {
  await mkdir(out, { recursive: true });
  const downloads = await Downloads.open();
  const chromium = await openChromium({ shop, zone });
  const requests = await watchRequests(chromium.browser, chromium.id);
  const picture = (page, name) => page.screenshot({ path: path.join(out, name) });
  try {
    const page = await chromium.open(listPage);
    await until(async () => (await page.$$("redress-badge")).length === 10, "ten badges on the list");
    await picture(page, "list.png");

    await page.goto(orderPage);
    // As a buyer does to see all dates. By script, because the overlay may lie over it at this window's size.
    await (await page.waitForSelector(".order-detail-order-info .switch-icon")).evaluate((arrow) => arrow.click());
    const overlay = chromium.overlay(page);
    await overlay.waitForText("Act by");
    await picture(page, "overlay.png");

    // The toolbar click allows pictures of this tab, also after it has moved on inside the shop.
    const popup = await chromium.clickToolbar(page);
    await popup.waitForSelector("#front .step");
    await popup.click("#capture");
    await popup.waitForSelector("#notice img[src^='blob:']");
    await popup.setViewport({ width: 384, height: 600 });
    await picture(popup, "popup.png");
    await popup.close().catch(() => {});
    await page.bringToFront();
    await wholePage(chromium);
    for (const [next, ready] of [[trackingPage, "[class*='logistic-info-v2--nodeTitle']"], [chatPage, ".chat"]]) {
      await page.goto(next);
      await page.waitForSelector(ready);
      await overlay.click("#capture");
      await overlay.waitForText("Capture kept");
      await wholePage(chromium);
    }

    const [dossier] = await Promise.all([
      chromium.opening((target) => target.url().includes("dossier.html")),
      page.goto(orderPage).then(() => overlay.click("#dossier")),
    ]);
    await dossier.setViewport({ width: 1280, height: 800 });
    await until(async () => (await dossier.$$eval(".exhibit img", (images) => images.filter((image) => image.naturalWidth > 0).length)) === 6, "six pictures in the dossier");
    await dossier.screenshot({ path: path.join(out, "dossier.png"), fullPage: true });
    const archive = path.join(out, "dossier.zip");
    await copyFile(await downloads.from(dossier, () => dossier.click("#download")), archive);

    const verdict = await verify(archive);
    const document = JSON.parse((await run("unzip", ["-p", archive, "case.json"], { maxBuffer: 1 << 26 })).stdout);
    const { state, deadlines, next, flags } = document.case;
    const orders = await ordersRead(dossier);
    await everyState({ chromium, page, own: dossier }, out);
    const summary = {
      browser: await chromium.browser.version(),
      orders_read: orders,
      case: { id: document.order_id, state, deadlines, next, flags },
      captures: document.captures.map(({ record }) => ({
        id: record.id, captured_at: record.captured_at, sha256: record.sha256, bytes: record.bytes, url: record.url, page: record.page, mode: record.mode,
      })),
      vault: { entries: document.chain.entries, verified: verdict.holds, restored: await restored(chromium, SAMPLE_ORDER_ID, verify) },
      dossier: { files: verdict.files, verified: verdict.holds },
      requests_by_extension: requests.length,
    };
    await writeFile(path.join(out, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
    console.log(`Written to ${out}: overlay.png list.png popup.png dossier.png dossier.zip states.json states/ summary.json`);
    if (!verdict.holds) fail("the dossier does not verify");
  } finally {
    await chromium.close();
    await downloads.remove();
  }
}

// The page in front as a whole, as from the menu.
async function wholePage(chromium) {
  await (await chromium.worker()).evaluate(() => chrome.storage.session.clear());
  await startWhole(chromium);
  const told = await until(() => untold(chromium), "the whole page");
  if (!told.kept) throw new Error(`the whole page was not captured: ${told.failed}`);
}

// Every order of the shop: what the extension answers, and its overlay in words and as a picture.
async function everyState(at, out) {
  await rm(path.join(out, "states"), { recursive: true, force: true });
  await mkdir(path.join(out, "states"));
  await visitList(at.page, shop.orders.length);
  const states = [];
  for (const [index, order] of shop.orders.entries()) {
    await visitOrder(at, order);
    const answer = await standing(at, order.id);
    states.push(answer);
    await portrait(at.chromium, at.page, path.join(out, "states", `${index + 1}-${answer.state}.png`));
  }
  await writeFile(path.join(out, "states.json"), `${JSON.stringify(states, null, 2)}\n`);
}

async function verify(archive) {
  const binary = path.join(root, "target/debug/redress");
  const { stdout, code } = await run(binary, ["verify", archive]).then(({ stdout }) => ({ stdout, code: 0 }), (error) => error);
  return { holds: code === 0, files: stdout.split("\n").filter((line) => line.startsWith("ok ")).length };
}

// What the running extension has stored, not what the shop has shown.
function ordersRead(page) {
  return page.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const count = opening.result.transaction("cases").objectStore("cases").count();
      count.onsuccess = () => done(count.result);
    };
  }));
}
