// The built extension in real headless Chromium, on the sample shop with the strict CSP.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { watchRequests } from "./requests.js";

const run = promisify(execFile);

const shopAt = (path) => `https://www.aliexpress.com${path}`;
const orderPage = (id) => shopAt(`/p/order/detail.html?orderId=${id}`);
const zone = "Europe/Warsaw";

let shop;
let chromium;
let requests;

before(async () => {
  shop = await openShop({ csp: "strict", zone });
  chromium = await openChromium({ shop, zone });
  requests = await watchRequests(chromium.browser, chromium.id);
});

after(async () => {
  await chromium?.close();
  await shop?.close();
});

// By script, because the overlay may lie over the arrow at this window's size.
const expandRows = async (page) => {
  await page.waitForSelector(".order-detail-order-info .info-row");
  await page.$$eval(".order-detail-order-info .switch-icon", (arrows) => arrows.forEach((arrow) => arrow.click()));
};

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

// Everything that the vault holds, read by the extension's own worker. No tab comes to the front for it.
async function vault() {
  const worker = await chromium.worker();
  return worker.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = async () => {
      const all = (store) => new Promise((got) => {
        const request = opening.result.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => got(request.result);
      });
      const pictures = await all("pictures");
      const digests = await Promise.all(pictures.map(async (picture) => {
        const digest = await crypto.subtle.digest("SHA-256", await picture.arrayBuffer());
        return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
      }));
      const stored = { cases: await all("cases"), records: await all("records"), chain: await all("chain"), pictures: pictures.map((picture) => ({ type: picture.type, size: picture.size })), digests };
      opening.result.close();
      done(stored);
    };
  }));
}

const vaultOf = async (id) => (await vault()).records.filter((record) => record.order_id === id);

// The offset from UTC that a zone has at a moment, in minutes, by another way than the core's.
function offsetIn(zone, date) {
  const wall = new Date(date.toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T") + "Z");
  return Math.round((wall - date) / 60_000);
}

// A kept picture as base64, read in one of our own pages.
async function pictureOf(captureId) {
  const page = await chromium.ownPage("popup.html");
  const base64 = await page.evaluate((id) => new Promise((done) => {
    const opening = indexedDB.open("redress");
    opening.onsuccess = () => {
      const request = opening.result.transaction("pictures").objectStore("pictures").get(id);
      request.onsuccess = () => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(",")[1]);
        reader.readAsDataURL(request.result);
      };
    };
  }), captureId);
  await page.close();
  return base64;
}

// The browser's own picture of the page with our elements taken out of it.
async function withoutOurs(page) {
  await page.bringToFront();
  const hide = (hidden) => page.$$eval("redress-overlay, redress-badge, redress-list", (ours, value) => ours.forEach((element) => element.toggleAttribute("hidden", value)), hidden);
  await hide(true);
  const picture = await page.screenshot({ encoding: "base64" });
  await hide(false);
  return picture;
}

// The share of pixels that differ visibly between two pictures of the same size.
async function difference(page, one, other) {
  const blank = await chromium.ownPage("popup.html");
  const share = await blank.evaluate(async (pictures) => {
    const [a, b] = await Promise.all(pictures.map(async (base64) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height);
    }));
    if (a.width !== b.width || a.height !== b.height) return 1;
    let different = 0;
    for (let at = 0; at < a.data.length; at += 4) {
      if ([0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > 24)) different += 1;
    }
    return different / (a.width * a.height);
  }, [one, other]);
  await blank.close();
  return share;
}

test("the overlay says the state, the time left in both zones, its basis and the next step", async () => {
  const page = await chromium.open(orderPage(orderOf("transit_near_end")));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("Act by");
  const text = await overlay.text();
  for (const part of ["Act by", "Ends", "Pacific time", "From the page", "Refund if no delivery before", "Next step", "Ask for a longer delivery time", "Evidence still missing", "The way up", "You are here", "Capture this page", "not legal advice"]) {
    assert.ok(text.includes(part), `the overlay lacks “${part}”: ${text}`);
  }
  assert.deepEqual(page.problems, []);
  assert.deepEqual(await page.evaluate(() => window.__violations), []);
  await page.close();
});

