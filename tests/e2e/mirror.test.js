// The mirror in real headless Chromium, with the browser's private folder in the place of the one that a user chooses: what is
// written when, what another machine takes in, and that nothing half or changed is taken.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { openShop } from "../site/shop.js";
import { openChromium, until } from "./chromium.js";
import { Person } from "./person.js";
import { say } from "./texts.js";
import { vault } from "./vault.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let [shop, first, second] = [];

before(async () => {
  shop = await openShop({ csp: "strict", zone: "Europe/Warsaw" });
  [first, second] = [await openBuyer(), await openBuyer()];
});

after(async () => {
  await first?.chromium.close();
  await second?.chromium.close();
  await shop?.close();
});

const orderOf = (name) => shop.orders.find((order) => order.name === name).id;

async function openBuyer() {
  const chromium = await openChromium({ shop });
  const page = await chromium.ownPage("backup.html");
  await page.waitForSelector("#choose");
  return new Buyer(chromium, page);
}

// A person with a browser of their own, whose chosen folder is the browser's private one.
class Buyer extends Person {
  async press(id) {
    await this.page.waitForSelector(`#${id}`);
    await this.page.$eval(`#${id}`, (button) => button.click());
    await until(() => this.page.$eval("#view", (view) => view.ariaBusy === "false"), `the end of ${id}`);
  }

  // A headless browser can show no picker.
  async choose() {
    await this.page.evaluate(() => { window.showDirectoryPicker = () => navigator.storage.getDirectory(); });
    await this.press("choose");
    await this.written();
  }

  // All files of the folder by path. Where one goes while they are read, all are read again.
  async files() {
    const all = await until(() => this.page.evaluate(async () => {
      const found = [];
      const walk = async (folder, above) => {
        for await (const [name, handle] of folder.entries()) {
          if (handle.kind === "directory") await walk(handle, `${above}${name}/`);
          else found.push([above + name, btoa(Array.from(new Uint8Array(await (await handle.getFile()).arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""))]);
        }
      };
      await walk(await navigator.storage.getDirectory(), "");
      return found;
    }).catch(() => null), "the files of the folder");
    return new Map(all.map(([name, text]) => [name, Buffer.from(text, "base64")]));
  }

  // What a sync service does: files come, and those named go.
  bring(files, gone = []) {
    const given = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
    return this.page.evaluate(async (given, gone) => {
      const place = async (name) => {
        const parts = name.split("/");
        let folder = await navigator.storage.getDirectory();
        for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
        return [folder, parts.at(-1)];
      };
      for (const name of gone) {
        const [folder, last] = await place(name);
        await folder.removeEntry(last);
      }
      for (const [name, text] of given) {
        const [folder, last] = await place(name);
        const file = await (await folder.getFileHandle(last, { create: true })).createWritable();
        await file.write(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
        await file.close();
      }
    }, given, gone);
  }

  // Waits until the folder holds the vault as it is: as many pictures, and a state of the whole log.
  async written() {
    return until(async () => {
      const [kept, files] = [await this.kept(), await this.own()];
      const names = [...files.keys()];
      const [states, pictures] = ["/state-", "/picture-"].map((kind) => names.filter((name) => name.includes(kind)));
      const last = kept.chain.at(-1)?.hash;
      // The part with the last entry is there before the state that names it: until then the state before stands alone.
      const part = last && names.find((name) => name.includes("/part-") && files.get(name).includes(last));
      const isNamed = !last || (part && states.length && files.get(states[0]).includes(/part-([0-9a-f]{64})/.exec(part)[1]));
      return states.length === 1 && pictures.length === kept.pictures.length && isNamed && files;
    }, "the files of the vault");
  }

  kept() {
    return vault(this.page);
  }

  // The folder of this machine alone.
  async own() {
    const machine = await this.machine();
    return new Map([...(await this.files())].filter(([name]) => name.startsWith(`redress/${machine}/`)));
  }

  machine() {
    return this.page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open("redress");
      opening.onsuccess = () => {
        const request = opening.result.transaction("keys").objectStore("keys").getAll();
        request.onsuccess = () => { opening.result.close(); done(request.result.find(({ privateKey }) => privateKey)?.id.slice(0, 16)); };
      };
    }));
  }

  words(selector) {
    return this.page.$eval(selector, (found) => found.textContent);
  }
}

