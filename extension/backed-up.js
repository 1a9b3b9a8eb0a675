// When the last backup was made (`storage.local`, `backed_up`), how long the chain was then, and what came since.
import { capturedSince } from "./store.js";

const api = globalThis.browser ?? globalThis.chrome;
const month = 30 * 24 * 3600 * 1000;

export const noteBackup = (at, entries) => api.storage.local.set({ backed_up: { at, entries } });

// `at`: milliseconds since 1970, or null where there is no backup; `since`: the captures that are in none; `due`: whether it
// is time for another one.
export async function backedUp() {
  const { backed_up: last } = await api.storage.local.get("backed_up");
  const [at, before] = [last?.at, last?.entries].every(Number.isFinite) ? [last.at, last.entries] : [null, 0];
  const { captures, first } = await capturedSince(before);
  // Who never made one is not reminded on the first day.
  const from = at ?? Date.parse(first?.at);
  return { at, since: captures, due: captures > 0 && Date.now() - from > month };
}
