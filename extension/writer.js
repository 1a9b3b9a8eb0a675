// The background's core: it reads pages, decides, and makes what is written.
import { coreOf } from "./core.js";
import * as module from "./core/writer.js";

const call = coreOf(module, "writer");

// Answers a request of the protocol (crate/app/request.rs).
export const ask = (request) => call("handle", request);

// Keeps a capture: what the record says, the picture as a Blob and its SHA-256 in hexadecimal.
export const keep = (draft, picture, sha256) => call("keep", draft, picture, sha256);
