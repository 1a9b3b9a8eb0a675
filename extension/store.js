// The extension's own database, for the core (crate/web/store.rs). Every write is one transaction: all of it or nothing.
import { orderMark, stampMark, takenBack } from "./forgotten.js";
import { deleteDB, openDB } from "./idb.js";
import { count, tallied } from "./tallies.js";

const name = "redress";
const version = 7;

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
    if (from < 6) {
      database.createObjectStore("tallies", { keyPath: "order_id" });
      transaction.objectStore("chain").createIndex("kind", ["event.kind", "seq"]);
      await count(transaction);
      // What the user took back or deleted beside captures (forgotten.js), and the folder of the mirror (mirror.js).
      database.createObjectStore("marks", { keyPath: "id" });
      database.createObjectStore("folders", { keyPath: "id" });
    }
    if (from < 7) transaction.objectStore("chain").createIndex("capture", "event.capture_id");
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

// What a request needs (crate/app/port.rs), at one moment: case files, records of captures by order, their entries of the chain,
// summaries and the number of all cases, or of those that were found.
export async function load({ orders, records, chain, summaries }) {
  const transaction = (await database()).transaction(["cases", "records", "chain", "summaries"]);
  const cases = transaction.objectStore("cases");
  const of = transaction.objectStore("records").index("order_id");
  const each = (get) => Promise.all(orders.map(get));
  const [[sums, count], ...found] = await Promise.all([
    summaries ? summed(transaction, summaries) : [[], 0],
    orders ? each((id) => cases.get(id)) : cases.getAll(),
    !records ? [] : orders ? each((id) => of.getAll(id)) : of.getAll(),
  ]);
  const [files, captures] = found.map((list) => list.flat().filter(Boolean));
  return [files, captures, chain ? await entriesIn(transaction, captures) : [], sums, count];
}

// The entries of the chain about these records, and those at these places, in the order of the chain. The others are not read: an
// order has few of many.
async function entriesIn(transaction, records, places = []) {
  const entries = transaction.objectStore("chain");
  const about = entries.index("capture");
  const found = await Promise.all([...records.map(({ id }) => about.getAll(id)), ...places.map((seq) => entries.get(seq))]);
  const each = new Map(found.flat().filter(Boolean).map((entry) => [entry.seq, entry]));
  return [...each.values()].sort((a, b) => a.seq - b.seq);
}

export const entriesOf = async (records, places) => entriesIn((await database()).transaction("chain"), records, places);

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

// What is kept of each order: its title, how many captures and files of the user's own, and the bytes of each. The greatest number stands first,
// and last the captures that belong to no order.
export async function overview() {
  const transaction = (await database()).transaction(["cases", "tallies", "summaries"]);
  const [ids, tallies, summaries] = await Promise.all([
    transaction.objectStore("cases").getAllKeys(),
    transaction.objectStore("tallies").getAll(),
    transaction.objectStore("summaries").getAll(),
  ]);
  const orders = new Map();
  const of = (order_id) => orders.get(order_id) ?? orders.set(order_id, { order_id, name: null, captures: 0, bytes: 0, files: 0, file_bytes: 0 }).get(order_id);
  for (const id of ids) of(id);
  for (const { order_id, name } of summaries) of(order_id).name = name ?? null;
  for (const { order_id, ...tally } of tallies) Object.assign(of(order_id || null), tally);
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
    return { summary, last: Math.max(...times, ...records.map(({ captured_at, added_at }) => Date.parse(captured_at ?? added_at))) };
  }));
}

// The last entry of the chain; null where there is none.
export async function head() {
  const last = await (await database()).transaction("chain").store.openCursor(null, "prev");
  return last?.value ?? null;
}

export const chain = async () => (await database()).getAll("chain");

// In the index of the log by kinds.
const after = (kind, seq) => IDBKeyRange.bound([kind, seq], [kind, Infinity], true);

// What was logged after the entry `seq` and is no deletion: how many, and the first entry of them. Deletions are few.
export async function capturedSince(seq) {
  const entries = (await database()).transaction("chain").store;
  const kinds = entries.index("kind");
  const [last, deletions, ...first] = await Promise.all([
    entries.openKeyCursor(null, "prev"),
    kinds.count(after("deleted", seq)),
    kinds.get(after("captured", seq)),
    kinds.get(after("attached", seq)),
  ]);
  first.sort((a, b) => a.seq - b.seq);
  return { captures: Math.max(0, (last?.key ?? 0) - seq - deletions), first: first.at(0) };
}

