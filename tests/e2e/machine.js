// Machines of one user, each with a vault in memory and a folder that a sync service carries: the extension's own code for the
// log, the files and the merge, without a browser.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Cut, MemoryFolder } from "./folder.js";
import { dist } from "./chromium.js";

// What the extension asks of the browser there.
globalThis.chrome = {
  i18n: { getUILanguage: () => "en", getMessage: () => "en" },
  runtime: { getURL: (file) => `file://${dist}/${file}` },
  storage: { onChanged: { addListener() {} }, local: { get: async () => ({}) } },
};
globalThis.addEventListener ??= () => {};
globalThis.BroadcastChannel = class { addEventListener() {} postMessage() {} };
globalThis.fetch = async (address) => new Response(await readFile(new URL(address)), { headers: { "content-type": String(address).endsWith(".wasm") ? "application/wasm" : "application/json" } });

const own = (file) => import(path.join(dist, file));
const [keeper, { signed }, { isNothing, joined }, forgotten, { writeMirror }, { otherMachines, readMachine }, files, { soundVault }, { namedKeys, toCarry }] =
  await Promise.all(["keeper.js", "signing.js", "joining.js", "forgotten.js", "mirror-writing.js", "mirror-reading.js", "mirror-files.js", "vault-sound.js", "carried.js"].map(own));

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const byKey = (key) => (a, b) => (a[key] < b[key] ? -1 : 1);
const put = (list, one, key) => [...list.filter((other) => other[key] !== one[key]), one].sort(byKey(key));
const proofOf = (hash) => Buffer.concat([Buffer.from("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401", "hex"), Buffer.from(`08${hash}`, "hex"), Buffer.from("f010", "hex"), Buffer.alloc(16, 7)]);

