// The popup at the side of the window: it stays open, so it follows the tab in front and what is read, and closes nothing.
import { api } from "./page.js";

const atSide = location.search === "?panel";
document.documentElement.classList.toggle("panel", atSide);

// The longest wait that a timer of the browser knows.
const longest = 2 ** 31 - 1;
let timer;

// What was opened takes the popup's place.
export function leave() {
  if (!atSide) window.close();
}

// Draws anew when what is shown changes by itself, in `wait` milliseconds; null for never.
export function drawAgain(draw, wait) {
  clearTimeout(timer);
  if (atSide && wait) timer = setTimeout(draw, Math.min(wait, longest));
}

// Calls `tab` when another tab or page is in front in this window, `news` when something was read, stated or deleted.
export async function follow({ tab, news }) {
  if (!atSide) return;
  const { id: here } = await api.windows.getCurrent();
  api.tabs.onActivated.addListener(({ windowId }) => windowId === here && tab());
  api.tabs.onUpdated.addListener((_, { url, status }, { active, windowId }) => active && windowId === here && (url || status === "complete") && tab());
  new BroadcastChannel("redress").addEventListener("message", news);
}

// The way from the popup to the side. The window is asked for beforehand: the browser opens the side only in the click itself.
async function offer(way) {
  const { id: windowId } = await api.windows.getCurrent();
  const open = api.sidePanel ? () => api.sidePanel.open({ windowId }) : () => api.sidebarAction.open();
  way.textContent = api.i18n.getMessage("panel_open");
  way.hidden = false;
  way.addEventListener("click", async () => {
    await open();
    leave();
  });
}

if (!atSide && (api.sidePanel?.open || api.sidebarAction)) offer(document.getElementById("side"));
