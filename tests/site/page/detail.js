// The order detail page (handbook of pages, 2.2).

import { APPEARS, call, el, tagged, until } from "./dom.js";
import { infoBlock, priceBlock, productBlock, serviceBlocks, statusBlock } from "./detail-blocks.js";
import { nothing, recommendations } from "./frame.js";
import { unknownLayout } from "./unknown.js";

/** Fills the root with one order; `?half=1` stops after the status, `?layout=unknown` shows the same facts in markup nobody knows. */
export async function showDetail({ root, query, start, current }) {
  const [answer] = await Promise.all([call("mtop.aliexpress.trade.buyer.order.detail", { tradeOrderId: query.get("orderId") }), until(start, APPEARS.frame)]);
  if (!current()) return;
  const [status] = tagged(answer, "detail_order_status_block");
  if (!status) {
    root.replaceChildren(nothing("This order does not exist or was removed."));
    return;
  }
  const wrap = el("div", { class: "order-wrap" });
  if (query.get("layout") === "unknown") {
    root.replaceChildren(unknownLayout(answer));
    return;
  }
  if (query.has("half")) {
    wrap.append(el("div", { class: "order-status order-block" }, el("div", { class: "order-status-content" }, el("div", { class: "order-block-title" }, status.title))));
    root.replaceChildren(wrap);
    return;
  }
  wrap.append(statusBlock(status, answer.global));
  root.replaceChildren(wrap);
  await until(start, APPEARS.content);
  if (!current()) return;
  wrap.append(
    ...serviceBlocks(answer),
    infoBlock(tagged(answer, "detail_simple_order_info_component")[0]),
    ...tagged(answer, "detail_product_block").map(productBlock),
    priceBlock(tagged(answer, "detail_order_price_block")[0]),
  );
  await until(start, APPEARS.late);
  const block = await recommendations();
  if (current()) wrap.append(block);
}
