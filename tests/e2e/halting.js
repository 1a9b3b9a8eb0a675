// Ends the worker at a chosen step of a capture: every call that leaves the worker is one before it and one after it.
import { until } from "./chromium.js";

// In the worker: the step with this number never ends, and says so. Counts from the beginning of the next capture.
function halt(wanted) {
  const steps = [];
  globalThis.halted = null;
  globalThis.steps = steps;
  let counts = false;
  const reached = (name) => counts && steps.push(name) === wanted && Boolean(globalThis.halted = name);
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

export const haltAt = async (chromium, step) => (await chromium.worker()).evaluate(halt, step);

// Waits until the step is reached, and ends the worker there. Answers with its name; null where `ended()` came first.
export async function endAt(chromium, ended) {
  const worker = await chromium.worker();
  const name = await until(async () => (await worker.evaluate(() => globalThis.halted)) ?? ((await ended()) && "the end"), "the step");
  if (name === "the end") return null;
  await chromium.stopWorker();
  return name;
}
