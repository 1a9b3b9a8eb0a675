// The one owner of state: every request of the shop's pages and of our own pages comes here and goes to the core.
import { ask, keep, picture } from "./core.js";
import { blobOf, digestOf, photograph, thumbnailOf } from "./camera.js";

const api = globalThis.browser ?? globalThis.chrome;
const menuItem = "capture";
const badgeAlarm = "badge";

// What a page of the shop may ask for. Our own pages may ask for everything.
const fromShop = new Set(["page_opened", "page_seen", "redraw", "place", "capture", "thumbnail", "act"]);

const routes = {
  async page_opened({ url }) {
    const [answer, style] = await Promise.all([ask({ kind: "page_opened", url }), overlayStyle()]);
    return { ...answer, style };
  },
  page_seen: (request) => drawn(request),
  redraw: (request) => drawn(request),
  async place({ corner, collapsed }) {
    const place = await overlayPlace();
    await api.storage.local.set({ place: { corner: corner ?? place.corner, collapsed: collapsed ?? place.collapsed } });
    return {};
  },
  async capture({ trigger, tab_id }, sender) {
    return capture(sender.tab ?? (await api.tabs.get(tab_id)), trigger);
  },
  async thumbnail({ capture_id }) {
    return thumbnailOf(await picture(capture_id));
  },
  async act({ action }) {
    if (action.do === "open_dossier") await openDossier(action.order_id);
    return {};
  },
  popup: (request) => ask(request),
  async delete(request) {
    const answer = await ask(request);
    await showBadge();
    return answer;
  },
};

async function drawn(request) {
  const place = await overlayPlace();
  const answer = await ask({ ...request, collapsed: place.collapsed });
  if (request.kind === "page_seen") await showBadge();
  return { ...answer, corner: place.corner };
}

async function overlayPlace() {
  const { place } = await api.storage.local.get("place");
  return { corner: place?.corner ?? "bottom-right", collapsed: place?.collapsed ?? false };
}

let style = null;
function overlayStyle() {
  style ??= fetch(api.runtime.getURL("css/redress.css")).then((file) => file.text());
  return style;
}

async function openDossier(orderId) {
  await api.tabs.create({ url: api.runtime.getURL(`dossier.html?order=${encodeURIComponent(orderId)}`) });
}

async function showBadge() {
  const badge = await ask({ kind: "badge" });
  await api.action.setBadgeText({ text: badge.text });
  await api.action.setBadgeBackgroundColor({ color: badge.color });
  await api.action.setBadgeTextColor({ color: "#ffffff" });
  if (badge.next_change_ms) await api.alarms.create(badgeAlarm, { when: Date.now() + badge.next_change_ms });
  else await api.alarms.clear(badgeAlarm);
}

// Takes a picture of the tab without our own overlay and keeps it. Answers with what to tell the user.
async function capture(tab, trigger) {
  const notice = await captured(tab, trigger).catch(refusal);
  return { notice };
}

// Both browsers name the permission that is missing; every other failure is told in their own words.
function refusal(error) {
  const words = String(error?.message ?? error);
  return /activeTab|all_urls/.test(words) ? "needs_click" : { failed: words };
}

async function captured(tab, trigger) {
  const posed = await api.tabs.sendMessage(tab.id, { kind: "pose", hidden: true }).catch(() => null);
  let shot;
  try {
    shot = await photograph(tab.windowId);
  } finally {
    if (posed) await api.tabs.sendMessage(tab.id, { kind: "pose", hidden: false }).catch(() => {});
  }
  const blob = blobOf(shot);
  const draft = {
    trigger,
    // A page without our script tells less: the tab knows its address and size.
    ...(posed ?? { url: tab.url ?? "", title: tab.title ?? "", width: tab.width ?? 0, height: tab.height ?? 0, device_pixel_ratio: 1, orders: [] }),
    browser: navigator.userAgent,
    extension_version: api.runtime.getManifest().version,
    bytes: blob.size,
    media_type: blob.type,
  };
  const kept = await keep(draft, blob, await digestOf(blob));
  return { kept };
}

// From the keyboard and the menu the answer goes to the page's overlay, and to the toolbar where there is none.
async function captureAndTell(tab, trigger) {
  const { notice } = await capture(tab, trigger);
  const told = await api.tabs.sendMessage(tab.id, { kind: "shown_again", notice }).catch(() => null);
  if (told) return;
  await api.action.setTitle({ tabId: tab.id, title: api.i18n.getMessage(notice.kept ? "notice_kept" : "notice_failed") });
}

api.runtime.onMessage.addListener((message, sender, reply) => {
  if (sender.id !== api.runtime.id || !Object.hasOwn(routes, message?.kind)) return;
  const own = sender.url?.startsWith(api.runtime.getURL("")) ?? false;
  if (!own && !fromShop.has(message.kind)) return;
  routes[message.kind](message, sender).then(reply, (error) => {
    console.error("redress:", error);
    reply(null);
  });
  return true;
});

api.commands.onCommand.addListener(async (name, tab) => {
  if (name === "capture") await captureAndTell(tab ?? (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0], "command");
});

api.contextMenus.onClicked.addListener((info, tab) => {
  if (info.menuItemId === menuItem && tab) return captureAndTell(tab, "context_menu");
});

api.alarms.onAlarm.addListener((alarm) => {
  if (alarm.name === badgeAlarm) return showBadge();
});

api.runtime.onStartup.addListener(showBadge);

api.runtime.onInstalled.addListener(async () => {
  await api.contextMenus.removeAll();
  api.contextMenus.create({
    id: menuItem,
    title: api.i18n.getMessage("command_capture"),
    contexts: ["page", "selection", "link", "image"],
    documentUrlPatterns: api.runtime.getManifest().content_scripts[0].matches,
  });
  await showBadge();
});