// What one machine wrote, at another one.
const carry = async (from, to) => {
  const [files, there] = [await from.own(), await to.files()];
  const folder = `redress/${await from.machine()}/`;
  await to.bring(files, [...there.keys()].filter((name) => name.startsWith(folder) && !files.has(name)));
};

const captures = ({ records }) => records.map(({ id }) => id).sort();

test("a capture stands in the folder, and every file is what its name says", async () => {
  await first.choose();
  await first.capture(orderOf("choice"));
  const files = await first.written();
  const { pictures, chain } = await first.kept();
  for (const [name, bytes] of files) {
    const [, digest] = /-([0-9a-f]{64})\./.exec(name) ?? [];
    assert.ok(digest ? sha256(bytes) === digest : name.endsWith("/README.txt"), name);
  }
  for (const { sha256: digest } of pictures) assert.ok([...files.keys()].some((name) => name.endsWith(`picture-${digest}.png`)));
  assert.ok([...files.keys()].every((name) => name.startsWith(`redress/${chain[0].key.slice(0, 16)}/`)));
  // The page says so once the run is over.
  await until(async () => (await first.words("#mirror")).includes(say("mirror_written", "")), "the words about it");
});

test("a worker that ends while it writes leaves nothing half, and the next one goes on", async () => {
  const worker = await first.chromium.worker();
  await worker.evaluate(() => {
    // Its file is there and empty, and the rest never comes.
    const create = FileSystemFileHandle.prototype.createWritable;
    FileSystemFileHandle.prototype.createWritable = function (...values) {
      return this.name.startsWith("picture-") ? new Promise(() => { globalThis.stuck = true; }) : create.apply(this, values);
    };
  });
  await first.capture(orderOf("completed_open"));
  await until(() => worker.evaluate(() => Boolean(globalThis.stuck)), "the write");
  const empty = [...(await first.own())].filter(([name, bytes]) => name.includes("/picture-") && !bytes.length);
  assert.equal(empty.length, 1);
  await first.chromium.stopWorker();
  // Any further change brings all that is missing; so does the alarm that was set.
  assert.ok(await first.page.evaluate(() => chrome.alarms.get("mirror")));
  await first.ask({ kind: "mirror", ask: "resume" });
  const files = await first.written();
  assert.ok([...files.values()].every((bytes) => bytes.length));
});

test("another machine is told what is there, and takes it in", async () => {
  await second.choose();
  await second.capture(orderOf("brl"));
  await second.written();
  await second.press("look");
  assert.ok((await second.words("#mirror")).includes(say("mirror_alone")));
  const [before, files, machine] = [await second.kept(), await first.own(), await first.machine()];

  // The sync service has brought half of it.
  const part = [...files.keys()].find((name) => name.includes("/part-"));
  await second.bring([...files].filter(([name]) => name !== part));
  await second.press("look");
  assert.ok((await second.words(`#machine-${machine}`)).includes(say("mirror_incomplete")));
  assert.equal(await second.page.$(`#take-${machine}`), null);

  await carry(first, second);
  await second.bring([["redress/desktop.ini", Buffer.from("x")], [`redress/${machine} (1)/state-${"0".repeat(64)}.json`, Buffer.alloc(0)], [`${part.replace(".json", " (1).json")}`, Buffer.from("half")]]);
  await second.press("look");
  assert.match(await second.words(`#machine-${machine}`), /Captures that are not here: 2/);
  await second.press(`take-${machine}`);
  const [ones, others] = [await first.kept(), await second.kept()];
  assert.deepEqual(captures(others), [...captures(before), ...captures(ones)].sort());
  assert.deepEqual(others.pictures.filter(({ id }) => captures(ones).includes(id)), ones.pictures);
  await second.written();

  // And back.
  await carry(second, first);
  await first.press("look");
  await first.press(`take-${await second.machine()}`);
  assert.deepEqual(captures(await first.kept()), captures(others));
  await first.written();
});