test("the states of the shop lead to their own words", async () => {
  const expected = {
    unpaid: "Not paid yet", to_ship: "Waiting for the seller to ship", transit_early: "On its way", window_36h: "You can open a dispute", cancelled: "Cancelled, refund expected",
    dispute_wait_seller: "the seller's turn", dispute_wait_buyer: "your answer is needed", dispute_mediation: "AliExpress is reviewing",
    dispute_evidence: "AliExpress asks for evidence", dispute_decision: "AliExpress proposes a solution", return_approved: "Return approved", return_sent: "Return is on its way",
    refund_processing: "Refund on its way", dispute_lost: "Decided against you", dispute_closed: "Dispute closed",
  };
  const page = await chromium.open(shopAt("/p/order/index.html"));
  for (const [name, words] of Object.entries(expected)) {
    await page.goto(orderPage(orderOf(name)), { waitUntil: "domcontentloaded" });
    await expandRows(page);
    await chromium.overlay(page).waitForText(words);
    assert.deepEqual(page.problems, [], name);
  }
  await page.close();
});

test("rows that were collapsed are read as soon as they are there", async () => {
  const page = await chromium.open(orderPage(SAMPLE_ORDER_ID));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("No deadline is running");
  await expandRows(page);
  await overlay.waitForText("Open the dispute");
  // Eight days by the calendar; the hour of the test decides how much of the last one is left.
  assert.match(await overlay.text(), /8 days(, \d+ hours?)?|7 days, \d+ hours?/);
  await page.close();
});

test("the list of returns shows a badge on every card, and what it says belongs to the order's case", async () => {
  const page = await chromium.open("https://m.aliexpress.com/p/refund-dispute/list.html");
  const card = '[class*="orderItem--orderItem--"]';
  await page.waitForSelector(card);
  await page.waitForFunction((cards) => document.querySelectorAll("redress-badge").length === document.querySelectorAll(cards).length, {}, card);
  const { cases } = await vault();
  const seen = cases.filter((file) => file.looks.some((look) => look.snapshot.address.includes("/refund-dispute/list")));
  assert.ok(seen.length > 0 && seen.every((file) => /^82000000000\d{5}$/.test(file.order_id)), "kept under the orders' own numbers");
  await page.close();
});

