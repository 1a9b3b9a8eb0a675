// Captures from the overlay in the settings: a permission that the browser asks for, and that can be given back.
import { api } from "./page.js";
import { node, say, sheet, soft, toggle } from "./tree.js";

const everywhere = { origins: ["<all_urls>"] };
let allowed = false;

export async function lookAtPermission() {
  allowed = await api.permissions.contains(everywhere);
}

export const captureSheet = () => sheet("settings_capture", soft(say("settings_capture_why")),
  node("div", "switches", toggle("capture-anywhere", allowed, { do: "capture_anywhere", on: !allowed }, say("settings_capture_on"))),
  soft(say(allowed ? "settings_capture_allowed" : "settings_capture_click")));

// Answers whether it was done. Nothing may be waited for before the browser is asked: it counts the click only then.
export const changePermission = (on) => api.permissions[on ? "request" : "remove"](everywhere);

// The browser's own settings can give and take it too.
export function watchPermission(changed) {
  api.permissions.onAdded.addListener(changed);
  api.permissions.onRemoved.addListener(changed);
}
