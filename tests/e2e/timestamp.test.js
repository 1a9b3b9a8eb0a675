// Trusted time in real headless Chromium, with `openssl ts` as the authority: a request that it reads, a reply that is checked,
// kept, carried by a dossier, saved again and deleted, and every other file refused with nothing kept.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { only, tags, values, write } from "../../extension/der.js";
import { check, freshNonce, query } from "../../extension/timestamp-reply.js";
import { readToken } from "../../extension/timestamp-signature.js";
import { openShop, SAMPLE_ORDER_ID } from "../site/shop.js";
import { openAuthority } from "./authority.js";
import { openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { watchRequests } from "./requests.js";
import { vault } from "./vault.js";

const run = promisify(execFile);
const axe = await readFile(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const texts = JSON.parse(await readFile(path.join(root, "extension/_locales/en/messages.json"), "utf8"));
const say = (key, ...filled) => filled.reduce((text, value, at) => text.replace(`$${at + 1}`, value), texts[key].message);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

let [shop, chromium, requests, authority, downloads, page, dossier] = [];

before(async () => {
  [shop, authority, downloads] = await Promise.all([openShop({ csp: "strict", zone: "Europe/Warsaw" }), openAuthority(), Downloads.open()]);
  chromium = await openChromium({ shop });
  requests = await watchRequests(chromium.browser, chromium.id);
});

after(async () => {
  await chromium?.close();
  await Promise.all([shop?.close(), authority?.close(), downloads?.remove()]);
});

async function capture() {
  const order = await chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
  await chromium.overlay(order).waitForText("Next step");
  const popup = await chromium.clickToolbar(order);
  await popup.click("#capture");
  await popup.waitForSelector("#notice img[src^='blob:']");
  await popup.close().catch(() => {});
  await order.close();
}

async function open() {
  const opened = await chromium.ownPage("timestamp.html");
  await opened.waitForSelector("#check");
  return opened;
}

// Gives a file to the page; the words about it.
async function give(name, bytes) {
  const file = authority.at(name);
  await writeFile(file, bytes);
  await (await page.$("#file")).uploadFile(file);
  // Not by its place: the page can be drawn anew just then. With the click the words of before are gone.
  await page.$eval("#check-now", (button) => button.click());
  await page.waitForFunction(() => document.querySelector("#notice p") && document.querySelector("#view").getAttribute("aria-busy") === "false");
  return page.$eval("#notice", (notice) => notice.textContent);
}

const kept = () => page.$$eval(".stamps > li", (list) => list.map((one) => one.textContent));
const proofOf = (hash) => Buffer.concat([Buffer.from("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401", "hex"), Buffer.from(`08${hash}`, "hex"), Buffer.from("f010", "hex"), Buffer.alloc(16, 7)]);
const answer = (status, ...more) => write(tags.sequence, write(tags.sequence, write(tags.integer, [status])), ...more);

// A reply for a hash, and the chain that it is for.
async function replied(from, hash = sha256("an entry")) {
  await writeFile(from.at("own.tsq"), query(hash, freshNonce()));
  return { hash, chain: [{ seq: 4, hash }], reply: new Uint8Array(await from.reply("own.tsq", "own.tsr")) };
}

const refusal = (bytes, chain) => check(bytes, chain).then((found) => found, ({ text, message }) => text ?? message);
const infoOf = (reply) => readToken(values(only(reply).content)[1]).info;

test("an empty log has nothing to stamp", async () => {
  page = await open();
  assert.match(await page.$eval("#view", (view) => view.textContent), new RegExp(say("stamp_empty")));
  assert.equal(await page.$("#save"), null);
  await page.close();
});

const stampsOf = (own) => own.$eval("#stamps", (sheet) => sheet.textContent);
const linesOf = (own) => own.$$eval("#stamps li", (list) => list.map((one) => one.textContent));

test("a dossier without a time-stamp says so and leads here", async () => {
  await capture();
  dossier = await chromium.ownPage(`dossier.html?order=${SAMPLE_ORDER_ID}`);
  await dossier.waitForSelector("#timestamp");
  assert.ok((await stampsOf(dossier)).includes(say("dossier_no_stamp")));
  // Not by its place: the pictures above it are only coming.
  await dossier.$eval("#timestamp", (button) => button.click());
  const opened = await chromium.opening((target) => target.url().endsWith("/timestamp.html"));
  await opened.close();
});

test("a request, its reply, and what openssl says of both", async () => {
  await capture();
  page = await open();
  const { chain } = await vault(page);
  const { hash } = chain.at(-1);
  const name = `redress-log-${chain.length}.tsq`;
  const request = await downloads.by(page, "save", ".tsq");
  assert.equal(request.name, name);
  await page.waitForFunction((text) => document.querySelector("#notice").textContent === text, {}, say("stamp_saved", name));
  await writeFile(authority.at(name), request.bytes);
  const read = await authority.openssl("ts", "-query", "-in", name, "-text");
  const data = [...read.matchAll(/^ {4}\S+ - (.{47,48})/gm)].map(([, bytes]) => bytes.replace(/[^0-9a-f]/g, "")).join("");
  assert.equal(data, hash);
  assert.match(read, /Hash Algorithm: sha256\n[^]*Nonce: 0x[0-9A-F]{16}\nCertificate required: yes/);

  // The log goes on before the reply comes.
  await capture();
  const reply = await authority.reply(name);
  assert.equal(await give("reply.tsr", reply), say("stamp_kept"));
  const [shown, ...others] = await kept();
  assert.equal(others.length, 0);
  const said = await authority.openssl("ts", "-reply", "-in", "reply.tsr", "-text");
  const time = new Date(/Time stamp: (.*)/.exec(said)[1]).toISOString().replace(".000Z", "Z");
  for (const part of [time, "CN=Example Time Authority, O=Example Trust, C=PL", "CN=Redress Test Root", hash, "0x0b", "1.5001", say("stamp_nonce_same"), say("stamp_not_checked")]) {
    assert.ok(shown.includes(part), `${part} is not in: ${shown}`);
  }
  assert.match(shown, new RegExp(`the log up to entry ${chain.length} existed on`));
  const command = await page.$eval(".stamps .box", (box) => box.textContent);
  assert.equal(command, `openssl ts -verify -digest ${hash} -in reply.tsr -CAfile root.pem`);
  assert.match(await authority.openssl(...command.split(" ").slice(1)), /Verification: OK/);
  assert.equal(await give("again.tsr", reply), say("stamp_known"));
});

test("what is kept is there after a reload, and can be saved again", async () => {
  await page.reload();
  await page.waitForSelector(".stamps > li");
  const saved = await downloads.from(page, () => page.click("[id^=export-]"));
  assert.equal(path.basename(saved), "reply.tsr");
  assert.deepEqual(await readFile(saved), await readFile(authority.at("reply.tsr")));
});

test("a proof of OpenTimestamps is compared and kept", async () => {
  const { chain } = await vault(page);
  assert.equal(await give("head.ots", proofOf(chain[0].hash)), say("stamp_kept_ots"));
  assert.ok((await kept())[0].includes(say("stamp_ots_proves", chain[0].seq)));
  assert.equal(await give("other.ots", proofOf(sha256("another log"))), say("stamp_refused_digest"));
  assert.equal(await give("cut.ots", proofOf(chain[0].hash).subarray(0, 60)), say("stamp_refused_form"));
});

test("a dossier carries them, and openssl checks the replies with the root alone beside it", async () => {
  // What was added meanwhile shows on a page that was open; of three captures two are covered.
  await dossier.bringToFront();
  await until(async () => (await linesOf(dossier)).length === 2, "two lines");
  const [proved, stamped] = await linesOf(dossier);
  assert.equal(proved, say("dossier_stamp_ots", 1));
  assert.match(stamped, /up to number 2 existed on .+ \(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\), by the word of Example Time Authority\.$/);
  assert.ok(await dossier.$("#timestamp"), "the third capture is not covered");
  const { chain } = await vault(page);
  const { reply: last } = await replied(authority, chain.at(-1).hash);
  await page.bringToFront();
  assert.equal(await give("last.tsr", last), say("stamp_kept"));
  await dossier.bringToFront();
  await until(async () => (await linesOf(dossier)).length === 3, "three lines");
  assert.equal(await dossier.$("#timestamp"), null);

  const archive = await downloads.from(dossier, () => dossier.$eval("#download", (button) => button.click()));
  const out = authority.at("dossier");
  await run("unzip", ["-q", archive, "-d", out]);
  await run("sha256sum", ["-c", "--strict", "SHA256SUMS"], { cwd: out });
  assert.deepEqual((await readdir(path.join(out, "timestamps"))).sort(), ["01-entry-1.ots", "02-entry-2.tsr", "03-entry-3.tsr"]);
  for (const [own, given] of [["01-entry-1.ots", "head.ots"], ["02-entry-2.tsr", "reply.tsr"], ["03-entry-3.tsr", "last.tsr"]]) {
    assert.deepEqual(await readFile(path.join(out, "timestamps", own)), await readFile(authority.at(given)), own);
  }
  const readme = await readFile(path.join(out, "README.txt"), "utf8");
  assert.match(readme, /01-entry-1\.ots\n {5}the log up to entry 1, exhibits up to 1\n/);
  assert.match(readme, /02-entry-2\.tsr\n {5}the log up to entry 2, exhibits up to 2\n {5}\S+Z, by CN=Example Time Authority, O=Example Trust, C=PL\n/);
  await copyFile(authority.at("root.pem"), path.join(out, "root.pem"));
  const commands = [...readme.matchAll(/^ {5}openssl (.*)/gm)].map(([, args]) => args.split(" "));
  assert.equal(commands.length, 2);
  for (const args of commands) {
    const { stdout, stderr } = await run("openssl", args, { cwd: out });
    assert.match(stdout + stderr, /Verification: OK/);
    const other = args.with(args.indexOf("-digest") + 1, sha256("another log"));
    await assert.rejects(run("openssl", other, { cwd: out }), /message imprint mismatch/);
  }
  const verdict = await run(path.join(root, "target/debug/redress"), ["verify", archive]);
  assert.match(verdict.stdout, /The dossier holds/);
  assert.match(verdict.stdout, /note {8}timestamps\/02-entry-2\.tsr: for entry 2, \S+Z; its authority's signature is to be checked with openssl/);
  await dossier.close();
  await page.bringToFront();
});

test("wrong files are refused, each in one sentence, and nothing is kept", async () => {
  const before = await kept();
  const { reply: other } = await replied(authority);
  const reply = await readFile(authority.at("reply.tsr"));
  const flipped = Buffer.from(reply);
  flipped[flipped.length - 5] ^= 1;
  for (const [name, bytes, text] of [
    ["empty.tsr", "", "stamp_refused_empty"],
    ["huge.tsr", Buffer.alloc(1_000_001, 0x30), "stamp_refused_huge"],
    ["other.tsr", other, "stamp_refused_digest"],
    ["query.tsr", await readFile(authority.at("own.tsq")), "stamp_refused_query"],
    ["rejected.tsr", answer(2), "stamp_refused_rejected"],
    ["none.tsr", answer(0), "stamp_refused_form"],
    ["words.tsr", "This is no reply.", "stamp_refused_form"],
    ["cut.tsr", reply.subarray(0, reply.length - 1), "stamp_refused_form"],
    ["longer.tsr", Buffer.concat([reply, Buffer.from([0])]), "stamp_refused_form"],
    ["signature.tsr", flipped, "stamp_refused_signature"],
  ]) assert.equal(await give(name, bytes), say(text), name);
  assert.deepEqual(await kept(), before);
});

test("axe finds nothing, in light, dark, from right to left and in a narrow window", async () => {
  await page.evaluate(axe);
  for (const [scheme, dir, width] of [["light", "ltr", 1280], ["dark", "ltr", 1280], ["light", "rtl", 768], ["dark", "ltr", 360]]) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.evaluate((direction) => { document.documentElement.dir = direction; }, dir);
    const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ["violations"] })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(found, [], `${scheme} ${dir} ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px are too narrow`);
  }
});

