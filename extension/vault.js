// What changes the vault, one thing after the other: a deletion has several parts, and a page that is being read must not put
// a case back in between.
import * as keeper from "./keeper.js";
import { ownKey, signed } from "./signing.js";
import { destroy, erase, forget, head, keep, record, recordsOf } from "./store.js";
import * as writer from "./writer.js";

const api = globalThis.browser ?? globalThis.chrome;

let last = Promise.resolve();
export function inTurn(work) {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
}

export const ask = (request) => inTurn(() => writer.ask(request));

// Keeps the pictures of a capture, each with its record and its entry of the chain: all at once or none. Answers with what to
// tell the user.
export const keepCapture = (parts) => inTurn(async () => {
  const captures = [];
  let [key, last] = await Promise.all([ownKey(), head()]);
  for (const { draft, picture, sha256 } of parts) {
    const { record, entry, kept } = await keeper.keep(draft, sha256, last, key.id);
    last = await signed(entry, key);
    captures.push({ record, picture, entry: last, kept });
  }
  await keep(captures);
  return captures[0].kept;
});

async function deleteNow(id) {
  const key = await ownKey();
  await erase(id, await signed(await keeper.tombstone(await record(id), await head(), key.id), key));
}

// Keeps a file of the user's own, or its digest alone where there is no file. One and the same file is kept once for an order.
export const attach = (draft, file) => inTurn(async () => {
  const known = (await recordsOf(draft.order_id)).some(({ sha256 }) => sha256 === draft.sha256);
  if (known) return { twice: true };
  const key = await ownKey();
  const { record, entry, kept } = await keeper.attach(draft, await head(), key.id);
  await keep([{ record, picture: file, entry: await signed(entry, key) }]);
  return { kept };
});

export const deleteCapture = (id) => inTurn(() => deleteNow(id));

// Deletes what is kept of an order; of none, the captures without an order. Each capture leaves its line in the chain, so
// they go one by one and before the case: whoever is interrupted finds the rest and can go on.
export const forgetOrder = (orderId) => inTurn(async () => {
  for (const { id } of await recordsOf(orderId)) await deleteNow(id);
  if (orderId) await forget(orderId);
  await api.storage.session.remove("untold");
  // One notification can tell of several orders.
  for (const id of [orderId, "several"].filter(Boolean)) await api.notifications.clear(id);
});

// What was told of a capture or an order goes too.
export const eraseAll = () => inTurn(async () => {
  await destroy();
  await Promise.all([api.storage.local.clear(), api.storage.session.clear()]);
  for (const id of Object.keys(await api.notifications.getAll())) await api.notifications.clear(id);
});
