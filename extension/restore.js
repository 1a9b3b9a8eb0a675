// What was read elsewhere and found sound comes into the vault: a backup (backup-reading.js), or what another machine wrote into
// the folder (mirror-reading.js).
import { isNothing, joined } from "./joining.js";
import { wantedAgain } from "./forgotten.js";
import { handedOver } from "./handing.js";
import { isFull } from "./room.js";
import { ownKey } from "./signing.js";
import { counts, everythingSaid, keys, mix, replace } from "./store.js";
import { inTurn } from "./vault.js";

const api = globalThis.browser ?? globalThis.chrome;

// `way`: `replace`, `merge`, or `take_in` for another machine's. Answers with what came in: the numbers of captures, of files of the
// user's own, and of orders; `full` where there is no room.
export async function restore(way, token) {
  const given = await handedOver(token);
  const done = way === "replace" ? inTurn(() => takeOver(given)) : takeIn(given, way === "merge");
  return done.catch((error) => {
    if (isFull(error)) return { full: true };
    throw error;
  });
}

export const takeIn = (given, wanted = false) => inTurn(() => join(given, wanted));


async function takeOver({ vault, pictures, settled, at }) {
  await ownKey();
  const [known, { marks }] = [new Set((await keys()).map(({ id }) => id)), await everythingSaid()];
  // The key of this installation stays, and signs what comes later.
  const unknown = vault.keys.filter(({ id }) => !known.has(id));
  const again = await wantedAgain(marks, vault.cases, vault.stamps ?? [], Date.now());
  await replace({ ...vault, entries: vault.chain, keys: unknown, marks: again }, pictures);
  // That file is now the backup of all that is here.
  await api.storage.local.set({ ...settled, backed_up: { at: Math.min(at, Date.now()), entries: vault.chain.length } });
  return counts(vault);
}

async function join({ vault, pictures }, wanted) {
  const [key, own] = [await ownKey(), await everythingSaid()];
  const change = await joined(own, vault, key, { wanted, now: Date.now() });
  if (!isNothing(change, own)) await mix(change, pictures);
  return counts(change);
}
