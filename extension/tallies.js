// How many captures are kept of an order, and the bytes of their pictures, written with each of them (store.js): what is kept in all
// is told without reading thousands of records. Captures of no order stand under an empty number.
const unfiled = "";

function added(tally, { order_id = unfiled, bytes }, by) {
  return { order_id, captures: (tally?.captures ?? 0) + by, bytes: (tally?.bytes ?? 0) + by * bytes };
}

// Counts captures in, or out where `by` is -1; one after the other, because they can be of one order.
export async function tallied(transaction, records, by) {
  const tallies = transaction.objectStore("tallies");
  for (const record of records) {
    const tally = added(await tallies.get(record.order_id ?? unfiled), record, by);
    await (tally.captures ? tallies.put(tally) : tallies.delete(tally.order_id));
  }
}

// Counts all of them anew.
export async function count(transaction) {
  const tallies = transaction.objectStore("tallies");
  const orders = new Map();
  for (const record of await transaction.objectStore("records").getAll()) {
    orders.set(record.order_id, added(orders.get(record.order_id), record, 1));
  }
  return Promise.all([tallies.clear(), ...[...orders.values()].map((tally) => tallies.put(tally))]);
}
