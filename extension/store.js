// The extension's own database, for the core (crate/web/store.rs). Every write is one transaction: all of it or nothing.
import { openDB } from "./idb.js";

const version = 1;

const opened = openDB("redress", version, {
  upgrade(database) {
    database.createObjectStore("cases", { keyPath: "order_id" });
    database.createObjectStore("records", { keyPath: "id" }).createIndex("order_id", "order_id");
    database.createObjectStore("pictures");
    database.createObjectStore("chain", { keyPath: "seq" });
  },
});

// What a request needs (crate/app/port.rs), at one moment: case files, records of captures by order, the chain.
export async function load({ orders, records, chain, capture }) {
  const transaction = (await opened).transaction(["cases", "records", "chain"]);
  const [cases, kept] = [transaction.objectStore("cases"), transaction.objectStore("records")];
  const of = kept.index("order_id");
  const each = (get) => Promise.all(orders.map(get));
  const found = await Promise.all([
    orders ? each((id) => cases.get(id)) : cases.getAll(),
    capture ? kept.getAll(capture) : !records ? [] : orders ? each((id) => of.getAll(id)) : of.getAll(),
    chain ? transaction.objectStore("chain").getAll() : [],
  ]);
  return found.map((list) => list.flat().filter(Boolean));
}

export async function picture(id) {
  const found = await (await opened).get("pictures", id);
  if (!found) throw new Error("this capture is not kept (any more)");
  return found;
}

export const putCases = (files) => written(["cases"], (transaction) => files.map((file) => transaction.objectStore("cases").put(file)));

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