export async function newMachine(clock) {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const der = Buffer.from(await crypto.subtle.exportKey("spki", pair.publicKey));
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PUBLIC KEY-----\n`;
  return new Machine(clock, { id: sha256(der), pem, privateKey: pair.privateKey });
}

class Machine {
  root = new MemoryFolder();
  vault = { cases: [], records: [], chain: [], chains: [], stamps: [], marks: [] };
  pictures = new Map();
  whole = new Set();

  constructor(clock, key) {
    Object.assign(this, { clock, key, name: files.machineOf(key) });
    this.vault.keys = [key];
  }

  // The machine's own part of its folder.
  get mirrored() {
    return this.root.folder("redress").folder(this.name);
  }

  async log(entry) {
    this.vault.chain.push(await signed(entry, this.key));
  }

  async capture(order) {
    const picture = new Blob([`a picture of ${order} at ${this.clock()}`], { type: "image/png" });
    const digest = sha256(Buffer.from(await picture.arrayBuffer()));
    const draft = {
      trigger: "popup", url: `https://www.aliexpress.com/p/order/detail.html?orderId=${order}`, title: "Order", width: 800, height: 600, device_pixel_ratio: 1,
      orders: [order], browser: "a browser", extension_version: "0.1.0", mode: "viewport", media_type: "image/png", bytes: picture.size,
    };
    const { record, entry } = await keeper.keep(draft, digest, this.vault.chain.at(-1) ?? null, this.key.id);
    await this.log(entry);
    this.vault.records = put(this.vault.records, record, "id");
    this.pictures.set(record.id, picture);
    return record.id;
  }

  async delete(id) {
    const record = this.vault.records.find((one) => one.id === id);
    await this.log(await keeper.tombstone(record, this.vault.chain.at(-1), this.key.id));
    this.vault.records = this.vault.records.filter((one) => one !== record);
    this.pictures.delete(id);
  }

  fileOf(order_id) {
    return this.vault.cases.find((file) => file.order_id === order_id) ?? { order_id, looks: [], corrections: [], statements: [] };
  }

  // As the store does it: what the file says no more is marked.
  save(file) {
    const marks = forgotten.takenBack(this.fileOf(file.order_id), file, this.clock());
    this.vault.marks = forgotten.unitedMarks(this.vault.marks, marks);
    this.vault.cases = put(this.vault.cases, file, "order_id");
  }

  look(order) {
    const [file, at] = [this.fileOf(order), this.clock()];
    const snapshot = { address: `https://www.aliexpress.com/p/order/detail.html?orderId=${order}`, layout: "current", root: { name: "order", by: "words", fields: [], regions: [] } };
    this.save({ ...file, looks: [{ at, today: 20000, countdown_at: at, visit: at, snapshot }, ...file.looks].slice(0, 6) });
    return at;
  }

  state(order, topic, value) {
    const [file, at] = [this.fileOf(order), this.clock()];
    const others = file.statements.filter((one) => topic.startsWith("event.") || one.topic !== topic);
    this.save({ ...file, statements: [...others, { topic, value, item: null, at }] });
    return at;
  }

  unstate(order, at) {
    const file = this.fileOf(order);
    this.save({ ...file, statements: file.statements.filter((one) => one.at !== at) });
  }

  async forget(order) {
    const gone = this.vault.records.filter(({ order_id }) => order_id === order).map(({ id }) => id);
    for (const id of gone) await this.delete(id);
    this.vault.cases = this.vault.cases.filter(({ order_id }) => order_id !== order);
    this.mark(await forgotten.orderMark(order), true);
    return gone;
  }

  mark(id, gone) {
    this.vault.marks = forgotten.unitedMarks(this.vault.marks.filter((one) => !one.id.startsWith(`${id}/`)), [{ id, at: this.clock(), gone }]);
  }

  // A time-stamp of the newest entry.
  stamp() {
    const { seq, hash } = this.vault.chain.at(-1);
    const bytes = new Uint8Array(proofOf(hash));
    const id = sha256(bytes);
    this.vault.stamps = put(this.vault.stamps, { kind: "opentimestamps", seq, hash, id, name: "head.ots", asked: false, imported_at: this.clock(), bytes }, "id");
    this.mark(forgotten.stampMark(id), false);
    return id;
  }

  unstamp(id) {
    this.vault.stamps = this.vault.stamps.filter((one) => one.id !== id);
    this.mark(forgotten.stampMark(id), true);
  }

  // Writes the mirror; after so many changes of files the power goes.
  async mirror(power = Infinity) {
    this.root.power.left = power;
    try {
      const folder = await files.folderOf(this.root, this.name);
      return await writeMirror(folder, this.vault, { machine: this.name, version: "0.1.0", readme: "read me", at: this.clock(), pictureOf: async (id) => this.pictures.get(id), whole: this.whole });
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
      // The worker has ended with its memory.
      this.whole = new Set();
      return null;
    } finally {
      this.root.power.left = Infinity;
    }
  }

  // Takes in what the others wrote. Answers with the refusals; `changes` counts what changed.
  async takeIn() {
    const refused = [];
    this.changes = 0;
    for (const folders of (await otherMachines(this.root, this.name)).values()) {
      const read = await readMachine(folders, this.vault).catch((error) => {
        if (!error.text) throw error;
        refused.push(error.text);
      });
      if (read) await this.join(read);
    }
    return refused;
  }

  async join({ vault, pictures }) {
    const change = await joined(this.vault, vault, this.key, { wanted: false, now: this.clock() });
    if (isNothing(change, this.vault)) return;
    this.changes += 1;
    this.apply(change, pictures);
  }

  // What the store does in one transaction (store.js, `mix`): what is there is not added again.
  apply(change, pictures) {
    const { vault } = this;
    const without = (list, ids, key = "id") => list.filter((one) => !ids.includes(one[key]));
    vault.records = without(vault.records, change.deleted);
    for (const id of change.deleted) this.pictures.delete(id);
    for (const record of change.records) {
      if (this.pictures.has(record.id)) throw new Error("a capture came in twice");
      vault.records = put(vault.records, record, "id");
      this.pictures.set(record.id, pictures.get(record.id));
    }
    vault.cases = without(vault.cases, change.forgotten, "order_id");
    for (const file of change.cases) vault.cases = put(vault.cases, file, "order_id");
    vault.chain = [...vault.chain, ...change.entries];
    if (vault.chain.some(({ seq }, at) => seq !== at + 1)) throw new Error("the log has a gap");
    vault.chains = [...change.chains].sort((a, b) => (a.at(-1).hash < b.at(-1).hash ? -1 : 1));
    vault.keys = [...vault.keys, ...change.keys];
    vault.stamps = without(vault.stamps, change.unstamped);
    for (const one of change.stamps) vault.stamps = put(vault.stamps, one, "id");
    for (const one of change.marks) vault.marks = put(vault.marks, one, "id");
  }

  // Throws where log, records, signatures or time-stamps do not hold.
  check() {
    const { keys, stamps, ...vault } = this.vault;
    return soundVault({ ...vault, keys: namedKeys(keys, [vault.chain, ...vault.chains]), stamps: toCarry(stamps, vault) });
  }
}
