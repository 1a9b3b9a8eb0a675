// A backup that a page of ours has read and found sound (backup-reading.js) comes into the vault.
import { handedOver } from "./handing.js";
import * as keeper from "./keeper.js";
import { ownKey, signed } from "./signing.js";
import { counts, everything, keys, mix, replace } from "./store.js";
import { inTurn } from "./vault.js";

const api = globalThis.browser ?? globalThis.chrome;

// `way`: `replace` or `merge`. Answers with what came in: the numbers of captures, of files of the user's own, and of orders.
export async function restore(way, token) {
  const backup = await handedOver(token);
  return inTurn(() => (way === "replace" ? takeOver(backup) : join(backup)));
}

// The public keys that are not there yet. The key of this installation stays, and signs what comes later.
async function unknown(given) {
  const known = new Set((await keys()).map(({ id }) => id));
  return given.filter(({ id }) => !known.has(id));
}

async function takeOver({ vault, pictures, settled, at }) {
  await ownKey();
  await replace({ ...vault, entries: vault.chain, keys: await unknown(vault.keys) }, pictures);
  // That file is now the backup of all that is here.
  await api.storage.local.set({ ...settled, backed_up: { at: Math.min(at, Date.now()), entries: vault.chain.length } });
  return counts(vault);
}

async function join({ vault, pictures }) {
  const [key, own] = [await ownKey(), await everything()];
  const orders = new Set(vault.cases.map(({ order_id }) => order_id));
  const cases = own.cases.filter(({ order_id }) => orders.has(order_id));
  const merged = await keeper.merge({ cases, records: own.records, chain: own.chain, chains: own.chains }, vault, key.id);
  const entries = await Promise.all(merged.entries.map((entry) => (entry.key && !entry.signature ? signed(entry, key) : entry)));
  await mix({ ...merged, entries, keys: await unknown(vault.keys) }, pictures);
  return counts(merged);
}
