// The page's own script: chooses the view by address and moves between list and detail without a reload.

import { until } from "./dom.js";
import { showDetail } from "./detail.js";
import { showList } from "./list.js";
import { showChat, showItem, showMissing, showRefund, showReturns, showSnapshot, showStart } from "./service.js";
import { showTracking } from "./tracking.js";

const VIEWS = [
  [/^\/p\/order\/index\.html$/, "Orders", showList],
  [/^\/p\/order\/detail\.html$/, "Order details", showDetail],
  [/^\/p\/order\/snapshot\.html$/, "Snapshot", showSnapshot],
  [/^\/p\/tracking\/index\.html$/, "Tracking", showTracking],
  [/^\/p\/message\/index\.html$/, "Message center", showChat],
  [/^\/p\/reverse-pages\//, "Return/refund", showStart],
  [/^\/p\/refund-dispute\/list\.html$/, "Returns/refunds", showReturns],
  [/^\/p\/refund-amount\/detail\.html$/, "Refund details", showRefund],
  [/^\/item\/\d+\.html$/, "Product", showItem],
];
// How long the old view stays after the address has changed: real pages do this too, and a reader must not be misled by it.
const STALE_MS = 250;

const root = document.getElementById("root");
let turn = 0;

/** Shows the view of the current address; a later turn stops an earlier one. */
async function show(start) {
  const mine = ++turn;
  const query = new URLSearchParams(location.search);
  const [, title, view] = VIEWS.find(([path]) => path.test(location.pathname)) ?? [null, "Page not found", showMissing];
  document.title = title;
  await view({ root, query, start, go, current: () => mine === turn });
}

async function moved() {
  const start = performance.now();
  await until(start, STALE_MS);
  root.replaceChildren();
  scrollTo(0, 0);
  await show(start);
}

/** Goes to another view of the same site by history, without loading a document. */
function go(address) {
  history.pushState({}, "", address);
  moved();
}

addEventListener("popstate", moved);
document.querySelector(".comet-back-top")?.addEventListener("click", () => scrollTo({ top: 0, behavior: "smooth" }));
// Times are counted from the start of the document.
show(0);
