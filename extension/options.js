// The settings: where the extension pauses, what the user settles, what it keeps of each order, and how to delete that. It
// reads the vault; what changes there goes to the background, the one writer.
import { backedUp } from "./backed-up.js";
import { backupSheet, size } from "./backup-parts.js";
import { captureSheet, changePermission, lookAtPermission, watchPermission } from "./options-capture.js";
import { actOnReminders, lookAtNotifications, remindersSheet } from "./options-reminders.js";
import { actOnRetention, eraseOver, forgotten, lookAtRetention, retentionSheet } from "./options-retention.js";
import { actOnTimes, timesSheet } from "./options-times.js";
import { api, request } from "./page.js";
import { hosts, pausedHosts } from "./pause.js";
import { room } from "./room.js";
import { settings } from "./settings.js";
import { overview } from "./store.js";
import { button, node, say, sheet, soft, status, toggle, words } from "./tree.js";

const most = 100;
const view = document.getElementById("view");
const language = document.documentElement.lang;
// What is asked: an order's number, `unfiled`, `over` or `erase`. What was done: a text, and whether it failed.
let [asked, told] = [null, null];
let [paused, orders, space, settled, age] = [[], [], {}, null, null];

const number = (count) => ({ number: count });
const sum = (list, of) => list.reduce((whole, each) => whole + of(each), 0);

function pausing(id, named, text) {
  const on = named.every((host) => paused.includes(host));
  return node("li", "", toggle(id, on, { do: "pause", hosts: named, paused: !on }, text));
}

const pauseSheet = () => sheet("settings_pause", soft(say("settings_pause_why")), node("ul", "switches pauses",
  pausing("pause-all", hosts, say("settings_pause_all")),
  ...hosts.map((host) => pausing(`pause-${host}`, [host], say("settings_pause_host", words(host))))));

// Two steps: what cannot be brought back is asked for first, and the safe answer has the focus.
const question = (text, action, yes) => node("div", "ask", node("p", "", say(text)),
  button("yes", "danger", action, say(yes)), button("no", "", { do: "keep" }, say("button_cancel")));

const idOf = (order) => order.order_id ?? "unfiled";
const titleOf = ({ order_id, name }) => (name ? words(name) : order_id ? say("order_short", words(order_id.slice(-6))) : say("settings_unfiled"));

function row(order) {
  const [id, about] = [idOf(order), say("settings_captures", number(order.captures), size(order.bytes))];
  const own = order.files ? [words(" · "), say("own_sum", number(order.files), size(order.file_bytes))] : [];
  const sub = [...(order.order_id ? [words(`${order.order_id} · `)] : []), about, ...own];
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
  const files = sum(orders, (order) => order.files);
  const field = { tag: "input", id: "search", attributes: [["type", "search"]] };
  return sheet("settings_kept",
    node("p", "", say("settings_kept_sum", number(filed.length), number(sum(orders, (order) => order.captures)), size(sum(orders, (order) => order.bytes)))),
    ...(files ? [node("p", "", say("own_sum", number(files), size(sum(orders, (order) => order.file_bytes))))] : []),
    ...(space.usage === undefined ? [] : [soft(say("settings_disk", size(space.usage)))]),
    ...(space.short ? [node("p", "warning", say("room_short"))] : []),
    soft(say("settings_read_again")),
    node("label", "search", node("span", "soft", say("settings_search")), field),
    list.length ? node("ul", "orders", ...list.slice(0, most).map(row)) : soft(say("settings_none")),
    ...(list.length > most ? [soft(say("settings_first", number(most), number(list.length)))] : []));
}

const overSheet = () => retentionSheet(settled, orders, asked === "over" && question("settings_ask_over", { do: "erase_over" }, "settings_retention_erase"));

const eraseSheet = () => sheet("settings_erase", node("p", "", say("settings_erase_why")),
  asked === "erase" ? question("settings_ask_erase", { do: "erase" }, "settings_erase") : button("ask-erase", "danger", { do: "ask", what: "erase" }, say("settings_erase")));

const stampSheet = () => sheet("stamp_title", soft(say("stamp_why")),
  node("div", "switches", button("timestamp", "", { do: "open_page", page: "timestamp.html" }, say("stamp_open"))));

