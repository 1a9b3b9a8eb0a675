// The extension's own database, for the core (crate/web/store.rs). Every write is one transaction: all of it or nothing.
import { deleteDB, openDB } from "./idb.js";

const name = "redress";
const version = 5;

let opened = null;
// The orders that are kept, once the background has asked for them: it is the one writer, and counting thousands in the
// database made the popup wait.
let known = null;

// Whoever erases everything waits until every page of ours has let go of the database; the next use opens it anew.
function letGo() {
  opened?.then((database) => database.close());
  opened = known = null;
}

// Of a case whose summary is to be made anew.
const stub = ({ order_id }) => ({ order_id, due: 0, until: 0 });

const open = () => openDB(name, version, {
  async upgrade(database, from, to, transaction) {
    if (from < 1) {
      database.createObjectStore("cases", { keyPath: "order_id" });
      database.createObjectStore("records", { keyPath: "id" }).createIndex("order_id", "order_id");
      database.createObjectStore("pictures");
      database.createObjectStore("chain", { keyPath: "seq" });
    }
    if (from < 2) {
      const summaries = database.createObjectStore("summaries", { keyPath: "order_id" });
      for (const key of ["due", "close", "until"]) summaries.createIndex(key, key);
      // Of cases that were kept before: a stub, which is outdated and so made anew.
      for (const order_id of await transaction.objectStore("cases").getAllKeys()) summaries.put(stub({ order_id }));
    }
    if (from < 3) database.createObjectStore("keys", { keyPath: "id" });
    // The chains of vaults that were merged into this one, each by the hash of its last entry.
    if (from < 4) database.createObjectStore("chains", { keyPath: "id" });
    // Time-stamps of entries of the chain, each by the digest of its file.
    if (from < 5) database.createObjectStore("stamps", { keyPath: "id" });
  },
  blocking: letGo,
  terminated: letGo,
});

// A database that could not be opened once is asked for again.
const database = () => (opened ??= open().catch((error) => {
  opened = null;
  throw error;
}));

const outdated = 50;

// What a request needs (crate/app/port.rs), at one moment: case files, records of captures by order, the chain, summaries
// and the number of all cases, or of those that were found.
export async function load({ orders, records, chain, summaries }) {
  const transaction = (await database()).transaction(["cases", "records", "chain", "summaries"]);
  const cases = transaction.objectStore("cases");
  const of = transaction.objectStore("records").index("order_id");
  const each = (get) => Promise.all(orders.map(get));
  const [[sums, count], ...found] = await Promise.all([
    summaries ? summed(transaction, summaries) : [[], 0],
    orders ? each((id) => cases.get(id)) : cases.getAll(),
    !records ? [] : orders ? each((id) => of.getAll(id)) : of.getAll(),
    chain ? transaction.objectStore("chain").getAll() : [],
  ]);
  return [...found.map((list) => list.flat().filter(Boolean)), sums, count];
}

// The summaries that are outdated, and so many by their place among all and by their nearest limit; each once, by place. Where
// something is searched for, the first of those that hold it; all are read only then.
async function summed(transaction, { first, closes, now, search }) {
  const store = transaction.objectStore("summaries");
  if (search) {
    const holds = (text) => text?.toLowerCase().includes(search.toLowerCase());
    const found = (await store.index("due").getAll()).filter(({ order_id, name }) => holds(order_id) || holds(name));
    return [found.slice(0, first), found.length];
  }
  const [ids, ...found] = await Promise.all([
    first ? (known ??= new Set(await store.getAllKeys())) : [],
    store.index("until").getAll(IDBKeyRange.upperBound(now), outdated),
    first ? store.index("due").getAll(null, first) : [],
    closes ? store.index("close").getAll(IDBKeyRange.lowerBound(now, true), closes) : [],
  ]);
  const count = ids.size ?? 0;
  const each = new Map(found.flat().map((summary) => [summary.order_id, summary]));
  return [[...each.values()].sort((a, b) => a.due - b.due), count];
}

