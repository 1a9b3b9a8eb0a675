// Whether a tab stays in front while its picture is taken: the browser takes what is in front, whatever that is.
import { Refused, photograph, pictureFrom } from "./camera.js";

const api = globalThis.browser ?? globalThis.chrome;

// A fragment is a place in the page; every other address is another page.
export const pageOf = ({ url }) => url?.split("#", 1)[0];

// Refused where the tab came to another page on the way. Without a permission the browser tells no address.
export function stayed(now, before) {
  if (now.url && before.url && pageOf(now) !== pageOf(before)) throw new Refused("capture_refused_left");
}

// Hears into `job.left` of another tab that is in front between two looks. Answers with what ends that.
export function watchFront(tab, job) {
  const left = ({ tabId, windowId }) => { if (windowId === tab.windowId && tabId !== tab.id) job.left = true; };
  api.tabs.onActivated.addListener(left);
  return () => api.tabs.onActivated.removeListener(left);
}

// The tab as it is now; refused where it is not in front or was not on the way.
export async function inFront(tab, job) {
  const now = await api.tabs.get(tab.id).catch(() => null);
  if (!now) throw new Refused("capture_refused_closed");
  if (job.left || !now.active || now.windowId !== tab.windowId) throw new Refused("capture_refused_hidden");
  if (job.cancelled) throw new Refused("capture_refused_cancelled");
  return now;
}

// What the tab shows of `page`, which is what its script said of it, or null, as { blob, sha256 }. A picture of anything else is none.
export async function pictureOf(tab, page) {
  const job = {};
  const watched = watchFront(tab, job);
  try {
    const before = page ?? (await inFront(tab, job));
    const shot = await photograph(tab.windowId).then((picture) => ({ picture }), (error) => ({ error }));
    const [after, taken] = await Promise.all([inFront(tab, job), shot.picture && pictureFrom(shot.picture)]);
    stayed(after, before);
    if (shot.error) throw shot.error;
    return taken;
  } finally {
    watched();
  }
}
