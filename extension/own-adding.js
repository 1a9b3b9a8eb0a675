// Takes a file of the user's own: what it is, its digest, and how it is kept. The background writes it.
import { handOver } from "./handing.js";
import * as keeper from "./keeper.js";
import { api, request } from "./page.js";

// In bytes: what is kept as a copy at most, and from where on the user may choose.
export const large = 20e6;
const most = { video: 200e6, other: 50e6, text: 1e6 };
const start = 64;

// Why a file is not kept: the key of a text that takes the file's name, and the browser's words where there are some.
export class NotKept extends Error {
  constructor(text, words) {
    super(words ?? text);
    Object.assign(this, { text, words });
  }
}

// The SHA-256 of a file, its size, and a copy of what was read where `copies` asks for it. `told` hears how far it is.
export function digested(file, copies, type, told) {
  const worker = new Worker("digest-worker.js", { type: "module" });
  return new Promise((done, failed) => {
    worker.onmessage = ({ data }) => (data.sha256 ? done(data) : data.failed ? failed(new Error(data.failed)) : told(data.read));
    worker.onerror = (event) => failed(new Error(event.message));
    worker.postMessage({ file, copies, type });
  }).finally(() => worker.terminate());
}

// The core tells a text by its first bytes; the rest of it must be one too.
async function isText(file) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return ![...text.matchAll(/\p{Cc}/gu)].some(([letter]) => !"\t\n\r".includes(letter));
  } catch {
    return false;
  }
}

async function typeOf(file) {
  if (!file.size) throw new NotKept("own_refused_empty");
  const type = await keeper.mediaType(new Uint8Array(await file.slice(0, start).arrayBuffer()));
  if (!type) throw new NotKept("own_refused_kind");
  if (type !== "text/plain") return type;
  if (file.size > most.text) throw new NotKept("own_refused_large");
  if (!(await isText(file))) throw new NotKept("own_refused_kind");
  return type;
}

const limitOf = (type) => (type.startsWith("video/") ? most.video : most.other);

async function taken(file, { orderId, what, name, caption, outside }, told) {
  const type = await typeOf(file);
  const kept = file.size > limitOf(type) || (outside && file.size > large) ? "reference" : "copy";
  const { sha256, bytes, copy } = await digested(file, kept === "copy", type, told);
  const draft = {
    order_id: orderId, what, name, modified_ms: file.lastModified, caption, media_type: type, bytes, sha256, kept,
    extension_version: api.runtime.getManifest().version,
  };
  const answer = await handOver({ draft, file: copy }, (token) => request({ kind: "attach", token }));
  if (answer?.twice) throw new NotKept("own_refused_twice");
  if (!answer?.kept) throw new NotKept("own_refused", answer?.failed ?? "");
  return kept;
}

// Keeps a file, or a Blob with what was written. Answers with how; a `NotKept` says why not.
export const add = (file, about, told) => taken(file, about, told).catch((error) => {
  throw error instanceof NotKept ? error : new NotKept("own_refused", String(error?.message ?? error));
});