// The summaries of the orders whose limits come next.
export const nearest = async (now, most) =>
  (await database()).transaction("summaries").store.index("close").getAll(IDBKeyRange.lowerBound(now, true), most);

// What is kept of each order: its title, how many captures, and the bytes of their pictures. The greatest number stands first,
// and last the captures that belong to no order.
export async function overview() {
  const transaction = (await database()).transaction(["cases", "records", "summaries"]);
  const [ids, records, summaries] = await Promise.all([
    transaction.objectStore("cases").getAllKeys(),
    transaction.objectStore("records").getAll(),
    transaction.objectStore("summaries").getAll(),
  ]);
  const orders = new Map();
  const of = (order_id) => orders.get(order_id) ?? orders.set(order_id, { order_id, name: null, captures: 0, bytes: 0 }).get(order_id);
  for (const id of ids) of(id);
  for (const { order_id, name } of summaries) of(order_id).name = name ?? null;
  for (const record of records) {
    const order = of(record.order_id ?? null);
    order.captures += 1;
    order.bytes += record.bytes;
  }
  const byNumber = new Intl.Collator("en", { numeric: true });
  return [...orders.values()].sort((a, b) => byNumber.compare(b.order_id ?? "", a.order_id ?? ""));
}

// The summaries in one of these states, each with when something was last read, stated or captured of the order, milliseconds since 1970.
export async function quiet(states) {
  const transaction = (await database()).transaction(["cases", "records", "summaries"]);
  const summaries = (await transaction.objectStore("summaries").getAll()).filter(({ state }) => states.includes(state));
  const of = transaction.objectStore("records").index("order_id");
  return Promise.all(summaries.map(async (summary) => {
    const [file, records] = await Promise.all([transaction.objectStore("cases").get(summary.order_id), of.getAll(summary.order_id)]);
    const times = ["looks", "corrections", "statements"].flatMap((key) => file?.[key] ?? []).map(({ at }) => at);
    return { summary, last: Math.max(...times, ...records.map(({ captured_at }) => Date.parse(captured_at))) };
  }));
}

// The last entry of the chain; null where there is none.
export async function head() {
  const last = await (await database()).transaction("chain").store.openCursor(null, "prev");
  return last?.value ?? null;
}

export const chain = async () => (await database()).getAll("chain");

// The first capture that was logged after so many entries, as the notice tells of it; null where there is none.
export async function keptSince(entries) {
  const transaction = (await database()).transaction(["chain", "records"]);
  const later = await transaction.objectStore("chain").getAll(IDBKeyRange.lowerBound(entries, true));
  const logged = later.find(({ event }) => event.kind === "captured");
  const record = logged && (await transaction.objectStore("records").get(logged.event.capture_id));
  return record ? { capture_id: record.id, order_id: record.order_id ?? null, sha256: record.sha256 } : null;
}

// What a backup holds, at one moment: case files, records, chains and keys, and the pictures by the ids of their captures. A
// picture is a handle until somebody reads it.
export async function everything() {
  const transaction = (await database()).transaction(["cases", "records", "chain", "chains", "keys", "pictures"]);
  const [cases, records, chain, chains, keys, pictures, ids] = await Promise.all([
    ...["cases", "records", "chain", "chains", "keys", "pictures"].map((name) => transaction.objectStore(name).getAll()),
    transaction.objectStore("pictures").getAllKeys(),
  ]);
  return { cases, records, chain, chains: chains.map(({ entries }) => entries), keys, pictures: new Map(ids.map((id, at) => [id, pictures[at]])) };
}

// The keys of the chain: `id`, `pem`, and of this installation's own `privateKey`.
export const keys = async () => (await database()).getAll("keys");
export const addKey = (key) => written(["keys"], (transaction) => [transaction.objectStore("keys").add(key)]);

