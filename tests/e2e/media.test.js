// Files of the user's own in real headless Chromium: added, listed, refused, kept by their digest only, deleted, in the dossier and
// in the backup, with ordinary programs as judges.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { open, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openShop } from "../site/shop.js";
import { dist, openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { vault } from "./vault.js";

const run = promisify(execFile);
const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));
const say = (key, ...filled) => filled.reduce((text, value, at) => text.replace(`$${at + 1}`, value), texts[key].message);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const order = "8200000000000042";

// One pixel each; a video that has only its head; a document that has only its first line.
const files = {
  "box.png": Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==", "base64"),
  "label.jpeg": Buffer.from("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=", "base64"),
  "letter.pdf": Buffer.from("%PDF-1.4\n%\u00e2\u00e3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "latin1"),
  "unboxing.mp4": Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypmp42\0\0\0\0mp42isom")]),
  "setup.jpg": Buffer.from("MZ\u0090\0\u0003\0\0\0", "latin1"),
  "empty.png": Buffer.alloc(0),
};

let downloads;
let folder;
let shop;
let chromium;
let page;
let numbered = 0;

before(async () => {
  downloads = await Downloads.open();
  folder = downloads.folder;
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
  await writeFile(path.join(folder, "odd \u202egpj.png"), Buffer.concat([files["box.png"], Buffer.from("odd")]));
  await writeFile(path.join(folder, "long.txt"), "a".repeat(1_000_001));
  for (const [name, last] of [["large.mp4", 1], ["other.mp4", 2]]) {
    // Sparse: 60 MB that take no room on the disk.
    const large = await open(path.join(folder, name), "w");
    await large.write(files["unboxing.mp4"], 0, files["unboxing.mp4"].length, 0);
    await large.write(Buffer.from([last]), 0, 1, 60e6 - 1);
    await large.close();
  }
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  chromium = await openChromium({ shop });
  page = await openCase();
});

after(async () => {
  await chromium?.close();
  await shop?.close();
  await downloads?.remove();
});

const at = (name) => path.join(folder, name);

async function openCase() {
  const opened = await chromium.ownPage(`case.html?order=${order}`);
  await opened.waitForSelector("#add-files-open");
  return opened;
}

const press = (selector) => page.$eval(selector, (button) => button.click());

// What is said of what was done, once nothing is going on any more.
async function told(text) {
  return until(async () => {
    const [going, said] = await page.evaluate(() => ["own-going", "own-told"].map((id) => document.getElementById(id).innerText));
    return !going && said.includes(text) && said.split(/\n+/);
  }, text);
}

async function add(names, caption = "") {
  await press("#add-files-open");
  await (await page.$("#own-files")).uploadFile(...names.map(at));
  await page.$eval("#own-caption", (field, words) => { field.value = words; }, caption);
  await press("#add-files-now");
}

async function write(what, words) {
  await press(`#add-${what}-open`);
  await page.$eval(`#own-${what}`, (field, said) => { field.value = said; }, words);
  await press(`#add-${what}-now`);
}

const own = async () => (await vault(page)).records.filter(({ kind }) => kind === "attachment").sort((a, b) => a.added_at.localeCompare(b.added_at));
const idOf = async (name) => (await own()).find((record) => record.name === name).id;

const download = (from, id) => downloads.from(from, () => from.$eval(id, (button) => button.click()));

async function unpacked(file) {
  const to = path.join(folder, String((numbered += 1)));
  await run("unzip", ["-q", file, "-d", to]);
  return to;
}

test("of several files the good ones are kept, and each is told apart", async () => {
  await add(["box.png", "setup.jpg", "label.jpeg", "empty.png", "letter.pdf", "unboxing.mp4", "long.txt", "odd \u202egpj.png"], "The box from above");
  const said = await told("odd");
  assert.deepEqual(said, [
    say("own_kept", "box.png"), say("own_refused_kind", "setup.jpg"), say("own_kept", "label.jpeg"), say("own_refused_empty", "empty.png"),
    say("own_kept", "letter.pdf"), say("own_kept", "unboxing.mp4"), say("own_refused_large", "long.txt"), say("own_kept", "odd \u202egpj.png"),
  ]);
  const { pictures, chain } = await vault(page);
  const records = await own();
  assert.deepEqual(records.map(({ name, what, media_type, kept }) => [name, what, media_type, kept]), [
    ["box.png", "photo", "image/png", "copy"], ["label.jpeg", "photo", "image/jpeg", "copy"], ["letter.pdf", "document", "application/pdf", "copy"],
    ["unboxing.mp4", "video", "video/mp4", "copy"], ["odd \ufffdgpj.png", "photo", "image/png", "copy"],
  ]);
  for (const { id, name, sha256: digest, bytes, caption } of records.slice(0, 4)) {
    assert.deepEqual([digest, bytes, caption], [sha256(files[name]), files[name].length, "The box from above"]);
    const stored = pictures.find((one) => one.id === id);
    assert.deepEqual([stored.sha256, stored.size], [digest, bytes]);
  }
  assert.deepEqual(chain.map(({ event }) => event.kind), Array(5).fill("attached"));
  await until(() => page.$eval(`#own-${records[0].id} img`, (image) => image.naturalWidth === 1), "the photo in the list");
  assert.equal(await page.$eval("#add-files", (one) => one.open), false);
});

test("the same file is kept once", async () => {
  await add(["box.png"]);
  assert.deepEqual(await told("box.png"), [say("own_refused_twice", "box.png")]);
  assert.equal((await own()).length, 5);
});

test("a note and a carrier's words are texts with their time, and the ladder counts what is held", async () => {
  await write("note", "Nobody came. <b>10:15</b>");
  await told(say("own_kept", say("attachment_note")));
  await write("statement", "Weight 120 g\nnot delivered to this address");
  await told(say("own_kept", say("attachment_carrier_statement")));
  const [note, statement] = (await own()).slice(-2);
  assert.deepEqual([note.what, note.media_type, note.name], ["note", "text/plain", undefined]);
  assert.equal(note.sha256, sha256("Nobody came. <b>10:15</b>"));
  assert.equal(statement.what, "carrier_statement");
  assert.equal(await page.$eval(`#own-${note.id} .own-text`, (text) => text.textContent), "Nobody came. <b>10:15</b>");
  await page.reload();
  await page.waitForSelector("#evidence");
  const held = await page.$$eval("#evidence li.held", (lines) => lines.map((line) => line.textContent));
  for (const id of ["own_photos", "carrier_statement"]) assert.ok(held.some((line) => line.includes(say(`evidence_${id}`))), `${id}: ${held}`);
});

test("of a large file the digest alone is kept where the user wants it, and the file can be checked", async () => {
  await page.waitForSelector("#own-outside");
  await press("#own-outside");
  await add(["large.mp4", "letter.pdf"]);
  assert.deepEqual(await told("letter.pdf"), [say("own_kept_reference", "large.mp4"), say("own_refused_twice", "letter.pdf")]);
  const id = await idOf("large.mp4");
  const record = (await own()).at(-1);
  const [digest] = (await run("sha256sum", [at("large.mp4")])).stdout.split(" ");
  assert.deepEqual([record.kept, record.bytes, record.sha256], ["reference", 60_000_000, digest]);
  assert.ok((await vault(page)).pictures.every((one) => one.id !== id), "no copy");
  for (const [name, text] of [["large.mp4", "own_same"], ["other.mp4", "own_not_same"], ["box.png", "own_not_same"]]) {
    await (await page.$(`[id="check-${id}"]`)).uploadFile(at(name));
    assert.deepEqual(await told(say(text, name)), [say(text, name)]);
  }
});

test("the dossier holds them, for ordinary programs too, and names what is kept outside", async () => {
  const dossier = await chromium.ownPage(`dossier.html?order=${order}`);
  await dossier.waitForSelector("#download");
  const shown = await dossier.$eval("#exhibits", (part) => part.innerText);
  for (const words of ["The box from above", say("exhibit_outside"), `8. ${say("attachment_video")}`, "Name on disk: letter.pdf"]) assert.ok(shown.includes(words), `${words}: ${shown}`);
  await until(() => dossier.$$eval(".own-text", (found) => found.map((one) => one.textContent).join().includes("Nobody came.")), "the note");
  const archive = await download(dossier, "#download");
  await dossier.close();
  const to = await unpacked(archive);
  const { stdout: sums } = await run("sha256sum", ["--strict", "-c", "SHA256SUMS"], { cwd: to });
  assert.equal(sums.trim().split("\n").length, 3 + 7);
  const named = (await readdir(path.join(to, "attachments"))).sort();
  assert.deepEqual(named.map((name) => name.replace(/\d{8}T\d{6}Z/, "time")), [
    "01-photo-time.png", "02-photo-time.jpg", "03-document-time.pdf", "04-video-time.mp4", "05-photo-time.png", "06-note-time.txt", "07-carrier_statement-time.txt",
  ]);
  assert.deepEqual(await readFile(path.join(to, "attachments", named[0])), files["box.png"]);
  const redress = path.join(root, "target/debug/redress");
  const { stdout } = await run(redress, ["verify", archive]);
  assert.match(stdout, /The dossier holds/);
  assert.match(stdout, /exhibit 8 is kept outside the archive, not looked at: 60000000 bytes, SHA-256 [0-9a-f]{64}/);
  assert.match((await run(redress, ["verify", archive, at("large.mp4")])).stdout, /given and the same/);
  await assert.rejects(run(redress, ["verify", archive, at("other.mp4")]), ({ stdout: said }) => /no exhibit that is kept outside has its digest/.test(said));
});

test("a backup brings all of it back, and the settings count it", async () => {
  const kept = await vault(page);
  const backup = await chromium.ownPage("backup.html");
  await backup.waitForSelector("#make-now");
  const archive = await download(backup, "#make-now");
  await run("sha256sum", ["--strict", "-c", "SHA256SUMS"], { cwd: await unpacked(archive) });
  await backup.evaluate(() => chrome.runtime.sendMessage({ kind: "erase" }));
  assert.deepEqual((await vault(page)).records, []);
  await backup.reload();
  await backup.waitForSelector("#check-now");
  await (await backup.$("#file")).uploadFile(archive);
  await backup.$eval("#check-now", (button) => button.click());
  await backup.waitForSelector("#ask-replace");
  assert.match(await backup.$eval("#sound", (part) => part.textContent), /captures: 0\..*Own files: 8/);
  await backup.$eval("#ask-replace", (button) => button.click());
  await backup.$eval("#yes", (button) => button.click());
  await until(() => backup.$eval("#notice", (notice) => notice.textContent.includes("The backup is back")), "the backup");
  assert.deepEqual(await vault(page), kept);
  await backup.reload();
  await backup.waitForSelector("#check-now");
  await (await backup.$("#file")).uploadFile(archive);
  await backup.$eval("#check-now", (button) => button.click());
  await backup.waitForSelector("#merge");
  await backup.$eval("#merge", (button) => button.click());
  await until(() => backup.$eval("#notice", (notice) => notice.textContent.includes("The backup was added")), "the backup");
  assert.deepEqual(await vault(page), kept, "a second time changes nothing");
  await backup.goto(backup.url().replace("backup.html", "options.html"));
  await backup.waitForSelector(`[id="order-${order}"]`);
  assert.match(await backup.$eval(`[id="order-${order}"]`, (row) => row.textContent), /Captures: 0 .*Own files: 8/);
  await backup.close();
});

test("deleting asks, and leaves a tombstone", async () => {
  await page.reload();
  await page.waitForSelector("#own .own-list li");
  const id = await idOf("label.jpeg");
  await press(`[id="ask-${id}"]`);
  assert.equal(await page.evaluate(() => document.activeElement.id), "own-no", "the safe answer has the focus");
  await press("#own-no");
  assert.equal((await own()).length, 8);
  await press(`[id="ask-${id}"]`);
  await press("#own-yes");
  assert.deepEqual(await told(say("notice_deleted")), [say("notice_deleted")]);
  const { records, pictures, chain } = await vault(page);
  assert.ok([...records, ...pictures].every((one) => one.id !== id));
  assert.deepEqual([chain.at(-1).event.kind, chain.at(-1).event.capture_id], ["deleted", id]);
});

test("a worker that ends in between leaves all of a file or nothing", async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await writeFile(at("cut.txt"), `attempt ${attempt} ${"a".repeat(900_000)}`);
    const before = await vault(page);
    await add(["cut.txt"]);
    await chromium.stopWorker();
    await told("cut.txt");
    const now = await vault(page);
    assert.equal(now.records.length - before.records.length, now.chain.length - before.chain.length);
    assert.equal(now.records.filter(({ kept }) => kept === "copy").length, now.pictures.length);
  }
  await writeFile(at("last.txt"), "the last");
  await add(["last.txt"]);
  assert.deepEqual(await told("last.txt"), [say("own_kept", "last.txt")]);
  assert.deepEqual(page.problems, []);
});
