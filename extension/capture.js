// Takes the pictures that the user asks for and keeps them: of what a tab shows, of its whole page, of a part.
import { digestOf } from "./camera.js";
import { pages } from "./core.js";
import { pictureOf } from "./front.js";
import { leave, wholePage } from "./fullpage.js";
import { room, wordsOf } from "./room.js";
import { cutOff, done, note, wasLost } from "./taking.js";
import { tellLater } from "./telling.js";
import { keepCapture } from "./vault.js";

const api = globalThis.browser ?? globalThis.chrome;
const progressNews = new BroadcastChannel("redress-capture");

// The one capture of a whole page that runs. It takes its time, and no other picture may come in between.
let running = null;

// What a worker that was ended in a capture has left behind, until somebody asks.
let left = null;

// One after the other: the first to end would show our elements to the next one's picture. Before the first, what a worker that
// was ended has left behind is tidied up.
export const tidiedUp = tidied().catch((error) => console.error("redress:", error));
let last = tidiedUp;

// How far the capture that runs is; null where none does.
export const progress = () => running && { done: running.done, all: running.all };

export function cancel() {
  if (running) running.cancelled = true;
}

// Takes a picture of the tab without our own elements and keeps it. Answers with what to tell the user, after `tell(notice)`.
export async function capture(tab, tell, trigger, mode = "viewport", region = null) {
  if (running) return { failed: api.i18n.getMessage("capture_refused_busy") };
  const isLong = mode === "full_page";
  if (isLong) {
    running = { done: 0, all: 0, cancelled: false, tell: tellOf(tab) };
    await showProgress(tab, progress());
  }
  const result = last.then(() => posed(tab, trigger, mode, region)).catch(refusal);
  // Not before it is kept: a page that draws our elements again takes its time from the write.
  const shown = result.then(() => show(tab));
  const told = result.then(async (notice) => {
    if (isLong) {
      running = null;
      await showProgress(tab, null);
    }
    await tell(notice);
  });
  // The note goes once the user is told and the page is its owner's again, and nobody waits for that but the next one.
  last = Promise.all([told, shown]).then(done).catch((error) => console.error("redress:", error));
  await told;
  return result;
}

async function tidied() {
  left = await cutOff();
  if (!left) return;
  await leave(left.tab);
  await show(left.tab);
  await showProgress(left.tab, null);
  await tellLater(left.tab, left.notice);
  await done();
}

// What to tell whoever had no answer. A worker that was ended before it noted the capture had not begun with it.
export async function lost() {
  await tidiedUp;
  const notice = left?.notice ?? wasLost();
  left = null;
  return notice;
}

// Where the browser wants a click first, both name the permission that is missing; every other failure is told in words.
function refusal(error) {
  const words = wordsOf(error);
  return /activeTab|all_urls|access the respective host|Missing host permission/.test(words) ? "needs_click" : { failed: words };
}

const show = (tab) => api.tabs.sendMessage(tab.id, { kind: "pose", hidden: false }).catch(() => {});

async function posed(tab, trigger, mode, region) {
  await note(tab);
  const page = await api.tabs.sendMessage(tab.id, { kind: "pose", hidden: true }).catch(() => null);
  const taken = await taking[mode](tab, page, region);
  // A page without our script tells less: the tab knows its address and size.
  const known = page ?? taken.page ?? { url: tab.url ?? "", title: tab.title ?? "", width: tab.width ?? 0, height: tab.height ?? 0, device_pixel_ratio: 1 };
  return { kept: await keepAll(taken.pictures, { trigger, mode, ...said(known), ...(await readOf(known)) }) };
}

// What our script read there, and by which layouts.
const readOf = async ({ snapshot }) => (snapshot ? { snapshot, layouts: (await pages()).layouts } : {});

const said = ({ url, title, width, height, device_pixel_ratio, orders = [] }) => ({
  url, title, width, height, device_pixel_ratio, orders,
  browser: navigator.userAgent,
  extension_version: api.runtime.getManifest().version,
});

// Each way answers with pictures, and with what the page says of itself where it was asked.
const taking = {
  viewport: async (tab, page) => ({ pictures: [await pictureOf(tab, page)] }),
  full_page: (tab) => wholePage(tab, running),
  async region(tab, page, region) {
    const whole = await pictureOf(tab, page);
    const blob = await cut(whole.blob, region);
    return { pictures: [{ blob, sha256: await digestOf(blob), tiles: [whole.sha256] }] };
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

// A page of several pictures is kept with all of them or not at all. Says with it whether room gets short.
async function keepAll(pictures, draft) {
  const kept = await keepCapture(pictures.map(({ blob, sha256, ...rest }) => ({
    draft: { ...draft, ...rest, bytes: blob.size, media_type: blob.type },
    picture: blob,
    sha256,
  })));
  const { short } = await room(pictures.reduce((sum, { blob }) => sum + blob.size, 0));
  return { ...kept, ...(short && { short }) };
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
