// Backups in real headless Chromium: what ordinary programs say of the archive, that everything comes back from it, that two
// vaults become one, and that nothing changes where an archive is not sound or the write is cut off.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { createHash } from "node:crypto";
import { Decrypter } from "age-encryption";
import { downloadZip } from "client-zip";
import { openShop } from "../site/shop.js";
import { openChromium, root, until } from "./chromium.js";
import { Downloads } from "./downloads.js";
import { Person } from "./person.js";
import { watchRequests } from "./requests.js";
import { restored } from "./restored.js";
import { say } from "./texts.js";
import { vault } from "./vault.js";

const run = promisify(execFile);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let downloads;
let folder;
let shop;
let first;
let requests;
let numbered = 0;

before(async () => {
  downloads = await Downloads.open();
  folder = downloads.folder;
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  first = await openBuyer();
  requests = await watchRequests(first.chromium.browser, first.chromium.id);
  await first.capture(orderOf("choice"));
  await first.capture(orderOf("completed_open"));
  await first.stamp();
});

after(async () => {
  await first?.chromium.close();
  await shop?.close();
  await downloads?.remove();
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

async function openBuyer() {
  const chromium = await openChromium({ shop });
  return new Buyer(chromium, await pageOf(chromium));
}

async function pageOf(chromium) {
  const page = await chromium.ownPage("backup.html");
  await page.waitForSelector("#make-now");
  return page;
}

// A person with a browser of their own, in front of the page of the backup.
class Buyer extends Person {
  // A time-stamp of the first entry: the head of a proof of OpenTimestamps, as the page of trusted time hands it over.
  async stamp() {
    const { seq, hash } = (await this.kept()).chain[0];
    const bytes = Buffer.from(`004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108${hash}f010${"07".repeat(16)}`, "hex");
    const stamp = { kind: "opentimestamps", seq, hash, id: sha256(bytes), name: "head.ots", asked: false, imported_at: 1_790_000_000_000 };
    await this.ask({ kind: "add_stamp", stamp, bytes: bytes.toString("base64") });
  }

  press(id) {
    return this.page.$eval(`#${id}`, (button) => button.click());
  }

  // The words about what was done, once nothing is going on any more.
  async told() {
    await until(() => this.page.$eval("#view", (view) => view.ariaBusy === "false" && document.getElementById("notice").textContent), "the words about it");
    return this.page.$eval("#notice", (notice) => notice.textContent);
  }

  async backup(passphrase = "") {
    await this.page.reload();
    await this.page.waitForSelector("#make-now");
    for (const id of ["passphrase", "again"]) if (passphrase) await this.page.type(`#${id}`, passphrase);
    const file = await downloads.from(this.page, () => this.press("make-now"));
    assert.match(await this.told(), /^The backup was made/);
    return file;
  }

  // Gives a file to the page. Answers with the words of its refusal, or null where it is sound.
  async check(file, passphrase = "") {
    await this.page.reload();
    await this.page.waitForSelector("#check-now");
    await (await this.page.$("#file")).uploadFile(file);
    if (passphrase) {
      await this.page.waitForSelector("#opens");
      await this.page.type("#opens", passphrase);
    }
    await this.press("check-now");
    return until(async () => (await this.page.$("#sound")) ? "sound" : this.page.$eval("#view", (view) => view.ariaBusy === "false" && document.getElementById("notice").textContent), "the verdict")
      .then((verdict) => (verdict === "sound" ? null : verdict));
  }

  async replace(file, passphrase) {
    assert.equal(await this.check(file, passphrase), null);
    await this.press("ask-replace");
    assert.equal(await this.page.evaluate(() => document.activeElement.id), "no", "the safe answer has the focus");
    await this.press("yes");
    return this.told();
  }

  async merge(file) {
    assert.equal(await this.check(file), null);
    await this.press("merge");
    return this.told();
  }

  // All that is kept; of the chains of other vaults and of the time-stamps their keys.
  async kept() {
    const [chains, stamps] = await this.page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open("redress");
      opening.onsuccess = async () => {
        const all = ["chains", "stamps"].map((name) => new Promise((got) => {
          const request = opening.result.transaction(name).objectStore(name).getAllKeys();
          request.onsuccess = () => got(request.result);
        }));
        const found = await Promise.all(all);
        opening.result.close();
        done(found);
      };
    }));
    return { ...(await vault(this.page)), chains, stamps };
  }

  // Whether the command line says that the dossier of an order holds.
  async verifies(order) {
    const dossier = await this.chromium.ownPage(`dossier.html?order=${order}`);
    await dossier.waitForSelector("#download");
    const file = await downloads.from(dossier, () => dossier.$eval("#download", (button) => button.click()));
    await dossier.close();
    const { stdout } = await run(path.join(root, "target/debug/redress"), ["verify", file]);
    return /The dossier holds/.test(stdout);
  }
}

