// The sample shop: pages that look to a reader like the buyer pages of the real shop, behind a proxy that lets nothing else through.

import { makeAnswer } from "./answers.js";
import { CASE_NAMES, indexOfOrder, makeOrderNamed, makeOrders, SAMPLE_ORDER_ID } from "./orders.js";
import { startProxy } from "./proxy.js";

export { CASE_NAMES, makeOrders, SAMPLE_ORDER_ID };
export { RECEIVER } from "./words.js";

/**
 * Opens the shop on the loopback interface. Options: `csp` "strict" or "none"; `now`, the Date to which the dates of the
 * pages are relative; `zone`, the IANA zone of the pages' dates (the machine's, as a browser there would show);
 * `port` (0: a free one); `orders` from `makeOrders`; `pageSize`, orders per load of the list.
 *
 * Gives `proxy` ("127.0.0.1:PORT"), `requests` (all that came: at, method, host, path, refused, headers), `orders`,
 * `setState(orderId, caseName)`, which puts an order into the state of another case, and `close()`.
 */
export async function openShop({ csp = "strict", now = new Date(), zone = localZone(), port = 0, orders, pageSize = 10 } = {}) {
  if (csp !== "strict" && csp !== "none") throw new RangeError(`csp is "strict" or "none", not ${JSON.stringify(csp)}`);
  const shelf = orders ?? makeOrders(now, { zone });
  const opened = Date.now();
  // The pages' clock starts at `now` and goes on from there.
  const clock = () => now.getTime() + Date.now() - opened;
  const { address, requests, close } = await startProxy({ port, answer: makeAnswer({ csp, orders: shelf, clock, zone, pageSize }) });

  const setState = (id, name) => {
    const place = shelf.findIndex((order) => order.id === id);
    const changed = place < 0 ? undefined : makeOrderNamed(name, indexOfOrder(id), now, zone);
    if (!changed) throw new RangeError(`no order ${id} or no case ${name}`);
    shelf[place] = changed;
    return changed;
  };
  return { proxy: address, requests, orders: shelf, setState, close };
}

function localZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
