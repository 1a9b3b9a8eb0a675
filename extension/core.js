// Starts a WebAssembly core and hands calls to it, one after the other: the vault has one writer.

import { settings } from "./settings.js";
import { showIn } from "./texts.js";

const api = globalThis.browser ?? globalThis.chrome;
// The calls that wait for their answers, of whatever core: what is said of a panic does not tell whose it was.
const waiting = new Set();

// What the extension knows of the shop's pages (`redress pages`): plans for the collector, wordings for the core.
let known = null;
export function pages() {
  known ??= fetch(api.runtime.getURL("core/pages.json")).then((file) => file.json());
  return known;
}

// The core `name` with what wasm-bindgen made for it. Answers with a function that calls an export by its name.
export function coreOf(module, name) {
  const address = new URL(`./core/${name}_bg.wasm`, import.meta.url);
  let running = null;
  let last = Promise.resolve();
  async function begin() {
    const [known] = await Promise.all([pages(), module.default({ module_or_path: address })]);
    teach(module, known);
    return module;
  }
  return (called, ...values) => {
    const result = last.then(async () => call(await (running ??= begin()), called, values));
    last = result.catch(() => {});
    return result;
  };
}

// What the user settled. It is read again after it changed.
let settled = null;
api.storage.onChanged.addListener(({ settings: changed }) => { if (changed) settled = null; });

async function settle(core) {
  const { zone, currencies } = await (settled ??= settings());
  core.settle(zone, Object.entries(currencies).map((pair) => pair.join("=")).join("\n"));
  showIn(zone);
}

// A panic in the core is a trap. It ends the answer that was being made without settling it, and poisons the instance.
for (const kind of ["error", "unhandledrejection"]) {
  globalThis.addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    if (error instanceof WebAssembly.RuntimeError) for (const failed of waiting) failed(error);
  });
}

// The vault's core reads no page and has nothing to learn.
const teach = (core, { phrases, sources }) => core.learn?.(phrases, sources);

// Calls an export; after a trap the next call gets a new instance. All state is in the store.
async function call(core, name, values) {
  let waits;
  try {
    await settle(core);
    return await new Promise((done, failed) => {
      waiting.add(waits = failed);
      Promise.resolve(core[name](...values)).then(done, failed);
    });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      core.__wbg_reset_state();
      teach(core, await pages());
    }
    throw error;
  } finally {
    waiting.delete(waits);
  }
}
