// Ends the worker at a chosen step of a capture: every call that leaves the worker is one before it and one after it.
import { until } from "./chromium.js";

// In the worker: the first step of the next capture that is `only`, or that is not among `but`, never ends, and says so. By name and
// number: what goes on side by side comes in another order each time.
function halt({ only, but = [] }) {
  const times = new Map();
  // A worker that went on to the end is asked again: only the last request holds.
  const mine = (globalThis.halting = {});
  globalThis.halted = null;
  let counts = false;
  const reached = (name) => {
    if (!counts || globalThis.halted || globalThis.halting !== mine) return false;
    times.set(name, (times.get(name) ?? 0) + 1);
    const step = `${name} ${times.get(name)}`;
    if (only ? step !== only : but.includes(step)) return false;
    globalThis.halted = step;
    return true;
  };
  const point = (name) => (reached(name) ? new Promise(() => {}) : undefined);
  const wrap = (object, name) => {
    const real = object[name];
    object[name] = async function (...values) {
      if (name === "create" && values[0] === "taking") counts = true;
      await point(`before ${name}`);
      const answer = await real.apply(this, values);
      await point(`after ${name}`);
      return answer;
    };
  };
  for (const name of ["get", "sendMessage", "captureVisibleTab"]) wrap(chrome.tabs, name);
  wrap(chrome.alarms, "create");
  for (const name of ["set", "remove"]) wrap(chrome.storage.session, name);
  for (const name of ["executeScript", "insertCSS", "removeCSS"]) wrap(chrome.scripting, name);
  for (const name of ["digest", "sign", "generateKey", "exportKey"]) wrap(crypto.subtle, name);
  wrap(navigator.storage, "estimate");
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...values) {
    const request = add.apply(this, values);
    // The transaction goes on as long as something is asked of it.
    const goOn = () => { this.count().onsuccess = goOn; };
    if (reached(`amid ${this.name}`)) goOn();
    return request;
  };
}

export const haltAt = async (chromium, wanted) => (await chromium.worker()).evaluate(halt, wanted);

// Waits until the step is reached, and ends the worker there. Answers with its name; null where `ended()` came first.
export async function endAt(chromium, ended) {
  const worker = await chromium.worker();
  const name = await until(async () => (await worker.evaluate(() => globalThis.halted)) ?? ((await ended()) && "the end"), "the step");
  if (name === "the end") return null;
  await chromium.stopWorker();
  return name;
}
