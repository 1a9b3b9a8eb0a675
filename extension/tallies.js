// How much is kept of an order: captures, files of the user's own, and the bytes of each, written with each of them (store.js). So what
// is kept in all is told without reading thousands of records. What belongs to no order stands under an empty number.
const unfiled = "";
const none = { captures: 0, bytes: 0, files: 0, file_bytes: 0 };

// A file of which the digest alone is kept takes no room.
function added(tally, { order_id, kind, kept, bytes: size }, by) {
  const [count, bytes] = kind ? ["files", "file_bytes"] : ["captures", "bytes"];
  const sum = { ...none, ...tally, order_id: order_id ?? unfiled };
  return { ...sum, [count]: sum[count] + by, [bytes]: sum[bytes] + (kept === "reference" ? 0 : by * size) };
}

// Counts records in, or out where `by` is -1; one after the other, because they can be of one order.
export async function tallied(transaction, records, by) {
  const tallies = transaction.objectStore("tallies");
  for (const record of records) {
    const tally = added(await tallies.get(record.order_id ?? unfiled), record, by);
    await (tally.captures + tally.files ? tallies.put(tally) : tallies.delete(tally.order_id));
  }
}

// Counts all of them anew.
export async function count(transaction) {
  const tallies = transaction.objectStore("tallies");
  const orders = new Map();
  for (const record of await transaction.objectStore("records").getAll()) {
    const order = record.order_id ?? unfiled;
    orders.set(order, added(orders.get(order), record, 1));
  }
  return Promise.all([tallies.clear(), ...[...orders.values()].map((tally) => tallies.put(tally))]);
}
