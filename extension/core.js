// Starts the WebAssembly core and hands requests to it, one after the other: the vault has one writer.
import start, * as module from "./core/redress.js";

const api = globalThis.browser ?? globalThis.chrome;
let running = null;
let last = Promise.resolve();
let trapped = () => {};

// What the extension knows of the shop's pages (`redress pages`): plans for the collector, wordings for the core.
let known = null;
export function pages() {
  known ??= fetch(api.runtime.getURL("core/pages.json")).then((file) => file.json());
  return known;
}

async function begin() {
  const [{ phrases }] = await Promise.all([pages(), start({ module_or_path: new URL("./core/redress_bg.wasm", import.meta.url) })]);
  module.learn(phrases);
  return module;
}

function started() {
  running ??= begin();
  return running;
}

// A panic in the core is a trap. It ends the answer that was being made without settling it, and poisons the instance.
for (const kind of ["error", "unhandledrejection"]) {
  globalThis.addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    if (error instanceof WebAssembly.RuntimeError) trapped(error);
  });
}

// Calls the export `name`; after a trap the next call gets a new instance. All state is in the store.
async function call(name, ...values) {
  const core = await started();
  try {
    return await new Promise((done, failed) => {
      trapped = failed;
      core[name](...values).then(done, failed);
    });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      core.__wbg_reset_state();
      core.learn((await pages()).phrases);
    }
    throw error;
  }
}

function inTurn(name, ...values) {
  const result = last.then(() => call(name, ...values));
  last = result.catch(() => {});
  return result;
}

// Answers a request of the protocol (crate/app/request.rs).
export const ask = (request) => inTurn("handle", request);

// Keeps a capture: what the record says, the picture as a Blob and its SHA-256 in hexadecimal.
export const keep = (draft, picture, sha256) => inTurn("keep", draft, picture, sha256);
