// The way from a page about an order to the comparison of its captures, where there is a capture.
import { api } from "./page.js";
import { recordsOf } from "./store.js";
import { button, node, say } from "./tree.js";

export async function compareEntry(place, orderId) {
  const { length } = await recordsOf(orderId);
  const sheet = node("section", "sheet screen-only", node("h2", "", say("compare_title")),
    node("div", "pad", node("p", "why", say("compare_why")), node("div", "row", button("compare-captures", "", { do: "compare" }, say("compare_start")))));
  const onAction = () => api.tabs.create({ url: api.runtime.getURL(`compare.html?order=${encodeURIComponent(orderId)}`) });
  redressDraw.draw(place, length ? sheet : null, { onAction });
}
