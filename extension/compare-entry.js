// The ways from a page about an order to the comparison of its captures.
import { capturesIn, partnersOf } from "./compare-choice.js";
import { api } from "./page.js";
import { recordsOf } from "./store.js";
import { button, node, say } from "./tree.js";

export const openComparison = (asked) => api.tabs.create({ url: api.runtime.getURL(`compare.html?${new URLSearchParams(asked)}`) });

// Where there is a capture: a part of its own, with a choice of any two.
export async function compareEntry(place, order) {
  const { length } = capturesIn(await recordsOf(order));
  const sheet = node("section", "sheet screen-only", node("h2", "", say("compare_title")),
    node("div", "pad", node("p", "why", say("compare_why")), node("div", "row", button("compare-captures", "", { do: "compare" }, say("compare_start")))));
  redressDraw.draw(place, length ? sheet : null, { onAction: () => openComparison({ order }) });
}

// The tree of a dossier with a button for each capture that there is another one of the same page for. Which captures belong
// together the core does not know.
export async function withComparisons(tree, order) {
  const partners = partnersOf(await recordsOf(order));
  const drawn = (part) => {
    if (!part.children) return part;
    const id = /^buttons-(.+)$/.exec(part.id ?? "")?.[1];
    const other = partners.get(id);
    if (!other) return { ...part, children: part.children.map(drawn) };
    const [copy, ...others] = part.children;
    const compare = button(`compare-${id}`, "", { do: "compare", asked: { a: other, b: id, order } }, node("span", "", say("compare_start")));
    return { ...part, children: [copy, compare, ...others] };
  };
  return drawn(tree);
}