// The first capture that was logged after so many entries, as the notice tells of it; null where there is none.
export async function keptSince(entries) {
  const transaction = (await database()).transaction(["chain", "records"]);
  const logged = await transaction.objectStore("chain").index("kind").get(after("captured", entries));
  const record = logged && (await transaction.objectStore("records").get(logged.event.capture_id));
  return record ? { capture_id: record.id, order_id: record.order_id ?? null, sha256: record.sha256 } : null;
}

const documents = ["cases", "records", "chain", "chains", "keys", "stamps", "marks"];

async function documentsOf(transaction) {
  const all = await Promise.all(documents.map(async (name) => [name, await transaction.objectStore(name).getAll()]));
  const { chains, ...rest } = Object.fromEntries(all);
  return { ...rest, chains: chains.map(({ entries }) => entries) };
}

// All but the pictures, at one moment: case files, records, chains, keys, time-stamps, marks.
export const everythingSaid = async () => documentsOf((await database()).transaction(documents));

// What a backup holds, at one moment, with the pictures by the ids of their captures. A picture is a handle until somebody reads it.
export async function everything() {
  const transaction = (await database()).transaction([...documents, "pictures"]);
  const store = transaction.objectStore("pictures");
  const [vault, pictures, ids] = await Promise.all([documentsOf(transaction), store.getAll(), store.getAllKeys()]);
  return { ...vault, pictures: new Map(ids.map((id, at) => [id, pictures[at]])) };
}

// The keys of the chain: `id`, `pem`, and of this installation's own `privateKey`.
export const keys = async () => (await database()).getAll("keys");
export const addKey = (key) => written(["keys"], (transaction) => [transaction.objectStore("keys").add(key)]);

const kept = (found) => {
  if (!found) throw new Error("this capture or time-stamp is not kept (any more)");
  return found;
};

export const record = async (id) => kept(await (await database()).get("records", id));

export const picture = async (id) => kept(await (await database()).get("pictures", id));

// The records of an order; of none, those without an order.
export async function recordsOf(orderId) {
  const records = (await database()).transaction("records").store;
  const filed = records.index("order_id");
  if (orderId) return filed.getAll(orderId);
  const [ids, ofOrders] = await Promise.all([records.getAllKeys(), filed.getAllKeys()]);
  const others = new Set(ids).difference(new Set(ofOrders));
  return Promise.all([...others].map((id) => records.get(id)));
}

export const stamps = async () => (await database()).getAll("stamps");
export const stamp = async (id) => kept(await (await database()).get("stamps", id));
export const addStamp = (stamp) => written(["stamps", "marks"], (transaction) => [
  transaction.objectStore("stamps").add(stamp),
  transaction.objectStore("marks").put({ id: stampMark(stamp.id), at: Date.now(), gone: false }),
]);
export const deleteStamp = (id) => written(["stamps", "marks"], (transaction) => [
  transaction.objectStore("stamps").delete(id),
  transaction.objectStore("marks").put({ id: stampMark(id), at: Date.now(), gone: true }),
]);

// The folder that the vault is mirrored into: `handle`. It is no part of the vault.
export const folder = async () => (await database()).get("folders", "mirror");
export const keepFolder = async (handle) => (await database()).put("folders", { id: "mirror", handle });
export const dropFolder = async () => (await database()).delete("folders", "mirror");

export async function put(files, summaries) {
  await written(["cases", "summaries", "marks"], (transaction) => [
    ...files.map((file) => putFile(transaction, file)),
    ...summaries.map((summary) => transaction.objectStore("summaries").put(summary)),
    ...swept(transaction, summaries),
  ]);
  for (const { order_id } of summaries) known?.add(order_id);
}

// Where a summary moved to another place of an index, Chromium leaves the place before until somebody who may write comes by, and every
// reader looks it up. So whoever moves one reads once over what popup and badge read first.
function swept(transaction, summaries) {
  if (!summaries.length) return [];
  const of = (index) => transaction.objectStore("summaries").index(index);
  return [of("until").getAllKeys(IDBKeyRange.upperBound(Date.now())), of("due").getAllKeys(null, outdated)];
}

async function putFile(transaction, file) {
  const [cases, marks] = ["cases", "marks"].map((name) => transaction.objectStore(name));
  const before = await cases.get(file.order_id);
  await Promise.all([cases.put(file), ...takenBack(before, file, Date.now()).map((mark) => marks.put(mark))]);
}

