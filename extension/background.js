// The one owner of state: every request of the shop's pages and of our own pages comes here and goes to the core.
import { thumbnailOf } from "./camera.js";
import { cancel, capture, lost, progress, tidiedUp } from "./capture.js";
import { pages } from "./core.js";
import { handedOver } from "./handing.js";
import { follow, mirror, mirrorAlarm } from "./mirror.js";
import { isPaused, setPause } from "./pause.js";
import { isLate, remind, reminderAlarm } from "./reminders.js";
import { restore } from "./restore.js";
import { warned, wordsOf } from "./room.js";
import { addStamp, deleteStamp, picture } from "./store.js";
import { tellLater, tellPage, untold } from "./telling.js";
import { filled } from "./texts.js";
import { ask, attach, deleteCapture, eraseAll, forgetOrder, inTurn } from "./vault.js";

const api = globalThis.browser ?? globalThis.chrome;
const menuItem = "capture";
const pageMenu = "capture_page";
const badgeAlarm = "badge";
const selectionMenu = "selection";
// Tells our pages that stay open beside the shop's that something is read, stated or deleted.
const news = new BroadcastChannel("redress");
// What a selected text can stand for: the days of crate/case/correction.rs.
const selectable = ["placed_on", "paid_on", "shipped_on", "delivered_on", "completed_on", "delivery_end", "window_end"];

// What a page of the shop may ask for. Our own pages may ask for everything.
const fromShop = new Set(["page_opened", "page_seen", "redraw", "place", "capture", "thumbnail", "act", "capture_lost", "region_chosen"]);

// What reads a page of the shop or shows something there. A picture is taken also during a pause: the user asks for it.
const pausable = new Set(["page_opened", "page_seen", "redraw"]);

const routes = {
  async page_opened({ url }, sender) {
    const [answer, style, place] = await Promise.all([ask({ kind: "page_opened", url }), overlayStyle(), overlayPlace(sender.url)]);
    const [dir, lang] = ["catalogue_direction", "catalogue_language"].map((key) => api.i18n.getMessage(key));
    return { plan: answer.plan && (await planOf(answer.plan)), style, place, speech: { dir, lang }, outdated: outdated() };
  },
  async page_seen(request) {
    const answer = inWords(await ask(request), request);
    // The overlay does not wait for the toolbar.
    tell({ seen: true }).catch((error) => console.error("redress:", error));
    return answer;
  },
  redraw: async (request) => inWords(await ask(request), request),
  async place({ corner, collapsed }, { url }) {
    const { host } = new URL(url);
    await inTurn(async () => {
      const { place } = await api.storage.local.get("place");
      const here = await overlayPlace(url);
      await api.storage.local.set({ place: { ...place, [host]: { corner: corner ?? here.corner, collapsed: collapsed ?? here.collapsed } } });
    });
    return {};
  },
  async capture({ trigger, tab_id, mode }, sender) {
    const tab = sender.tab ?? (await api.tabs.get(tab_id));
    return { notice: mode === "full_page" ? await captureLong(tab, trigger, mode) : await capture(tab, () => {}, trigger) };
  },
  // The popup closes as soon as the page is used: the page says itself what was chosen.
  async choose_region({ tab_id }) {
    const failed = await api.scripting.executeScript({ target: { tabId: tab_id }, files: ["region.js"] }).then(() => null, wordsOf);
    return { notice: failed && { failed } };
  },
  async region_chosen({ region }, { tab }) {
    await captureLong(tab, "popup", "region", region);
    return {};
  },
  // The worker that took the picture was ended meanwhile: this starts the next one, and that tidies up.
  capture_lost: async () => ({ notice: await lost() }),
  capture_cancel: async () => cancel(),
  async capture_state() {
    await tidiedUp;
    return { progress: progress(), untold: await untold() };
  },
  async thumbnail({ capture_id }) {
    return thumbnailOf(await picture(capture_id));
  },
  async act({ action: { do: asked, ...about }, value }, sender) {
    const url = sender.tab?.url ?? "";
    switch (asked) {
      case "open_dossier": await openPage("dossier", { order: about.order_id }); return {};
      case "open_case": await openPage("case", { order: about.order_id, item: about.item }); return {};
      case "open_guide": await openPage("guides", {}, about.id); return {};
      case "open_settings": await api.runtime.openOptionsPage(); return {};
      case "state": return changed({ kind: asked, ...about, text: about.value ?? value });
      case "unstate": return changed({ kind: asked, ...about });
      case "correct": return changed({ kind: asked, ...about, text: value, url });
      case "undo_correction": return changed({ kind: asked, ...about });
      case "copy_report": return ask({ kind: "report", ...about, url, extension_version: api.runtime.getManifest().version });
      default: return {};
    }
  },
  popup: (request) => ask(request),
  delete: ({ capture_id }) => deleted(capture_id),
  async attach({ token }) {
    const { draft, file } = await handedOver(token);
    const answer = await attach(draft, file).catch((error) => ({ failed: wordsOf(error) }));
    news.postMessage("changed");
    return answer;
  },
  async pause({ hosts, paused }) {
    await inTurn(() => setPause(hosts, paused));
    return {};
  },
  async forget({ order_id }) {
    try {
      await forgetOrder(order_id);
    } finally {
      // What went before a failure is gone too.
      await (await tell()).reminders;
    }
    return {};
  },
  async add_stamp({ stamp, bytes }) {
    await inTurn(() => addStamp({ ...stamp, bytes: Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)) }));
    news.postMessage("changed");
    return {};
  },
  async delete_stamp({ id }) {
    await inTurn(() => deleteStamp(id));
    news.postMessage("changed");
    return {};
  },
  async restore({ way, token }) {
    const done = await restore(way, token);
    if (way === "replace") await mirror({ ask: "replaced" });
    await tell({ seen: true });
    return done;
  },
  async mirror(request) {
    await mirror(request);
    return {};
  },
  async erase() {
    await eraseAll();
    await (await tell()).reminders;
    return {};
  },
};

