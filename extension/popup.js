// The popup: this order first, then all orders by deadline. At the side of the window it is the same page (panel.js).
import { api, request } from "./page.js";
import { drawAgain, follow, leave } from "./panel.js";
import { pausedHosts } from "./pause.js";
import { noticeOf, offerCaptures, showCaptures } from "./popup-capture.js";
import { room } from "./room.js";
import { isConversation } from "./translate-reading.js";
import { hasTranslator } from "./translator.js";

const view = document.getElementById("view");
let tab;
let told;
let turn = 0;

async function show(notice) {
  const mine = ++turn;
  told = notice;
  [tab] = await api.tabs.query({ active: true, currentWindow: true });
  showCaptures(tab);
  showTranslation(tab);
  const search = document.getElementById("search")?.value.trim() || null;
  const answer = await request({ kind: "popup", url: tab?.url ?? null, search, notice });
  // What was typed since then has been asked for too.
  if (mine !== turn) return;
  redressDraw.draw(view, answer?.view, { onAction: act, fill });
  drawAgain(() => show(told), answer?.next_change_ms);
}

async function fill(image, captureId) {
  const picture = await request({ kind: "thumbnail", capture_id: captureId });
  if (picture) image.src = URL.createObjectURL(await blobOf(picture));
}

const blobOf = ({ type, base64 }) => new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type });

async function act(action) {
  switch (action.do) {
    case "capture": {
      const notice = await noticeOf({ kind: "capture", trigger: "popup", tab_id: tab.id });
      await show(notice);
      await showRoom();
      // The overlay shows it too, unless the page has none.
      return api.tabs.sendMessage(tab.id, { kind: "shown_again", notice }).catch(() => {});
    }
    case "open_page":
      await api.tabs.create({ url: action.url });
      return leave();
    case "open_dossier":
    case "open_case":
    case "open_guide":
      await request({ kind: "act", action });
      return leave();
    case "dismiss":
      return show();
  }
}

// The way to the settings, and why nothing new is shown.
async function showFoot() {
  const settings = document.getElementById("settings");
  settings.textContent = api.i18n.getMessage("settings_title");
  settings.addEventListener("click", async () => {
    await api.runtime.openOptionsPage();
    leave();
  });
  await showRoom();
  const paused = await pausedHosts();
  if (paused.length) document.getElementById("paused").textContent = api.i18n.getMessage("settings_paused_on", [paused.join(", ")]);
}

// Said before a capture, where room gets short.
async function showRoom() {
  const { short } = await room();
  document.getElementById("room").textContent = short ? api.i18n.getMessage("room_short") : "";
}

// The mirror waits for a permission that the browser gives in a page of ours only.
async function showMirror() {
  const [button, { mirror }] = [document.getElementById("mirror"), await api.storage.local.get("mirror")];
  button.textContent = api.i18n.getMessage("mirror_lapsed");
  button.hidden = !mirror?.lapsed;
  button.addEventListener("click", () => act({ do: "open_page", url: "backup.html" }));
}

const translate = document.getElementById("translate");
translate.textContent = api.i18n.getMessage("translate_title");
translate.addEventListener("click", async () => {
  await api.tabs.create({ url: api.runtime.getURL(`translate.html?tab=${tab.id}`) });
  leave();
});

// Offered on a conversation only, and where the browser has a translator.
async function showTranslation(front) {
  const offered = hasTranslator() && (await isConversation(front?.url));
  if (front === tab) translate.hidden = !offered;
}

view.addEventListener("input", ({ target }) => target.id === "search" && show());

await Promise.all([showFoot(), showMirror()]);
await show();
await offerCaptures({ tab: () => tab, show });
follow({ tab: () => show(), news: () => show(told) });