async function unpacked(file) {
  const to = path.join(folder, String((numbered += 1)));
  await run("unzip", ["-q", file, "-d", to]);
  return to;
}

// The files of an archive by name, to be changed and packed again.
async function filesOf(file) {
  const from = await unpacked(file);
  const names = (await run("unzip", ["-Z1", file])).stdout.trim().split("\n");
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(path.join(from, name))])));
}

async function pack(files) {
  const entries = [...files].map(([name, input]) => ({ name, input }));
  const to = path.join(folder, `${(numbered += 1)}.zip`);
  await writeFile(to, Buffer.from(await downloadZip(entries).arrayBuffer()));
  return to;
}

// The list of digests, made to fit what was changed.
function fit(files) {
  const lines = [...files].filter(([name]) => name !== "SHA256SUMS").map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`);
  return files.set("SHA256SUMS", Buffer.from(lines.join("")));
}

const captures = ({ records }) => records.map(({ id }) => id).sort();

test("ordinary programs accept the archive, and it holds all that is kept", async () => {
  const before = await first.kept();
  const file = await first.backup();
  assert.match(path.basename(file), /^redress-vault-\d{8}T\d{6}Z\.zip$/);
  await run("unzip", ["-t", file]);
  const { stdout } = await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: await unpacked(file) });
  assert.equal(stdout.trim().split("\n").length, 2 + before.records.length);
  const files = await filesOf(file);
  assert.equal([...files.keys()].at(-1), "SHA256SUMS");
  const { cases, records, chain, keys } = JSON.parse(files.get("vault.json"));
  assert.deepEqual({ cases, records, chain }, { cases: before.cases, records: before.records, chain: before.chain });
  assert.equal(keys.length, 1);
  for (const { id, sha256: digest } of before.pictures) assert.equal(sha256(files.get(`pictures/${id}.png`)), digest);
  assert.deepEqual(await first.kept(), before, "a backup changes nothing");
  assert.match(await first.page.$eval("#view", (view) => view.textContent), /Last backup: /);
});

test("after everything is erased all comes back, a dossier holds, and the chain goes on with another key", async () => {
  await first.page.evaluate(() => {
    localStorage.setItem("draft/8200000000000001/chat/en", "{}");
    return chrome.storage.local.set({ paused: ["aliexpress.ru"], settings: { zone: "Asia/Tokyo" } });
  });
  const before = await first.kept();
  const file = await first.backup();
  await first.page.evaluate(() => localStorage.clear());
  await first.ask({ kind: "erase" });
  assert.deepEqual((await first.kept()).records, []);
  assert.equal(await first.replace(file), say("backup_replaced", before.cases.length, before.records.length));
  assert.deepEqual(await first.kept(), before);
  const { paused, settings, backed_up } = await first.page.evaluate(() => chrome.storage.local.get());
  assert.deepEqual([paused, settings, backed_up.entries], [["aliexpress.ru"], { zone: "Asia/Tokyo" }, before.chain.length]);
  assert.equal(await first.page.evaluate(() => localStorage.getItem("draft/8200000000000001/chat/en")), "{}");
  assert.ok(await first.verifies(orderOf("choice")));
  const popup = await first.chromium.ownPage("popup.html");
  await popup.waitForSelector(`[id="order-${orderOf("choice")}"]`);
  await popup.close();
  await first.capture(orderOf("choice"));
  const { chain } = await first.kept();
  assert.notEqual(chain.at(-1).key, chain[0].key);
  assert.ok(await first.verifies(orderOf("choice")));
  // The reminder counts what came since.
  await first.page.reload();
  await first.page.waitForSelector("#make-now");
  assert.match(await first.page.$eval("#view", (view) => view.textContent), new RegExp(say("backup_since", 1)));
});

test("no archive that was changed is taken, and nothing changes", async (t) => {
  const good = await filesOf(await first.backup());
  const before = await first.kept();
  const picture = [...good.keys()].find((name) => name.startsWith("pictures/"));
  const document = JSON.parse(good.get("vault.json"));
  // With digests that fit: only what is in the document tells. Refused with this text.
  const written = (key, change) => Object.assign((files) => {
    const copy = structuredClone(document);
    change(copy);
    fit(files.set("vault.json", Buffer.from(JSON.stringify(copy))));
  }, { words: say(key) });
  const flip = (name) => (files) => {
    const bytes = Buffer.from(files.get(name));
    bytes[bytes.length >> 1] ^= 1;
    files.set(name, bytes);
  };
  const changes = {
    ...Object.fromEntries([...good.keys()].map((name) => [`a byte of ${name}`, flip(name)])),
    "a picture and its digest": (files) => { flip(picture)(files); fit(files); },
    ...Object.fromEntries([...good.keys()].map((name) => [`without ${name}`, (files) => files.delete(name)])),
    "a picture dropped with its digest": (files) => { files.delete(picture); fit(files); },
    "a file added": (files) => files.set("more.txt", Buffer.from("more")),
    "a file added with its digest": (files) => fit(files.set("pictures/more.png", Buffer.from("more"))),
    "a picture renamed": (files) => { files.set("pictures/other.png", files.get(picture)); files.delete(picture); },
    "a huge name": (files) => fit(files.set("x".repeat(60000), Buffer.from("more"))),
    "entries in another order": written("backup_refused_chain", ({ chain }) => chain.reverse()),
    "an entry dropped": written("backup_refused_chain", ({ chain }) => chain.shift()),
    "the last entry dropped": written("backup_refused_record", ({ chain }) => chain.pop()),
    "an entry changed": written("backup_refused_chain", ({ chain }) => { chain[0].at = "2020-01-01T00:00:00.000Z"; }),
    "a signature changed": written("backup_refused_signature", ({ chain }) => { chain[0].signature = chain[0].signature.replace(/^../, (pair) => (pair === "00" ? "01" : "00")); }),
    "without the key": written("backup_refused_signature", (one) => { one.keys = []; }),
    "a key that is none": written("backup_refused_signature", (one) => { one.keys = ["key"]; }),
    "a record changed": written("backup_refused_record", ({ records }) => { records[0].title = "Another"; }),
    "a record dropped": written("backup_refused_missing", ({ records }) => records.shift()),
    "a record twice": written("backup_refused_record", ({ records }) => records.push(records[0])),
    "an order twice": written("backup_refused_form", ({ cases }) => cases.push(cases[0])),
    "a case file that is none": written("backup_refused_form", ({ cases }) => { cases[0].looks = "none"; }),
    "a time-stamp changed": written("backup_refused_stamp", ({ stamps }) => { stamps[0].bytes = Buffer.from("stamp").toString("base64"); }),
    "a time-stamp of another entry": written("backup_refused_stamp", ({ stamps }) => {
      const bytes = Buffer.from(stamps[0].bytes, "base64");
      bytes[40] ^= 1;
      stamps[0].bytes = bytes.toString("base64");
    }),
    "an empty chain beside": written("backup_refused_form", ({ chains }) => chains.push([])),
    "a foreign chain that does not hold": written("backup_refused_chain", ({ chains, chain }) => chains.push(chain.slice(1))),
    "a newer version": written("backup_refused_newer", (one) => { one.format_version = 2; }),
    "another document": written("backup_refused_unreadable", (one) => { one.format = "redress-dossier"; }),
    "no document": (files) => fit(files.set("vault.json", Buffer.from("[]"))),
    "a list of digests that is none": (files) => files.set("SHA256SUMS", Buffer.from("sums")),
  };
  for (const [name, change] of Object.entries(changes)) {
    await t.test(name, async () => {
      const files = new Map(good);
      change(files);
      const words = await first.check(await pack(files));
      assert.ok(words && words.length < 200, `it was taken, or said too much: ${words}`);
      if (change.words) assert.equal(words, change.words);
    });
  }
  assert.equal(await first.check(await pack(good)), null, "what was only packed again is taken");
  assert.deepEqual(await first.kept(), before);
  // As an earlier version wrote it, which knew of no time-stamps in a backup: it says nothing of those that are here.
  assert.equal(before.stamps.length, 1);
  const { stamps: _, ...older } = document;
  await first.replace(await pack(fit(new Map(good).set("vault.json", Buffer.from(JSON.stringify(older))))));
  assert.deepEqual(await first.kept(), before);
});

test("what is no archive is refused in one sentence", async () => {
  const before = await first.kept();
  const good = await readFile(await first.backup());
  const files = { garbage: Buffer.from("garbage ".repeat(1000)), empty: Buffer.alloc(0), half: good.subarray(0, good.length >> 1), cut: good.subarray(0, good.length - 4), "half.age": Buffer.from("age-encryption.org/v1\n") };
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(folder, `${name}.zip`);
    await writeFile(file, bytes);
    const refused = name === "half.age" ? "backup_refused_passphrase" : "backup_refused_unreadable";
    assert.equal(await first.check(file, name === "half.age" ? "x" : ""), say(refused), name);
  }
  await first.page.reload();
  await first.page.waitForSelector("#check-now");
  await first.press("check-now");
  assert.equal(await first.told(), say("backup_no_file"));
  assert.deepEqual(await first.kept(), before);
});

test("an encrypted backup opens with its passphrase only, also without Redress", async () => {
  const before = await first.kept();
  const file = await first.backup("a sample passphrase");
  assert.match(path.basename(file), /\.zip\.age$/);
  const bytes = await readFile(file);
  assert.equal(bytes.subarray(0, 21).toString(), "age-encryption.org/v1");
  const age = new Decrypter();
  age.addPassphrase("a sample passphrase");
  const opened = path.join(folder, "opened.zip");
  await writeFile(opened, await age.decrypt(bytes));
  await run("unzip", ["-t", opened]);
  assert.equal(await first.check(file), say("backup_refused_encrypted"));
  assert.equal(await first.check(file, "another"), say("backup_refused_passphrase"));
  const cut = path.join(folder, "cut.zip.age");
  await writeFile(cut, bytes.subarray(0, bytes.length - 100));
  assert.equal(await first.check(cut, "a sample passphrase"), say("backup_refused_unreadable"));
  await first.replace(file, "a sample passphrase");
  assert.deepEqual(await first.kept(), before);

  await first.page.type("#passphrase", "one");
  await first.page.type("#again", "two");
  await first.press("make-now");
  assert.equal(await first.told(), say("backup_passphrase_differs"));
});

test("a write that fails or is cut off leaves the old state or the new one", async () => {
  const file = await first.backup();
  const full = await first.kept();
  await first.ask({ kind: "delete", capture_id: full.records[0].id });
  const old = await first.kept();
  const worker = await first.chromium.worker();
  await worker.evaluate(() => {
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...values) {
      if (this.name === "chain") throw new DOMException("no room", "QuotaExceededError");
      return add.apply(this, values);
    };
  });
  assert.equal(await first.replace(file), say("room_none"));
  assert.deepEqual(await first.kept(), old);
  await first.chromium.stopWorker();
  for (const moment of [0, 5, 15, 40, 100]) {
    assert.equal(await first.check(file), null);
    await first.press("ask-replace");
    await first.page.$eval("#yes", (button) => { setTimeout(() => button.click()); });
    // Where in the work the worker ends is left to chance: whatever it is, the outcome is one of two.
    await new Promise((done) => setTimeout(done, moment));
    await first.chromium.stopWorker();
    const now = await first.kept();
    assert.ok([old, full].some((state) => state.chain.length === now.chain.length), `at ${moment}`);
    assert.deepEqual(now, now.chain.length === old.chain.length ? old : full);
    await first.page.reload();
    await first.page.waitForSelector("#check-now");
  }
  await first.replace(file);
  assert.deepEqual(await first.kept(), full);
});

test("two vaults become one, both ways, and a second time changes nothing", async (t) => {
  const second = await openBuyer();
  t.after(() => second.chromium.close());
  const shared = await first.backup();
  // Into an empty vault: its chain is continued.
  await second.merge(shared);
  const start = await first.kept();
  assert.deepEqual(await second.kept(), start);

  await first.capture(orderOf("transit_early"));
  await first.ask({ kind: "delete", capture_id: start.records[0].id });
  const longer = await first.backup();
  await second.merge(longer);
  assert.deepEqual(captures(await second.kept()), captures(await first.kept()), "the longer chain is taken");
  assert.deepEqual((await second.kept()).chain, (await first.kept()).chain);

  // Now they go apart.
  await second.capture(orderOf("transit_near_end"));
  await second.ask({ kind: "delete", capture_id: start.records[1].id });
  await first.capture(orderOf("brl"));
  const [one, two] = [await first.kept(), await second.kept()];
  const [ofFirst, ofSecond] = [await first.backup(), await second.backup()];
  await first.merge(ofSecond);
  await second.merge(ofFirst);
  const [joined, other] = [await first.kept(), await second.kept()];
  assert.deepEqual(captures(joined), captures(other));
  assert.ok(!captures(joined).includes(start.records[1].id), "what one side deleted is gone");
  assert.deepEqual([joined.chains, other.chains], [[two.chain.at(-1).hash], [one.chain.at(-1).hash]]);
  assert.deepEqual(joined.cases.map(({ order_id }) => order_id), other.cases.map(({ order_id }) => order_id));
  assert.deepEqual(joined.pictures.map(({ sha256: digest }) => digest).sort(), other.pictures.map(({ sha256: digest }) => digest).sort());
  for (const [buyer, order] of [[first, "transit_near_end"], [second, "brl"]]) assert.ok(await buyer.verifies(orderOf(order)));

  assert.equal(await first.merge(ofSecond), say("backup_merged", 0, 0));
  assert.deepEqual(await first.kept(), joined);
  // The next backup holds the other chain, and it is checked with the rest.
  const whole = await first.backup();
  assert.deepEqual(JSON.parse((await filesOf(whole)).get("vault.json")).chains, [two.chain]);
  await second.merge(whole);
  assert.deepEqual(captures(await second.kept()), captures(joined));
  assert.deepEqual((await second.kept()).chains, [joined.chain.at(-1).hash], "the longer chain stands for the shorter one");
  await second.replace(whole);
  assert.deepEqual(await second.kept(), joined);
});

test("the settings lead to the backup and say how old it is", async () => {
  const settings = await first.chromium.ownPage("options.html");
  await settings.waitForSelector("#backup");
  const text = await settings.$eval("#view", (view) => view.textContent);
  assert.match(text, /Last backup: /);
  assert.ok(!text.includes(say("backup_due")));
  await first.page.evaluate(() => chrome.storage.local.set({ backed_up: { at: Date.now() - 31 * 24 * 3600 * 1000, entries: 0 } }));
  await until(() => settings.$eval("#view", (view, due) => view.textContent.includes(due), say("backup_due")), "the reminder");
  assert.deepEqual(settings.problems, []);
  await settings.close();
});

test("what is said has the focus and keeps it, the question comes first, and little room is said", async () => {
  const focused = () => first.page.evaluate(() => document.activeElement.id);
  const file = await first.backup();
  assert.equal(await focused(), "notice");
  assert.equal(await first.check(file), null);
  assert.equal(await focused(), "sound");
  // News from the background draw the page anew.
  await first.page.evaluate(() => new Promise((done) => {
    new MutationObserver(done).observe(document.getElementById("view"), { subtree: true, childList: true, attributes: true });
    new BroadcastChannel("redress").postMessage("changed");
  }));
  assert.equal(await focused(), "sound");
  await first.press("ask-replace");
  await first.page.keyboard.press("Escape");
  assert.equal(await focused(), "ask-replace");
  const script = await first.page.evaluateOnNewDocument(() => { navigator.storage.estimate = async () => ({ usage: 81, quota: 100 }); });
  await first.page.reload();
  await first.page.waitForSelector("#make-now");
  await first.page.removeScriptToEvaluateOnNewDocument(script.identifier);
  assert.ok((await first.page.$eval("#view", (view) => view.textContent)).includes(say("room_short")));
  assert.deepEqual(first.page.problems, []);
});

test("the demo finds that the vault comes back, and would find that it does not", async () => {
  const verdict = (holds) => async (file) => ({ holds: holds && /The dossier holds/.test((await run(path.join(root, "target/debug/redress"), ["verify", file])).stdout) });
  assert.equal(await restored(first.chromium, orderOf("choice"), verdict(true)), true);
  assert.equal(await restored(first.chromium, orderOf("choice"), verdict(false)), false);
});

test("the backup asks nothing of the network", () => {
  assert.deepEqual(requests, []);
});