test("the list shows a badge on every card and follows the cards that are loaded later", async () => {
  const page = await chromium.open(shopAt("/p/order/index.html"));
  const badges = () => page.$$eval("redress-badge", (found) => found.length);
  await page.waitForSelector(".order-item-header");
  const height = () => page.$eval(".order-item-header", (header) => header.getBoundingClientRect().height);
  const before = await height();
  await until(async () => (await badges()) === 10, "ten badges");
  assert.equal(await height(), before, "a badge must not make its card's header higher");
  await page.$eval(".order-more button", (button) => button.click());
  await until(async () => (await badges()) === 20, "twenty badges");
  assert.match(await chromium.badge(page, 1).text(), /left|On its way/);
  assert.equal(await page.$("redress-overlay"), null);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("moving inside the shop without a reload is followed", async () => {
  const page = await chromium.open(shopAt("/p/order/index.html"));
  await until(() => page.$("redress-badge"), "badges");
  const id = orderOf("transit_near_end");
  await page.$eval(`a[data-pl="order_item_header_detail"][href*="${id}"]`, (link) => link.click());
  await chromium.overlay(page).waitForText("Ask for a longer delivery time");
  assert.ok(page.url().includes(id));
  assert.match(await chromium.overlay(page).text(), new RegExp(`…${id.slice(-6)}`));
  await page.goBack();
  await until(async () => !(await page.$("redress-overlay")) && (await page.$("redress-badge")), "the list again");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("before a click of ours the overlay's button says what to do, and nothing is stored", async () => {
  const page = await chromium.open(orderPage(orderOf("transit_near_end")));
  const before = (await vault()).records.length;
  await page.bringToFront();
  await chromium.overlay(page).click("#capture");
  await chromium.overlay(page).waitForText("Click the Redress button in the toolbar once");
  const after = await vault();
  assert.equal(after.records.length, before);
  assert.equal(after.chain.length, before);
  await page.close();
});

test("a toolbar click opens the popup with this order first; captures from popup and overlay show the page without the overlay", async () => {
  const id = orderOf("transit_early");
  const page = await chromium.open(orderPage(id));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("On its way");
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#front .step");
  assert.match(await popup.$eval("#front", (front) => front.textContent), /On its way/);
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  assert.match(await popup.$eval("#notice", (notice) => notice.textContent), /Capture kept/);
  await overlay.waitForText("Capture kept");
  await popup.close().catch(() => {});

  await page.bringToFront();
  await overlay.click("#capture");
  await overlay.waitForText("Dossier (2)");
  // An empty one has another width.
  await overlay.waitFor((shadow) => shadow.querySelector("#notice canvas")?.width === 320, "a thumbnail");

  const shown = await page.evaluate(() => document.body.textContent.replace(/\s+/g, " "));
  const { records, chain, digests, pictures } = await vault();
  const own = records.filter((record) => record.order_id === id).sort((a, b) => a.captured_at.localeCompare(b.captured_at));
  assert.deepEqual(own.map((record) => record.trigger), ["popup", "overlay"]);
  for (const record of own) {
    assert.equal(record.page, "order_detail");
    assert.equal(record.mode, "viewport");
    assert.equal(record.zone, zone);
    assert.equal(record.utc_offset_minutes, offsetIn(zone, new Date(record.captured_at)));
    assert.equal(record.url, page.url());
    assert.equal(record.title, await page.title());
    assert.deepEqual(record.viewport, { width: 1280, height: 800 });
    assert.equal(record.device_pixel_ratio, 1);
    assert.match(record.browser, /Chrome/);
    assert.ok(Math.abs(Date.now() - new Date(record.captured_at)) < 120_000);
    assert.ok(digests.includes(record.sha256), "the digest is that of the stored picture");
    assert.match(record.layout_version, /^current [0-9a-f]{12}$/);
    const lines = record.text.trimEnd().split("\n").filter((line) => /^(status|title|store): /.test(line)).map((line) => line.replace(/^\w+: /, ""));
    assert.ok(lines.length >= 3 && lines.every((line) => shown.includes(line)), `the text is that of the page: ${lines}`);
  }
  assert.ok(pictures.every((picture) => picture.type === "image/png"));
  assert.equal(chain.length, records.length);

  // The judge is the browser's own picture: of the page without our elements, and with them.
  const kept = await pictureOf(own[1].id);
  const bare = await withoutOurs(page);
  const dressed = await page.screenshot({ encoding: "base64" });
  assert.ok((await difference(page, kept, bare)) < 0.001, "the kept picture is the page without the overlay");
  assert.ok((await difference(page, kept, dressed)) > 0.02, "the comparison sees an overlay where there is one");
  await page.close();
});

test("a picture is read byte for byte, also in a browser that has only the older way", async () => {
  const page = await chromium.ownPage("popup.html");
  const sent = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256)).toString("base64");
  const read = await page.evaluate(async (base64) => {
    const { pictureFrom } = await import("/camera.js");
    const way = async () => {
      const { blob, sha256 } = await pictureFrom(`data:image/png;base64,${base64}`);
      const letters = Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join("");
      return { type: blob.type, sha256, base64: btoa(letters) };
    };
    const newer = await way();
    delete Uint8Array.fromBase64;
    return [newer, await way()];
  }, sent);
  const sha256 = createHash("sha256").update(Buffer.from(sent, "base64")).digest("hex");
  for (const one of read) assert.deepEqual(one, { type: "image/png", sha256, base64: sent });
  await page.close();
});

test("the keyboard command and the context menu are registered, and both end in the same capture", async () => {
  const worker = await chromium.worker();
  const commands = await worker.evaluate(() => chrome.commands.getAll());
  assert.ok(commands.some((command) => command.name === "capture"));
  const id = orderOf("two_windows");
  const page = await chromium.open(orderPage(id));
  await chromium.overlay(page).waitForText("You can open a dispute");
  const popup = await chromium.clickToolbar(page);
  await popup.close().catch(() => {});
  await page.bringToFront();
  // The browser's own dispatch cannot be pressed headless; the listeners get what it would give them.
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.commands.onCommand.dispatch("capture", tab);
  });
  await until(async () => (await vaultOf(id)).length === 1, "the command's capture");
  await page.bringToFront();
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.contextMenus.onClicked.dispatch({ menuItemId: "capture" }, tab);
  });
  await until(async () => (await vaultOf(id)).length === 2, "the menu's capture");
  assert.deepEqual((await vaultOf(id)).map((record) => record.trigger).sort(), ["command", "context_menu"]);
  await page.close();
});

