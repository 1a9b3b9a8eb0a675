// The extension's own database, for the core (crate/web/store.rs). Every write is one transaction: all of it or nothing.
import { openDB } from "./idb.js";

const version = 2;

const opened = openDB("redress", version, {
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
      for (const order_id of await transaction.objectStore("cases").getAllKeys()) summaries.put({ order_id, due: 0, until: 0 });
    }
  },
});

const outdated = 50;

// What a request needs (crate/app/port.rs), at one moment: case files, records of captures by order, the chain, summaries
// and the number of all cases.
export async function load({ orders, records, chain, capture, summaries }) {
  const transaction = (await opened).transaction(["cases", "records", "chain", "summaries"]);
  const [cases, kept] = [transaction.objectStore("cases"), transaction.objectStore("records")];
  const of = kept.index("order_id");
  const each = (get) => Promise.all(orders.map(get));
  const found = await Promise.all([
    orders ? each((id) => cases.get(id)) : cases.getAll(),
    capture ? kept.getAll(capture) : !records ? [] : orders ? each((id) => of.getAll(id)) : of.getAll(),
    chain ? transaction.objectStore("chain").getAll() : [],
    summaries ? summed(transaction.objectStore("summaries"), summaries) : [],
  ]);
  const count = summaries ? await cases.count() : 0;
  return [...found.map((list) => list.flat().filter(Boolean)), count];
}

// The summaries that are outdated, and so many by their place among all and by their nearest limit; each once, by place.
async function summed(store, { first, closes, now }) {
  const found = await Promise.all([
    store.index("until").getAll(IDBKeyRange.upperBound(now), outdated),
    first ? store.index("due").getAll(null, first) : [],
    closes ? store.index("close").getAll(IDBKeyRange.lowerBound(now, true), closes) : [],
  ]);
  const each = new Map(found.flat().map((summary) => [summary.order_id, summary]));
  return [...each.values()].sort((a, b) => a.due - b.due);
}

export async function picture(id) {
  const found = await (await opened).get("pictures", id);
  if (!found) throw new Error("this capture is not kept (any more)");
  return found;
}

export const put = (files, summaries) => written(["cases", "summaries"], (transaction) => [
  ...files.map((file) => transaction.objectStore("cases").put(file)),
  ...summaries.map((summary) => transaction.objectStore("summaries").put(summary)),
]);

// `link` makes the chain's next entry from its last one, or from null.
export const keep = (record, picture, link) => linked(link, (transaction) => [
  // `add`, not `put`: what is kept is never written over.
  transaction.objectStore("records").add(record),
  transaction.objectStore("pictures").add(picture, record.id),
]);

export const erase = (id, link) => linked(link, (transaction) => [
  transaction.objectStore("records").delete(id),
  transaction.objectStore("pictures").delete(id),
]);

const linked = (link, write) => written(["records", "pictures", "chain"], async (transaction) => {
  const chain = transaction.objectStore("chain");
  const last = await chain.openCursor(null, "prev");
  const entry = link(last?.value ?? null);
  if (!entry) throw new Error("the last entry of the chain cannot be read");
  return Promise.all([chain.add(entry), ...write(transaction)]);
});

async function written(stores, write) {
  const transaction = (await opened).transaction(stores, "readwrite", { durability: "strict" });
  // The transaction's own end says why it failed; a request that failed with it says the same and is not lost.
  transaction.done.catch(() => {});
  try {
    await Promise.all(await write(transaction));
  } catch (error) {
    try { transaction.abort(); } catch { /* it has ended by itself */ }
    throw error;
  }
  await transaction.done;
}
