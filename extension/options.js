// The settings: where the extension pauses, what it keeps of each order, and how to delete that. It reads the vault; what
// changes goes to the background, the one writer.
import { api, request } from "./page.js";
import { hosts, pausedHosts } from "./pause.js";
import { overview } from "./store.js";

const most = 100;
const view = document.getElementById("view");
const language = document.documentElement.lang;
// What is asked: an order's number, `unfiled` or `erase`. What was done: a text, and whether it failed.
let [asked, told] = [null, null];
let [paused, orders, usage] = [[], [], null];

const say = (message, ...filled) => ({ message, with: filled });
const words = (text) => ({ words: text });
const node = (tag, look, ...children) => ({ tag, class: look, children });
const button = (id, look, action, ...children) => ({ ...node("button", look, ...children), id, action });
const sheet = (title, ...content) => node("section", "sheet", node("h2", "", say(title)), ...content);
const soft = (...texts) => node("p", "soft", ...texts);

// In the greatest unit of which there is one.
function size(bytes) {
  const units = ["kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(bytes + 1) / 3)));
  return words(new Intl.NumberFormat(language, { style: "unit", unit: units[power - 1], maximumFractionDigits: 1 }).format(bytes / 1000 ** power));
}

const number = (count) => ({ number: count });
const sum = (list, of) => list.reduce((whole, each) => whole + of(each), 0);

const tick = { tag: "svg", attributes: [["view-box", "0 0 16 16"], ["aria-hidden", "true"]], children: [{ tag: "path", attributes: [["d", "M3 8.5l3.5 3.5L13 4.5"]] }] };

function toggle(id, named, text) {
  const on = named.every((host) => paused.includes(host));
  const one = button(id, "", { do: "pause", hosts: named, paused: !on }, tick, node("span", "", text));
  return node("li", "", { ...one, attributes: [["aria-pressed", String(on)]] });
}

const pauseSheet = () => sheet("settings_pause", soft(say("settings_pause_why")), node("ul", "switches",
  toggle("pause-all", hosts, say("settings_pause_all")),
  ...hosts.map((host) => toggle(`pause-${host}`, [host], say("settings_pause_host", words(host))))));

// Two steps: what cannot be brought back is asked for first, and the safe answer has the focus.
const question = (text, action, yes) => node("div", "ask", node("p", "", say(text)),
  button("yes", "danger", action, say(yes)), button("no", "", { do: "keep" }, say("button_cancel")));

const idOf = (order) => order.order_id ?? "unfiled";
const titleOf = ({ order_id, name }) => (name ? words(name) : order_id ? say("order_short", words(order_id.slice(-6))) : say("settings_unfiled"));

function row(order) {
  const [id, about] = [idOf(order), say("settings_captures", number(order.captures), size(order.bytes))];
  const sub = order.order_id ? [words(`${order.order_id} · `), about] : [about];
  const title = { ...node("span", "name", titleOf(order)), attributes: [["dir", "auto"]] };
  const ask = button(`ask-${id}`, "", { do: "ask", what: id }, say("button_ask_delete"), node("span", "spoken", words(` ${order.order_id ?? ""}`)));
  const forget = { do: "forget", order_id: order.order_id };
  const asking = asked === id && question(order.order_id ? "settings_ask_order" : "settings_ask_unfiled", forget, "button_ask_delete");
  return { ...node("li", "", title, node("span", "sub", ...sub), ...(asking ? [asking] : [ask])), id: `order-${id}` };
}

function found() {
  const wanted = (document.getElementById("search")?.value ?? "").trim().toLocaleLowerCase(language);
  return orders.filter(({ order_id, name }) => [order_id, name].some((text) => (text ?? "").toLocaleLowerCase(language).includes(wanted)));
}

function keptSheet() {
  const list = found();
  const filed = orders.filter(({ order_id }) => order_id);
  const field = { tag: "input", id: "search", attributes: [["type", "search"]] };
  return sheet("settings_kept",
    node("p", "", say("settings_kept_sum", number(filed.length), number(sum(orders, (order) => order.captures)), size(sum(orders, (order) => order.bytes)))),
    ...(usage === null ? [] : [soft(say("settings_disk", size(usage)))]),
    soft(say("settings_read_again")),
    node("label", "search", node("span", "soft", say("settings_search")), field),
    list.length ? node("ul", "orders", ...list.slice(0, most).map(row)) : soft(say("settings_none")),
    ...(list.length > most ? [soft(say("settings_first", number(most), number(list.length)))] : []));
}

const eraseSheet = () => sheet("settings_erase", node("p", "", say("settings_erase_why")),
  asked === "erase" ? question("settings_ask_erase", { do: "erase" }, "settings_erase") : button("ask-erase", "danger", { do: "ask", what: "erase" }, say("settings_erase")));

const aboutSheet = () => sheet("settings_about", node("p", "", say("settings_version", words(api.runtime.getManifest().version))),
  node("p", "", say("settings_privacy")), button("guides", "", { do: "open_guides" }, say("guides_title")), soft(say("not_legal_advice")));

function draw() {
  const notice = { ...node("div", "", ...(told ? [node("p", told.failed ? "failed" : "", say(told.text))] : [])), id: "notice", attributes: [["role", "status"]] };
  redressDraw.draw(view, node("div", "", node("h1", "", say("settings_title")), notice, pauseSheet(), keptSheet(), eraseSheet(), aboutSheet()), { onAction: act });
  document.getElementById("notice").tabIndex = -1;
}

async function show() {
  [paused, orders, { usage = null }] = await Promise.all([pausedHosts(), overview(), navigator.storage.estimate()]);
  draw();
}

function focus(id) {
  draw();
  document.getElementById(id)?.focus();
}

function keep() {
  const from = asked;
  asked = null;
  focus(`ask-${from}`);
}

// The letters lie where only our own pages reach.
function forgetLetters(orderId) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`draft/${orderId}/`)) localStorage.removeItem(key);
}

// What is deleted takes the place of the focus with it: the words about it get the focus.
async function change(message, text, also) {
  const answer = await request(message);
  if (answer) also();
  asked = null;
  told = answer ? { text } : { text: "notice_not_done", failed: true };
  await show();
  focus("notice");
}

async function act(action) {
  told = null;
  switch (action.do) {
    case "pause":
      await request({ kind: "pause", hosts: action.hosts, paused: action.paused });
      return show();
    case "ask":
      asked = action.what;
      return focus("no");
    case "keep":
      return keep();
    case "forget":
      return change({ kind: "forget", order_id: action.order_id }, "settings_deleted", () => forgetLetters(action.order_id));
    case "erase":
      return change({ kind: "erase" }, "settings_erased", () => localStorage.clear());
    case "open_guides":
      return api.tabs.create({ url: api.runtime.getURL("guides.html") });
  }
}

view.addEventListener("input", ({ target }) => target.id === "search" && draw());
view.addEventListener("keydown", ({ key, target }) => key === "Escape" && target.closest(".ask") && keep());
// Another page of ours, or a page of the shop, may have changed what is kept.
document.addEventListener("visibilitychange", () => document.hidden || show());
api.storage.onChanged.addListener(() => show());

document.title = redressDraw.text(say("settings_title"));
await show();