test("what was changed in the folder is refused in one sentence, and nothing changes", async () => {
  const [before, files, machine] = [await second.kept(), await first.own(), await first.machine()];
  const folder = `redress/${machine}/`;
  const name = [...files.keys()].find((one) => one.includes("/state-"));
  const state = JSON.parse(files.get(name));
  // With digests that fit: only signatures and log tell.
  const [id] = state.parts.chain;
  const chain = JSON.parse(files.get(`${folder}part-${id}.json`));
  const signed = chain.find(({ signature }) => signature);
  signed.signature = signed.signature.replace(/^../, (pair) => (pair === "00" ? "01" : "00"));
  const bytes = Buffer.from(JSON.stringify(chain));
  const changed = Buffer.from(JSON.stringify({ ...state, written_at: state.written_at + 1, parts: { ...state.parts, chain: [sha256(bytes)] } }));
  const more = [[`${folder}part-${sha256(bytes)}.json`, bytes], [`${folder}state-${sha256(changed)}.json`, changed]];
  await carry(first, second);
  await second.bring(more);
  await second.press("look");
  assert.ok((await second.words(`#machine-${machine}`)).includes(say("backup_refused_signature")));
  assert.equal(await second.page.$(`#take-${machine}`), null);
  assert.deepEqual(await second.kept(), before);
});

test("what is deleted goes from the folder, and by itself from a machine that takes in", async () => {
  await carry(first, second);
  await second.press("auto");
  const [gone] = captures(await first.kept());
  await first.ask({ kind: "delete", capture_id: gone });
  await first.written();
  await carry(first, second);
  await second.ask({ kind: "mirror", ask: "auto", on: true });
  const { records } = await second.kept();
  assert.ok(!captures({ records }).includes(gone));
  await second.written();
  assert.deepEqual(captures(await second.kept()), captures(await first.kept()));
});

test("an order that was deleted does not come back from another machine", async () => {
  const order = orderOf("brl");
  await first.ask({ kind: "forget", order_id: order });
  await carry(second, first);
  await first.ask({ kind: "mirror", ask: "auto", on: true });
  assert.ok((await first.kept()).cases.every(({ order_id }) => order_id !== order));
  await first.written();
  await carry(first, second);
  await second.ask({ kind: "mirror", ask: "auto", on: true });
  assert.ok((await second.kept()).cases.every(({ order_id }) => order_id !== order));
  await second.written();
});

test("a permission that has lapsed is told, and what came meanwhile is written once it is given again", async () => {
  const lapse = () => { FileSystemHandle.prototype.queryPermission = async () => "prompt"; };
  const worker = await first.chromium.worker();
  await worker.evaluate(lapse);
  await first.capture(orderOf("transit_near_end"));
  await until(() => first.page.evaluate(async () => (await chrome.storage.local.get("mirror")).mirror.lapsed), "the lapse");
  const popup = await first.chromium.ownPage("popup.html");
  await popup.waitForFunction((text) => [...document.querySelectorAll("#mirror:not([hidden])")].some((one) => one.textContent === text), {}, say("mirror_lapsed"));
  await popup.close();
  await first.page.evaluate(lapse);
  await first.page.evaluate(() => { FileSystemHandle.prototype.requestPermission = async function () { FileSystemHandle.prototype.queryPermission = async () => "granted"; return "granted"; }; });
  await first.page.evaluate(() => new BroadcastChannel("redress").postMessage("changed"));
  await first.page.waitForFunction((text) => document.getElementById("mirror").textContent.includes(text), {}, say("mirror_lapsed"));
  await worker.evaluate(() => { FileSystemHandle.prototype.queryPermission = async () => "granted"; });
  await first.press("allow");
  await first.written();
  await first.page.waitForSelector("#write");
});

test("erasing everything leaves the folder as it is, and nothing writes there any more", async () => {
  const before = await second.own();
  await second.ask({ kind: "erase" });
  await second.page.reload();
  await second.page.waitForSelector("#choose");
  await second.capture(orderOf("brl"));
  // What the change set going is over: the run that finds no folder takes its alarm away.
  await until(() => second.page.evaluate(async () => !(await chrome.alarms.get("mirror"))), "the end of the run");
  const folder = `${[...before.keys()][0].split("/").slice(0, 2).join("/")}/`;
  const after = new Map([...(await second.files())].filter(([name]) => name.startsWith(folder)));
  assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
  // Whoever chooses the folder again finds what was there, as another machine's.
  await second.choose();
  await second.press("look");
  assert.ok(await second.page.$(`#machine-${folder.split("/")[1]}`));
  assert.deepEqual(second.page.problems, []);
});