// Whether the file of a record is kept, and not its digest alone.
export const hasFile = ({ kept }) => kept !== "reference";

// How much a vault holds: captures, orders, files of the user's own and their bytes.
export function counts({ records, cases }) {
  const files = records.filter(({ kind }) => kind);
  const bytes = files.reduce((sum, record) => sum + (hasFile(record) ? record.bytes : 0), 0);
  return { captures: records.length - files.length, orders: cases.length, files: files.length, bytes };
}

// `add`, not `put`: what is kept is never written over, and of two entries that follow the same one only the first is taken.
export const keep = (captures) => written(["records", "pictures", "chain", "tallies"], (transaction) => [
  ...captures.flatMap(({ record, picture, entry }) => [
    transaction.objectStore("records").add(record),
    ...(hasFile(record) ? [transaction.objectStore("pictures").add(picture, record.id)] : []),
    transaction.objectStore("chain").add(entry),
  ]),
  tallied(transaction, captures.map(({ record }) => record), 1),
]);

export const erase = (id, tombstone) => written(["records", "pictures", "chain", "tallies"], (transaction) => [
  // As it is before the requests that follow.
  transaction.objectStore("records").get(id).then((record) => record && tallied(transaction, [record], -1)),
  transaction.objectStore("records").delete(id),
  transaction.objectStore("pictures").delete(id),
  transaction.objectStore("chain").add(tombstone),
]);

// Of what was taken back in an order before, its own mark tells enough.
export async function forget(orderId) {
  const id = await orderMark(orderId);
  await written(["cases", "summaries", "marks"], (transaction) => [
    transaction.objectStore("cases").delete(orderId),
    transaction.objectStore("summaries").delete(orderId),
    transaction.objectStore("marks").delete(IDBKeyRange.bound(`${orderId}/`, `${orderId}/\uffff`)),
    transaction.objectStore("marks").put({ id, at: Date.now(), gone: true }),
  ]);
  known?.delete(orderId);
}

const whole = ["cases", "summaries", "records", "pictures", "chain", "chains", "keys", "tallies", "stamps", "marks"];

// What comes in from a backup: case files with outdated summaries, captures, entries that follow the last one, public keys,
// time-stamps, marks.
function* incoming(transaction, { cases, records, entries, chains, keys, stamps, marks }, pictures) {
  const store = (name) => transaction.objectStore(name);
  known = null;
  for (const file of cases) yield* [store("cases").put(file), store("summaries").put(stub(file))];
  for (const record of records) {
    yield store("records").add(record);
    if (hasFile(record)) yield store("pictures").add(pictures.get(record.id), record.id);
  }
  for (const entry of entries) yield store("chain").add(entry);
  for (const chain of chains) yield store("chains").put({ id: chain.at(-1).hash, entries: chain });
  for (const key of keys) yield store("keys").add(key);
  for (const stamp of stamps) yield store("stamps").put(stamp);
  for (const mark of marks) yield store("marks").put(mark);
  yield count(transaction);
}

// Everything but keys and marks gives way to what comes in. A backup that knows of no time-stamps says nothing of them.
export const replace = (given, pictures) => written(whole, (transaction) => [
  ...whole.filter((name) => name !== "keys" && name !== "marks" && (name !== "stamps" || given.stamps)).map((name) => transaction.objectStore(name).clear()),
  ...incoming(transaction, { ...given, stamps: given.stamps ?? [] }, pictures),
]);

// What comes in is added to what is kept; captures, orders and time-stamps that are deleted elsewhere go. Of the chains of other
// vaults `chains` are all.
export const mix = ({ deleted, forgotten, unstamped, ...given }, pictures) => written(whole, (transaction) => [
  ...dropped(transaction, ["records", "pictures"], deleted),
  ...dropped(transaction, ["cases", "summaries"], forgotten),
  ...dropped(transaction, ["stamps"], unstamped),
  transaction.objectStore("chains").clear(),
  ...incoming(transaction, given, pictures),
]);

const dropped = (transaction, stores, ids) => ids.flatMap((id) => stores.map((name) => transaction.objectStore(name).delete(id)));

export const destroy = () => deleteDB(name);

// Hears of every change of the vault once it is written.
let heard = () => {};
export const watch = (listener) => { heard = listener; };

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
  heard();
}