async function answered(message, sender, own) {
  if (!own && pausable.has(message.kind) && (await isPaused(sender.url))) return {};
  return routes[message.kind](message, sender);
}

// What changes a case or a capture may change the nearest deadline.
async function changed(request) {
  const answer = await ask(request);
  await tell({ seen: true });
  return answer;
}

async function deleted(id) {
  const failed = await deleteCapture(id).then(() => null, (error) => ({ not_done: wordsOf(error) }));
  await showBadge();
  return { notice: failed ?? "deleted" };
}

// What our script on a page of the shop says after an update, when it can ask for nothing any more.
function outdated() {
  const said = (key) => [{ words: api.i18n.getMessage(key) }];
  const reload = { tag: "button", id: "reload", class: "primary", action: { do: "reload" }, children: said("button_reload") };
  return { tag: "section", id: "outdated", class: "outdated", attributes: [["role", "status"]], children: [{ tag: "p", children: said("overlay_outdated") }, reload] };
}

function inWords({ overlay, badges, list, ...rest }, { notice }) {
  return { ...rest, overlay: filled(warned(overlay, notice)), badges: badges.map((badge) => ({ ...badge, node: filled(badge.node) })), list: filled(list) };
}

// Each host of the shop has room in another corner.
async function overlayPlace(url) {
  const { place } = await api.storage.local.get("place");
  return place?.[new URL(url).host] ?? { corner: "bottom-right", collapsed: false };
}

// One plan without a layout is for every page that has none of its own.
async function planOf({ layout, page }) {
  const { words, plans } = await pages();
  const plan = plans.find((one) => one.layout === layout && one.page === page) ?? plans.find((one) => !one.layout);
  return { ...plan, page, words };
}

let style = null;
function overlayStyle() {
  style ??= fetch(api.runtime.getURL("css/redress.css")).then((file) => file.text());
  return style;
}

