// What changes the vault, one thing after the other: a deletion has several parts, and a page that is being read must not put
// a case back in between.
import { destroy, forget, recordsOf } from "./store.js";
import * as core from "./writer.js";

const api = globalThis.browser ?? globalThis.chrome;

let last = Promise.resolve();
export function inTurn(work) {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
}

export const ask = (request) => inTurn(() => core.ask(request));

export const keep = (...capture) => inTurn(() => core.keep(...capture));

// Deletes what is kept of an order; of none, the captures without an order. Each capture leaves its line in the chain, so
// they go one by one and before the case: whoever is interrupted finds the rest and can go on.
export const forgetOrder = (orderId) => inTurn(async () => {
  for (const { id } of await recordsOf(orderId)) {
    const { notice } = await core.ask({ kind: "delete", capture_id: id });
    if (notice !== "deleted") throw new Error(`capture ${id} was not deleted`);
  }
  if (orderId) await forget(orderId);
});

export const eraseAll = () => inTurn(async () => {
  await destroy();
  await api.storage.local.clear();
});