test("a time-stamp is deleted after a question", async () => {
  const before = (await kept()).length;
  await page.click("[id^=ask-]");
  assert.equal(await page.evaluate(() => document.activeElement.id), "no");
  await page.keyboard.press("Escape");
  assert.match(await page.evaluate(() => document.activeElement.id), /^ask-/);
  await page.keyboard.press("Enter");
  await page.click("#yes");
  await page.waitForFunction((text) => document.querySelector("#notice").textContent === text, {}, say("settings_deleted"));
  assert.equal((await kept()).length, before - 1);
  assert.deepEqual(page.problems, []);
  assert.deepEqual(requests, []);
});

for (const key of ["rsa", "p256", "p384"]) {
  test(`no changed byte of a reply with a key of the kind ${key} changes what it proves`, async () => {
    const own = await openAuthority({ key });
    const { reply, chain } = await replied(own);
    const sound = await check(reply, chain);
    const { info, signer } = readToken(values(only(reply).content)[1]);
    const signed = [info, signer.signature, signer.known.get("1.2.840.113549.1.9.4")[0].whole];
    for (let at = 0; at < reply.length; at += 1) {
      const changed = Uint8Array.from(reply);
      changed[at] ^= 1;
      const found = await refusal(changed, chain);
      if (typeof found === "string") assert.match(found, /^stamp_refused_/);
      else assert.deepEqual(found, sound, `byte ${at}`);
      const isSigned = signed.some((part) => at >= part.byteOffset && at < part.byteOffset + part.length);
      assert.ok(!isSigned || typeof found === "string", `byte ${at} is signed`);
    }
    await own.close();
  });
}

test("signatures of other kinds: PSS is checked, SHA-1 is not taken", async () => {
  const { reply, chain } = await replied(authority);
  const sign = async (...how) => answer(0, await authority.token(infoOf(reply), ...how));
  assert.equal((await check(await sign("-md", "sha512", "-keyopt", "rsa_padding_mode:pss"), chain)).seq, 4);
  assert.equal(await refusal(await sign("-md", "sha1"), chain), "stamp_refused_method");
});

test("a certificate that is not for time-stamps alone is not taken", async () => {
  const own = await openAuthority({ section: "other" });
  const { reply, chain } = await replied(authority);
  assert.equal(await refusal(answer(0, await own.token(infoOf(reply))), chain), "stamp_refused_certificate");
  // Without any certificate in it.
  assert.equal(await refusal(answer(0, await authority.token(infoOf(reply), "-nocerts")), chain), "stamp_refused_certificate");
  await own.close();
});
