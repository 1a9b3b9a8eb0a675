// Orders that are over, in the settings: how long they are kept, and those that have been kept for as long. Nothing goes without
// the user: what a dispute or a bank asks for later cannot be brought back.
import { size } from "./backup-parts.js";
import { request } from "./page.js";
import { overFor } from "./retention.js";
import { changeSettings, keepYears, settings } from "./settings.js";
import { button, node, say, sheet, soft, toggle, words } from "./tree.js";

const most = 100;
let listed = [];

const number = (count) => ({ number: count });
const years = (count) => words(new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "year", unitDisplay: "long" }).format(count));
const sum = (orders, key) => orders.reduce((whole, order) => whole + order[key], 0);

export async function lookAtRetention() {
  listed = await overFor((await settings()).retention.years);
}

const going = ({ retention }) => listed.filter((id) => !retention.kept.includes(id));

function row({ order_id, name }, kept) {
  const title = { ...node("span", "name", name ? words(name) : say("order_short", words(order_id.slice(-6)))), attributes: [["dir", "auto"]] };
  const one = toggle(`keep-${order_id}`, kept, { do: "keep_order", order_id, on: !kept }, say("settings_retention_keep"));
  return { ...node("li", "", title, node("span", "sub", words(order_id)), node("div", "switches", one)), id: `over-${order_id}` };
}

// `orders` are all that are kept, `question` what is asked where the user wants to erase, or nothing.
export function retentionSheet(settled, orders, question) {
  const { retention } = settled;
  const over = orders.filter(({ order_id }) => listed.includes(order_id));
  const gone = over.filter(({ order_id }) => !retention.kept.includes(order_id));
  const choice = (count) => toggle(`years-${count}`, retention.years === count, { do: "keep_years", years: count },
    count ? years(count) : say("settings_retention_always"));
  return sheet("settings_retention", soft(say("settings_retention_why")),
    node("div", "switches", ...keepYears.map(choice)),
    ...(over.length ? [node("p", "", say("settings_retention_ready", number(gone.length), number(sum(gone, "captures")), size(sum(gone, "bytes")))),
      node("ul", "orders", ...over.slice(0, most).map((order) => row(order, retention.kept.includes(order.order_id))))] : []),
    ...(over.length > most ? [soft(say("settings_first", number(most), number(over.length)))] : []),
    ...(gone.length ? [question || button("ask-over", "danger", { do: "ask", what: "over" }, say("settings_retention_erase"))] : []));
}

const keepOrder = (kept, id, on) => changeSettings({ retention: { kept: [...kept.filter((one) => one !== id), ...(on ? [id] : [])] } });

// What was settled about an order goes with it.
export async function forgotten(id) {
  const { retention } = await settings();
  if (retention.kept.includes(id)) await keepOrder(retention.kept, id, false);
}

export async function actOnRetention(action, { retention }) {
  if (action.do === "keep_years") return changeSettings({ retention: { years: action.years } });
  return keepOrder(retention.kept, action.order_id, action.on);
}

// Erases those that are ready still: a page may have been read since they were listed. `also(id)` hears of each. Answers whether all
// are gone.
export async function eraseOver(also) {
  const shown = listed;
  await lookAtRetention();
  for (const id of going(await settings()).filter((one) => shown.includes(one))) {
    if (!(await request({ kind: "forget", order_id: id }))) return false;
    await also(id);
  }
  return true;
}