const kept = (found) => {
  if (!found) throw new Error("this capture is not kept (any more)");
  return found;
};

export const record = async (id) => kept(await (await database()).get("records", id));

export const picture = async (id) => kept(await (await database()).get("pictures", id));

// The records of an order; of none, those without an order.
export async function recordsOf(orderId) {
  const records = (await database()).transaction("records").store;
  if (orderId) return records.index("order_id").getAll(orderId);
  return (await records.getAll()).filter((record) => !record.order_id);
}

export const stamps = async () => (await database()).getAll("stamps");
export const addStamp = (stamp) => written(["stamps"], (transaction) => [transaction.objectStore("stamps").add(stamp)]);
export const deleteStamp = (id) => written(["stamps"], (transaction) => [transaction.objectStore("stamps").delete(id)]);

export async function put(files, summaries) {
  await written(["cases", "summaries"], (transaction) => [
    ...files.map((file) => transaction.objectStore("cases").put(file)),
    ...summaries.map((summary) => transaction.objectStore("summaries").put(summary)),
  ]);
  for (const { order_id } of summaries) known?.add(order_id);
}

// `add`, not `put`: what is kept is never written over, and of two entries that follow the same one only the first is taken.
export const keep = (captures) => written(["records", "pictures", "chain"], (transaction) => captures.flatMap(({ record, picture, entry }) => [
  transaction.objectStore("records").add(record),
  transaction.objectStore("pictures").add(picture, record.id),
  transaction.objectStore("chain").add(entry),
]));

export const erase = (id, tombstone) => written(["records", "pictures", "chain"], (transaction) => [
  transaction.objectStore("records").delete(id),
  transaction.objectStore("pictures").delete(id),
  transaction.objectStore("chain").add(tombstone),
]);

export async function forget(orderId) {
  await written(["cases", "summaries"], (transaction) => [
    transaction.objectStore("cases").delete(orderId),
    transaction.objectStore("summaries").delete(orderId),
  ]);
  known?.delete(orderId);
}

const whole = ["cases", "summaries", "records", "pictures", "chain", "chains", "keys"];

// What comes in from a backup: case files with outdated summaries, captures, entries that follow the last one, public keys.
function* incoming(transaction, { cases, records, entries, chains, keys }, pictures) {
  const store = (name) => transaction.objectStore(name);
  known = null;
  for (const file of cases) yield* [store("cases").put(file), store("summaries").put(stub(file))];
  for (const record of records) yield* [store("records").add(record), store("pictures").add(pictures.get(record.id), record.id)];
  for (const entry of entries) yield store("chain").add(entry);
  for (const chain of chains) yield store("chains").put({ id: chain.at(-1).hash, entries: chain });
  for (const key of keys) yield store("keys").add(key);
}

// Everything but the keys gives way to what comes in.
export const replace = (given, pictures) => written(whole, (transaction) => [
  ...whole.filter((name) => name !== "keys").map((name) => transaction.objectStore(name).clear()),
  ...incoming(transaction, given, pictures),
]);

// What comes in is added to what is kept, and the captures `deleted` go. Of the chains of other vaults `chains` are all.
export const mix = ({ deleted, ...given }, pictures) => written(whole, (transaction) => [
  ...deleted.flatMap((id) => ["records", "pictures"].map((name) => transaction.objectStore(name).delete(id))),
  transaction.objectStore("chains").clear(),
  ...incoming(transaction, given, pictures),
]);

export const destroy = () => deleteDB(name);

async function written(stores, write) {
  const transaction = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  // The transaction's own end says why it failed; a request that failed with it says the same and is not lost.
  transaction.done.catch(() => {});
  try {
    await Promise.all(write(transaction));
  } catch (error) {
    // One that was ended by the browser says why; its requests only say that it was.
    const reason = transaction.error ?? error;
    try { transaction.abort(); } catch { /* it has ended by itself */ }
    throw reason;
  }
  await transaction.done;
}