test("nothing is lost when the worker is stopped between two actions", async () => {
  const id = orderOf("brl");
  const page = await chromium.open(orderPage(id));
  const overlay = chromium.overlay(page);
  await overlay.waitForText("On its way");
  await (await chromium.clickToolbar(page)).close().catch(() => {});
  await page.bringToFront();
  await overlay.click("#capture");
  await overlay.waitForText("Dossier (1)");
  await chromium.stopWorker();
  await page.bringToFront();
  await overlay.click("#capture");
  await overlay.waitForText("Dossier (2)");
  await chromium.stopWorker();
  const popup = await chromium.clickToolbar(page);
  await popup.waitForSelector("#front .step");
  assert.match(await popup.$eval("#front", (front) => front.textContent), /Dossier \(2\)/);
  const { chain } = await vault();
  assert.deepEqual(chain.map((entry) => entry.seq), chain.map((_, index) => index + 1));
  chain.slice(1).forEach((entry, index) => assert.equal(entry.prev, chain[index].hash));
  await popup.close().catch(() => {});
  await page.close();
});

test("the overlay collapses, moves and remembers both", async () => {
  const page = await chromium.open(orderPage(orderOf("eur")));
  const overlay = chromium.overlay(page);
  // The card has room until the page is full.
  await page.waitForSelector(".order-recommend *");
  await overlay.waitForText("Redress");
  await overlay.click("#move");
  await until(() => page.$("redress-overlay[data-corner='bottom-left']"), "the next corner");
  await overlay.click("#collapse");
  const standing = chromium.standing(page);
  await standing.waitFor((shadow) => shadow.querySelector(".pill") && !shadow.querySelector(".card"), "the pill");
  await page.reload();
  await standing.waitFor((shadow) => shadow.querySelector(".pill"), "the pill after a reload");
  assert.ok(await page.$("redress-overlay[data-corner='bottom-left']"));
  await standing.click(".pill");
  await standing.waitFor((shadow) => shadow.querySelector(".card"), "the card");
  // Dragged by its head into the opposite corner.
  const head = () => overlay.run((shadow) => { const { x, y } = shadow.querySelector(".head h2").getBoundingClientRect(); return { x: x + 4, y: y + 6 }; });
  // The card grows upwards while the page goes on loading.
  await page.waitForSelector(".order-recommend *");
  let box = await head();
  await until(async () => { const before = box; box = await head(); return before.y === box.y; }, "a card that stands still");
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.mouse.move(1200, 60, { steps: 6 });
  await page.mouse.up();
  await until(() => page.$("redress-overlay[data-corner='top-right']"), "the corner it was dragged to");
  for (const corner of ["bottom-right"]) {
    await overlay.click("#move");
    await until(() => page.$(`redress-overlay[data-corner='${corner}']`), corner);
  }
  await page.close();
});

test("the toolbar badge shows the nearest deadline of all orders", async () => {
  const page = await chromium.open(orderPage(orderOf("dispute_wait_buyer")));
  await chromium.overlay(page).waitForText("your answer is needed");
  const worker = await chromium.worker();
  await until(async () => (await worker.evaluate(() => chrome.action.getBadgeText({}))) !== "", "a badge");
  assert.match(await worker.evaluate(() => chrome.action.getBadgeText({})), /^(\d+[dhm])$/);
  assert.ok(await worker.evaluate(async () => Boolean(await chrome.alarms.get("badge"))), "the badge changes with the time");
  await page.close();
});

test("the popup lists the other orders by deadline and opens them", async () => {
  const page = await chromium.open(shopAt("/item/1005000000000001.html"));
  const popup = await chromium.clickToolbar(page);
  const rows = await popup.$$eval(".orders li", (items) => items.map((item) => item.textContent));
  assert.ok(rows.length >= 5, rows.join("\n"));
  const outside = await popup.$$eval(".orders li", (items) => items.filter((item) => {
    const [row, badge] = [item, item.querySelector(".badge")].map((one) => one.getBoundingClientRect());
    return badge.top < row.top || badge.bottom > row.bottom || badge.left < row.left || badge.right > row.right;
  }).length);
  assert.equal(outside, 0, "each badge stands in its own row");
  const [opened] = await Promise.all([
    chromium.opening((target) => target.type() === "page" && target.url().includes("orderId=82")),
    popup.$eval(".orders li button", (button) => button.click()),
  ]);
  await opened.close();
  await page.close();
});