async function openPage(name, about, place = "") {
  const known = Object.entries(about).filter(([, value]) => value);
  await api.tabs.create({ url: api.runtime.getURL(`${name}.html?${new URLSearchParams(known)}#${place}`) });
}

// What changes a case changes badge and reminders. Only who erases waits for the reminders too: they remember what they told of.
async function tell(asked) {
  await showBadge();
  return { reminders: remind(asked).catch((error) => console.error("redress:", error)) };
}

async function showBadge() {
  const badge = await ask({ kind: "badge" });
  await api.action.setBadgeText({ text: badge.text });
  await api.action.setBadgeBackgroundColor({ color: badge.color });
  await api.action.setBadgeTextColor({ color: "#ffffff" });
  if (badge.next_change_ms) await api.alarms.create(badgeAlarm, { when: Date.now() + badge.next_change_ms });
  else await api.alarms.clear(badgeAlarm);
  news.postMessage("changed");
}

// From the keyboard and the menu the answer goes to the page's overlay, and to the toolbar where there is none.
const captureAndTell = (tab, trigger) => capture(tab, (notice) => tellPage(tab, notice), trigger);

const captureLong = (tab, ...wanted) => capture(tab, (notice) => tellLater(tab, notice), ...wanted);

api.runtime.onMessage.addListener((message, sender, reply) => {
  if (sender.id !== api.runtime.id || !Object.hasOwn(routes, message?.kind)) return;
  const own = sender.url?.startsWith(api.runtime.getURL("")) ?? false;
  if (!own && !fromShop.has(message.kind)) return;
  answered(message, sender, own).then(reply, (error) => {
    console.error("redress:", error);
    reply(null);
  });
  return true;
});

api.commands.onCommand.addListener(async (name, tab) => {
  if (name === "capture") await captureAndTell(tab ?? (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0], "command");
});

api.contextMenus.onClicked.addListener((info, tab) => {
  if (!tab) return;
  if (info.menuItemId === menuItem) return captureAndTell(tab, "context_menu");
  if (info.menuItemId === pageMenu) return captureLong(tab, "context_menu", "full_page");
  if (selectable.includes(info.menuItemId)) return useSelection(info, tab);
});

async function useSelection({ menuItemId: field, selectionText: text, pageUrl: url }, tab) {
  const { notice } = await changed({ kind: "use_selection", url: url ?? tab.url, field, text: text ?? "" });
  await api.tabs.sendMessage(tab.id, { kind: "shown_again", notice }).catch(() => {});
}

api.alarms.onAlarm.addListener((alarm) => {
  if (alarm.name === badgeAlarm || alarm.name === reminderAlarm) return tell();
  if (alarm.name === mirrorAlarm) return follow();
});

api.runtime.onStartup.addListener(() => Promise.all([tell(), follow()]));
api.storage.onChanged.addListener(({ settings }, area) => {
  if (area === "local" && settings) return tell({ seen: true });
});

// At each start of the worker.
isLate().then((late) => late && tell());

api.runtime.onInstalled.addListener(async ({ reason }) => {
  await api.contextMenus.removeAll();
  const shop = api.runtime.getManifest().content_scripts[0].matches;
  const anywhere = { contexts: ["page", "selection", "link", "image"], documentUrlPatterns: shop };
  api.contextMenus.create({ id: menuItem, title: api.i18n.getMessage("command_capture"), ...anywhere });
  api.contextMenus.create({ id: pageMenu, title: api.i18n.getMessage("menu_capture_page"), ...anywhere });
  const selection = { contexts: ["selection"], documentUrlPatterns: shop };
  api.contextMenus.create({ id: selectionMenu, title: api.i18n.getMessage("menu_use_selection"), ...selection });
  for (const field of selectable) {
    api.contextMenus.create({ id: field, parentId: selectionMenu, title: api.i18n.getMessage(`fact_${field}`), ...selection });
  }
  await tell();
  if (reason === "install") await api.tabs.create({ url: api.runtime.getURL("welcome.html") });
});
