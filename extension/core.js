// Starts the WebAssembly core and hands requests to it, one after the other: the vault has one writer.
import start, * as module from "./core/redress.js";

let running = null;
let last = Promise.resolve();

function started() {
  running ??= start({ module_or_path: new URL("./core/redress_bg.wasm", import.meta.url) }).then(() => module);
  return running;
}

// Calls the export `name`. A panic poisons the instance: it is dropped, and the next call starts a new one.
async function call(name, ...values) {
  try {
    return await (await started())[name](...values);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) running = null;
    throw error;
  }
}

function inTurn(name, ...values) {
  const result = last.then(() => call(name, ...values));
  last = result.catch(() => {});
  return result;
}

// Answers a request of the protocol (crate/app/request.rs).
export const ask = ({ kind, ...request }) => inTurn("handle", { [kind]: request });

// Keeps a capture: what the record says, the picture as a Blob and its SHA-256 in hexadecimal.
export const keep = (draft, picture, sha256) => inTurn("keep", draft, picture, sha256);

// The picture of a capture as a Blob.
export const picture = (captureId) => inTurn("picture", captureId);
