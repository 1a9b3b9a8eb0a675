// The capture that is being taken is noted where it outlives the worker. Whoever starts after a worker that was ended in one
// learns what came of it: the page has to be shown again, and the user told.
import { head, keptSince } from "./store.js";

const api = globalThis.browser ?? globalThis.chrome;
const key = "taking";
// An alarm starts the next worker where nothing else does. The browser allows no less than half a minute.
const often = { delayInMinutes: 0.5, periodInMinutes: 0.5 };

export async function note({ id }) {
  const [last] = await Promise.all([head(), api.alarms.create(key, often)]);
  await api.storage.session.set({ [key]: { tab: { id }, entries: last?.seq ?? 0 } });
}

export async function done() {
  await api.storage.session.remove(key);
  await api.alarms.clear(key);
}

export const wasLost = () => ({ failed: api.i18n.getMessage("capture_refused_lost") });

// The tab of the capture that was cut off, with what to tell of it; nothing where none was.
export async function cutOff() {
  const { [key]: taking } = await api.storage.session.get(key);
  // The alarm outlives the browser, the note does not.
  if (!taking) return void (await api.alarms.clear(key));
  const kept = await keptSince(taking.entries);
  return { tab: taking.tab, notice: kept ? { kept } : wasLost() };
}
