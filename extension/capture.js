// Takes the pictures that the user asks for and keeps them: of what a tab shows, of its whole page, of a part.
import { blobOf, digestOf, photograph, Refused } from "./camera.js";
import { wholePage } from "./fullpage.js";
import { deleteCapture, keepCapture } from "./vault.js";

const api = globalThis.browser ?? globalThis.chrome;
const progressNews = new BroadcastChannel("redress-capture");

// The one capture of a whole page that runs. It takes its time, and no other picture may come in between.
let running = null;

export const wordsOf = (error) => String(error?.message ?? error);

// How far the capture that runs is; null where none does.
export const progress = () => running && { done: running.done, all: running.all };

export function cancel() {
  if (running) running.cancelled = true;
}

// Takes a picture of the tab without our own elements and keeps it. Answers with what to tell the user.
export async function capture(tab, trigger, mode = "viewport", region = null) {
  if (running) return { failed: api.i18n.getMessage("capture_refused_busy") };
  const isLong = mode === "full_page";
  if (isLong) {
    running = { done: 0, all: 0, cancelled: false, tell: tellOf(tab) };
    await showProgress(tab, progress());
  }
  try {
    return await posed(tab, trigger, mode, region);
  } catch (error) {
    return refusal(error);
  } finally {
    if (isLong) {
      running = null;
      await showProgress(tab, null);
    }
  }
}

// Where the browser wants a click first, both name the permission that is missing; every other failure is told in words.
function refusal(error) {
  const words = wordsOf(error);
  return /activeTab|all_urls|access the respective host|Missing host permission/.test(words) ? "needs_click" : { failed: words };
}

async function posed(tab, trigger, mode, region) {
  const page = await api.tabs.sendMessage(tab.id, { kind: "pose", hidden: true }).catch(() => null);
  let taken;
  try {
    taken = await taking[mode](tab, region);
  } finally {
    // What is kept does not wait for it.
    if (page) api.tabs.sendMessage(tab.id, { kind: "pose", hidden: false }).catch(() => {});
  }
  // A page without our script tells less: the tab knows its address and size.
  const known = page ?? taken.page ?? { url: tab.url ?? "", title: tab.title ?? "", width: tab.width ?? 0, height: tab.height ?? 0, device_pixel_ratio: 1 };
  return { kept: await keepAll(taken.pictures, { trigger, mode, ...said(known) }) };
}

const said = ({ url, title, width, height, device_pixel_ratio, orders = [] }) => ({
  url, title, width, height, device_pixel_ratio, orders,
  browser: navigator.userAgent,
  extension_version: api.runtime.getManifest().version,
});

// Each way answers with pictures, and with what the page says of itself where it was asked.
const taking = {
  viewport: async ({ windowId }) => ({ pictures: [{ blob: blobOf(await photograph(windowId)) }] }),
  full_page: (tab) => wholePage(tab, running),
  async region({ windowId }, region) {
    const blob = blobOf(await photograph(windowId));
    return { pictures: [{ blob: await cut(blob, region), tiles: [await digestOf(blob)] }] };
  },
};

// The part of a picture that lies in a rectangle of the window, in CSS pixels.
async function cut(blob, { left, top, width, height, of }) {
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none" });
  const [from, upper, to, lower] = [left, top, left + width, top + height].map((length) => Math.round((length * bitmap.width) / of));
  const canvas = new OffscreenCanvas(Math.max(1, to - from), Math.max(1, lower - upper));
  canvas.getContext("2d", { alpha: false }).drawImage(bitmap, -from, -upper);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/png" });
}

// A page of several pictures is kept with all of them or not at all.
async function keepAll(pictures, draft) {
  const kept = [];
  try {
    for (const { blob, ...rest } of pictures) {
      kept.push(await keepCapture({ ...draft, ...rest, bytes: blob.size, media_type: blob.type }, blob, await digestOf(blob)));
    }
  } catch (error) {
    for (const { capture_id } of kept) await deleteCapture(capture_id);
    throw error;
  }
  return kept[0];
}

// `all` is 0 as long as the page is only looked through.
const tellOf = (tab) => (done, all) => {
  Object.assign(running, { done, all });
  showProgress(tab, progress());
};

// Of the one tab, so that the nearest limit stands on the button again afterwards.
export async function showProgress({ id: tabId }, now) {
  progressNews.postMessage(now);
  await api.action.setBadgeText({ tabId, text: now ? `${now.done}/${now.all || "…"}` : null }).catch(() => {});
}
