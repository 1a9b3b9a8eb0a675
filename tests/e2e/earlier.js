// Vaults as earlier versions wrote them, as data: what each schema of the database held (git log -p extension/store.js). Digests are
// reckoned here, not by the core of today.

const first = { cases: { keyPath: "order_id" }, records: { keyPath: "id", indexes: ["order_id"] }, pictures: {}, chain: { keyPath: "seq" } };
const second = { ...first, summaries: { keyPath: "order_id", indexes: ["due", "close", "until"] } };
const third = { ...second, keys: { keyPath: "id" } };
const fourth = { ...third, chains: { keyPath: "id" } };
const fifth = { ...fourth, stamps: { keyPath: "id" } };
const sixth = {
  ...fifth, chain: { keyPath: "seq", indexes: ["kind"] }, tallies: { keyPath: "order_id" }, marks: { keyPath: "id" }, folders: { keyPath: "id" },
};

// `without` are the keys that rows of that time did not have; `log` says who signed the entries, oldest first.
export const schemas = [
  { version: 1, stores: first, without: { cases: ["corrections", "statements"], records: ["policy_version"] }, log: [null, null] },
  { version: 2, stores: second, without: { cases: ["statements"], records: ["policy_version"], summaries: ["step", "rules"] }, log: [null, null] },
  { version: 3, stores: third, without: { cases: [], records: [], summaries: ["step"] }, log: [null, "own", "own"] },
  { version: 4, stores: fourth, without: { cases: [], records: [], summaries: [] }, log: [null, "own"], merged: true },
  { version: 5, stores: fifth, without: { cases: [], records: [], summaries: [] }, log: ["own", "own", "own"], merged: true },
  { version: 6, stores: sixth, without: { cases: [], records: [], summaries: [] }, log: ["own", "own", "own"], merged: true },
];

/**
 * Puts the vault of a schema in the place of what is there, in a page of ours that does not hold the database: `kept` is a case
 * file and its summary. Answers with the digests of its pictures by the ids of their captures.
 */
export const writeEarlier = (page, schema, kept) => page.evaluate(async ({ version, stores, without, log, merged }, { file, summary }) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another page holds the database"));
  });
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytesOf = (text) => new TextEncoder().encode(text);
  const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
  const said = ([key, value]) => `${key}=${String(value).replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}\n`;
  const canonical = (kind, fields) => `${kind}=1\n${fields.filter(([, value]) => value !== undefined).map(said).join("")}`;
  const dropped = (row, keys = []) => Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));

  const signing = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(signing, false, ["sign", "verify"]);
  const der = await crypto.subtle.exportKey("spki", publicKey);
  const lines = btoa(String.fromCharCode(...new Uint8Array(der))).replace(/.{64}/g, "$&\n").trimEnd();
  const key = { id: await sha256(der), pem: `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`, privateKey };

  const order = file.order_id;
  const [records, pictures] = [[], new Map()];
  async function captured(place) {
    const context = new OffscreenCanvas(40, 30).getContext("2d");
    context.fillRect(place, place, 10, 10);
    const picture = await context.canvas.convertToBlob({ type: "image/png" });
    const record = dropped({
      id: `earlier-${place}`, order_id: order, page: "order_detail", mode: "viewport", trigger: "popup", captured_at: `2026-11-2${place}T09:30:00.000Z`,
      zone: "Europe/Warsaw", utc_offset_minutes: 60, url: `https://www.aliexpress.com/p/order/detail.html?orderId=${order}`, title: "Order details",
      viewport: { width: 1280, height: 800 }, device_pixel_ratio: 1, browser: "an earlier browser", extension_version: "0.1.0", policy_version: "1",
      media_type: "image/png", bytes: picture.size, sha256: await sha256(await picture.arrayBuffer()),
    }, without.records);
    const { viewport, bytes, media_type, sha256: digest, policy_version, browser, extension_version, device_pixel_ratio, ...begin } = record;
    const fields = [...Object.entries(begin), ["viewport_width", viewport.width], ["viewport_height", viewport.height], ...Object.entries({ device_pixel_ratio, browser, extension_version, policy_version, media_type, bytes, sha256: digest })];
    return { record, picture, digest: await sha256(bytesOf(canonical("redress-capture-record", fields))) };
  }
  // The log of these captures, each signed by the key where one is named.
  async function logOf(captures, signers) {
    const entries = [];
    for (const [at, { record, digest }] of captures.entries()) {
      const order_tag = await sha256(bytesOf(canonical("redress-order-tag", [["capture_id", record.id], ["order_id", order]])));
      const about = { capture_id: record.id, record_digest: digest, order_tag };
      const [signer, prev] = [signers[at] ? key.id : undefined, entries.at(-1)?.hash ?? "0".repeat(64)];
      const text = bytesOf(canonical("redress-chain-entry", [["seq", at + 1], ["at", record.captured_at], ["kind", "captured"], ...Object.entries(about), ["prev", prev], ["key", signer]]));
      const signed = signer ? { key: signer, signature: hex(await crypto.subtle.sign(signing, privateKey, text)) } : {};
      entries.push({ seq: at + 1, at: record.captured_at, event: { kind: "captured", ...about }, prev, hash: await sha256(text), ...signed });
    }
    return entries;
  }
  const captures = [];
  for (const place of log.keys()) captures.push(await captured(place));
  for (const { record, picture } of captures) {
    records.push(record);
    pictures.set(record.id, picture);
  }
  const entries = await logOf(captures, log);
  const other = merged ? await logOf([await captured(8)], [null]) : [];

  const rows = {
    cases: [dropped(file, without.cases)], records, chain: entries, summaries: [dropped(summary, without.summaries)],
    keys: log.includes("own") ? [key] : [], chains: merged ? [{ id: other.at(-1).hash, entries: other }] : [], stamps: [],
    tallies: [{ order_id: order, captures: records.length, bytes: records.reduce((sum, { bytes }) => sum + bytes, 0), files: 0, file_bytes: 0 }],
    marks: [], folders: [],
  };
  const paths = { kind: ["event.kind", "seq"] };
  await done(indexedDB.deleteDatabase("redress"));
  const opening = indexedDB.open("redress", version);
  opening.onupgradeneeded = () => {
    for (const [name, { keyPath, indexes = [] }] of Object.entries(stores)) {
      const store = opening.result.createObjectStore(name, keyPath && { keyPath });
      for (const index of indexes) store.createIndex(index, paths[index] ?? index);
      if (keyPath) for (const row of rows[name]) store.add(row);
      else for (const [id, picture] of pictures) store.add(picture, id);
    }
  };
  (await done(opening)).close();
  return { records, entries };
}, schema, kept);