const aboutSheet = () => sheet("settings_about", node("p", "", say("settings_version", words(api.runtime.getManifest().version))),
  node("p", "", say("settings_privacy")),
  node("div", "switches", button("guides", "", { do: "open_page", page: "guides.html" }, say("guides_title")),
    button("introduction", "", { do: "open_page", page: "welcome.html" }, say("settings_introduction"))),
  soft(say("not_legal_advice")));

function draw() {
  const focused = document.activeElement.id;
  const notice = status("notice", ...(told ? [node("p", told.failed ? "failed" : "", say(told.text))] : []));
  redressDraw.draw(view, node("div", "", node("h1", "", say("settings_title")), notice, remindersSheet(settled), timesSheet(settled), captureSheet(),
    pauseSheet(), keptSheet(), overSheet(), backupSheet(age), stampSheet(), eraseSheet(), aboutSheet()), { onAction: act });
  document.getElementById("notice").tabIndex = -1;
  // It lost the focus with its place in the order, which the tree does not have.
  if (focused === "notice") document.getElementById(focused).focus();
  setFields();
}

// What was once chosen or typed follows no attribute any more: it is set, but not under the user's hand.
function setFields() {
  for (const field of view.querySelectorAll("select:not(form *), input[type=time]")) {
    if (field !== document.activeElement) field.value = field.querySelector("[selected]")?.value ?? field.getAttribute("value");
  }
}

async function look() {
  [paused, orders, space, settled, age] = await Promise.all([
    pausedHosts(), overview(), room(), settings(), backedUp(), lookAtRetention(), lookAtPermission(), lookAtNotifications(),
  ]);
}

async function show() {
  await look();
  draw();
}

// One change after the other, each on what the last one left. Then the focus goes where it belongs, or stays.
let turn = Promise.resolve();
function settle(work) {
  const from = document.activeElement;
  turn = turn.then(async () => {
    const id = await work();
    await show();
    // Whoever has gone on meanwhile is not called back.
    if (id && [from, document.body].includes(document.activeElement)) document.getElementById(id)?.focus();
  });
  return turn;
}

async function permit(on) {
  const done = await changePermission(on).catch(() => false);
  if (!done) told = { text: "notice_not_done", failed: true };
  await show();
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
async function forgetMore(orderId) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`draft/${orderId}/`)) localStorage.removeItem(key);
  await forgotten(orderId);
}

// What is deleted takes the place of the focus with it: the words about it get the focus.
async function change(work, text, also = () => {}) {
  const answer = await work();
  if (answer) await also();
  await look();
  asked = null;
  told = answer ? { text } : { text: "notice_not_done", failed: true };
  focus("notice");
}

async function act(action, event, text) {
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
      return change(() => request({ kind: "forget", order_id: action.order_id }), "settings_deleted", () => forgetMore(action.order_id));
    case "erase_over":
      return change(() => eraseOver(forgetMore), "settings_deleted");
    case "erase":
      return change(() => request({ kind: "erase" }), "settings_erased", () => localStorage.clear());
    case "keep_years":
    case "keep_order":
      return settle(() => actOnRetention(action, settled));
    case "open_page":
      return api.tabs.create({ url: api.runtime.getURL(action.page) });
    case "capture_anywhere":
      return permit(action.on);
    case "zone":
    case "meaning":
      return settle(() => actOnTimes(action));
    default:
      return settle(() => actOnReminders(action, settled, text));
  }
}

// What a field that was changed asks for.
function asks({ id, value }) {
  if (id.startsWith("sign-")) return { do: "meaning", sign: id.slice("sign-".length), code: value };
  if (id.startsWith("quiet-")) return { do: "quiet_times", end: id.slice("quiet-".length), value };
  return null;
}

view.addEventListener("input", ({ target }) => ["search", "zone-search"].includes(target.id) && draw());
view.addEventListener("change", ({ target }) => {
  const action = asks(target);
  if (action) act(action);
});
view.addEventListener("keydown", ({ key, target }) => key === "Escape" && target.closest(".ask") && keep());
// Another page of ours, or a page of the shop, may have changed what is kept.
document.addEventListener("visibilitychange", () => document.hidden || show());
api.storage.onChanged.addListener(({ paused: pause, settings, backed_up: backup }) => (pause || settings || backup) && show());
watchPermission(() => show());

document.title = redressDraw.text(say("settings_title"));
await show();