test("the dossier deletes after a question, prints, downloads, and every judge accepts the archive", async (t) => {
  const id = orderOf("transit_early");
  const dossier = await chromium.ownPage(`dossier.html?order=${id}`);
  await until(async () => (await dossier.$$eval(".exhibit img", (images) => images.filter((image) => image.naturalWidth === 1280).length)) === 2, "two pictures");
  const text = await dossier.$eval("main", (main) => main.textContent);
  for (const part of ["Order placed", "Capture kept", "SHA-256", "In UTC", "Refund if no delivery before"]) assert.ok(text.includes(part), `${part}: ${text}`);

  await dossier.$eval(".exhibit [data-action*='ask_delete']", (button) => button.click());
  await dossier.waitForSelector("#ask");
  await dossier.$eval("#ask [data-action*='keep_capture']", (button) => button.click());
  await until(async () => !(await dossier.$("#ask")), "the question to go");
  assert.equal((await vaultOf(id)).length, 2);
  await dossier.$eval(".exhibit [data-action*='ask_delete']", (button) => button.click());
  await dossier.waitForSelector("#ask .danger");
  await dossier.$eval("#ask .danger", (button) => button.click());
  await until(async () => (await dossier.$$(".exhibit")).length === 1, "one exhibit");
  const { chain, records } = await vault();
  assert.equal(chain.at(-1).event.kind, "deleted");
  assert.equal(records.filter((record) => record.order_id === id).length, 1);

  await dossier.evaluate(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  await dossier.$eval("[data-action*='print']", (button) => button.click());
  assert.equal(await dossier.evaluate(() => window.printed), 1);
  assert.ok((await dossier.pdf({ format: "a4" })).length > 10_000);

  const downloads = await Downloads.open();
  t.after(() => downloads.remove());
  const archive = await downloads.from(dossier, () => dossier.$eval("#download", (button) => button.click()));
  const out = path.join(downloads.folder, "out");
  await run("unzip", ["-q", archive, "-d", out]);
  await run("sha256sum", ["-c", "--strict", "SHA256SUMS"], { cwd: out });
  const verdict = await run(path.join(root, "target/debug/redress"), ["verify", archive]);
  assert.match(verdict.stdout, /The dossier holds/);
  // openssl judges the digest of the picture that the record names.
  const document = JSON.parse(await readFile(path.join(out, "case.json"), "utf8"));
  const [exhibit] = document.captures;
  const digest = await run("openssl", ["dgst", "-sha256", "-r", path.join(out, exhibit.file)]);
  assert.ok(digest.stdout.startsWith(exhibit.record.sha256));
  assert.equal(document.case.state, "in_transit");
  await dossier.close();
});

test("a core that trapped refuses that request and answers the next one", async () => {
  const page = await chromium.ownPage("dossier.html?order=1");
  const answers = await page.evaluate(async () => {
    const [{ ask }, { default: start }] = await Promise.all([import("/writer.js"), import("/core/writer.js")]);
    const before = await ask({ kind: "badge" });
    new Uint8Array((await start()).memory.buffer).fill(255);
    const refused = await ask({ kind: "badge" }).then(() => "answered", (error) => error.constructor.name);
    return { before, refused, after: await ask({ kind: "badge" }) };
  });
  assert.equal(answers.refused, "RuntimeError");
  assert.equal(answers.after.text, answers.before.text);
  await page.close();
});

test("a core that trapped leaves no other one waiting for its answer", async () => {
  const page = await chromium.ownPage("guides.html");
  const answers = await page.evaluate(async () => {
    const { coreOf } = await import("/core.js");
    const silent = (started) => ({ default: async () => {}, settle() {}, __wbg_reset_state() {}, ask: () => { started(); return new Promise(() => {}); }, again: async () => "answered" });
    const asked = await Promise.all(["one", "other"].map((name) => new Promise((started) => {
      const core = coreOf(silent(() => started({ core, answer })), name);
      const answer = core("ask").catch((error) => error.message);
    })));
    // How the browser tells of a panic that comes after a wait: nothing says whose it was.
    globalThis.dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") }));
    return Promise.all(asked.map(async ({ core, answer }) => [await answer, await core("again")]));
  });
  assert.deepEqual(answers, [["unreachable", "answered"], ["unreachable", "answered"]]);
  await page.close();
});

test("the extension asks nothing of the network", async () => {
  assert.deepEqual(requests, []);
  const strangers = shop.requests.filter((request) => request.headers?.origin?.startsWith("chrome-extension:"));
  assert.deepEqual(strangers, []);
});
